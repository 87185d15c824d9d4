"""Words of the report: reasons, purposes, sections, performance texts, terms; quoted from the right place; gold by eye."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.answer import Answer

REPORT = Path(__file__).resolve().parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"
Talk = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "words", "line"),
    [
        ("行政运行为什么低于预算？", "部分公用经费标准降低", 725),
        ("住房公积金为什么超预算？", "缴费基数提高", 796),
        ("购房补贴为什么没有预算？", "根据政策因素增加购房补贴支出", 804),
        ("公务接待费为什么比上年减少？", "接待人次减少", 870),
        ("因公出国费为什么减少？", "出访人次减少", 866),
        ("机关运行经费为什么增加？", "信息网络购置更新", 935),
        ("一般行政管理事务为什么超预算？", "追加了上海国际贸易单一窗口运维资金预算", 737),
        ("三公经费为什么比预算少？", "公务接待费标准降低", 849),
        ("支出增长的原因", "增加了上海国际贸易单一窗口运维资金", 694),
        ("行政运行主要用于什么？", "人员经费、公用经费等基本支出", 721),
        ("公务用车运行费用在哪些方面？", "过路过桥费、保险费", 897),
        ("工资福利支出用来做什么？", "基本工资、津贴补贴、奖金、社会保障缴费", 817),
        ("信息化项目存在什么问题？", "受到政府采购延迟影响", 1081),
        ("大通关项目的整改建议是什么？", "建立经费使用效果反馈机制", 1017),
        ("出国团组去干什么了，报告怎么交代开支用途的", "组织国际合作交流", 884),
        ("名词解释里对上海国际贸易单一窗口运维资金怎么界定", "专项补贴上海国际贸易单一窗口运维商", 1095),
        ("设立这个办公室的文件依据，文号是哪个", "厅字", 11),
        ("什么是上海国际贸易单一窗口运维资金？", "专项补贴上海国际贸易单一窗口运维商", 1095),
        ("有哪些内设机构？", "通关协调处", 85),
        ("谁指导上海口岸协会？", "指导上海口岸协会工作", 75),
        ("故障响应及时吗？", "故障响应及时", 1053),
    ],
)
def test_words_are_quoted_from_their_place(talk: Talk, question: str, words: str, line: int) -> None:
    answer = talk(question)
    assert answer.status == "answered" and words in answer.text.replace(" ", ""), answer.text
    assert not [f for f in answer.figures if f.role == "answer"]
    lines = {citation.line for citation in answer.citations}
    assert any(abs(line - found) <= 14 for found in lines), (line, lines)


def test_what_is_quoted_stands_in_the_report(talk: Talk) -> None:
    whole = "".join(REPORT.read_text(encoding="utf-8").split())
    for question in (
        "住房公积金为什么超预算？",
        "信息化项目存在什么问题？",
        "主要职能是什么？",
        "谁指导上海口岸协会？",
    ):
        for citation in talk(question).citations:
            assert "".join(citation.quote.split()).split("：", 1)[-1] in whole, citation.quote


@pytest.mark.parametrize(
    "question",
    [
        "印刷费为什么这么多？", "公务接待费为什么在上半年增加？", "行政单位医疗为什么比上年少了？", "什么是机关运行经费？",
        "领导简历是什么？", "明年的工作计划是什么？", "公务接待费为什么超过北京市？", "食堂有哪些菜？",
    ],
)  # fmt: skip
def test_words_the_report_does_not_hold_are_refused(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures and not answer.citations, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "综合处的职责是什么？",
        pytest.param(
            "洋山办事处是做什么的？",
            marks=pytest.mark.xfail(
                reason="the office is dropped, the duties of the department are quoted", strict=True
            ),
        ),
        "政策法规处负责什么？",
    ],
)
def test_the_duties_of_the_whole_are_not_those_of_a_part(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report", answer.text[:80]


@pytest.mark.parametrize("question", ["印刷费用来做什么？", "电费主要用途是什么？"])
def test_a_purpose_the_report_does_not_state_is_refused(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text


@pytest.mark.xfail(reason="谁 and 写的 are dropped", strict=True)
def test_who_wrote_the_report_is_not_a_duty(talk: Talk) -> None:
    assert talk("报告谁写的？").status == "not_in_report", talk("报告谁写的？").text[:80]


def test_a_third_item_of_a_list_is_the_third(talk: Talk) -> None:
    # L31: （三）负责本市口岸新开放…
    answer = talk("主要职能第三条是什么？")
    assert "新开放、扩大开放" in answer.text and "大通关" not in answer.text, answer.text[:120]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("这是哪个部门的报告？", "上海市口岸服务办公室"), ("报告是哪一年的？", "2016"), ("金额单位是什么？", "万元"),
        ("报告有几张表？", "2016 年度收入支出决算总表"),
    ],
)  # fmt: skip
def test_about_the_report_itself(talk: Talk, question: str, words: str) -> None:
    assert talk(question).status == "answered" and words in talk(question).text
