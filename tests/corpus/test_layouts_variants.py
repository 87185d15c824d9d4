"""The same tables as the national template prints them, and text that is damaged: read or refused, never a crash."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.cells import table_to_facts
from corpus.document import Table
from tests.corpus.test_layouts import REPORT, ROOT, read_tables, row_values

NATIONAL = ROOT / "tests" / "corpus" / "data" / "national-template.txt"


@pytest.fixture(scope="module")
def national() -> dict[str, Table]:
    return read_tables(NATIONAL.read_text(encoding="utf-8"))


def test_every_national_table_is_found_and_proved(national: dict[str, Table]) -> None:
    assert [(t.kind, t.proof.status, t.unit) for t in national.values()] == [
        ("income_expenditure_summary", "proved", "万元"),
        ("income", "proved", "万元"),
        ("three_public", "proved", "万元"),
    ]


def test_row_numbers_are_no_figures(national: dict[str, Table]) -> None:
    table = national["income_expenditure_summary"]
    values = {(row.panel, row.label): row_values(table, row.index) for row in table.rows}
    assert values["income", "三、其他收入"] == [Decimal("5.00")]
    assert values["expenditure", "三、教育支出"] == [Decimal("22.00")]
    assert values["income", "使用非财政拨款结余"] == [None]
    assert values["expenditure", "总计"] == [Decimal("112.00")]


def test_codes_in_one_piece(national: dict[str, Table]) -> None:
    table = national["income"]
    assert [row.code for row in table.rows] == ["", "201", "20103", "2010301", "205", "20502", "2050201"]
    assert row_values(table, 3) == [Decimal("83.00"), Decimal("80.00"), None, None, None, None, Decimal("3.00")]


def test_budgets_and_finals_in_two_groups(national: dict[str, Table]) -> None:
    facts = table_to_facts("n", 2018, national["three_public"])
    values = {(fact.item, fact.measure): fact.value for fact in facts}
    assert values["公务用车运行费", "budget"] == Decimal("12.00")
    assert values["公务用车购置费", "budget"] is None
    assert values["因公出国（境）费", "final"] == Decimal("9.00")
    assert values["公务接待费", "final"] == Decimal("5.00")
    assert {fact.period for fact in facts} == {"2018"}


NOISE = ["", "1.00 ", "一、", "合计 ", "201 ", "\t", "😀", "-"]
LINES = REPORT.read_text(encoding="utf-8").split("\n")[100:640]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, len(LINES)))
def test_a_report_cut_off_anywhere_is_read_as_far_as_it_goes(length: int) -> None:
    for table in read_tables("\n".join(LINES[:length])).values():
        table_to_facts("r", 2016, table)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from(NOISE)),
        min_size=1,
        max_size=12,
    )
)
def test_damaged_lines_never_crash_and_never_invent_figures(damage: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for at, text in damage:
        lines[at] = text + lines[at][len(lines[at]) // 2 :]
    for table in read_tables("\n".join(lines)).values():
        for cell in table.cells:
            if cell.state != "blank":
                assert table.rows[cell.row].text[cell.start :].startswith(cell.text.split(" ")[0])
