"""A normalised question -> known words, by the cheapest covering of the text (dynamic programming).

Every character belongs to a known surface, to a number, or to an unknown run. Unknown characters cost most, so
known surfaces are used wherever they fit; fewer and longer words cost less than many short ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa.understand.numbers import YEAR, Quantity, quantity_at

_LATIN = re.compile(r"[a-z]+(?:['.-][a-z]+)*")
_UNKNOWN_COST = 2.4
_SINGLE_COST = 1.2


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word can be: ``kind`` (item, measure, op, ask, filler, …) and ``value`` within it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question. ``senses`` is empty for an unknown run; ``quantity`` set for a number."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...] = ()
    quantity: Quantity | None = None

    def has(self, kind: str, *values: str) -> bool:
        """Whether one sense is of ``kind`` (and, if given, of one of ``values``)."""
        return any(s.kind == kind and (not values or s.value in values) for s in self.senses)

    def values(self, kind: str) -> tuple[str, ...]:
        """The values of its senses of ``kind``."""
        return tuple(s.value for s in self.senses if s.kind == kind)

    @property
    def unknown(self) -> bool:
        """Whether nobody knows this word."""
        return not self.senses and self.quantity is None


class Lexicon:
    """Surfaces and their senses; a report's own names lie over the shared ones."""

    def __init__(self, surfaces: Mapping[str, tuple[Sense, ...]], shared: Lexicon | None = None) -> None:
        self._surfaces = dict(surfaces)
        self._shared = shared
        own = max(map(len, self._surfaces), default=0)
        self.longest = max(own, shared.longest if shared else 0)

    def senses(self, surface: str) -> tuple[Sense, ...]:
        """All senses of ``surface``, the report's own first; empty when unknown."""
        own = self._surfaces.get(surface, ())
        if self._shared is None:
            return own
        shared = self._shared.senses(surface)
        return own + tuple(s for s in shared if s not in own) if own else shared

    def split(self, text: str) -> tuple[Token, ...]:
        """The cheapest covering of ``text``."""
        size = len(text)
        best: list[float] = [0.0] + [float("inf")] * size
        back: list[Token | None] = [None] * (size + 1)
        for start in range(size):
            if best[start] == float("inf"):
                continue
            for token, cost in self._edges(text, start):
                total = best[start] + cost
                if total < best[token.end] - 1e-9:
                    best[token.end], back[token.end] = total, token
        return _merge_unknown(text, back)

    def _edges(self, text: str, start: int) -> list[tuple[Token, float]]:
        edges: list[tuple[Token, float]] = []
        inside_latin = (
            start > 0
            and text[start].isascii()
            and text[start].isalpha()
            and text[start - 1].isascii()
            and text[start - 1].isalpha()
        )
        if not inside_latin:
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                if senses := self.senses(text[start:end]):
                    if (
                        text[end - 1].isascii()
                        and text[end - 1].isalpha()
                        and end < len(text)
                        and text[end].isascii()
                        and text[end].isalpha()
                    ):
                        continue
                    edges.append((Token(start, end, text[start:end], senses), _cost(end - start)))
        if match := YEAR.match(text, start):
            if not (start > 0 and text[start - 1].isdigit()) and not text[match.end() : match.end() + 1].isdigit():
                edges.append(
                    (
                        Token(start, match.end(), match[0], (Sense("year", match["year"]),)),
                        _cost(match.end() - start) - 0.05,
                    )
                )
        if not (start > 0 and (text[start - 1].isdigit() or text[start - 1] == ".")) and (
            found := quantity_at(text, start)
        ):
            end, quantity = found
            edges.append(
                (Token(start, end, text[start:end], (Sense("number", quantity.unit),), quantity), _cost(end - start))
            )
        if match := _LATIN.match(text, start):
            if not inside_latin:
                edges.append((Token(start, match.end(), match[0]), _UNKNOWN_COST))
        else:
            edges.append((Token(start, start + 1, text[start]), _UNKNOWN_COST))
        return edges


def _cost(length: int) -> float:
    return _SINGLE_COST if length == 1 else 1.0 - 0.002 * min(length, 20) ** 2


def _merge_unknown(text: str, back: list[Token | None]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    at = len(text)
    while at > 0:
        token = back[at]
        assert token is not None
        at = token.start
        if tokens and token.unknown and tokens[-1].unknown:
            last = tokens.pop()
            token = Token(token.start, last.end, text[token.start : last.end])
        tokens.append(token)
    return tuple(t for t in reversed(tokens) if t.text.strip())
