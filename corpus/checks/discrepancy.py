"""Discrepancy: two figures of a report that should agree and do not; units of money; how a figure is named."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.facts import Fact
from corpus.layouts.sums import half_unit

_MONEY = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "万": Decimal(1), "亿元": Decimal(10000)}


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """推测, not a finding: the smallest change of one figure after which a discrepancy would be gone.

    ``fact``: the id of the figure; ``printed`` and ``instead`` in its own unit; ``edits``: how many digits differ;
    ``ties``: other single changes of as few digits that break no more; ``breaks``: what holds as printed and would
    not hold after the change, each a sentence.
    """

    fact: str
    printed: Decimal
    instead: Decimal
    edits: int
    ties: int
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two figures that should agree and do not. ``cells``: the ids of the facts, in the statement's order.

    ``difference`` is printed less computed, all in the unit of the first fact. "rounding": half a unit of the last
    printed digit of every operand can explain it; "substantive": it cannot. ``hypothesis``: only of the latter.
    """

    kind: str
    severity: Literal["rounding", "substantive"]
    statement: str
    printed: Decimal
    computed: Decimal
    difference: Decimal
    cells: tuple[str, ...]
    hypothesis: Hypothesis | None = None


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


def fact_name(fact: Fact) -> str:
    """A fact as a sentence names it: the table or the explanatory part, row and column."""
    if fact.source == "sentence":
        return f"说明中「{fact.row}」的{fact.column}"
    column = fact.column.split(" › ")[-1]
    return f"《{fact.table}》「{fact.row}」" + (f"的「{column}」" if column and column != fact.row else "")


def figure_text(value: Decimal, unit: str) -> str:
    """A value with thousands marked and its unit."""
    return f"{value:,f}{unit}" if unit == "%" else f"{value:,f} {unit}"


def _scale(fact: Fact, unit: str) -> Decimal:
    if fact.unit == unit or fact.unit not in _MONEY or unit not in _MONEY:
        return Decimal(1)
    return _MONEY[fact.unit] / _MONEY[unit]
