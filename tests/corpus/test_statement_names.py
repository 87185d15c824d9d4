"""Whose figure it is where the words right before it do not say: the project announced, the cases counted, one each."""

from __future__ import annotations

import pytest

from corpus.document import Document, Paragraph
from corpus.facts import Fact
from corpus.statements import paragraphs_to_facts


def facts_of(text: str) -> list[Fact]:
    paragraph = Paragraph(("绩效情况",), text, (0,), (1,), (1,))
    document = Document("r", "r.txt", "", "某市某局", 2023, "某市某局2023年度部门决算", (), (), (paragraph,), ())
    return list(paragraphs_to_facts(document))


def named(text: str) -> list[tuple[str, str, str, str]]:
    return [(f.item, str(f.value), f.unit, f.measure) for f in facts_of(text)]


@pytest.mark.parametrize("told", ["自评综述", "绩效自评综述", "绩效评价结果", ""])
def test_the_project_announced_is_what_the_text_calls_project(told: str) -> None:
    text = f"（2）绿道养护项目{told}：根据目标，项目自评得分为97.20分。项目全年预算数为610.00万元，执行数为608.15万元，完成预算的99.70%。"
    assert named(text) == [
        ("绿道养护项目", "97.20", "分", "score"),
        ("绿道养护项目", "610.00", "万元", "budget"),
        ("绿道养护项目", "608.15", "万元", "final"),
        ("绿道养护项目", "99.70", "%", "completion"),
    ]


def test_what_the_announced_project_did_is_part_of_it() -> None:
    facts = facts_of("绿道养护项目绩效自评综述：项目自评得分90分。项目绩效目标完成情况：修复步道38.2公里。")
    assert [(f.item, f.parents) for f in facts] == [("绿道养护项目", ()), ("修复步道", ("绿道养护项目",))]


def test_what_follows_a_projects_score_is_of_it_up_to_the_semicolon() -> None:
    facts = facts_of("其中，疫苗接种项目自评得分98分，全年累计接种1,284剂次；绿道养护项目自评得分91分，修复步道3公里。")
    assert [(f.item, f.parents) for f in facts] == [
        ("疫苗接种项目", ()),
        ("接种", ("疫苗接种项目",)),
        ("绿道养护项目", ()),
        ("修复步道", ("绿道养护项目",)),
    ]


def test_an_average_score_is_no_projects_own() -> None:
    assert named("5个项目平均得分97.38分。")[-1][0] == "项目平均得分"


def test_a_bare_verb_is_said_of_the_thing_counted_before_it() -> None:
    text = "刑事案件受理486件，审结462件，判处罪犯537人；执行案件受理3,764件，执结3,386件。"
    assert [item for item, *_ in named(text)] == [
        "刑事案件受理",
        "刑事案件审结",
        "判处罪犯",
        "执行案件受理",
        "执行案件执结",
    ]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("受理各类案件9件，审结7件。", "审结"),  # the first name is verb and object
        ("发现隐患9处，审结7件。", "审结"),  # another unit
        ("收入9件，审结7件。", "审结"),  # no such verb before
    ],
)
def test_a_bare_verb_stays_bare_after_anything_else(text: str, item: str) -> None:
    assert named(text)[-1][0] == item


def test_two_figures_said_of_two_names_respectively() -> None:
    text = "受理案件数、审执结案件数同比分别上升9.23%、7.63%，人均结案283.58件。"
    assert named(text)[:2] == [("受理案件数", "9.23", "%", "change_rate"), ("审执结案件数", "7.63", "%", "change_rate")]
    assert len({f.item for f in facts_of(text)}) == 3


def test_respectively_needs_as_many_figures_as_names() -> None:
    assert next(f.item for f in facts_of("受理数、审结数和执结数分别上升9%、7%。")) == "受理数、审结数和执结数"


@pytest.mark.parametrize("name", ["65岁及以上老年人健康管理服务率", "18岁以上人群全程接种率", "60周岁以上老人体检率"])
def test_an_age_in_a_name_is_no_figure(name: str) -> None:
    assert named(f"{name}65.12%。") == [(name, "65.12", "%", "rate")]


def test_ratings_are_counts_of_projects_rated_so() -> None:
    assert [item for item, *_ in named("评价结果为：“优”7个、“良”1个。")] == [
        "评价结果为“优”的项目",
        "评价结果为“良”的项目",
    ]


def test_the_best_of_all_are_each_one() -> None:
    text = "评分最高的是司法救助资金和驻村帮扶经费，均为100分；“两庭”建设项目因改造未按期开工，得分86.57分。"
    assert named(text) == [
        ("司法救助资金", "100", "分", "score"),
        ("驻村帮扶经费", "100", "分", "score"),
        ("“两庭”建设项目", "86.57", "分", "score"),
    ]


def test_a_count_before_its_noun() -> None:
    assert named("为61名困难当事人发放救助金。")[0] == ("困难当事人", "61", "名", "count")
    assert named("发出司法建议38份，为61名困难当事人发放救助金32.60万元。")[1][0] == "困难当事人"


def test_units_of_things_counted() -> None:
    text = "巡回审判174场次，采砂执法船2艘，水库127座，配备警用装备62件（套）、计算机85台。"
    assert [(value, unit) for _, value, unit, _ in named(text)] == [
        ("174", "场次"),
        ("2", "艘"),
        ("127", "座"),
        ("62", "件（套）"),
        ("85", "台"),
    ]


@pytest.mark.parametrize("brackets", ["（）", "()"])
def test_a_path_of_the_classification_is_a_name_in_either_width_of_brackets(brackets: str) -> None:
    left, right = brackets
    path = f"一般公共服务支出{left}类{right}市场监督管理事务{left}款{right}行政运行{left}项{right}"
    facts = facts_of(
        f"一般公共预算财政拨款支出年初预算为6443.06万元。{path}。年初预算为3682.40万元，支出决算为3957.93万元。"
    )
    assert [(f.item, str(f.value)) for f in facts] == [
        ("一般公共预算财政拨款支出", "6443.06"),
        ("行政运行", "3682.40"),
        ("行政运行", "3957.93"),
    ]
