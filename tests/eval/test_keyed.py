"""Questions with a short key: what counts as right, and that each set is there with its report and its gate."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eval.keyed import SHARED, Graded, breaches, grade, sets

ASKED: dict[str, Any] = {"id": "x", "turns": ["公务接待费多少"], "expect": [{"values": ["25.37"], "may": ["47.36"]}]}


def said(*figures: tuple[str | None, str], status: str = "answered", text: str = "") -> dict[str, Any]:
    return {"status": status, "text": text, "figures": [{"value": v, "unit": u, "role": "answer"} for v, u in figures]}


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (said(("25.37", "万元")), "right"),
        (said(("253700", "元")), "right"),
        (said(("25.37", "万元"), ("47.36", "万元")), "right"),
        (said(("25.38", "万元")), "wrong_figure"),
        (said(("25.37", "万元"), ("2.38", "万元")), "wrong_figure"),
        (said(("47.36", "万元")), "other"),
        (said(status="not_in_report"), "wrong_refusal"),
    ],
)
def test_a_case_is_graded_by_what_it_asserts(given: dict[str, Any], outcome: str) -> None:
    assert grade(ASKED, [given]).outcome == outcome


def test_a_blank_is_no_zero() -> None:
    case = {"id": "x", "expect": [{"values": ["blank"]}]}
    assert grade(case, [said((None, "万元"))]).outcome == "right"
    assert grade(case, [said(("0", "万元"))]).outcome == "wrong_figure"


def test_what_is_to_be_refused_and_is_answered_is_the_worst_of_refusals() -> None:
    case = {"id": "x", "expect": [{"status": "not_in_report", "values": []}]}
    assert grade(case, [said(("25.37", "万元"))]).outcome == "answered_unanswerable"
    assert grade(case, [said(status="not_in_report")]).outcome == "right"


def test_phrases_must_stand_in_the_text() -> None:
    case = {"id": "x", "expect": [{"values": [], "phrases": [["减少", "下降"]]}]}
    assert grade(case, [said(text="比上年 下 降")]).outcome == "right"
    assert grade(case, [said(text="增加")]).outcome == "other"


def test_every_set_has_its_questions_and_those_that_are_not_shared_their_report() -> None:
    for each in sets():
        lines = [json.loads(line) for line in each.cases.read_text(encoding="utf-8").splitlines()]
        assert len({c["id"] for c in lines}) == len(lines) > 0
        assert all(len(c["turns"]) == len(c["expect"]) for c in lines), each.name
        assert 0 < each.right <= len(lines)
        assert each.report.exists() or each.report.parent == SHARED


def test_a_set_below_its_gate_is_named() -> None:
    each = sets()[0]
    assert list(breaches(each, [Graded("x", "wrong_figure")] * (each.wrong_figure + 1))) == [
        f"{each.name}: 0 right, at least {each.right} is wanted",
        f"{each.name}: {each.wrong_figure + 1} wrong_figure, at most {each.wrong_figure}",
    ]
