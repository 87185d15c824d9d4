"""Table -> facts: every cell, blank ones too, with what it is a figure of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.document import Cell, Column, Row, Table
from corpus.facts import Fact, Measure
from corpus.layouts.headers import name_to_column
from corpus.layouts.shapes import ItemShape, TableShape, shapes
from corpus.layouts.tokens import compact
from corpus.measured import is_score, name_to_unit, path_to_unit, text_to_amount

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|（(?:[一二三四五六七八九十]+|\d{1,2})）|\d+[、.．])")
_OF_WHICH = re.compile(r"^其中[:：]")
_CLASS = re.compile(r"（[类款项]）")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_ROW_OF_YEAR = re.compile(r"((?:19|20)\d{2})年?度?(?:决算|预算|执行)?数?")
_COLUMN_OF_YEAR = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年度?|(?P<before>上年度?)|本年度?)(?:(?:年初|全年|调整)?(?:决算|预算|执行)数?)|(?P<bare>(?:19|20)\d{2})年度?"
)
_UNIT = re.compile(r"(万元|亿元|元|分|%)$")
_SCORED = re.compile(r"(得分|分值|权重|评分)(（.*）)?$")
_REACHED = re.compile(r"(完成|实现)(值|情况)(（.*）)?$")
_AIMED = re.compile(r"(指标|目标)值(（.*）)?$|(计划|预期|年初|目标)(完成|实现)值")
_WHOLE_SCORE = re.compile(r"总分|合计|总计|总得分")
_WHOLE_MONEY = re.compile(r"(年度)?资金总额|.*(预算|执行|支出|到位)(申请)?(数|金额|总额)|合计|总计")
_OF_THE_YEAR = ("全年", "执行率", "预算执行率", "资金总额", "年度预算")
_BUDGETS = frozenset({"预算", "本年预算", "当年预算", "年初预算", "全年预算", "调整预算", "年度预算"})
_OF_INCOME = re.compile(r"^[^支]*收入(预算|决算)?(总|明细)?表")
_COMPLETIONS = frozenset({"执行率", "预算执行率", "预算完成率"})
_WHOLE_YEAR = ("全年预算数", "全年执行数", *_COMPLETIONS)
_UNIT_BEHIND = re.compile(r"（(?:单位[:：])?(?:万元|亿元|千元|元|分|%|％)）$")
_FINALS = frozenset({"决算", "支出决算", "收入决算", "实际支出"})
_PLAIN_COLUMNS = ("决算数", "预算数", "执行数", "金额")


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a cell is of, apart from its place."""

    row: str
    item: str
    parents: tuple[str, ...]
    facet: str
    measure: Measure
    unit: str


def table_to_facts(document_id: str, year: int, table: Table, is_budget: bool = False) -> tuple[Fact, ...]:
    """One Fact a cell, in the order of print. ``year``: the report's, taken where the table's title names none;
    ``is_budget``: of a plan, whose amounts are planned ones where neither title nor column says."""
    shape = shapes().of_kind(table.kind)
    titled = _YEAR.search(compact(table.title))
    period = titled.group(1) if titled else str(year)
    columns = {column.index: column for column in table.columns}
    planned = is_budget and "算" not in table.title

    def measured(means: _Meaning, column: Column) -> _Meaning:
        unsaid = means.measure == "final" and not re.search("决算|执行|支出数", "".join(column.path))
        return replace(means, measure="budget") if planned and unsaid else means

    return tuple(
        _cell_to_fact(
            document_id,
            _period(table.rows[cell.row], columns[cell.column], period),
            table,
            cell,
            columns[cell.column],
            measured(_meaning(table, shape, cell, columns), columns[cell.column]),
        )
        for cell in table.cells
    )


def clean_label(label: str) -> str:
    """A row label as a name: without 一、, 其中：, （类）（款）（项) and spaces; brackets full-width."""
    name = compact(label)
    for pattern in (_ORDINAL, _OF_WHICH, _ORDINAL):
        name = pattern.sub("", name)
    return _CLASS.sub("", name)


def _cell_to_fact(document_id: str, period: str, table: Table, cell: Cell, column: Column, means: _Meaning) -> Fact:
    row = table.rows[cell.row]
    text = row.text.strip()
    margin = len(row.text) - len(row.text.lstrip())
    return Fact(
        id=f"{document_id}:{table.id}:{cell.row}:{cell.column}",
        report=document_id,
        source="cell",
        table=table.title,
        table_id=table.id,
        table_kind=table.kind,
        section=" › ".join(table.section),
        row=means.row,
        code=row.code,
        level=row.level,
        column=" › ".join(column.path),
        item=means.item,
        parents=means.parents,
        facet=means.facet,
        panel=row.panel or ("income" if table.kind == "other" and _OF_INCOME.search(table.title) else ""),
        measure=means.measure,
        basis="",
        period=period,
        value=cell.value,
        unit=means.unit,
        state=cell.state,
        page=cell.page,
        line=cell.line,
        text=text,
        start=cell.start - margin if cell.start >= 0 else -1,
        reason="",
    )


def _meaning(table: Table, shape: TableShape, cell: Cell, columns: dict[int, Column]) -> _Meaning:
    row, column = table.rows[cell.row], columns[cell.column]
    if table.layout == "named_texts":
        return _of_named_text(table, shape, cell, row)
    if table.layout == "indicators":
        return _of_indicator(table, cell, column, row)
    measure = _measure(table, column, row)
    unit = _unit(table, cell, column)
    headed = not row.label or _says_only_when(row)
    item = _header_item(column, shape) if headed else None
    if item is not None:
        means = _of_header(column, item, shape, measure, unit)
        return replace(means, row=f"{row.label} {means.row}".strip())
    if headed and not row.code:
        names = [part for part in column.path if part not in (*_PLAIN_COLUMNS, *shapes().total_rows, "小计")]
        if names:  # a header that names an item nobody knows: 会议费 beside 「三公」
            return _Meaning(names[-1], clean_label(names[-1]), (), "", measure, unit)
    parents = tuple(_item(table, shape, parent) for parent in _ancestors(table, row))
    return _Meaning(row.label, _item(table, shape, row), parents, _facet(column, shape), measure, unit)


def _says_only_when(row: Row) -> bool:
    """Is the row named by a year or a measure only, so that its items stand in the header?"""
    return not row.code and bool(_ROW_OF_YEAR.fullmatch(compact(row.label)) or compact(row.label) in _PLAIN_COLUMNS)


def _period(row: Row, column: Column, period: str) -> str:
    """The year that names the row or the column, else that of the table."""
    named = None if row.code else _ROW_OF_YEAR.fullmatch(compact(row.label))
    if named:
        return named.group(1)
    for found in (_COLUMN_OF_YEAR.fullmatch(compact(part)) for part in column.path):
        if found:
            return found["year"] or found["bare"] or (str(int(period) - 1) if found["before"] else period)
    return period


def _unit(table: Table, cell: Cell, column: Column) -> str:
    """The unit that the cell itself prints, else its column or row (人数（人）, 占比), else the table's."""
    printed = _UNIT.search(cell.text)
    if printed:
        return printed.group(1)
    return path_to_unit(column.path) or name_to_unit(table.rows[cell.row].label) or table.unit


def _of_named_text(table: Table, shape: TableShape, cell: Cell, row: Row) -> _Meaning:
    amount = next(amount for amount in shape.amounts if re.fullmatch(amount.label, row.label))
    name = next((text.text for text in table.texts if text.name == shape.name_label), "")
    printed = _UNIT.search(cell.text)
    unit = printed.group(1) if printed else amount.unit
    return _Meaning(row.label, row.label, (name,) if name else (), "", amount.measure, unit)


def _of_indicator(table: Table, cell: Cell, column: Column, row: Row) -> _Meaning:
    """A cell of a form of indicators: what was reached is the indicator's figure, what was aimed at a column of it.

    The total of the scores and of the money are the project's own.
    """
    name = compact(column.path[-1])
    above = tuple(clean_label(parent.label) for parent in _ancestors(table, row))
    item = clean_label(row.label)
    amount = text_to_amount(cell.text)
    if _SCORED.search(name):
        weight = "" if "得分" in name else name
        own = above[-1:] if _WHOLE_SCORE.fullmatch(item) else ()
        return _Meaning(row.label, *((own[0], ()) if own else (item, above)), weight, "score", "分")
    if _REACHED.search(name) or _AIMED.search(name):
        unit = amount.unit if amount else ""
        measure: Measure = "rate" if unit == "%" else "other" if unit in ("", "万元", "亿元", "元") else "count"
        return _Meaning(row.label, item, above, name if _AIMED.search(name) else "", measure, unit)
    whole = row.level == 0 or bool(_WHOLE_MONEY.fullmatch(item))
    named = (above[-1] if above else item, ()) if whole else (item, above)
    facet = "" if name.startswith(_OF_THE_YEAR) or row.level == 0 else name
    measure = "final" if re.search("执行数|支出|决算|到位", name) else "completion" if "执行率" in name else "budget"
    return _Meaning(row.label, *named, facet, measure, _unit(table, cell, column))


def _of_header(column: Column, item: ItemShape, shape: TableShape, measure: Measure, unit: str) -> _Meaning:
    """A cell whose item stands in the header: the header is its row."""
    whole = next((other for other in shape.items if other.whole), None)
    within = next((other for other in shape.items if item.name in other.parts), None)
    wholes = (within, whole if not item.whole and not item.apart else None)
    parents = tuple(other.item for other in wholes if other is not None)
    printed = [part for part in column.path if part not in _PLAIN_COLUMNS and "三公" not in part]
    return _Meaning(" ".join(printed) if not within else printed[-1], item.item, parents, "", measure, unit)


def _header_item(column: Column, shape: TableShape) -> ItemShape | None:
    """The item of the 「三公」 header a column stands under: the innermost name that is one."""
    for part in reversed(column.path):
        for item in shape.items:
            if compact(part) in {compact(name) for name in (item.name, *item.names)}:
                return item
    return None


def _ancestors(table: Table, row: Row) -> Iterator[Row]:
    seen = {row.index}
    while row.parent is not None and row.parent not in seen:
        row = table.rows[row.parent]
        seen.add(row.index)
        yield row


def _item(table: Table, shape: TableShape, row: Row) -> str:
    """The name of what a row is about; for a row that says only 合计, what the table's total is."""
    name = clean_label(row.label)
    meant = shape.total_items.get(f"{row.panel} {name}".strip())
    if meant is None and row.level == 0 and shape.total_item and name in shapes().total_rows:
        meant = shape.total_item
    known = next((item for item in shape.items if name in {compact(n) for n in (item.name, *item.names)}), None)
    return meant or (known.item if known else name)


def _facet(column: Column, shape: TableShape) -> str:
    last = _bare(column.path[-1]) if column.path else ""
    if not last or last in (*_PLAIN_COLUMNS, *_WHOLE_YEAR) or _COLUMN_OF_YEAR.fullmatch(last):
        return ""
    if is_score(last) and "得分" in last:
        return ""  # 分值 and 权重 are what could be got
    known = name_to_column(last, shape)
    return known.facet if known else last


def _bare(name: str) -> str:
    """A column's name without the unit behind it: 执行数（万元）."""
    return _UNIT_BEHIND.sub("", compact(name))


def _measure(table: Table, column: Column, row: Row) -> Measure:
    """决算数 or 预算数 by the row or the innermost header that says so; else by the title (「一般公共预算…决算表」 is of finals)."""
    for part in map(_bare, (row.label, *reversed(column.path)) if _says_only_when(row) else reversed(column.path)):
        if part.endswith("预算数") or part in _BUDGETS:
            return "budget"
        if part.endswith(("决算数", "执行数")) or part in _FINALS:
            return "final"
        if part in _COMPLETIONS:
            return "completion"
        if is_score(part):
            return "score"
    if "决算" in table.title:
        return "final"
    return "budget" if "预算" in table.title else "final"
