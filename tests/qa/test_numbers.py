"""Numbers in questions: Chinese numerals, magnitudes, shares in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.understand.numbers import YEAR, chinese_to_int, quantity_at
from qa.understand.units import unit_asked

_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """``number`` (below 10^12) as it is said, by the grammar and not by the code under test."""
    if number == 0:
        return "零"
    if number >= 10**8:
        head, rest = divmod(number, 10**8)
        return in_chinese(head) + "亿" + _after(rest, 10**7)
    if number >= 10**4:
        head, rest = divmod(number, 10**4)
        return in_chinese(head) + "万" + _after(rest, 10**3)
    said = ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            said += _DIGITS[digit] + name
        elif said and number and not said.endswith("零"):
            said += "零"
    return said


def _after(rest: int, least: int) -> str:
    return "" if not rest else ("零" if rest < least else "") + in_chinese(rest)


@given(st.integers(0, 10**12 - 1))
def test_numerals_are_read_as_they_are_said(number: int) -> None:
    assert chinese_to_int(in_chinese(number)) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("三百零五", 305), ("两万", 20000), ("二〇一六", 2016), ("十", 10), ("十二", 12), ("二十", 20), ("一百", 100),
        ("三百万", 3_000_000), ("一亿两千万", 120_000_000), ("一亿零三", 100_000_003), ("五", 5), ("零", 0),
    ],
)  # fmt: skip
def test_numerals_by_hand(said: str, number: int) -> None:
    assert chinese_to_int(said) == number


@pytest.mark.parametrize("text", ["", "公务", "三公", "3", "第三"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert chinese_to_int(text) is None


@given(st.text(max_size=10))
def test_no_text_makes_it_fail(text: str) -> None:
    chinese_to_int(text)
    for start in range(len(text)):
        found = quantity_at(text, start)
        assert found is None or start < found[0] <= len(text)


@pytest.mark.parametrize(
    ("text", "value", "unit", "bare"),
    [
        ("100万", "1000000", "元", False), ("三百万", "3000000", "元", False), ("100万元", "1000000", "元", False),
        ("1.5亿元", "150000000", "元", False), ("一千元", "1000", "元", False), ("500块", "500", "元", False),
        ("两成", "20", "%", False), ("3成", "30", "%", False), ("一半", "50", "%", False), ("50%", "50", "%", False),
        ("5个百分点", "5", "%", False), ("14人次", "14", "人次", False), ("三辆", "3", "辆", False),
        ("25.37", "25.37", "", True), ("-3", "-3", "", True), ("2倍", "2", "倍", False),
    ],
)  # fmt: skip
def test_quantities(text: str, value: str, unit: str, bare: bool) -> None:
    found = quantity_at(text, 0)
    assert found is not None
    end, quantity = found
    assert end == len(text)
    assert (quantity.value, quantity.unit, quantity.bare) == (Decimal(value), unit, bare)


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8)]))
def test_magnitudes_multiply_exactly(number: Decimal, magnitude: tuple[str, int]) -> None:
    text = f"{number:f}{magnitude[0]}元"
    found = quantity_at(text, 0)
    assert found is not None and found[0] == len(text) and found[1].value == number * magnitude[1]


@pytest.mark.parametrize("text", ["百分", "三公经费", "一般公共预算", "元"])
def test_words_that_begin_like_a_number_are_none(text: str) -> None:
    found = quantity_at(text, 0)
    assert found is None, found


@pytest.mark.parametrize(
    ("text", "year"), [("2016年度", "2016"), ("2015年", "2015"), ("2016", "2016"), ("2016年底", "2016")]
)
def test_years(text: str, year: str) -> None:
    match = YEAR.match(text)
    assert match is not None and match["year"] == year and match.end() == len(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("公务接待费是多少元", "元"), ("公务接待费换成亿元", "亿元"), ("总支出是多少亿", "亿元"),
        ("印刷费多少万元", "万元"), ("公务接待费多少钱", ""), ("公务接待费是多少", ""), ("接待了多少万人", ""),
    ],
)  # fmt: skip
def test_the_unit_a_question_asks_for(text: str, unit: str) -> None:
    assert unit_asked(text) == unit


def test_in_case_is_no_amount() -> None:
    assert quantity_at("万一超支", 0) is None


def test_a_numeral_of_any_length_is_read_or_none() -> None:
    chinese_to_int("三" * 5000)
