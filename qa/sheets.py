"""Sheets: facts, findings, the ledger, tables and answers as rows for a spreadsheet. Exact values, blanks kept blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from corpus.checks import Discrepancy, PriorAmount
from corpus.document import Table
from corpus.facts import Fact
from corpus.ledger import LedgerEntry
from qa.answer import Answer
from qa.export import COLUMNS, fact_to_record
from qa.findings import SEVERITIES, compared, hypothesis_text

Cell: TypeAlias = str | int | Decimal | None  # None and "" are empty cells; a Decimal is written as a number

MARKS = {
    "": "已说明",
    "of_whole": "只在总体中说明",
    "by_parts": "只说明了各分项",
    "restates": "原因只重复了变化",
    "none": "未说明原因",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its ``name``, a header row, and the rows, each as long as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def facts_sheet(facts: Iterable[Fact]) -> Sheet:
    """A row a fact, with the columns of ``qa facts``; ``value`` empty where the cell is blank."""
    rows = []
    for fact in facts:
        record = {**fact_to_record(fact), "value": fact.value, "parents": " › ".join(fact.parents)}
        rows.append(tuple(record[name] for name in COLUMNS))
    return Sheet("facts", COLUMNS, tuple(rows))


def findings_sheet(found: Sequence[Discrepancy], facts: Mapping[str, Fact]) -> Sheet:
    """A row a finding; amounts in the unit of the figure in question; ``facts`` by id."""
    header = (
        "序号",
        "报告",
        "性质",
        "核对",
        "说明",
        "印出",
        "算得",
        "相差",
        "单位",
        "位置",
        "原文",
        "推测（不是结论）",
        "涉及的数字",
    )
    rows = []
    for number, each in enumerate(found, start=1):
        first = facts[each.cells[0]]
        cells = "；".join(f"{place(facts[id_])} {'' if (v := facts[id_].value) is None else v:}" for id_ in each.cells)
        rows.append(
            (
                number, first.report, SEVERITIES[each.severity], compared(each), each.statement, each.printed, each.computed,
                each.difference, first.unit, place(first), first.text, hypothesis_text(each, facts), cells,
            )
        )  # fmt: skip
    return Sheet("findings", header, tuple(rows))


def ledger_sheet(entries: Iterable[LedgerEntry]) -> Sheet:
    """A row a difference; ``增减率`` empty where what is compared with is 0."""
    header = (
        "报告", "项目", "属于", "比较对象", "决算数", "比较数", "增减额", "单位", "增减率（%）", "差异大", "主要原因（原文）", "说明情况",
        "章节", "页", "行", "原句",
    )  # fmt: skip
    rows = tuple(
        (
            each.report, each.item, " › ".join(each.parents), against_text(each), each.figure, each.against, each.change,
            each.unit, each.rate, "是" if each.large else "", each.reason, MARKS[each.mark], each.section, each.page, each.line,
            each.sentence,
        )
        for each in entries
    )  # fmt: skip
    return Sheet("ledger", header, rows)


def prior_sheet(report: str, amounts: Iterable[PriorAmount]) -> Sheet:
    """A row a route to an amount of the year before, with the interval that rounding allows."""
    header = (
        "报告",
        "项目",
        "属于",
        "年度",
        "推算方法",
        "推算值",
        "区间下限",
        "区间上限",
        "单位",
        "各方法相符",
        "所用数字",
    )
    rows = tuple(
        (
            report, each.item, " › ".join(each.parents), each.period, route.way, route.value, route.low, route.high, each.unit,
            "是" if each.agree else "否", "；".join(route.cells),
        )
        for each in amounts
        for route in each.routes
    )  # fmt: skip
    return Sheet("prior", header, rows)


def table_sheet(table: Table) -> Sheet:
    """A table as printed: code, label and the columns; a performance table as its named texts."""
    if table.texts:
        return Sheet(table.id, ("项目", "内容"), tuple((text.name, text.text) for text in table.texts))
    columns = sorted(table.columns, key=lambda column: column.index)
    header = ("编码", "项目", *(" › ".join(column.path) for column in columns))
    cells = {(cell.row, cell.column): cell.value for cell in table.cells}
    rows = tuple(
        (row.code, row.label, *(cells.get((row.index, column.index)) for column in columns)) for row in table.rows
    )
    return Sheet(table.id, header, rows)


def answer_sheet(answer: Answer) -> Sheet:
    """The figures of an answer in its order: value, unit, whether computed and how, and where each stands."""
    header = (
        "问题",
        "名称",
        "数值",
        "单位",
        "状态",
        "计算得出",
        "算式",
        "报告",
        "表或章节",
        "行",
        "列",
        "页",
        "行号",
        "原文",
    )
    rows = []
    for figure in answer.figures:
        cited = [answer.citations[index] for index in figure.citations]
        working = "；".join(figure.derivation.steps) if figure.derivation else ""
        lists = [
            "；".join(dict.fromkeys(str(value) for value in values))
            for values in zip(
                *((c.report, c.table or c.section, c.row, c.column, c.page, c.line, c.quote) for c in cited),
                strict=True,
            )
        ]
        shown = "是" if figure.computed else ""
        told = (answer.question, figure.label, figure.value, figure.unit, figure.state, shown, working)
        rows.append((*told, *(lists or [""] * 7)))
    return Sheet("answer", header, tuple(rows))


def against_text(entry: LedgerEntry) -> str:
    """What an entry of the ledger is compared with: 年初预算, or 2015 年度."""
    return f"{entry.basis} 年度" if entry.basis.isdigit() else entry.basis


def place(fact: Fact) -> str:
    """「第 6 页第 610 行 表名 › 行 › 列」"""
    heading = fact.table or fact.section.split(" › ")[-1]
    return f"第 {fact.page} 页第 {fact.line} 行 " + " › ".join(
        p for p in (heading, fact.row or fact.item, fact.column) if p
    )
