"""Plain text (the text layer of a PDF) -> lines that know their page.

A page break is a form feed, or what extraction tools leave of one: a line that begins
with a space right after a line that is not blank. In such text layers a trailing space marks
the end of a paragraph or cell, so a line that follows the unpunctuated end of a wrapped name
or a bare classification code goes on in that table row and begins no page; nor does a lone number.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from pathlib import Path

from corpus.document import Line
from corpus.errors import TruncatedReport, UnknownEncoding
from corpus.readers.pieces import Source
from corpus.readers.spaced import is_spaced, text_to_source

_LONE_NUMBER = re.compile(r"\s*[-\d,.%]*\s*$")
_BARE_CODE = re.compile(r"[\d ]+ $")
_ENDS_NAME = re.compile(r"[^\s\d。！？；：.,%] +$")

_SHORTEST_PAGE = 12  # lines
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1a\x1b")


def text_to_lines(text: str) -> tuple[Line, ...]:
    """Every line of ``text`` with its number (from 1) and page (from 1); page-break marks removed."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if "\f" in text:
        return _split_at_feeds(raw)
    begins = [_begins_page(previous, line) for previous, line in pairwise(["", *raw])]
    # Where every few lines seem to begin a page, the space is an indent and pages are not marked at all.
    if sum(begins) * _SHORTEST_PAGE > sum(bool(line.strip()) for line in raw):
        begins = [False] * len(raw)
    pages = accumulate(begins, initial=1)
    next(pages)
    return tuple(
        Line(number, page, line[1:] if begin else line)
        for number, (page, begin, line) in enumerate(zip(pages, begins, raw, strict=True), start=1)
    )


def _split_at_feeds(raw: list[str]) -> tuple[Line, ...]:
    """Pages as form feeds mark them: one before a line's text begins a page with it, one after it with the next."""
    lines: list[Line] = []
    page = 1
    for number, line in enumerate(raw, start=1):
        feeds = line.count("\f")
        before = feeds if not line.strip() else line[: len(line) - len(line.lstrip())].count("\f")
        page += before
        lines.append(Line(number, page, line.replace("\f", "")))
        page += feeds - before
    return tuple(lines)


def is_text(data: bytes) -> bool:
    """Whether the bytes can be text at all: no NUL, hardly any control characters, no known binary format."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if data.startswith(_BINARY):
        return False
    head = data[:65536]
    return 0 not in head and sum(byte in _CONTROL for byte in head) <= len(head) // 100


def bytes_to_source(path: Path, data: bytes) -> Source:
    """A text file in UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030: its lines, and grids where its
    tables are set with runs of spaces.

    Raises UnknownEncoding (``path`` is only named in it), TruncatedReport where the file ends inside a character.
    """
    text = _decode(path, data)
    return text_to_source(text) if is_spaced(text) else Source(text_to_lines(text), may_be_cut=True)


def _decode(path: Path, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    failures: list[UnicodeDecodeError] = []
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            failures.append(error)
            if error.start > 0 and error.start >= len(data) - 3:  # all but the last character is of this encoding
                break
    farthest = max(failures, key=lambda error: error.start)
    if farthest.start >= len(data) - 4:
        raise TruncatedReport(path, f"第 {farthest.start + 1} 个字节（最后一个字符只有一半）处") from farthest
    raise UnknownEncoding(path, farthest.start) from farthest


def _begins_page(previous: str, line: str) -> bool:
    if not line.startswith(" ") or not previous.strip() or _LONE_NUMBER.match(line):
        return False
    return not (_ENDS_NAME.search(previous) or _BARE_CODE.match(previous))
