"""Splitting a question: no character is lost, no text makes it fail, known words win over unknown runs."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.understand.lexer import Lexicon, Sense, Token
from qa.understand.normalise import normalise

ITEM, ASK, FILLER = Sense("item", "公务接待费"), Sense("ask", "amount"), Sense("filler", "x")
SHARED = Lexicon({"是多少": (ASK,), "多少": (ASK,), "是": (FILLER,), "的": (FILLER,), "三": (FILLER,)})
LEXICON = Lexicon(
    {"公务接待费": (ITEM,), "公务": (FILLER,), "接待费": (Sense("item", "接待费"),), "water": (ITEM,)},
    SHARED,
    frozenset({"公务接待费"}),
)
MIXED = st.text(alphabet="公务接待费是多少的三百万2016.年%元 a b水abcdewtr'-，。😀\U00020000\u0301", max_size=30)


def assert_covers(text: str, tokens: tuple[Token, ...]) -> None:
    """Every character of ``text`` but spaces stands in exactly one token, in order."""
    at = 0
    for token in tokens:
        assert token.start >= at and text[at : token.start].strip() == ""
        assert token.text == text[token.start : token.end] and token.end > token.start
        at = token.end
    assert text[at:].strip() == ""


@given(st.one_of(st.text(max_size=40), MIXED))
def test_the_tokens_cover_the_text(text: str) -> None:
    assert_covers(text, LEXICON.split(text))


@given(st.one_of(st.text(max_size=40), MIXED))
def test_the_tokens_cover_the_matching_form(text: str) -> None:
    plain = normalise(text)
    assert_covers(plain, LEXICON.split(plain))


@given(MIXED)
def test_the_same_text_is_split_the_same(text: str) -> None:
    assert LEXICON.split(text) == LEXICON.split(text)


@given(MIXED)
def test_two_unknown_runs_never_stand_side_by_side(text: str) -> None:
    tokens = LEXICON.split(text)
    for before, after in pairwise(tokens):
        assert not (before.unknown and after.unknown and before.end == after.start)


def test_the_longest_known_word_wins() -> None:
    tokens = LEXICON.split("公务接待费是多少")
    assert [t.text for t in tokens] == ["公务接待费", "是多少"]
    assert tokens[0].values("item") == ("公务接待费",) and tokens[1].has("ask", "amount")


def test_an_unknown_run_stays_whole_between_known_words() -> None:
    tokens = LEXICON.split("公务接待费茅台酒多少")
    assert [(t.text, t.unknown) for t in tokens] == [("公务接待费", False), ("茅台酒", True), ("多少", False)]


def test_numbers_are_not_cut() -> None:
    (token,) = LEXICON.split("15666.39万元")
    assert token.quantity is not None and str(token.quantity.value) == "156663900.00"
    assert [t.text for t in LEXICON.split("2016年公务接待费")] == ["2016年", "公务接待费"]


def test_a_latin_word_is_not_cut() -> None:
    assert [t.text for t in LEXICON.split("waterproof")] == ["waterproof"]
    assert LEXICON.split("water")[0].has("item")


def test_the_reports_own_senses_come_first() -> None:
    lexicon = Lexicon({"是": (ITEM,)}, SHARED)
    assert lexicon.senses("是") == (ITEM, FILLER) and lexicon.senses("无") == ()


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_nothing_gives_no_token(text: str) -> None:
    assert LEXICON.split(text) == ()


@pytest.mark.parametrize("piece", ["公务接待费", "茅", "1", "a", "三", "😀"])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = (piece * 2000)[:2000]
    began = time.perf_counter()
    assert_covers(text, LEXICON.split(text))
    assert time.perf_counter() - began < 5
