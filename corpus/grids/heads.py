"""The header of a grid: which rows it takes, the path of names over every column, and what each column is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.grids.grid import Grid, GridCell
from corpus.layouts.shapes import shapes
from corpus.layouts.tokens import FIGURE, compact

_LABEL = re.compile(
    r".{0,4}项目(（.*）)?|项目名称|栏次|行次|序号|编号|备注|说明|类款项?|类|款|项|目|编码|代码|科目|科目(编码|代码|名称)|"
    r".{0,12}(功能|经济)分类.{0,6}|单位(名称|代码|编码)|预算单位|单位|部门(名称|代码)?|名称|支出功能|预算科目|年度|年份"
)
_CODE = re.compile(r"类款项?|类|款|项|目|编码|代码|.*(编码|代码)(类款项?)?")
_ASIDE = re.compile(r"备注|说明|序号|编号|行次|栏次")
_FIGURE = re.compile(FIGURE)
_DASH = re.compile(r"[-—–－]+")
_FIGURE_OR_DASH = re.compile(rf"{_FIGURE.pattern}|{_DASH.pattern}")
_ORDINAL = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[、.．]|其中[:：]")
_CLASS_CODE = re.compile(r"[125]\d{2}(\d{2}){0,2}|3\d{2}(\d{2})?")

_Places = Mapping[tuple[int, int], GridCell]


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """A column of the grid. ``path``: its header from the outside in; ``role``: "code", "name", "aside" or "value"."""

    index: int
    path: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Head:
    """``rows`` of the grid are header (the first rows); ``numbering`` are rows 1 2 3 … under it."""

    rows: int
    columns: tuple[HeadColumn, ...]
    numbering: tuple[int, ...]


def grid_to_head(grid: Grid) -> Head:
    """The header of ``grid``. A grid without figures and names has all its printed rows as header."""
    places = grid.places()
    numbering = tuple(row for row in range(len(grid.lines)) if _numbers_columns(row, grid, places))
    rows = _header_rows(grid, places, numbering)
    columns = tuple(_column(column, rows, grid, places, numbering) for column in range(grid.columns))
    return Head(rows, columns, numbering)


def is_figure(text: str) -> bool:
    """Is the text a number as tables print it, or a dash in place of one?"""
    return bool(_FIGURE_OR_DASH.fullmatch(compact(text)))


def is_label_head(text: str) -> bool:
    """Does this header name a column of names or codes rather than of figures?"""
    return bool(_LABEL.fullmatch(compact(text)))


def _numbers_columns(row: int, grid: Grid, places: _Places) -> bool:
    """A row 1 2 3 … says which column is which, nothing else."""
    texts = [compact(cell.text) for cell in _row_cells(row, grid, places)]
    words = [text for text in texts if text and not re.fullmatch(r"栏次|行次|类|款|项|合计|[-—–－]+", text)]
    if len(words) < 2 or any("." in word or "," in word for word in words):
        return False
    bare = [re.sub(r"[（(]?(\d+)[）)]?(=.*)?", r"\1", word) for word in words]
    return bare == [str(at) for at in range(1, len(bare) + 1)]


def _row_cells(row: int, grid: Grid, places: _Places) -> list[GridCell]:
    """The cells that begin in this row."""
    found = {id(cell): cell for column in range(grid.columns) if (cell := places.get((row, column))) is not None}
    return [cell for cell in found.values() if cell.row == row]


def _header_rows(grid: Grid, places: _Places, numbering: Sequence[int]) -> int:
    """The first row that is no header: it names an item where names stand, or prints a figure."""
    labels: set[int] = set()
    for row in range(len(grid.lines)):
        cells = _row_cells(row, grid, places)
        if row not in numbering and row > 0 and any(_begins_body(cell, labels) for cell in cells):
            return row
        for cell in cells:
            if is_label_head(cell.text):
                labels.update(range(cell.column, cell.column + cell.width))
            elif cell.text and cell.column in labels:
                labels.difference_update(range(cell.column, cell.column + cell.width))
    if labels:
        last = max((row for row in range(len(grid.lines)) if grid.lines[row].text.strip()), default=0)
        return min(last + 1, len(grid.lines))
    return next((row for row in range(1, len(grid.lines)) if not _texts_from(row, grid)), len(grid.lines))


def _texts_from(row: int, grid: Grid) -> bool:
    return any(line.text.strip() for line in grid.lines[row:])


def _begins_body(cell: GridCell, labels: set[int]) -> bool:
    text = compact(cell.text)
    if not text or is_label_head(text):
        return False
    if _FIGURE.fullmatch(text):
        return True
    return cell.column in labels and (
        text in shapes().total_rows or bool(_ORDINAL.match(text) or _CLASS_CODE.fullmatch(text)) or cell.width < 3
    )


def _column(column: int, rows: int, grid: Grid, places: _Places, numbering: Sequence[int]) -> HeadColumn:
    path: list[str] = []
    seen: set[int] = set()
    for row in range(len(grid.lines)):
        cell = places.get((row, column))
        if cell is None or not cell.text or id(cell) in seen or row in numbering:
            continue
        if row >= rows and (is_figure(cell.text) or not _is_late_header(cell, path, column, grid, places, rows)):
            break
        seen.add(id(cell))
        if not path or compact(path[-1]) != compact(cell.text):
            path.append(cell.text)
    empty = not path and not any(cell.text for (_, at), cell in places.items() if at == column)
    return HeadColumn(column, tuple(path), "aside" if empty else _role(tuple(path)))


def _is_late_header(cell: GridCell, path: Sequence[str], column: int, grid: Grid, places: _Places, rows: int) -> bool:
    """类 款 项, or 合计 基本支出 项目支出 under a wider header, on the line of the first row of figures."""
    if cell.row != rows or not path:
        return False
    if is_label_head(cell.text):
        return True
    above = places.get((rows - 1, column))
    return above is not None and above.width > 1 and not is_label_head(above.text)


def _role(path: tuple[str, ...]) -> str:
    names = [compact(part) for part in path]
    if not names or not is_label_head(names[-1]):
        return "value"
    if _CODE.fullmatch(names[-1]):
        return "code"
    return "aside" if _ASIDE.fullmatch(names[-1]) else "name"
