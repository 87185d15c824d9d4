"""The identities a report must satisfy -> Discrepancy.

Within a table and between tables; between tables and sentences; among sentences; percentages and the amounts they are
of; words of direction; procurement, performance and the year before. Nothing is repaired: both figures are named, and
whether rounding explains the difference. A new identity: a generator of claims in a file here, and a line in ``claims_of``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.checks.book import Book
from corpus.checks.claims import Claim
from corpus.checks.directions import directions
from corpus.checks.discrepancy import Discrepancy, Hypothesis
from corpus.checks.hypothesis import with_hypothesis
from corpus.checks.performance import evaluations, grades, scores
from corpus.checks.prior import PriorAmount, PriorRoute, prior_amounts, wholes
from corpus.checks.procurement import procurement
from corpus.checks.ratios import differences, percentages
from corpus.checks.sentences import parts_at_most, repeated, sums, with_tables
from corpus.checks.tables import between_tables, within_tables
from corpus.checks.verdict import claim_to_discrepancy, claim_to_statement, judge
from corpus.checks.years import between_years
from corpus.document import Paragraph, Table
from corpus.facts import Fact

__all__ = [
    "Audit",
    "Discrepancy",
    "Hypothesis",
    "PriorAmount",
    "PriorRoute",
    "audit",
    "between_years",
    "check",
    "prior_amounts",
]


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of all checks. ``findings``: substantive first; ``undecided``: sentences about what cannot be called
    an error, since the report does not say which figures it means; ``checked``: how many identities were tried."""

    findings: tuple[Discrepancy, ...]
    undecided: tuple[str, ...]
    checked: int


def check(
    tables: Sequence[Table], facts: Sequence[Fact], paragraphs: Sequence[Paragraph] = ()
) -> tuple[Discrepancy, ...]:
    """Where one report disagrees with itself, substantive differences first; all arguments are that report's."""
    return audit(tables, facts, paragraphs).findings


def audit(tables: Sequence[Table], facts: Sequence[Fact], paragraphs: Sequence[Paragraph] = ()) -> Audit:
    """Every identity tried on one report. ``paragraphs``: its running text, for the words of direction in it."""
    claims = claims_of(tables, facts, paragraphs)
    unique: dict[tuple[object, ...], Discrepancy] = {}
    undecided: list[str] = []
    for claim in claims:
        found = claim_to_discrepancy(claim)
        if found is not None and found.severity == "substantive":
            found = with_hypothesis(found, claim, claims)
        if found is not None:
            unique.setdefault((found.kind, found.cells[0], found.computed, len(found.cells)), found)
        elif (verdict := judge(claim)).outcome == "undecided" and claim.formula.worth() is not None:
            undecided.append(claim_to_statement(claim, verdict))
    findings = tuple(sorted(unique.values(), key=lambda each: each.severity != "substantive"))
    return Audit(findings, tuple(dict.fromkeys(undecided)), len(claims))


def claims_of(tables: Sequence[Table], facts: Sequence[Fact], paragraphs: Sequence[Paragraph]) -> tuple[Claim, ...]:
    """Every identity that the report's own figures take part in, whether it holds or not."""
    book = Book(facts)
    return (
        *within_tables(tables, book),
        *between_tables(book),
        *with_tables(book),
        *repeated(book),
        *sums(book),
        *parts_at_most(book),
        *percentages(book),
        *differences(book),
        *directions(book, paragraphs),
        *procurement(book),
        *evaluations(book, facts),
        *grades(book),
        *scores(book, facts),
        *wholes(book),
    )
