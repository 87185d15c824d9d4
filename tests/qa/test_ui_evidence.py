"""Citation -> evidence -> HTML: the cited cell or sentence, and only that, is marked."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.document import Cell, Column, NamedText, Paragraph, Proof, Row, Table
from qa.answer import Citation
from qa.evidence import Heading, citation_to_evidence, paths_to_headings
from qa.ui.evidence_view import evidence_to_html
from tests.qa.fakes import PARAGRAPH, SENTENCE, TABLE, FakeStore, cell_citation

HIT_CELL = re.compile(r'<td class="hit"[^>]*>([^<]*)</td>')
HIT_TEXT = re.compile(r'<mark class="hit">([^<]*)</mark>')


class Store:
    """One table or paragraph, whichever was given."""

    def __init__(self, table: Table | None = None, paragraph: Paragraph | None = None) -> None:
        self._table, self._paragraph = table, paragraph

    def table(self, report: str, table_id: str) -> Table | None:
        return self._table

    def paragraph(self, report: str, line: int) -> Paragraph | None:
        return self._paragraph


def test_the_cited_cell_alone_is_marked_in_its_table() -> None:
    html = evidence_to_html(citation_to_evidence(FakeStore(), cell_citation(3)))
    assert HIT_CELL.findall(html) == ["59.26"]
    assert "单位：万元" in html and "第 15 页" in html and "142.46" in html


def test_columns_for_codes_and_names_stand_only_where_the_table_has_them() -> None:
    nameless = replace(TABLE, rows=(replace(TABLE.rows[0], label=""),))
    coded = replace(TABLE, rows=(replace(TABLE.rows[0], code="30217", label="公务接待费"),))
    plain, full = (evidence_to_html(citation_to_evidence(Store(t), cell_citation(3))) for t in (nameless, coded))
    assert "编码" not in plain and ">项目<" not in plain and HIT_CELL.findall(plain) == ["59.26"]
    assert "编码" in full and "30217" in full and ">公务接待费</th>" in full


def test_merged_headers_are_merged_again() -> None:
    rows = paths_to_headings([("甲", "一", "预算数"), ("甲", "一", "决算数"), ("甲", "二"), ("乙",)])
    assert rows[0] == (Heading("甲", 3, 1), Heading("乙", 1, 3))
    assert rows[1] == (Heading("一", 2, 1), Heading("二", 1, 2))
    assert rows[2] == (Heading("预算数", 1, 1), Heading("决算数", 1, 1))


def test_two_columns_of_one_name_stay_two() -> None:
    assert paths_to_headings([("小计",), ("小计",)]) == ((Heading("小计", 1, 1), Heading("小计", 1, 1)),)


def test_the_halves_of_a_two_panel_table_stand_apart_with_their_own_columns() -> None:
    table = replace(
        TABLE,
        columns=(Column(0, ("收入", "决算数")), Column(1, ("支出", "决算数"))),
        rows=(
            Row(0, "总计", "", 0, None, "income", 5, 199),
            Row(1, "总计", "", 0, None, "expenditure", 5, 199),
        ),
        cells=(Cell(0, 0, "number", None, "15,670.84", 5, 199), Cell(1, 1, "blank", None, "", 5, 199)),
    )
    cited = replace(cell_citation(0), row_index=1, column_index=1)
    evidence = citation_to_evidence(Store(table), cited)
    assert [(grid.panel, grid.cited, len(grid.rows[0].cells)) for grid in evidence.grids] == [
        ("收入", False, 1),
        ("支出", True, 1),
    ]
    # A blank that is cited is marked too.
    assert HIT_CELL.findall(evidence_to_html(evidence)) == [""]


def test_the_note_of_a_table_without_data_is_marked() -> None:
    table = replace(TABLE, rows=(), cells=(), note="注：无支出，故本表无数据。", proof=Proof("empty", "", ()))
    html = evidence_to_html(
        citation_to_evidence(Store(table), replace(cell_citation(0), row_index=-1, column_index=-1))
    )
    assert HIT_TEXT.findall(html) == ["注：无支出，故本表无数据。"]
    assert "公务接待费" in html


def test_of_a_performance_table_the_cited_text_is_marked() -> None:
    texts = (
        NamedText("存在问题", "部分内容延期完成。", 26, 1040, 1042),
        NamedText("整改情况", "积极协商。", 26, 1050, 1050),
    )
    table = replace(TABLE, columns=(), rows=(), cells=(), texts=texts)
    cited = Citation("r", "s", "绩效评价结果信息表", "整改情况", "", 26, 1050, "积极协商。", table_id="t9")
    html = evidence_to_html(citation_to_evidence(Store(table), cited))
    assert HIT_TEXT.findall(html) == ["积极协商。"] and "部分内容延期完成。" in html


def test_the_sentence_is_marked_in_its_paragraph() -> None:
    html = evidence_to_html(citation_to_evidence(FakeStore(), SENTENCE))
    assert HIT_TEXT.findall(html) == ["59 批次"]
    assert "554 人次" in html


def test_of_two_like_quotes_the_one_on_the_cited_line_is_marked() -> None:
    paragraph = Paragraph(("节",), "支出 9.65 万元，其中：运行 9.65 万元。", (0, 14), (870, 871), (21, 21))
    evidence = citation_to_evidence(Store(None, paragraph), Citation("r", "节", None, "", "", 21, 871, "9.65万元"))
    ((start, end),) = evidence.texts[0].spans
    assert start > 10 and evidence.texts[0].text[start:end] == "9.65 万元"


def test_without_the_quote_the_cited_line_is_marked() -> None:
    paragraph = Paragraph(("节",), "第一行。第二行。", (0, 4), (10, 11), (1, 1))
    evidence = citation_to_evidence(Store(None, paragraph), Citation("r", "节", None, "", "", 1, 11, "别的话"))
    assert evidence.texts[0].spans == ((4, 8),)


def test_a_place_the_store_does_not_know_shows_the_quote() -> None:
    evidence = citation_to_evidence(Store(), Citation("r", "节", None, "", "", 3, 9, "原话"))
    assert HIT_TEXT.findall(evidence_to_html(evidence)) == ["原话"]


def test_what_the_report_prints_is_escaped() -> None:
    paragraph = replace(PARAGRAPH, text="关于印发<上海市>的通知 & 其他")
    html = evidence_to_html(citation_to_evidence(Store(None, paragraph), replace(SENTENCE, quote="<上海市>")))
    assert HIT_TEXT.findall(html) == ["&lt;上海市&gt;"] and "&amp; 其他" in html
