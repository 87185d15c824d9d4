"""Tables without rules: printed lines whose words stand under one another -> grids, by their positions alone.

Figures of one column overlap when seen from above, those of two columns never do; so do codes and names. Lines
that carry only the rest of a wrapped name belong to the nearest line that carries more. Points, as in flow.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.grids.grid import RawCell, RawGrid
from corpus.layouts.shapes import shapes
from corpus.layouts.tokens import compact
from corpus.readers.flow import Row, Segment

_UNIT = re.compile(r"单位[:：]?(万元|亿元|千元|元)")
_AMOUNT = re.compile(r"[-−－]?[\d,，]*\.\d+%?|[-−－]?\d{1,3}([,，]\d{3})+|0|[-—–－]+")
_CODE = re.compile(r"\d{2}|\d{3}|\d{5}|\d{7}")
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|其中[:：]|本年|年初|年末|使用|结余分配|(收入|支出)?总计"
)
_ENDS = re.compile(r"^第[一二三四五六七八九十]+部分|[。；]$|^(注|说明|备注)\d?[:：]")
_LABEL_LEAF = re.compile(r"(.*(科目|分类|单位))?(编码|名称|代码)|项目|类|款|项")
_LEADING = 1.4  # of the character size: lines of one header cell are nearer
_CLOSE = 0.95  # of the character size: two rows of a table are never as near
_FEWEST_ROWS = 2
_FIRST_LINES = 3  # a page may begin with the upper lines of a wrapped name


@dataclass(frozen=True, slots=True)
class Region:
    """The printed lines of an unruled table on one page: rows ``first`` to before ``last`` of the page's."""

    page: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Band:
    """A column seen from above; ``role``: "code", "name" or "value"."""

    x0: float
    x1: float
    role: str


def pages_to_regions(pages: Sequence[Sequence[Row]]) -> list[list[Region]]:
    """The unruled tables of a document, each with its part on every page it runs over.

    A table begins below a title of a known kind and a unit; it ends at its note, at running text or the next title.
    """
    tables: list[list[Region]] = []
    is_open = False
    for number, rows in enumerate(pages):
        at = 0
        if is_open and any(_is_tabular(row) for row in rows[:_FIRST_LINES]):
            at = _end(rows, 0)
            tables[-1] += [Region(number, 0, at)] if at else []
            is_open = at == len(rows)
        elif rows:
            is_open = False
        while at < len(rows):
            begin = _begins(rows, at)
            if begin is None:
                at += 1
                continue
            end = _end(rows, begin)
            if end - begin >= _FEWEST_ROWS:
                tables.append([Region(number, begin, end)])
                is_open = end == len(rows)
            at = max(end, begin)
    return tables


def regions_to_grids(pages: Sequence[Sequence[Row]], regions: Sequence[Region]) -> list[RawGrid]:
    """A grid for each part of one table, all with the same columns; [] where the lines make no table."""
    parts = [list(pages[region.page][region.first : region.last]) for region in regions]
    heights = [_head_height(part) for part in parts]
    bodies = [row for part, height in zip(parts, heights, strict=True) for row in part[height:]]
    heads = [_unwrapped(part[:height]) for part, height in zip(parts, heights, strict=True)]
    bands = _bands(bodies, heads[0])
    if sum(band.role == "value" for band in bands) < 1 or len(bands) < 2:
        return []
    return [
        _to_grid(region.page + 1, head, _groups(part[height:]), bands)
        for region, part, head, height in zip(regions, parts, heads, heights, strict=True)
    ]


def _begins(rows: Sequence[Row], at: int) -> int | None:
    """The row after the unit, where a title stands at ``at``."""
    title = compact(rows[at].text)
    if not title.endswith("表") or len(title) > 60 or shapes().of_title(title) is None or "、" in title[:4]:
        return None
    for below in range(at + 1, min(at + 4, len(rows))):
        if _UNIT.search(compact(rows[below].text)):
            return below + 1
    return None


def _end(rows: Sequence[Row], begin: int) -> int:
    for at in range(begin, len(rows)):
        text = compact(rows[at].text)
        if _ENDS.search(text) or (text.endswith("表") and shapes().of_title(text) is not None):
            return at
    return len(rows)


def _is_tabular(row: Row) -> bool:
    """Could the line go on a table from the page before: several words apart, a code or an amount among them?"""
    words = [compact(segment.text) for segment in row.segments]
    return len(words) > 1 and any(_AMOUNT.fullmatch(w) or _CODE.fullmatch(w) or w in ("项目", "收入") for w in words)


def _head_height(rows: Sequence[Row]) -> int:
    """How many lines are header: those before the first with an amount, a class code, an item's number or a total."""
    at = next((at for at, row in enumerate(rows) if _begins_body(row)), len(rows))
    # The lines right above may be the upper halves of the first row's wrapped names.
    while 0 < at < len(rows) and rows[at - 1].baseline - rows[at].baseline < _CLOSE * rows[at].size:
        at -= 1
    return at


def _begins_body(row: Row) -> bool:
    words = [compact(segment.text) for segment in row.segments]
    if any(_AMOUNT.fullmatch(word) for word in words) or re.fullmatch(r"\d{3}|\d{5}|\d{7}", words[0]):
        return True
    return bool(re.match(r"[一二三四五六七八九十]+、", words[0])) or (
        words[0] in shapes().total_rows and len(words) == 1
    )


def _unwrapped(head: Sequence[Row]) -> list[list[Segment]]:
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
        if rows and before - middle < _CLOSE * size / 2:
            rows[-1].append(cell)
        else:
            rows.append([cell])
            before = middle
    return [sorted(row, key=lambda cell: cell.x0) for row in rows]


def _bands(body: Sequence[Row], head: Sequence[Sequence[Segment]]) -> list[_Band]:
    """The columns: names and codes as they are printed, figures one below each of the lowest header cells."""
    amounts: list[Segment] = []
    codes: list[Segment] = []
    texts: list[Segment] = []
    for row in body:
        for segment in row.segments:
            word = compact(segment.text)
            if _AMOUNT.fullmatch(word):
                amounts.append(segment)
            elif _CODE.fullmatch(word):
                codes.append(segment)
            elif word not in shapes().total_rows and not word.endswith("经费合计"):
                texts.append(segment)
    bands = [_Band(x0, x1, "name") for x0, x1 in _overlaps(texts)]
    bands += [_Band(x0, x1, "code") for x0, x1 in _overlaps(codes) if not _touches(x0, x1, bands)]
    leaves = header_leaves(head)
    labels = [leaf for leaf in leaves if _LABEL_LEAF.fullmatch(compact(leaf.text))]
    for leaf in labels if not bands else ():
        bands.append(_Band(leaf.x0, leaf.x1, "name"))
    named = [leaf for leaf in leaves if leaf not in labels]
    bands += _figure_bands(_overlaps(amounts), named)
    return sorted(bands, key=lambda band: band.x0)


def _figure_bands(printed: Sequence[tuple[float, float]], leaves: Sequence[Segment]) -> list[_Band]:
    """A band for each header cell, widened by the figures below it; where there are too few of these, by figures alone."""
    if len(leaves) < len(printed):
        return [_Band(x0, x1, "value") for x0, x1 in printed]
    below = _match([x0 + x1 for x0, x1 in printed], [leaf.x0 + leaf.x1 for leaf in leaves])
    bands = []
    for at, leaf in enumerate(leaves):
        own = [printed[index] for index, leaf_index in enumerate(below) if leaf_index == at]
        x0, x1 = own[0] if own else (leaf.x0, leaf.x1)
        bands.append(_Band(x0, x1, "value"))
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


def _touches(x0: float, x1: float, bands: Sequence[_Band]) -> bool:
    return any(x0 < band.x1 and band.x0 < x1 for band in bands)


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Lines gathered to the rows of the table: see the module's first lines."""
    near: list[list[Row]] = []
    for row in rows:
        if near and near[-1][-1].baseline - row.baseline < _CLOSE * min(row.size, near[-1][-1].size):
            near[-1].append(row)
        else:
            near.append([row])
    anchors = [at for at, group in enumerate(near) if any(_is_anchor(row) for row in group)]
    if not anchors:
        return near
    gathered: dict[int, list[Row]] = {at: [] for at in anchors}
    for at, group in enumerate(near):
        nearest = min(anchors, key=lambda anchor: (abs(_height(near[anchor]) - _height(group)), anchor > at))
        gathered[nearest].extend(group)
    return [gathered[at] for at in anchors]


def _is_anchor(row: Row) -> bool:
    words = [compact(segment.text) for segment in row.segments]
    return any(
        _AMOUNT.fullmatch(word) or _CODE.fullmatch(word) or _ORDINAL.match(word) or word.endswith(("合计", "总计"))
        for word in words
    )


def _height(group: Sequence[Row]) -> float:
    return sum(row.baseline for row in group) / len(group)


def _to_grid(
    page: int, head: Sequence[Sequence[Segment]], groups: Sequence[Sequence[Row]], bands: Sequence[_Band]
) -> RawGrid:
    cells: list[RawCell] = []
    printed: list[list[Sequence[Segment]]] = [[row] for row in head]
    printed += [[row.segments for row in group] for group in groups]
    for at, rows in enumerate(printed):
        lines: dict[int, list[str]] = {}
        for segments in rows:
            own: dict[int, list[str]] = {}
            for segment in segments:
                own.setdefault(_nearest(segment, bands), []).append(segment.text)
            for column, texts in own.items():
                lines.setdefault(column, []).append(" ".join(texts))
        cells += [RawCell(at, column, 1, 1, tuple(lines.get(column, ()))) for column in range(len(bands))]
    return RawGrid(
        page, len(head) + len(groups), len(bands), tuple(cells), tuple(band.role for band in bands), len(head)
    )


def _nearest(segment: Segment, bands: Sequence[_Band]) -> int:
    """The band the segment stands under, by overlap; else the nearest one."""

    def fit(at: int) -> tuple[float, float]:
        band = bands[at]
        return (
            -max(0.0, min(segment.x1, band.x1) - max(segment.x0, band.x0)),
            abs(segment.x0 + segment.x1 - band.x0 - band.x1),
        )

    return min(range(len(bands)), key=fit)
