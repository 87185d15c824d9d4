"""Lines -> blocks: wrapped lines joined to the paragraphs they were, each character still knowing its line.

Text layers mark the end of a paragraph in one of two ways. Some leave a space after it (every other
line break is a wrap); that is measured on the file itself. In the others a paragraph ends before a
numbered or indented line, and after a stop on a line that is not full.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Line

_NUMERAL = "一二三四五六七八九十百零〇"
_MARKERS = (
    re.compile(rf"第[{_NUMERAL}\d]+(?:部分|章|篇)"),
    re.compile(rf"[{_NUMERAL}]{{1,4}}、"),
    re.compile(rf"[（(][{_NUMERAL}]{{1,4}}[）)]"),
    re.compile(r"\d{1,2}(?:、|[．.](?!\d))"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－·]\s*\d{1,3}\s*[-—–－·]|第\s*\d{1,3}\s*页(?:\D{0,3}共\s*\d{1,3}\s*页)?)\s*$")
_LED = re.compile(r"(?:…{2,}|[.．·]{6,})\s*\d{1,3}\s*$")
_STOPS = tuple("。！？；：")
_NARROW = 16  # characters; no page is set narrower, so shorter lines are whole
_FEW_ENTRIES = 3
_FEW_INDENTS = 0.1  # of the lines
_FULL = 0.85  # of the longest usual line: a line at least this long may be wrapped


@dataclass(frozen=True, slots=True)
class Block:
    """Joined lines; see ``Paragraph`` for the fields."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    pages: tuple[int, ...]

    def page_line(self, offset: int) -> tuple[int, int]:
        """(page, line) of the character at ``offset``."""
        at = max(0, bisect_right(self.starts, offset) - 1)
        return self.pages[at], self.lines[at]

    def cut(self, begin: int, end: int) -> Block:
        """The part of the block from ``begin`` to ``end``, surrounding space dropped."""
        while begin < end and self.text[begin].isspace():
            begin += 1
        text = self.text[begin:end].rstrip()
        first = max(0, bisect_right(self.starts, begin) - 1)
        last = max(first, bisect_right(self.starts, begin + max(0, len(text) - 1)) - 1)
        starts = tuple(max(0, start - begin) for start in self.starts[first : last + 1])
        return Block(text, starts, self.lines[first : last + 1], self.pages[first : last + 1])


def marker_level(text: str) -> int:
    """The level a numbered line may head: 1 第一部分, 2 一、, 3 （一）, 4 1、, 5 （1）; 0 without a number."""
    stripped = text.lstrip()
    return next((level for level, marker in enumerate(_MARKERS, start=1) if marker.match(stripped)), 0)


def is_page_number(text: str) -> bool:
    """Whether the line is nothing but a page number in dashes or words."""
    return bool(_PAGE_NUMBER.match(text))


def lines_to_blocks(lines: Sequence[Line], tables: Sequence[tuple[int, int]]) -> list[Block]:
    """The text outside ``tables`` (first, last line numbers) as blocks; page numbers and contents pages left out."""
    skipped = contents_lines(lines)
    kept = [
        line
        for line in lines
        if line.text.strip()
        and line.number not in skipped
        and not is_page_number(line.text)
        and not any(first <= line.number <= last for first, last in tables)
    ]
    ends = _ends_by_space(kept) if _marks_ends_by_space(kept) else _ends_by_shape(kept)
    blocks: list[Block] = []
    group: list[Line] = []
    for i, line in enumerate(kept):
        group.append(line)
        following = kept[i + 1] if i + 1 < len(kept) else None
        if following is None or _table_between(line, following, tables) or ends(line, following):
            blocks.append(join_lines(group))
            group = []
    return blocks


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines of a 目录, and of every line that leads over dots to a page number."""
    led = frozenset(line.number for line in lines if _LED.search(line.text))
    return led | _listed(lines)


def _listed(lines: Sequence[Line]) -> frozenset[int]:
    """From the word 目录 to where its first entry comes again as a heading."""
    filled = [line for line in lines if line.text.strip()]
    start = next((i for i, line in enumerate(filled) if re.fullmatch(r"目\s*录", line.text.strip())), None)
    if start is None or start + 1 >= len(filled):
        return frozenset()
    first = _bare(filled[start + 1].text)
    again = next((i for i in range(start + 2, len(filled)) if first and _bare(filled[i].text).startswith(first)), None)
    listed = start + 1
    while listed < len(filled) and filled[listed].page == filled[start].page and _is_entry(filled[listed].text):
        listed += 1
    if again is None and listed - start > _FEW_ENTRIES:
        again = listed  # the headings differ from their entries: the list of entries on that page is all that is known
    if again is None:
        return frozenset({filled[start].number})
    return frozenset(line.number for line in filled[start:again])


def _is_entry(text: str) -> bool:
    return (
        bool(marker_level(text))
        or bool(re.match(r"\s*\d{1,2}[.．]", text))
        or bool(re.search(r"[.．…·]{2,}|\d\s*$", text))
    )


def _bare(text: str) -> str:
    return re.sub(r"\s|[.．…·]{2,}.*$|\d+\s*$", "", text)


def _table_between(line: Line, following: Line, tables: Sequence[tuple[int, int]]) -> bool:
    return any(line.number < first < following.number for first, _ in tables)


def _marks_ends_by_space(lines: Sequence[Line]) -> bool:
    """Whether what stands before a numbered line ends in a space, nearly always."""
    before = [line for line, following in pairwise(lines) if marker_level(following.text)]
    spaced = sum(line.text.endswith((" ", "\u3000")) for line in before)
    return len(before) >= 3 and spaced >= 0.8 * len(before)


def _ends_by_space(lines: Sequence[Line]) -> Callable[[Line, Line], bool]:
    """Paragraph ends where a space marks them; in a text whose paragraphs are indented a full line without a stop that a
    line without indent follows goes on, whatever stands at its end."""
    full = full_width([line.text.strip() for line in lines])
    indents = sum(_indented(line.text) for line in lines) > _FEW_INDENTS * len(lines)

    def ends(line: Line, following: Line) -> bool:
        text = line.text.strip()
        if line.text.endswith((" ", "\u3000")):
            begun = _indented(following.text) or marker_level(following.text) or text.endswith(_STOPS)
            return bool(begun) or not (indents and is_full(text, full))
        return text.endswith(_STOPS) and bool(marker_level(following.text))

    return ends


def _ends_by_shape(lines: Sequence[Line]) -> Callable[[Line, Line], bool]:
    """Paragraph ends where the text layer leaves no mark: by numbering, indent, stops and the length of lines."""
    texts = [line.text.strip() for line in lines]
    full = full_width(texts)
    long = [text for text in texts if is_full(text, full)]
    # Where nearly every long line ends a sentence, each line is a paragraph of its own and nothing wraps.
    wrapped = full >= _NARROW and sum(not text.endswith(_STOPS) for text in long) > 0.2 * len(long)

    def ends(line: Line, following: Line) -> bool:
        text = line.text.strip()
        if wrapped and is_full(text, full):
            return text.endswith(_STOPS) and (bool(marker_level(following.text)) or _indented(following.text))
        return text.endswith(_STOPS) or bool(
            marker_level(text) or marker_level(following.text) or _indented(following.text)
        )

    return ends


def full_width(texts: Sequence[str]) -> float:
    """The width of a full line: nine in ten are no wider. A Latin letter or digit is half as wide as a character."""
    widths = sorted(map(_width, texts))
    return widths[int(len(widths) * 0.9)] if widths else 0


def is_full(text: str, full: float) -> bool:
    """Whether the line is so wide that it may have been wrapped."""
    return _width(text) >= _FULL * full


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text.strip())


def _indented(text: str) -> bool:
    return text.startswith(("  ", "\u3000"))


def join_lines(lines: Sequence[Line]) -> Block:
    """Wrapped lines as one text: a line break carries no space, except between two Latin words or numbers."""
    text = ""
    starts: list[int] = []
    for line in lines:
        part = line.text.strip()
        if text and text[-1].isascii() and text[-1].isalnum() and part[0].isascii() and part[0].isalnum():
            text += " "
        starts.append(len(text))
        text += part
    return Block(text, tuple(starts), tuple(line.number for line in lines), tuple(line.page for line in lines))
