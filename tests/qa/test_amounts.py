"""Exact amounts: a conversion loses nothing, rounding is the half-up of decimal, writing keeps every digit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.amounts import MONEY, convert, exact, plain, rounded, written, written_with_unit

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False)
UNITS = st.sampled_from(sorted(MONEY))


@given(AMOUNTS, UNITS, UNITS)
def test_a_conversion_and_back_is_the_same_amount(value: Decimal, unit: str, to: str) -> None:
    assert convert(convert(value, unit, to), to, unit) == value


@given(AMOUNTS, UNITS, UNITS)
def test_a_conversion_keeps_the_money(value: Decimal, unit: str, to: str) -> None:
    assert Fraction(convert(value, unit, to)) * Fraction(MONEY[to]) == Fraction(value) * Fraction(MONEY[unit])


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        ("25.37", "万元", "元", "253700"),
        ("15666.39", "万元", "亿元", "1.566639"),
        ("1", "亿元", "万元", "10000"),
        ("0.42", "万元", "千元", "4.2"),
        ("-36.18", "万元", "元", "-361800"),
        ("0", "万元", "亿元", "0"),
    ],
)
def test_amounts_convert_as_worked_out_by_hand(value: str, unit: str, to: str, expected: str) -> None:
    assert format(convert(Decimal(value), unit, to), "f") == expected


def test_what_is_no_money_is_not_converted() -> None:
    with pytest.raises(KeyError):
        convert(Decimal(1), "辆", "元")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=5, allow_nan=False, allow_infinity=False))
def test_rounding_is_half_up(value: Decimal) -> None:
    shown = rounded(Fraction(value))
    assert shown == value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert shown.as_tuple().exponent == -2


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_quotients_round_as_long_division_does(numerator: int, denominator: int) -> None:
    with localcontext() as context:
        context.prec = 60
        expected = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert rounded(Fraction(numerator, denominator)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0.00"), ("2.675", "2.68")]
)
def test_the_half_goes_away_from_zero(value: str, expected: str) -> None:
    assert str(rounded(Fraction(value))) == expected


@given(AMOUNTS)
def test_writing_loses_no_digit(value: Decimal) -> None:
    text = written(value)
    assert Decimal(text.replace(",", "")) == value
    assert text.replace(",", "") == format(value, "f")
    whole = text.lstrip("-").split(".")[0].split(",")
    assert all(len(group) == 3 for group in whole[1:]) and len(whole[0]) <= 3


def test_writing_keeps_printed_zeros() -> None:
    assert written(Decimal("15666.80")) == "15,666.80"
    assert written(Decimal("1E+4")) == "10,000"
    assert written_with_unit(Decimal("26.91"), "%") == "26.91%"
    assert written_with_unit(Decimal("159.10"), "万元") == "159.10 万元"
    assert written_with_unit(Decimal("3"), "") == "3"


@given(AMOUNTS)
def test_plain_is_the_same_number_without_exponent(value: Decimal) -> None:
    text = str(plain(value))
    assert plain(value) == value and "E" not in text and not (("." in text) and text.endswith("0"))


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4))
def test_exact_is_exact_or_nothing(numerator: int, denominator: int) -> None:
    value = Fraction(numerator, denominator)
    found = exact(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    assert (found is None) == (rest != 1)
    if found is not None:
        assert Fraction(found) == value
