"""Typing slips: mended where one name alone can be meant, and said; a word that restricts the question is no slip."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer
from qa.understand.lexer import Lexicon, Sense
from qa.understand.slips import Slips

Talk = Callable[..., Answer]
Told = Callable[..., list[tuple[str | None, str, int]]]
DROPPED = pytest.mark.xfail(reason="another word is taken for a slip, or for an empty word", strict=True)

NAMES = ("公务接待费", "公务用车运行费", "物业管理费", "印刷费")
LEXICON = Lexicon({name: (Sense("item", name),) for name in NAMES} | {"是多少": (Sense("ask", "amount"),)})
SLIPS = Slips(NAMES, NAMES)


def mended(text: str) -> str | None:
    return SLIPS.mend(text, LEXICON.split(text), LEXICON)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公务接代费是多少", "公务接待费是多少"),  # the same sound
        ("公务接呆费是多少", "公务接待费是多少"),
        ("印刷非是多少", "印刷费是多少"),
        ("物业管里费是多少", "物业管理费是多少"),
        ("公务接大费是多少", "公务接待费是多少"),  # one wrong of five
        ("物业官理费是多少", "物业管理费是多少"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize("text", ["公务接待费是多少", "茅台酒是多少", "", "是多少", "waterproof", "公务招待餐费是多少"])
def test_what_is_no_slip_stays(text: str) -> None:
    assert mended(text) is None


@given(st.text(alphabet="公务接待费用车运行物业管理印刷是多少茅台酒 a1", max_size=15))
def test_any_text_is_mended_to_a_known_name_or_left(text: str) -> None:
    found = mended(text)
    assert found is None or (found != text and any(name in found for name in NAMES))


def test_two_names_equally_near_are_left_alone() -> None:
    names = ("公务接待费用", "公务招待费用")
    lexicon = Lexicon({name: (Sense("item", name),) for name in names})
    text = "公务某待费用"
    assert Slips(names, names).mend(text, lexicon.split(text), lexicon) is None


# Over the report: the figure of the name that was meant, and a note that says how it was read.
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("公务接代费是多少？", "25.37"), ("住房工积金是多少？", "68.76"),
        ("一般行政管里事务是多少？", "13800.61"),
    ],
)  # fmt: skip
def test_a_mistyped_item_is_answered_and_the_reading_is_said(talk: Talk, told: Told, typed: str, value: str) -> None:
    assert told(typed)[0][0] == value
    assert any("理解" in note for note in talk(typed).notes), talk(typed).notes


@pytest.mark.parametrize(
    "question",
    [
        "上午收入合计是多少？",
        "含税收入合计是多少？",
        pytest.param("公务招待所费用是多少？", marks=DROPPED),
        "私人接待费是多少？",
        "商务接待费是多少？",
        "公务接送费是多少？",
        "印花税是多少？",
        "水利费是多少？",
        "电影费是多少？",
        "外籍人员培训费是多少？",
        "校务接待费是多少？",
        "本市收入合计是多少？",
        "国际差旅费是多少？",
        "加油费是多少？",
        "公务接待酒是多少？",
    ],
)
def test_another_thing_is_not_mended_into_one_the_report_has(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text
