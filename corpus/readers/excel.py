"""Excel workbooks (.xlsx) -> lines and grids. The only file that imports openpyxl.

Figures are given as the sheet shows them, by their number format; what a sheet is made of: worksheets.py.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from corpus.errors import DamagedFile, TooLarge, UnreadableReport
from corpus.readers.number_format import value_to_text
from corpus.readers.package import is_package, open_package
from corpus.readers.pieces import Source, pieces_to_source
from corpus.readers.worksheets import MOST_CELLS, Area, Worksheet, without_hidden, worksheet_to_pieces

_KIND = "Excel"


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
        if sum(sheet.max_row * sheet.max_column for sheet in sheets) > MOST_CELLS:
            raise TooLarge(path, f"超过 {MOST_CELLS} 个单元格")
        return pieces_to_source(
            piece for page, sheet in enumerate(sheets, start=1) for piece in worksheet_to_pieces(_read(sheet), page)
        )
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


def _read(sheet: Any) -> Worksheet:
    texts = tuple(tuple(value_to_text(cell.value, cell.number_format) for cell in row) for row in sheet.iter_rows())
    areas = tuple(
        Area(a.min_row - 1, a.min_col - 1, a.max_row - a.min_row + 1, a.max_col - a.min_col + 1)
        for a in sheet.merged_cells.ranges
    )
    rows = {at - 1 for at, row in sheet.row_dimensions.items() if row.hidden}
    return without_hidden(Worksheet(texts, areas), rows, _hidden_columns(sheet))


def _hidden_columns(sheet: Any) -> set[int]:
    """Columns are described by the first of a run that is alike."""
    hidden: set[int] = set()
    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            first = column.min or column_index_from_string(letter)
            hidden.update(range(first - 1, min(column.max or first, sheet.max_column)))
    return hidden
