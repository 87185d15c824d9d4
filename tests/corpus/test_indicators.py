"""Forms of performance indicators by hand: each 三级指标 under its groups, the project's money, cells of unlike widths."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.cells import table_to_facts
from corpus.document import Document, Table
from corpus.facts import Fact
from corpus.measured import text_to_amount
from corpus.readers import read_report
from corpus.statements import paragraphs_to_facts

HEAD = (
    "<h1>某市林业局2023年度部门决算</h1><p>第二部分 某市林业局2023年度部门决算表</p>"
    "<p>收入支出决算总表</p><p>单位：万元</p><table><tr><td colspan=2>收入<td colspan=2>支出"
    "<tr><td>项目<td>决算数<td>项目<td>决算数<tr><td>一、财政拨款收入<td>3.00<td>一、农林水支出<td>3.00"
    "<tr><td>本年收入合计<td>3.00<td>本年支出合计<td>3.00<tr><td>总计<td>3.00<td>总计<td>3.00</table>"
)
FORM = (
    "<p>项目支出绩效自评表</p><p>（2023年度） 单位：万元</p><table>"
    "<tr><td>项目名称<td colspan=7>松材线虫病防治"
    "<tr><td>主管部门<td colspan=3>某市林业局<td>实施单位<td colspan=3>某市森防站"
    "<tr><td rowspan=3>项目资金<td><td>年初预算数<td>全年预算数<td>全年执行数<td>分值<td>执行率<td>得分"
    "<tr><td>年度资金总额<td>90.00<td>120.00<td>108.00<td>10<td>90.00%<td>9"
    "<tr><td>其中：财政拨款<td>90.00<td>100.00<td>88.00<td>—<td>88.00%<td>—"
    "<tr><td>一级指标<td>二级指标<td>三级指标<td>年度指标值<td>实际完成值<td>分值<td>得分<td>偏差原因"
    "<tr><td rowspan=3>产出指标<td rowspan=2>数量指标<td>清理病死木<td>≥1,200株<td>1,350株<td>30<td>30<td>"
    "<tr><td>防治面积<td>不低于2.5万亩<td>2.1万亩<td>40<td>33.6<td>7月暴雨，推迟到2024年"
    "<tr><td>时效指标<td>完成时间<td>12月底前<td>12月20日<td>10<td>10<td>"
    "<tr><td>满意度指标<td>服务对象满意度<td>林农满意度<td>≥90％<td>93.5%<td>10<td>10<td>"
    "<tr><td colspan=5>总分<td>100<td>92.6<td></table>"
)


def read(folder: Path, *parts: str) -> Document:
    path = folder / "report.html"
    path.write_text("<!DOCTYPE html><meta charset=utf-8>" + HEAD + "\n".join(parts), encoding="utf-8")
    return read_report(path)


def facts(table: Table) -> dict[tuple[str, str], Fact]:
    return {(fact.item, fact.column): fact for fact in table_to_facts("r", 2023, table)}


@pytest.fixture
def form(tmp_path: Path) -> Table:
    return read(tmp_path, FORM).tables[1]


def test_an_indicator_is_a_row_under_its_groups_and_its_project(form: Table) -> None:
    assert (form.kind, form.layout, form.proof.status) == ("performance", "indicators", "proved")
    reached = facts(form)["清理病死木", "实际完成值"]
    assert (reached.value, reached.unit, reached.measure, reached.facet) == (Decimal(1350), "株", "count", "")
    assert reached.parents == ("数量指标", "产出指标", "松材线虫病防治")
    aimed = facts(form)["防治面积", "年度指标值"]
    assert (aimed.value, aimed.unit, aimed.facet) == (Decimal("2.5"), "万亩", "年度指标值")
    assert aimed.text[: aimed.start].endswith("不低于")
    score = facts(form)["防治面积", "得分"]
    assert (score.value, score.unit, score.measure) == (Decimal("33.6"), "分", "score")
    assert facts(form)["林农满意度", "年度指标值"].unit == "%"


def test_a_date_or_a_word_is_no_figure_and_no_blank_either(form: Table) -> None:
    assert ("完成时间", "年度指标值") not in facts(form)
    assert ("完成时间", "实际完成值") not in facts(form)
    assert facts(form)["完成时间", "得分"].value == 10


def test_the_money_and_the_whole_score_are_the_projects(form: Table) -> None:
    found = facts(form)
    spent = found["松材线虫病防治", "全年执行数"]
    assert (spent.value, spent.measure, spent.facet, spent.unit) == (Decimal("108.00"), "final", "", "万元")
    first = found["松材线虫病防治", "年初预算数"]
    assert (first.value, first.measure, first.facet) == (Decimal("90.00"), "budget", "年初预算数")
    assert found["松材线虫病防治", "执行率"].measure == "completion"
    assert found["财政拨款", "全年预算数"].parents == ("松材线虫病防治",)
    assert found["松材线虫病防治", "得分"].value == Decimal("92.6")
    assert found["年度资金总额", "得分"].value == 9  # the points of the money are not the project's


def test_figures_of_the_form_are_read_from_its_cells_only(tmp_path: Path) -> None:
    document = read(tmp_path, FORM)
    assert [fact.item for fact in paragraphs_to_facts(document) if fact.table_kind == "performance"] == []


def test_projects_in_one_table_each_have_their_aims(tmp_path: Path) -> None:
    aims = (
        "<p>项目支出绩效目标表</p><p>单位：元</p><table>"
        "<tr><td>项目名称<td>资金总额<td>年度绩效目标<td>一级指标<td>二级指标<td>三级指标<td>指标值"
        "<tr><td rowspan=2>护林员补助<td rowspan=2>680,000.00<td rowspan=2>管好山林<td>产出指标<td>数量指标<td>护林员人数<td>127人"
        "<tr><td>产出指标<td>质量指标<td>到岗率<td>≥95%"
        "<tr><td>苗圃改造<td>20,000.00<td>改造苗圃<td>产出指标<td>质量指标<td>到岗率<td>100%</table>"
    )
    table = read(tmp_path, aims).tables[1]
    rates = [f for f in table_to_facts("r", 2023, table) if f.item == "到岗率"]
    assert [(f.parents[-1], f.value) for f in rates] == [("护林员补助", 95), ("苗圃改造", 100)]
    money = facts(table)["护林员补助", "资金总额"]
    assert (money.value, money.measure, money.unit) == (Decimal("680000.00"), "budget", "元")
    assert [text.text for text in table.texts if text.name == "项目名称"] == ["护林员补助", "苗圃改造"]


def test_a_grade_behind_the_figures_is_no_part_of_the_projects_name(tmp_path: Path) -> None:
    summary = (
        "<p>项目支出绩效自评结果汇总表</p><p>单位：万元</p><table>"
        "<tr><td>序号<td>项目名称<td>项目单位<td>全年预算数<td>全年执行数<td>执行率<td>自评得分<td>等级"
        "<tr><td>1<td>苗圃改造<td>某市苗圃<td>2.00<td>1.00<td>50.00%<td>81.50<td>良</table>"
    )
    found = facts(read(tmp_path, summary).tables[1])
    assert (found["苗圃改造", "自评得分"].unit, found["苗圃改造", "自评得分"].measure) == ("分", "score")
    assert (found["苗圃改造", "全年执行数"].measure, found["苗圃改造", "全年执行数"].facet) == ("final", "")
    assert found["苗圃改造", "执行率"].measure == "completion"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("≥9000件", "9000", "件"), ("≤18万元", "18", "万元"), ("127座以上", "127", "座"), ("1,208路", "1208", "路"), ("-3.5%", "-3.5", "%")],
)  # fmt: skip
def test_an_amount_with_its_unit(text: str, value: str, unit: str) -> None:
    amount = text_to_amount(text)
    assert amount is not None
    assert (amount.value, amount.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["明显", "12月底前", "2024年11月底前", "3至5天", "第1名和第2名", "—"])
def test_what_is_no_amount(text: str) -> None:
    assert text_to_amount(text) is None
