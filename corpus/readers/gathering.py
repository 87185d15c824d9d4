"""Printed lines of a table without rules -> its rows: what belongs together stands on lines that are near.

The panels of a table wrap apart from each other, so each gathers its own lines. A row is known by its code, its
number or its total, or by a name with a figure; the rest of a wrapped name belongs to the nearest of these, a figure
without a name, or a name and figure without a code, only to one right beside it that has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layouts.tokens import compact
from corpus.readers.bands import AMOUNT, CODE, WHOLE_CODE, Band, is_anchor
from corpus.readers.flow import Row, Segment
from corpus.readers.headers import CLOSE

_BESIDE = 1.4  # of the character size: lines of one row are nearer
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．、](?=\D)|其中[:：]")


@dataclass(frozen=True, slots=True)
class Word:
    """A segment with its column and the printed line (counted in the part of the table) it stands on."""

    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of one panel on lines that are one; ``height`` is where they stand on the page."""

    at: int
    height: float
    words: tuple[Word, ...]

    @property
    def columns(self) -> set[int]:
        return {word.column for word in self.words}


def rows_to_words(rows: Sequence[Row], bands: Sequence[Band]) -> list[list[Word]]:
    """The words of every row of the table, from the top down."""
    lines = [(row, [(word_column(s, row.segments, bands), s.text) for s in row.segments]) for row in rows]
    near: list[list[int]] = []
    for at, row in enumerate(rows):
        last = rows[near[-1][-1]] if near else None
        if last is not None and last.baseline - row.baseline < CLOSE * min(row.size, last.size):
            near[-1].append(at)
        else:
            near.append([at])
    size = max((row.size for row in rows), default=0)
    panels = _panel_of_columns(bands)
    parts: dict[int, list[_Part]] = {}
    for at, lines_of in enumerate(near):
        height = round(sum(rows[line].baseline for line in lines_of) / len(lines_of), 2)
        for panel in sorted(set(panels)):
            words = tuple(Word(line, c, text) for line in lines_of for c, text in lines[line][1] if panels[c] == panel)
            parts.setdefault(panel, []).extend([_Part(at, height, words)] if words else [])
    roles = {panel: {b.role for b, of in zip(bands, panels, strict=True) if of == panel} for panel in parts}
    begun = {panel: [part for part in own if _is_row(part, bands, roles[panel])] for panel, own in parts.items()}
    gathered: dict[int, list[Word]] = {}
    for panel, own in parts.items():
        coded = "code" in roles[panel]
        others = {part.at for other, begins in begun.items() if other != panel and not coded for part in begins}
        anchors = [part for part in own if part in begun[panel] or _shares_row(part, own, others, _BESIDE * size)]
        for at, gathered_words in _gather(own, anchors, bands, _BESIDE * size).items():
            gathered.setdefault(at, []).extend(gathered_words)
    return [sorted(gathered[at], key=lambda word: (word.line, word.column)) for at in sorted(gathered)]


def _shares_row(part: _Part, parts: Sequence[_Part], others: set[int], beside: float) -> bool:
    """Is a name on the line of another panel's row, and not the second line of one that begins above that row?"""
    begins = [p for p in parts if p.at == part.at - 1 and p.at not in others and p.height - part.height < beside]
    return part.at in others and not begins


def word_column(segment: Segment, row: Sequence[Segment], bands: Sequence[Band]) -> int:
    """The band of a word; a total may be printed in the middle of its panel: it is the name of its figure."""
    own = nearest_band(segment, bands)
    if bands[own].role in ("code", "name"):
        role = "code" if WHOLE_CODE.fullmatch(compact(segment.text)) else "name"
        alike = [at for at, b in enumerate(bands) if b.role == role and b.x0 < segment.x1 and segment.x0 < b.x1]
        own = alike[0] if alike and bands[own].role != role else own
    if not compact(segment.text).endswith(("合计", "总计")) or bands[own].role == "name":
        return own
    figure = next((other for other in row if other.x0 >= segment.x1 and AMOUNT.fullmatch(compact(other.text))), segment)
    end = nearest_band(figure, bands)
    return max((at for at, band in enumerate(bands) if band.role == "name" and at <= end), default=own)


def nearest_band(segment: Segment, bands: Sequence[Band]) -> int:
    """The band the segment stands under, by overlap; else the nearest one."""

    def fit(at: int) -> tuple[float, float]:
        band = bands[at]
        return (
            -max(0.0, min(segment.x1, band.x1) - max(segment.x0, band.x0)),
            abs(segment.x0 + segment.x1 - band.x0 - band.x1),
        )

    return min(range(len(bands)), key=fit)


def _panel_of_columns(bands: Sequence[Band]) -> list[int]:
    """A panel begins with every column of codes or names that follows one of figures."""
    panels: list[int] = []
    for at, band in enumerate(bands):
        begins = at > 0 and bands[at - 1].role == "value" and band.role in ("code", "name")
        panels.append((panels[-1] if panels else 0) + begins)
    return panels


def _gather(
    parts: Sequence[_Part], anchors: Sequence[_Part], bands: Sequence[Band], beside: float
) -> dict[int, list[Word]]:
    rows: dict[int, list[Word]] = {part.at: list(part.words) for part in anchors}
    for part in parts:
        if part in anchors:
            continue
        kinds = {bands[column].role for column in part.columns}
        if not anchors or kinds == {"aside"}:
            row = part.at
        elif "value" in kinds:
            row = _row_beside(part, anchors, rows, beside)
        else:
            row = min(anchors, key=lambda anchor: _distance(part, anchor, parts, anchors)).at
        rows.setdefault(row, []).extend(part.words)
    return rows


def _is_row(part: _Part, bands: Sequence[Band], roles: set[str]) -> bool:
    """Do the words begin a row of their panel, whose columns have these roles?"""
    kinds = {bands[word.column].role for word in part.words}
    if any(CODE.fullmatch(compact(word.text)) and bands[word.column].role == "code" for word in part.words):
        return True
    texts = [compact(word.text) for word in part.words]
    if any(_NUMBERED.match(text) or (is_anchor(text) and not AMOUNT.fullmatch(text)) for text in texts):
        return True
    if "code" in roles:
        return False
    return "value" in kinds and ("name" in kinds or "name" not in roles)


def _row_beside(part: _Part, anchors: Sequence[_Part], rows: dict[int, list[Word]], beside: float) -> int:
    """The row right above or below that has nothing in the columns of the part, else a row of its own."""
    near = [
        anchor
        for anchor in anchors
        if abs(anchor.height - part.height) < beside and not part.columns & {word.column for word in rows[anchor.at]}
    ]
    return min(
        near, key=lambda anchor: (round(abs(anchor.height - part.height), 2), anchor.at > part.at), default=part
    ).at


def _distance(
    part: _Part, anchor: _Part, parts: Sequence[_Part], anchors: Sequence[_Part]
) -> tuple[bool, float, bool, bool]:
    """How far the rest of a name is from a row: a name with a number has nothing above it; one without any comes first."""
    own = [word for word in anchor.words if word.column in part.columns]
    starts = anchor.at > part.at and any(_NUMBERED.match(compact(word.text)) for word in own)
    before = [other for other in parts if other.at == anchor.at - 1 < part.at and other not in anchors]
    is_named = bool(own) or any(other.columns & part.columns for other in before)
    return starts, round(abs(anchor.height - part.height), 2), is_named, anchor.at > part.at
