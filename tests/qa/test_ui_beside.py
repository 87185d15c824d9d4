"""The pane beside the chat: findings, ledger and cards from the shipped report, and what is not there opens nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from corpus.errors import IndexMissing
from qa.answer import Answer
from qa.assistant import Assistant
from qa.ui import beside, chat
from qa.ui.desk import AssistantLike, Desk
from qa.ui.evidence_view import EMPTY
from qa.ui.render import Failure, turn_to_html
from tests.qa.test_ui_render import elements


@pytest.fixture(scope="module")
def desk(assistant: Assistant) -> Desk:
    return Desk(lambda: assistant)


@pytest.fixture
def turns(assistant: Assistant) -> list[chat.Turn]:
    return [Failure("问", "错"), assistant.ask("公务接待费是多少？")]


def missing() -> AssistantLike:
    raise IndexMissing(Path("nowhere"))


def test_the_findings_substantive_first_each_figure_a_button(desk: Desk, turns: list[chat.Turn]) -> None:
    html = beside.view(desk, turns, "findings")
    page = elements(html)
    assert html.index("实质不一致：相差 1,000.01 万元") < html.index("四舍五入尾差：印")
    assert "推测，不是结论" in html and "8 组" in html and "推算的上年数" in html
    facts = desk.assistant().dossier().facts
    assert (
        all(str(button["data-fact"]) in facts for button in page.buttons("fact"))
        and len(page.buttons("fact")) >= 10 + 22
    )
    (save,) = page.buttons("act")
    rows = list(csv.reader(io.StringIO(json.loads(str(save["data-content"]))[1:], newline="")))
    assert len(rows) == 24


@pytest.mark.parametrize("number", [1, 16])
def test_a_finding_is_brought_into_view(desk: Desk, number: int) -> None:
    html = beside.findings(desk, [], number)
    assert html.count("hit") == 1
    assert ("hit>16. " in html) if number == 16 else ('substantive hit"' in html)


def test_the_number_in_a_note_opens_that_finding(desk: Desk, assistant: Assistant) -> None:
    answer = assistant.ask("公务接待费是多少？")
    page = elements(turn_to_html(0, answer))
    (link,) = page.buttons("cite finding-link")
    found = assistant.dossier().findings[int(str(link["data-finding"])) - 1]
    (cited,) = answer.figures[0].citations
    assert answer.citations[cited].fact in found.cells
    several = elements(turn_to_html(0, assistant.ask("报告有没有自相矛盾？"))).buttons("cite finding-link")
    assert sorted(int(str(each["data-finding"])) for each in several) == list(range(1, 24))


def test_the_ledger(desk: Desk, turns: list[chat.Turn]) -> None:
    html = beside.view(desk, turns, "ledger")
    assert html.count("<tr") == 1 + 23 and "信息网络购置更新" in html and "只说明了各分项" in html
    facts = desk.assistant().dossier().facts
    assert all(str(button["data-fact"]) in facts for button in elements(html).buttons("fact"))
    (row,) = [line for line in html.split("<tr") if "机关事业单位基本养老保险缴费支出" in line]
    shown = [re.sub("<[^>]*>", " ", row).split()[i] for i in (2, 3, 4, 5)]
    assert shown == ["91.37", "年初预算", "0", "+91.37"]  # L753, L755: a budget of 0 is a 0


def test_a_figure_of_a_finding_shows_its_place(desk: Desk) -> None:
    html = beside.place(desk, "shanghai-port-office-2016:three_public:0:11")
    assert '<td class="hit"' in html and "25.37" in html
    assert beside.place(desk, "shanghai-port-office-2016:nothing") == EMPTY
    assert "other-2020" in beside.place(desk, "other-2020:l1.1")  # one sentence, no error


def test_a_card_for_each_figure(desk: Desk, turns: list[chat.Turn]) -> None:
    answer = turns[1]
    assert isinstance(answer, Answer)
    buttons = elements(turn_to_html(1, answer)).buttons("quote")
    assert [(b["data-turn"], b["data-figure"]) for b in buttons] == [("1", str(i)) for i in range(len(answer.figures))]
    assert "25.37 万元" in beside.quote(desk, turns, 1, 0) and "2.38 万元" in beside.quote(desk, turns, 1, 1)


@pytest.mark.parametrize(("turn", "figure"), [(0, 0), (9, 0), (-1, 0), (1, 99), (1, -1)])
def test_a_card_that_is_not_there_opens_nothing(desk: Desk, turns: list[chat.Turn], turn: int, figure: int) -> None:
    assert beside.quote(desk, turns, turn, figure) == EMPTY


def test_the_evidence_view_is_that_of_the_last_answer(desk: Desk, turns: list[chat.Turn]) -> None:
    assert "25.37" in beside.view(desk, turns, "evidence") and beside.view(desk, [], "evidence") == EMPTY


@pytest.mark.parametrize("name", ["findings", "ledger"])
def test_a_missing_index_is_one_sentence(name: str) -> None:
    assert beside.view(Desk(missing), [], name).count('role="alert"') == 1


def test_an_address_asks_its_questions_in_turn(desk: Desk) -> None:
    *_, last = chat._start(desk, ["公务接待费是多少？", "那预算呢？"], "shanghai-port-office-2016")
    assert [turn.question for turn in last[0]] == ["公务接待费是多少？", "那预算呢？"] and "47.36" in last[1]
    ((turns, greeting, _, _),) = chat._start(desk, ["  "], None)
    assert turns == [] and "data-ask" in greeting
    *_, wrong = chat._start(desk, ["公务接待费是多少？"], "other-2020")
    assert isinstance(wrong[0][0], Failure) and "other-2020" in wrong[1]
    *_, many = chat._start(desk, ["你好"] * 50, None)
    assert len(many[0]) == 20
