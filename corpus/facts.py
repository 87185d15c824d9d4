"""Fact: one figure of a report, wherever it stands, with its place and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.document import CellState, Panel

Measure = Literal[
    "final",  # 决算数: the amount itself
    "budget",  # 预算数 / 年初预算
    "completion",  # 完成预算的 %
    "share",  # 占 … 的 %; ``basis`` names the whole
    "change",  # 比上年增减额, signed: minus for 减少; ``basis`` is the period compared with
    "change_rate",  # 比上年增减 %, signed
    "count",  # 个, 批次, 人次, 辆, 台（套）
    "score",  # 分
    "rate",  # any other stated percentage (预算执行率 …)
    "other",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, printed in a table cell or in a sentence, or one blank cell.

    What it is of: ``item`` is the row label cleaned of ordinals, 其中 and （类）（款）（项)
    ("公务接待费", "行政运行"); ``parents`` the items it is a part of, nearest first; ``facet`` the column of an amount
    ("合计", "基本支出", "人员经费", "财政拨款收入"; "" in a sentence); ``panel`` the side of the accounts.

    Where it stands: ``table`` (title as printed, None in a sentence), ``section`` (heading path joined
    with " › "), ``row`` and ``column`` (as printed; header path joined with " › "), ``page``, ``line``,
    ``text`` (the printed line or sentence, quoted).

    ``value`` is exact and in ``unit`` as printed ("万元"; percentages in "%"); None when blank.
    ``reason``: the report's own 主要原因 for this variance, verbatim, else "".
    """

    id: str
    report: str
    source: Literal["cell", "sentence"]
    table: str | None
    table_id: str
    table_kind: str
    section: str
    row: str
    code: str
    level: int | None
    column: str
    item: str
    parents: tuple[str, ...]
    facet: str
    panel: Panel
    measure: Measure
    basis: str
    period: str
    value: Decimal | None
    unit: str
    state: CellState
    page: int
    line: int
    text: str
    start: int  # where the printed figure begins in ``text``; -1 for a blank
    reason: str
