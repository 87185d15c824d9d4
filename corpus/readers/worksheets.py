"""A sheet of a workbook, whatever its file format: the texts its cells show and its merged areas -> lines and grids.

A sheet is a page. What stands alone above and below a table (title, unit, note) is text, the rest a grid. Rows and
columns that are hidden are not printed and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.grids.grid import RawCell, RawGrid
from corpus.readers.captioned import TITLE, is_caption
from corpus.readers.pieces import Piece, TextLine

MOST_CELLS = 500_000  # of all the sheets of a workbook
_NOTE = re.compile(r"^\s*(注|说明|备注)\d?\s*[:：.、]|^\s*\*|无数据|为空表")

_Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells: the first row and column, from 0, and how many of each."""

    row: int
    column: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class Worksheet:
    """``texts``: what every cell shows, row by row, all rows of one width; of merged cells the first says it."""

    texts: tuple[tuple[str, ...], ...]
    areas: tuple[Area, ...] = ()


def without_hidden(sheet: Worksheet, rows: Collection[int], columns: Collection[int]) -> Worksheet:
    """``sheet`` without these rows and columns; a merged area shows its text in what is left of it."""
    if not rows and not columns:
        return sheet
    width = max(map(len, sheet.texts), default=0)
    row_places = _places(len(sheet.texts), rows)
    column_places = _places(width, columns)
    texts = [[text for at, text in enumerate(row) if at in column_places] for row in _kept(sheet.texts, row_places)]
    areas: list[Area] = []
    for area in sheet.areas:
        own_rows = [row_places[at] for at in range(area.row, area.row + area.height) if at in row_places]
        own_columns = [column_places[at] for at in range(area.column, area.column + area.width) if at in column_places]
        if own_rows and own_columns:
            areas.append(Area(own_rows[0], own_columns[0], len(own_rows), len(own_columns)))
            texts[own_rows[0]][own_columns[0]] = sheet.texts[area.row][area.column]
    return Worksheet(tuple(map(tuple, texts)), tuple(areas))


def _places(count: int, hidden: Collection[int]) -> dict[int, int]:
    """Where each row or column that is shown stands among those shown."""
    return {at: place for place, at in enumerate(at for at in range(count) if at not in hidden)}


def _kept(texts: Sequence[_Row], places: Collection[int]) -> Iterator[_Row]:
    return (row for at, row in enumerate(texts) if at in places)


def worksheet_to_pieces(sheet: Worksheet, page: int) -> Iterator[Piece]:
    """One table after the other: a new one begins with a title alone in its row below an empty row."""
    texts = sheet.texts
    starts = [0]
    for at in range(1, len(texts)):
        begins = not any(texts[at - 1]) and _alone(texts[at]) and TITLE.search("".join(texts[at]))
        if begins and any(map(any, texts[starts[-1] : at])):
            starts.append(at)
    for first, last in zip(starts, [*starts[1:], len(texts)], strict=True):
        yield from _part(sheet, first, last, page)


def _part(sheet: Worksheet, first: int, last: int, page: int) -> Iterator[Piece]:
    texts = sheet.texts
    begin = first
    while begin < last and _is_above(texts[begin], any(map(any, texts[first:begin]))):
        begin += 1
    end = last
    while end > begin and (
        not any(texts[end - 1]) or (_alone(texts[end - 1]) and _NOTE.search("".join(texts[end - 1])))
    ):
        end -= 1
    yield from _lines(texts[first:begin], page)
    grid = _grid(sheet, begin, end, page)
    if grid is None:
        yield from _lines(texts[begin:end], page)
    else:
        yield grid
    yield from _lines(texts[end:last], page)


def _alone(row: _Row) -> bool:
    return sum(bool(text) for text in row) == 1


def _is_above(row: _Row, below_text: bool) -> bool:
    """Title, unit and the like: alone in the row, or each of the few cells says what it is."""
    filled = [text for text in row if text]
    if not filled:
        return True
    return is_caption(filled) or (len(filled) == 1 and not below_text)


def _lines(rows: Sequence[_Row], page: int) -> Iterator[TextLine]:
    for row in rows:
        text = " ".join(text for text in row if text).replace("\n", "")
        if text:
            yield TextLine(page, text + " ")


def _grid(sheet: Worksheet, begin: int, end: int, page: int) -> RawGrid | None:
    """The rows from ``begin`` to before ``end``, merged cells as one; empty columns at the right are left out."""
    texts = sheet.texts
    width = max((at + 1 for row in texts[begin:end] for at, text in enumerate(row) if text), default=0)
    if end - begin < 2 or width < 2:
        return None
    covered: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.areas:
        if begin <= area.row < end and area.column < width:
            height = min(area.row + area.height, end) - area.row
            across = min(area.column + area.width, width) - area.column
            spans[area.row, area.column] = (height, across)
            covered.update(
                (r, c) for r in range(area.row, area.row + height) for c in range(area.column, area.column + across)
            )
    cells: list[RawCell] = []
    for row in range(begin, end):
        for column in range(width):
            if (row, column) in spans or (row, column) not in covered:
                height, across = spans.get((row, column), (1, 1))
                lines = tuple(texts[row][column].split("\n")) if texts[row][column] else ()
                cells.append(RawCell(row - begin, column, height, across, lines))
    return RawGrid(page, end - begin, width, tuple(cells))
