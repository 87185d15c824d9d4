"""Amounts of the year before, which a report states only as differences and rates; by every route, with its interval.

Routes: 本年数 - 增减额, and 增减额 ÷ 增减率. Each gives an interval, as far as rounding of its printed operands
allows. That the two overlap is what the check of the stated rate says (``ratios.py``); that a part of an account was no
more than the account is checked here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from corpus.checks.book import Book, canonical
from corpus.checks.claims import Claim, Formula, Term, percent_of
from corpus.checks.discrepancy import fact_name, is_money
from corpus.facts import Fact

_ACCOUNTS = ("general_expenditure", "appropriation_summary", "income_expenditure_summary")  # each within the next
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class PriorRoute:
    """One way to an amount of the year before: ``way`` in words, ``low`` to ``high`` (rounded outwards to 0.0001 of
    the item's unit), ``cells`` the ids of the figures used. ``value``: the amount, where it is a difference."""

    way: str
    value: Decimal | None
    low: Decimal
    high: Decimal
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriorAmount:
    """What ``item`` was in ``period`` (a year), in ``unit``, by each route. ``agree``: all intervals have a common part."""

    item: str
    parents: tuple[str, ...]
    period: str
    unit: str
    routes: tuple[PriorRoute, ...]
    agree: bool


def prior_amounts(facts: Sequence[Fact]) -> tuple[PriorAmount, ...]:
    """Every amount of the year before that the report implies, in its order; ``facts``: all of one report's."""
    book = Book(facts)
    found: list[PriorAmount] = []
    for change in _changes(book):
        final = next(iter(book.amounts(change, change.item, "final")), None)
        if final is None:
            continue
        routes = [_difference(final, change), *_quotients(book, change)]
        agree = max(route.low for route in routes) <= min(route.high for route in routes)
        found.append(PriorAmount(change.item, change.parents, change.basis, change.unit, tuple(routes), agree))
    return tuple(found)


def wholes(book: Book) -> Iterator[Claim]:
    """A part of an account was not more than the account in the year before either."""
    stated = [(change, final) for change in _changes(book) if (final := _final(book, change)) is not None]
    for change, final in stated:
        for other, whole in stated:
            if _contains(book, change, other):
                terms = (Term(whole), Term(other, -1), Term(change))
                way = f"不应大于的按 {change.basis} 年数推算的上限（{fact_name(other)}）"
                yield Claim("prior_year", final, Formula(terms, final.unit), way, "at_most")


def _changes(book: Book) -> Iterator[Fact]:
    """The stated changes from the year before, of each item the first."""
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for fact in book.sentences:
        key = (book.kind_of(fact), fact.item, fact.parents)
        if fact.measure == "change" and fact.basis.isdigit() and is_money(fact) and key not in seen:
            seen.add(key)
            yield fact


def _final(book: Book, change: Fact) -> Fact | None:
    return next(iter(book.amounts(change, change.item, "final")), None)


def _contains(book: Book, part: Fact, whole: Fact) -> bool:
    """Is the whole the next named parent of the part, or the wider account of the same side?"""
    if part.basis != whole.basis or part is whole:
        return False
    kinds = book.kind_of(part), book.kind_of(whole)
    if (
        part.parents
        and kinds[0] == kinds[1]
        and canonical(kinds[1], part.parents[0]) == canonical(kinds[1], whole.item)
    ):
        return True
    if part.parents or whole.parents or not all(kind in _ACCOUNTS for kind in kinds):
        return False
    same_side = part.panel == whole.panel != ""
    return same_side and _ACCOUNTS.index(kinds[0]) + 1 == _ACCOUNTS.index(kinds[1])


def _difference(final: Fact, change: Fact) -> PriorRoute:
    formula = Formula((Term(final), Term(change, -1)), change.unit)
    low, high = formula.bounds() or (Fraction(0), Fraction(0))
    worth = formula.worth() or Fraction(0)
    value = Decimal(worth.numerator) / Decimal(worth.denominator)
    way = f"本年数 {final.value:,} - 比上年增减额 {change.value:,}"
    return PriorRoute(way, value, _floor(low), _ceiling(high), (final.id, change.id))


def _quotients(book: Book, change: Fact) -> Iterator[PriorRoute]:
    for rate in book.sentences:
        same = (rate.item, rate.parents, rate.basis, rate.section)
        if rate.measure == "change_rate" and same == (change.item, change.parents, change.basis, change.section):
            bounds = percent_of(change, (Term(rate),)).bounds()
            if bounds is not None:
                way = f"比上年增减额 {change.value:,} ÷ 比上年增减率 {rate.value:,}%"
                yield PriorRoute(way, None, _floor(bounds[0]), _ceiling(bounds[1]), (change.id, rate.id))


def _floor(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES, rounding=ROUND_FLOOR)


def _ceiling(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES, rounding=ROUND_CEILING)
