"""Headings and paragraphs: of the shipped report by eye, and of other text layers."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.outline import Outline, lines_to_outline
from corpus.readers import read_report
from corpus.readers.text import text_to_lines

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"

# level, first line, title - by eye; wrapped headings joined.
HEADINGS = [
    (1, 5, "第一部分 上海市口岸服务办公室概况"),
    (2, 9, "一、主要职能"),
    (2, 83, "二、机构设置"),
    (1, 104, "第二部分 上海市口岸服务办公室 2016 年度部门决算表"),
    (1, 635, "第三部分 上海市口岸服务办公室 2016 年度部门决算情况说明"),
    (2, 641, "一、关于上海市口岸服务办公室 2016 年度收入支出总体情况说明"),
    (2, 653, "二、关于上海市口岸服务办公室 2016 年度收入决算情况说明"),
    (2, 663, "三、关于上海市口岸服务办公室 2016 年度支出决算情况说明"),
    (2, 673, "四、关于上海市口岸服务办公室 2016 年度财政拨款收入支出总体情况说明"),
    (2, 684, "五、关于上海市口岸服务办公室 2016 年度一般公共预算财政拨款支出决算情况说明"),
    (3, 688, "（一）一般公共预算财政拨款支出总体情况"),
    (3, 698, "（二）一般公共预算财政拨款支出决算结构情况"),
    (3, 710, "（三）一般公共预算财政拨款支出决算具体情况"),
    (2, 808, "六、关于上海市口岸服务办公室 2016 年度一般公共预算财政拨款基本支出决算情况说明"),
    (2, 833, "七、关于上海市口岸服务办公室 2016 年度一般公共预算财政拨款“三公”经费支出决算情况说明"),
    (3, 837, "（一）“三公”经费财政拨款支出决算总体情况说明"),
    (3, 874, "（二）“三公”经费财政拨款支出决算具体情况说明"),
    (2, 915, "八、关于上海市口岸服务办公室 2016 年度政府性基金预算财政拨款支出决算情况说明"),
    (2, 923, "九、国有资本经营预算财政拨款情况说明"),
    (2, 929, "十、其他重要事项的情况说明"),
    (3, 931, "（一）机关运行经费支出情况"),
    (3, 938, "（二）政府采购支出情况"),
    (3, 956, "（三）国有资产占用情况"),
    (3, 966, "（四）预算绩效管理情况"),
    (1, 1091, "第四部分 名词解释"),
]


@pytest.fixture(scope="module")
def report() -> Document:
    return read_report(REPORT)


def test_headings_of_the_report(report: Document) -> None:
    assert [(s.level, s.first_line, s.title) for s in report.sections] == HEADINGS


def test_sections_nest(report: Document) -> None:
    by_title = {s.title: s for s in report.sections}
    inner = by_title["（三）国有资产占用情况"]
    assert inner.path == (
        "第三部分 上海市口岸服务办公室 2016 年度部门决算情况说明",
        "十、其他重要事项的情况说明",
        "（三）国有资产占用情况",
    )
    assert (inner.first_line, inner.last_line, inner.page) == (956, 965, 23)
    assert len({s.id for s in report.sections}) == len(report.sections)
    for section in report.sections:
        parents = [s for s in report.sections if s.path == section.path[:-1]]
        assert all(p.first_line < section.first_line <= section.last_line <= p.last_line for p in parents)


def test_duties_and_offices_are_paragraphs_of_their_section(report: Document) -> None:
    duties = [p.text for p in report.paragraphs if p.section[-1] == "一、主要职能" and p.text.startswith("（")]
    assert len(duties) == 12
    assert duties[7] == (
        "（八）归口协调口岸查验单位需要地方政府解决的问题；负责协调口岸工作中各有关单位之间的关系和协作配合方面的"
        "矛盾，遇有紧急情况作出裁定。"
    )
    offices = [p.text for p in report.paragraphs if p.section[-1] == "二、机构设置" and p.text.startswith("（")]
    assert offices == ["（一）综合处", "（二）组织人事处", "（三）政策法规处", "（四）口岸管理处", "（五）通关协调处"]


def test_paragraph_joined_over_lines_and_a_page_break_keeps_its_places(report: Document) -> None:
    paragraph = next(p for p in report.paragraphs if p.lines[0] == 677)
    assert "财政拨款收、支总计各增加 12,838.30 万元" in paragraph.text
    assert paragraph.lines == (677, 679, 680, 682)
    assert paragraph.place(paragraph.text.index("15,666.39")) == (16, 679)
    assert paragraph.place(paragraph.text.index("12,838.30")) == (17, 680)


def test_every_line_of_text_is_in_one_place_only(report: Document) -> None:
    headings = {s.first_line for s in report.sections}
    seen: set[int] = set()
    for paragraph in report.paragraphs:
        assert not seen & set(paragraph.lines) and not headings & set(paragraph.lines)
        seen |= set(paragraph.lines)
    tables = [(t.first_line, t.last_line) for t in report.tables]
    assert not any(first <= line <= last for line in seen for first, last in tables)


def test_last_paragraph_is_whole(report: Document) -> None:
    assert report.paragraphs[-1].text.startswith("一、上海国际贸易单一窗口运维资金：指市级财政预算安排的,专项补贴")
    assert report.paragraphs[-1].section == ("第四部分 名词解释",)


def _outline(text: str) -> Outline:
    return lines_to_outline(text_to_lines(text), ())


NO_MARKS = """某市园林局 2019 年度部门决算
第一部分 部门概况
一、主要职责
  某市园林局是主管园林绿化的市政府工作部门，主要职责是贯彻执行园林绿化的
法律、法规，拟订规划并组织实施。
二、机构设置
  局机关设下列机构：
  1.办公室
  2.规划处
  3.人事处
第二部分 2019 年度部门决算情况说明
一、关于某市园林局 2019 年度一般公共预算财政拨款支出决算具体情况的补充
说明
  2019 年度支出合计 10 万元，其中：基本支出 6 万元，占 60%；项目支出 4 万元，
占 40%。
  1.办公费支出 3 万元，完成预算的 90%。
- 5 -
  2.差旅费支出 2 万元，完成预算的 80%。
二、机关运行经费情况
（一）总体情况。2019 年机关运行经费支出 5 万元。
（二）增减情况。比上年增加 1 万元。
"""


def test_text_layer_without_marks_at_paragraph_ends() -> None:
    outline = _outline(NO_MARKS)
    assert [(s.id, s.level, s.title) for s in outline.sections] == [
        ("1", 1, "第一部分 部门概况"),
        ("1.1", 2, "一、主要职责"),
        ("1.2", 2, "二、机构设置"),
        ("2", 1, "第二部分 2019 年度部门决算情况说明"),
        ("2.1", 2, "一、关于某市园林局 2019 年度一般公共预算财政拨款支出决算具体情况的补充说明"),
        ("2.2", 2, "二、机关运行经费情况"),
        ("2.2.1", 3, "（一）总体情况"),
        ("2.2.2", 3, "（二）增减情况"),
    ]
    texts = [p.text for p in outline.paragraphs]
    joined = "某市园林局是主管园林绿化的市政府工作部门，主要职责是贯彻执行园林绿化的法律、法规，拟订规划并组织实施。"
    assert joined in texts
    assert [t for t in texts if t.endswith(("室", "处"))] == ["1.办公室", "2.规划处", "3.人事处"]
    assert "2019 年度支出合计 10 万元，其中：基本支出 6 万元，占 60%；项目支出 4 万元，占 40%。" in texts
    assert "2.差旅费支出 2 万元，完成预算的 80%。" in texts
    assert "比上年增加 1 万元。" in texts


def test_run_in_heading_keeps_the_place_of_its_text() -> None:
    paragraph = next(p for p in _outline(NO_MARKS).paragraphs if p.text.startswith("2019 年机关运行经费"))
    assert paragraph.place(paragraph.text.index("5")) == (1, 20)
    assert paragraph.section[-1] == "（一）总体情况"


def test_one_paragraph_a_line() -> None:
    text = "\n".join(
        [
            "第一部分 某局概况",
            "某局负责全市水务工作，贯彻执行国家有关水务的法律法规和方针政策。",
            "某局设有办公室等机构，承担日常事务和综合协调方面的各项工作任务。",
            "第二部分 情况说明",
            "某局 2020 年度收入总计 9 万元，支出总计 9 万元，比上年各增加 1 万元。",
        ]
    )
    assert [len(p.lines) for p in _outline(text).paragraphs] == [1, 1, 1]


def test_contents_pages_are_no_headings() -> None:
    text = (
        "目 录\n第一部分 某局概况......1\n一、主要职能......1\n第二部分 情况说明......3\n"
        "第一部分 某局概况\n一、主要职能\n负责水务。\n第二部分 情况说明\n收入总计 9 万元。\n"
    )
    assert [s.first_line for s in _outline(text).sections] == [5, 6, 8]


@pytest.mark.parametrize("text", ["", "\n\n", "没有标题的一段话。"])
def test_texts_without_headings(text: str) -> None:
    outline = _outline(text)
    assert outline.sections == ()
    assert [p.text for p in outline.paragraphs] == ([text] if text.strip() else [])
