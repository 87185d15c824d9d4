"""PDF -> lines and grids. The only file that imports pdfplumber: it gives characters and ruled cells, no more.

Running text is put together from baselines (flow.py), tables from ruled cells (ruled.py); what becomes of the
pages, tables without rules among them, is in paged.py.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from corpus.errors import Encrypted, ScannedReport, TooLarge, UnreadablePdf
from corpus.readers.flow import Glyph, glyphs_to_rows
from corpus.readers.paged import Page, pages_to_source
from corpus.readers.pieces import Source
from corpus.readers.ruled import Ruling, open_sides, split_glyphs, whole_tables

_MOST_PAGES = 600
_MOST_SHAPES = 20000  # on one page; a page of figures has some hundreds
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_FEW = 40  # characters on a page on average; a scanned report has none or those of a stamp


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF's, a little rubbish before its mark allowed."""
    return b"%PDF-" in data[:1024]


def bytes_to_source(path: Path, data: bytes) -> Source:
    """The lines and grids of a PDF. ``path`` is only named in errors.

    Raises Encrypted, UnreadablePdf (damaged or cut off), TooLarge, or ScannedReport where there is no text layer.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise TooLarge(path, f"有 {len(pdf.pages)} 页，最多读 {_MOST_PAGES} 页")
            pages = tuple(_read_page(page) for page in pdf.pages)
    except PDFPasswordIncorrect as error:
        raise Encrypted(path) from error
    except (PdfminerException, MalformedPDFException, PDFException, PSException) as error:
        if isinstance(error.__cause__ or error.__context__, PDFPasswordIncorrect) or "Password" in repr(error):
            raise Encrypted(path) from error
        raise UnreadablePdf(path) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OSError) as error:
        # What pdfminer lets out of damaged files; a fault of our own would fail on whole files too.
        raise UnreadablePdf(path) from error
    if not pages:
        raise UnreadablePdf(path, "一页也没有")
    _refuse_scans(path, pages)
    return pages_to_source(pages)


def _read_page(page: Any) -> Page:
    height = page.height
    shapes = len(page.rects) + len(page.lines) + len(page.curves)
    tables = page.find_tables(open_sides(page.edges)) if 0 < shapes <= _MOST_SHAPES else []
    glyphs = [
        Glyph(char["text"], char["x0"], char["x1"], char["matrix"][5], char["size"])
        for char in page.chars
        if char["upright"] and 0 <= char["matrix"][5] <= height and 0 <= char["x0"] <= page.width
    ]
    rulings = whole_tables([Ruling(table.cells) for table in tables], glyphs, height)
    outside, inside = split_glyphs(glyphs, rulings, height)
    grids = tuple(
        (ruling.box[1], ruling.to_grid(page.page_number, cells)) for ruling, cells in zip(rulings, inside, strict=True)
    )
    read = Page(page.page_number, height, tuple(glyphs_to_rows(outside)), grids)
    page.close()
    return read


def _refuse_scans(path: Path, pages: Sequence[Page]) -> None:
    texts = [row.text for page in pages for row in page.rows]
    texts += [line for page in pages for _, grid in page.grids for cell in grid.cells for line in cell.lines]
    inked = sum(map(len, texts))
    if inked < _FEW * len(pages) and inked < _FEW * 10:
        raise ScannedReport(path)
    if sum(len(match) for text in texts for match in _NO_LETTER.findall(text)) > inked / 5:
        raise UnreadablePdf(path, "的字体没有字符对照表，取不出文字")
