"""What a report says of the year before, against what that year's own report printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.checks.book import Book
from corpus.checks.claims import Claim, Formula, Term
from corpus.checks.discrepancy import Discrepancy, is_money
from corpus.checks.verdict import claim_to_discrepancy
from corpus.facts import Fact


def between_years(now: Sequence[Fact], before: Sequence[Fact]) -> tuple[int, tuple[Discrepancy, ...]]:
    """(how many relations were checked, those that do not hold): 本年数 − 比上年增减额 of the report of one year
    against the final figure that the report of the year before prints for the same item.

    ``now`` and ``before``: all facts of the two reports, of one department; both of final accounts.
    """
    claims = list(_claims(Book(now), Book(before)))
    found = (claim_to_discrepancy(claim) for claim in claims)
    return len(claims), tuple(each for each in found if each is not None)


def _claims(now: Book, before: Book) -> Iterator[Claim]:
    for change in now.sentences:
        if change.measure != "change" or not change.basis.isdigit() or not is_money(change):
            continue
        final = next(iter(now.amounts(change, change.item, "final")), None)
        printed = _printed(change, before)
        if final is None or printed is None or printed.period[:4] != change.basis:
            continue
        formula = Formula((Term(final), Term(change, -1)), printed.unit)
        yield Claim(
            "between_years", printed, formula, f"按 {final.period[:4]} 年度报告的本年数减去比上年增减额", "equal"
        )


def _printed(change: Fact, before: Book) -> Fact | None:
    """The final figure of the same item, of the same account, in the report of the year before."""
    return next((fact for fact in before.amounts(change, change.item, "final") if fact.value is not None), None)
