"""The identities a report must satisfy -> Discrepancy.

Within a table and between tables; between tables and sentences; among sentences; percentages and the amounts
they are of. Nothing is repaired: both figures are named, and whether rounding explains the difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.checks.book import Book
from corpus.checks.discrepancy import Discrepancy, claim_to_discrepancy
from corpus.checks.performance import evaluations, scores
from corpus.checks.ratios import percentages
from corpus.checks.sentences import parts_at_most, repeated, sums, with_tables
from corpus.checks.tables import between_tables, within_tables
from corpus.document import Table
from corpus.facts import Fact

__all__ = ["Discrepancy", "check"]


def check(tables: Sequence[Table], facts: Sequence[Fact]) -> tuple[Discrepancy, ...]:
    """Where one report disagrees with itself, substantive differences first; ``facts``: all of that report's."""
    book = Book(facts)
    claims = (
        *within_tables(tables, book),
        *between_tables(book),
        *with_tables(book),
        *repeated(book),
        *sums(book),
        *parts_at_most(book),
        *percentages(book),
        *evaluations(book, facts),
        *scores(book, facts),
    )
    found = (claim_to_discrepancy(claim) for claim in claims)
    unique: dict[tuple[object, ...], Discrepancy] = {}
    for each in found:
        if each is not None:
            unique.setdefault((each.kind, each.cells[0], each.computed, len(each.cells)), each)
    return tuple(sorted(unique.values(), key=lambda d: d.severity != "substantive"))
