"""The header cells of a table without rules: put together where they are wrapped, and which stands over which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from corpus.grids.heads import is_label_head
from corpus.layouts.headers import name_to_column
from corpus.layouts.shapes import shapes
from corpus.layouts.tokens import compact
from corpus.readers.flow import Row, Segment

CLOSE = 0.95  # of the character size: two rows of a table are never as near
_ONE_ROW = 0.65  # of the character size: how far apart the middles of cells of one row may be, if some are wrapped
_LEADING = 1.4  # of the character size: lines of one header cell are nearer
_FAR = 2.6  # of the character size: another cell's line stands between
_WHOLE_HEAD = re.compile(
    r"收入|支出|合计|小计|金额|(年初|全年|收入|支出)?(预算|决算|执行)数|本年(收入|支出)|(人员|公用)经费|.*“三公”经费"
)
_MOST_WIDE = 5  # cells side by side over others
_SIDE = re.compile(r"(财政拨款|本年)?(收入|支出)")
_MEASURE = re.compile(r"(预算|决算|执行)数")
_PART = re.compile(r"(人员|公用)经费")
_CODE_OR_NAME = re.compile(r".*(名称|编码)|类|款")
_NUMBERS = re.compile(r"\d+|栏次|行次")


def unwrap_header(head: Sequence[Row]) -> list[list[Segment]]:
    """The header's cells row by row, those wrapped over lines put together: their lines are nearer than two rows are."""
    cells: list[tuple[float, float, Segment]] = []  # first baseline, last baseline, cell
    for row in head:
        for segment in _apart(row.segments):
            above = next(
                (
                    at
                    for at, (_, last, cell) in enumerate(cells)
                    if 0 < last - row.baseline < _reach(cell, segment) * row.size
                    and (segment.x0 < cell.x1 and cell.x0 < segment.x1)
                    and _wraps(cell, segment)
                    and (_is_over_one(cell, row) or _is_whole(compact(cell.text + segment.text)))
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
        if rows and before - middle < _ONE_ROW * size:
            rows[-1].append(cell)
        else:
            rows.append([cell])
            before = middle
    return [sorted(row, key=lambda cell: cell.x0) for row in rows]


def _is_over_one(cell: Segment, row: Row) -> bool:
    """Is there one word below the cell? Over several it is their common header."""
    return sum(segment.x0 < cell.x1 and cell.x0 < segment.x1 for segment in row.segments) == 1


def _apart(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The segments; two names with but a space between them are two cells."""
    for segment in segments:
        words = segment.text.split(" ")
        if len(words) == 1 or not all(_is_whole(compact(word)) for word in words):
            yield segment
            continue
        x0, width = segment.x0, (segment.x1 - segment.x0) / len(segment.text)
        for word in words:
            yield Segment(word, x0, x0 + len(word) * width)
            x0 += (len(word) + 1) * width


def _reach(cell: Segment, segment: Segment) -> float:
    """How far below, in character sizes, the rest of a cell may stand: where no name is whole without it, farther."""
    above, below = compact(cell.text), compact(segment.text)
    return _FAR if _is_whole(above + below) and not (_is_whole(above) and _is_whole(below)) else _LEADING


def _wraps(cell: Segment, segment: Segment) -> bool:
    """Does a header cell go on in the one below it? Two whole names that make no name together are two cells."""
    above, below = compact(cell.text), compact(segment.text)
    is_wider = _WHOLE_HEAD.fullmatch(above) or re.search(shapes().group, above)
    if _NUMBERS.fullmatch(below) or (is_wider and is_label_head(below)):
        return False
    if re.search(shapes().group, above) and _is_whole(below):
        return False
    return not (_is_whole(above) and _is_whole(below)) or _is_whole(above + below)


@cache
def _is_whole(name: str) -> bool:
    """Is it a name that headers are known to print?"""
    every = shapes().tables
    items = (compact(known) for shape in every for item in shape.items for known in (item.name, *item.names))
    return (
        bool(_WHOLE_HEAD.fullmatch(name))
        or is_label_head(name)
        or any(name_to_column(name, shape) for shape in every)
        or name in items
    )


def header_leaves(head: Sequence[Sequence[Segment]]) -> list[Segment]:
    """The header cells with nothing below them, from left to right.

    A cell over two columns may stand above the gap between their headers: it is known by that gap being narrow.
    """
    rows = _naming(head)
    leaves = [cell for at, row in enumerate(rows) for cell in row if not _has_children(cell, rows[at + 1 :])]
    return sorted(leaves, key=lambda cell: cell.x0)


def _has_children(cell: Segment, below: Sequence[Sequence[Segment]]) -> bool:
    name = compact(cell.text)
    names = [compact(other.text) for row in below for other in row]
    if name == "项目" and any(_CODE_OR_NAME.fullmatch(other) for other in names):
        return True
    if _SIDE.fullmatch(name) and names.count("项目") > 1:
        return True
    if _PART.fullmatch(name) and sum(other.endswith("科目名称") for other in names) > 1:
        return True
    middle = (cell.x0 + cell.x1) / 2
    for row in below:
        if any(other.x0 < cell.x1 and cell.x0 < other.x1 for other in row):
            return True
        centres = sorted((other.x0 + other.x1) / 2 for other in row)
        if len(row) > 3 and all(_MEASURE.fullmatch(compact(other.text)) for other in row):
            return centres[0] < middle < centres[-1]  # 预算数 决算数 under every item
        gaps = [b - a for a, b in pairwise(centres)]
        around = [(a, b) for a, b in pairwise(centres) if a < middle < b]
        if around and around[0][1] - around[0][0] < 1.5 * min(gaps):
            return True
    return False


def header_paths(head: Sequence[Sequence[Segment]]) -> Mapping[Segment, tuple[str, ...]]:
    """For every header cell with nothing below it the cells over it, from the outside in, itself the last.

    A cell is printed in the middle of the columns it is over, and these stand side by side.
    """
    rows = _naming(head)
    leaves = header_leaves(head)
    level = {leaf: next(at for at, row in enumerate(rows) if leaf in row) for leaf in leaves}
    paths: dict[Segment, tuple[str, ...]] = {leaf: (leaf.text,) for leaf in leaves}
    for at in reversed(range(len(rows))):
        wide = [(cell, _first_below(cell, rows, at)) for cell in rows[at] if cell not in level]
        for below in sorted({below for _, below in wide}):
            for run in _runs(leaves, level, below):
                own = [c for c, first in wide if first == below and run[0].x0 <= (c.x0 + c.x1) / 2 <= run[-1].x1]
                for cell, part in zip(own, _divide(run, own), strict=False):
                    if not is_label_head(cell.text):  # 项目 stands over codes and names only
                        paths.update({leaf: (cell.text, *paths[leaf]) for leaf in part})
    return paths


def _first_below(cell: Segment, rows: Sequence[Sequence[Segment]], at: int) -> int:
    """The first row with a cell right below: what stands between is the middle of taller cells beside it."""
    below = range(at + 1, len(rows))
    return next((row for row in below if any(o.x0 < cell.x1 and cell.x0 < o.x1 for o in rows[row])), at + 1)


def _runs(leaves: Sequence[Segment], level: Mapping[Segment, int], below: int) -> list[list[Segment]]:
    """The leaves from row ``below`` on, in runs that no leaf above parts."""
    runs: list[list[Segment]] = [[]]
    for leaf in leaves:
        if level[leaf] >= below:
            runs[-1].append(leaf)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _divide(run: Sequence[Segment], cells: Sequence[Segment]) -> list[Sequence[Segment]]:
    """The run in as many parts as there are cells over it, the middle of each part nearest to that of its cell."""
    if not 0 < len(cells) <= min(len(run), _MOST_WIDE):
        return []
    ways = (
        [run[a:b] for a, b in pairwise((0, *cuts, len(run)))]
        for cuts in combinations(range(1, len(run)), len(cells) - 1)
    )
    return min(
        ways,
        key=lambda parts: sum(
            abs(part[0].x0 + part[-1].x1 - cell.x0 - cell.x1) for part, cell in zip(parts, cells, strict=True)
        ),
    )


def _naming(head: Sequence[Sequence[Segment]]) -> list[Sequence[Segment]]:
    """The rows of a header without those that only number the columns."""
    return [row for row in head if not all(_NUMBERS.fullmatch(compact(cell.text)) for cell in row)]
