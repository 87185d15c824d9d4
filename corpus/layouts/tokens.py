"""Lines of a table -> blocks (what stands between blank lines) and tokens (texts and figures with the gaps between).

In a text layer every cell ends in a space and an empty one is a space of its own, so the width of a gap
says how many empty cells may be in it; it never says so for certain, because cells are padded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Line

_WHOLE = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)"
_NUMBER = rf"[-−－]?[￥¥]?(?:{_WHOLE}(?:[.．]\d+)?|[.．]\d+)"
_IN_BRACKETS = rf"[（(][￥¥]?{_WHOLE}[.．]\d+[）)]"  # accountants' minus; without decimals it is rather an ordinal
FIGURE = rf"(?:{_NUMBER}%?|{_IN_BRACKETS})"  # a figure as tables print it
_FIGURE = re.compile(FIGURE)
_NIL = re.compile(r"[-—–－]+")
_WIDE = str.maketrans("−－，．", "--,.", "￥¥（）()")
_HAN = re.compile(r"[\u4e00-\u9fff（）()、，“”\"]")
_ROW_START = re.compile(r"[一二三四五六七八九十]+、|其中|总计|本年|年初|年末")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a table. ``value`` is None for a text and for a dash printed in place of a figure.

    ``gap``: white space before it since the last token, across line ends. ``offset``: where it begins in its line.
    """

    text: str
    is_figure: bool
    value: Decimal | None
    line: Line
    offset: int
    gap: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some lines and the white space after the last one."""

    items: tuple[Token, ...]
    trailing: int


def compact(text: str) -> str:
    """``text`` without white space and with full-width brackets, as names are compared."""
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）").replace("•", "·")


def printed(lines: Sequence[Line]) -> str:
    """The lines as a row quotes them: those with something on them, joined with a newline."""
    return "\n".join(line.text for line in lines if line.text.strip())


def lines_to_tokens(lines: Sequence[Line]) -> Tokens:
    """The words of ``lines`` in order. A text broken off at a line's end without a space goes on in the next line."""
    items: list[Token] = []
    gap = 0
    glue = False
    for line in lines:
        if not line.text:
            continue
        for match in re.finditer(r"\s+|\S+", line.text):
            word = match.group()
            if word.isspace():
                gap += len(word)
                glue = False
                continue
            token = word_to_token(word, line, match.start(), gap)
            if glue and items and not items[-1].is_figure and not token.is_figure and goes_on(items[-1].text, word):
                last = items[-1]
                items[-1] = Token(last.text + word, False, None, last.line, last.offset, last.gap)
            else:
                items.append(token)
            gap, glue = 0, False
        glue = gap == 0
    return Tokens(tuple(items), gap)


def lines_to_blocks(lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Lines grouped by printed rows: blank lines and page breaks part them, a broken-off name does not."""
    spaced = any(not line.text for line in lines[:-1])
    blocks: list[list[Line]] = []
    parted = True
    for line in lines:
        if not line.text:
            parted = True
            continue
        previous = blocks[-1][-1] if blocks else None
        broken_off = previous is not None and goes_on(previous.text, line.text)
        same_row = not parted and previous is not None and previous.page == line.page if spaced else _is_rest(line)
        if previous is not None and (broken_off or same_row):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        parted = False
    return tuple(tuple(block) for block in blocks)


def goes_on(before: str, after: str) -> bool:
    """Is ``after`` the rest of a name that ``before`` broke off in (no space at its end, no new row begun)?"""
    return bool(before and _HAN.match(before[-1]) and _HAN.match(after) and not _ROW_START.match(after))


def _is_rest(line: Line) -> bool:
    """Without blank lines between rows, a line of figures or of spaces is the rest of the row above."""
    return all(word_to_token(word, line, 0, 0).is_figure for word in line.text.split())


def word_to_token(word: str, line: Line, offset: int, gap: int) -> Token:
    """The token of one word; in brackets a figure is less than nothing."""
    if _FIGURE.fullmatch(word):
        return Token(word, True, printed_value(word), line, offset, gap)
    return Token(word, bool(_NIL.fullmatch(word)), None, line, offset, gap)


def printed_value(word: str) -> Decimal:
    """The number that a figure prints, in full-width digits too."""
    number = Decimal(word.rstrip("%").translate(_WIDE).replace(",", ""))
    return -number if word[0] in "（(" else number
