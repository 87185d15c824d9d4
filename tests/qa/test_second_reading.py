"""Refused questions read once more: names in short, and figures of the prose found by the words around them.

The report is the invented one of another/, with a paragraph on the year's work put in; its figures are in WORK below.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings

REPORT = Path(__file__).parent / "another" / "qinghe-agriculture-2019.txt"
WORK = (
    "全年受理行政审批事项1,254件，其中农药经营许可86件；受理投诉举报213起，办结209起；"
    "动物产地检疫出具合格证明48次，减免检疫规费35.20万元。 \n"
)
MARK = "（四）预算绩效管理情况"

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("worked")
    text = REPORT.read_text(encoding="utf-8")
    at = text.rindex(MARK)
    (folder / REPORT.name).write_text(text[:at] + WORK + text[at:], encoding="utf-8")
    build_index([folder / REPORT.name], folder / "data", open_embedder(""), keep_others=False, progress=lambda _: None)
    assistant = Assistant.open(load_settings(data_dir=folder / "data"))

    def last_of(*turns: str) -> Answer:
        history: list[Answer] = []
        for question in turns:
            history.append(assistant.ask(question, history))
        return history[-1]

    return last_of


def values(answer: Answer) -> list[str]:
    return [f"{f.value:f}" for f in answer.figures if f.role == "answer" and f.value is not None]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("农业生产补贴花了多少", "2386.40"),  # 农业生产支持补贴, L296
        ("农药许可办了多少件", "86"),
        ("行政审批受理多少件", "1254"),
        ("投诉举报办结了几起", "209"),
        ("一年受理了多少起投诉", "213"),
    ],
)
def test_names_in_short_and_words_of_the_prose_find_the_figure(ask: Ask, question: str, value: str) -> None:
    answer = ask(question)
    assert answer.status == "answered", answer.text
    assert values(answer) == [value]
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "农药许可吊销了多少件",  # no such number
        "上半年受理了多少起投诉举报",
        "投诉举报办结了多少公里",  # another unit
        "检疫规费收了多少",  # what is printed is what was remitted
        "兽药许可办了多少件",
        "办公室受理投诉花了多少钱",
    ],
)
def test_what_the_words_do_not_cover_stays_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status != "answered", answer.text
    assert not answer.figures


def test_the_answer_says_which_name_it_read(ask: Ask) -> None:
    assert any("农业生产支持补贴" in note for note in ask("农业生产补贴花了多少").notes)


def test_the_answer_quotes_the_clause_it_read(ask: Ask) -> None:
    assert "办结209起" in ask("投诉举报办结了几起").text


def test_a_message_of_two_how_manys_names_the_one_it_refuses(ask: Ask) -> None:
    answer = ask("兽药许可办了多少件、投诉举报办结了几起")
    assert values(answer) == ["209"]
    assert "兽药" in answer.text
