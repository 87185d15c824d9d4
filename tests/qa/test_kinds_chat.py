"""Talk: greetings, thanks, help, and no question at all; asserts nothing and offers what can be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Answer

Talk = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("你好", "您好"),
        ("您好！", "您好"),
        ("谢谢", "不客气"),
        pytest.param(
            "谢谢你的帮助！",
            "不客气",
            marks=pytest.mark.xfail(reason="帮助 is read as a request for help", strict=True),
        ),
        ("你能做什么？", "我只回答"),
        ("我可以问什么？", "我只回答"),
        ("你是谁？", "决算问答"),
        ("hello", "您好"),
        ("你真笨", "抱歉"),
    ],
)
def test_talk_is_answered_in_kind(talk: Talk, question: str, words: str) -> None:
    answer = talk(question)
    assert (answer.status, answer.kind) == ("answered", "chat") and words in answer.text
    assert answer.figures == () and answer.citations == () and answer.suggestions


@pytest.mark.parametrize("question", ["", "   ", "？？", "。"])
def test_no_question_is_asked_back(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "clarify" and "没有看到问题" in answer.text and answer.options


def test_a_question_too_long_says_how_long_it_may_be(talk: Talk) -> None:
    answer = talk("公务接待费是多少？" * 200)
    assert answer.status == "clarify" and "1,800" in answer.text


@pytest.mark.parametrize(
    "question", ["你好，公务接待费是多少？", "谢谢，那公务接待费是多少？", "你能告诉我公务接待费是多少吗？"]
)
def test_a_greeting_before_a_question_does_not_hide_it(talk: Talk, question: str) -> None:
    assert format(talk(question).figures[0].value or 0, "f") == "25.37"
