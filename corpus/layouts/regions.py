"""Where the tables are: from a table's title to the next title or heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Line
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.tokens import compact

_TITLE_END = re.compile(r"表[\s）)]*$")
_NUMERAL = "[一二三四五六七八九十]+"
_NOT_A_TITLE = re.compile(
    rf"^(公开\d+表|附?表\d|第{_NUMERAL}部分|{_NUMERAL}、|（{_NUMERAL}）|\d+[、.])|[，。；：、《》…]|\.{{3}}"
)
_UNIT = re.compile(r"单位[:：](万元|亿元|千元|元)")
_PART = re.compile(rf"^第{_NUMERAL}部分")
_NARRATIVE = re.compile(rf"^{_NUMERAL}、(关于|.*(情况|说明)$)|^（{_NUMERAL}）.*(情况|说明)。?$")
_LONGEST_TITLE = 60
_HEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class TableRegion:
    """The lines of one table. ``id``: its kind, numbered from the second of a kind on ("performance-2").

    ``title`` as printed; ``lines``: from the title line to the last line with something on it; ``body``: how many of
    them the title takes.
    """

    id: str
    kind: str
    title: str
    first_line: int
    last_line: int
    lines: tuple[Line, ...]
    title_lines: int

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines below the title."""
        return self.lines[self.title_lines :]

    @property
    def unit(self) -> str:
        """The unit of the table's figures as printed above it, "" where none is."""
        found = (_UNIT.search(compact(line.text)) for line in self.lines[:20])
        return next((match.group(1) for match in found if match), "")


def lines_to_regions(lines: Sequence[Line]) -> tuple[TableRegion, ...]:
    """The tables of a report in order. A line is a title where it is named like one and a table's head follows."""
    starts: list[tuple[int, int, str, str]] = []  # index, lines of title, title, kind
    at = 0
    while at < len(lines):
        found = _title_at(lines, at)
        if found:
            starts.append((at, *found))
        at += found[0] if found else 1
    seen: Counter[str] = Counter()
    regions = []
    for number, (first, height, title, kind) in enumerate(starts):
        seen[kind] += 1
        limit = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        last = _last_index(lines, first + height, limit)
        name = kind if seen[kind] == 1 else f"{kind}-{seen[kind]}"
        own = tuple(lines[first : last + 1])
        regions.append(TableRegion(name, kind, title, own[0].number, own[-1].number, own, height))
    return tuple(regions)


def _title_at(lines: Sequence[Line], at: int) -> tuple[int, str, str] | None:
    """(lines taken, title, kind) where a table's title begins at ``at``; it may wrap over two printed lines."""
    if not lines[at].text.strip():
        return None
    below = [i for i in range(at + 1, min(at + 4, len(lines))) if lines[i].text.strip()][:1]
    wraps = not re.search(r"\d\.\d|\s\d+\s*$", lines[at].text)
    wraps = wraps and not any(shapes().of_title(compact(lines[i].text)) for i in below)
    for last in (at, *(below if wraps else ())):
        title = "".join(line.text.strip() for line in lines[at : last + 1])
        name = compact(title)
        if not _TITLE_END.search(title) or _NOT_A_TITLE.search(name) or len(name) > _LONGEST_TITLE:
            continue
        shape = shapes().of_title(name)
        if _has_head(lines[last + 1 :], shape):
            return last + 1 - at, title, shape.kind if shape else "other"
    return None


def _has_head(lines: Sequence[Line], shape: TableShape | None) -> bool:
    """Does a table begin here: a unit line, or for a table of named texts one of their labels?"""
    head = []
    for line in lines:
        if line.text.strip():
            head.append(compact(line.text))
        if len(head) == _HEAD_LINES or (head and _TITLE_END.search(head[-1]) and shapes().of_title(head[-1])):
            break
    if shape and shape.layout == "named_texts":
        return any(text.startswith(compact(label)) for text in head[:3] for label in shape.labels)
    return any(_UNIT.search(text) for text in head) or any("科目编码" in text and shape for text in head)


def _last_index(lines: Sequence[Line], first: int, limit: int) -> int:
    last = first - 1
    for at in range(first, limit):
        text = compact(lines[at].text)
        if _PART.match(text) or _NARRATIVE.match(text):
            break
        if text:
            last = at
    return last
