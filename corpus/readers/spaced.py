"""Plain text whose tables keep their layout by runs of spaces (``pdftotext -layout``) -> lines and grids.

A character's column is its place on the page, so the text is read as a page without rules is (paged.py). Tools count
Chinese characters as two columns or as one: how a file counts shows in which way its figures stand under one another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.flow import Edges, Row, Segment
from corpus.readers.paged import Page, pages_to_source
from corpus.readers.pieces import Source

_AMOUNT = r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)"
_BEHIND_NAME = re.compile(
    rf"(?<=[\u4e00-\u9fff）)])[ \u3000]+(?={_AMOUNT}(?:[ \u3000]*$|[ \u3000]+[-−－\d]))", re.MULTILINE
)
_PAGE_NUMBER = re.compile(r"\n {8,}[-—–－·第]?\s*\d{1,3}\s*[-—–－·页]?\s*\f")
_FEWEST_PAGES = 2
_WIDE_GAP = 3
_FEWEST = 10  # amounts set apart from their names; a report has some hundreds
_MOSTLY = 4
# A word ends at two spaces; at one only beside a figure, as columns that are full touch.
_WORD = re.compile(rf"{_AMOUNT}(?=\s|$)|\S(?:(?! {_AMOUNT}(?:\s|$))(?: ?\S))*")
_PROSE = re.compile("[，。；、]")
_LONG = 15  # characters
_FEW_LINES = 4
_SLACK = 2.5  # of the character size: other characters are only about half as wide as Chinese ones
_LEADING = 1.2  # of the character size: from one line to the next


def is_spaced(text: str) -> bool:
    """Whether figures stand apart from their names by runs of spaces; a text layer has one space between cells.

    Text without tables is known by its page numbers, set in the middle of the last line of the pages.
    """
    if len(_PAGE_NUMBER.findall(text)) > text.count("\f") / 2 > _FEWEST_PAGES:
        return True
    gaps = [len(gap.group()) for gap in _BEHIND_NAME.finditer(text)]
    wide = sum(gap >= _WIDE_GAP for gap in gaps)
    return wide >= _FEWEST and wide > _MOSTLY * sum(gap == 1 for gap in gaps)


def text_to_source(text: str) -> Source:
    """The lines and grids of such a text; pages end at form feeds."""
    pages = [page.split("\n") for page in text.replace("\r\n", "\n").replace("\r", "\n").expandtabs().split("\f")]
    wide = max((2, 1), key=lambda columns: _aligned_amounts(pages, columns))
    read = [_to_page(number, lines, wide) for number, lines in enumerate(pages, start=1)]
    every = _ends(row for page in read for row in page.rows)
    source = pages_to_source([replace(page, edges=_edges(page, every, wide)) for page in read])
    return replace(source, may_be_cut=True)


def _edges(page: Page, every: Sequence[float], wide: int) -> Edges | None:
    """The edges of the running text: most of its lines that are full end within some characters of the right one."""
    own = _ends(page.rows)
    ends = own if len(own) >= _FEW_LINES else every
    if not ends or not page.rows:
        return None
    lefts = sorted(row.x0 for row in page.rows)
    return Edges(lefts[len(lefts) // 20], ends[len(ends) * 4 // 5], wide, _SLACK)


def _ends(rows: Iterable[Row]) -> list[float]:
    """Where the lines of running text end, the shortest first."""
    return sorted(row.x1 for row in rows if _PROSE.search(row.text) and row.x1 - row.x0 > _LONG * row.size)


def _aligned_amounts(pages: Sequence[Sequence[str]], wide: int) -> int:
    """How many amounts end right below another, where a Chinese character takes ``wide`` columns."""
    count = 0
    for lines in pages:
        ends = [{_width(line[: m.end()], wide) for m in re.finditer(_AMOUNT, line)} for line in lines]
        count += sum(len(above & below) for above, below in pairwise(filter(None, ends)))
    return count


def _to_page(number: int, lines: Sequence[str], wide: int) -> Page:
    """The lines as rows of a page whose characters are ``wide`` columns in size; its first and last line are its edges."""
    inked = [at for at, line in enumerate(lines) if line.strip()]
    if not inked:
        return Page(number, 0, ())
    step = _LEADING * wide
    rows = tuple(_to_row(lines[at], (inked[-1] - at) * step, wide) for at in inked)
    height = max(step, (inked[-1] - inked[0]) * step)
    return Page(number, height, rows, margin=step / 2 / height)


def _to_row(line: str, baseline: float, wide: int) -> Row:
    """A line as a printed row. Its right edge is where it would end in print: other characters take half a Chinese one."""
    text = re.sub(r"\s+", " ", line.strip())
    x0 = _width(line[: len(line) - len(line.lstrip())], wide)
    return Row(text, x0, x0 + _width(text, 2) * wide / 2, baseline, wide, tuple(_to_segments(line, wide)))


def _to_segments(line: str, wide: int) -> Iterator[Segment]:
    for word in _WORD.finditer(line):
        yield Segment(word.group(), _width(line[: word.start()], wide), _width(line[: word.end()], wide))


def _width(text: str, wide: int) -> int:
    """The columns that ``text`` takes."""
    return sum(wide if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
