"""Stated percentages, computed again from the amounts they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.checks.book import Book, canonical
from corpus.checks.discrepancy import Claim, is_money, slack_in, value_in
from corpus.facts import Fact, Measure
from corpus.layouts.sums import half_unit

_HUNDRED = Decimal(100)


def percentages(book: Book) -> Iterator[Claim]:
    """完成率 = 决算 ÷ 预算; 占比 = 部分 ÷ 全部; 增减率 = 增减额 ÷ 上年数."""
    for fact in book.sentences:
        if fact.unit != "%":
            continue
        operands = _operands(book, fact)
        if operands is None:
            continue
        top, bottom = operands
        claim = _ratio(fact, top, bottom)
        if claim is not None:
            yield claim


def _operands(book: Book, fact: Fact) -> tuple[Fact, Sequence[tuple[Fact, int]]] | None:
    """(what is divided, (by what, sign) summed); None where one of them is not stated."""
    final = _amount(book, fact, fact.item, "final")
    if fact.measure == "completion":
        budget = _amount(book, fact, fact.item, "budget")
        return None if final is None or budget is None else (final, [(budget, 1)])
    if fact.measure == "share":
        whole = _amount(book, replace(fact, parents=()), fact.basis, "final")
        return None if final is None or whole is None else (final, [(whole, 1)])
    if fact.measure == "change_rate":
        change = _amount(book, fact, fact.item, "change")
        return None if final is None or change is None else (change, [(final, 1), (change, -1)])
    return None


def _amount(book: Book, fact: Fact, name: str, measure: Measure) -> Fact | None:
    """The amount a percentage is of: stated in the same section, else in the table it speaks of, else in any."""
    kind = book.kind_of(fact)
    wanted = canonical(kind, name)
    stated = [
        other
        for other in book.sentences
        if other.measure == measure
        and is_money(other)
        and canonical(kind, other.item) == wanted
        and (measure != "change" or other.basis == fact.basis)
        and (not fact.parents or other.parents == fact.parents)
    ]
    near = [other for other in stated if other.section == fact.section]
    before = [other for other in near if (other.line, other.start) <= (fact.line, fact.start)]
    if before or near:
        return before[-1] if before else near[0]
    cells = book.cell(kind, replace(fact, item=name), measure) if kind else []
    of_kind = [other for other in stated if book.kind_of(other) == kind]
    return next(iter((*cells, *of_kind, *book.named(wanted, measure))), None)


def _ratio(fact: Fact, top: Fact, bottom: Sequence[tuple[Fact, int]]) -> Claim | None:
    """The percentage and how far rounding of its operands may carry it, by the extremes of both."""
    unit = top.unit
    divisor = sum((sign * value_in(other, unit) for other, sign in bottom), Decimal(0))
    slack = sum((slack_in(other, unit) for other, _ in bottom), Decimal(0))
    if fact.value is None or abs(divisor) <= slack:
        return None
    value = value_in(top, unit)
    exact = value / divisor * _HUNDRED
    widest = (abs(value) + slack_in(top, unit)) / (abs(divisor) - slack) * _HUNDRED
    digits = Decimal(1).scaleb(int(fact.value.as_tuple().exponent))
    computed = exact.quantize(digits, rounding=ROUND_HALF_UP)
    tolerance = abs(exact - computed) + widest - abs(exact) + half_unit(fact.value)
    others = tuple(other for other, _ in bottom)
    way = f"按 {_formula(top, bottom)} 计算"
    return Claim(fact.measure, fact, computed, tolerance, way, (top, *(o for o in others if o is not top)))


def _formula(top: Fact, bottom: Sequence[tuple[Fact, int]]) -> str:
    if len(bottom) == 1:
        return f"{top.value:,} ÷ {bottom[0][0].value:,}"
    less = f"({bottom[1][0].value:,})" if (bottom[1][0].value or 0) < 0 else f"{bottom[1][0].value:,}"
    return f"{top.value:,} ÷ ({bottom[0][0].value:,} - {less})"
