"""Plain text (the text layer of a PDF) -> lines that know their page.

A page break is a form feed, or what extraction tools leave of one: a line that begins
with a space right after a line that is not blank. In such text layers a trailing space marks
the end of a paragraph or cell, so a line that follows the unpunctuated end of a wrapped name
or a bare classification code goes on in that table row and begins no page; nor does a lone number.
"""

from __future__ import annotations

import re

from corpus.document import Line

_LONE_NUMBER = re.compile(r"\s*[-\d,.%]*\s*$")
_BARE_CODE = re.compile(r"[\d ]+ $")
_ENDS_NAME = re.compile(r"[^\s\d。！？；：.,%] +$")


def text_to_lines(text: str) -> tuple[Line, ...]:
    """Every line of ``text`` with its number (from 1) and page (from 1); page-break marks removed."""
    marked = "\f" in text
    lines: list[Line] = []
    page, previous = 1, ""
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        line = raw
        if marked:
            page += line.count("\f")
            line = line.replace("\f", "")
        elif _begins_page(previous, line):
            page += 1
            line = line[1:]
        lines.append(Line(number, page, line))
        previous = raw
    return tuple(lines)


def _begins_page(previous: str, line: str) -> bool:
    if not line.startswith(" ") or not previous.strip() or _LONE_NUMBER.match(line):
        return False
    return not (_ENDS_NAME.search(previous) or _BARE_CODE.match(previous))
