"""The rows of a grid of two panels or more side by side: what each is a part of, panel by panel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from corpus.layouts.panels import with_panel_parents
from corpus.layouts.placing import DraftRow
from corpus.layouts.shapes import shapes
from corpus.layouts.tokens import compact

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[、.．]|其中[:：]")
_MOST_PARTS = 8


def panels_to_parents(rows: Sequence[DraftRow], starts: Sequence[int]) -> tuple[DraftRow, ...]:
    """``rows`` with their parents. ``starts``: where each panel begins, of a table of more than two; then a side may
    stand there twice (支出 by function, and by economic item), each with totals of its own."""
    bounds = [*starts, len(rows)] if len(starts) > 2 else [0, len(rows)]
    found: list[DraftRow] = []
    for begin, end in pairwise(bounds):
        for row in with_panel_parents(rows[begin:end]):
            found.append(row if row.parent is None else replace(row, parent=row.parent + begin))
    for whole, parts in _unnumbered_parts(found, bounds):
        for part in parts:
            found[part] = replace(found[part], parent=whole)
    return tuple(found)


def _unnumbered_parts(rows: Sequence[DraftRow], bounds: Sequence[int]) -> Iterator[tuple[int, range]]:
    """Rows without a number below a numbered one are its parts where they add up to it: 一、基本支出, 人员经费, 公用经费."""
    for whole, row in enumerate(rows):
        label = compact(row.label)
        amount = _amount(row)
        if not amount or not _NUMBERED.match(label):
            continue
        last = min(b for b in bounds if b > whole)
        sum_, end = Decimal(0), whole + 1
        while end < last and end - whole <= _MOST_PARTS and _is_plain(rows[end]) and rows[end].panel == row.panel:
            sum_ += _amount(rows[end])
            end += 1
            if sum_ == amount and end - whole > 2:
                yield whole, range(whole + 1, end)
                break


def _is_plain(row: DraftRow) -> bool:
    label = compact(row.label)
    known = shapes().panels
    ends = (known.subtotal, known.total, known.carry_over)
    return bool(label) and not _NUMBERED.match(label) and not any(re.search(end, label) for end in ends)


def _amount(row: DraftRow) -> Decimal:
    return next((token.value for token in row.figures if token.value is not None), Decimal(0))
