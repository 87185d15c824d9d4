"""Parts of one table on several pages -> one grid; header rows that are printed again are dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Line
from corpus.grids.grid import Grid, GridCell
from corpus.layouts.tokens import compact

_SAME_EDGE = 3  # points
_CONTINUED = re.compile(r"续表?[）)]?$|^续|[（(]续")
_SAID_TO_GO_ON = re.compile(r"续表|[（(]续[）)]|^续$")
_NOTE = re.compile(r"^(注|说明|备注)\d?[:：]")
_LOOKS_LIKE_HEADER = re.compile(r"^(项目|收入|支出|科目编码|科目名称|序号|单位名称|.*(功能|经济)分类.*)$")


def join_grids(grids: Sequence[Grid], lines: Sequence[Line]) -> tuple[Grid, ...]:
    """``grids`` in the order of the document, those that go on from the one before joined to it.

    A grid goes on where it stands on the same or the next page, has as many columns, and nothing but what stood
    above the first part (title, unit) is printed between the two.
    """
    joined: list[Grid] = []
    for each in grids:
        grid = _on_columns_of(joined[-1], each) if joined else each
        if joined and _goes_on(joined[-1], grid, lines):
            joined[-1] = _join(joined[-1], grid)
        else:
            joined.append(grid)
    # One row that goes on from nothing is no table: its line stays running text.
    return tuple(grid for grid in joined if len(grid.lines) > 1)


def _on_columns_of(before: Grid, grid: Grid) -> Grid:
    """``grid`` on the columns of ``before``, where it has only some of their edges (its last rows are merged wider)."""
    if grid.columns >= before.columns or not grid.edges or not before.edges:
        return grid
    places = [next((at for at, x in enumerate(before.edges) if abs(x - edge) <= _SAME_EDGE), -1) for edge in grid.edges]
    if -1 in places or (places[0], places[-1]) != (0, len(before.edges) - 1):
        return grid
    cells = tuple(
        replace(cell, column=places[cell.column], width=places[cell.column + cell.width] - places[cell.column])
        for cell in grid.cells
    )
    return replace(grid, columns=before.columns, cells=cells, edges=before.edges)


def _goes_on(before: Grid, grid: Grid, lines: Sequence[Line]) -> bool:
    if (grid.columns, grid.roles) != (before.columns, before.roles) or not 0 <= grid.lines[0].page - before.lines[
        -1
    ].page <= 1:
        return False
    between = [compact(line.text) for line in lines[before.last_line : grid.first_line - 1] if line.text.strip()]
    above = {compact(line.text) for line in lines[max(0, before.first_line - 7) : before.first_line - 1]}
    if any(_NOTE.match(text) or not (text in above or _CONTINUED.search(text)) for text in between):
        return False
    if _repeated_rows(before, grid):
        # On one page the same header again is another table's, unless it is said to go on.
        return grid.lines[0].page > before.lines[-1].page or any(_SAID_TO_GO_ON.search(text) for text in between)
    return not (bool(between) and not _CONTINUED.search(between[0])) and not _has_own_header(grid)


def _has_own_header(grid: Grid) -> bool:
    first = [compact(cell.text) for cell in grid.cells if cell.row == 0 and cell.text]
    return (
        bool(first) and all(not re.search(r"\d", text) for text in first) and bool(_LOOKS_LIKE_HEADER.match(first[0]))
    )


def _repeated_rows(before: Grid, grid: Grid) -> int:
    """How many of the first rows of ``grid`` are printed like the first rows of ``before``."""
    count = 0
    for line, again in zip(before.lines, grid.lines, strict=False):
        if compact(line.text) != compact(again.text) or re.search(r"\d\.\d", line.text):
            break
        count += 1
    return count if any(line.text.strip() for line in before.lines[:count]) else 0


def _join(before: Grid, grid: Grid) -> Grid:
    skip = _repeated_rows(before, grid)
    offset = len(before.lines) - skip
    moved = tuple(_moved(cell, offset) for cell in grid.cells if cell.row >= skip)
    lines = (*before.lines, *grid.lines[skip:])
    unsure = tuple(sorted({*before.unsure, *grid.unsure}))
    return replace(before, lines=lines, cells=(*before.cells, *moved), unsure=unsure)


def _moved(cell: GridCell, offset: int) -> GridCell:
    return replace(cell, row=cell.row + offset)
