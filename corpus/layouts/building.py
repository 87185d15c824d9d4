"""Draft rows, columns and sums -> a Table with its figures placed and proved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Cell, CellState, Column, Line, NamedText, Proof, Row, Table
from corpus.layouts.placing import DraftRow, Placed, Placement, SumRule, place
from corpus.layouts.proving import prove
from corpus.layouts.regions import TableRegion
from corpus.layouts.tokens import Token, compact, printed

_NOTE = re.compile(r"^(注|说明|备注)\d?[:：]|无数据|为空表|无相关数据")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a layout read of a region: columns, rows whose figures have no column yet, the sums they must satisfy.

    ``placed``: where the figures stand, if the source itself says so (a grid); None where the sums must tell.
    """

    layout: str
    columns: tuple[Column, ...]
    rows: tuple[DraftRow, ...]
    rules: tuple[SumRule, ...]
    texts: tuple[NamedText, ...] = ()
    unit: str | None = None
    placed: Placed | None = None


def split_note(lines: Sequence[Line]) -> tuple[tuple[Line, ...], str]:
    """The lines above a table's note, and the note with its wrapped lines joined ("" where there is none)."""
    for at, line in enumerate(lines):
        if _NOTE.search(compact(line.text)):
            return tuple(lines[:at]), "".join(rest.text.strip() for rest in lines[at:])
    return tuple(lines), ""


def build_table(region: TableRegion, section: tuple[str, ...], draft: Draft, note: str) -> Table:
    """Place the figures of ``draft``, prove them, and keep every blank cell as a cell."""
    placed = draft.placed or place(draft.rows, draft.rules)
    proof = prove(draft.rows, draft.columns, draft.rules, placed, ruled=draft.placed is not None)
    return Table(
        id=region.id,
        kind=region.kind,
        title=region.title,
        unit=region.unit if draft.unit is None else draft.unit,
        section=section,
        columns=draft.columns,
        rows=tuple(_row(index, row) for index, row in enumerate(draft.rows)),
        cells=_cells(draft.rows, placed),
        note=note,
        layout=draft.layout,
        proof=proof if draft.columns or not draft.rows or draft.placed else Proof("unproved", "未能识别栏目", ()),
        page=region.lines[0].page,
        first_line=region.first_line,
        last_line=region.last_line,
        texts=draft.texts,
        numbered=any("行次" in compact(line.text) for line in region.lines),
    )


def sum_rules(
    rows: Sequence[DraftRow], whole: int | None, groups: Iterator[tuple[int, tuple[int, ...]]]
) -> tuple[SumRule, ...]:
    """Every row's ``whole`` column against its other columns, and for (row, its parts) of ``groups`` each column."""
    rules: list[SumRule] = []
    for index, row in enumerate(rows):
        if whole is not None and whole in row.columns and len(row.columns) > 2:
            parts = tuple((index, column) for column in row.columns if column != whole)
            rules.append(SumRule((index, whole), parts))
    for total, parts_of in groups:
        for column in rows[total].columns:
            rules.append(SumRule((total, column), tuple((part, column) for part in parts_of)))
    return tuple(rules)


def parent_groups(rows: Sequence[DraftRow]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(row, the rows whose parent it is) for every row that has parts."""
    for index in range(len(rows)):
        parts = tuple(other for other, row in enumerate(rows) if row.parent == index)
        if parts:
            yield index, parts


def _row(index: int, row: DraftRow) -> Row:
    return Row(
        index, row.label, row.code, row.level, row.parent, row.panel, row.line.page, row.line.number, printed(row.lines)
    )


def _cells(rows: Sequence[DraftRow], placed: Placed) -> tuple[Cell, ...]:
    return tuple(cell for index, row in enumerate(rows) for cell in _row_cells(index, row, placed.columns[index]))


def _row_cells(index: int, row: DraftRow, placement: Placement) -> Iterator[Cell]:
    at = {column: token for column, token in zip(placement, row.figures, strict=True) if column >= 0}
    for column in row.columns:
        token = at.get(column)
        if token is None:
            yield Cell(index, column, "blank", None, "", row.line.page, row.line.number)
        else:
            state, line, start = value_to_state(token.value), token.line, start_in(row.lines, token)
            yield Cell(index, column, state, token.value, token.text, line.page, line.number, start)


def value_to_state(value: Decimal | None) -> CellState:
    """A dash and an empty cell are blank; a printed 0 is zero."""
    return "blank" if value is None else "zero" if value == 0 else "number"


def start_in(lines: Sequence[Line], token: Token) -> int:
    """Where ``token`` begins in the printed text of ``lines``."""
    before = 0
    for line in lines:
        if line.number == token.line.number:
            return before + token.offset
        before += len(line.text) + 1 if line.text.strip() else 0
    return -1
