"""Ruled tables by hand: header paths, kinds known by what is in them, tables of no known kind, broken rules."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.cells import table_to_facts
from corpus.document import Document, Table
from corpus.errors import UnreadableReport
from corpus.grids.grid import join_printed
from corpus.readers import read_report
from corpus.readers.number_format import value_to_text

HEAD = "<h1>某市水务局2023年度部门决算</h1><p>第二部分 某市水务局2023年度部门决算表</p>"
WHOLE = (
    "<p>收入支出决算总表</p><p>单位：万元</p><table><tr><td colspan=2>收入<td colspan=2>支出"
    "<tr><td>项目<td>决算数<td>项目<td>决算数<tr><td>一、财政拨款收入<td>3.00<td>一、水务支出<td>3.00"
    "<tr><td>本年收入合计<td>3.00<td>本年支出合计<td>3.00<tr><td>总计<td>3.00<td>总计<td>3.00</table>"
)


def read(folder: Path, *parts: str) -> Document:
    path = folder / "report.html"
    path.write_text("<!DOCTYPE html><meta charset=utf-8>" + HEAD + "\n".join(parts), encoding="utf-8")
    return read_report(path)


def rows(table: Table) -> list[tuple[str, str, list[str]]]:
    return [(row.code, row.label, [c.text for c in table.cells if c.row == row.index]) for row in table.rows]


def test_a_table_of_no_known_kind_becomes_facts(tmp_path: Path) -> None:
    other = (
        "<p>政府采购支出决算表</p><p>金额单位：千元</p><table><tr><th>采购项目<th>采购方式<th>数量<th>金额"
        "<tr><td>货物<td>公开招标<td>12<td>1,200.50<tr><td>服务<td>单一来源<td><td>—<tr><td>合计<td><td>12<td>1,200.50</table>"
    )
    table = read(tmp_path, WHOLE, other).tables[1]
    assert (table.kind, table.title, table.unit) == ("other", "政府采购支出决算表", "千元")
    facts = {(f.row, f.column): (f.value, f.unit, f.state) for f in table_to_facts("r", 2023, table)}
    assert facts["货物 公开招标", "金额"] == (Decimal("1200.50"), "千元", "number")
    assert facts["服务 单一来源", "金额"] == (None, "千元", "blank")
    assert facts["合计", "数量"][0] == 12
    assert table.proof.status == "proved"


def test_what_is_spent_per_unit_of_the_department(tmp_path: Path) -> None:
    other = (
        "<p>所属单位支出情况表</p><p>单位：万元</p><table>"
        "<tr><td rowspan=2>序号<td rowspan=2>单位名称<td colspan=3>本年支出<td rowspan=2>备注"
        "<tr><td>小计<td>基本支出<td>项目支出<tr><td>1<td>局本级<td>3.00<td>1.00<td>2.00<td>无<tr><td>2<td>水文站<td>1.50<td>1.50<td><td></table>"
    )
    table = read(tmp_path, WHOLE, other).tables[1]
    assert [column.path for column in table.columns] == [
        ("本年支出", "小计"),
        ("本年支出", "基本支出"),
        ("本年支出", "项目支出"),
    ]
    assert rows(table) == [("", "局本级", ["3.00", "1.00", "2.00"]), ("", "水文站", ["1.50", "1.50", ""])]
    assert table.proof.status == "proved"


def test_three_public_printed_downwards(tmp_path: Path) -> None:
    public = (
        "<p>财政拨款“三公”经费支出决算表</p><p>单位：万元</p><table><tr><td>项目<td>预算数<td>决算数"
        "<tr><td>合计<td>5.00<td>3.00<tr><td>1.因公出国（境）费<td>2.00<td>1.00<tr><td>2.公务用车购置及运行费<td>2.00<td>1.50"
        "<tr><td>其中：（1）公务用车购置费<td>0.00<td>0.00<tr><td>（2）公务用车运行费<td>2.00<td>1.50<tr><td>3.公务接待费<td>1.00<td>0.50</table>"
    )
    table = read(tmp_path, WHOLE, public).tables[1]
    assert table.kind == "three_public"
    facts = {(f.item, f.measure): f.value for f in table_to_facts("r", 2023, table)}
    assert facts["“三公”经费合计", "final"] == Decimal("3.00")
    assert facts["公务接待费", "budget"] == Decimal("1.00")
    assert facts["公务用车运行费", "final"] == Decimal("1.50")
    assert table.proof.status == "proved", table.proof.reason


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (
            "income",
            "<tr><td>科目编码<td>科目名称<td>合计<td>财政拨款收入<td>事业收入<tr><td>213<td>农林水支出<td>3.00<td>3.00<td>",
        ),
        (
            "expenditure",
            "<tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出<td>上缴上级支出<td>经营支出<tr><td>213<td>农林水支出<td>3.00<td>3.00<td><td><td>",
        ),
        ("basic_expenditure", "<tr><td>科目编码<td>科目名称<td>决算数<tr><td>301<td>工资福利支出<td>3.00"),
        (
            "appropriation_summary",
            "<tr><td colspan=2>收入<td colspan=4>支出<tr><td>项目<td>金额<td>项目<td>合计<td>一般公共预算财政拨款<td>政府性基金预算财政拨款"
            "<tr><td>一、财政拨款<td>3.00<td>一、农林水支出<td>3.00<td>3.00<td>",
        ),
        ("other", "<tr><td>年度<td>人数<tr><td>二〇二三<td>3.00"),
    ],
)
def test_a_table_without_a_title_is_known_by_its_content(tmp_path: Path, kind: str, table: str) -> None:
    read_table = read(tmp_path, WHOLE, f"<p>单位：万元</p><table>{table}</table>").tables[1]
    assert (read_table.kind, read_table.unit) == (kind, "万元")


def test_a_title_of_something_else_is_not_overruled(tmp_path: Path) -> None:
    other = (
        "<p>一般公共预算机关运行经费支出决算表</p><p>单位：万元</p><table><tr><td>科目编码<td>科目名称<td>金额"
        "<tr><td>302<td>商品和服务支出<td>3.00</table>"
    )
    table = read(tmp_path, WHOLE, other).tables[1]
    assert (table.kind, rows(table)) == ("other", [("302", "商品和服务支出", ["3.00"])])


def test_title_and_unit_inside_the_table(tmp_path: Path) -> None:
    inside = (
        "<table><caption>支出决算表</caption><tr><td colspan=5>单位：元<tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出"
        "<tr><td>213<td>农林水支出<td>300<td>100<td>200</table><p>注：数字取整。</p>"
    )
    table = read(tmp_path, WHOLE, inside).tables[1]
    assert (table.kind, table.title, table.unit, table.note) == ("expenditure", "支出决算表", "元", "注：数字取整。")
    assert rows(table) == [("213", "农林水支出", ["300", "100", "200"])]


def test_a_table_that_does_not_add_up_says_so(tmp_path: Path) -> None:
    wrong = WHOLE.replace("<td>3.00<tr><td>本年收入合计", "<td>9.00<tr><td>本年收入合计")
    table = read(tmp_path, wrong).tables[0]
    assert table.proof.status == "unproved" and "本年支出合计" in table.proof.reason
    assert [cell.text for cell in table.cells].count("9.00") == 1


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["机关事业单位基本养", "老保险缴费"], "机关事业单位基本养老保险缴费"),
        (["371,514,", "655.00"], "371,514,655.00"),
        (["2,940.", "05"], "2,940.05"),
        (["2,940.0", "5"], "2,940.05"),
        (["12345", "6.78"], "123456.78"),
        (["0", "12.50"], "0 12.50"),
        (["1.50", "12"], "1.50 12"),
        (["12.00", "13.00"], "12.00 13.00"),
        (["公 务 用 车 运 行 维 护", "费"], "公务用车运行维护费"),
        (["5G 网络", "建设"], "5G 网络建设"),
    ],
)
def test_wrapped_cells(lines: list[str], text: str) -> None:
    assert join_printed(lines) == text


def test_pdf_table_whose_rows_are_not_parted_by_rules(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from reportlab.pdfgen.canvas import Canvas

    from tests.corpus.rendering import embedded_font

    font = embedded_font()
    canvas = Canvas(str(tmp_path / "report.pdf"))
    canvas.setFont(font, 18)
    canvas.drawString(120, 700, "某市水务局2023年度部门决算")
    canvas.showPage()
    canvas.setFont(font, 10)
    canvas.drawString(250, 760, "支出决算表")
    canvas.drawString(450, 740, "单位：万元")
    edges = (60, 120, 260, 350, 440, 530)
    for x in edges:
        canvas.line(x, 730, x, 640)
    for y in (730, 710, 640):
        canvas.line(edges[0], y, edges[-1], y)
    table = [
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("213", "农林水支出", "300.00", "100.00", "200.00"),
        ("21303", "水利", "300.00", "100.00", "200.00"),
        ("2130301", "行政运行", "100.00", "100.00", ""),
        ("2130399", "其他水利支出", "200.00", "", "200.00"),
    ]
    for at, cells in enumerate(table):
        for x, text in zip(edges, cells, strict=False):
            canvas.drawString(x + 5, 715 - at * 15 - (5 if at else 0), text)
    canvas.save()
    found = read_report(tmp_path / "report.pdf").tables[0]
    assert rows(found) == [(code, name, list(figures)) for code, name, *figures in table[1:]]
    assert found.proof.status == "proved"


def test_web_pages_are_forgiven(tmp_path: Path) -> None:
    messy = (
        "<table><tr><td><div>导航</div><table><TR><TD>支出决算表</TD></TR></table><p>单位：万元<br>"
        "<table><thead><tr><th>科目编码<th>科目名称<th>合计<th>基本支出<th>项目支出</thead>"
        "<tbody><tr><td>213<td>农林水<br>支出<td>&nbsp;3.00<td>1.00</span><td style='display:none'>9<td>2.00</table></table>"
    )
    table = read(tmp_path, "<script>var a = '<table>';</script>", WHOLE, messy).tables[1]
    assert (table.kind, table.unit) == ("expenditure", "万元")
    assert rows(table) == [("213", "农林水支出", ["3.00", "1.00", "2.00"])]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8", "GB18030"])
def test_charsets_of_web_pages(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(f"<html><meta charset='{charset}'>{HEAD}{WHOLE}".encode(charset))
    assert read_report(path).department == "某市水务局"


@pytest.mark.parametrize("printed", ["2130301 水利行政", "[2130301]水利行政", "2130301-水利行政"])
def test_code_and_name_in_one_column(tmp_path: Path, printed: str) -> None:
    table = read(
        tmp_path,
        WHOLE,
        f"<p>支出决算表 单位：万元</p><table><tr><td>科目<td>合计<td>基本支出<td>项目支出<tr><td>{printed}<td>3.00<td>1.00<td>2.00</table>",
    ).tables[1]
    assert (table.kind, table.title, table.unit) == ("expenditure", "支出决算表", "万元")
    assert rows(table) == [("2130301", "水利行政", ["3.00", "1.00", "2.00"])]


@pytest.mark.parametrize(
    "title", ["公开02表 收入决算表", "收入决算表（公开02表）", "二、收入决算表", "收入决算表　单位：元"]
)
def test_titles_with_numbers_and_units(tmp_path: Path, title: str) -> None:
    table = read(
        tmp_path,
        WHOLE,
        f"<p>{title}</p><p>单位：元</p><table><tr><td>科目编码<td>科目名称<td>合计<td>事业收入<tr><td>213<td>农林水<td>3<td>3</table>",
    ).tables[1]
    assert (table.kind, table.unit) == ("income", "元")
    assert table.title.startswith("收入决算表")


def test_a_landscape_page_turned_by_its_rotation(tmp_path: Path) -> None:
    pytest.importorskip("reportlab")
    from reportlab.pdfgen.canvas import Canvas

    from tests.corpus.rendering import embedded_font

    font = embedded_font()
    canvas = Canvas(str(tmp_path / "report.pdf"), pagesize=(600, 800))
    canvas.setFont(font, 18)
    canvas.drawString(120, 700, "某市水务局2023年度部门决算")
    canvas.showPage()
    canvas.setPageRotation(90)
    canvas.translate(600, 0)
    canvas.rotate(90)
    canvas.setFont(font, 10)
    canvas.drawString(300, 560, "支出决算表")
    canvas.drawString(450, 540, "单位：万元")
    edges, levels = (60, 120, 260, 350, 440, 530), (530, 510, 490, 470)
    for x in edges:
        canvas.line(x, levels[0], x, levels[-1])
    for y in levels:
        canvas.line(edges[0], y, edges[-1], y)
    for at, cells in enumerate(
        [
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("213", "农林水支出", "300.00", "100.00", "200.00"),
            ("", "合计", "300.00", "100.00", "200.00"),
        ]
    ):
        for x, text in zip(edges, cells, strict=False):
            canvas.drawString(x + 5, levels[at] - 14, text)
    canvas.save()
    table = read_report(tmp_path / "report.pdf").tables[0]
    assert rows(table) == [
        ("213", "农林水支出", ["300.00", "100.00", "200.00"]),
        ("", "合计", ["300.00", "100.00", "200.00"]),
    ]


def test_a_workbook_with_formulas_that_were_never_computed(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["支出决算表"], ["单位：万元"], ["科目编码", "合计"], ["213", "=1+2"]):
        book.active.append(row)
    book.save(tmp_path / "report.xlsx")
    with pytest.raises(UnreadableReport, match="公式"):
        read_report(tmp_path / "report.xlsx")


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (2940.05, "#,##0.00", "2,940.05"),
        (1503.5200000000002, "General", "1503.52"),
        (0, "#,##0.00", "0.00"),
        (0, '#,##0.00;-#,##0.00;""', "0.00"),
        (-3.5, "#,##0.00_ ;[Red]-#,##0.00", "-3.50"),
        (0.1234, "0.00%", "12.34%"),
        (1, "00", "01"),
        (2010301, "General", "2010301"),
        (0.125, "0.00", "0.13"),
        (1e-7, "General", "0.0000001"),
        ("  名称 ", "General", "名称"),
        (None, "General", ""),
    ],
)
def test_what_a_cell_of_a_workbook_shows(value: object, shape: str, text: str) -> None:
    assert value_to_text(value, shape) == text


def test_a_note_in_the_last_row(tmp_path: Path) -> None:
    noted = (
        "<p>支出决算表</p><p>单位：元</p><table><tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出"
        "<tr><td>213<td>农林水支出<td>3<td>1<td>2<tr><td colspan=5>注：本表金额取整，2022年数不可比。</table>"
    )
    table = read(tmp_path, WHOLE, noted).tables[1]
    assert table.note == "注：本表金额取整，2022年数不可比。"
    assert rows(table) == [("213", "农林水支出", ["3", "1", "2"])]


def test_two_tables_with_the_same_header_stay_two(tmp_path: Path) -> None:
    head = "<tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出"
    two = f"<p>支出决算表</p><p>单位：元</p><table>{head}<tr><td>213<td>农林水支出<td>3<td>1<td>2</table>" + (
        f"<table>{head}<tr><td>214<td>交通运输支出<td>5<td>5<td></table>"
    )
    assert [len(table.rows) for table in read(tmp_path, WHOLE, two).tables[1:]] == [1, 1]


def test_an_evaluation_of_named_texts(tmp_path: Path) -> None:
    page = (
        "<p>绩效评价结果信息表</p><table><tr><td>项目名称<td>河道整治<tr><td>预算金额<td>1,000.50 万元<tr><td>评价分值<td>86.5"
        "<tr><td>存在问题<td>进度滞后。<br>资料不全。</table>"
    )
    table = read(tmp_path, WHOLE, page).tables[1]
    assert (table.kind, table.texts[0].name, table.texts[0].text) == ("performance", "项目名称", "河道整治")
    facts = {(f.item, f.measure): (f.value, f.unit) for f in table_to_facts("r", 2023, table)}
    assert facts["预算金额", "budget"] == (Decimal("1000.50"), "万元")
    assert facts["评价分值", "score"] == (Decimal("86.5"), "分")
    assert table.texts[-1].text == "进度滞后。资料不全。"


def test_a_summary_of_three_panels(tmp_path: Path) -> None:
    """支出 stands there by function and by kind, each side with its own total."""
    summary = (
        "<p>收支总表</p><p>单位：元</p><table><tr><td colspan=2>收入<td colspan=4>支出"
        "<tr><td>项目<td>本年预算<td>项目（按功能分类）<td>本年预算<td>项目（按支出性质）<td>本年预算"
        "<tr><td>一、一般公共预算拨款收入<td>7.00<td>（一）卫生健康支出<td>3.00<td>一、基本支出<td>5.00"
        "<tr><td>经费拨款<td>6.00<td>（二）农林水支出<td>5.00<td>人员经费<td>4.00"
        "<tr><td>非税收入拨款<td>1.00<td><td><td>公用经费<td>1.00"
        "<tr><td>二、其他收入<td>1.00<td><td><td>二、项目支出<td>3.00"
        "<tr><td>本年收入合计<td>8.00<td>本年支出合计<td>8.00<td>本年支出合计<td>8.00"
        "<tr><td>收入总计<td>8.00<td>支出总计<td>8.00<td>支出总计<td>8.00</table>"
    )
    table = read(tmp_path, summary).tables[0]
    assert table.proof.status == "proved"
    found = {f.item: (f.panel, f.parents[0]) for f in table_to_facts("r", 2023, table) if f.parents}
    assert found["农林水支出"] == ("expenditure", "本年支出合计")
    assert found["公用经费"] == ("expenditure", "基本支出")
    assert found["项目支出"] == ("expenditure", "本年支出合计")
    assert found["经费拨款"] == ("income", "一般公共预算拨款收入")
