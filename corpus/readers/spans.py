"""Cells that say how many rows and columns they span -> a grid, as browsers lay tables out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.grids.grid import RawCell, RawGrid

_MOST_SPAN = 1000
_MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A cell in the order of its row; ``height`` and ``width`` in rows and columns."""

    lines: tuple[str, ...]
    height: int = 1
    width: int = 1


def rows_to_grid(page: int, rows: Iterable[Iterable[SpannedCell]]) -> RawGrid | None:
    """The grid of these rows; None where it is none (fewer than two rows or columns, or nothing in it).

    A cell takes the next column that no taller cell of the rows above covers; places left over are empty cells.
    """
    taken: dict[tuple[int, int], bool] = {}
    cells: list[RawCell] = []
    count = width = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            height, across = min(max(cell.height, 1), _MOST_SPAN), min(max(cell.width, 1), _MOST_SPAN)
            if len(taken) + height * across > _MOST_CELLS:
                return None
            taken.update({(r, c): True for r in range(at, at + height) for c in range(column, column + across)})
            cells.append(RawCell(at, column, height, across, cell.lines))
            column += across
            width = max(width, column)
        count = at + 1
    if count < 2 or width < 2 or not any(line.strip() for cell in cells for line in cell.lines):
        return None
    own = [_within(cell, count) for cell in cells]
    empty = [RawCell(r, c, 1, 1, ()) for r in range(count) for c in range(width) if (r, c) not in taken]
    return RawGrid(page, count, width, (*own, *empty))


def _within(cell: RawCell, rows: int) -> RawCell:
    """A span that reaches below the last row ends there."""
    return RawCell(cell.row, cell.column, min(cell.height, rows - cell.row), cell.width, cell.lines)
