"""Questions over tables that list one thing a row: units, projects, indicators of a project, scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings
from tests.corpus.test_indicators import FORM, HEAD

UNITS = (
    "<p>支出决算表（分单位）</p><p>单位：万元</p><table><tr><td>单位名称<td>本年支出合计<td>基本支出<td>项目支出"
    "<tr><td>合计<td>60.00<td>40.00<td>20.00<tr><td>某市林业局（本级）<td>30.00<td>12.00<td>18.00"
    "<tr><td>某市林业行政执法队<td>20.00<td>19.00<td>1.00<tr><td>某市森林病虫害防治站<td>10.00<td>9.00<td>1.00</table>"
)
SCORES = (
    "<p>项目支出绩效自评结果汇总表</p><p>单位：万元</p><table>"
    "<tr><td>序号<td>项目名称<td>全年预算数<td>全年执行数<td>执行率<td>自评得分<td>等级"
    "<tr><td>1<td>松材线虫病防治<td>120.00<td>108.00<td>90.00%<td>92.60<td>优"
    "<tr><td>2<td>苗圃改造<td>2.00<td>1.00<td>50.00%<td>81.50<td>良"
    "<tr><td>3<td>防火道维护<td>3.00<td>3.00<td>100.00%<td>95.00<td>优</table>"
)
TOLD = (
    "<p>第三部分 某市林业局2023年度部门决算情况说明</p><p>绩效自评结果：“优”2个、“良”1个。</p>"
    "<p>苗圃改造项目绩效自评综述：项目自评得分81.50分。发现的主要问题：苗木补植滞后。</p>"
    "<p>防火道维护项目绩效自评综述：项目自评得分95.00分。发现的主要问题：巡护记录不全。</p>"
)


@pytest.fixture(scope="module")
def forestry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("listed")
    path: Path = folder / "forestry-2023.html"
    text = "<!DOCTYPE html><meta charset=utf-8>" + "\n".join((HEAD, UNITS, TOLD, SCORES, FORM))
    path.write_text(text, encoding="utf-8")
    build_index([path], folder / "data", open_embedder(), keep_others=False, progress=lambda _: None)
    yield Assistant.open(load_settings(data_dir=folder / "data"))


def values(answer: Answer) -> list[str]:
    return [str(f.value) for f in answer.figures if f.role == "answer"]


@pytest.mark.parametrize(
    ("question", "expected", "named"),
    [
        ("下属这些单位里支出最多的前两名是谁，各多少", ["30.00", "20.00"], "行政执法队"),
        ("三家单位里哪家支出最少？", ["10.00"], "防治站"),
        ("哪个单位基本支出最多", ["19.00"], "行政执法队"),
        ("支出超过15万的单位有哪些", ["30.00", "20.00"], "本级"),
        ("执法队支出多少", ["20.00"], "行政执法队"),
    ],
)
def test_units_are_ranked_by_what_the_table_by_unit_prints(
    forestry: Assistant, question: str, expected: list[str], named: str
) -> None:
    answer = forestry.ask(question)
    assert values(answer) == expected, answer.text
    assert named in answer.text


def test_a_column_named_once_is_asked_of_every_unit(forestry: Assistant) -> None:
    answer = forestry.ask("执法队和局机关本级两家的基本支出加一起多少")
    assert values(answer) == ["31.00"], answer.text


@pytest.mark.parametrize(
    "question",
    [
        "哪个单位公务接待费最多",
        "哪个单位人均支出最多",
        "哪家单位收入最多",
        "哪个单位比上年增加最多",
        "哪个单位超预算最多",
    ],
)
def test_what_is_not_printed_by_unit_is_refused(forestry: Assistant, question: str) -> None:
    answer = forestry.ask(question)
    assert (answer.status, values(answer)) == ("not_in_report", []), answer.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("得分最低的项目是哪个", ["81.50"]),
        ("自评得分低于93分的项目有哪些", ["92.60", "81.50"]),
        ("苗圃改造得了几分", ["81.50"]),
        ("苗圃改造全年执行了多少", ["1.00"]),
        ("绩效自评几个项目拿了优、几个良", ["2", "1"]),
    ],
)
def test_projects_and_their_scores(forestry: Assistant, question: str, expected: list[str]) -> None:
    answer = forestry.ask(question)
    assert values(answer) == expected, answer.text


@pytest.mark.parametrize(
    ("question", "expected", "said"),
    [
        ("清理病死木实际完成值是多少", ["1350"], "1,350 株"),
        ("清理病死木的年度指标值是多少", ["1200"], "≥1,200 株"),
        ("防治面积得了几分", ["33.6"], "33.6 分"),
        ("林农满意度是多少", ["93.5"], "93.5%"),
        ("松材线虫病防治的年初预算是多少", ["90.00"], "年初预算数"),
        ("松材线虫病防治的全年预算数是多少", ["120.00"], "全年预算数"),
    ],
)
def test_indicators_of_a_project(forestry: Assistant, question: str, expected: list[str], said: str) -> None:
    answer = forestry.ask(question)
    assert values(answer) == expected, answer.text
    assert said in answer.text


def test_what_the_text_says_of_the_project_it_announces(forestry: Assistant) -> None:
    answer = forestry.ask("苗圃改造项目存在什么问题")
    assert answer.status == "answered" and "苗木补植滞后" in answer.text
    assert "巡护记录" not in answer.text  # another project's
    assert forestry.ask("松材线虫病防治项目存在什么问题").status == "not_in_report"
