"""The list above the chat that fixes one of several reports: what it offers, and what a choice changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import IndexMissing
from corpus.stores import ReportInfo
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings
from qa.ui import beside, chat
from qa.ui.chooser import ALL, opened, reports_to_choices
from qa.ui.desk import AssistantLike, Desk
from qa.ui.evidence_view import EMPTY
from tests.qa.fakes import FakeAssistant, cell_citation


def info(id: str, department: str, year: int, title: str = "") -> ReportInfo:
    title = title or f"{department} {year} 年度部门决算"
    return ReportInfo(id, department, year, title, f"{id}.txt", "0", 1, 1, 1, 1, 1, 1, 0)


WATER, WATER_BEFORE = info("w20", "甲市水务局", 2020), info("w19", "甲市水务局", 2019)
PLAN = info("w21", "甲市水务局", 2021, "甲市水务局 2021 年部门预算")
TWICE = info("w20b", "甲市水务局", 2020)


class Several(FakeAssistant):
    """Has these reports and remembers of which it was asked."""

    def __init__(self, *reports: ReportInfo) -> None:
        self._reports = reports
        self.asked: list[str | None] = []

    def reports(self) -> tuple[ReportInfo, ...]:
        return self._reports

    def ask(self, question: str, history: Sequence[Answer] = (), report: str | None = None) -> Answer:
        self.asked.append(report)
        return super().ask(question, history)

    def starters(self, report: str | None = None) -> tuple[str, ...]:
        return (f"公务接待费是多少？（{report}）",)


def desk_of(*reports: ReportInfo) -> Desk:
    assistant = Several(*reports)
    return Desk(lambda: assistant)


def missing() -> AssistantLike:
    raise IndexMissing(Path("nowhere"))


def test_all_first_then_each_by_department_and_year_and_none_twice() -> None:
    choices = reports_to_choices([WATER_BEFORE, TWICE, WATER, PLAN])
    assert choices[0] == ("全部报告（4 份）", ALL)
    assert choices[1:] == [
        ("甲市水务局 2021 年预算", "w21"),
        ("甲市水务局 2020 年决算（w20）", "w20"),
        ("甲市水务局 2020 年决算（w20b）", "w20b"),
        ("甲市水务局 2019 年决算", "w19"),
    ]


def test_with_one_report_nothing_is_shown_and_with_several_all_are_chosen() -> None:
    kept, change = opened(desk_of(WATER), None)
    assert kept is None and change.get("visible") is None
    kept, change = opened(desk_of(WATER, PLAN), None)
    assert kept is None and change["visible"] and change["value"] == ALL and len(change["choices"]) == 3


@pytest.mark.parametrize(("named", "kept"), [("w21", "w21"), ("no-such", None)])
def test_an_address_fixes_its_report(named: str, kept: str | None) -> None:
    desk = desk_of(WATER, PLAN)
    found, change = opened(desk, named)
    assert found == kept and change["value"] == (kept or ALL)
    ((turns, greeting, _, _),) = chat._start(desk, [], named)
    assert turns == [] and ("甲市水务局 2021 年部门预算" in greeting) is bool(kept)


def test_a_missing_index_shows_no_list() -> None:
    assert opened(Desk(missing), None)[0] is None


def test_the_greeting_follows_the_choice() -> None:
    desk = desk_of(WATER, PLAN)
    assert "这 2 份报告" in chat._greeting(desk) and "写明部门" in chat._greeting(desk)
    kept, greeting, pane = chat._choose(desk, "w21", [], EMPTY)
    assert kept == "w21" and "《甲市水务局 2021 年部门预算》" in greeting and "（w21）" in greeting and pane == EMPTY
    assert "这份决算" in chat._greeting(desk_of(WATER))


def test_questions_go_to_the_chosen_report_and_the_conversation_stays() -> None:
    assistant = Several(WATER, PLAN)
    desk = Desk(lambda: assistant)
    *_, (turns, *_rest) = chat._ask(desk, "公务接待费是多少？", [], "w21")
    kept, thread, _ = chat._choose(desk, None, turns, EMPTY)
    assert assistant.asked == ["w21"] and kept is None and not isinstance(thread, str)


def test_the_view_that_was_open_is_shown_of_the_chosen_report(assistant: Assistant) -> None:
    desk = Desk(lambda: assistant)
    shown = beside.view(desk, [], "findings")
    assert beside.view_of(shown) == "findings" and beside.view_of(EMPTY) == "evidence"
    assert beside.view_of(beside.view(desk, [], "ledger")) == "ledger"
    other = beside.view(desk, [assistant.ask("公务接待费是多少？")], "findings", "other-2020")
    assert "other-2020" in other  # asked of the chosen one, which is not there: one sentence


def test_evidence_of_another_report_does_not_stay() -> None:
    desk = desk_of(WATER, PLAN)
    turns: list[chat.Turn] = [FakeAssistant().ask("公务接待费是多少？")]
    assert 'class="hit"' in beside.view(desk, turns, "evidence")
    assert beside.view(desk, turns, "evidence", "w21") == EMPTY
    assert 'class="hit"' in beside.view(desk, turns, "evidence", cell_citation(5).report)


def test_a_set_report_leaves_no_choice(assistant: Assistant) -> None:
    only = assistant.reports()
    assert [each.id for each in only] == ["shanghai-port-office-2016"]
    fixed = Assistant(assistant._index, load_settings(report=only[0].id))
    assert fixed.reports() == only
