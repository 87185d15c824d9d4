"""Forms of performance indicators (绩效自评表, 绩效目标表): a row for each 三级指标, above them the project and its money.

Rows of such a form are of three kinds, each under its own header: labels with a text (项目名称, 年度总体目标), the
project's money (年初预算数 …), and the indicators, which stand under a 一级 and a 二级指标. The project and the groups
become rows without figures, so that every indicator knows what it is a part of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.document import Column, Line, NamedText
from corpus.grids.grid import Grid, GridCell
from corpus.grids.heads import is_figure
from corpus.layouts.building import Draft
from corpus.layouts.placing import DraftRow, Placed, Placement
from corpus.layouts.tokens import Token, compact, word_to_token
from corpus.measured import text_to_amount

_THIRD = re.compile(r"三级(绩效)?指标(名称|内容)?")
_GROUP = re.compile(r"[一二]级(绩效)?指标(名称|内容)?")
_VALUES = re.compile(r".*(指标值|目标值|完成值|实现值|完成情况|分值|权重|得分)(（.*）)?")
_ASIDE = re.compile(r".*(原因|措施|备注|说明|标准|依据|来源).*")
_MONEY = re.compile(
    r"(年初|全年|年度|当年|调整后?|实际)*(预算|执行|决算|支出|到位)(申请)?(数|金额|总?额)(（.*）)?|资金总额(（.*）)?"
)
_MONEY_COLUMN = re.compile(rf"{_MONEY.pattern}|(预算)?执行率(（.*）)?|分值|权重|得分")
_PROJECT = re.compile(r"(项目|专项|政策)(支出)?名称")
_LABEL = re.compile(
    r"[\u4e00-\u9fff（）]{0,10}(名称|部门|单位|代码|目标|负责人|属性|类别|类型|周期|期限)(（.*）)?|主管部门及代码"
)
_UNIT = re.compile(r"[（(](万元|亿元|元)[）)]")

_Places = Mapping[tuple[int, int], GridCell]


@dataclass(slots=True)
class _Form:
    """What was read so far. ``groups``: the row of the project and of each group that is open, by its column (-1: project)."""

    grid: Grid
    columns: list[Column] = field(default_factory=list)
    rows: list[DraftRow] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    texts: list[NamedText] = field(default_factory=list)
    groups: dict[int, tuple[str, int]] = field(default_factory=dict)

    def column(self, path: tuple[str, ...]) -> int:
        """The index of the column of that header, a new one where there is none yet."""
        for column in self.columns:
            if column.path == path:
                return column.index
        self.columns.append(Column(len(self.columns), path))
        return len(self.columns) - 1

    def add(
        self, label: str, line: Line, cells: Sequence[tuple[int, GridCell]], parent: int | None, level: int | None
    ) -> int:
        """A row with those of ``cells`` (column, cell) that are figures, dashes or empty; a text stands for no figure."""
        found = [(column, _token(cell, self.grid.lines[cell.row])) for column, cell in cells]
        held = [(column, token) for column, token in found if token is None or token.is_figure]
        tokens = [(column, token) for column, token in held if token is not None]
        columns = tuple(sorted(column for column, _ in held))
        lines = tuple(dict.fromkeys((line, *(token.line for _, token in tokens))))
        figures = tuple(token for _, token in tokens)
        self.rows.append(DraftRow(label, "", level, parent, "", lines, line, figures, 0, columns))
        self.placements.append(tuple(column for column, _ in tokens))
        return len(self.rows) - 1

    def project(self) -> int | None:
        """The row of the project that is open."""
        return self.groups[-1][1] if -1 in self.groups else None


def is_indicator_form(grid: Grid) -> bool:
    """Has ``grid`` a header row of indicators?"""
    places = grid.places()
    return any(_third_column(row, grid, places) is not None for row in range(len(grid.lines)))


def grid_to_form(grid: Grid) -> tuple[Draft, str]:
    """The form as a draft, and the unit of its money where a cell says it ("")."""
    places = grid.places()
    form = _Form(grid)
    heads: dict[int, tuple[str, ...]] = {}
    third: int | None = None
    skip = 0
    for row, line in enumerate(grid.lines):
        cells = [cell for cell in grid.cells if cell.row == row]
        if row < skip or not line.text.strip():
            continue
        if (found := _third_column(row, grid, places)) is not None:
            third, heads = found, _paths(row, grid, places)
            skip = row + places[row, found].height
            continue
        money: dict[int, tuple[str, ...]] = {
            cell.column: (cell.text,) for cell in cells if _MONEY_COLUMN.fullmatch(compact(cell.text))
        }
        if not _any_figure(cells) and _heads_money(row, money, places):
            third, heads = None, money
            continue
        if any(_PROJECT.fullmatch(compact(cell.text)) for cell in cells):
            third, heads = None, {}
        if third is not None:
            _indicator(row, third, heads, form, places)
        elif not (heads and _money_row(row, heads, form, cells)):
            heads = {}
            _labels(cells, form)
    placed = Placed(tuple(form.placements), (), 0)
    unit = next((m.group(1) for cell in grid.cells if (m := _UNIT.search(cell.text))), "")
    return Draft("indicators", tuple(form.columns), tuple(form.rows), (), tuple(form.texts), placed=placed), unit


def _third_column(row: int, grid: Grid, places: _Places) -> int | None:
    """Where 三级指标 is printed over indicators, with a column for their values right of it."""
    here = [cell for cell in grid.cells if cell.row == row]
    third = next((cell.column for cell in here if _THIRD.fullmatch(compact(cell.text))), None)
    if third is None:
        return None
    valued = any(cell.column > third and _VALUES.fullmatch(compact(cell.text)) for cell in here)
    return third if valued else None


def _paths(row: int, grid: Grid, places: _Places) -> dict[int, tuple[str, ...]]:
    """The header over every column: of one row, or of as many as its tallest cell takes."""
    height = max(cell.height for cell in grid.cells if cell.row == row)
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(grid.columns):
        own = [cell for at in range(row, row + height) if (cell := places.get((at, column))) is not None]
        begun = any(cell.column == column for cell in own)
        texts = tuple(dict.fromkeys(cell.text for cell in own if cell.text))
        if texts and begun:
            paths[column] = texts
    return paths


def _heads_money(row: int, heads: Mapping[int, tuple[str, ...]], places: _Places) -> bool:
    """Do the names of amounts stand over figures? Beside one figure each they are labels."""
    amounts = [column for column, path in heads.items() if _MONEY.fullmatch(compact(path[0]))]
    below = (places.get((row + 1, column)) for column in amounts)
    return any(cell is not None and cell.text and is_figure(cell.text) for cell in below)


def _any_figure(cells: Sequence[GridCell]) -> bool:
    return any(cell.text and is_figure(cell.text) for cell in cells)


def _indicator(row: int, third: int, heads: Mapping[int, tuple[str, ...]], form: _Form, places: _Places) -> None:
    """A row under the header of indicators: one of them, the total of the scores, or a note."""
    line = form.grid.lines[row]
    parent = _open_groups(row, third, heads, form, places)
    own = places.get((row, third))
    label = compact(own.text) if own is not None else ""
    if not label:
        return
    values: list[tuple[int, GridCell]] = []
    for column, path in heads.items():
        cell = places.get((row, column))
        named = compact(path[-1])
        if column > third and cell is not None and cell is not own and cell.row == row and _VALUES.fullmatch(named):
            values += [(form.column(path), cell)] if not _ASIDE.fullmatch(named) else []
    total = own is not None and own.column < third
    if values:
        form.add(own.text if own else "", line, values, form.project() if total else parent, None)


def _open_groups(
    row: int, third: int, heads: Mapping[int, tuple[str, ...]], form: _Form, places: _Places
) -> int | None:
    """Opens the project and the groups that begin in this row; the innermost one is the parent of what stands in it."""
    parent = form.project()
    for column, path in sorted(heads.items()):
        cell = places.get((row, column))
        if column >= third or cell is None or not cell.text or cell.column + cell.width > third:
            continue
        head, line = compact(path[-1]), form.grid.lines[cell.row]
        if _PROJECT.fullmatch(head) or head == "项目":
            if cell.row == row:
                form.groups = {
                    -1: (cell.text, form.add(cell.text, line, _amounts(row, third, heads, form, places), None, 0))
                }
                form.texts.append(NamedText("项目名称", cell.text, line.page, line.number, line.number))
            parent = form.project()
        elif _GROUP.fullmatch(head):
            open_ = form.groups.get(column)
            if open_ is None or open_[0] != cell.text or form.rows[open_[1]].parent != parent:
                form.groups[column] = (cell.text, form.add(cell.text, line, (), parent, None))
            parent = form.groups[column][1]
        elif cell.row == row and not is_figure(cell.text):
            name = " ".join((*(form.groups[-1][:1] if -1 in form.groups else ()), path[-1]))  # one of several projects
            form.texts.append(NamedText(name, cell.text, line.page, line.number, line.number))
    return parent


def _amounts(
    row: int, third: int, heads: Mapping[int, tuple[str, ...]], form: _Form, places: _Places
) -> list[tuple[int, GridCell]]:
    """The project's money where it stands beside its name: 项目名称 | 资金总额 | … | 三级指标."""
    cells = ((path, places.get((row, column))) for column, path in heads.items() if column < third)
    return [
        (form.column(path), cell) for path, cell in cells if cell is not None and _MONEY.fullmatch(compact(path[-1]))
    ]


def _money_row(row: int, heads: Mapping[int, tuple[str, ...]], form: _Form, cells: Sequence[GridCell]) -> bool:
    """A row of the project's money, named by what stands before its figures; False where it holds none."""
    values = [(form.column(heads[cell.column]), cell) for cell in cells if cell.column in heads]
    if not _any_figure([cell for _, cell in values]):
        return False
    before = [cell.text for cell in cells if cell.column < min(heads) and cell.text]
    label = before[-1] if before else heads[values[0][1].column][0]
    form.add(label, form.grid.lines[row], values, form.project(), None)
    return True


def _labels(cells: Sequence[GridCell], form: _Form) -> None:
    """Labels with what is printed beside them; a project's name opens the project, an amount is of the project."""
    label = ""
    for cell in sorted(cells, key=lambda cell: cell.column):
        text, line = compact(cell.text), form.grid.lines[cell.row]
        if not text:
            continue
        if _MONEY.fullmatch(text) or (_LABEL.fullmatch(text) and not (label and _PROJECT.fullmatch(label))):
            label = text
        elif label and _MONEY.fullmatch(label):
            if is_figure(text):
                form.add(label, line, [(form.column((label,)), cell)], form.project(), None)
            label = ""
        elif label:
            if _PROJECT.fullmatch(label):
                form.groups = {-1: (cell.text, form.add(cell.text, line, (), None, 0))}
            name = "项目名称" if _PROJECT.fullmatch(label) else label
            form.texts.append(NamedText(name, cell.text, line.page, line.number, line.number))
            label = label if "目标" in label else ""


def _token(cell: GridCell, line: Line) -> Token | None:
    """The figure of a cell with the unit behind it, a dash, or a text; None where the cell is empty."""
    if not cell.text:
        return None
    amount = text_to_amount(cell.text)
    if amount is None:
        return word_to_token(cell.text, line, cell.start, 1)
    return Token(cell.text[amount.start :], True, amount.value, line, cell.start + amount.start, 1)


def form_sums(draft: Draft) -> Iterator[tuple[tuple[int, int], tuple[tuple[int, int], ...]]]:
    """(total cell, its parts): the scores of a project against its 总分, where it prints one."""
    for total, row in enumerate(draft.rows):
        if not re.fullmatch(r"总分|总计|合计", compact(row.label)):
            continue
        for column in row.columns:
            parts = tuple((at, column) for at, other in enumerate(draft.rows) if at < total and column in other.columns)
            if parts:
                yield (total, column), parts
