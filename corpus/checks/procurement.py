"""Government procurement: what went to small and medium enterprises is part of what was procured."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from corpus.checks.book import Book
from corpus.checks.claims import Claim, Formula, Term, sum_of
from corpus.checks.discrepancy import fact_name, is_money
from corpus.facts import Fact

_TOTAL = ("政府采购金额", "政府采购支出总额", "政府采购支出")
_AWARDED = "中小企业供应商中标或成交"
_RESERVED, _RESERVED_SMALL = "面向中小企业预留", "面向小微企业预留"


def procurement(book: Book) -> Iterator[Claim]:
    """中小企业中标 of reserved and of other projects at most 采购金额; 小微 reserved at most 中小 reserved."""
    amounts = [fact for fact in book.sentences if is_money(fact) and "采购" in fact.item]
    for _, group in groupby(amounts, key=lambda fact: fact.section):
        yield from _section(list(group))


def _section(facts: list[Fact]) -> Iterator[Claim]:
    total = next((f for f in facts if f.item in _TOTAL and f.measure == "final"), None)
    awarded = [f for f in facts if _AWARDED in f.item and f.measure == "final"]
    if total is not None and awarded:
        first, *rest = awarded
        formula = Formula((Term(total), *(Term(other, -1) for other in rest)), first.unit)
        less = "减去其他由中小企业中标的金额" if rest else ""
        yield Claim("procurement", first, formula, f"不应大于的{fact_name(total)}{less}", "at_most")
    reserved, small = (
        next((f for f in facts if name in f.item and f.measure == "budget"), None)
        for name in (_RESERVED, _RESERVED_SMALL)
    )
    if reserved is not None and small is not None:
        yield Claim("procurement", small, sum_of([reserved], small.unit), f"不应大于的{fact_name(reserved)}", "at_most")
