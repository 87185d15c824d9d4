"""Facts of cells: what each figure is of. Places from the shipped report, by eye."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from corpus.cells import clean_label, table_to_facts
from corpus.facts import Fact
from tests.corpus.test_layouts import read_tables, shipped


@cache
def facts() -> tuple[Fact, ...]:
    return tuple(fact for table in shipped().values() for fact in table_to_facts("r", 2016, table))


def one(**wanted: object) -> Fact:
    found = [fact for fact in facts() if all(getattr(fact, name) == value for name, value in wanted.items())]
    assert len(found) == 1, found
    return found[0]


def test_every_cell_is_one_fact_with_its_own_id() -> None:
    assert len({fact.id for fact in facts()}) == len(facts()) == sum(len(table.cells) for table in shipped().values())


@pytest.mark.parametrize("state", ["number", "zero", "blank"])
def test_the_printed_figure_stands_where_the_fact_says(state: str) -> None:
    for fact in (fact for fact in facts() if fact.state == state):
        if state == "blank":
            assert (fact.value, fact.start) == (None, -1)
        else:
            printed = fact.text[fact.start :].split()[0]
            assert Decimal(printed.replace(",", "")) == fact.value


def test_the_two_readings_of_official_reception() -> None:
    whole = one(table_kind="three_public", item="公务接待费", measure="final")  # 621
    basic = one(table_kind="basic_expenditure", item="公务接待费", facet="公用经费")  # 525
    assert (whole.value, whole.row, whole.line, whole.parents) == (
        Decimal("25.37"),
        "公务接待费",
        621,
        ("“三公”经费合计",),
    )
    assert (basic.value, basic.code, basic.line) == (Decimal("2.38"), "30217", 525)
    assert basic.parents == ("商品和服务支出", "一般公共预算财政拨款基本支出合计")


@pytest.mark.parametrize(
    ("item", "budget", "final"),
    [
        ("“三公”经费合计", "142.46", "94.27"),
        ("因公出国（境）费", "70.60", "59.26"),
        ("公务用车购置及运行费", "24.50", "9.65"),
        ("公务用车购置费", None, None),
        ("公务用车运行费", "24.50", "9.65"),
        ("公务接待费", "47.36", "25.37"),
    ],
)
def test_three_public(item: str, budget: str | None, final: str | None) -> None:
    for measure, value in (("budget", budget), ("final", final)):
        fact = one(table_kind="three_public", item=item, measure=measure)
        assert fact.value == (None if value is None else Decimal(value))
        assert fact.column.endswith("预算数" if measure == "budget" else "决算数")


def test_three_public_parents_and_running_costs() -> None:
    car = one(table_kind="three_public", item="公务用车运行费", measure="final")
    assert car.parents == ("公务用车购置及运行费", "“三公”经费合计")
    agency = one(table_kind="three_public", item="机关运行经费")
    assert (agency.value, agency.line, agency.measure, agency.parents) == (Decimal("716.91"), 619, "final", ())
    assert one(item="公务用车购置及运行费", measure="final").row == "公务用车购置及运行费 小计"


@pytest.mark.parametrize(
    ("kind", "item", "facet", "value"),
    [
        ("income_expenditure_summary", "收入总计", "", "15670.84"),
        ("income_expenditure_summary", "支出总计", "", "15670.84"),
        ("income_expenditure_summary", "本年收入合计", "", "15666.81"),
        ("income", "本年收入合计", "合计", "15666.80"),
        ("income", "本年收入合计", "其他收入", "0.42"),
        ("expenditure", "本年支出合计", "项目支出", "13800.61"),
        ("appropriation_summary", "本年财政拨款收入合计", "", "15666.39"),
        ("appropriation_summary", "财政拨款支出总计", "一般公共预算财政拨款", "15666.39"),
        ("general_expenditure", "一般公共预算财政拨款支出合计", "基本支出", "1865.77"),
        ("basic_expenditure", "一般公共预算财政拨款基本支出合计", "人员经费", "1148.86"),
    ],
)
def test_totals_are_named_for_what_they_total(kind: str, item: str, facet: str, value: str) -> None:
    fact = one(table_kind=kind, item=item, facet=facet)
    assert (fact.value, fact.unit, fact.period) == (Decimal(value), "万元", "2016")


def test_row_stays_as_printed() -> None:
    assert one(table_kind="income", item="本年收入合计", facet="合计").row == "合计"
    assert one(table_kind="income_expenditure_summary", item="其他收入").row == "六、其他收入"


def test_same_name_different_figure() -> None:
    income = one(table_kind="income", item="行政运行", facet="合计")
    spent = one(table_kind="expenditure", item="行政运行", facet="合计")
    assert (income.value, spent.value) == (Decimal("1485.15"), Decimal("1484.73"))  # 216, 277
    other = [f for f in facts() if f.item == "其他资本性支出" and f.facet == "合计"]
    assert [(f.level, f.value) for f in other] == [(1, Decimal("305.06")), (2, Decimal("132.98"))]  # 586, 602


def test_of_which_rows_belong_to_the_row_above() -> None:
    fact = one(table_kind="income_expenditure_summary", item="政府性基金预算财政拨款")
    assert (fact.state, fact.parents[0], fact.panel) == ("blank", "财政拨款收入", "income")


def test_performance_amounts() -> None:
    first = one(table_id="performance", item="预算金额")
    assert (first.value, first.unit, first.measure, first.line) == (Decimal("1000"), "万元", "budget", 987)
    assert first.parents == ("2016 年上海口岸“5+2 天“大通关工作经费",)
    score = one(table_id="performance-2", item="评价分值")
    assert (score.value, score.unit, score.measure) == (Decimal("87.65"), "分", "score")


def test_a_budget_table_gives_budgets_for_the_year_of_its_title() -> None:
    text = (
        "2017 年一般公共预算支出功能分类预算表 \n\n单位：万元 \n\n项目 一般公共预算支出 \n\n"
        "功能分类科目编码 科目名称 合计 基本支出 项目支出 \n\n类 款 项         \n\n"
        "      合  计 30.00 10.00 20.00 \n\n201     一般公共服务支出 30.00 10.00 20.00 \n"
    )
    (table,) = read_tables(text).values()
    found = table_to_facts("b", 2016, table)
    assert {(fact.measure, fact.period) for fact in found} == {("budget", "2017")}
    assert [fact.value for fact in found[:3]] == [Decimal("30.00"), Decimal("10.00"), Decimal("20.00")]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、财政拨款收入", "财政拨款收入"),
        ("其中：政府性基金预算财政拨款", "政府性基金预算财政拨款"),
        ("（一）政府办公厅(室)", "政府办公厅（室）"),
        ("行政运行（项）", "行政运行"),
        ("合  计", "合计"),
    ],
)
def test_clean_label(label: str, name: str) -> None:
    assert clean_label(label) == name
