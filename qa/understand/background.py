"""What is said around a question: 「我听邻居讲…。那用车的钱降了没有」. The story is set aside; what restricts the question stays.

A clause is background when it asks nothing, names nothing the question needs, holds no word that restricts, and has
the shape of a story (a sentence of its own, a rumour's source, the asker's own affairs) or of a remark on the answer.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from qa.understand.asks import asks_something
from qa.understand.lexer import Lexicon, Token

_CUTS = re.compile(r"[。!?;…]+|--+|—+|,|:")
_ORGANISATION = re.compile(
    "(?:[省市区县镇]|国家)[\u4e00-\u9fff]{1,7}?(?:委员会|委|局|厅|法院|检察院|署|总队|支队|办事处|街道)"
)
# 「我做保洁的」, 「我公司是做网络的」: what the asker does for a living.
_OCCUPATION = re.compile("我们?(?:公司|家|店|厂|单位)?(?:是)?(?:做|干|搞|开|卖|教|学|跑|修|种)[\u4e00-\u9fff]{1,8}的")
_ENDS = frozenset("。!?;…")
_RESTRICTS = ("outside", "period", "table", "part")
_ASKING = ("ask", "measure", "grain")
_ORDERS = (
    "max", "min", "sum", "rank", "rankup", "second", "third", "ordinal", "except", "exceptend", "top", "bottom", "count", "not",
)  # fmt: skip
_SAYING = frozenset({"op", "soft", "item", "bare", "colour", "act", "ask"})


@dataclass(frozen=True, slots=True)
class _Clause:
    """A run between two pauses. ``ends``: whether it ends a sentence; ``rumour``: whether a teller stood before it."""

    text: str
    tokens: tuple[Token, ...]
    ends: bool
    rumour: bool = False

    def has(self, *kinds: str) -> bool:
        return any(t.has(kind) for t in self.tokens for kind in kinds)

    @property
    def bare(self) -> str:
        return self.text.rstrip(",:;。!?… ")


@cache
def _shapes() -> dict[str, tuple[str, ...]]:
    raw = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: tuple(sorted(words, key=len, reverse=True)) for name, words in raw.items()}


def foreground(text: str, lexicon: Lexicon, year: int) -> tuple[str, tuple[str, ...]]:
    """``text`` without its background, and the background in order. ``text``: normalised; ``year``: the report's.

    A rumour before a question that names its item itself is set aside whole; before one that does not, it lends its topic.
    """
    told: list[str] = []
    clauses: list[_Clause] = []
    for clause in _clauses(text, lexicon):
        kept, source = _without_source(clause, lexicon, year)
        told += [source] if source else []
        clauses.append(kept)
    core = _core_of(clauses)
    if core is None:
        return ("".join(c.text for c in clauses), tuple(told)) if told else (text, ())
    needs = _needs(clauses[core]) or _takes_up(clauses, core)
    lead = next((i + 1 for i in reversed(range(core)) if clauses[i].text.endswith(":")), 0)
    story = any(c.rumour or _sourced(c) or c.text.startswith(_shapes()["narrators"]) for c in clauses[:core])
    sentence = next((i + 1 for i in reversed(range(core)) if clauses[i].ends), 0)
    place = _Place(clauses[core], core, needs, year, story, lead, sentence, _names_one(clauses[sentence : core + 1]))
    left: list[str] = []
    for at, clause in enumerate(clauses):
        if at != core and _background(clause, at, place):
            told.append(clause.bare)
        elif at < core and clause.rumour and needs and not _checks(clauses[core]):
            told.append(clause.bare)
            left.append(_topic(clause))
        else:
            left.append(clause.text)
    return ("".join(left), tuple(told)) if told else (text, ())


def _core_of(clauses: list[_Clause]) -> int | None:
    """The clause that asks: the last that does and names something, else the last that does, else the last that names."""
    asking = [i for i, c in enumerate(clauses) if asks_something(c.tokens)]
    naming = [i for i, c in enumerate(clauses) if c.has("item", "code", "bare")]
    return next(iter(reversed([i for i in asking if i in naming] or asking or naming)), None)


def _checks(clause: _Clause) -> bool:
    """Whether it only asks if what was said is so."""
    return clause.has("ask") and all(
        t.has("ask", "yesno") or any(s.kind in {"filler", "join", "refer", "copula", "check"} for s in t.senses)
        for t in clause.tokens
    )


def _topic(clause: _Clause) -> str:
    """The first name of a rumour, with what places it: 「工资福利里,」 of 「工资福利里大头是奖金」."""
    kept: list[str] = []
    for token in clause.tokens:
        if token.has("item") or token.has("bare") or token.has("code"):
            if kept:
                break
            kept.append(token.text)
        elif kept and token.has("join", "within"):
            kept.append(token.text)
            break
    return "".join(kept) + ","


def _clauses(text: str, lexicon: Lexicon) -> list[_Clause]:
    cuts = [m for m in _CUTS.finditer(text) if not _in_number(text, m)]
    edges = [0, *(m.end() for m in cuts), len(text)]
    parts = [text[a:b] for a, b in pairwise(edges) if text[a:b].strip()]
    return [_Clause(p, lexicon.split(p), p[-1] in _ENDS) for p in parts]


def _in_number(text: str, match: re.Match[str]) -> bool:
    return text[match.start() - 1 : match.start()].isdigit() and text[match.end() : match.end() + 1].isdigit()


def _without_source(clause: _Clause, lexicon: Lexicon, year: int) -> tuple[_Clause, str]:
    """「朋友圈在传某办…」: the words up to a verb of telling, where something the report holds comes after them."""
    end = 0
    for token in clause.tokens:
        if (
            token.has("item")
            or token.has("code")
            or token.has("measure")
            or token.has("part")
            or token.has("year")
            or token.has("table")
        ):
            break
        tells = next((w for w in _shapes()["tells"] if clause.text[: token.end].endswith(w)), None)
        if (tells or token.has("filler", "source")) and token.end < len(clause.bare):
            end = token.end
    if not end or not any(
        any(t.has(k) for k in ("item", "bare", "measure", "part", "report", "section", "number"))
        for t in clause.tokens
        if t.start >= end
    ):
        return clause, ""
    source, rest = clause.text[:end], clause.text[end:]
    if rest.startswith("的"):  # 「主任说的那次…」: the telling itself restricts
        return clause, ""
    return _Clause(rest, lexicon.split(rest), clause.ends, rumour=True), source


def _restricting(token: Token, year: int, persons: bool) -> bool:
    if token.has("soft") and token.has("outside"):
        return False  # 以后, 以前 in a story
    if token.has("year"):
        return any(int(value) != year for value in token.values("year"))
    if token.has("outside", "persons") and not persons:
        return False
    if token.has("outside", "opinions"):
        return False
    return any(token.has(kind) for kind in _RESTRICTS) and not token.has("filler")


def _needs(core: _Clause) -> bool:
    """Whether the question must take its item from what was said before it."""
    counts_only = core.has("count") and not core.has("item", "code")
    return not core.has("item", "code", "bare") or counts_only or _leans_back(core)


def _takes_up(clauses: list[_Clause], core: int) -> bool:
    """「我想听听行政单位离退休这一项，到底用掉多少」: the asking clause has but a word for spending, the one before names
    the item and points at it."""
    if clauses[core].has("item", "code") or not core:
        return False
    before = clauses[core - 1]
    return before.has("item", "code") and not before.ends and before.bare.endswith(_shapes()["takes_up"])


def _leans_back(core: _Clause) -> bool:
    """Whether the question begins by pointing at what was said before it: 「它占…」."""
    first = next((t for t in core.tokens if not t.has("talk") and not t.has("join")), None)
    return first is not None and first.has("refer") and first.text not in {"那", "这"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a clause stands: the asking clause and its index, what it needs, the report's year, the story around it;
    ``lead``: clauses before this one end in a colon, ``sentence``: where the asking sentence begins, ``named``: whether
    that sentence names what it asks for."""

    core: _Clause
    at: int
    needs: bool
    year: int
    story: bool
    lead: int
    sentence: int
    named: bool


def _background(clause: _Clause, at: int, place: _Place) -> bool:
    """Whether the clause at ``at`` is story or remark."""
    shapes, text, before = _shapes(), clause.bare, at < place.at
    if _purpose(clause, place):
        return True
    if not text or not any(t.unknown or any(s.kind in _SAYING for s in t.senses) for t in clause.tokens):
        return False  # nothing in it that would need setting aside
    named = clause.has("item", "bare", "code", "section", "named", "about", "part")
    if text.startswith(shapes["narrator_asks"]) or any(word in text for word in shapes["restricts_anywhere"]):
        return False
    own = text.startswith(shapes["narrators"]) or (before and "我" in text)
    kin = not before and text.startswith(shapes["kin"]) and not asks_something(clause.tokens)
    if kin or _OCCUPATION.fullmatch(text):
        return True
    told = clause.rumour or _sourced(clause) or any(word in text for word in shapes["rumours"])
    within = at < place.lead or (place.story and not place.needs and before)
    if _only_told(clause, before, place, told):
        return True
    if (named and place.needs) or _restricted(clause, at, place, told):
        return False
    if before and text.startswith(shapes["whatever"]):
        return True
    if before and (told or (within and not (clause.has("item", "code") and asks_something(clause.tokens)))):
        return not text.startswith(shapes["restricts_first"])
    if asks_something(clause.tokens) or clause.has("ask"):
        return False
    if own:
        return before or not named
    earlier = before and at < place.sentence and (not place.needs or (place.named and not named)) and _states(clause)
    orders = [v for t in clause.tokens for v in t.values("op") if v in _ORDERS]
    if clause.has(*_ASKING) or (orders and not (earlier and not named and set(orders) == {"not"})):
        return False
    if text.startswith(shapes["restricts_first"]):
        return False
    if earlier:
        return True
    if text.endswith(shapes["restricts_last"]):
        return False
    if clause.text.endswith(":") or text.startswith(shapes["remarks"]):
        return True
    if clause.ends and before:
        return True
    return not named and not place.needs and _states(clause)


def _names_one(clauses: list[_Clause]) -> bool:
    return any(c.has("item", "code") for c in clauses)


def _sourced(clause: _Clause) -> bool:
    """Whether the clause begins with who said it: 「有人跟我讲…」."""
    return bool(clause.tokens) and clause.tokens[0].has("filler", "source")


def _purpose(clause: _Clause, place: _Place) -> bool:
    """What the answer is wanted for, or who wants it, beside a question that is complete: 「给领导写材料要用」."""
    told = any(word in clause.bare for word in _shapes()["purposes"])
    years = {int(v) for t in clause.tokens for v in t.values("year")}
    names = clause.has("item", "code", "table", "count", "measure") or (
        clause.bare.startswith(_shapes()["restricts_first"]) and "我" not in clause.bare
    )
    return told and not place.needs and not names and not asks_something(clause.tokens) and years <= {place.year}


def _only_told(clause: _Clause, before: bool, place: _Place, told: bool) -> bool:
    """A rumour, or what everybody knows (「…不是都发补贴嘛」), beside a question that names its item: whatever it says
    of whom and when, the question is not about it. Another year than the report's is still said to be another."""
    if place.needs or not place.core.has("item", "code") or clause.text.startswith(_shapes()["restricts_first"]):
        return False
    if any(int(v) != place.year for t in clause.tokens for v in t.values("year")) or _ORGANISATION.search(clause.text):
        return False
    if any(t.has("single") for t in clause.tokens) or clause.has("table"):
        return False
    if not before:  # 「…，这话对吗」 is no rumour but asks about one
        return (clause.rumour or _sourced(clause)) and not clause.has("ask")
    return told or (before and clause.bare.endswith("嘛"))


def _states(clause: _Clause) -> bool:
    """Whether the clause says something, rather than names a time, a place or a thing: it has a verb or a word of colour."""
    return any(t.has("act") or t.has("colour") or t.has("op") for t in clause.tokens)


def _restricted(clause: _Clause, at: int, place: _Place, told: bool) -> bool:
    """Whether a word of the clause restricts what is asked; parts and the year asked for, in a rumour, do not."""
    story = at < place.at and not clause.has("item", "count")
    if (any(t.has("single") for t in clause.tokens) and not story) or _ORGANISATION.search(clause.text):
        return True
    pointed = place.core.text.lstrip("那").startswith(_shapes()["points"])
    asked = {value for t in place.core.tokens for value in t.values("year")}
    return any(
        _restricting(t, place.year, persons=pointed)
        and not (told and (t.has("part") or (t.has("year") and set(t.values("year")) <= asked)))
        for t in clause.tokens
    )
