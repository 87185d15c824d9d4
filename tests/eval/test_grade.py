"""The grader is strict: each way an answer can be wrong is caught, and called what it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from eval.cases import Case, parse_case
from eval.grade import Printed, grade_case, plain
from eval.report import Result, gate_breaches, outcome_counts, results_to_markdown, right_share

PRINTED: Printed = frozenset({(621, Decimal("25.37"), "万元", "number"), (525, Decimal("2.38"), "万元", "number")})


def _case(expect: str, turns: str = '["问"]') -> Case:
    return parse_case(f'{{"id": "t-1", "category": "lookup", "turns": {turns}, "expect": [{expect}]}}')


def _figure(value: str | None, *citations: int, **changes: Any) -> dict[str, Any]:
    figure = {"value": value, "unit": "万元", "label": "某项", "state": "number", "role": "answer", "computed": False}
    return figure | {"derivation": None, "citations": list(citations)} | changes


def _answer(text: str, figures: list[dict[str, Any]], lines: list[int], **changes: Any) -> dict[str, Any]:
    citations = [{"report": "r", "line": line, "page": 1, "quote": ""} for line in lines]
    answer = {"question": "问", "status": "answered", "kind": "lookup", "text": text, "figures": figures}
    return answer | {"citations": citations, "suggestions": [], "notes": [], "options": []} | changes


JD = '{"figures": [{"value": "25.37", "line": [621, 847]}]}'
GOOD = _answer("**25.37 万元**", [_figure("25.37", 0)], [621])
SUM = '{"figures": [{"value": "7.77", "computed": true, "lines": [499, [501, 502]]}]}'
REFUSE = '{"status": "not_in_report"}'


def _computed(inputs: list[int], **changes: Any) -> dict[str, Any]:
    derivation = {"formula": "水费 + 电费", "inputs": inputs, "steps": []}
    return _figure("7.77", computed=True, derivation=derivation, **changes)


def _ok(expect: str, answer: dict[str, Any]) -> bool:
    verdict = grade_case(_case(expect), [answer], PRINTED)
    assert verdict.why or verdict.outcome == "right"
    return verdict.outcome == "right"


def test_the_right_figure_from_either_place_is_right() -> None:
    assert _ok(JD, GOOD)
    assert _ok(JD, _answer("25.37", [_figure("25.37", 0)], [847]))
    assert _ok(JD, _answer("25.370", [_figure("25.370", 0)], [847])), "compared as numbers"


@pytest.mark.parametrize(
    ("answer", "outcome", "why"),
    [
        (_answer("2.38", [_figure("2.38", 0)], [525]), "wrong_figure", "2.38 万元 (某项, L525), wanted 25.37"),
        (_answer("25.37", [_figure("25.37", 0)], [525]), "wrong_figure", "not the right cell"),
        (_answer("25.37", [_figure("25.37", 0, unit="元")], [621]), "wrong_figure", "25.37 元"),
        (_answer("25.37", [_figure("25.37", 0, state="zero")], [621]), "wrong_figure", "25.37 万元"),
        (_answer("25.37", [_figure("25.37")], [621]), "wrong_figure", "no citation"),
        (_answer("25.37", [_figure("25.37", 3)], [621]), "other_wrong", "beyond the 1 citations"),
        (_answer("花了不少", [_figure("25.37", 0)], [621]), "other_wrong", "not in the text"),
        (_answer("25.37", [], [621]), "other_wrong", "is not asserted"),
        (_answer("25.37、9", [_figure("25.37", 0), _figure("9", 0)], [621]), "wrong_figure", "9 万元"),
        (_answer("25.37", [_figure("25.37", 0, role="context")], [621]), "other_wrong", "is not asserted"),
        (_answer("没有", [], [], status="not_in_report"), "wrong_refusal", "wanted answered"),
        (_answer("哪个？", [], [], status="clarify"), "wrong_refusal", "wanted answered"),
    ],
)
def test_each_fault_has_its_name(answer: dict[str, Any], outcome: str, why: str) -> None:
    verdict = grade_case(_case(JD), [answer], PRINTED)
    assert verdict.outcome == outcome
    assert why in verdict.why


def test_context_must_be_true() -> None:
    def with_context(value: str, line: int) -> dict[str, Any]:
        figures = [_figure("25.37", 0), _figure(value, 1, role="context")]
        return _answer("25.37", figures, [621, line])

    assert _ok(JD, with_context("2.38", 525))
    assert not _ok(JD, with_context("2.38", 523)), "stands elsewhere"
    assert not _ok(JD, with_context("2.39", 525)), "stands nowhere"


def test_the_first_figure_is_the_one_asked_for() -> None:
    context = _figure("2.38", 1, role="context")
    assert not _ok(JD, _answer("25.37", [context, _figure("25.37", 0)], [621, 525]))


def test_order_counts_unless_it_is_said_not_to() -> None:
    pair = '"figures": [{"value": "2", "line": 2}, {"value": "1", "line": 1}]'
    swapped = _answer("1 2", [_figure("1", 0), _figure("2", 1)], [1, 2])
    assert not _ok(f"{{{pair}}}", swapped)
    assert _ok(f'{{{pair}, "ordered": false}}', swapped)


def test_two_equal_figures_need_two_assertions() -> None:
    twice = '{"ordered": false, "figures": [{"value": "1", "line": 1}, {"value": "1", "line": 1}]}'
    assert not _ok(twice, _answer("1", [_figure("1", 0)], [1]))


def test_a_computed_figure_needs_every_operand_and_a_derivation() -> None:
    lines = [499, 502, 700]
    assert _ok(SUM, _answer("7.77", [_computed([0, 1])], lines))
    assert not _ok(SUM, _answer("7.77", [_computed([0, 2])], lines)), "an operand from elsewhere"
    assert not _ok(SUM, _answer("7.77", [_computed([])], lines)), "from nothing"
    assert not _ok(SUM, _answer("7.77", [_figure("7.77", 0)], lines)), "passed off as printed"


def test_may_and_alternatives() -> None:
    printed = '{"value": "86.83", "unit": "分", "line": 976}'
    computed = '{"value": "86.825", "unit": "分", "computed": true, "lines": [989]}'
    answer = _answer("86.83", [_figure("86.83", 0, unit="分")], [976])
    assert _ok(f'{{"figures": [[{computed}, {printed}]]}}', answer)
    assert not _ok('{"figures": []}', answer)
    assert _ok(f'{{"figures": [], "may": [{printed}]}}', answer)


def test_phrases_are_found_through_marks_and_widths() -> None:
    expect = '{"phrases": [["未超预算", "没有超"], "15666.39"], "forbidden": ["超支"]}'
    assert _ok(expect, _answer("**未 超**预算：１５,666.39 万元", [], []))
    assert not _ok(expect, _answer("15,666.39", [], []))
    assert not _ok(expect, _answer("未超预算，15,666.39，谈不上超支", [], []))
    assert plain("A， B“c”") == "A,Bc"


def test_a_text_answer_must_cite_its_passage() -> None:
    expect = '{"cited": ["884-890"]}'
    assert _ok(expect, _answer("出访", [], [886]))
    assert not _ok(expect, _answer("出访", [], [892]))
    assert not _ok(expect, _answer("出访", [], []))


@pytest.mark.parametrize("text", ["是 30 万元", "约3.5亿元", "有 12 人次", "占 5%", "共7辆"])
def test_a_refusal_asserts_no_amount(text: str) -> None:
    verdict = grade_case(_case(REFUSE), [_answer(text, [], [], status="not_in_report")])
    assert verdict.outcome == "answered_unanswerable"


def test_a_refusal_may_repeat_the_question_and_name_years() -> None:
    said = "报告是 2016 年度的，没有「500万元」一说。"
    assert _ok(REFUSE, _answer(said, [], [], status="not_in_report", question="花了500万元吗"))


def test_answering_the_unanswerable_is_told_apart_from_asking_back() -> None:
    case = _case(REFUSE)
    assert grade_case(case, [GOOD]).outcome == "answered_unanswerable"
    asked = _answer("哪一个？", [], [], status="clarify", options=["问"])
    assert grade_case(case, [asked]).outcome == "other_wrong"
    cited = _answer("没有", [], [621], status="not_in_report")
    assert grade_case(case, [cited]).outcome == "answered_unanswerable"


def test_asking_back_needs_options_and_asserts_nothing() -> None:
    expect = '{"status": ["answered", "clarify"], "figures": [{"value": "25.37", "line": 621}]}'
    assert _ok(expect, _answer("哪个？", [], [], status="clarify", options=["一", "二"]))
    assert not _ok(expect, _answer("哪个？", [], [], status="clarify"))
    assert not _ok(expect, _answer("25.37", [_figure("25.37", 0)], [621], status="clarify", options=["一"]))


def test_a_conversation_is_as_right_as_its_worst_turn() -> None:
    case = _case(f"{JD}, {JD}", '["一", "二"]')
    assert grade_case(case, [GOOD, GOOD]).outcome == "right"
    verdict = grade_case(case, [GOOD, _answer("9", [_figure("9", 0)], [621])])
    assert verdict.outcome == "wrong_figure"
    assert verdict.why.startswith("turn 2: ")
    assert grade_case(case, [GOOD]).outcome == "other_wrong"


def test_the_gate_and_the_table(tmp_path: Any) -> None:
    case = _case(JD)
    good, bad = (Result(case, grade_case(case, [each])) for each in (GOOD, _answer("9", [_figure("9", 0)], [621])))
    gate = tmp_path / "gate.toml"
    gate.write_text("min_cases = 2\nmin_right_percent = 100\nmax_wrong_figure = 0\n", encoding="utf-8")
    assert gate_breaches([good, good], gate) == []
    assert len(gate_breaches([good], gate)) == 1
    assert len(gate_breaches([good, bad], gate)) == 2
    assert right_share([good, good, bad]) == Decimal("66.66")
    assert outcome_counts([good, bad]) == {"right": 1, "wrong_figure": 1}
    assert "| lookup | 2 | 1 | 1 | 0 | 0 | 0 |" in results_to_markdown([good, bad])
