"""The tables of the shipped report against truth keyed in by eye (tests/corpus/data/tables.txt)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from corpus.document import Table
from corpus.layouts import lines_to_regions, region_to_table
from corpus.readers.text import text_to_lines

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "corpus" / "reports" / "shanghai-port-office-2016.txt"
TRUTH = ROOT / "tests" / "corpus" / "data" / "tables.txt"
PANELS = {"<": "income", ">": "expenditure"}


@dataclass(frozen=True)
class TrueRow:
    line: int
    code: str
    panel: str
    label: str
    cells: tuple[tuple[Decimal | None, int], ...]  # value, line


@cache
def truth() -> dict[str, tuple[str, tuple[TrueRow, ...]]]:
    tables: dict[str, tuple[str, tuple[TrueRow, ...]]] = {}
    name = ""
    for raw in TRUTH.read_text(encoding="utf-8").splitlines():
        parts = [part.strip() for part in raw.split("|")]
        if raw.startswith("=="):
            name = parts[0].removeprefix("==").strip()
            tables[name] = (parts[1], ())
        elif raw and not raw.startswith("#"):
            status, rows = tables[name]
            code = "" if parts[1] in PANELS else parts[1]
            cells = tuple(_cell(cell, int(parts[0])) for cell in parts[3].split())
            tables[name] = (status, (*rows, TrueRow(int(parts[0]), code, PANELS.get(parts[1], ""), parts[2], cells)))
    return tables


def _cell(text: str, line: int) -> tuple[Decimal | None, int]:
    value, _, at = text.partition("@")
    return (None if value == "_" else Decimal(value)), int(at or line)


def read_tables(text: str) -> dict[str, Table]:
    return {r.id: region_to_table(r, ("第二部分",)) for r in lines_to_regions(text_to_lines(text))}


@cache
def shipped() -> dict[str, Table]:
    return read_tables(REPORT.read_text(encoding="utf-8"))


def row_values(table: Table, row: int) -> list[Decimal | None]:
    return [cell.value for cell in table.cells if cell.row == row]


def test_every_table_is_found_in_order() -> None:
    assert list(shipped()) == list(truth())


@pytest.mark.parametrize("name", list(truth()))
def test_rows(name: str) -> None:
    rows = [(row.line, row.code, row.panel, row.label) for row in shipped()[name].rows]
    assert rows == [(row.line, row.code, row.panel, row.label) for row in truth()[name][1]]


@pytest.mark.parametrize("name", list(truth()))
def test_every_cell_has_its_value_and_line(name: str) -> None:
    table = shipped()[name]
    for row, true in zip(table.rows, truth()[name][1], strict=True):
        cells = sorted((cell for cell in table.cells if cell.row == row.index), key=lambda cell: cell.column)
        assert [(cell.value, cell.line) for cell in cells] == list(true.cells), row


@pytest.mark.parametrize("name", list(truth()))
def test_cell_states_and_places_in_the_printed_text(name: str) -> None:
    for cell in shipped()[name].cells:
        assert cell.state == ("blank" if cell.value is None else "zero" if cell.value == 0 else "number")
        if cell.state != "blank":
            assert shipped()[name].rows[cell.row].text[cell.start :].startswith(cell.text)


def test_printed_zeros_are_not_blanks() -> None:
    zeros = [(t.id, t.rows[c.row].label, c.column) for t in shipped().values() for c in t.cells if c.state == "zero"]
    name = "年末财政拨款结转和结余"  # line 369
    assert zeros == [("appropriation_summary", name, 1), ("appropriation_summary", name, 2)]


@pytest.mark.parametrize("name", list(truth()))
def test_proof(name: str) -> None:
    proof = shipped()[name].proof
    assert proof.status == truth()[name][0], proof.reason
    assert all(check.holds for check in proof.checks)
    assert bool(proof.reason) == (proof.status == "unproved")


def test_unproved_names_the_row_the_sums_cannot_place() -> None:
    assert "年末财政拨款结转和结余" in shipped()["appropriation_summary"].proof.reason


def test_rounding_is_within_the_checks() -> None:
    total = next(check for check in shipped()["income"].proof.checks if check.whole == (0, 0))
    assert (total.difference, total.holds) == (Decimal("-0.01"), True)  # 15,666.80 against 15,666.39 + 0.42


TITLES_AND_COLUMNS = {
    "income_expenditure_summary": ("2016 年度收入支出决算总表", "收入/决算数 支出/决算数"),
    "income": (
        "2016 年度收入决算表",
        "本年收入合计 财政拨款收入 上级补助收入 事业收入 经营收入 附属单位上缴收入 其他收入",
    ),
    "expenditure": (
        "2016 年度支出决算表",
        "本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 对附属单位补助支出",
    ),
    "appropriation_summary": (
        "2016 年度财政拨款收入支出决算总表",
        "收入决算数/决算数 支出决算数/合计 支出决算数/一般公共预算财政拨款 支出决算数/政府性基金预算财政拨款",
    ),
    "general_expenditure": (
        "2016 年度一般公共预算财政拨款支出决算表",
        "*/合计 */基本支出 */项目支出".replace("*", "一般公共预算财政拨款支出决算数"),
    ),
    "basic_expenditure": (
        "2016 年度一般公共预算财政拨款基本支出决算表",
        "*/合计 */人员经费 */公用经费".replace("*", "一般公共预算财政拨款基本支出决算数"),
    ),
    "three_public": (
        "2016 年度一般公共预算财政拨款“三公”经费及机关运行经费支出决算表",
        "*/合计/预算数 */合计/决算数 */因公出国(境)费/预算数 */因公出国(境)费/决算数 "
        "*/公务用车购置及运行费/小计/预算数 */公务用车购置及运行费/小计/决算数 "
        "*/公务用车购置及运行费/公务用车购置费/预算数 */公务用车购置及运行费/公务用车购置费/决算数 "
        "*/公务用车购置及运行费/公务用车运行费/预算数 */公务用车购置及运行费/公务用车运行费/决算数 "
        "*/公务接待费/预算数 */公务接待费/决算数 机关运行经费决算数".replace("*", "一般公共预算财政拨款“三公”经费"),
    ),
    "fund_expenditure": (
        "2016 年度政府性基金预算财政拨款支出决算表",
        "*/合计 */基本支出 */项目支出".replace("*", "政府性基金预算财政拨款支出决算数"),
    ),
}


@pytest.mark.parametrize("name", list(TITLES_AND_COLUMNS))
def test_titles_units_and_header_paths(name: str) -> None:
    table = shipped()[name]
    title, columns = TITLES_AND_COLUMNS[name]
    assert (table.title, table.unit, table.kind) == (title, "万元", name)
    assert ["/".join(column.path) for column in table.columns] == columns.split()


def test_classification_levels_and_parents() -> None:
    rows = shipped()["general_expenditure"].rows
    by_code = {row.code: row for row in rows}
    assert (by_code[""].level, by_code["201"].level, by_code["20103"].level, by_code["2010301"].level) == (0, 1, 2, 3)
    assert rows[by_code["2210203"].parent or 0].code == "22102"
    assert rows[by_code["22102"].parent or 0].code == "221"
    assert by_code["221"].parent == by_code[""].index


def test_parents_in_the_summaries() -> None:
    table = shipped()["appropriation_summary"]
    parents = {(r.panel, r.label): None if r.parent is None else table.rows[r.parent].label for r in table.rows}
    assert parents["income", "政府性基金预算财政拨款"] == "年初财政拨款结转和结余"
    assert parents["income", "一般公共预算财政拨款"] == "年初财政拨款结转和结余"
    assert parents["income", "二、政府性基金预算财政拨款"] == "本年收入合计"
    assert parents["expenditure", "年末财政拨款结转和结余"] == "总计"
    other = shipped()["income_expenditure_summary"]
    of_which = next(row for row in other.rows if row.label.startswith("其中"))
    assert of_which.parent is not None and other.rows[of_which.parent].label == "一、财政拨款收入"


def test_empty_table_keeps_its_note() -> None:
    table = shipped()["fund_expenditure"]
    note = "注：上海市口岸服务办公室 2016 年度无政府性基金预算财政拨款支出，故本表无数据。"
    assert (table.note, table.rows, table.cells) == (note, (), ())


def test_performance_texts_are_kept_whole() -> None:
    first, second = shipped()["performance"], shipped()["performance-2"]
    names = ["项目名称", "预算金额", "评价分值", "评价结论", "主要绩效", "存在问题", "整改建议", "整改情况"]
    assert [text.name for text in first.texts] == names == [text.name for text in second.texts]
    said = {text.name: text for text in first.texts}
    assert said["项目名称"].text == "2016 年上海口岸“5+2 天“大通关工作经费"
    assert said["整改情况"].text == "积极协商、调研推进。"  # 1032
    assert said["评价结论"].text.startswith(
        "根据绩效评价工作方案设立的指标框架及评分标准，通过数据采集、社会调查、人员访谈"
    )
    assert said["评价结论"].text.endswith("得分 86 分，结果为良。")
    assert (said["整改建议"].line, said["整改建议"].last_line) == (1020, 1030)  # the label stands alone on 1018
    assert said["整改建议"].text.endswith("建立健全长效管理制度。")
    problems = next(text for text in second.texts if text.name == "存在问题")
    assert problems.text == "受到政府采购延迟影响，部分内容延期完成。"  # 1078-1080
    assert problems.page == 25
