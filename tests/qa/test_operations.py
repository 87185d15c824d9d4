"""The computations by themselves: label, unit, formula and working agree with the number; what has no result says why."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa.operations import OPERATIONS, like
from qa.values import Undefined, Value

MONEY = st.decimals(min_value=Decimal("0.01"), max_value=10**6, places=2, allow_nan=False)
SIGNED = st.decimals(min_value=-(10**5), max_value=10**5, places=2, allow_nan=False)
_WORKING = re.compile(r"^(?P<left>.+?) (?P<sign>[=≈]) (?P<right>[^=≈]+?)(?P<note>（四舍五入到两位小数）)?$")


def value(number: Decimal | str | int, unit: str = "万元", label: str = "项") -> Value:
    return Value(Fraction(Decimal(number)), unit, label, ())


def read(side: str) -> Fraction:
    """The worth of one side of a working, read again from what is written: numbers, units, + − × ÷ and brackets."""
    plain = (
        re.sub(r"个百分点|亿元|万元|元|倍|批次|人次|辆|个|%|,", "", side)
        .replace("×", "*")
        .replace("÷", "/")
        .replace("−", "-")
    )
    assert re.fullmatch(r"[\d.+*/() -]+", plain), plain
    return Fraction(eval(re.sub(r"\d+(?:\.\d+)?", lambda m: f"Fraction('{m[0]}')", plain), {"Fraction": Fraction}))


def half_up(number: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def assert_working(made: Value) -> None:
    """The last step, read by itself, gives the number that is shown."""
    match = _WORKING.match(made.steps[-1])
    assert match is not None, made.steps
    assert read(match["right"]) == Fraction(made.shown)
    left = read(match["left"])
    assert (match["sign"] == "=") == (match["note"] is None) == (made.number == Fraction(made.shown))
    scale = 10_000 if made.unit == "元" and "万元" in match["left"] else 1
    assert left * scale == made.number


@pytest.mark.parametrize("op", ["sum", "difference", "share", "times", "mean", "excess", "completion"])
@given(MONEY, MONEY)
def test_the_working_gives_the_number(op: str, a: Decimal, b: Decimal) -> None:
    if op == "completion":  # its label names the fact it is of: see test_compute.py
        return
    assert_working(OPERATIONS[op]([value(a), value(b)]))


@given(MONEY, st.integers(1, 10**4))
def test_the_working_of_an_average(a: Decimal, count: int) -> None:
    made = OPERATIONS["average"]([replace_leaves(value(a)), value(count, "人次")])
    assert made.unit == ("元" if Fraction(a) / count < 1 else "万元")
    assert_working(made)


def replace_leaves(one: Value) -> Value:
    """A value that stands on another figure than its divisor."""
    return Value(one.number, one.unit, one.label, (object(),))  # type: ignore[arg-type]


@given(MONEY, MONEY)
def test_quotients_are_shown_half_up_to_two_places(a: Decimal, b: Decimal) -> None:
    share = OPERATIONS["share"]([value(a), value(b)])
    assert (share.shown, share.unit) == (half_up(Fraction(a) / Fraction(b) * 100), "%")
    times = OPERATIONS["times"]([value(a), value(b)])
    assert (times.shown, times.unit) == (half_up(Fraction(a) / Fraction(b)), "倍")


@given(MONEY, MONEY)
def test_excess_says_which_way_and_has_no_sign(a: Decimal, b: Decimal) -> None:
    made = OPERATIONS["excess"]([value(a, label="甲"), value(b, label="乙")])
    assert made.number >= 0 and made.label == f"甲 比 乙 {'高' if a >= b else '低'}"
    assert made.number == abs(Fraction(a) - Fraction(b)) / Fraction(b) * 100


@given(MONEY, MONEY)
def test_a_difference_says_whether_the_first_is_more_or_less(a: Decimal, b: Decimal) -> None:
    assume(a != b)
    made = OPERATIONS["difference"]([value(a, label="甲"), value(b, label="乙")])
    assert made.label == ("甲 比 乙 多" if a > b else "甲 比 乙 少")


def test_percentages_differ_by_points() -> None:
    made = OPERATIONS["difference"]([value("53.57", "%"), value("39.39", "%")])
    assert (str(made.shown), made.unit) == ("14.18", "个百分点")


@pytest.mark.parametrize("op", ["share", "times", "excess"])
def test_nothing_is_divided_by_zero(op: str) -> None:
    with pytest.raises(Undefined, match="为 0"):
        OPERATIONS[op]([value("25.37"), value(0, label="零")])


def test_no_average_over_nobody() -> None:
    with pytest.raises(Undefined, match="为 0"):
        OPERATIONS["average"]([replace_leaves(value("25.37")), value(0, "人次")])


@pytest.mark.parametrize(("one", "other"), [("万元", "人次"), ("%", "万元"), ("辆", "个")])
@pytest.mark.parametrize("op", ["sum", "difference", "share", "times", "mean"])
def test_unlike_units_have_no_result_and_are_named(op: str, one: str, other: str) -> None:
    with pytest.raises(Undefined) as caught:
        OPERATIONS[op]([value(2, one), value(1, other)])
    assert one in str(caught.value) and other in str(caught.value)


@given(MONEY, MONEY)
def test_money_in_two_units_is_one_sum(a: Decimal, b: Decimal) -> None:
    made = OPERATIONS["sum"]([value(a), value(b * 10_000, "元")])
    assert (made.unit, made.number) == ("万元", Fraction(a) + Fraction(b))
    assert like([value(a, "元"), value(b, "亿元")])[1].number == Fraction(b) * 10**8


@given(st.lists(SIGNED, min_size=2, max_size=6))
def test_a_mean_is_the_sum_over_the_number(numbers: list[Decimal]) -> None:
    values = [value(n) for n in numbers]
    assert OPERATIONS["mean"](values).number * len(numbers) == OPERATIONS["sum"](values).number


@given(st.lists(MONEY, min_size=3, max_size=3))
def test_a_working_keeps_the_steps_before_it(numbers: list[Decimal]) -> None:
    inner = OPERATIONS["sum"]([value(n) for n in numbers[:2]])
    made = OPERATIONS["share"]([inner, value(numbers[2])])
    assert made.steps[0] == inner.steps[0] and len(made.steps) == 2
    assert_working(made)
