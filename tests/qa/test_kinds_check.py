"""The report's own contradictions: named as they are, with both figures and their places; gold from design.md and by eye."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Answer

Talk = Callable[..., Answer]
Told = Callable[..., list[tuple[str | None, str, int]]]


@pytest.mark.parametrize(
    "question", ["报告有没有不一致的地方？", "年初预算加起来对得上吗？", "报告里有自相矛盾的数字吗？"]
)
def test_the_substantive_finding_comes_first_with_both_figures(talk: Talk, told: Told, question: str) -> None:
    # L714: 3,093.97 stated; the nine add up to 2,093.96
    assert [(value, unit) for value, unit, _ in told(question)] == [("3093.97", "万元"), ("2093.96", "万元")]
    answer = talk(question)
    assert "实质不一致" in answer.text and "1,000.01" in answer.text
    assert {714, 723, 735, 745, 753, 765, 772, 784, 794, 804} <= {c.line for c in answer.citations}


def test_rounding_is_called_rounding(talk: Talk) -> None:
    answer = talk("有没有四舍五入造成的差异？")
    assert "四舍五入尾差" in answer.text and "3,093.97" not in answer.text
    assert "实质" not in answer.text  # what was not asked for is not said to be absent


def test_two_tables_that_differ_are_both_quoted(told: Told) -> None:
    # L173 and L210
    found = told("本年收入合计在不同表里一致吗？")
    assert {(v, line) for v, _, line in found} == {("15666.81", 173), ("15666.80", 210)}


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("一般公共预算财政拨款支出的年初预算是多少？", "2,093.96"),  # L714
        ("公务用车购置及运行维护费占三公经费的比例是多少？", "10.24"),  # L880: 10.23 printed
    ],
)
def test_a_figure_that_disagrees_says_so(talk: Talk, question: str, words: str) -> None:
    assert words in " ".join(talk(question).notes), talk(question).notes


def test_a_figure_that_agrees_says_nothing(talk: Talk) -> None:
    assert not [n for n in talk("电费是多少？").notes if "不一致" in n or "尾差" in n]


def test_the_hypothesis_is_marked_as_one_and_says_what_it_breaks(talk: Talk) -> None:
    text = talk("这份报告有没有自相矛盾？").text
    assert "推测，不是结论" in text and "2,093.97 万元" in text and "506.35%" in text


def test_rounding_gaps_of_the_same_figures_stand_together(talk: Talk) -> None:
    lines = [
        line for line in talk("这份报告有没有自相矛盾？").text.split("\n") if line.startswith("- **四舍五入尾差**")
    ]
    # 15,666.80/81, 94.14/13, 15,666.39/38, 1,865.77/78, 913.63/62, 94.27/28, 36.18/17, 10.23/24
    assert len(lines) == 8
    (grouped,) = [line for line in lines if "94.14" in line]
    assert "94.13" in grouped and "6 处" in grouped and "《2016 年度支出决算表》" in grouped


@pytest.mark.parametrize(
    ("question", "severity"),
    [
        ("一般行政管理事务年初预算是多少？", "实质不一致"),  # L735: one of the nine that do not add up
        ("一般公共预算财政拨款支出决算比年初预算多多少？", "实质不一致"),  # computed from L714
        ("公务接待费是多少？", "四舍五入尾差"),  # L621: one of the three that make 94.28
        ("本年收入合计是多少？", "四舍五入尾差"),
    ],
)
def test_a_figure_that_takes_part_in_a_finding_says_so_with_its_number(
    talk: Talk, question: str, severity: str
) -> None:
    notes = [note for note in talk(question).notes if severity in note]
    assert notes and "（核对第 " in notes[0]
    assert len(notes) <= 4


def test_each_finding_is_told_once_however_many_figures_take_part(talk: Talk) -> None:
    answer = talk("各项年初预算分别是多少？")
    notes = [note for note in answer.notes if "实质不一致" in note]
    assert len(notes) == (1 if any("年初预算" in f.label for f in answer.figures) else 0)


def test_a_year_before_says_what_rounding_allows_and_whether_its_routes_agree(talk: Talk) -> None:
    # 94.27 + 36.18, each give or take 0.005; 36.18 ÷ 27.73 %
    (note,) = [n for n in talk("2015年三公经费是多少？").notes if "推算" in n]
    assert "130.4400 ～ 130.4600 万元" in note and "130.4308 ～ 130.5140 万元，与它相符" in note
    assert not [n for n in talk("三公经费比上年减少多少？").notes if "推算" in n]
    assert not [n for n in talk("2016年三公经费是多少？").notes if "推算" in n]
