"""Stated percentages and differences, computed again from the amounts they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from corpus.checks.book import Book
from corpus.checks.claims import WORKING, Claim, Formula, Term, percent_of
from corpus.checks.discrepancy import fact_name, is_money
from corpus.facts import Fact, Measure

_MOST_READINGS = 24  # combinations of operands tried before a difference is called an error


def percentages(book: Book) -> Iterator[Claim]:
    """完成率 = 决算 ÷ 预算; 占比 = 部分 ÷ 全部; 增减率 = 增减额 ÷ 上年数 (or ÷ 预算, where that is compared with)."""
    for fact in book.sentences:
        if fact.unit != "%":
            continue
        choices = _operands(book, fact)
        if not all(choices):
            continue
        formulas = [_formula(fact, chosen) for chosen in _combinations(choices)]
        first = formulas[0]
        if _is_nothing(first):
            yield from _rate_of_nothing(fact, choices)
            continue
        yield Claim(fact.measure, fact, first, WORKING, others=tuple(dict.fromkeys(formulas[1:])))


def differences(book: Book) -> Iterator[Claim]:
    """A stated 增减额 against the budget = 决算 - 预算; one against the year before cannot be checked by one report."""
    for fact in book.sentences:
        if fact.measure != "change" or fact.basis.isdigit() or not is_money(fact):
            continue
        finals, budgets = (book.amounts(fact, fact.item, measure) for measure in ("final", "budget"))
        formulas = [
            Formula((Term(final), Term(budget, -1)), fact.unit)
            for final, budget in _combinations((finals, budgets))
            if final is not fact
        ]
        if formulas:
            yield Claim("change", fact, formulas[0], WORKING, others=tuple(formulas[1:]))


def _operands(book: Book, fact: Fact) -> tuple[Sequence[Fact], ...]:
    """For each operand what it may be, the likeliest first: (divided, by what) or, of a change, (change, final)."""
    finals = book.amounts(fact, fact.item, "final")
    if fact.measure == "completion":
        return finals, book.amounts(fact, fact.item, "budget")
    if fact.measure == "share":
        return finals, book.amounts(replace(fact, parents=()), fact.basis, "final")
    if fact.measure == "change_rate":
        against: Measure = "final" if fact.basis.isdigit() else "budget"
        return book.amounts(fact, fact.item, "change"), book.amounts(fact, fact.item, against)
    return ((),)


def _combinations(choices: Sequence[Sequence[Fact]]) -> list[tuple[Fact, ...]]:
    return list(product(*choices))[:_MOST_READINGS]


def _formula(fact: Fact, chosen: Sequence[Fact]) -> Formula:
    top, bottom = chosen
    if fact.measure == "change_rate" and fact.basis.isdigit():
        return percent_of(top, (Term(bottom), Term(top, -1)))
    return percent_of(top, (Term(bottom),))


def _is_nothing(formula: Formula) -> bool:
    """Is the base of the percentage exactly nothing?"""
    return formula.worth() is None


def _rate_of_nothing(fact: Fact, choices: Sequence[Sequence[Fact]]) -> Iterator[Claim]:
    """A completion rate on a budget of 0 cannot be: any percentage of nothing is nothing. 0 of 0 says nothing."""
    top, bottom = choices[0][0], choices[-1][0]
    if fact.measure != "completion" or not top.value or not fact.value:
        return
    formula = Formula((Term(bottom),), top.unit, (), Fraction(fact.value) / 100)
    way = f"{fact_name(bottom)} 0 的 {fact.value:f}%"
    said = f"说明写明「{fact.row}」{fact.column}的 {fact.value:f}%，预算却为 0（零不能作除数）"
    yield Claim("rate_on_zero", top, formula, way, said=said, also=(fact,))
