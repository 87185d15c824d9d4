"""Pages of printed lines and grids -> lines and grids of a document, whatever file they were found in.

Page numbers and headers that repeat on most pages are left out, as their place says what they are; tables without
rules are found in the running text; what is left becomes paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.grids.grid import RawGrid
from corpus.readers.aligned import pages_to_regions, regions_to_grids
from corpus.readers.flow import Edges, FlowLine, Row, page_edges, rows_to_lines
from corpus.readers.pieces import Piece, Source, TextLine, pieces_to_source

_MARGIN = 0.1  # of the page's height: where page numbers stand
_PAGE_NUMBER = re.compile(r"[-—–－·\s]*\d{1,4}[-—–－·\s]*|第\s*\d+\s*页.{0,12}|\d+\s*/\s*\d+")
_REPEATED = 3  # lines in a row that come again at the top of the next page are a second copy


@dataclass(frozen=True, slots=True)
class Page:
    """A page taken apart: ``rows`` of running text and ``grids`` with the height (from the top) each stands at.

    ``margin``: the share of the height, above and below, where page numbers and repeated headers stand; ``edges``:
    of its running text, where the file tells more of them than the rows do.
    """

    number: int
    height: float
    rows: tuple[Row, ...]
    grids: tuple[tuple[float, RawGrid], ...] = ()
    margin: float = _MARGIN
    edges: Edges | None = None


def pages_to_source(pages: Sequence[Page]) -> Source:
    """The numbered lines of all pages, and the grids that stand on some of them."""
    return pieces_to_source(_pages_to_pieces(_with_aligned(_without_repeats(_without_furniture(pages)))))


def _without_furniture(pages: Sequence[Page]) -> list[Page]:
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
        kept.append(replace(page, rows=rows))
    return kept


def _without_repeats(pages: Sequence[Page]) -> list[Page]:
    """Text that is clipped off the page at which it goes on stands in the file on both: the second copy is dropped."""
    kept = list(pages[:1])
    for before, page in pairwise(pages):
        own = [row.text for row in page.rows]
        above = [row.text for row in before.rows]
        starts = [at for at, text in enumerate(above) if own and text == own[0]]
        runs = (_same_run(above[at:], own) for at in starts)
        repeated = max(runs, default=0)
        rows = page.rows[repeated:] if repeated >= _REPEATED else page.rows
        kept.append(replace(page, rows=rows))
    return kept


def _same_run(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _unnumbered(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _at_edge(row: Row, page: Page) -> bool:
    return row.baseline < page.margin * page.height or row.baseline > (1 - page.margin) * page.height


def _pages_to_pieces(pages: Sequence[Page]) -> Iterator[Piece]:
    for at, (page, own) in enumerate(zip(pages, page_edges([page.rows for page in pages]), strict=True)):
        edges = page.edges or own
        following = pages[at + 1] if at + 1 < len(pages) else None
        after = following.rows[0] if following and following.rows and not _grid_first(following) else None
        rows = list(page.rows)
        for top, grid in sorted(page.grids, key=lambda found: found[0]):
            above = [row for row in rows if page.height - row.baseline <= top]
            yield from _flow(page, rows_to_lines(above, None, edges))
            yield grid
            rows = rows[len(above) :]
        yield from _flow(page, rows_to_lines(rows, after, edges))


def _with_aligned(pages: Sequence[Page]) -> list[Page]:
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
        replace(p, rows=tuple(r for at, r in enumerate(p.rows) if at not in gone), grids=tuple(own))
        for p, gone, own in zip(pages, taken, grids, strict=True)
    ]


def _flow(page: Page, lines: Sequence[FlowLine]) -> Iterator[TextLine]:
    """What is set large on the first page is the cover's title, no heading of a section."""
    yield from (TextLine(page.number, line.text, line.is_heading and page.number > 1) for line in lines)


def _grid_first(page: Page) -> bool:
    return any(top < page.height - page.rows[0].baseline for top, _ in page.grids)
