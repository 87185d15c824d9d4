"""The rows of a grid under its header: one or two panels side by side, each with codes, names and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Column, Line, Panel
from corpus.grids.captions import is_note
from corpus.grids.grid import Grid, GridCell
from corpus.grids.heads import Head, HeadColumn, is_figure, is_label_head
from corpus.layouts.placing import DraftRow, Placement
from corpus.layouts.tokens import FIGURE, Token, compact, printed_value, word_to_token

_CODE_TEXT = re.compile(r"\d[\d\s.．\-－—]*")
# One column may hold both: 「2010301 行政运行」, 「[2010301]行政运行」.
_CODE_AND_NAME = re.compile(
    r"[\[【（(]?(?P<code>[235]\d{2}(?:\d{2}){0,2})[\]】）)]?[\s\-—_.、:：]*(?P<name>[\u4e00-\u9fff“（].*)", re.DOTALL
)
_WHOSE = re.compile(r"单位$|部门$|(负责|联系)人$")
_FIGURES = re.compile(r"[-−－]?[\d,，.]+%?|[-—–－]+")
# What is a figure where one must stand: with its unit or a note's mark, or whole and in brackets.
_ALONE = re.compile(
    rf"(?P<figure>{FIGURE}) ?(?:万元|亿元|元|\*+|[①-⑳]|\[\d{{1,2}}\]|[（(]?注\d?[）)]?)|(?P<less>[（(]\d[\d,，]*[）)])"
)


@dataclass(frozen=True, slots=True)
class PanelColumns:
    """A panel's columns of the grid: those of codes, of names, of figures; ``column_of``: figure column -> Column index."""

    panel: Panel
    codes: tuple[int, ...]
    names: tuple[int, ...]
    column_of: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Body:
    """Rows with their figures placed: ``placements[i]`` are the columns of row i's figures; ``column_of``: see above;
    ``starts``: the first row of each panel where one stands after the other."""

    columns: tuple[Column, ...]
    rows: tuple[DraftRow, ...]
    placements: tuple[Placement, ...]
    starts: tuple[int, ...]
    column_of: Mapping[int, int]


def grid_to_body(grid: Grid, head: Head, known: bool) -> Body:
    """The rows below the header. ``known``: of a known kind every column that is no name holds figures, blank or not;
    of another only those that print one."""
    columns, panels = _panels(grid, head, known)
    if not panels:
        # A table of names only: its rows are kept, so that what it lists can be read.
        every = tuple(c.index for c in head.columns if c.path and compact(c.path[-1]) not in ("序号", "编号"))
        panels = [PanelColumns("", (), every, {})]
    places = grid.places()
    again = {compact(line.text) for line in grid.lines[: head.rows]} if head.rows < len(grid.lines) else set()
    rows: list[DraftRow] = []
    placements: list[Placement] = []
    order = range(head.rows, len(grid.lines))
    if len(panels) == 2 and panels[0].panel:
        walk = [(row, panel) for row in order for panel in panels]
    else:
        walk = [(row, panel) for panel in panels for row in order]
    starts: dict[int, int] = {}
    for row, panel in walk:
        starts.setdefault(id(panel), len(rows))
        if row in head.numbering or (compact(grid.lines[row].text) in again and not _prints_digits(grid.lines[row])):
            continue  # the columns' numbers, or the header once more
        if panel is not panels[-1] and _runs_on(row, panel, places):
            continue
        found = _row(row, panel, grid, places, head)
        if found is None:
            continue
        draft, placement = found
        if rows and _is_rest(draft, rows[-1], panel):
            rows[-1] = replace(rows[-1], label=rows[-1].label + draft.label, lines=(*rows[-1].lines, *draft.lines))
            continue
        rows.append(draft)
        placements.append(placement)
    column_of = {at: column for panel in panels for at, column in panel.column_of.items()}
    return Body(columns, tuple(rows), tuple(placements), tuple(starts.values()), column_of)


def _panels(grid: Grid, head: Head, known: bool) -> tuple[tuple[Column, ...], list[PanelColumns]]:
    """A panel begins with every column of names that follows one of figures; equal headers are one column."""
    groups: list[list[HeadColumn]] = []
    for column in head.columns:
        follows_figures = bool(groups) and groups[-1][-1].role == "value"
        if not groups or (follows_figures and column.role in ("code", "name")):
            groups.append([])
        groups[-1].append(column)
    columns: list[Column] = []
    panels: list[PanelColumns] = []
    for group in groups:
        values = [c for c in group if c.role == "value" and (known or _holds_figures(c.index, grid, head))]
        if not values:
            continue
        column_of: dict[int, int] = {}
        for value in values:
            same = next((c.index for c in columns if panels and c.path == value.path), None)
            if same is None:
                same = len(columns)
                columns.append(Column(same, value.path))
            column_of[value.index] = same
        codes = tuple(c.index for c in group if c.role == "code")
        texts = [c for c in group if not known and c.role == "value" and c not in values]
        names = tuple(c.index for c in group if c.role == "name" or (c in texts and _is_of_name(c, values, group)))
        panels.append(PanelColumns(_side(values), codes, names, column_of))
    sides = {panel.panel for panel in panels}
    if len(panels) == 2 and sides != {"income", "expenditure"}:
        panels = [replace(panel, panel="") for panel in panels]
    elif len(panels) == 1:
        panels = [replace(panels[0], panel="")]
    return tuple(columns), panels


def _is_of_name(column: HeadColumn, values: Sequence[HeadColumn], group: Sequence[HeadColumn]) -> bool:
    """Does a column of texts tell rows of one name apart (采购方式)? Not one behind the figures (等级), nor whose row it is."""
    if not any(other.role == "name" for other in group):
        return True
    return column.index < values[0].index and not _WHOSE.search(compact(column.path[-1] if column.path else ""))


def _side(values: Sequence[HeadColumn]) -> Panel:
    outer = compact(values[0].path[0]) if values[0].path else ""
    if "收入" in outer and "支出" not in outer:
        return "income"
    return "expenditure" if "支出" in outer and "收入" not in outer else ""


def _holds_figures(column: int, grid: Grid, head: Head) -> bool:
    own = [
        c for c in grid.cells if c.column == column and c.row >= head.rows and c.row not in head.numbering and c.text
    ]
    return bool(own) and all(is_figure(cell.text) for cell in own)


def _row(
    row: int, panel: PanelColumns, grid: Grid, places: Mapping[tuple[int, int], GridCell], head: Head
) -> tuple[DraftRow, Placement] | None:
    """A panel's part of a printed row, None where nothing stands in it."""
    line = grid.lines[row]
    code, label = "", ""
    tall = panel.codes if len(panel.codes) > 1 else ()
    for cell in _cells(row, (*panel.codes, *panel.names), places, tall):
        text = compact(cell.text)
        if not text or (row == head.rows and is_label_head(text)):
            continue
        if cell.column in panel.codes and _CODE_TEXT.fullmatch(cell.text):
            code = _with_part(code, re.sub(r"\D", "", text), len(panel.codes))
        else:
            label += " " + cell.text if label and len(panel.names) > 1 else cell.text
    if is_note(label) and not code:
        return None
    named = _CODE_AND_NAME.fullmatch(label) if not code else None
    if named:
        code, label = named["code"], named["name"]
    figures: list[Token] = []
    placement: list[int] = []
    for cell in _cells(row, tuple(panel.column_of), places):
        own = next((c for c in range(cell.column, cell.column + cell.width) if c in panel.column_of), None)
        # A wide cell that begins left of the figures is a note or the rest of a name, unless it prints a figure.
        if (
            cell.text
            and own is not None
            and (own == cell.column or is_figure(cell.text))
            and _is_value(cell, row, head)
        ):
            tokens = list(_tokens(cell, grid.lines[cell.row]))
            figures.extend(tokens)
            # Of several figures in one cell nobody knows which is meant: none is placed.
            placement.extend([panel.column_of[own]] if len(tokens) == 1 else [-1] * len(tokens))
    columns = tuple(dict.fromkeys(panel.column_of.values()))
    is_only_row = not (panel.codes or panel.names)
    if not (code or label or figures or (is_only_row and row == head.rows)):
        return None
    draft = DraftRow(label, code, None, None, panel.panel, (line,), line, tuple(figures), 0, columns)
    return draft, tuple(placement)


def _runs_on(row: int, panel: PanelColumns, places: Mapping[tuple[int, int], GridCell]) -> bool:
    """Does a name go on over the panel's own figures into the next panel, whose figure is its: 公用经费合计?"""
    over = {id(cell): cell for column in panel.column_of if (cell := places.get((row, column))) is not None}
    return (
        bool(panel.column_of)
        and all(cell.column not in panel.column_of and cell.text and not is_figure(cell.text) for cell in over.values())
        and bool(over)
    )


def _cells(
    row: int, columns: Sequence[int], places: Mapping[tuple[int, int], GridCell], tall: Sequence[int] = ()
) -> Iterator[GridCell]:
    """The cells of a row in these columns: a wide one once, a tall one where it begins; of columns ``tall`` in every row."""
    seen: set[int] = set()
    for column in columns:
        cell = places.get((row, column))
        if cell is not None and id(cell) not in seen and (cell.row == row or column in tall):
            seen.add(id(cell))
            yield cell


def _is_value(cell: GridCell, row: int, head: Head) -> bool:
    """A figure, or another text printed in place of one; not the rest of a header on the first row."""
    in_header = any(cell.text == part for part in head.columns[cell.column].path)
    return not (row == head.rows and in_header and not is_figure(cell.text))


def _prints_digits(line: Line) -> bool:
    return any(char.isdigit() for char in line.text)


def _with_part(code: str, part: str, columns: int) -> str:
    """The code with what the next of its columns prints: 201 | 03 | 01, 201 | 20103 | 2010301, and 201 | 3 | 1 of numbers."""
    if columns > 1 and code:
        return part if part.startswith(code) else code + part.zfill(2)
    return code + part


def _tokens(cell: GridCell, line: Line) -> Iterator[Token]:
    """The figures of a cell; one that holds several keeps them all, so that the surplus shows as not placed."""
    alone = _ALONE.fullmatch(cell.text)
    if alone:
        yield Token(cell.text, True, printed_value(alone["figure"] or alone["less"]), line, cell.start, 1)
        return
    if not is_figure(cell.text) and not all(_FIGURES.fullmatch(word) for word in cell.text.split()):
        yield Token(cell.text, False, None, line, cell.start, 1)
        return
    at = cell.start
    for word in cell.text.split():
        at = line.text.index(word, at)
        yield word_to_token(word, line, at, 1)
        at += len(word)


def _is_rest(draft: DraftRow, before: DraftRow, panel: PanelColumns) -> bool:
    """Is the row only the rest of a name that the page's end broke off?"""
    if draft.code or draft.figures or not draft.label or not panel.codes or not before.code:
        return False
    return draft.line.page == before.line.page + 1 and before.panel == draft.panel and not draft.label.endswith("合计")
