"""What kind of table a grid is: by its title, and where that says nothing by its header and its codes together."""

from __future__ import annotations

import re

from corpus.grids.grid import Grid
from corpus.grids.heads import Head
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.tokens import compact

_FUNCTIONAL, _ECONOMIC = re.compile(r"2\d{2}(\d{2}){0,2}"), re.compile(r"3\d{2}(\d{2})?")


def kind_of(title: str, grid: Grid, head: Head) -> str:
    """The key of the kind in tables.toml, "other" where neither title nor content is that of a known one."""
    name = re.sub(r"（[^（）]*）$", "", compact(title))  # 「收入决算表（公开02表）」
    shape = shapes().of_title(name) if name else None
    return shape.kind if shape is not None else _kind_by_content(grid, head, name.endswith("表"))


def _kind_by_content(grid: Grid, head: Head, titled: bool) -> str:
    names = {compact(part) for column in head.columns if column.role == "value" for part in column.path}
    if _known_items(shapes().of_kind("three_public"), names) >= 3:
        return "three_public"
    panels = sum(column.role == "name" for column in head.columns) >= 2
    sides = {compact(c.path[0])[-2:] for c in head.columns if c.role == "value" and c.path}
    if panels and {"收入", "支出"} <= sides:
        appropriations = _known_columns(shapes().of_kind("appropriation_summary"), names) >= 2
        return "appropriation_summary" if appropriations else "income_expenditure_summary"
    codes = [compact(c.text).replace(" ", "") for c in grid.cells if c.row >= head.rows and c.text]
    if any(_ECONOMIC.fullmatch(code) for code in codes):
        # Economic items are printed of more than basic expenditure: of 机关运行经费 too, if the title says so.
        return "other" if titled else "basic_expenditure"
    if not any(_FUNCTIONAL.fullmatch(code) for code in codes):
        return "other"
    if _known_columns(shapes().of_kind("income"), names) >= 2:
        return "income"
    if not {"基本支出", "项目支出"} <= names:
        return "other"
    # All expenditure names what departments with subordinates spend too; that from one source does not.
    return "expenditure" if _known_columns(shapes().of_kind("expenditure"), names) >= 4 else "other"


def _known_columns(shape: TableShape, names: set[str]) -> int:
    return sum(
        not column.whole and bool({compact(name) for name in (column.name, *column.names)} & names)
        for column in shape.columns
    )


def _known_items(shape: TableShape, names: set[str]) -> int:
    return sum(
        not item.whole and not item.part and bool({compact(name) for name in (item.name, *item.names)} & names)
        for item in shape.items
    )
