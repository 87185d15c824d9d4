"""Workbooks of the old format: what they show, what is hidden, and files that only look like one."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from corpus.document import Table
from corpus.errors import DamagedFile, Encrypted, OldWord, UnreadableReport, UnsupportedFormat
from corpus.readers import read_report
from corpus.readers.old_excel import bytes_to_source
from corpus.sandbox import read_within_limits
from tests.corpus import rendering
from tests.corpus.synthetic import make_accounts

COVER = "某市水务局2020年度部门决算"
HEAD = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
ROWS = (("", "合计", 300.5, 100.25, 200.25), ("201", "一般公共服务支出", 300.5, 100.25, 200.25))


def container(workbook: bytes, name: str = "Workbook") -> bytes:
    """An Office container with one stream of that name."""
    out = io.BytesIO()
    XlsDoc().save(out, workbook)
    data = bytearray(out.getvalue())
    at = data.index("Workbook".encode("utf-16-le"))
    data[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\x00")
    data[at + 64 : at + 66] = struct.pack("<H", 2 * len(name) + 2)
    return bytes(data)


def report(path: Path) -> Path:
    accounts, style = make_accounts(1)
    rendering.to_xls(path, accounts, style)
    return path


def xls_with_hidden(path: Path) -> None:
    """A hidden sheet; a column of keys and a row of another year that are hidden, the title merged over all of it."""
    book = xlwt.Workbook()
    book.add_sheet("封面").write(0, 0, COVER)
    page = book.add_sheet("支出")
    page.write_merge(0, 0, 0, 5, "2020年度支出决算表")
    page.write(1, 5, "单位：万元")
    for row, values in enumerate((HEAD, *ROWS[:1], ("", "上年合计", 9.5, 9.5, 0), *ROWS[1:]), start=2):
        page.write(row, 0, f"K-{row}.07")
        for column, value in enumerate(values, start=1):
            page.write(row, column, value)
    page.col(0).hidden = True
    page.row(4).hidden = True
    keys = book.add_sheet("内部")
    keys.write(0, 0, 123.45)
    keys.visibility = 1
    book.save(str(path))


def xlsx_with_hidden(path: Path) -> None:
    """The same as a workbook of the present format."""
    book = openpyxl.Workbook()
    book.active.append([COVER])
    page = book.create_sheet("支出")
    page["A1"] = "2020年度支出决算表"
    page.merge_cells("A1:F1")
    page["F2"] = "单位：万元"
    for row, values in enumerate((HEAD, *ROWS[:1], ("", "上年合计", 9.5, 9.5, 0), *ROWS[1:]), start=3):
        for column, value in enumerate((f"K-{row}.07", *values), start=1):
            page.cell(row, column, value or None)
    page.column_dimensions["A"].hidden = True
    page.row_dimensions[5].hidden = True
    keys = book.create_sheet("内部")
    keys["A1"] = 123.45
    keys.sheet_state = "hidden"
    book.save(path)


def figures(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row.index] for row in table.rows]


@pytest.mark.parametrize(("make", "name"), [(xls_with_hidden, "a.xls"), (xlsx_with_hidden, "a.xlsx")])
def test_what_is_hidden_is_not_printed(tmp_path: Path, make: object, name: str) -> None:
    make(tmp_path / name)  # type: ignore[operator]
    document = read_report(tmp_path / name)
    (table,) = document.tables
    assert (table.title, table.unit) == ("2020年度支出决算表", "万元")
    assert [(row.code, row.label) for row in table.rows] == [("", "合计"), ("201", "一般公共服务支出")]
    assert figures(table) == [["300.5", "100.25", "200.25"]] * 2
    text = "\n".join(line.text for line in document.lines)
    assert "K-" not in text and "上年" not in text and "123.45" not in text


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    shown = [
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "General", "1234.5"),
        (2010301.0, "General", "2010301"),
        (201.0, "0000000", "0000201"),
        (0.9132, "0.00%", "91.32%"),
        (-12.345, "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-12.35"),
        (0.1 + 0.2, "General", "0.3"),
        ("1,234.50", "@", "1,234.50"),
        (True, "General", "TRUE"),
        (None, "0.00", ""),
    ]
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for row, (value, look, _) in enumerate(shown):
        page.write(row, 0, "项目")
        page.write(row, 1, value, xlwt.easyxf(num_format_str=look))
    out = io.BytesIO()
    book.save(out)
    source = bytes_to_source(tmp_path / "a.xls", out.getvalue())
    assert [cell.text for cell in source.grids[0].cells if cell.column == 1] == [text for *_, text in shown]


@pytest.mark.parametrize("name", ["report.txt", "report.xlsx", "report"])
def test_the_content_counts_and_the_sandbox_reads_it(tmp_path: Path, name: str) -> None:
    whole = report(tmp_path / "whole.xls")
    path = tmp_path / name
    path.write_bytes(whole.read_bytes())
    assert read_within_limits(path).tables == read_report(whole).tables


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_cut_off(tmp_path: Path, share: float) -> None:
    data = report(tmp_path / "whole.xls").read_bytes()
    path = tmp_path / "cut.xls"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises((DamagedFile, UnsupportedFormat)) as caught:
        read_report(path)
    assert "请" in str(caught.value)


def test_locked(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "某市水务局2020年度部门决算")
    stream = book.get_biff_data()
    size = 4 + struct.unpack("<H", stream[2:4])[0]
    key = struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678)  # the record that says: by a password
    path = tmp_path / "locked.xls"
    path.write_bytes(container(stream[:size] + key + stream[size:]))
    with pytest.raises(Encrypted, match="请"):
        read_report(path)


@pytest.mark.parametrize("inside", ["", "Workbook"])
def test_an_old_word_document_is_refused_by_name(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "report.doc"
    path.write_bytes(container(bytes(5000), "WordDocument") + inside.encode("utf-16-le"))
    with pytest.raises(OldWord, match=r"\.doc.*另存为 \.docx"):
        read_report(path)


def test_formatting_far_below_the_table_is_no_table(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("封面").write(0, 0, COVER)
    page = book.add_sheet("支出")
    for row, values in enumerate((["支出决算表"], ["单位：元"], HEAD, *ROWS)):
        for column, value in enumerate(values):
            page.write(row, column, value)
    page.write(65000, 250, None, xlwt.easyxf("pattern: pattern solid, fore_colour yellow"))
    book.save(str(tmp_path / "a.xls"))
    (table,) = read_within_limits(tmp_path / "a.xls").tables
    assert figures(table) == [["300.5", "100.25", "200.25"]] * 2


def test_a_zip_called_xls(tmp_path: Path) -> None:
    path = tmp_path / "report.xls"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "决算")
    with pytest.raises(UnsupportedFormat, match="压缩文件"):
        read_report(path)


def test_damaged_bytes_are_read_or_refused(tmp_path: Path) -> None:
    whole = report(tmp_path / "whole.xls").read_bytes()
    rng = random.Random(7)
    path = tmp_path / "damaged.xls"
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(rng.choice([1, 5, 50])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path.write_bytes(bytes(data))
        try:
            read_report(path)
        except UnreadableReport as error:
            assert "请" in str(error)
