"""Exact amounts: units and their conversion, rounding, and how a figure is written.

Values are Decimal as printed; quotients are exact Fractions until they are shown. Rounding is half-up
to two places, at the end only.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

MONEY: dict[str, Decimal] = {
    "元": Decimal(1), "千元": Decimal(10**3), "万元": Decimal(10**4), "百万元": Decimal(10**6),
    "千万元": Decimal(10**7), "亿元": Decimal(10**8),
}  # fmt: skip
_PLACES = Decimal("0.01")


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """``value`` of ``unit`` in ``to``, exactly. Raises KeyError when either is not a unit of money."""
    scaled = value * MONEY[unit] / MONEY[to]
    return plain(scaled)


def plain(value: Decimal) -> Decimal:
    """The same number without exponent and without trailing zeros after the point."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def rounded(value: Fraction) -> Decimal:
    """``value`` to two places, half away from zero."""
    scaled = abs(value) * 100
    whole = scaled.numerator * 2 // scaled.denominator
    hundredths = Decimal((whole + 1) // 2).scaleb(-2)
    return (-hundredths if value < 0 else hundredths).quantize(_PLACES, ROUND_HALF_UP)


def exact(value: Fraction) -> Decimal | None:
    """The finite decimal equal to ``value``, None when it has none."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return None
    return plain(Decimal(value.numerator) / Decimal(value.denominator))


def written(value: Decimal) -> str:
    """With thousands separators, digits as they are: 15666.80 -> 15,666.80."""
    return format(value, ",f")


def written_with_unit(value: Decimal, unit: str) -> str:
    """``written`` with its unit; a percent sign stands close."""
    return f"{written(value)}{unit}" if unit == "%" else f"{written(value)} {unit}".rstrip()
