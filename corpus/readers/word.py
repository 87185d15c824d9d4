"""Word documents (.docx) -> lines and grids. The only file that imports python-docx.

Paragraphs and tables come in the order of the document; pages are those Word noted when it last saved the file.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from corpus.errors import DamagedFile
from corpus.readers.package import is_package, open_package
from corpus.readers.pieces import Piece, Source, TextLine, pieces_to_source
from corpus.readers.spans import SpannedCell, rows_to_grid

_KIND = "Word"


def is_docx(data: bytes) -> bool:
    """Whether the bytes are a Word document of the present format."""
    return is_package(data, "word")


def bytes_to_source(path: Path, data: bytes) -> Source:
    """The lines and grids of a Word document. ``path`` is only named in errors.

    Raises DamagedFile, or TooLarge for a package that would unpack to too much.
    """
    file = open_package(path, data, _KIND)
    try:
        body = docx.Document(file).element.body
        return pieces_to_source(_pieces(body))
    except (
        OpcError,
        LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
    ) as error:
        raise DamagedFile(path, _KIND) from error


def _pieces(body: Any, page: int = 1) -> Iterator[Piece]:
    for element in _blocks(body):
        if element.tag == qn("w:p"):
            page += _breaks(element)
            text = _text(element)
            if text.strip():
                yield TextLine(page, text.strip() + " ", _is_heading(element))
        elif element.tag == qn("w:tbl"):
            yield from _table(element, page)
            page += _breaks(element)


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables; what stands in a content control is looked through."""
    for element in body.iterchildren():
        if element.tag == qn("w:sdt"):
            for content in element.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content)
        else:
            yield element


def _breaks(element: Any) -> int:
    """How many pages begin within: as Word set them, or where a break was put and Word noted none."""
    noted = sum(1 for _ in element.iter(qn("w:lastRenderedPageBreak")))
    put = sum(br.get(qn("w:type")) == "page" for br in element.iter(qn("w:br")))
    return int(noted or put)


def _text(element: Any) -> str:
    """Runs in order, deleted ones left out; a tab is a space, a line break parts nothing."""
    text = ""
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t") and _is_raised(node) and (node.text or "").strip().isdecimal():
            text += f"[{node.text.strip()}]"  # a note's number is no part of the figure before it
            continue
        text += (node.text or "") if node.tag == qn("w:t") else "-" if node.tag == qn("w:noBreakHyphen") else " "
    return text


def _is_raised(text: Any) -> bool:
    raised = text.getparent().find(f"{qn('w:rPr')}/{qn('w:vertAlign')}")
    return raised is not None and raised.get(qn("w:val")) == "superscript"


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = style.get(qn("w:val"), "") if style is not None else ""
    return name.lower().startswith(("heading", "title")) or name in ("1", "2", "3")


def _table(table: Any, page: int) -> Iterator[Piece]:
    if table.find(f".//{qn('w:tc')}//{qn('w:tbl')}") is not None:  # a table that holds tables is only layout
        for cell in table.iterchildren(qn("w:tr")):
            for content in cell.iterchildren(qn("w:tc")):
                yield from _pieces(content, page)
        return
    rows = _rows(table)
    grid = rows_to_grid(page, rows)
    if grid is not None:
        yield grid
        return
    for row in rows:
        for cell in row:
            for line in cell.lines:
                yield TextLine(page, line + " ")


def _rows(table: Any) -> list[list[SpannedCell]]:
    """Cells with their spans; one that continues the cell above (vMerge) is counted to that one's height."""
    grid: list[list[SpannedCell]] = []
    owners: dict[int, tuple[int, int]] = {}  # column -> (row, index in it) of the cell that may still grow
    for number, row in enumerate(table.iterchildren(qn("w:tr"))):
        cells: list[SpannedCell] = []
        column = _skipped(row, "w:gridBefore")
        cells += [SpannedCell(())] * column
        for cell in row.iterchildren(qn("w:tc")):
            width, merge = _width(cell), _merge(cell)
            owner = owners.get(column)
            if merge == "continue" and owner is not None:
                above = grid[owner[0]][owner[1]]
                grid[owner[0]][owner[1]] = SpannedCell(above.lines, above.height + 1, above.width)
            else:
                if merge == "restart":
                    owners[column] = (number, len(cells))
                else:
                    owners.pop(column, None)
                cells.append(SpannedCell(tuple(_cell_lines(cell)), 1, width))
            column += width
        grid.append(cells)
    return grid


def _cell_lines(cell: Any) -> list[str]:
    return [text for paragraph in cell.iter(qn("w:p")) if (text := _text(paragraph).strip())]


def _width(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"), "1")) if span is not None else 1


def _merge(cell: Any) -> str:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if merge is None else str(merge.get(qn("w:val"), "continue"))


def _skipped(row: Any, name: str) -> int:
    skipped = row.find(f"{qn('w:trPr')}/{qn(name)}")
    return int(skipped.get(qn("w:val"), "0")) if skipped is not None else 0
