"""The columns of a table without rules: bands seen from above, and the header cells that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layouts.shapes import shapes
from corpus.layouts.tokens import compact
from corpus.readers.flow import Row, Segment

AMOUNT = re.compile(r"[-−－]?[\d,，]*\.\d+%?|[-−－]?\d{1,3}([,，]\d{3})+|0|[-—–－]+")
CODE = re.compile(r"\d{2}|\d{3}|\d{5}|\d{7}")
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|其中[:：]|本年|年初|年末|使用|结余分配|(收入|支出)?总计"
)
CLOSE = 0.95  # of the character size: two rows of a table are never as near
_LABEL_LEAF = re.compile(r"(.*(科目|分类|单位))?(编码|名称|代码)|项目|类|款|项")
_LEADING = 1.4  # of the character size: lines of one header cell are nearer


def is_anchor(text: str) -> bool:
    """Does a row of a table begin with this word: an amount, a code, a numbered item or a total?"""
    word = compact(text)
    return bool(
        AMOUNT.fullmatch(word) or CODE.fullmatch(word) or _ORDINAL.match(word) or word.endswith(("合计", "总计"))
    )


@dataclass(frozen=True, slots=True)
class Band:
    """A column seen from above; ``role``: "code", "name" or "value"."""

    x0: float
    x1: float
    role: str


def unwrap_header(head: Sequence[Row]) -> list[list[Segment]]:
    """The header's cells row by row, those wrapped over lines put together: their lines are nearer than two rows are."""
    cells: list[tuple[float, float, Segment]] = []  # first baseline, last baseline, cell
    for row in head:
        for segment in row.segments:
            above = next(
                (
                    at
                    for at, (_, last, cell) in enumerate(cells)
                    if 0 < last - row.baseline < _LEADING * row.size
                    and (segment.x0 < cell.x1 and cell.x0 < segment.x1)
                    and not segment.text.strip().isdigit()
                ),
                None,
            )
            if above is None:
                cells.append((row.baseline, row.baseline, segment))
                continue
            first, _, cell = cells[above]
            joined = Segment(cell.text + segment.text, min(cell.x0, segment.x0), max(cell.x1, segment.x1))
            cells[above] = (first, row.baseline, joined)
    rows: list[list[Segment]] = []
    before = 0.0
    size = head[0].size if head else 0.0
    for first, last, cell in sorted(cells, key=lambda found: (-(found[0] + found[1]), found[2].x0)):
        middle = (first + last) / 2
        if rows and before - middle < CLOSE * size / 2:
            rows[-1].append(cell)
        else:
            rows.append([cell])
            before = middle
    return [sorted(row, key=lambda cell: cell.x0) for row in rows]


def find_bands(body: Sequence[Row], head: Sequence[Sequence[Segment]]) -> list[Band]:
    """The columns: names and codes as they are printed, figures one below each of the lowest header cells."""
    amounts: list[Segment] = []
    codes: list[Segment] = []
    texts: list[Segment] = []
    for row in body:
        for segment in row.segments:
            word = compact(segment.text)
            if AMOUNT.fullmatch(word):
                amounts.append(segment)
            elif CODE.fullmatch(word):
                codes.append(segment)
            elif word not in shapes().total_rows and not word.endswith("经费合计"):
                texts.append(segment)
    bands = [Band(x0, x1, "name") for x0, x1 in _overlaps(texts)]
    bands += [Band(x0, x1, "code") for x0, x1 in _overlaps(codes) if not _touches(x0, x1, bands)]
    leaves = header_leaves(head)
    labels = [leaf for leaf in leaves if _LABEL_LEAF.fullmatch(compact(leaf.text))]
    for leaf in labels if not bands else ():
        bands.append(Band(leaf.x0, leaf.x1, "name"))
    named = [leaf for leaf in leaves if leaf not in labels]
    bands += _figure_bands(_overlaps(amounts), named)
    return sorted(bands, key=lambda band: band.x0)


def _figure_bands(printed: Sequence[tuple[float, float]], leaves: Sequence[Segment]) -> list[Band]:
    """A band for each header cell, widened by the figures below it; where there are too few of these, by figures alone."""
    if len(leaves) < len(printed):
        return [Band(x0, x1, "value") for x0, x1 in printed]
    below = _match([x0 + x1 for x0, x1 in printed], [leaf.x0 + leaf.x1 for leaf in leaves])
    bands = []
    for at, leaf in enumerate(leaves):
        own = [printed[index] for index, leaf_index in enumerate(below) if leaf_index == at]
        x0, x1 = own[0] if own else (leaf.x0, leaf.x1)
        bands.append(Band(x0, x1, "value"))
    return bands


def _match(places: Sequence[float], targets: Sequence[float]) -> list[int]:
    """For each place its target, in order and no target twice, the sum of the distances the least there is."""
    best: list[tuple[float, list[int]]] = [(0.0, [])]  # for the targets so far: the cost of the first n places
    for number, target in enumerate(targets):
        grown = list(best)
        for count, (cost, chosen) in enumerate(best):
            if count >= len(places):
                continue
            total = cost + abs(places[count] - target)
            if count + 1 >= len(grown):
                grown.append((total, [*chosen, number]))
            elif total < grown[count + 1][0]:
                grown[count + 1] = (total, [*chosen, number])
        best = grown
    return best[len(places)][1]


def header_leaves(head: Sequence[Sequence[Segment]]) -> list[Segment]:
    """The header cells with nothing below them, from left to right.

    A cell over two columns may stand above the gap between their headers: it is known by that gap being narrow.
    """
    rows = [row for row in head if not all(re.fullmatch(r"\d+|栏次|行次", compact(cell.text)) for cell in row)]
    leaves = [cell for at, row in enumerate(rows) for cell in row if not _has_children(cell, rows[at + 1 :])]
    return sorted(leaves, key=lambda cell: cell.x0)


def _has_children(cell: Segment, below: Sequence[Sequence[Segment]]) -> bool:
    middle = (cell.x0 + cell.x1) / 2
    for row in below:
        if any(other.x0 < cell.x1 and cell.x0 < other.x1 for other in row):
            return True
        centres = sorted((other.x0 + other.x1) / 2 for other in row)
        gaps = [b - a for a, b in pairwise(centres)]
        around = [(a, b) for a, b in pairwise(centres) if a < middle < b]
        if around and around[0][1] - around[0][0] < 1.5 * min(gaps):
            return True
    return False


def _overlaps(segments: Iterable[Segment]) -> list[tuple[float, float]]:
    """The unions of what overlaps, from left to right."""
    unions: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda segment: segment.x0):
        if unions and segment.x0 < unions[-1][1]:
            unions[-1] = (unions[-1][0], max(unions[-1][1], segment.x1))
        else:
            unions.append((segment.x0, segment.x1))
    return unions


def _touches(x0: float, x1: float, bands: Sequence[Band]) -> bool:
    return any(x0 < band.x1 and band.x0 < x1 for band in bands)
