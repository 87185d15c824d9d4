"""PDF -> lines and grids. The only file that imports pdfplumber: it gives characters and ruled cells, no more.

Running text is put together from baselines (flow.py), tables from ruled cells (ruled.py). Page numbers and
headers that repeat on most pages are left out, as their place says what they are.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from corpus.errors import Encrypted, ScannedReport, TooLarge, UnreadablePdf
from corpus.grids.grid import RawGrid
from corpus.readers.aligned import pages_to_regions, regions_to_grids
from corpus.readers.flow import FlowLine, Glyph, Row, glyphs_to_rows, page_edges, rows_to_lines
from corpus.readers.pieces import Piece, Source, TextLine, pieces_to_source
from corpus.readers.ruled import Ruling, open_sides, split_glyphs, whole_tables

_MOST_PAGES = 600
_MOST_SHAPES = 20000  # on one page; a page of figures has some hundreds
_MARGIN = 0.1  # of the page's height: where page numbers stand
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*\d{1,4}[-—–－·\s]*|第\s*\d+\s*页.{0,12}|\d+\s*/\s*\d+")
_NO_LETTER = re.compile(r"\(cid:\d+\)")
_REPEATED = 3  # lines in a row that come again at the top of the next page are a second copy
_FEW = 40  # characters on a page on average; a scanned report has none or those of a stamp


@dataclass(frozen=True, slots=True)
class _Page:
    """A page taken apart: ``rows`` of running text and ``grids`` with the height (from the top) each stands at."""

    number: int
    height: float
    rows: tuple[Row, ...]
    grids: tuple[tuple[float, RawGrid], ...]


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
    return pieces_to_source(_pages_to_pieces(_with_aligned(_without_repeats(_without_furniture(pages)))))


def _read_page(page: Any) -> _Page:
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
    read = _Page(page.page_number, height, tuple(glyphs_to_rows(outside)), grids)
    page.close()
    return read


def _refuse_scans(path: Path, pages: Sequence[_Page]) -> None:
    texts = [row.text for page in pages for row in page.rows]
    texts += [line for page in pages for _, grid in page.grids for cell in grid.cells for line in cell.lines]
    inked = sum(map(len, texts))
    if inked < _FEW * len(pages) and inked < _FEW * 10:
        raise ScannedReport(path)
    if sum(len(match) for text in texts for match in _NO_LETTER.findall(text)) > inked / 5:
        raise UnreadablePdf(path, "的字体没有字符对照表，取不出文字")


def _without_furniture(pages: Sequence[_Page]) -> list[_Page]:
    """Page numbers, and lines at the edge of the page that come again on most pages, are left out."""
    edge = Counter(
        _unnumbered(row.text) for page in pages for row in page.rows if _at_edge(row, page) and len(pages) > 3
    )
    kept = []
    for page in pages:
        rows = tuple(
            row
            for row in page.rows
            if not _at_edge(row, page)
            or not (_PAGE_NUMBER.fullmatch(row.text) or edge[_unnumbered(row.text)] > len(pages) / 2)
        )
        kept.append(_Page(page.number, page.height, rows, page.grids))
    return kept


def _without_repeats(pages: Sequence[_Page]) -> list[_Page]:
    """Text that is clipped off the page at which it goes on stands in the file on both: the second copy is dropped."""
    kept = list(pages[:1])
    for before, page in pairwise(pages):
        own = [row.text for row in page.rows]
        above = [row.text for row in before.rows]
        starts = [at for at, text in enumerate(above) if own and text == own[0]]
        runs = (_same_run(above[at:], own) for at in starts)
        repeated = max(runs, default=0)
        rows = page.rows[repeated:] if repeated >= _REPEATED else page.rows
        kept.append(_Page(page.number, page.height, rows, page.grids))
    return kept


def _same_run(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _unnumbered(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _at_edge(row: Row, page: _Page) -> bool:
    return row.baseline < _MARGIN * page.height or row.baseline > (1 - _MARGIN) * page.height


def _pages_to_pieces(pages: Sequence[_Page]) -> Iterator[Piece]:
    for at, (page, edges) in enumerate(zip(pages, page_edges([page.rows for page in pages]), strict=True)):
        following = pages[at + 1] if at + 1 < len(pages) else None
        after = following.rows[0] if following and following.rows and not _grid_first(following) else None
        rows = list(page.rows)
        for top, grid in sorted(page.grids, key=lambda found: found[0]):
            above = [row for row in rows if page.height - row.baseline <= top]
            yield from _flow(page, rows_to_lines(above, None, edges))
            yield grid
            rows = rows[len(above) :]
        yield from _flow(page, rows_to_lines(rows, after, edges))


def _with_aligned(pages: Sequence[_Page]) -> list[_Page]:
    """Tables without rules, found in the running text, become grids; their lines are text no longer."""
    rows = [page.rows for page in pages]
    taken: list[set[int]] = [set() for _ in pages]
    grids: list[list[tuple[float, RawGrid]]] = [list(page.grids) for page in pages]
    for regions in pages_to_regions(rows):
        if any(page_box for region in regions for page_box in pages[region.page].grids):
            continue  # what stands between the rules of a page is no table without rules
        for region, grid in zip(regions, regions_to_grids(rows, regions), strict=False):
            page = pages[region.page]
            first = page.rows[region.first]
            grids[region.page].append((page.height - first.baseline - first.size, grid))
            taken[region.page].update(range(region.first, region.last))
    return [
        _Page(p.number, p.height, tuple(r for at, r in enumerate(p.rows) if at not in gone), tuple(own))
        for p, gone, own in zip(pages, taken, grids, strict=True)
    ]


def _flow(page: _Page, lines: Sequence[FlowLine]) -> Iterator[TextLine]:
    """What is set large on the first page is the cover's title, no heading of a section."""
    yield from (TextLine(page.number, line.text, line.is_heading and page.number > 1) for line in lines)


def _grid_first(page: _Page) -> bool:
    return any(top < page.height - page.rows[0].baseline for top, _ in page.grids)
