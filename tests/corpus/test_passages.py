"""Passages can be read alone, know their place, and are the same every time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.document import Cell, Document, Paragraph, Row, Section
from corpus.passages import Passage, document_to_passages
from corpus.readers import read_report
from tests.corpus.samples import PART, sample_document

REPORT = Path(__file__).resolve().parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"


def of(document: Document, kind: str) -> list[Passage]:
    return [passage for passage in document_to_passages(document) if passage.kind == kind]


def with_paragraphs(*texts: str) -> Document:
    paragraphs = tuple(Paragraph(PART, text, (0,), (10 + n,), (1,)) for n, text in enumerate(texts))
    return replace(sample_document(), paragraphs=paragraphs, tables=())


def test_a_list_is_whole_and_item_by_item() -> None:
    whole, *rest = of(sample_document(), "list")
    assert not rest and whole.path == PART
    assert whole.body.splitlines()[0].startswith("（一）") and whole.body.splitlines()[1].startswith("（二）")
    assert (whole.page, whole.line, whole.last_line) == (1, 3, 5)
    items = of(sample_document(), "text")
    assert [(item.line, item.last_line, item.page) for item in items] == [(3, 4, 1), (5, 5, 2)]


def test_every_passage_repeats_its_headings() -> None:
    for passage in document_to_passages(sample_document()):
        assert passage.text.startswith(" › ".join(passage.path))
        assert passage.text.endswith(passage.body)


def test_ids_come_from_the_content() -> None:
    first = document_to_passages(sample_document())
    assert first == document_to_passages(sample_document())
    assert len({passage.id for passage in first}) == len(first)
    changed = document_to_passages(sample_document(figure="2,000.20"))
    assert {p.id for p in first if p.kind != "table"} == {p.id for p in changed if p.kind != "table"}
    assert {p.id for p in first if p.kind == "table"}.isdisjoint(p.id for p in changed)


def test_the_same_words_twice_are_two_passages() -> None:
    long = "同样的一句话。" * 50
    passages = document_to_passages(with_paragraphs(long, long))
    assert len(passages) == 2 and passages[0].body == passages[1].body
    assert passages[0].id != passages[1].id


def test_a_table_says_its_title_unit_and_header() -> None:
    (table,) = of(sample_document(), "table")
    for part in (
        "2016 年度支出决算表",
        "单位：万元",
        "项目支出 › 小计",
        "合计：本年支出合计 1,000.10，项目支出 小计 0",
    ):
        assert part in table.text
    assert "经营支出 " not in table.body, "an empty cell must not look as if it held something"
    assert table.table_id == "t1"


def test_a_long_table_is_cut_at_its_top_level_items() -> None:
    document = sample_document()
    table = document.tables[0]
    rows = tuple(
        Row(
            n,
            f"项目{n}",
            f"{201 + n // 6}" + ("" if n % 6 == 0 else f"{n % 6:02d}"),
            2 if n % 6 else 1,
            None,
            "",
            2,
            20 + n,
        )
        for n in range(18)
    )
    cells = tuple(
        Cell(n, 0, "blank" if n == 3 else "number", None, "" if n == 3 else f"{n}.00", 2, 20 + n) for n in range(18)
    )
    document = replace(document, tables=(replace(table, rows=rows, cells=cells, first_line=18, last_line=40),))
    groups = of(document, "row-group")
    assert [(group.line, group.last_line) for group in groups] == [(20, 25), (26, 31), (32, 37)]
    assert "20101 项目1：本年支出合计 1.00" in groups[0].body
    assert "20103 项目3：（空）" in groups[0].body
    assert all("单位：万元" in group.text for group in groups)
    (whole,) = of(document, "table")
    assert "项目17" in whole.body and "17.00" not in whole.body


def test_an_empty_table_gives_its_note() -> None:
    document = sample_document()
    empty = replace(document.tables[0], rows=(), cells=(), note="注：本单位无此项支出，故本表无数据。")
    (passage,) = of(replace(document, tables=(empty,)), "table")
    assert passage.body == "注：本单位无此项支出，故本表无数据。"


def test_an_evaluation_gives_each_text_under_its_project() -> None:
    passages = of(sample_document(), "performance")
    assert [passage.title for passage in passages] == ["绩效评价结果信息表", "评价结论", "存在问题"]
    assert all("信息化项目" in passage.text for passage in passages)
    assert (passages[2].line, passages[2].last_line) == (11, 12)


def test_short_items_stay_in_their_list() -> None:
    passages = document_to_passages(
        with_paragraphs("设 3 个内设机构。", "（一）综合处", "（二）管理处", "（三）协调处")
    )
    assert [passage.kind for passage in passages] == ["list"]
    assert passages[0].body.count("\n") == 3


def test_headings_without_text_are_the_items_of_their_list() -> None:
    document = with_paragraphs("设 2 个内设机构。")
    children = tuple(Section(f"c{n}", f"（{n}）某处", (*PART, f"（{n}）某处"), 3, 1, 20 + n, 20 + n) for n in (1, 2))
    (passage,) = document_to_passages(replace(document, sections=document.sections + children))
    assert passage.kind == "list" and passage.body.splitlines() == ["设 2 个内设机构。", "（1）某处", "（2）某处"]


def test_a_lead_in_keeps_what_it_leads_in() -> None:
    first = "2、公务用车购置及运行维护费支出 9.65 万元。其中："
    passages = document_to_passages(with_paragraphs("1、某项支出及其内容的说明文字。", first, "说" * 380))
    assert any(passage.body.startswith(first) and "说" in passage.body for passage in passages)


def test_a_very_long_paragraph_is_cut_at_sentences_and_loses_nothing() -> None:
    text = "".join(f"第{n}句话说明了某一件事情的来龙去脉。" for n in range(200))
    passages = document_to_passages(with_paragraphs(text))
    assert "".join(passage.body for passage in passages) == text
    assert all(passage.body.endswith("。") and len(passage.body) <= 420 for passage in passages)
    endless = "字" * 5000
    assert "".join(p.body for p in document_to_passages(with_paragraphs(endless))) == endless


def test_every_line_of_the_shipped_report_that_says_something_is_in_a_passage() -> None:
    document = read_report(REPORT)
    passages = document_to_passages(document)
    covered = {line for passage in passages for line in range(passage.line, passage.last_line + 1)}
    said = {line for paragraph in document.paragraphs for line in paragraph.lines}
    said |= {cell.line for table in document.tables for cell in table.cells}
    said |= {line for t in document.tables for text in t.texts for line in range(text.line, text.last_line + 1)}
    assert said and said <= covered
    assert max(len(passage.text) for passage in passages) < 2000


def test_the_shipped_report_s_lists_are_whole() -> None:
    lists = {passage.title: passage for passage in document_to_passages(read_report(REPORT)) if passage.kind == "list"}
    duties, offices = lists["一、主要职能"], lists["二、机构设置"]
    # Lines 19-82: twelve duties; lines 87-95: five offices, 99-101: three branches named in the sentence after them.
    assert duties.body.count("\n（") == 12 and (duties.line, duties.last_line) == (11, 82)
    assert "（五）通关协调处" in offices.body and "洋山办事处" in offices.body
