"""Real reports of other departments, cell by cell against what was keyed from their page images."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache

import pytest

from corpus.checks import check
from corpus.completeness import document_to_token_report
from corpus.contents import document_to_facts
from corpus.document import Document, Table
from corpus.facts import Fact
from corpus.numerals import text_to_numbers
from tests.corpus.more_reports import (
    BUDGET,
    FINALS,
    MORE,
    NO_TABLES,
    TRUTH,
    WITH_TABLES,
    TrueCell,
    read_more,
    true_tables,
)


@cache
def _facts(name: str) -> tuple[Fact, ...]:
    return document_to_facts(read_more(name))


def _read_cells(table: Table) -> dict[tuple[str, str, str, int, str], tuple[str, str, Decimal | None]]:
    """Every cell read: (panel, code, name, which of that name, column) -> (text, state, value)."""
    seen: dict[tuple[str, str, str], int] = {}
    found = {}
    columns = {column.index: "›".join(column.path) for column in table.columns}
    for row in table.rows:
        key = (row.panel, row.code, row.label)
        seen[key] = seen.get(key, 0) + 1
        for cell in table.cells:
            if cell.row == row.index:
                found[*key, seen[key], columns[cell.column]] = (cell.text, cell.state, cell.value)
    return found


def _expected(cell: TrueCell) -> tuple[str, str, Decimal | None]:
    if not cell.text:
        return "", "blank", None
    value = Decimal(cell.text.replace(",", ""))
    return cell.text, "zero" if value == 0 else "number", value


@pytest.mark.parametrize("name", WITH_TABLES)
def test_every_cell_is_as_printed(name: str) -> None:
    document, truth = read_more(name), true_tables(name)
    tables = [table for table in document.tables if table.kind != "other"]
    assert [(t.kind, t.title, t.unit) for t in tables] == [(t.kind, t.title, t.unit) for t in truth]
    for table, true in zip(tables, truth, strict=True):
        expected = {(c.panel, c.code, c.name, c.occurrence, c.column): _expected(c) for c in true.cells}
        assert _read_cells(table) == expected, table.title


def test_how_many_cells_were_keyed() -> None:
    counted = {name: [cell for table in true_tables(name) for cell in table.cells] for name in WITH_TABLES}
    figures = {name: sum(bool(cell.text) for cell in cells) for name, cells in counted.items()}
    assert {name: len(cells) for name, cells in counted.items()} == {FINALS[0]: 577, FINALS[1]: 648, BUDGET: 499}
    assert figures == {FINALS[0]: 195, FINALS[1]: 308, BUDGET: 287}


@pytest.mark.parametrize("name", WITH_TABLES)
def test_every_table_with_figures_is_proved(name: str) -> None:
    for table in read_more(name).tables:
        assert table.proof.status in ("proved", "empty"), f"{table.title}: {table.proof.reason}"


@pytest.mark.parametrize("name", MORE)
def test_no_number_is_left_over(name: str) -> None:
    report = document_to_token_report(read_more(name), _facts(name))
    assert report.tokens and not report.left_over()


@pytest.mark.parametrize("name", FINALS)
def test_every_figure_in_a_sentence(name: str) -> None:
    with (TRUTH / f"{name}-sentences.csv").open(encoding="utf-8", newline="") as file:
        expected = [(item, measure, Decimal(figure), unit) for item, measure, figure, unit in csv.reader(file)]
    said = [(f.item, f.measure, f.value, f.unit) for f in _facts(name) if f.source == "sentence"]
    assert said == expected


def _plain(item: str) -> str:
    return re.sub(r"[（(][类款项][）)]|、|支出预算支出|预算支出|项目总预算|合计|总计|经费|预算|支出", "", item)


@cache
def _unmatched(name: str) -> tuple[int, list[tuple[str, ...]]]:
    """How many figures of sentences were keyed, and those no sentence's fact of their page bears out."""
    said = [f for f in _facts(name) if f.source == "sentence"]
    with (TRUTH / f"{name}-sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)]
    left = []
    for page, item, measure, figure, unit in rows:
        key, wanted = (int(page), measure, Decimal(figure), unit), _plain(item)
        if not any(
            (f.page, f.measure, f.value, f.unit) == key and (wanted in _plain(f.item) or _plain(f.item) in wanted)
            for f in said
        ):
            left.append((page, item, measure, figure, unit))
    return len(rows), left


# Events counted in prose, whose names the reader of sentences cuts short or leaves (「集中视察2-3次」 is a range), and
# the least price of what counts as large equipment. No amount, change, rate or share is among them.
UNREAD = {BUDGET: 2, NO_TABLES: 17}


@pytest.mark.parametrize(("name", "keyed"), [(BUDGET, 90), (NO_TABLES, 152)])
def test_every_figure_in_a_budgets_sentence(name: str, keyed: int) -> None:
    count, left = _unmatched(name)
    assert count == keyed
    assert not [row for row in left if row[2] in ("budget", "change", "change_rate", "share")]
    assert len(left) <= UNREAD[name], left


@pytest.mark.parametrize(
    ("name", "department", "year", "title"),
    [
        (FINALS[0], "上海市普陀区财政局", 2024, "上海市普陀区财政局2024年度部门决算"),
        (FINALS[1], "上海市普陀区规划和自然资源局", 2024, "上海市普陀区规划和自然资源局2024年度部门决算"),
        (BUDGET, "上海市普陀区商务委员会", 2025, "上海市普陀区2025年区级部门预算"),
        (NO_TABLES, "江苏省政协办公厅", 2018, "江苏省政协办公厅2018年度部门预算公开"),
    ],
)
def test_department_and_year(name: str, department: str, year: int, title: str) -> None:
    document = read_more(name)
    assert (document.department, document.year, document.title) == (department, year, title)


@pytest.mark.parametrize("name", MORE)
def test_each_fact_stands_where_it_says(name: str) -> None:
    document: Document = read_more(name)
    lines = {line.number: line for line in document.lines}
    for fact in _facts(name):
        assert lines[fact.line].page == fact.page
        if fact.start >= 0:
            printed = text_to_numbers(fact.text[fact.start :])[0]
            assert (printed.start, abs(printed.value)) == (0, abs(fact.value or 0)), fact
            assert fact.source == "sentence" or fact.text == lines[fact.line].text.strip()


def test_what_the_reports_say_against_themselves() -> None:
    found = {}
    for name in FINALS:
        claims = check(read_more(name).tables, _facts(name))
        found[name] = {
            (c.printed, c.computed) for c in claims if c.severity == "substantive" and c.kind == "table_and_text"
        }
    assert found == {
        FINALS[0]: {(Decimal("0.3"), Decimal("2961.68"))},  # 财政拨款收入支出总计
        FINALS[1]: {
            (Decimal("5377.64"), Decimal("5364.75")),  # 基本支出
            (Decimal("4896.98"), Decimal("4884.09")),  # 人员经费
        },
    }
