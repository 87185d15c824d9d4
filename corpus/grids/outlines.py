"""Rows without codes: which is a part of which, by their numbering or by the items they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.layouts.placing import DraftRow
from corpus.layouts.shapes import ItemShape, TableShape, shapes
from corpus.layouts.tokens import compact

_MARKS = (
    re.compile(r"[一二三四五六七八九十]+、"),
    re.compile(r"（[一二三四五六七八九十]+）"),
    re.compile(r"\d+[、.．]"),
    re.compile(r"（\d+）"),
)
_OF_WHICH = re.compile(r"^其中[:：]")
_ORDINAL = re.compile("|".join(mark.pattern for mark in _MARKS))


def with_outline_parents(rows: Sequence[DraftRow], shape: TableShape) -> tuple[DraftRow, ...]:
    """Items the kind knows are part of what the kind says; others of the last row above that is numbered higher.

    Rows without a number are parts of the total only where no row has one.
    """
    total = next((i for i, row in enumerate(rows) if compact(row.label) in shapes().total_rows), None)
    if shape.items:
        return _with_item_parents(rows, shape, total)
    levels = [_level(row.label) for row in rows]
    numbered = any(levels)
    out: list[DraftRow] = []
    trail: list[tuple[int, int]] = []  # level and index of the rows that may still get parts
    for index, (row, level) in enumerate(zip(rows, levels, strict=True)):
        if index == total:
            out.append(replace(row, level=0))
            continue
        while trail and level and trail[-1][0] >= level:
            trail.pop()
        parent = trail[-1][1] if trail and level else total if level or not numbered else None
        if level:
            trail.append((level, index))
        out.append(replace(row, parent=parent))
    return tuple(out)


def _level(label: str) -> int:
    text = _OF_WHICH.sub("", compact(label))
    return next((level for level, mark in enumerate(_MARKS, start=1) if mark.match(text)), 0)


def _with_item_parents(rows: Sequence[DraftRow], shape: TableShape, total: int | None) -> tuple[DraftRow, ...]:
    items = [_item(row.label, shape) for row in rows]
    out: list[DraftRow] = []
    for index, (row, item) in enumerate(zip(rows, items, strict=True)):
        if index == total or (item is not None and item.whole):
            out.append(replace(row, level=0))
        elif item is not None and item.part:
            above = (i for i, other in enumerate(items) if other is not None and item.name in other.parts)
            out.append(replace(row, parent=next(above, None)))
        else:
            out.append(replace(row, parent=None if item is None or item.apart else total))
    return tuple(out)


def _item(label: str, shape: TableShape) -> ItemShape | None:
    name = _ORDINAL.sub("", _OF_WHICH.sub("", _ORDINAL.sub("", compact(label), count=1)), count=1)
    return next((i for i in shape.items if name in {compact(known) for known in (i.name, *i.names)}), None)
