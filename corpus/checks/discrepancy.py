"""Discrepancy: two figures of a report that should agree and do not, and how one is found and worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.facts import Fact
from corpus.layouts.sums import half_unit

_MONEY = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "万": Decimal(1), "亿元": Decimal(10000)}


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two figures that should agree and do not. ``cells``: the ids of the facts, in the statement's order.

    ``difference`` is printed less computed, all in the unit of the first fact. "rounding": within half a unit of the
    last printed digit for every operand; "substantive": beyond it.
    """

    kind: str
    severity: Literal["rounding", "substantive"]
    statement: str
    printed: Decimal
    computed: Decimal
    difference: Decimal
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """``fact`` should be ``computed`` (in its unit), give or take ``tolerance``; ``way``: how that was computed."""

    kind: str
    fact: Fact
    computed: Decimal
    tolerance: Decimal
    way: str
    operands: tuple[Fact, ...]


def is_money(fact: Fact) -> bool:
    """Is it an amount, in any of the units amounts are printed in?"""
    return fact.unit in _MONEY


def value_in(fact: Fact, unit: str) -> Decimal:
    """The fact's value in ``unit`` (another unit of money, or its own); a blank counts as nothing."""
    return (fact.value or Decimal(0)) * _scale(fact, unit)


def slack_in(fact: Fact, unit: str) -> Decimal:
    """Half a unit of the fact's last printed digit, in ``unit``; none for a count, which is not rounded."""
    if fact.value is None or fact.measure == "count":
        return Decimal(0)
    return half_unit(fact.value) * _scale(fact, unit)


def total_of(facts: Sequence[Fact], unit: str) -> tuple[Decimal, Decimal]:
    """The sum of the facts in ``unit`` and the slack it may have from rounding."""
    values = sum((value_in(fact, unit) for fact in facts), Decimal(0))
    return values, sum((slack_in(fact, unit) for fact in facts), Decimal(0))


def claim_to_discrepancy(claim: Claim) -> Discrepancy | None:
    """None where what is printed is what was computed."""
    printed = claim.fact.value or Decimal(0)
    difference = printed - claim.computed
    if difference == 0:
        return None
    rounding = abs(difference) <= claim.tolerance
    verdict = "在四舍五入误差之内" if rounding else "超出四舍五入误差"
    unit = claim.fact.unit
    stated = _figure(printed, unit) if claim.fact.value is not None else "空白"
    apart = _figure(abs(difference), "个百分点" if unit == "%" else unit)
    statement = (
        f"{fact_name(claim.fact)}为 {stated}，{claim.way}为 {_figure(claim.computed, unit)}，相差 {apart}，{verdict}。"
    )
    severity: Literal["rounding", "substantive"] = "rounding" if rounding else "substantive"
    cells = (claim.fact.id, *(fact.id for fact in claim.operands))
    return Discrepancy(claim.kind, severity, statement, printed, claim.computed, difference, cells)


def fact_name(fact: Fact) -> str:
    """A fact as a sentence names it: the table or the explanatory part, row and column."""
    if fact.source == "sentence":
        return f"说明中「{fact.row}」的{fact.column}"
    column = fact.column.split(" › ")[-1]
    return f"《{fact.table}》「{fact.row}」" + (f"的「{column}」" if column and column != fact.row else "")


def _figure(value: Decimal, unit: str) -> str:
    return f"{value:,f}{unit}" if unit == "%" else f"{value:,f} {unit}"


def _scale(fact: Fact, unit: str) -> Decimal:
    if fact.unit == unit or fact.unit not in _MONEY or unit not in _MONEY:
        return Decimal(1)
    return _MONEY[fact.unit] / _MONEY[unit]
