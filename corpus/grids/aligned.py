"""The header of a table without rules: its words are known by the vocabulary, their columns by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Line
from corpus.grids.grid import Grid
from corpus.grids.heads import Head, HeadColumn
from corpus.layouts.headers import name_to_column
from corpus.layouts.panels import header_to_columns
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.single_row import header_to_paths
from corpus.layouts.tokens import compact

_WORDING = re.compile(r"^(年初|全年)(?=预算数$)|^(本年|财政拨款)(?=(收入|支出)$)")
_MEASURED = re.compile(r"(经费)((?:预算|决算)数)$")
_PLAIN = ("决算数", "预算数", "执行数", "合计", "金额")


def aligned_to_head(grid: Grid, shape: TableShape) -> Head:
    """The header of ``grid`` by the layout its kind is printed in; a column whose name is not known gets what stands there."""
    values = [index for index, role in enumerate(grid.roles) if role == "value"]
    lines = [line for line in grid.lines[: grid.head] if not _numbers(line.text)]
    seen = [grid.paths[index] for index in values] if grid.paths else []
    paths: Sequence[tuple[str, ...]] = ()
    if shape.layout == "panels":
        paths = [column.path for column in header_to_columns(lines, shape)]
    elif shape.layout == "single_row":
        paths = header_to_paths(_from_left_to_right(grid), shape)
    if len(seen) == len(paths) and all(_parts(one) == _parts(other) for one, other in zip(seen, paths, strict=True)):
        paths = seen  # the same names, in the order and the words they are printed in
    if len(paths) != len(values):
        paths = seen
    if not paths or not all(paths):
        paths = _own_paths(grid, values, shape)
    named = dict(zip(values, paths, strict=True))
    columns = tuple(HeadColumn(index, named.get(index, ()), role) for index, role in enumerate(grid.roles))
    return Head(grid.head, columns, ())


def _parts(path: Sequence[str]) -> set[str]:
    """The names of a path, however they are worded; 「“三公”经费预算数」 names what is measured and how."""
    return {word for part in path for word in _MEASURED.sub(r"\1 \2", _WORDING.sub("", compact(part))).split()}


def _from_left_to_right(grid: Grid) -> list[Line]:
    """The header as one line, its cells in the order of the columns they stand over: tall cells stand out of line."""
    cells = sorted((c for c in grid.cells if c.row < grid.head and c.text), key=lambda c: (c.column, c.row))
    text = " ".join(cell.text for cell in cells)
    return [Line(grid.first_line, grid.lines[0].page, text)] if cells else []


def _numbers(text: str) -> bool:
    """A line 1 2 3 … under the header."""
    words = [word for word in text.split() if word not in ("栏次", "行次")]
    return bool(words) and all(word.isdigit() for word in words)


def _own_paths(grid: Grid, values: Sequence[int], shape: TableShape) -> list[tuple[str, ...]]:
    """For each column the name at the end of what is printed above it; a wider header stands above one of them."""
    printed = {
        index: "".join(
            cell.text.replace(" ", "")
            for cell in grid.cells
            if cell.column == index and cell.row < grid.head and not cell.text.isdigit()
        )
        for index in values
    }
    names = {index: _known_end(text, shape) for index, text in printed.items()}
    rests = [text.removesuffix(names[index]) for index, text in printed.items() if text != names[index]]
    group = next((rest for rest in rests if re.search(shapes().group, compact(rest))), "")
    return [(group, names[index]) if group else (names[index],) for index in values]


def _known_end(text: str, shape: TableShape) -> str:
    """The longest end of the text that is a column's name; the whole text where none is."""
    for start in range(len(text)):
        end = text[start:]
        if name_to_column(compact(end), shape) or compact(end) in _PLAIN:
            return end
    return text
