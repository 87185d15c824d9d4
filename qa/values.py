"""Values: numbers with their unit, where they come from, and how they were worked out.

Arithmetic is exact (Fraction); a value knows its leaves, so a derivation can cite every operand.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from qa.amounts import exact, rounded, written_with_unit
from qa.catalogue import Entry
from qa.wording import label_of

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit and where it comes from. ``printed`` is the fact when nothing was computed."""

    number: Fraction
    unit: str
    label: str
    leaves: tuple[Entry, ...]
    formula: str = ""
    steps: tuple[str, ...] = ()
    printed: Entry | None = None
    others: tuple[Entry, ...] = ()
    quotient: bool = False

    @property
    def shown(self) -> Decimal:
        """The number as it is shown: exact where it was printed, added or converted; a quotient to two places."""
        if self.printed is not None and self.printed.fact.value is not None:
            return self.printed.fact.value
        whole = exact(self.number)
        if self.quotient or whole is None:
            return rounded(self.number)
        return whole.quantize(_CENT) if self.unit == "万元" and whole.as_tuple().exponent > -2 else whole  # type: ignore[operator]

    def written(self) -> str:
        """The number with its unit, as a person reads it."""
        return written_with_unit(self.shown, self.unit)


class Undefined(ValueError):
    """The computation has no result (a blank operand, a zero divisor, unlike units); the message says why."""


class Several(Undefined):
    """One operand names several figures; ``entries`` are they."""

    def __init__(self, surface: str, entries: tuple[Entry, ...]) -> None:
        super().__init__(f"「{surface}」在报告里有 {len(entries)} 个数字，要算哪一个？")
        self.entries = entries


def value_of(entry: Entry, others: tuple[Entry, ...] = ()) -> Value:
    """A printed figure as a value. Raises Undefined for a blank cell."""
    fact = entry.fact
    if fact.value is None:
        raise Undefined(f"「{label_of(fact)}」这一格是空白，没有数字可以参与计算")
    return Value(Fraction(fact.value), fact.unit, label_of(fact), (entry,), printed=entry, others=others)


def half_units(value: Value) -> Fraction:
    """How far rounding of the printed operands can move a sum: half a unit of the last printed digit for each."""
    total = Fraction(0)
    for leaf in value.leaves:
        exponent = leaf.fact.value.as_tuple().exponent if leaf.fact.value is not None else 0
        total += Fraction(1, 2) * Fraction(10) ** int(exponent)
    return total
