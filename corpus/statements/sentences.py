"""Paragraphs -> sentences, and text cut at commas that stand outside brackets and quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = "（(《<“「【["
_CLOSE = "）)》>”」】]"
_ENDS = "。！？"
_STOPS = "，；：。,;:"


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` as printed with its stop; ``start``: where it begins in the paragraph's text."""

    text: str
    start: int


def text_to_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; a stop inside brackets or quotation marks ends none."""
    sentences: list[Sentence] = []
    begin = depth = 0
    for i, char in enumerate(text):
        depth = _depth(depth, char)
        if (char in _ENDS and depth == 0) or i == len(text) - 1:
            piece = text[begin : i + 1]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                sentences.append(Sentence(piece.strip(), begin + lead))
            begin, depth = i + 1, 0
    return tuple(sentences)


def split_clauses(text: str) -> list[str]:
    """The pieces between commas, semicolons, colons and stops outside brackets; a comma inside a number splits none."""
    pieces: list[str] = [""]
    depth = 0
    for i, char in enumerate(text):
        depth = _depth(depth, char)
        in_number = char in ",." and re.match(r"\d[,.]\d", text[max(0, i - 1) : i + 2])
        if char in _STOPS and depth == 0 and not in_number:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces


def _depth(depth: int, char: str) -> int:
    # A bracket that is never opened or never closed must not swallow the rest: depth stays within 0..3.
    if char in _OPEN:
        return min(3, depth + 1)
    if char in _CLOSE:
        return max(0, depth - 1)
    return depth
