"""The matching form of a question: one form for all the ways of typing the same words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.understand.normalise import normalise, normalise_name

CHINESE = st.text(
    alphabet="公务接待费決算數額二〇一六年度0１２.,，　 “”「」《》（）()aＡ's%％…？?①㈠ⅢﬀİſΣ", max_size=25
)


@given(CHINESE)
@example("二〇一六年")
@example("1,0,000")
@example("1，234，567.80")
@example("İ")
@example("a 's")
def test_idempotent(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(CHINESE)
def test_names_are_idempotent_too(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once and " " not in once


@given(st.text(max_size=40))
def test_no_control_character_is_left(text: str) -> None:
    assert not [c for c in normalise(text) if ord(c) < 32 or c in "\u200b\ufeff\u2060"]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("２０１６年", "2016年"),
        ("二〇一六年", "2016年"),
        ("二零一六年", "2016年"),
        ("二○一五年度", "2015年度"),
        ("公務接待費決算數是多少？", "公务接待费决算数是多少?"),
        ("因公出國（境）費", "因公出国(境)费"),
        ("“三公”经费", "三公经费"),
        ("「三公」经费", "三公经费"),
        ("《支出决算表》", "支出决算表"),
        ("公务　接待　费", "公务接待费"),
        ("公务 接待\t费", "公务接待费"),
        ("公务\u200b接待费", "公务接待费"),
        ("15,666.39万元", "15666.39万元"),
        ("１５，６６６．３９", "15666.39"),
        ("GDP", "gdp"),
        ("  \n ", ""),
        ("", ""),
    ],
)
def test_forms_meet(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


def test_latin_words_keep_their_space() -> None:
    assert normalise("How  much was  spent") == "how much was spent"


def test_a_number_that_is_no_year_stays() -> None:
    assert normalise("二十一年") == "二十一年"
    assert normalise("1,2,3") == "1,2,3"


@pytest.mark.parametrize("typed", ["二 〇一六年", "二〇一六 年度"])
def test_a_spaced_chinese_year_is_a_year(typed: str) -> None:
    assert normalise(typed).startswith("2016年")


def test_a_lone_surrogate_does_not_make_it_fail() -> None:
    normalise("公务接待费\ud800")


@pytest.mark.parametrize("typed", ["T¨", "a'\u0301"])
def test_a_mark_that_stands_alone_is_stable(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)
