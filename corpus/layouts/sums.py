"""Sums of printed figures: does a whole equal its parts, within the rounding of what was printed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """The outcome of one sum. ``tolerance``: half a unit of the last printed digit for every operand.

    ``trivial``: nothing was printed on either side, so nothing was proved.
    """

    difference: Decimal
    tolerance: Decimal
    holds: bool
    trivial: bool


def half_unit(value: Decimal) -> Decimal:
    """Half a unit of the last printed digit: 0.005 for 94.10. A printed 0 is exact."""
    exponent = value.as_tuple().exponent
    if value == 0 or not isinstance(exponent, int):
        return Decimal(0)
    return Decimal(1).scaleb(exponent) / 2


def check_sum(whole: Decimal | None, parts: Sequence[Decimal | None]) -> Sum:
    """``whole`` against the sum of ``parts``; None is a blank. A blank whole over printed parts does not hold."""
    given = [part for part in parts if part is not None]
    operands = given if whole is None else [whole, *given]
    difference = (whole or Decimal(0)) - sum(given, Decimal(0))
    tolerance = sum((half_unit(value) for value in operands), Decimal(0))
    if not operands:
        return Sum(difference, tolerance, True, True)
    one_sided = (whole is None and any(given)) or (whole is not None and whole != 0 and not given)
    return Sum(difference, tolerance, abs(difference) <= tolerance and not one_sided, False)
