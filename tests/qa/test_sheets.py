"""Exports: blanks stay blank, digits stay as printed, nothing runs as a formula; from the command line, both formats."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qa.sheets import Sheet
from qa.spreadsheets import defused, sheet_to_csv, sheet_to_csv_bytes, sheets_to_xlsx
from tests.qa.test_cli_real import qa

NASTY = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("http://x")')


def rows_of(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_csv_keeps_digits_and_blanks_and_defuses_texts() -> None:
    sheet = Sheet(
        "x", ("名", "数"), (('a,"b"\n次行', Decimal("15666.80")), ("", None), ("-36.18 万元", Decimal("-36.18")))
    )
    text = sheet_to_csv(sheet)
    assert text.startswith("\ufeff") and "\r\n" in text
    assert list(csv.reader(io.StringIO(text[1:], newline="")))[1:] == [
        ["a,\"b\"\n次行", "15666.80"], ["", ""], ["'-36.18 万元", "-36.18"],
    ]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_a_formula_is_only_text(text: str) -> None:
    assert defused(text) == "'" + text
    page = load_workbook(io.BytesIO(sheets_to_xlsx((Sheet("x", ("a",), ((text,),)),)))).active
    assert page is not None and page["A2"].data_type in ("s", "inlineStr") and page["A2"].value.strip() == text.strip()
    book = zipfile.ZipFile(io.BytesIO(sheets_to_xlsx((Sheet("x", ("a",), ((text,),)),))))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode("utf-8")


def test_xlsx_keeps_digits_and_blanks() -> None:
    raw = sheets_to_xlsx(
        (Sheet("表[1]/x", ("a", "b", "c"), ((Decimal("15666.80"), None, ""), (Decimal(0), 7, "\x00字\ud800"))),)
    )
    page = load_workbook(io.BytesIO(raw)).active
    assert page is not None and page.title == "表 1  x"
    assert (page["A2"].number_format, page["B2"].value, page["C2"].value) == ("0.00", None, None)
    assert (page["A3"].value, page["B3"].value, page["C3"].value) == (0, 7, "字")
    inside = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "<v>15666.8</v>" in inside  # shown as 15666.80 by its format


def test_a_lone_surrogate_can_be_saved() -> None:
    assert b"?" in sheet_to_csv_bytes(Sheet("x", ("a",), (("\ud800",),)))


def test_all_facts_as_csv_agree_with_the_fixed_form(built_index: Path) -> None:
    exported = rows_of(qa("export", "facts", data=built_index).stdout)
    fixed = [json.loads(line) for line in qa("facts", "--format", "jsonl", data=built_index).stdout.splitlines()]
    assert len(exported) == len(fixed) + 1
    at = {name: i for i, name in enumerate(exported[0])}
    for row, fact in zip(exported[1:], fixed, strict=True):
        assert row[at["value"]] == (fact["value"] or "") and row[at["line"]] == str(fact["line"])
        assert (row[at["value"]] == "") == (fact["state"] == "blank")


def test_findings_and_the_year_before(built_index: Path) -> None:
    header, *rows = rows_of(qa("export", "findings", data=built_index).stdout)
    assert len(rows) == 23 and rows[0][header.index("相差")] == "1000.01"
    assert (
        "推测" in header[header.index("推测（不是结论）")] and "2,093.97" in rows[0][header.index("推测（不是结论）")]
    )
    header, *rows = rows_of(qa("export", "prior", data=built_index).stdout)
    three = [row for row in rows if row[1] == "“三公”经费财政拨款支出"]
    assert [(row[5], row[6], row[7]) for row in three] == [
        ("130.45", "130.4400", "130.4600"),
        ("", "130.4308", "130.5140"),
    ]


def test_a_table_and_an_answer(built_index: Path, tmp_path: Path) -> None:
    header, row = rows_of(qa("export", "tables", "--table", "three_public", data=built_index).stdout)
    assert row[2:] == "142.46 94.27 70.60 59.26 24.50 9.65 - - 24.50 9.65 47.36 25.37 716.91".replace("-", "").split(
        " "
    )
    header, *rows = rows_of(qa("export", "answer", "2015年三公经费是多少？", data=built_index).stdout)
    assert rows[0][header.index("数值")] == "130.45" and "94.27 万元" in rows[0][header.index("算式")]
    out = tmp_path / "all.xlsx"
    done = qa("export", "tables", "-o", str(out), data=built_index)
    book = load_workbook(out)
    assert done.returncode == 0 and len(book.sheetnames) == 10 and "三公" in str(book["three_public"]["C1"].value)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["export", "tables"], 2, "10 张"),
        (["export", "tables", "--table", "no"], 2, "three_public"),
        (["export", "facts", "问题"], 2, "export"),
        (["export", "answer"], 2, "export"),
        (["export", "facts", "-o", "a.pdf"], 2, ".xlsx"),
        (["export", "facts", "-o", "no-such-folder/a.csv"], 1, "无法写入"),
    ],
)
def test_wrong_calls_are_named(built_index: Path, arguments: list[str], status: int, words: str) -> None:
    done = qa(*arguments, data=built_index)
    said = done.stderr.decode("utf-8")
    assert done.returncode == status and words in said and "Traceback" not in said
    assert not re.search(r"\S", done.stdout.decode("utf-8"))
