"""Sheets -> files: CSV (UTF-8 with a byte-order mark, for Excel) and XLSX. The one place that knows openpyxl.

A text that a spreadsheet would take for a formula is defused with an apostrophe in CSV and typed as text in XLSX.
CSV has the digits as printed ("15666.80"). A number in XLSX is, in any spreadsheet, a double of 15 to 16 digits, more than
any report prints; its format shows as many decimals as were printed.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from qa.sheets import Cell, Sheet

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold
_MOST = 32_767  # characters in one cell of XLSX


def sheet_to_csv(sheet: Sheet) -> str:
    """The sheet as CSV text, byte-order mark first, lines ended by CR LF."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([defused(name) for name in sheet.header])
    for row in sheet.rows:
        writer.writerow([_to_field(cell) for cell in row])
    return BOM + stream.getvalue()


def sheet_to_csv_bytes(sheet: Sheet) -> bytes:
    """The same as bytes; a lone surrogate (from an odd question) becomes a question mark."""
    return sheet_to_csv(sheet).encode("utf-8", errors="replace")


def sheets_to_xlsx(sheets: tuple[Sheet, ...]) -> bytes:
    """A workbook with these sheets: header in bold, numbers as numbers shown with the digits printed, blanks empty."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.name)[:31])
        page.append(list(sheet.header))
        for cell in page[1]:
            cell.font = Font(bold=True)
        page.freeze_panes = "A2"
        for at, row in enumerate(sheet.rows, start=2):
            for column, value in enumerate(row, start=1):
                _fill(page.cell(at, column), value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def defused(text: str) -> str:
    """``text`` so that no spreadsheet runs it."""
    return "'" + text if text.startswith(_FORMULA) else text


def _to_field(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return defused(cell) if isinstance(cell, str) else str(cell)


def _fill(target: object, value: Cell) -> None:
    """Write one cell of the workbook. ``target``: an openpyxl cell."""
    if value is None or value == "":
        return
    if isinstance(value, Decimal):
        places = max(0, -int(value.as_tuple().exponent))
        target.value = value  # type: ignore[attr-defined]
        target.number_format = "0" + ("." + "0" * places if places else "")  # type: ignore[attr-defined]
    elif isinstance(value, int):
        target.value = value  # type: ignore[attr-defined]
    else:
        target.value = _FORBIDDEN.sub("", value)[:_MOST]  # type: ignore[attr-defined]
        target.data_type = "s"  # type: ignore[attr-defined]
