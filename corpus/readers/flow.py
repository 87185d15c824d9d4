"""Characters with positions -> lines of running text that say where paragraphs end.

Characters of one line share a baseline, whatever their fonts; the boxes that tools report do not. A line
ends a paragraph where the first word of the next one would still have fitted on it, or where the next one is
indented. Lengths are in points, upwards from the page's lower edge for baselines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.paragraphs import marker_level

_SAME_LINE = 0.3  # of the character size: superscripts and sloppy setting
_GAP = 0.6  # of the character size: wider white space is printed as a space
_APART = 0.9  # of the character size: what is farther apart stands in another column
_CLOSE_BEHIND = 0.1  # of the character size: prose leaves none between a figure and its unit
_CLOSE_BEHIND_DIGITS = 0.25
_FIGURE = re.compile(r"[-−－]?\d[\d,，]*\.\d{2}")
_INDENT = 1.2  # of the character size
_SLACK = 0.5  # of the character size
_LARGER = 1.1  # of the running text: the size of a heading
_FEW_LINES = 6
_STOPS = "。！？；："
_CLOSING = "，。；、：！？）】」』”’》％"  # no line of its own begins with one
# What cannot be parted by a line's end: opening marks, a character or a Latin word or number, closing marks.
_FIRST_WORD = re.compile(r"[（【「『“‘《]*(?:[!-~]+|.)[，。；：、！？）】」』”’》％]*")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character; ``baseline`` and ``size`` in points."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a printed line with white space on both sides."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: its text, where it begins and ends, its baseline and character size, and its parts."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Edges:
    """Left and right edge of the running text of a page, and the size of its characters.

    ``slack``: how far from the right edge, in character sizes, a full line may end.
    """

    left: float
    right: float
    size: float
    slack: float = _SLACK


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line as ``rows_to_lines`` gives it; ``is_heading``: set apart in the middle and in larger characters."""

    text: str
    is_heading: bool


def glyphs_to_rows(glyphs: Iterable[Glyph]) -> list[Row]:
    """Printed lines from the top of the page down; a character printed twice on the same spot (false bold) counts once."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.baseline, glyph.x0)):
        last = groups[-1][0] if groups else None
        if last is not None and last.baseline - glyph.baseline <= _SAME_LINE * max(1, min(last.size, glyph.size)):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    rows = [_glyphs_to_row(group) for group in groups]
    return [row for row in rows if row.text]


def _glyphs_to_row(glyphs: Sequence[Glyph]) -> Row:
    ordered = sorted(glyphs, key=lambda glyph: glyph.x0)
    text = ""
    before: Glyph | None = None
    for glyph in ordered:
        if before is not None:
            if glyph.text == before.text and glyph.x0 - before.x0 < 0.3 * glyph.size and not glyph.text.isspace():
                continue
            wide = glyph.x0 - before.x1 > _GAP * min(glyph.size, before.size)
            text += " " if wide and not text.endswith(" ") and not glyph.text.isspace() else ""
        text += glyph.text if not glyph.text.isspace() else "" if text.endswith(" ") else " "
        before = glyph
    inked = [glyph for glyph in ordered if not glyph.text.isspace()]
    if not inked:
        return Row("", 0, 0, 0, 0)
    size = max(glyph.size for glyph in inked)
    return Row(text.strip(), inked[0].x0, inked[-1].x1, ordered[0].baseline, size, tuple(_segments(inked)))


def _segments(inked: Sequence[Glyph]) -> Iterator[Segment]:
    """Parts with more than about a character's width between them; two lone characters (合 计) are one word."""
    parts: list[list[Glyph]] = []
    for glyph in inked:
        before = parts[-1][-1] if parts else None
        near = before is not None and glyph.x0 - before.x1 <= _APART * min(glyph.size, before.size)
        if near and not _follows_figure(parts[-1], glyph):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    for part in parts:
        yield Segment("".join(glyph.text for glyph in part), part[0].x0, part[-1].x1)


def _follows_figure(part: Sequence[Glyph], glyph: Glyph) -> bool:
    """Does the name or code of the next panel begin close behind the figure at the right edge of the one before it?"""
    gap = _CLOSE_BEHIND if glyph.text > "\u4dff" else _CLOSE_BEHIND_DIGITS
    text = "".join(each.text for each in part)
    return glyph.x0 - part[-1].x1 > gap * glyph.size and bool(_FIGURE.fullmatch(text))


def rows_to_lines(rows: Sequence[Row], after: Row | None, edges: Edges) -> list[FlowLine]:
    """Lines with an indent kept as two spaces and a space at the end of every paragraph.

    ``after``: the first line of the next page, None where there is none or something else stands between;
    ``edges``: of the running text of the page.
    """
    lines: list[FlowLine] = []
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else after
        indent = "  " if _is_indented(row, edges) else ""
        end = " " if following is None or _ends_paragraph(row, following, edges) else ""
        is_heading = _is_centred(row, edges) and row.size > _LARGER * edges.size and row.text[-1] not in _STOPS
        lines.append(FlowLine(indent + row.text + end, is_heading))
    return lines


def page_edges(pages: Sequence[Sequence[Row]]) -> list[Edges]:
    """The edges of the running text of every page: its own, or the document's where it has few lines.

    The size is the most usual one of the document, that of its running text.
    """
    every = [row for rows in pages for row in rows]
    if not every:
        return [Edges(0, 0, 0) for _ in pages]
    letters: Counter[float] = Counter()
    for row in every:
        letters[round(row.size, 1)] += len(row.text)
    size = letters.most_common(1)[0][0]
    lefts, rights = sorted(row.x0 for row in every), sorted(row.x1 for row in every)
    left, right = lefts[len(lefts) // 20], rights[int(len(rights) * 0.98)]
    edges: list[Edges] = []
    for rows in pages:
        if len(rows) < _FEW_LINES:
            edges.append(Edges(min([left, *(row.x0 for row in rows)]), max([right, *(row.x1 for row in rows)]), size))
        else:
            own = min(max(row.x1 for row in rows), right + 2 * size)
            edges.append(Edges(sorted(row.x0 for row in rows)[len(rows) // 20], own, size))
    return edges


def _is_indented(row: Row, edges: Edges) -> bool:
    return row.x0 - edges.left > _INDENT * row.size


def _is_centred(row: Row, edges: Edges) -> bool:
    left, right = row.x0 - edges.left, edges.right - row.x1
    return left > row.size and abs(left - right) <= row.size


def _ends_paragraph(row: Row, following: Row, edges: Edges) -> bool:
    if marker_level(following.text) and (row.text[-1] in _STOPS or _room(row, edges) > row.size):
        return True
    far = following.x0 - edges.left > 3 * following.size  # no indent is as wide
    heading = _is_centred(row, edges) or marker_level(row.text) == 1
    if far and heading and _is_centred(following, edges) and abs(row.size - following.size) < 1:
        taken = row.x1 - row.x0 + _first_width(following)
        return taken + row.size < edges.right - edges.left
    if following.text[0] in _CLOSING:
        return False
    if _is_indented(following, edges):
        return True
    return _room(row, edges) > _first_width(following) + edges.slack * row.size


def _room(row: Row, edges: Edges) -> float:
    return edges.right - row.x1


def _first_width(row: Row) -> float:
    """The width of what would have had to fit on the line before: a word, with the punctuation that must follow it."""
    match = _FIRST_WORD.match(row.text)
    return sum(row.size * (0.55 if char.isascii() else 1) for char in (match.group() if match else ""))
