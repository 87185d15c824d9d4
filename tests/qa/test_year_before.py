"""The year before, out of a stated change: in a budget from its own budgets, and said as what the change is measured against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings

BUDGET = """青河市档案馆 2031 年度部门预算

第一部分 部门概况

一、主要职能

负责全市档案的收集、保管和利用。

第二部分 2031 年度部门预算情况说明

一、收支预算情况说明

2031年，青河市档案馆收入预算900.00万元，其中：财政拨款收入880.00万元，比2030年预算执行数增加80.00万元。

支出预算900.00万元，其中：基本支出600.00万元，比2030年预算减少50.00万元；项目支出300.00万元，与上年相比增加100.00万元，增长50.00%。

二、一般公共预算“三公”经费、会议费支出预算情况说明

2031年“三公”经费支出预算中，因公出国（境）费支出10.00万元；公务用车购置及运行维护费支出6.00万元；公务接待费支出4.00万元。

公务接待费预算支出4.00万元，比上年预算减少1.00万元。

（2）公务用车运行维护费6.00万元，与上年数一致。
"""

TABLE = (
    "<p>2031年部门收支预算总表</p><p>单位：万元</p><table>"
    "<tr><td colspan=2>收入</td><td colspan=2>支出</td></tr>"
    "<tr><td>项目</td><td>预算数</td><td>项目</td><td>预算数</td></tr>"
    "<tr><td>一、财政拨款收入</td><td>880.00</td><td>一、一般公共服务支出</td><td>900.00</td></tr>"
    "<tr><td>二、其他收入</td><td>20.00</td><td></td><td></td></tr>"
    "<tr><td>收入总计</td><td>900.00</td><td>支出总计</td><td>900.00</td></tr></table>"
)


@pytest.fixture(scope="module")
def budget(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("budget")
    path = Path(folder / "archive-2031-budget.html")
    lines = "".join(f"<p>{line}</p>" for line in BUDGET.splitlines() if line)
    path.write_text(f"<html><head><meta charset='utf-8'></head><body>{lines}{TABLE}</body></html>", encoding="utf-8")
    build_index([path], folder / "data", open_embedder(""), keep_others=False, progress=lambda _: None)
    yield Assistant.open(load_settings(data_dir=folder / "data"))


def asserted(answer: Answer) -> list[str]:
    return [str(f.value) for f in answer.figures if f.role == "answer"]


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("上年基本支出预算是多少？", "650.00", "2030 年度预算数"),
        ("2030年财政拨款收入是多少？", "800.00", "2030 年度预算执行数"),
        ("项目支出去年应该是多少？", "200.00", "2030 年度数"),
        ("公务接待费比上年压了百分之多少？", "-20.00", "减少 20.00%"),
    ],
)
def test_a_budget_yields_the_year_before(budget: Assistant, question: str, value: str, said: str) -> None:
    answer = budget.ask(question)
    assert asserted(answer) == [value], answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    "question", ["2030年财政拨款收入的预算是多少？", "2029年基本支出预算是多少？", "上年收入预算是多少？"]
)
def test_what_the_change_does_not_yield_is_refused(budget: Assistant, question: str) -> None:
    answer = budget.ask(question)
    assert (answer.status, answer.figures) == ("not_in_report", ()), answer.text


def test_the_amount_and_the_year_before_are_both_told(budget: Assistant) -> None:
    answer = budget.ask("项目支出比上年多了多少，上年是多少？")
    assert set(asserted(answer)) == {"100.00", "200.00"}, answer.text


def test_what_is_level_with_the_year_before_is_quoted(budget: Assistant) -> None:
    answer = budget.ask("公车运行维护费跟上年一样吗？")
    assert answer.text.startswith("**是，与上年持平**") and asserted(answer) == []
    assert "与上年数一致" in answer.citations[0].quote
    assert budget.ask("公务接待费跟上年一样吗？").text.startswith("**否，比上年减少了**")


def test_a_total_is_the_sum_of_all_its_parts(budget: Assistant) -> None:
    answer = budget.ask("三公经费总共多少？")
    assert asserted(answer) == ["20.00"], answer.text
    assert answer.figures[0].computed


# L933-935: 机关运行经费 716.91, 比2015年增加105.53万元，增长17.26%; L856-862: 三公 -36.18, -27.73%, 公车 -11.60, -54.59%
@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("公务用车费用同比降幅多大，少了多少钱？", {"-11.60", "-54.59"}),
        ("三公经费比上年少了多少百分之几？", {"-36.18", "-27.73"}),
        ("机关运行经费同上年比怎么个走势？绝对数和幅度都说说", {"105.53", "17.26"}),
        ("机关运行经费上年是多少，报告没写就帮我算下", {"611.38"}),
        ("报告只讲三公比上年降了多少，没把上年总数写出来，2015年三公一共花了多少万", {"130.45"}),
        ("三公经费比上年少了多少？", {"-36.18"}),
        ("一般公共预算财政拨款支出的决算，比年初预算绝对额多出来多少万", {"12572.42"}),
        ("年末结转结余比年初多多少？", {"0.42"}),
        ("2016年初有多少结余？", {"4.03"}),
    ],
)
def test_changes_of_the_shipped_report(assistant: Assistant, question: str, values: set[str]) -> None:
    answer = assistant.ask(question)
    assert set(asserted(answer)) == values, answer.text
