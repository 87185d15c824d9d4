"""A message that asks several things has each answered; a correction takes back what was asked before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Answer

Talk = Callable[..., Answer]


def asserted(answer: Answer) -> list[str]:
    return [format(f.value, "f") for f in answer.figures if f.role == "answer" and f.value is not None]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("水费多少？电费又是多少？", ["1.62", "6.15"]),  # L499, L501
        ("其他收入有多少？占收入合计的百分之几？", ["0.42", "0.003"]),  # L131, L661
        ("出国团组几个？去了多少人次？", ["7", "14"]),  # L886
        ("公务接待费多少，占三公多少，比预算多还是少", ["25.37", "26.91", "25.37", "47.36"]),  # L621, L882
        ("政府采购一共多少？其中工程采购多少？", ["307.32", "0"]),  # L940, L942
    ],
)
def test_each_part_is_answered_in_order(talk: Talk, question: str, values: list[str]) -> None:
    found = asserted(talk(question))
    assert found == list(dict.fromkeys(values)) or found == values, talk(question).text


def test_marks_and_citations_agree(talk: Talk) -> None:
    answer = talk("水费多少？电费又是多少？两项加起来呢？")
    marks = {int(m) for m in __import__("re").findall(r"\[(\d+)\]", answer.text)}
    assert marks == set(range(1, len(answer.citations) + 1))
    for figure in answer.figures:
        assert all(0 <= i < len(answer.citations) for i in figure.citations)
        assert figure.derivation is None or all(i < len(answer.citations) for i in figure.derivation.inputs)


def test_one_question_in_two_clauses_stays_one(talk: Talk) -> None:
    assert asserted(talk("三公三项，预算完成率垫底的是哪个，百分之多少")) == ["39.39"]  # L847


def test_a_correction_takes_back_the_first_question(talk: Talk) -> None:
    answer = talk("公务接待费是多少？不对，我问的是差旅费。")
    assert asserted(answer) == ["8.34"], answer.text  # L509


def test_a_part_the_report_does_not_hold_refuses_and_offers_the_rest(talk: Talk) -> None:
    answer = talk("物业管理费多少？是付给哪家公司的？")
    assert answer.status == "not_in_report" and "哪家公司" in answer.text, answer.text
    assert any("物业管理费" in offer for offer in answer.suggestions), answer.suggestions
