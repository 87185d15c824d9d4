"""Ruled cells and the characters in them -> a grid. Pure geometry; lengths in points, ``top`` down from the page's top."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus.grids.grid import RawCell, RawGrid
from corpus.readers.bands import is_anchor
from corpus.readers.flow import Glyph, Row, glyphs_to_rows
from corpus.readers.headers import CLOSE

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
_SAME_EDGE = 2.0
# What can only be the first word of a row, and no line of a wrapped cell.
_BEGINS = re.compile(
    r"[-−－]?\d[\d,，]*\.\d{2}$|\d{3}(\d{2}){0,2}($|\s)|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）"
)
_OPEN = 4.0
_CUTS, _TIGHT = 2, 0.2  # words that an edge may cut by chance; between characters of a word, of the character size
_SEVERAL = 3
_INK = 0.35  # of the character size above the baseline: the middle of what is printed


class Ruling:
    """The cells of one ruled table: which cell is a point in, and the grid they make."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self.box: Box = (
            min(c[0] for c in cells),
            min(c[1] for c in cells),
            max(c[2] for c in cells),
            max(c[3] for c in cells),
        )
        self._xs = _edges(x for c in cells for x in (c[0], c[2]))
        self._ys = _edges(y for c in cells for y in (c[1], c[3]))
        self._spans: list[tuple[int, int, int, int]] = []
        self._at: dict[tuple[int, int], int] = {}
        for cell in cells:
            left, right = _index(self._xs, cell[0]), _index(self._xs, cell[2])
            top, bottom = _index(self._ys, cell[1]), _index(self._ys, cell[3])
            if right > left and bottom > top:
                self._add(top, left, bottom - top, right - left)

    def _add(self, row: int, column: int, height: int, width: int) -> None:
        number = len(self._spans)
        self._spans.append((row, column, height, width))
        for at_row in range(row, row + height):
            for at_column in range(column, column + width):
                self._at.setdefault((at_row, at_column), number)

    @property
    def is_table(self) -> bool:
        """At least two columns: less is a frame around text. One row may be the last of a table of the page before."""
        return len(self._xs) > 2

    def cell_of(self, x: float, y: float) -> int | None:
        """The number of the cell that holds the point, None outside of all."""
        column, row = bisect_right(self._xs, x) - 1, bisect_right(self._ys, y) - 1
        return self._at.get((row, column))

    def to_grid(self, page: int, glyphs: dict[int, list[Glyph]]) -> RawGrid:
        """The grid, with the characters of each cell (by ``cell_of``) as its lines.

        Where the rules between rows are missing, so that one cell holds the figures of several, the row is parted
        at the lines that begin rows.
        """
        printed = {number: glyphs_to_rows(glyphs.get(number, ())) for number in range(len(self._spans))}
        cuts = [self._levels(row, printed) for row in range(len(self._ys) - 1)]
        begins = [sum(max(1, len(cut)) for cut in cuts[:row]) for row in range(len(cuts) + 1)]
        cells: list[RawCell] = []
        for number, (row, column, height, width) in enumerate(self._spans):
            lines, levels = printed[number], cuts[row]
            if height > 1 or len(levels) < 2:
                texts = tuple(line.text for line in lines)
                cells.append(RawCell(begins[row], column, begins[row + height] - begins[row], width, texts))
                continue
            for at in range(len(levels)):
                texts = _code_first([line for line in lines if _nearest(line.baseline, levels) == at])
                cells.append(RawCell(begins[row] + at, column, 1, width, texts))
        edges = tuple(round(x) for x in self._xs)
        return RawGrid(page, begins[-1], len(self._xs) - 1, tuple(cells), edges=edges)

    def _levels(self, row: int, printed: dict[int, list[Row]]) -> list[float]:
        """The baselines of the rows within a row from the top down, where two cells agree that there are several."""
        own = [printed[at] for at, span in enumerate(self._spans) if span[0] == row and span[2] == 1]
        if sum(sum(bool(_BEGINS.match(line.text)) for line in lines) > 1 for lines in own) < 2:
            return []
        groups: list[list[Row]] = []
        for line in sorted((line for lines in own for line in lines), key=lambda line: -line.baseline):
            if groups and groups[-1][-1].baseline - line.baseline < CLOSE * min(line.size, groups[-1][-1].size):
                groups[-1].append(line)
            else:
                groups.append([line])
        anchored = [group for group in groups if any(is_anchor(line.text) for line in group)]
        return [sum(line.baseline for line in group) / len(group) for group in anchored]


def _code_first(lines: Sequence[Row]) -> tuple[str, ...]:
    """The words of a cell; a code that stands beside the middle of its wrapped name comes before it, in one piece."""
    words = [segment.text.strip() for line in lines for segment in line.segments]
    codes = [word for word in words if re.fullmatch(r"\d{2}|\d{3}(\d{2}){0,2}", word)]
    code = "".join(codes)
    if len(codes) == len(words) or not re.fullmatch(r"\d{3}(\d{2}){0,2}", code):
        return tuple(line.text for line in lines)
    return (code, *(word for word in words if word not in codes))


def _nearest(baseline: float, levels: Sequence[float]) -> int:
    return min(range(len(levels)), key=lambda at: abs(levels[at] - baseline))


def open_sides(edges: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """Settings for pdfplumber that close tables whose outer rule is missing on a side: at a page's end, or by design.

    Where three or more rules of one direction end at the same place and none of the other direction runs there,
    that is the table's edge. ``edges``: pdfplumber's, with "orientation", "x0", "x1", "top", "bottom".
    """
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    return {
        "explicit_horizontal_lines": _ends(upright, ("top", "bottom"), "x0", [edge["top"] for edge in level]),
        "explicit_vertical_lines": _ends(level, ("x0", "x1"), "top", [edge["x0"] for edge in upright]),
    }


def _ends(
    edges: Sequence[Mapping[str, Any]], sides: tuple[str, str], apart: str, closed: Sequence[float]
) -> list[float]:
    """The places where several parallel edges (told apart by ``apart``) end at no edge that crosses them."""
    found: list[float] = []
    crossing = sorted(closed)
    reach: dict[tuple[str, int], list[float]] = defaultdict(list)
    for edge in edges:
        for side in sides:
            reach[side, round(edge[apart])].append(edge[side])
    for side, outermost in zip(sides, (min, max), strict=True):
        ends = sorted((outermost(places), place) for (own, place), places in reach.items() if own == side)
        groups: list[tuple[float, int]] = []
        for end, _ in ends:
            if groups and end - groups[-1][0] <= _SAME_EDGE:
                groups[-1] = (groups[-1][0], groups[-1][1] + 1)
            else:
                groups.append((end, 1))
        for end, count in groups:
            near = bisect_right(crossing, end - _OPEN)
            is_closed = near < len(crossing) and crossing[near] <= end + _OPEN
            if count >= _SEVERAL and not is_closed:
                found.append(end)
    return found


def whole_tables(rulings: Sequence[Ruling], glyphs: Sequence[Glyph], height: float) -> list[Ruling]:
    """The rulings that are tables: of two columns and more, with text in two cells, and whose edge cuts no word.

    The bars of a chart make cells, too; the words around it are printed across their edges.
    """
    found = [ruling for ruling in rulings if ruling.is_table]
    outside, inside = split_glyphs(glyphs, found, height)
    return [
        ruling
        for ruling, cells in zip(found, inside, strict=True)
        if sum(any(g.text.strip() for g in own) for own in cells.values()) > 1
        and _cuts([g for own in cells.values() for g in own], outside) < _CUTS
    ]


def _cuts(inside: Sequence[Glyph], outside: Sequence[Glyph]) -> int:
    """How many words have a character on either side of the edge."""
    lines: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in outside:
        if glyph.text.strip():
            lines[round(glyph.baseline)].append(glyph)
    cut = 0
    for glyph in inside:
        near = lines.get(round(glyph.baseline), ()) if glyph.text.strip() else ()
        gap = _TIGHT * glyph.size
        cut += any(abs(glyph.x0 - other.x1) < gap or abs(other.x0 - glyph.x1) < gap for other in near)
    return cut


def split_glyphs(
    glyphs: Iterable[Glyph], rulings: Sequence[Ruling], height: float
) -> tuple[list[Glyph], list[dict[int, list[Glyph]]]]:
    """The characters outside of all tables, and those of each table by cell; ``height`` is the page's.

    A character belongs where the middle of its ink is, not where the box of its font reaches.
    """
    outside: list[Glyph] = []
    inside: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in rulings]
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, height - glyph.baseline - _INK * glyph.size
        for ruling, cells in zip(rulings, inside, strict=True):
            x0, top, x1, bottom = ruling.box
            number = ruling.cell_of(x, y) if x0 <= x <= x1 and top <= y <= bottom else None
            if number is not None:
                cells[number].append(glyph)
                break
        else:
            outside.append(glyph)
    return outside, inside


def _edges(values: Iterable[float]) -> list[float]:
    """Edges that are nearly the same are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
