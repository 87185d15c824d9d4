"""Excel workbooks (.xlsx) -> lines and grids. The only file that imports openpyxl.

A sheet is a page. What stands alone above and below the table (title, unit, note) is text, the rest a grid;
figures are given as the sheet shows them, by their number format.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from corpus.errors import DamagedFile, TooLarge, UnreadableReport
from corpus.grids.grid import RawCell, RawGrid
from corpus.readers.number_format import value_to_text
from corpus.readers.package import is_package, open_package
from corpus.readers.pieces import Piece, Source, TextLine, pieces_to_source

_KIND = "Excel"
_MOST_CELLS = 500_000
_TITLE = re.compile(r"表(（.*）|\(.*\))?\s*$")
_ASIDE = re.compile(
    r"单位(名称)?\s*[:：]|^公开\s*\d+\s*表|^附?表\s*\d+|部门(名称)?\s*[:：]|^\d{4}\s*年(度)?$|^[（(]?单位|^金额单位"
)
_NOTE = re.compile(r"^\s*(注|说明|备注)\d?\s*[:：.、]|^\s*\*|无数据|为空表")

_Row = Sequence[str]


def is_xlsx(data: bytes) -> bool:
    """Whether the bytes are an Excel workbook of the present format."""
    return is_package(data, "excel")


def bytes_to_source(path: Path, data: bytes) -> Source:
    """The lines and grids of a workbook's visible sheets. ``path`` is only named in errors.

    Raises DamagedFile, or TooLarge for a workbook that would unpack to too much.
    """
    file = open_package(path, data, _KIND)
    try:
        book = openpyxl.load_workbook(file, data_only=True)
        _refuse_unknown_results(path, book, openpyxl.load_workbook(file))
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if sum(sheet.max_row * sheet.max_column for sheet in sheets) > _MOST_CELLS:
            raise TooLarge(path, f"超过 {_MOST_CELLS} 个单元格")
        return pieces_to_source(piece for page, sheet in enumerate(sheets, start=1) for piece in _sheet(sheet, page))
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        OSError,
    ) as error:
        raise DamagedFile(path, _KIND) from error


def _refuse_unknown_results(path: Path, book: Any, formulas: Any) -> None:
    """A formula whose result the file does not hold must not pass for an empty cell."""
    for sheet in formulas.worksheets:
        shown = book[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and shown[cell.coordinate].value is None:
                    where = f"{sheet.title}!{cell.coordinate}"
                    raise UnreadableReport(
                        path, f"单元格 {where} 是公式，文件里没有它的结果。请用 Excel 打开并重新保存"
                    )


def _sheet(sheet: Any, page: int) -> Iterator[Piece]:
    """One table after the other: a new one begins with a title alone in its row below an empty row."""
    texts = [[value_to_text(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
    starts = [0]
    for at in range(1, len(texts)):
        begins = not any(texts[at - 1]) and _alone(texts[at]) and _TITLE.search("".join(texts[at]))
        if begins and any(map(any, texts[starts[-1] : at])):
            starts.append(at)
    for first, last in zip(starts, [*starts[1:], len(texts)], strict=True):
        yield from _part(sheet, texts, first, last, page)


def _part(sheet: Any, texts: Sequence[_Row], first: int, last: int, page: int) -> Iterator[Piece]:
    begin = first
    while begin < last and _is_above(texts[begin], any(map(any, texts[first:begin]))):
        begin += 1
    end = last
    while end > begin and (
        not any(texts[end - 1]) or (_alone(texts[end - 1]) and _NOTE.search("".join(texts[end - 1])))
    ):
        end -= 1
    yield from _lines(texts[first:begin], page)
    grid = _grid(sheet, texts, begin, end, page)
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
    if all(_ASIDE.search(text) for text in filled):
        return True
    return len(filled) == 1 and (bool(_TITLE.search(filled[0])) or not below_text)


def _lines(rows: Sequence[_Row], page: int) -> Iterator[TextLine]:
    for row in rows:
        text = " ".join(text for text in row if text).replace("\n", "")
        if text:
            yield TextLine(page, text + " ")


def _grid(sheet: Any, texts: Sequence[_Row], begin: int, end: int, page: int) -> RawGrid | None:
    """The rows from ``begin`` to before ``end``, merged cells as one; empty columns at the right are left out."""
    width = max((at + 1 for row in texts[begin:end] for at, text in enumerate(row) if text), default=0)
    if end - begin < 2 or width < 2:
        return None
    covered: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        if begin <= top < end and left < width:
            height, across = min(area.max_row, end) - top, min(area.max_col, width) - left
            spans[top, left] = (height, across)
            covered.update((r, c) for r in range(top, top + height) for c in range(left, left + across))
    cells: list[RawCell] = []
    for row in range(begin, end):
        for column in range(width):
            if (row, column) in spans or (row, column) not in covered:
                height, across = spans.get((row, column), (1, 1))
                lines = tuple(texts[row][column].split("\n")) if texts[row][column] else ()
                cells.append(RawCell(row - begin, column, height, across, lines))
    return RawGrid(page, end - begin, width, tuple(cells))
