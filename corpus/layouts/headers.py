"""Header lines -> columns. Header cells wrap and interleave, so names are looked for in the joined text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Line
from corpus.layouts.shapes import ColumnShape, TableShape, shapes
from corpus.layouts.tokens import compact, lines_to_tokens


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """A name in a header: ``text`` as printed, and whether the vocabulary knows it."""

    text: str
    known: bool


@dataclass(frozen=True, slots=True)
class Header:
    """Column names in order with the wider header above them all, and which of them is the sum of the others."""

    names: tuple[str, ...]
    group: str
    whole: int | None


def lines_to_words(lines: Sequence[Line], vocabulary: Sequence[str]) -> tuple[HeaderWord, ...]:
    """The names of the vocabulary in the lines, longest first, and what stands between them split at cell ends."""
    cells = [token.text for token in lines_to_tokens(lines).items if not token.is_figure]
    ends = {sum(len(cell) for cell in cells[: i + 1]) for i in range(len(cells))}
    plain = "".join(cells)
    text = compact(plain)
    names = sorted({compact(name) for name in vocabulary}, key=len, reverse=True)
    words: list[HeaderWord] = []
    at, unknown = 0, 0
    while at < len(text):
        name = next((name for name in names if text.startswith(name, at)), "")
        if name or at in ends:
            words += [HeaderWord(plain[unknown:at], False)] if unknown < at else []
            unknown = at
        if name:
            words.append(HeaderWord(plain[at : at + len(name)], True))
            unknown = at + len(name)
        at += len(name) or 1
    words += [HeaderWord(plain[unknown:], False)] if unknown < len(plain) else []
    return tuple(words)


def lines_to_header(lines: Sequence[Line], shape: TableShape) -> Header:
    """The columns a header names; a name that is not known is a column too, noise and the wide header are not."""
    known = shapes()
    noise = {compact(name) for name in known.noise}
    vocabulary = [*known.noise, *(name for column in shape.columns for name in (column.name, *column.names))]
    names: list[str] = []
    group, whole = "", None
    words = lines_to_words(lines, vocabulary)
    under = _columns_stand_under(words, noise, shape)
    for at, word in enumerate(words):
        name = compact(word.text)
        shaped = name_to_column(name, shape)
        if name in noise or re.fullmatch(r"[\d\W]*", name):
            continue
        if not word.known and (at < under or re.search(known.group, name)):
            group = word.text
        elif (shaped.whole if shaped else name in known.total_rows) and whole is not None:
            continue  # 「合计」 once more, under 「本年支出合计」
        else:
            whole = len(names) if (shaped.whole if shaped else name in known.total_rows) else whole
            names.append(word.text)
    return Header(tuple(names), group, whole)


def _columns_stand_under(words: Sequence[HeaderWord], noise: set[str], shape: TableShape) -> int:
    """Where the columns begin, if all that are known follow the last 科目编码 or 科目名称; 0 if they do not."""
    last = max((at for at, w in enumerate(words) if compact(w.text) in noise and "科目" in w.text), default=0)
    known = [at for at, word in enumerate(words) if name_to_column(compact(word.text), shape)]
    return last if known and min(known) > last else 0


def name_to_column(name: str, shape: TableShape) -> ColumnShape | None:
    """The known column of that (compact) name."""
    return next((c for c in shape.columns if name in {compact(n) for n in (c.name, *c.names)}), None)
