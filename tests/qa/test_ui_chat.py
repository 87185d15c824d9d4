"""The handlers of the page: what a press or a question changes, per user; errors are one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import IndexMissing
from qa.answer import Answer
from qa.ui import chat
from qa.ui.desk import AssistantLike, Desk
from qa.ui.evidence_view import EMPTY
from qa.ui.render import Failure
from tests.qa.fakes import FakeAssistant


class Remembering(FakeAssistant):
    """Keeps the history it was asked with."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        self.asked.append(tuple(answer.question for answer in history))
        return super().ask(question, history)


def missing() -> AssistantLike:
    raise IndexMissing(Path("nowhere"))


def test_a_question_shows_at_once_then_its_answer_and_the_evidence_of_its_first_citation() -> None:
    first, last = chat._ask(Desk(FakeAssistant), "公务接待费是多少？", [])
    assert first[0] == [] and "正在查报告" in first[1] and first[3] == ""
    assert [turn.question for turn in last[0]] == ["公务接待费是多少？"]
    assert "25.37" in last[1] and 'class="hit"' in last[2]


def test_turns_are_given_to_the_assistant_as_history_and_never_shared() -> None:
    assistant = Remembering()
    desk = Desk(lambda: assistant)
    before: list[chat.Turn] = []
    *_, (mine, *_rest) = chat._ask(desk, "公务接待费是多少？", before)
    *_, (_theirs, *_rest) = chat._ask(desk, "接待了多少批次？", [])
    *_, (mine_again, *_rest) = chat._ask(desk, "接待了多少批次？", mine)
    assert before == [] and len(mine) == 1 and len(mine_again) == 2
    assert assistant.asked == [(), (), ("公务接待费是多少？",)]


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_changes_nothing(question: str) -> None:
    ((turns, _, evidence, _),) = chat._ask(Desk(FakeAssistant), question, [])
    assert turns == [] and evidence == EMPTY


def test_a_missing_index_is_one_sentence_and_is_looked_for_again() -> None:
    opened: list[bool] = []

    def first_missing() -> AssistantLike:
        opened.append(True)
        return missing() if len(opened) == 1 else FakeAssistant()

    desk = Desk(first_missing)
    *_, (turns, thread, _, _) = chat._ask(desk, "公务接待费是多少？", [])
    assert turns == [Failure("公务接待费是多少？", str(IndexMissing(Path("nowhere"))))]
    assert thread.count('role="alert"') == 1 and "python -m qa index" in thread
    *_, (turns, thread, _, _) = chat._ask(desk, "公务接待费是多少？", turns)
    assert "25.37" in thread and len(turns) == 2


def test_the_greeting_says_what_is_wrong_or_offers_the_starters() -> None:
    assert "python -m qa index" in chat._greeting(Desk(missing))
    assert chat._greeting(Desk(FakeAssistant)).count("data-ask=") == len(FakeAssistant().starters())


@pytest.mark.parametrize(("turn", "citation"), [(0, 9), (9, 0), (-1, 0), (0, -1), (1, 0)])
def test_a_citation_that_is_not_there_opens_nothing(turn: int, citation: int) -> None:
    turns: list[chat.Turn] = [FakeAssistant().ask("公务接待费是多少？"), Failure("问", "错")]
    assert chat._cite(Desk(FakeAssistant), turns, turn, citation) == EMPTY


def test_an_assistant_is_opened_once() -> None:
    opened: list[int] = []

    def open_assistant() -> AssistantLike:
        opened.append(1)
        return FakeAssistant()

    desk = Desk(open_assistant)
    desk.begin()
    assert desk.assistant() is desk.assistant() and len(opened) == 1
