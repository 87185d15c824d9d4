"""Rows of a table that are no part of it: its title, its number, department and unit, printed in its first rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.grids.grid import RawCell, RawGrid

TITLE = re.compile(r"表(（.*）|\(.*\))?\s*$")
ASIDE = re.compile(
    r"单位(名称)?\s*[:：]|^公开\s*\d+\s*表|^附?表\s*\d+|部门(名称)?\s*[:：]|^\d{4}\s*年(度)?$|^[（(]?单位|^金额单位"
)
_MOST_ROWS = 6
_FEWEST_LEFT = 2


def split_caption(raw: RawGrid) -> tuple[tuple[str, ...], RawGrid]:
    """The texts of the rows above the header, one a row, and the grid without them."""
    texts: list[str] = []
    rows = 0
    for row in range(min(_MOST_ROWS, raw.rows - _FEWEST_LEFT)):
        own = [cell for cell in raw.cells if cell.row == row]
        filled = [(cell, text) for cell in own if (text := "".join(cell.lines).strip())]
        if not (is_caption([text for _, text in filled]) if filled else texts) or any(
            cell.height > 1 for cell, _ in filled
        ):
            break
        if filled:
            texts.append(" ".join(text for _, text in sorted(filled, key=lambda each: each[0].column)))
            rows = row + 1
    return (tuple(texts), _without(raw, rows)) if rows else ((), raw)


def is_caption(texts: Sequence[str]) -> bool:
    """Does each of the texts of a row say that it is a title, a unit or the like?"""
    return all(ASIDE.search(text) or TITLE.search(text) for text in texts)


def _without(raw: RawGrid, rows: int) -> RawGrid:
    """The grid from row ``rows`` on; empty cells that reach down from above end with what is taken away."""
    kept: list[RawCell] = []
    for cell in raw.cells:
        if cell.row >= rows:
            kept.append(replace(cell, row=cell.row - rows))
        elif cell.row + cell.height > rows:
            kept.append(RawCell(0, cell.column, cell.row + cell.height - rows, cell.width, cell.lines))
    return replace(raw, rows=raw.rows - rows, cells=tuple(kept))
