"""A grid: a table whose rows and columns the source itself marks. Every row is printed as one line of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.document import Line

_HAN = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")
_DECIMALS = 2
_NUMERIC = re.compile(r"[-−－]?[\d,，.]+%?")
_FIGURE = re.compile(r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d{1,6})?%?")
_AFTER_MARK = re.compile(r"(?<=[-−－,，.．]) (?=\d)|(?<=\d) (?=[,，.．])")
# 「1 234.56」: thousands apart. Without decimals it may be two figures.
_SPACED = re.compile(r"[-−－]?\d{1,3}(?: \d{3})+\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a reader found it: its first row and column, how many it spans, its printed lines."""

    row: int
    column: int
    height: int
    width: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawGrid:
    """A grid on one page; ``rows`` and ``columns`` count both, merged cells stand once.

    ``roles``: for a table without rules what each column was seen to hold ("code", "name", "value"), and ``head``
    how many of its rows are header, whose cells stand where they were printed, not where they would be merged.
    ``edges``: where the columns begin and end on the page, in points: parts of one table have the same ones.
    """

    page: int
    rows: int
    columns: int
    cells: tuple[RawCell, ...]
    roles: tuple[str, ...] = ()
    head: int = 0
    edges: tuple[int, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    unsure: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid in the document. ``text``: wrapped lines joined; ``start``: where it begins in its row's line."""

    row: int
    column: int
    height: int
    width: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid in the document; ``lines[i]`` is the line that prints row ``i``; ``roles`` and the rest: see RawGrid."""

    columns: int
    lines: tuple[Line, ...]
    cells: tuple[GridCell, ...]
    roles: tuple[str, ...] = ()
    head: int = 0
    edges: tuple[int, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    unsure: tuple[int, ...] = ()

    @property
    def first_line(self) -> int:
        """Number of the line of the first row."""
        return self.lines[0].number

    @property
    def last_line(self) -> int:
        """Number of the line of the last row."""
        return self.lines[-1].number

    def places(self) -> Mapping[tuple[int, int], GridCell]:
        """The cell at every (row, column), merged ones at each place they cover."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.height)
            for column in range(cell.column, cell.column + cell.width)
        }


def join_printed(lines: Iterable[str]) -> str:
    """The printed lines of a cell as one text: names and numbers that were wrapped are put together again.

    Two figures one under the other stay apart, so that nobody takes them for one number.
    """
    text = ""
    for line in lines:
        part = _BETWEEN_HAN.sub("", re.sub(r"\s+", " ", line).strip())
        part = part.replace(" ", "") if _SPACED.fullmatch(part) else _closed(part)
        if not part:
            continue
        both = text + part
        apart = bool(text) and text[-1].isascii() and part[0].isascii()
        if apart and _NUMERIC.fullmatch(text) and _NUMERIC.fullmatch(part):
            apart = bool(_FIGURE.fullmatch(text)) and not (_is_wrapped_number(text, part) and _FIGURE.fullmatch(both))
        text = f"{text} {part}" if apart else both
    return text


def _closed(part: str) -> str:
    """「1, 234. 50」 and 「- 12.00」 without the spaces, where that makes one number of it."""
    together = _AFTER_MARK.sub("", part)
    return together if together != part and _FIGURE.fullmatch(together) else part


def _is_wrapped_number(text: str, part: str) -> bool:
    """Was the number broken off: at a separator, before its point, or among its two decimals?"""
    if text[-1] in ",，." or part[0] in ",，.":
        return True
    if "." in text:
        return "." not in part and len(text) - text.index(".") - 1 + len(part) <= _DECIMALS
    # Amounts are printed with decimals: whole digits above some that have them are the front of the same number.
    return "." in part and not text.startswith("0")


def raw_to_grid(raw: RawGrid, first_line: int) -> Grid:
    """``raw`` as part of a document, its first row printed on line ``first_line``.

    A row's line holds its cells from left to right with one space between two, so that an empty cell shows as a
    second space; a cell that spans rows stands on the first of them.
    """
    by_row: dict[int, list[RawCell]] = {row: [] for row in range(raw.rows)}
    for cell in raw.cells:
        by_row[cell.row].append(cell)
    lines: list[Line] = []
    cells: list[GridCell] = []
    for row in range(raw.rows):
        text = ""
        for at, cell in enumerate(sorted(by_row[row], key=lambda cell: cell.column)):
            text += " " if at else ""
            own = join_printed(cell.lines)
            cells.append(GridCell(row, cell.column, cell.height, cell.width, own, len(text)))
            text += own
        lines.append(Line(first_line + row, raw.page, text.rstrip()))
    return Grid(raw.columns, tuple(lines), tuple(cells), raw.roles, raw.head, raw.edges, raw.paths, raw.unsure)
