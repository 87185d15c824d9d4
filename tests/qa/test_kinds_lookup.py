"""Printed figures asked for by name: the right cell, its state said, nothing beside what was asked; gold by eye."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Answer

Told = Callable[..., list[tuple[str | None, str, int]]]
Talk = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "value", "unit", "line"),
    [
        ("公务接待费花了多少？", "25.37", "万元", 621),
        ("基本支出里的公务接待费是多少？", "2.38", "万元", 525),
        ("2010302是多少？", "13800.61", "万元", 279),
        ("30217的决算数", "2.38", "万元", 525),
        ("20805款是多少？", "94.14", "万元", 283),
        ("一般行政管理事务的年初预算是多少？", "407.34", "万元", 735),
        ("购房补贴的年初预算是多少？", "0", "万元", 804),
        ("基本支出占比是多少？", "11.91", "%", 669),
        ("公务接待费完成预算的百分之几？", "53.57", "%", 849),
        ("机关运行经费比上年增加多少？", "105.53", "万元", 935),
        ("机关运行经费同比增长率", "17.26", "%", 935),
        ("公务接待费比上年减少百分之几？", "-36.45", "%", 864),
        ("接待了多少批次？", "59", "批次", 913),
        ("因公出国团组几个？", "7", "个", 886),
        ("公务用车保有量是多少？", "3", "辆", 901),
        ("一般执法执勤用车有几辆？", "0", "辆", 960),
        ("服务采购金额是多少？", "261.19", "万元", 944),
        ("绩效评价平均得分是多少？", "86.83", "分", 976),
        ("信息化项目的预算金额是多少？", "95.9", "万元", 1040),
        ("大通关项目的得分是多少？", "86", "分", 999),
        ("评价为良的项目有几个？", "2", "个", 978),
        ("有几个内设机构？", "5", "个", 85),
    ],
)
def test_a_printed_figure(told: Told, question: str, value: str, unit: str, line: int) -> None:
    assert told(question) == [(value, unit, line)]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("离休费是多少？", 558), ("教育支出是多少？", 127), ("上级补助收入是多少？", 123), ("行政运行的项目支出是多少？", 277),
        ("年初财政拨款结转和结余是多少？", 369), ("基本工资的公用经费是多少？", 467), ("公务用车购置费预算是多少？", 621),
    ],
)  # fmt: skip
def test_a_blank_cell_is_an_answer_without_a_value(talk: Talk, question: str, line: int) -> None:
    answer = talk(question)
    (figure,) = [f for f in answer.figures if f.role == "answer"]
    assert (answer.status, figure.state, figure.value) == ("answered", "blank", None)
    assert answer.citations[figure.citations[0]].line == line
    assert "空白" in answer.text and "不等于 0" in answer.text


@pytest.mark.parametrize(
    "question", ["年末财政拨款结转和结余是多少？", "工程采购金额是多少？", "公务用车购置支出是多少？"]
)
def test_a_printed_zero_is_a_zero(talk: Talk, question: str) -> None:
    (figure,) = [f for f in talk(question).figures if f.role == "answer"]
    assert (figure.state, figure.value) == ("zero", 0)


@pytest.mark.parametrize("question", ["政府性基金预算财政拨款支出是多少？", "国有资本经营预算财政拨款支出是多少？"])
def test_a_table_without_data_is_told_in_the_reports_words(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "answered" and not [f for f in answer.figures if f.value is not None]
    assert "没有" in answer.text and any("无" in citation.quote for citation in answer.citations)


def test_an_item_the_tables_do_not_list_is_refused(talk: Talk) -> None:
    answer = talk("救济费是多少？")
    assert answer.status == "not_in_report" and not answer.figures and "救济费" in answer.text


def test_the_other_figure_of_a_name_is_shown_beside_it_and_not_asserted(talk: Talk) -> None:
    answer = talk("公务接待费是多少？")
    assert [(format(f.value or 0, "f"), f.role) for f in answer.figures] == [("25.37", "answer"), ("2.38", "context")]
    assert any("2.38" in note for note in answer.notes) and any("三公" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("公务接待费和印刷费各是多少？", ["25.37", "1.22"]),
        ("公务接待费的预算数和决算数", ["47.36", "25.37"]),
        ("基本支出、项目支出分别是多少？", ["1865.77", "13800.61"]),
        ("货物、工程、服务采购金额各是多少？", ["46.13", "0", "261.19"]),
    ],
)
def test_several_figures_come_in_the_order_asked(told: Told, question: str, values: list[str]) -> None:
    assert [value for value, _, _ in told(question)] == values


@pytest.mark.parametrize(
    ("question", "value", "unit", "printed"),
    [
        ("其他收入是多少元？", "4200", "元", "0.42"), ("水费是多少亿元？", "0.000162", "亿元", "1.62"),
        ("支出总计是多少亿元？", "1.567084", "亿元", "15670.84"),
    ],
)  # fmt: skip
def test_another_unit_is_computed_and_shows_the_printed_one(
    talk: Talk, question: str, value: str, unit: str, printed: str
) -> None:
    first, *beside = talk(question).figures
    assert (format(first.value or 0, "f"), first.unit, first.computed) == (value, unit, True)
    assert printed in [format(f.value or 0, "f") for f in beside]


@pytest.mark.parametrize(
    "question",
    [
        "2015年公务接待费的预算是多少？",
        "2015年公务接待费完成率是多少？",
        "公务接待费完成率2015年是多少？",
        "公务接待费的预算执行率2015年是多少？",
        "2015年公务用车有几辆？",
        "去年公务用车保有量",
        "2015年印刷费是多少？",
        "2015年接待人次多少？",
        "公务接待费占比2015年是多少？",
        "去年的三公经费预算是多少？",
        "上年公务接待费的预算数",
    ],
)
def test_what_the_report_does_not_give_of_the_year_before_is_refused(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text


@pytest.mark.parametrize("question", ["2016年初公务用车保有量是多少？", "年初公务用车有几辆？"])
def test_the_beginning_of_the_year_is_not_its_end(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text


@pytest.mark.parametrize("question", ["公务接待费的追加预算是多少？", "公务接待费增加的预算是多少？"])
def test_a_budget_the_report_does_not_print_is_not_made_up(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text
