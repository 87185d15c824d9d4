"""Excel workbooks as they were saved until 2003 (.xls, by WPS .et too) -> lines and grids. The only file that imports xlrd.

Figures are given as the sheet shows them, by their number format; what a sheet is made of: worksheets.py.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc, CompDocError

from corpus.errors import DamagedFile, Encrypted, TooLarge
from corpus.readers.number_format import value_to_text
from corpus.readers.pieces import Source, pieces_to_source
from corpus.readers.worksheets import MOST_CELLS, Area, Worksheet, without_hidden, worksheet_to_pieces

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of all Office files of that time
_KIND = "Excel"
_STREAMS = ("Workbook", "Book")
# What a damaged file makes xlrd stumble over.
_STUMBLES = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
)


def is_xls(data: bytes) -> bool:
    """Whether the bytes are an Excel workbook of the old format: by what is in the container, not by its name.

    A damaged container counts as a workbook where it still names one and no Word document.
    """
    if not data.startswith(OLE):
        return False
    try:
        entries = CompDoc(data, logfile=io.StringIO()).dirlist
        return any(entries[at].name in _STREAMS for at in entries[0].children)
    except _STUMBLES:
        return any(map(data.__contains__, map(_named, _STREAMS))) and _named("WordDocument") not in data


def bytes_to_source(path: Path, data: bytes) -> Source:
    """The lines and grids of a workbook's visible sheets. ``path`` is only named in errors.

    Raises DamagedFile, Encrypted, or TooLarge.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0 and sheet.nrows]
        if sum(sheet.row_len(row) for sheet in sheets for row in range(sheet.nrows)) > MOST_CELLS:
            raise TooLarge(path, f"超过 {MOST_CELLS} 个单元格")
        return pieces_to_source(
            piece
            for page, sheet in enumerate(sheets, start=1)
            for piece in worksheet_to_pieces(_read(book, sheet), page)
        )
    except _STUMBLES as error:
        if "encrypted" in str(error):
            raise Encrypted(path) from error
        raise DamagedFile(path, _KIND) from error


def _named(stream: str) -> bytes:
    """A stream's name as the container's directory writes it."""
    return stream.encode("utf-16-le") + b"\x00\x00"


def _read(book: Any, sheet: Any) -> Worksheet:
    """The sheet as far as something is printed; rows and columns that are only formatted may reach much farther."""
    printed = [[_cell_to_text(book, cell) for cell in sheet.row(row)] for row in range(sheet.nrows)]
    height = max((at + 1 for at, row in enumerate(printed) if any(row)), default=0)
    width = max((at + 1 for row in printed for at, text in enumerate(row) if text), default=0)
    texts = tuple(tuple((*row, *[""] * width)[:width]) for row in printed[:height])
    areas = tuple(
        Area(top, left, min(bottom, height) - top, min(right, width) - left)
        for top, bottom, left, right in sheet.merged_cells
        if top < height and left < width
    )
    rows = {at for at, row in sheet.rowinfo_map.items() if row.hidden}
    columns = {at for at, column in sheet.colinfo_map.items() if column.hidden}
    return without_hidden(Worksheet(texts, areas), rows, columns)


def _cell_to_text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return value_to_text(bool(cell.value), "")
    if cell.ctype == xlrd.XL_CELL_DATE:
        moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
        return value_to_text(moment if cell.value >= 1 else moment.time(), "")
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number_format = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return value_to_text(cell.value, number_format.format_str if number_format else "General")
    return value_to_text(cell.value or None, "")
