"""Known words to noun phrases: what belongs together, what links it, and nothing of the question lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.understand.lexer import Lexicon, Sense
from qa.understand.normalise import normalise
from qa.understand.phrases import Phrase, Sketch, sketch
from qa.understand.words import shared_lexicon

YEAR = 2016
LEXICON = Lexicon({"某区公园局": (Sense("report", "x"),)}, shared_lexicon())


def read(question: str) -> Sketch:
    return sketch(LEXICON.split(normalise(question)), YEAR)


def surfaces(phrases: list[Phrase]) -> list[tuple[str, ...]]:
    return [tuple(name.surface for name in phrase.names) for phrase in phrases if phrase.names]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("公务接待费是多少", [("公务接待费",)]),
        ("公务接待费和印刷费各是多少", [("公务接待费",), ("印刷费",)]),
        ("基本支出里的公务接待费是多少", [("基本支出", "公务接待费")]),
        ("公务接待费占三公经费多少", [("公务接待费",), ("三公经费",)]),
        ("公务接待费减去印刷费", [("公务接待费",), ("印刷费",)]),
        ("公务接待费、印刷费和电费", [("公务接待费",), ("印刷费",), ("电费",)]),
        ("公务接待费比印刷费多多少", [("公务接待费",), ("印刷费",)]),
        ("今天天气怎么样", []),
    ],
)
def test_names_stand_in_their_phrases(question: str, names: list[tuple[str, ...]]) -> None:
    assert surfaces(read(question).phrases) == names


@pytest.mark.parametrize(
    ("question", "link"),
    [
        ("公务接待费和印刷费", "and"), ("公务接待费加印刷费", "plus"), ("公务接待费减去印刷费", "minus"),
        ("公务接待费除以印刷费", "divide"), ("公务接待费比印刷费多多少", "than"), ("公务接待费占印刷费多少", "share"),
        ("公务接待费，印刷费", "stop"), ("公务接待费超过印刷费多少", "than"),
    ],
)  # fmt: skip
def test_what_links_two_names(question: str, link: str) -> None:
    first, second = read(question).named
    assert (first.before, second.before) == ("", link)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("公务接待费的预算数", "budget"), ("公务接待费的决算数", "final"), ("公务接待费的预算完成率", "completion"),
        ("公务接待费比上年增减多少", "change"), ("公务接待费", ""),
    ],
)  # fmt: skip
def test_a_measure_belongs_to_its_name(question: str, measure: str) -> None:
    (phrase,) = read(question).named
    assert phrase.measure == measure and phrase.ref().measure == measure


def test_a_measure_after_each_name_stays_with_it() -> None:
    first, second = read("公务接待费的预算和印刷费的决算").named
    assert (first.measure, second.measure) == ("budget", "final")


@pytest.mark.parametrize(
    ("question", "period", "years"),
    [
        ("2015年公务接待费", "prior", [2015]), ("上年公务接待费", "prior", []), ("2016年公务接待费", "", [2016]),
        ("2014年公务接待费", "", [2014]),
    ],
)  # fmt: skip
def test_years(question: str, period: str, years: list[int]) -> None:
    found = read(question)
    assert any(phrase.period == period for phrase in found.phrases) and found.years == years


def test_a_year_is_read_against_the_reports_own() -> None:
    tokens = LEXICON.split("2018年公务接待费")
    assert any(p.period == "prior" for p in sketch(tokens, 2019).phrases)
    assert not any(p.period == "prior" for p in sketch(tokens, 2016).phrases)


@pytest.mark.parametrize(
    ("question", "limit"), [("最大的三项是什么", 3), ("前五名", 5), ("最大的是哪项", 0), ("三项最大", 0)]
)
def test_the_number_of_results(question: str, limit: int) -> None:
    assert read(question).limit == limit


def test_what_nobody_knows_is_kept() -> None:
    assert [token.text for token in read("公务接待费茅腌酱是多少").unknown] == ["茅腌酱"]


def test_quantities_are_kept() -> None:
    (quantity,) = read("超过100万元的有哪些").quantities
    assert (quantity.value, quantity.unit) == (1_000_000, "元")


def test_what_is_corrected_is_let_go() -> None:
    assert surfaces(read("公务接待费，不对，是印刷费").phrases) == [("印刷费",)]


def test_a_unit_of_count_asks_how_many() -> None:
    ref = read("公务接待费多少批次").named[0].ref()
    assert (ref.measure, ref.unit_hint) == ("count", "批次")


def test_nothing_makes_an_empty_phrase() -> None:
    assert Phrase().empty and sketch((), YEAR).phrases == []
    assert not any(phrase.empty for phrase in read("公务接待费和印刷费、电费，分别多少").phrases)


PIECES = [
    "公务接待费",
    "印刷费",
    "三公经费",
    "2015年",
    "预算",
    "决算",
    "占",
    "比",
    "加",
    "减去",
    "除以",
    "和",
    "、",
    "，",
    "（",
    "）",
    "类",
    "款",
    "最大的",
    "三",
    "项",
    "超过",
    "100万元",
    "不对",
    "是",
    "多少",
    "为什么",
    "不",
    "每",
    "人均",
    "它",
    "前者",
    "收入",
    "支出",
    "茅",
]
WORDS = st.lists(st.sampled_from(PIECES), max_size=12)


@given(WORDS)
def test_any_order_of_words_is_read_and_loses_no_name(words: list[str]) -> None:
    found = read("".join(words))
    kept = sum(len(phrase.names) for phrase in found.phrases)
    assert not any(phrase.empty for phrase in found.phrases)
    if "不对" not in words and "不" not in words:
        named = sum(token.has("item") and token.text in {"公务接待费", "印刷费", "三公经费"} for token in found.tokens)
        assert kept >= named


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    read(text)
