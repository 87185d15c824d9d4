"""Figures told in prose, found by the words around them: 「刑事案件审结了多少件」 of 「刑事案件受理486件，审结462件」.

Used where a question would be refused because its names are not the report's. A figure answers when its clause, its
sentence and its heading hold every word of content of the question, the clause itself the better part of what names
the figure, and its unit is the one asked for. Where two figures answer as well, none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Paragraph
from corpus.facts import Fact
from qa.amounts import MONEY
from qa.catalogue import Catalogue
from qa.resolve import units_meant
from qa.understand.lexer import Token
from qa.understand.normalise import normalise, normalise_name
from qa.understand.phrases import Sketch
from qa.understand.spoken import TURNED

_MEASURES = frozenset({"count", "score", "rate", "other", "budget", "final"})
_PLAIN = frozenset({"final", "budget", "score", "completion", "rate"})
_SILENT = frozenset(
    {
        "filler",
        "ask",
        "copula",
        "join",
        "report",
        "refer",
        "count",
        "talk",
        "chat",
        "subject",
        "year",
        "soft",
        "politeness",
    }
)
_DOING = frozenset({"soft", "filler", "join"})
_HARMLESS_OPS = frozenset({"sum", "each", "have", "count"})
_STOPS = re.compile(r"[，；;。：:、（）()]|(?<!\d),|,(?!\d)")
_LEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、是]|\d+[、.．]|[（(][一二三四五六七八九十\d]+[）)])(?P<lead>[^：:，,。；;]{3,40})"
)
_GROUP = re.compile(r"[；;。：:]")
_SCORED = re.compile("得分|评分|分数|几分|多少分|打分")
_RATED = re.compile("率|百分之|比例|几成|%|占比|达到多少")
_LOOSE = frozenset({"分", "个", "人", "名", "人次", "万人次"})  # units that tell no figure from its neighbours
_LEAST_NAMED = 0.5
_FREE = frozenset("的了年末为共达到约计个全已被由有是在与和及中内等各本该将又还也")


_Run = tuple[tuple[str, bool], ...]  # characters, and whether each has to stand about the figure


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure and the words around it: its own clause before and after it, its group of clauses, all above it."""

    fact: Fact
    clause: str
    group: str
    above: str


class Worded:
    """The figures of a report's prose and of its tables of no known shape, by their words."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _places(self) -> tuple[_Place, ...]:
        names = self._catalogue.names
        leads = _leads(self._catalogue.store.paragraphs(self._catalogue.info.id))
        return tuple(
            _place(e.fact, leads.get(e.fact.line, ""))
            for e in self._catalogue.entries
            if _told(e.fact) and not (e.fact.unit in MONEY and names.is_official(e.fact.item))
        )

    def find(self, found: Sketch, text: str) -> Fact | None:
        """The figure that the question's words tell, None where none or more than one does."""
        runs = _content(found.tokens)
        asked = sum(t.has("ask", "amount") or (t.has("count") and t.text[0] == "几") for t in found.tokens)
        listed = found.has("join.and") and found.has("op.sum", "op.each", "op.plus", "ask.which", "op.than", "op.minus")
        if not runs or asked != 1 or listed:
            return None  # of two things asked one would be left out
        units = {u for t in found.tokens if t.text[0] in "多几" for v in t.values("count") for u in units_meant(v)}
        budget = found.has("measure.budget")
        best: list[tuple[tuple[float, float], Fact]] = []
        for place in self._places:
            if ("平均" in place.clause and "均" not in text) or set(TURNED.findall(place.clause)) - set(text):
                continue
            if (
                budget != (place.fact.measure == "budget")
                or not _asked_for(place.fact, units, text)
                or (level := _level(runs, place, bool(units - _LOOSE))) is None
            ):
                continue
            best.append((level, place.fact))
        best.sort(key=lambda each: each[0])
        if not best:
            return None
        first = [fact for level, fact in best if level == best[0][0]]
        return first[0] if len({(f.value, f.unit) for f in first}) == 1 else None


def _told(fact: Fact) -> bool:
    """Whether it is a figure of prose, or of a table of no known shape, and no line of the accounts."""
    if fact.value is None or fact.measure not in _MEASURES:
        return False
    return (fact.source == "sentence" and fact.level is None) or fact.table_kind in {"performance", "other"}


def _leads(paragraphs: Iterable[Paragraph]) -> dict[int, str]:
    """By line, how the list item begins that the line belongs to: 「（4）农村公路安防提升工程项目绩效自评综述」."""
    found: dict[int, str] = {}
    lead, section = "", tuple[str, ...]()
    for paragraph in paragraphs:
        if paragraph.section != section:
            lead, section = "", paragraph.section
        if match := _LEAD.match(paragraph.text):
            lead = normalise_name(match["lead"])
        found |= dict.fromkeys(paragraph.lines, lead)
    return found


def _place(fact: Fact, lead: str) -> _Place:
    heading = lead + normalise_name("".join(fact.section.split("›")[-2:]))
    above = heading + "".join(normalise_name(p) for p in fact.parents)
    if fact.source == "cell":
        row = normalise_name(fact.row)
        return _Place(fact, row + normalise_name(fact.column), "", above + normalise_name(fact.table or ""))
    before, after = fact.text[: max(fact.start, 0)], fact.text[max(fact.start, 0) :]
    clause = _STOPS.split(before)[-1]
    if len(clause) < 2:  # 「（套）、计算机85台」
        clause = before[-8:]
    rest = _STOPS.split(after)[0] if after else ""
    group = _GROUP.split(before)[-1]
    return _Place(fact, normalise_name(clause + rest), normalise_name(group), normalise_name(before) + above)


def _content(tokens: tuple[Token, ...]) -> tuple[_Run, ...] | None:
    """The runs of words that tell what is asked; None where one restricts in a way that a sentence cannot show.

    Single characters beside an unknown one are likely part of the same word: they stand in its run and may be skipped.
    """
    runs: list[_Run] = []
    last = -1
    for at, token in enumerate(tokens):
        silent = _silent(token)
        if silent and not (len(token.text) < 3 and token.text not in _FREE and _beside_unknown(tokens, at)):
            continue
        silent = silent or (bool(token.senses) and all(s.kind in _DOING for s in token.senses))
        if token.quantity is not None or not token.text.isalnum():
            return None
        marked = tuple((char, not silent) for char in token.text)
        if runs and last == token.start:
            runs[-1] = (*runs[-1], *marked)
        else:
            runs.append(marked)
        last = token.end
    return tuple(run for run in runs if any(needed for _, needed in run))


def _beside_unknown(tokens: tuple[Token, ...], at: int) -> bool:
    beside = (tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None)
    return tokens[at].text.isalnum() and any(t is not None and t.unknown for t in beside)


def _silent(token: Token) -> bool:
    """Whether the word says nothing of what the figure is of."""
    if token.unknown or token.quantity is not None:
        return False
    if token.has("item", "part") or token.has("outside"):
        return False
    if token.has("measure"):
        return token.has("filler") or token.has("ask") or token.has("measure", *_PLAIN)
    return all(s.kind in _SILENT or (s.kind == "op" and s.value in _HARMLESS_OPS) for s in token.senses)


def _asked_for(fact: Fact, units: set[str], text: str) -> bool:
    """Whether the figure is in the unit, or of the kind, that is asked for."""
    if units:
        return fact.unit in units
    if "钱" in text or re.search("金额|万元|[几多少]万|资金|经费", text):
        return fact.unit in MONEY
    if _SCORED.search(text):
        return fact.measure == "score" or "得分" in fact.column
    if _RATED.search(text):
        return fact.unit == "%"
    return fact.unit != "分" and fact.measure not in {"score"}


def _level(runs: Iterable[_Run], place: _Place, counted: bool) -> tuple[float, float] | None:
    """How far from the figure the question's words stand, and how much of its clause they leave unsaid; None where
    one of them stands nowhere about it. ``counted``: a unit of count is asked for, which can tell the figure by itself."""
    total, near = 0, ""
    for run in runs:
        levels = _pieces(run, place)
        if levels is None:
            return None
        total += sum(level * len(piece) for piece, level in levels)
        near += "".join(piece for piece, level in levels if level == 0)
    named = [c for c in re.sub(r"[\d.%]+.*", "", place.clause) if c not in _FREE]
    said = sum(1 for c in named if c in near) / len(named) if named else 0
    unnamed = counted and not near
    return (total, -round(said, 3)) if said >= _LEAST_NAMED or unnamed else None


def _pieces(run: _Run, place: _Place) -> list[tuple[str, int]] | None:
    """``run`` cut into pieces of two characters and more that stand about the figure, each with how far; single
    characters only where they stand in the clause."""
    found: list[tuple[str, int]] = []
    text = "".join(char for char, _ in run)
    at = 0
    while at < len(run):
        for end in range(len(run), at, -1):
            piece = text[at:end]
            level = next(
                (n for n, where in enumerate((place.clause, place.group, place.above)) if piece in where), None
            )
            if level is not None and (len(piece) > 1 or level == 0):
                found.append((piece, level))
                at = end
                break
        else:
            if run[at][1]:
                return None
            at += 1
    needed = sum(1 for _, each in run if each)
    return found if sum(len(p) for p, _ in found if len(p) > 1) * 2 >= needed else None


def around(fact: Fact) -> str:
    """The clause that the figure stands in, as printed."""
    if fact.source == "cell":
        return ""
    at = max(fact.start, 0)
    begin = max((m.end() for m in _GROUP.finditer(fact.text[:at])), default=0)
    end = next((m.start() + at for m in re.finditer(r"[，；;。]", fact.text[at:])), len(fact.text))
    return normalise(fact.text[begin:end]) if begin < end else ""
