"""Classified rows in two panels side by side (基本支出: staff on the left, public costs on the right of a line).

Every line is cut before the second code or total on it; each half is then read as a coded table of its own.
Spaces stand for what was cut off, so that figures keep their places in the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Line
from corpus.layouts import coded
from corpus.layouts.building import Draft, parent_groups, sum_rules
from corpus.layouts.headers import lines_to_header
from corpus.layouts.placing import DraftRow
from corpus.layouts.regions import TableRegion
from corpus.layouts.shapes import TableShape

_START = re.compile(r"(?<![\d.,])3\d{2}(?:\s?\d{2})?(?=\s*[\u4e00-\u9fff])|[\u4e00-\u9fff]{2,6}经费\s?合计")
_FEWEST = 3  # lines that hold two codes


def read(region: TableRegion, lines: Sequence[Line], shape: TableShape) -> Draft | None:
    """The rows of the left panel, then those of the right one; None where no lines hold two of them."""
    starts = [[match.start() for match in _START.finditer(line.text)] for line in lines]
    if sum(len(found) == 2 for found in starts) < _FEWEST or any(len(found) > 2 for found in starts):
        return None
    first = next(at for at, found in enumerate(starts) if found)
    names = lines_to_header(lines[:first], shape).names
    half = len(names) // 2
    if not half or names[:half] != names[half:]:
        return None
    middle = min(found[1] for found in starts if len(found) == 2)
    left = [_keep(line, 0, _cut(found, middle, len(line.text))) for line, found in zip(lines, starts, strict=True)]
    right = [
        _keep(line, _cut(found, middle, len(line.text)), len(line.text))
        for line, found in zip(lines, starts, strict=True)
    ]
    header = Line(lines[first].number, lines[first].page, " ".join(names[:half]))
    drafts = [coded.read(region, [header, *panel[first:]], shape) for panel in (left, right)]
    found = [draft for draft in drafts if draft is not None]
    if len(found) < 2:
        return None
    printed = {line.number: line for line in lines}
    rows: list[DraftRow] = []
    for draft in found:
        rows += _under_total([_whole(row, printed) for row in draft.rows], len(rows))
    return Draft("coded_panels", found[0].columns, tuple(rows), sum_rules(rows, None, parent_groups(rows)))


def _cut(found: Sequence[int], middle: int, end: int) -> int:
    """Where the right half of a line begins: at its second row, or at the only one if that stands far enough right."""
    if len(found) == 2:
        return found[1]
    return found[0] if found and found[0] >= middle // 2 and found[0] > 3 else end


def _keep(line: Line, begin: int, end: int) -> Line:
    text = " " * begin + line.text[begin:end]
    return replace(line, text=text if text.strip() else "")


def _whole(row: DraftRow, printed: dict[int, Line]) -> DraftRow:
    """The row on its lines as they were printed."""
    return replace(row, lines=tuple(printed[line.number] for line in row.lines), line=printed[row.line.number])


def _under_total(rows: Sequence[DraftRow], before: int) -> list[DraftRow]:
    """A panel's rows with their places after ``before`` others; its classes are parts of its own total."""
    total = next((at for at, row in enumerate(rows) if not row.code and row.label.endswith("合计")), None)
    out = []
    for at, row in enumerate(rows):
        parent = total if row.parent is None and at != total else row.parent
        level = 0 if at == total else row.level
        out.append(replace(row, level=level, parent=None if parent is None else parent + before))
    return out
