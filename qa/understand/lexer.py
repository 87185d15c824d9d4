"""A normalised question -> known words, by the cheapest covering of the text (dynamic programming).

Every character belongs to a known surface, to a number, or to an unknown run. Unknown characters cost most, so
known surfaces are used wherever they fit; fewer and longer words cost less than many short ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qa.understand.numbers import YEAR, Quantity, quantity_at

_LATIN = re.compile(r"[a-z]+(?:['.-][a-z]+)*")
_UNKNOWN_COST = 2.4
_SINGLE_COST, _PARTICLE_COST = 1.7, 0.85
_PREFERENCE = 0.05
_PARTICLES = frozenset("的了呢吗啊吧呀嘛里中是在和与都还也就,?!。;:、()")


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


_REMEMBERED = 512
_SPACE = (Sense("filler", "space"),)


_HAN = r"[\u4e00-\u9fff]"
_SHAPED_COST = 1.02
_SHAPES = (
    (re.compile("口径(?:不一样|不同|不一致|有别|有差别|有区别|不一)(?=[,，])"), Sense("filler", "method")),
    (re.compile(rf"(?![人天处年月日户家层级样件个项笔种类])({_HAN})一\1"), Sense("filler", "politeness")),
    (re.compile(rf"(?![人天处年月日户家层级样件个项笔种类])({_HAN}{_HAN})\1"), Sense("filler", "politeness")),
    (re.compile(rf"({_HAN})[不没]\1(?:{_HAN}(?=[,。?!]|$))?"), Sense("ask", "yesno")),
    (re.compile(rf"有({_HAN})没\1"), Sense("ask", "yesno")),
    (re.compile(rf"{_HAN}{{1,3}}与否"), Sense("ask", "yesno")),
    (re.compile("哪[几两二三四五六七八九十](?:部分|项|类|个|块|样|种|款|笔)"), Sense("ask", "which")),
    (
        re.compile("(?:就|只|仅|单)?[这那](?:一)?(?:场|台|次|回|趟|批|拨|顿|桌|间|栋|届|晚|天|档|单)(?![总共])"),
        Sense("single", "one"),
    ),
    (
        re.compile("(?:就|只|仅|单)[这那]?一(?:场|台|次|回|趟|批|拨|顿|桌|间|栋|届|辆|家|位|个人)"),
        Sense("single", "one"),
    ),
    (re.compile("(?:截至|截止|截止到|截至到|到)?(?:年)?12月31[日号]"), Sense("filler", "year")),
    (re.compile(rf"({_HAN})\1(?=[,。?!]|$)(?<![人天处年月日])"), Sense("filler", "politeness")),
    (
        re.compile(
            "(?:根据|依据|按照|照着|借助|[用由按以拿凭从])[^,。?!;]{0,14}?"
            "(?:(?:增减|增加|减少|下降|上升|增长|变动|变化|升降)(?:的)?(?:额|数|值|量|率|幅度|数字|金额|情况)?|增幅|降幅|差额)[^,。?!;]{0,5}?"
            "(?:倒推|反推|推算|回推|推|倒算|算)(?:出来|出|回去|得到|一下|就行|即可)?"
        ),
        Sense("filler", "method"),
    ),
)


class Lexicon:
    """Surfaces and their senses; a report's own names lie over the shared ones."""

    def __init__(
        self,
        surfaces: Mapping[str, tuple[Sense, ...]],
        shared: Lexicon | None = None,
        preferred: frozenset[str] = frozenset(),
    ) -> None:
        """``preferred``: surfaces that are taken rather than others of like length (printed names)."""
        self._surfaces = dict(surfaces)
        self._shared = shared
        self._preferred: frozenset[str] = preferred | (shared._preferred if shared else frozenset())
        self._prefixes = frozenset(s[:end] for s in self._surfaces for end in range(1, len(s) + 1))
        self._splits: dict[str, tuple[Token, ...]] = {}
        han = max((len(s) for s in self._surfaces if not s[0].isascii()), default=0)
        latin = max((len(s) for s in self._surfaces if s[0].isascii()), default=0)
        self.longest: int = max(han, shared.longest if shared else 0)
        self.longest_latin: int = max(latin, shared.longest_latin if shared else 0)

    def senses(self, surface: str) -> tuple[Sense, ...]:
        """All senses of ``surface``, the report's own first; empty when unknown."""
        own = self._surfaces.get(surface, ())
        if self._shared is None:
            return own
        shared = self._shared.senses(surface)
        return own + tuple(s for s in shared if s not in own) if own else shared

    def split(self, text: str) -> tuple[Token, ...]:
        """The cheapest covering of ``text``. The latest texts are remembered: one question is looked at several times."""
        found = self._splits.get(text)
        if found is None:
            if len(self._splits) >= _REMEMBERED:
                self._splits.clear()
            found = self._splits[text] = self._split(text)
        return found

    def _begins(self, text: str) -> bool:
        """Whether a known word begins so."""
        return text in self._prefixes or (self._shared is not None and self._shared._begins(text))

    def _split(self, text: str) -> tuple[Token, ...]:
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
        edges = [*_numbers(text, start)]
        if not _in_latin_word(text, start):
            longest = self.longest_latin if text[start].isascii() else self.longest
            for end in range(start + 1, min(len(text), start + longest) + 1):
                surface = text[start:end]
                if not self._begins(surface):
                    break
                senses = self.senses(surface)
                if senses and not _in_latin_word(text, end):
                    bonus = _PREFERENCE + 0.0015 * len(surface) ** 2 if surface in self._preferred else 0.0
                    bonus += 0.002 if senses[0].kind == "item" else 0.0  # 项目支出|预算 rather than 项目|支出预算
                    edges.append((Token(start, end, surface, senses), _cost(surface, senses) - bonus))
        edges += _shaped(text, start)
        if text[start].isspace():
            edges.append((Token(start, start + 1, text[start], _SPACE), 0.0))
        elif match := _LATIN.match(text, start):
            edges.append((Token(start, match.end(), match[0]), _UNKNOWN_COST))
        else:
            edges.append((Token(start, start + 1, text[start]), _UNKNOWN_COST))
        return edges


def _shaped(text: str, start: int) -> list[tuple[Token, float]]:
    """Words known by their shape: 查一查, 打听打听 (do it a little); 准不准, 有谱没谱, 正确与否 (is it so)."""
    found = []
    for shape, sense in _SHAPES:
        if match := shape.match(text, start):
            found.append((Token(start, match.end(), match[0], (sense,)), _SHAPED_COST))
    return found


def _in_latin_word(text: str, at: int) -> bool:
    """Whether ``at`` is inside a word of letters."""
    return 0 < at < len(text) and all(c.isascii() and c.isalpha() for c in text[at - 1 : at + 1])


def _numbers(text: str, start: int) -> Iterator[tuple[Token, float]]:
    """A year or a quantity that begins at ``start`` and is not the rest of a longer number."""
    before = text[start - 1] if start else ""
    if before.isdigit() or before == ".":
        return
    if (match := YEAR.match(text, start)) and not text[match.end() : match.end() + 1].isdigit():
        yield (
            Token(start, match.end(), match[0], (Sense("year", match["year"] or _century(match["short"])),)),
            _cost(match[0]) - 0.05,
        )
    if found := quantity_at(text, start):
        end, quantity = found
        yield Token(start, end, text[start:end], (Sense("number", quantity.unit),), quantity), _cost(text[start:end])


def _century(short: str) -> str:
    """16年 -> 2016, 98年 -> 1998."""
    return f"{'20' if int(short) < 50 else '19'}{short}"


def _cost(surface: str, senses: tuple[Sense, ...] = ()) -> float:
    if surface in _PARTICLES:
        return _PARTICLE_COST
    if len(surface) == 1:
        return _SINGLE_COST
    empty = all(sense.kind == "filler" for sense in senses)
    loose = bool(senses) and all(sense.kind in {"act", "colour"} for sense in senses)
    return 1.0 - 0.02 * min(len(surface), 15) + (0.05 if empty else 0.12 if loose else 0.0)


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
