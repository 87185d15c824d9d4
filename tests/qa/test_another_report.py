"""Another department's report of the same template, made for these tests: nothing of the shipped one may be built in.

The report and its questions were written by somebody who had seen neither the program nor its question set.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from eval.cases import load_cases
from eval.grade import grade_case
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings

HERE = Path(__file__).parent / "another"
RIGHT, CASES = 64, 70  # 58 on the first run; only ever raise


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    data = tmp_path_factory.mktemp("another")
    report = HERE / "qinghe-agriculture-2019.txt"
    build_index([report], data, open_embedder(""), keep_others=False, progress=lambda _: None)
    assistant = Assistant.open(load_settings(data_dir=data))
    found: Counter[str] = Counter()
    for case in load_cases([HERE / "cases.jsonl"]):
        answers: list[Answer] = []
        for turn in case.turns:
            answers.append(assistant.ask(turn, answers))
        found[grade_case(case, [answer.to_json() for answer in answers]).outcome] += 1
    return found


def test_most_questions_are_answered_right(outcomes: Counter[str]) -> None:
    assert sum(outcomes.values()) == CASES
    assert outcomes["right"] >= RIGHT, outcomes


def test_what_it_does_not_hold_is_refused_and_no_figure_is_wrong(outcomes: Counter[str]) -> None:
    assert outcomes["answered_unanswerable"] == 0
    assert outcomes["wrong_figure"] <= 1, outcomes
