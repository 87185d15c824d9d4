"""Layouts that once gave a wrong cell, lost one or had a whole report refused: each must give back what was put in."""

from __future__ import annotations

import html
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from corpus.contents import document_to_contents
from corpus.document import Document
from corpus.facts import Fact
from corpus.readers import read_report
from corpus.readers.number_format import value_to_text

COVER = (
    "甲山市水务局2021年度部门决算",
    "第一部分 概况",
    "一、主要职能",
    "负责本市水务工作。",
    "第二部分 2021年度部门决算表",
)
TITLE, UNIT = "2021年度支出决算表", "单位：万元"
COLUMNS = ["本年支出合计", "基本支出", "项目支出"]
HEAD = [["科目编码", "科目名称", *COLUMNS]]
ROWS = [
    ["", "合计", "1,354.56", "954.06", "400.50"],
    ["201", "一般公共服务支出", "1,234.56", "834.06", "400.50"],
    ["20103", "政府办公厅及相关机构事务", "1,234.56", "834.06", "400.50"],
    ["2010301", "行政运行", "834.06", "834.06", ""],
    ["2010302", "一般行政管理事务", "400.50", "", "400.50"],
    ["208", "社会保障和就业支出", "120.00", "120.00", ""],
    ["20805", "行政事业单位养老支出", "120.00", "120.00", ""],
    ["2080505", "机关事业单位基本养老保险缴费支出", "120.00", "120.00", ""],
]
Span = tuple[str, int, int]  # text, rows, columns
Grid = Sequence[Sequence[str | Span]]
Truth = dict[tuple[str, str], list[str]]  # code and name -> the values of its columns, "" where it is blank
TRUTH: Truth = {(code, name): [value.replace(",", "") for value in values] for code, name, *values in ROWS}


def table(rows: Grid) -> str:
    spanned = [[cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row] for row in rows]
    cells = [
        "".join(f"<td rowspan={h} colspan={w}>{html.escape(t).replace(chr(10), '<br>')}</td>" for t, h, w in row)
        for row in spanned
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def page(path: Path, *parts: str, encoding: str = "utf-8") -> Path:
    lines = [part if part.startswith("<") else f"<p>{part}</p>" for part in (*COVER, *parts)]
    text = f"<html><head><meta charset={encoding}></head><body>{''.join(lines)}</body></html>"
    path.write_bytes(text.encode(encoding))
    return path


def facts_of(path: Path) -> tuple[Document, list[Fact]]:
    """The report and the facts of its cells; none of its numbers may be left over."""
    document = read_report(path)
    contents = document_to_contents(document, path)
    assert contents.info.numbers == contents.info.numbers_accounted
    return document, [fact for fact in contents.facts if fact.source == "cell"]


def values(facts: Sequence[Fact]) -> Truth:
    found: Truth = {}
    for fact in facts:
        found.setdefault((fact.code, fact.row.replace("\n", "")), []).append(
            "" if fact.value is None else f"{fact.value:f}"
        )
    return found


def expect(path: Path, truth: Truth = TRUTH, unit: str = "万元") -> None:
    document, facts = facts_of(path)
    assert values(facts) == truth
    assert {fact.unit for fact in facts} == {unit}
    assert [t.proof.status for t in document.tables] == ["proved"], document.tables[0].proof.reason
    assert not document_to_contents(document, path).discrepancies


def test_a_web_page_in_gbk_with_tables_in_tables(tmp_path: Path) -> None:
    outer = f"<table><tr><td><table><tr><td>{TITLE}</td></tr><tr><td>{UNIT}</td></tr></table></td></tr><tr><td>"
    expect(page(tmp_path / "a.html", f"{outer}{table(HEAD + ROWS)}</td></tr></table>", encoding="gbk"))


@pytest.mark.parametrize(
    "first",
    [
        [[(TITLE, 1, 5)], [("公开03表", 1, 5)], [("部门：甲山市水务局", 1, 3), ("金额单位：万元", 1, 2)]],
        [[(TITLE, 1, 4), UNIT]],
        [[(f"{TITLE}（单位：万元）", 1, 5)]],
    ],
)
def test_title_and_unit_in_the_first_rows_of_the_table(tmp_path: Path, first: Grid) -> None:
    expect(page(tmp_path / "a.html", table([*first, *HEAD, *ROWS])))


def test_the_header_again_in_the_middle(tmp_path: Path) -> None:
    expect(page(tmp_path / "a.html", TITLE, UNIT, table(HEAD + ROWS[:4] + HEAD + ROWS[4:])))


def test_a_header_in_a_table_of_its_own(tmp_path: Path) -> None:
    expect(page(tmp_path / "a.html", TITLE, UNIT, table(HEAD), table(ROWS)))


def test_parts_of_a_word_table_and_a_table_in_a_table(tmp_path: Path) -> None:
    parted, nested = docx.Document(), docx.Document()
    for document in (parted, nested):
        for line in (*COVER, TITLE, UNIT):
            document.add_paragraph(line)
    for at, rows in enumerate((HEAD + ROWS[:4], HEAD + ROWS[4:])):
        if at:
            parted.add_paragraph("续表")
            parted.add_paragraph(UNIT)
        _fill(parted.add_table(len(rows), 5), rows)
    _fill(nested.add_table(1, 1).cell(0, 0).add_table(9, 5), HEAD + ROWS)
    for document, name in ((parted, "parted.docx"), (nested, "nested.docx")):
        document.save(str(tmp_path / name))
        expect(tmp_path / name)


def _fill(target: object, rows: Sequence[Sequence[str]]) -> None:
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            target.cell(r, c).text = text  # type: ignore[attr-defined]


PARTS = [["201", "03", "01"], ["201", "03", "02"]]


@pytest.mark.parametrize("way", ["cumulative", "unpadded", "tall", "dots", "hyphens"])
def test_codes_in_columns_of_their_own(tmp_path: Path, way: str) -> None:
    head: Grid = [[("科目编码", 1, 3), ("科目名称", 2, 1), *[(name, 2, 1) for name in COLUMNS]], ["类", "款", "项"]]
    body: list[list[str | Span]] = [[("合计", 1, 4), *ROWS[0][2:]]]
    if way in ("dots", "hyphens"):
        mark = "." if way == "dots" else "-"
        codes = [mark.join(filter(None, (row[0][:3], row[0][3:5], row[0][5:]))) for row in ROWS]
        head, body = HEAD, [[code, *row[1:]] for code, row in zip(codes, ROWS, strict=True)]
    elif way == "tall":
        spans: list[list[str | Span]] = [
            [("201", 4, 1), "", ""], [("03", 3, 1), ""], ["01"], ["02"],
            [("208", 3, 1), "", ""], [("05", 2, 1), ""], ["05"],
        ]  # fmt: skip
        body += [[*codes, *row[1:]] for codes, row in zip(spans, ROWS[1:], strict=True)]
    for row in ROWS[1:] if way in ("cumulative", "unpadded") else ():
        cuts = [row[0][:3], row[0][:5], row[0]] if way == "cumulative" else [row[0][:3], row[0][3:5], row[0][5:]]
        shown = [cut if len(row[0]) >= size else "" for cut, size in zip(cuts, (3, 5, 7), strict=True)]
        body.append([*(part.lstrip("0") if way == "unpadded" else part for part in shown), *row[1:]])
    expect(page(tmp_path / "a.html", TITLE, UNIT, table([*head, *body])))


@pytest.mark.parametrize(
    "write",
    [
        lambda text: text.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，")),
        lambda text: f" {text.replace(',', '，')} " if text else " ",
        lambda text: text.replace(",", "\u00a0"),
        lambda text: f"￥{text}" if text else "",
        lambda text: f"{text[:3]}\n{text[3:]}" if len(text) > 6 else text,
        lambda text: text.replace(",", ", ").replace(".", " ."),
        lambda text: text or "—",
        lambda text: text or "／",
    ],
    ids=["full width", "wide commas", "spaces", "yen", "broken", "loose", "dash", "slash"],
)
def test_ways_to_write_a_figure(tmp_path: Path, write: object) -> None:
    rows = [[code, name, *map(write, figures)] for code, name, *figures in ROWS]  # type: ignore[call-overload]
    expect(page(tmp_path / "a.html", TITLE, UNIT, table(HEAD + rows)))


def test_several_figures_in_a_cell_do_not_slide_into_the_next_column(tmp_path: Path) -> None:
    rows = [*ROWS[:3], ["2010301", "行政运行", "800.00\n34.06", "834.06", ""], *ROWS[4:]]
    document = read_report(page(tmp_path / "a.html", TITLE, UNIT, table(HEAD + rows)))
    (row,) = [row for row in document.tables[0].rows if row.label == "行政运行"]
    assert [cell.text for cell in document.tables[0].cells if cell.row == row.index] == ["", "834.06", ""]
    assert "数字多于栏目" in document.tables[0].proof.reason


def test_less_than_nothing(tmp_path: Path) -> None:
    rows = [
        ["", "合计", "1,000.00", "1,012.00", "（12.00）"],
        ["201", "一般公共服务支出", "2,234.50", "2,246.50", "－12.00"],
        ["20103", "政府办公厅及相关机构事务", "2,234.50", "2,246.50", "(12)"],
        ["2010301", "行政运行", "2,246.50", "2,246.50", ""],
        ["2010302", "一般行政管理事务", "-12", "", "−12.00".replace("−", "-")],
        ["208", "社会保障和就业支出", "(1,234.50)", "-1,234.50", ""],
    ]
    path = page(tmp_path / "a.html", TITLE, UNIT, table(HEAD + rows))
    found = values(facts_of(path)[1])
    assert found["", "合计"] == ["1000.00", "1012.00", "-12.00"]
    assert (
        found["20103", "政府办公厅及相关机构事务"][2] == "-12"
        and found["208", "社会保障和就业支出"][:2] == ["-1234.50"] * 2
    )


def test_a_total_whose_name_runs_over_the_panel_before(tmp_path: Path) -> None:
    rows: Grid = [
        [("人员经费", 1, 3), ("公用经费", 1, 6)],
        ["科目编码", "科目名称", "决算数"] * 3,
        ["301", "工资福利支出", "700.00", "302", "商品和服务支出", "180.00", "310", "资本性支出", "20.00"],
        ["30101", "基本工资", "700.00", "30211", "差旅费", "180.00", "31002", "办公设备购置", "20.00"],
        [("人员经费合计", 1, 2), "700.00", ("公用经费合计", 1, 5), "200.00"],
    ]
    path = page(tmp_path / "a.html", "一般公共预算财政拨款基本支出决算表", UNIT, table(rows))
    found = values(facts_of(path)[1])
    assert found["", "公用经费合计"] == ["200.00"] and found["", "人员经费合计"] == ["700.00"]
    assert found["310", "资本性支出"] == ["20.00"]


def test_rows_and_columns_that_are_counted(tmp_path: Path) -> None:
    rows: Grid = [
        [("收入", 1, 3), ("支出", 1, 3)],
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ["栏次", "", "1", "栏次", "", "2"],
        ["一、一般公共预算财政拨款收入", "1", "1,300.00", "一、一般公共服务支出", "5", "1,234.56"],
        ["二、事业收入", "2", "54.56", "二、社会保障和就业支出", "6", "120.00"],
        ["本年收入合计", "3", "1,354.56", "本年支出合计", "7", "1,354.56"],
        ["总计", "4", "1,354.56", "总计", "8", "1,354.56"],
    ]
    path = page(tmp_path / "a.html", "收入支出决算总表", UNIT, table(rows))
    document, facts = facts_of(path)
    assert [fact.value for fact in facts if fact.panel == "expenditure"][1] == Decimal("120.00")
    assert document.tables[0].proof.status == "proved"


def test_a_unit_of_its_own_for_a_column_and_a_row(tmp_path: Path) -> None:
    people: Grid = [
        ["项目", "人数（人）", "金额（万元）", "占比"],
        ["在职人员", "23", "754.06", "90"],
        ["公务用车（辆）", "", "7", ""],
    ]
    path = page(tmp_path / "a.html", TITLE, UNIT, table(HEAD + ROWS), "人员情况表", UNIT, table(people))
    own = [f for f in facts_of(path)[1] if f.table == "人员情况表" and f.value is not None]
    assert [(f.row, f.unit) for f in own[:3]] == [("在职人员", "人"), ("在职人员", "万元"), ("在职人员", "%")]


def test_last_year_changes_and_shares_are_no_parts(tmp_path: Path) -> None:
    last = ["1,300.00", "1,180.00", "1,180.00", "800.00", "380.00", "120.00", "120.00", "120.00"]
    change = ["54.56", "54.56", "54.56", "34.06", "20.50", "", "", ""]
    rates = [("4.20", "100"), ("4.62", "91.14"), ("4.62", "91.14"), ("4.26", "61.57"), ("5.39", "29.57")]
    more = [[*each] for each in zip(last, change, *zip(*rates, *[("", "8.86")] * 3, strict=True), strict=True)]
    head = [[*HEAD[0], "上年决算数", "比上年增减额", "增减率（%）", "占比（%）"]]
    path = page(tmp_path / "a.html", TITLE, UNIT, table(head + [[*r, *m] for r, m in zip(ROWS, more, strict=True)]))
    document, facts = facts_of(path)
    assert not document_to_contents(document, path).discrepancies
    assert {f.unit for f in facts if "%" in f.column} == {"%"}


YEARS: dict[str, Grid] = {
    "rows": [
        [
            ("年度", 2, 1),
            ("合计", 2, 1),
            ("因公出国（境）费", 2, 1),
            ("公务用车购置及运行费", 1, 3),
            ("公务接待费", 2, 1),
        ],
        ["小计", "购置费", "运行费"],
        ["2020年", "60.00", "10.00", "45.00", "20.00", "25.00", "5.00"],
        ["2021年", "52.34", "8.00", "41.34", "18.00", "23.34", "3.00"],
    ],
    "columns": [
        ["项目", "上年决算数", "本年决算数", "增减额"],
        ["合计", "60.00", "52.34", "-7.66"],
        ["一、因公出国（境）费", "10.00", "8.00", "-2.00"],
        ["二、公务用车购置及运行费", "45.00", "41.34", "-3.66"],
        ["（一）公务用车购置费", "20.00", "18.00", "-2.00"],
        ["（二）公务用车运行费", "25.00", "23.34", "-1.66"],
        ["三、公务接待费", "5.00", "3.00", "-2.00"],
    ],
}


@pytest.mark.parametrize("where", YEARS)
def test_two_years_in_a_table(tmp_path: Path, where: str) -> None:
    path = page(tmp_path / "a.html", "财政拨款“三公”经费支出决算表", UNIT, table(YEARS[where]))
    document = read_report(path)
    facts = document_to_contents(document, path).facts
    guests = [f for f in facts if f.item == "公务接待费" and f.value is not None and not f.facet]
    assert [(f.period, str(f.value)) for f in guests] == [("2020", "5.00"), ("2021", "3.00")]
    assert not document_to_contents(document, path).discrepancies


def test_a_note_s_number_is_no_digit_of_the_figure(tmp_path: Path) -> None:
    marked = table(HEAD + ROWS).replace("400.50<", "400.50<sup>1</sup><").replace("834.06<", "834.06*<")
    expect(page(tmp_path / "a.html", TITLE, UNIT, marked))


def test_an_empty_column_between_codes_and_names(tmp_path: Path) -> None:
    expect(page(tmp_path / "a.html", TITLE, UNIT, table([[r[0], "", *r[1:]] for r in HEAD + ROWS])))


def test_subtotals_are_not_counted_twice(tmp_path: Path) -> None:
    rows = [ROWS[1], *ROWS[3:5], ["", "小计", *ROWS[1][2:]], ROWS[5], ROWS[7], ["", "小计", *ROWS[5][2:]], ROWS[0]]
    path = page(tmp_path / "a.html", TITLE, UNIT, table(HEAD + rows))
    assert not document_to_contents(read_report(path), path).discrepancies


def test_a_unit_below_the_table(tmp_path: Path) -> None:
    expect(page(tmp_path / "a.html", TITLE, table(HEAD + ROWS), "金额单位：万元"))


def test_tables_without_a_cover_say_whose_they_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ([TITLE], ["公开03表"], ["编制单位：辛江市水务局", "", "", "金额单位：万元"], *HEAD, *ROWS):
        book.active.append(row)
    book.active.merge_cells("A1:E1")
    book.save(tmp_path / "a.xlsx")
    document, facts = facts_of(tmp_path / "a.xlsx")
    assert (document.department, document.year, document.title) == (
        "辛江市水务局",
        2021,
        "辛江市水务局2021年度部门决算",
    )
    assert values(facts) == TRUTH


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (13545600.0, "0!.0000", "1354.5600"),
        (12345, "0\\.0,", "1.2"),
        (1354560.0, "#,##0.00,", "1,354.56"),
        (-12.0, "#,##0.00_);(#,##0.00)", "(12.00)"),
        (12.0, "#,##0.00_);(#,##0.00)", "12.00"),
        (-5.5, "0.00;[Red]0.00", "-5.50"),
        (1.25, 'G/通用格式"元"', "1.25"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00"),
    ],
)
def test_formats_that_show_another_number_than_is_stored(value: object, shape: str, text: str) -> None:
    assert value_to_text(value, shape) == text
