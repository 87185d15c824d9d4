"""Every number of the file is the value of a fact or belongs to a named class; none is left over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cells import table_to_facts
from corpus.completeness import TokenReport, document_to_token_report
from corpus.document import Document
from corpus.facts import Fact
from corpus.numerals import parse_number, text_to_numbers, unit_after
from corpus.readers import read_report
from corpus.statements import paragraphs_to_facts

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"


@pytest.fixture(scope="module")
def report() -> Document:
    return read_report(REPORT)


@pytest.fixture(scope="module")
def facts(report: Document) -> tuple[Fact, ...]:
    cells = [fact for table in report.tables for fact in table_to_facts(report.id, report.year, table)]
    return (*cells, *paragraphs_to_facts(report))


@pytest.fixture(scope="module")
def tokens(report: Document, facts: tuple[Fact, ...]) -> TokenReport:
    return document_to_token_report(report, facts)


def test_no_number_is_left_over(tokens: TokenReport) -> None:
    assert tokens.left_over() == ()


def test_all_digits_of_the_file_are_in_a_token(report: Document, tokens: TokenReport) -> None:
    digits = sum(char.isdigit() for line in report.lines for char in line.text)
    assert digits == sum(char.isdigit() for token in tokens.tokens for char in token.text)


def test_what_is_no_figure_by_eye(tokens: TokenReport) -> None:
    counts = tokens.counts()
    # 〔2008〕17 号; 2016 年 12 月 31 日; 50 / 100 万元以上; “5+2 天“; 1、 to 9、 1、 to 4、 1、 to 3、
    assert counts["document number"] == 2
    assert counts["date"] == 3
    assert counts["threshold"] == 2
    assert counts["quoted name"] == 2
    assert counts["ordinal"] == 16
    assert [t.line for t in tokens.tokens if t.kind == "threshold"] == [962, 964]
    assert all(t.line == 985 for t in tokens.tokens if t.kind == "quoted name")
    assert all(len(t.text) == 4 and t.text.startswith("20") for t in tokens.tokens if t.kind == "year")
    assert not any("." in t.text or "," in t.text for t in tokens.tokens if t.kind != "fact")


def test_each_figure_needs_its_own_fact(report: Document, facts: tuple[Fact, ...]) -> None:
    """The count is no accident of equal values: without one fact exactly its figures are left over."""
    shared = {(f.line, f.start) for f in facts if [(g.line, g.start) for g in facts].count((f.line, f.start)) > 1}
    for gone in [f for f in facts if f.value is not None and (f.line, f.start) not in shared][::12]:
        left = document_to_token_report(report, [f for f in facts if f.id != gone.id]).left_over()
        assert [(t.line, abs(parse_number(t.text))) for t in left] == [(gone.line, abs(gone.value or Decimal(0)))]


def test_a_fact_in_the_wrong_place_covers_nothing(report: Document, facts: tuple[Fact, ...]) -> None:
    moved = [replace(f, line=f.line + 2) if f.source == "sentence" and f.line == 774 else f for f in facts]
    assert [t.line for t in document_to_token_report(report, moved).left_over()] == [774, 774]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入 15,666.39 万元", [("15,666.39", "")]),
        ("减少了１，２３４．５万元", [("１，２３４．５", "")]),
        ("为-3.2%", [("-3.2", "")]),
        ("2016-2018年", [("2016", "year"), ("2018", "year")]),
        ("（财预〔2016〕143号）", [("2016", "document number"), ("143", "document number")]),
        ("2017年8月5日公开", [("2017", "date"), ("8", "date"), ("5", "date")]),
        ("1、会议费2万元；2、差旅费3.0万元", [("1", "ordinal"), ("2", ""), ("2", "ordinal"), ("3.0", "")]),
        ("单价50万元（含）以上设备 2 台", [("50", "threshold"), ("2", "")]),
        ("“十三五”和“2030规划”", [("2030", "quoted name")]),
        ("7个月 14 人次", [("7", ""), ("14", "")]),
        ("一二三", []),
    ],
)
def test_tokens_and_their_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(n.text, n.kind) for n in text_to_numbers(text)] == expected


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_printed_amounts_come_back_exactly(value: Decimal) -> None:
    printed = f"支出{value:,}万元"
    (number,) = text_to_numbers(printed)
    assert number.value == value and format(number.value, "f") == format(value, "f")
    assert unit_after(printed, number.end) == ("万元", len(printed))


@given(st.text(alphabet="0123456789０９,.，、年月日号（）〔〕“” 万元%-一以上", max_size=40))
def test_any_text_is_scanned_without_failing(text: str) -> None:
    numbers = text_to_numbers(text)
    assert all(text[n.start : n.end] == n.text for n in numbers)
    covered = sum(char.isdigit() for n in numbers for char in n.text)
    assert covered == sum(char in "0123456789０９" for char in text)
