"""Tables in copies whose digits, rows, names or wrapping are changed: every other cell must read as before."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.document import Line, Table
from corpus.layouts import TableRegion, lines_to_regions, region_to_table
from corpus.readers.text import text_to_lines
from tests.corpus.test_layouts import REPORT, read_tables, shipped

FIGURE = re.compile(r"(?<![\d.])\d[\d,]*\.\d+(?!\d)")
CODED = ["income", "expenditure", "general_expenditure", "basic_expenditure"]
PANELS = ["income_expenditure_summary", "appropriation_summary"]
Cells = dict[tuple[str, str, str, int], Decimal | None]


def source() -> str:
    return REPORT.read_text(encoding="utf-8")


def region(name: str) -> TableRegion:
    return next(r for r in lines_to_regions(text_to_lines(source())) if r.id == name)


def cells(table: Table) -> Cells:
    rows = table.rows
    return {(rows[c.row].code, rows[c.row].panel, rows[c.row].label, c.column): c.value for c in table.cells}


def reread(name: str, lines: list[Line]) -> Table:
    return region_to_table(replace(region(name), lines=tuple(lines)), ())


def row_lines(name: str) -> list[list[Line]]:
    """The printed lines of each row of a coded table, after those of its header."""
    lines = region(name).lines
    starts = [row.line for row in shipped()[name].rows]
    ends = [*starts[1:], lines[-1].number + 1]
    head = [line for line in lines if line.number < starts[0]]
    return [head, *([x for x in lines if a <= x.number < b] for a, b in zip(starts, ends, strict=True))]


def changed_digits(name: str) -> Iterator[tuple[str, str, list[Line]]]:
    chance = random.Random(name)
    lines = region(name).lines
    for at, line in enumerate(lines):
        for match in FIGURE.finditer(line.text):
            old = match.group()
            where = chance.choice([i for i, char in enumerate(old) if char.isdigit()])
            digit = chance.choice([d for d in "123456789" if d != old[where]])
            new = old[:where] + digit + old[where + 1 :]
            text = line.text[: match.start()] + new + line.text[match.end() :]
            yield old, new, [*lines[:at], replace(line, text=text), *lines[at + 1 :]]


@pytest.mark.parametrize("name", [*CODED, *PANELS, "three_public"])
def test_a_changed_digit_changes_one_cell(name: str) -> None:
    before = cells(shipped()[name])
    for old, new, lines in changed_digits(name):
        after = cells(reread(name, lines))
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        assert [after.get(key) for key in changed] == [Decimal(new.replace(",", ""))], (old, new)


@pytest.mark.parametrize("name", CODED)
def test_a_large_change_is_not_proved(name: str) -> None:
    row = next(row for row in shipped()[name].rows if row.level == 0)
    lines = [
        replace(line, text=line.text.replace("15,666", "25,666").replace("1,865", "2,865"))
        if line.number == row.line
        else line
        for line in region(name).lines
    ]
    proof = reread(name, lines).proof
    assert proof.status == "unproved"
    assert "合计" in proof.reason


@pytest.mark.parametrize("name", CODED)
def test_a_dropped_row_leaves_the_others_as_they_were(name: str) -> None:
    before = cells(shipped()[name])
    head, *rows = row_lines(name)
    for at, row in enumerate(shipped()[name].rows):
        kept = [line for other, chunk in enumerate(rows) if other != at for line in chunk]
        expected = {key: value for key, value in before.items() if key[:3] != (row.code, row.panel, row.label)}
        assert cells(reread(name, [*head, *kept])) == expected, row


@pytest.mark.parametrize("name", CODED)
def test_reordered_rows_keep_their_figures_and_parents(name: str) -> None:
    head, *rows = row_lines(name)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        table = reread(name, [*head, *(line for row in rows for line in row)])
        assert cells(table) == cells(shipped()[name])
        assert table.proof.status == "proved"


def test_rows_with_two_halves_can_be_dropped_and_renamed() -> None:
    text = (
        source()
        .replace("三、事业收入   四、公共安全支出   \n", "")
        .replace("八、社会保障和就业支出  94.14 ", "八、社保事务  94.14 ")
    )
    table = read_tables(text)["income_expenditure_summary"]
    before = cells(shipped()["income_expenditure_summary"])
    gone = ("三、事业收入", "四、公共安全支出")
    expected = {
        (*key[:2], key[2].replace("八、社会保障和就业支出", "八、社保事务"), key[3]): value
        for key, value in before.items()
    }
    assert cells(table) == {key: value for key, value in expected.items() if key[2] not in gone}
    assert table.proof.status == "proved"


@pytest.mark.parametrize("name", [*CODED, *PANELS, "three_public"])
def test_lost_line_ends_and_blank_lines_change_nothing(name: str) -> None:
    for text in (
        "\n".join(line.rstrip() for line in source().split("\n")),
        "\n".join(line for line in source().split("\n") if line),
    ):
        table = read_tables(text)[name]
        assert cells(table) == cells(shipped()[name])
        assert table.proof.status == shipped()[name].proof.status


def test_names_may_wrap_anywhere() -> None:
    text = source()
    one_line = text.replace(
        "201 03   \n政府办公厅（室）及相关机\n\n构事务 \n15", "201 03   政府办公厅（室）及相关机构事务 15"
    )
    wrapped = text.replace(
        "208 05   行政事业单位离退休 94.14 94.14   \n", "208 05   \n行政事业\n\n单位离退休 \n94.14 94.14   \n"
    )
    above = text.replace(
        "208 05   行政事业单位离退休 94.14 94.14   \n", "行政事业单位\n208 05   94.14 94.14   \n离退休 \n"
    )
    for copy in (one_line, wrapped, above):
        assert copy != text
        assert cells(read_tables(copy)["general_expenditure"]) == cells(shipped()["general_expenditure"])


def test_renamed_rows_and_columns() -> None:
    text = source().replace("行政运行", "日常运转").replace("人员经费 公用经费", "人头经费 日常经费")
    tables = read_tables(text)
    assert [column.path[-1] for column in tables["basic_expenditure"].columns] == ["合计", "人头经费", "日常经费"]
    old = cells(shipped()["expenditure"])
    renamed = {(*key[:2], key[2].replace("行政运行", "日常运转"), key[3]): value for key, value in old.items()}
    assert cells(tables["expenditure"]) == renamed
    assert all(tables[name].proof.status == "proved" for name in CODED)


def test_another_department_and_year_with_a_wrapped_title() -> None:
    text = source().replace("2016", "2021").replace("上海市口岸服务办公室", "某县林业局")
    text = text.replace("机关运行经费支出决算表 ", "机关运行经费支出\n\n决算表 ")
    tables = read_tables(text)
    assert list(tables) == list(shipped())
    assert tables["three_public"].title == "2021 年度一般公共预算财政拨款“三公”经费及机关运行经费支出决算表"
    assert all(cells(tables[name]) == cells(shipped()[name]) for name in tables)


def test_contents_lines_and_mentions_are_not_tables() -> None:
    text = "一、收入决算表\n\n二、2016 年度支出决算表\n\n详见《绩效评价结果信息表》。\n\n"
    text += "2016 年度收入决算表\n\n第三部分 说明\n"
    assert lines_to_regions(text_to_lines(text)) == ()


def test_a_fund_table_with_figures_and_a_blank_total() -> None:
    text = source().replace(
        "注：上海市口岸服务办公室 2016 年度无政府性基金预算财政拨款支出，故本表无数据。",
        "      合  计 30.00   30.00 \n\n212     城乡社区支出 30.00   30.00 \n\n"
        "212 08   国有土地使用权出让收入安排的支出 30.00   30.00 \n\n212 08 99 其他支出 30.00   30.00 ",
    )
    table = read_tables(text)["fund_expenditure"]
    assert [cell.value for cell in table.cells] == [Decimal("30.00"), None, Decimal("30.00")] * 4
    assert table.proof.status == "proved"


def test_an_unknown_table_is_read_but_not_proved() -> None:
    text = "2016 年度国有资产占用情况表 \n\n单位：万元 \n\n项目 数量 金额 \n\n车辆 3 45.00 \n\n设备 1 120.50 \n"
    (table,) = read_tables(text).values()
    assert (table.kind, table.proof.status) == ("other", "unproved")
    assert [row.label for row in table.rows] == ["车辆", "设备"]
    assert [cell.value for cell in table.cells] == [Decimal("3"), Decimal("45.00"), Decimal("1"), Decimal("120.50")]
