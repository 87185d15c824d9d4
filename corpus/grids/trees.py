"""The sums that a header implies: a column 合计 or 小计 is the sum of the columns beside it under the same name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Column
from corpus.layouts.headers import name_to_column
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.tokens import compact
from corpus.measured import is_no_part

_MEASURES = ("预算数", "决算数", "执行数", "年初预算数", "全年预算数", "调整预算数", "上年决算数")
_WHOLE = re.compile(r"(合计|总计|小计)(数)?")


@dataclass(slots=True)
class _Node:
    """A name in the header tree; ``column`` where a column of figures ends here."""

    name: str
    column: int = -1
    children: list[_Node] = field(default_factory=list)


def columns_to_sums(columns: Sequence[Column], shape: TableShape) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(column, the columns it is the sum of), for each measure (预算数, 决算数) apart."""
    bare = {column.index: _without_measure(column.path) for column in columns}
    for measure in dict.fromkeys(measure for _, measure in bare.values()):
        root = _Node("")
        for column in columns:
            path, own = bare[column.index]
            if own == measure:
                _add(root, path, column.index)
        yield from _sums(root, shape)


def _without_measure(path: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The path without 预算数 / 决算数, and that word."""
    found = next((compact(part) for part in reversed(path) if compact(part) in _MEASURES), "")
    return tuple(part for part in path if compact(part) not in _MEASURES), found


def _add(root: _Node, path: Sequence[str], column: int) -> None:
    node = root
    for part in path:
        name = compact(part)
        child = next((child for child in node.children if child.name == name and child.column < 0), None)
        if child is None:
            child = _Node(name)
            node.children.append(child)
        node = child
    node.column = column


def _sums(node: _Node, shape: TableShape) -> Iterator[tuple[int, tuple[int, ...]]]:
    whole = _whole_of(node, shape)
    if whole is not None:
        apart = {compact(name) for item in shape.items if item.apart for name in (item.name, *item.names)}
        named = [child for child in node.children if child is not whole and child.name not in apart]
        parts = [child for child in named if not child.name.startswith("其中") and not is_no_part(child.name)]
        columns = tuple(column for part in parts for column in _standing_for(part, shape))
        if len(columns) > 1:
            yield whole.column, columns
    for child in node.children:
        yield from _sums(child, shape)


def _whole_of(node: _Node, shape: TableShape) -> _Node | None:
    return next((child for child in node.children if child.column >= 0 and _is_whole(child.name, shape)), None)


def _is_whole(name: str, shape: TableShape) -> bool:
    known = name_to_column(name, shape)
    if known is not None and known.whole:
        return True
    return name in shapes().total_rows or bool(_WHOLE.fullmatch(name)) or name in ("本年收入合计", "本年支出合计")


def _standing_for(node: _Node, shape: TableShape) -> tuple[int, ...]:
    """The column that stands for all of a node: its own, its whole's, or all there are."""
    if node.column >= 0:
        return (node.column,)
    whole = _whole_of(node, shape)
    if whole is not None:
        return (whole.column,)
    return tuple(column for child in node.children for column in _standing_for(child, shape))
