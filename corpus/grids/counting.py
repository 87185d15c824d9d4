"""Numbers of a grid that count or classify and are no figures: codes, 行次, 序号, and 1 2 3 … over the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Mark
from corpus.grids.grid import Grid, GridCell
from corpus.grids.heads import Head
from corpus.layouts.tokens import compact

_COUNTS_ROWS = re.compile(r"行次|序号|编号")
_NUMBER = re.compile(r"\d[\d\s.．\-－—]*")


def grid_to_marks(grid: Grid, head: Head) -> Iterator[Mark]:
    """Where such numbers stand, by the column or row they stand in."""
    kinds: dict[int, str] = {}
    for column in head.columns:
        if column.role == "code":
            kinds[column.index] = "classification code"
        elif column.path and _COUNTS_ROWS.fullmatch(compact(column.path[-1])):
            kinds[column.index] = "row number"
    for cell in grid.cells:
        if cell.row in head.numbering:
            yield _mark(grid, cell, "column number")
        elif cell.row >= head.rows and cell.column in kinds and _NUMBER.fullmatch(cell.text):
            yield _mark(grid, cell, kinds[cell.column])


def _mark(grid: Grid, cell: GridCell, kind: str) -> Mark:
    return Mark(grid.lines[cell.row].number, cell.start, cell.start + len(cell.text), kind)
