"""Known words -> noun phrases and what links them. No decision is taken here about what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qa.plan import Name, Ref, Side
from qa.understand.lexer import Token
from qa.understand.marks import denies_last, limit_of, mark_whole, named_by_parts
from qa.understand.meant import as_meant
from qa.understand.numbers import Quantity

# Measures that compare or compute rather than name a printed column.
_SCORES = frozenset({"分"})
_DENIALS = frozenset({"不是", "不对", "错了"})
_ANY = "?"  # an average is asked, of what is not said
_OPERANDS = frozenset({"than", "share", "minus", "plus", "divide"})
_OPERATIVE = frozenset({"over", "under", "variance", "average"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: names in order with what narrows them. ``before``: what linked it to the phrase before."""

    names: tuple[Name, ...] = ()
    measure: str = ""
    side: Side = ""
    tables: tuple[str, ...] = ()
    period: str = ""
    grain: str = ""
    refer: str = ""
    unit: str = ""
    alt: Name | None = None
    per: str = ""
    before: str = ""

    def ref(self) -> Ref:
        """The figures it names. A unit of count without a measure asks how many."""
        counted = "score" if self.unit in _SCORES else "count" if self.unit else ""
        spent = (
            self.measure == "final" and counted == "count" and not self.per
        )  # 「接待费花了多少公里」 asks for no money
        measure = counted if spent else self.measure or counted
        unit = self.unit if measure == "count" else ""
        grain = self.grain if self.grain in {"class", "group", "leaf"} and self.names else ""
        return Ref(self.names, measure, self.side, self.tables, self.period, unit, grain, self.alt)

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return not (
            self.names
            or self.measure
            or self.side
            or self.tables
            or self.period
            or self.grain
            or self.refer
            or self.unit
            or self.per
        )


@dataclass(slots=True)
class Sketch:
    """What stands in a question: phrases in order, marks (``kind.value``) with their positions, what is left over."""

    tokens: tuple[Token, ...]
    year: int
    phrases: list[Phrase] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    limit: int = 0
    bare: list[Name] = field(default_factory=list)
    parts: list[Token] = field(default_factory=list)
    outside: list[Token] = field(default_factory=list)
    unknown: list[Token] = field(default_factory=list)

    def has(self, *marks: str) -> bool:
        """Whether one of ``marks`` stands in the question."""
        return any(mark in self.marks for mark in marks)

    @property
    def named(self) -> list[Phrase]:
        """The phrases that have names."""
        return [phrase for phrase in self.phrases if phrase.names]


_GRAINS = {"类": "class", "款": "group", "块": "class"}
_LINKS = {
    "join.and": "and", "op.plus": "plus", "op.minus": "minus", "op.divide": "divide", "op.than": "than",
    "op.share": "share", "measure.share": "share", "copula.is": "is", "join.stop": "stop", "op.except": "except", "op.exceptend": "except",
    "join.or": "and",
}  # fmt: skip


def sketch(tokens: tuple[Token, ...], year: int) -> Sketch:
    """Groups ``tokens``: names, measures, sides, tables and periods next to each other make a phrase.

    ``year`` is the report's own; the year before it is a period, as 上年 is.
    """
    found = Sketch(tokens, year)
    current, link, denied = Phrase(), "", False
    for at, token in enumerate(tokens):
        token = as_meant(token, tokens, at)
        marks = [f"{s.kind}.{s.value}" for s in token.senses]
        found.marks += marks
        if denies_last(tokens, at) and (found.phrases or not current.empty):
            break  # 「…，不是基本支出的」: what is not meant
        if token.has("talk", "correct") and _goes_on(tokens, at) and (found.phrases or not current.empty):
            found.phrases.clear()
            current, link = Phrase(), ""
        breaks = _break_of(token, marks, tokens, at, bool(current.names or found.named))
        if token.text == ")":
            breaks = ""
            if link == "gloss" and not current.names and found.phrases:
                # （类）, （款） narrow the name they follow, which goes on.
                last = found.phrases.pop()
                current, link = replace(last, grain=current.grain or last.grain), last.before
        found.limit = found.limit or limit_of(token, tokens[:at])
        current, breaks = _take(token, current, found, breaks, link)
        if breaks == "stop" and denied:
            # 「不是大类，是…」: what is denied is not what is asked.
            found.phrases.clear()
            current, denied = Phrase(), False
        if (
            breaks == "stop"
            and current.names
            and at
            and tokens[at - 1].has("join", "within")
            and len(tokens[at - 1].text) + (tokens[at - 1].text != "的") > 1
        ):
            breaks = ""
        denied = denied or (token.has("talk", "correct") and token.text in _DENIALS)
        if breaks:
            if not current.empty:
                found.phrases.append(replace(current, before=link))
                current, link = Phrase(), breaks
            else:
                link = _stronger(link, breaks)
    mark_whole(found)
    if named := named_by_parts(found):
        current = replace(current, names=(*current.names, named))
    if not current.empty:
        found.phrases.append(replace(current, before=link))
    elif link == "share" and not (found.phrases and found.phrases[-1].measure):
        last = found.phrases.pop() if found.phrases else Phrase()
        found.phrases.append(replace(last, measure="share"))
    return found


def _only_measures(tokens: tuple[Token, ...]) -> bool:
    """Whether what stands in the brackets says a measure, and names nothing."""
    end = next((i for i, t in enumerate(tokens) if t.text == ")"), len(tokens))
    inside = tokens[:end]
    return any(t.has("measure") for t in inside) and not any(t.has("item") or t.has("code") for t in inside)


def _goes_on(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether anything that could be asked comes after a correction."""
    return any(t.has(k) for t in tokens[at + 1 :] for k in ("item", "bare", "measure", "side", "table", "period"))


def _break_of(token: Token, marks: list[str], tokens: tuple[Token, ...], at: int, named: bool) -> str:
    """What the token does between phrases, "" for nothing."""
    if token.text == "(" and _only_measures(tokens[at + 1 :]):
        return ""  # 「当初给的那个数（年初预算）」
    breaks = "gloss" if token.text == "(" else next((_LINKS[m] for m in marks if m in _LINKS), "")
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    thing = after is not None and (after.has("item") or (after.has("bare") and after.has("side")))  # 「收入不够支出」
    bound = token.has("op", "gt", "more", "lt", "less") and thing
    return "than" if not breaks and bound and named else breaks  # 「办公费超过电费多少」


def _stronger(old: str, new: str) -> str:
    order = ("", "stop", "is", "and", "gloss", "share", "plus", "minus", "divide", "than", "except")
    return max(old, new, key=order.index)


def _take(token: Token, current: Phrase, found: Sketch, breaks: str, link: str) -> tuple[Phrase, str]:
    """``current`` with what ``token`` adds; and the link it makes, if it makes one."""
    if token.quantity is not None:
        found.quantities.append(token.quantity)
    elif token.has("year"):
        year = int(token.values("year")[0])
        found.years.append(year)
        if year == found.year - 1:
            found.marks.append("period.prior")
            return replace(current, period="prior"), breaks
    elif token.has("code"):
        return replace(current, names=(*current.names, Name(token.text, (), token.values("code")[0]))), ""
    elif token.has("item") and not breaks and not _only_narrows(token, current):
        name = Name(token.text, token.values("item"))
        if token.has("bare"):
            found.bare.append(Name(token.text, token.values("bare")))
        return replace(
            current, names=(*current.names, name), measure=_joined(current.measure, _measure(token), token.text)
        ), ""
    elif (
        token.has("bare")
        and link in _OPERANDS
        and len(found.named) < 2
        and not current.names
        and not token.has("measure")
        and not breaks
    ):
        return replace(current, names=(Name(token.text, token.values("bare")),)), ""
    elif token.has("bare"):
        found.bare.append(Name(token.text, token.values("bare")))
    elif token.has("part"):
        found.parts.append(token)
    elif token.has("outside"):
        found.outside.append(token)
    elif token.unknown:
        found.unknown.append(token)
    return _narrow(token, current, breaks, found)


def _only_narrows(token: Token, current: Phrase) -> bool:
    """A word that is also a measure or a side of the accounts says that of the item named before it."""
    return bool(_measure(token)) or bool(current.names and token.has("side", "income", "expenditure"))


def _narrow(token: Token, current: Phrase, breaks: str, found: Sketch) -> tuple[Phrase, str]:
    if token.has("table"):
        return replace(current, tables=(*current.tables, *token.values("table"))), breaks
    if token.has("period"):
        return replace(current, period="prior", measure=_joined(current.measure, _measure(token), token.text)), breaks
    if token.has("per") or token.has("subject", "per") or token.has("measure", "average") or token.has("op", "average"):
        unit = next(iter(token.values("per")), "人次" if token.has("subject", "per") else _ANY)
        current = replace(current, per=unit if current.per in {"", _ANY} else current.per)
    if token.has("count") and not token.has("measure"):
        current = replace(current, unit=current.unit or token.values("count")[0])
    if token.has("side") and not breaks:
        side: Side = "income" if token.has("side", "income") else "expenditure"
        return replace(current, side=current.side or side), ""
    if token.has("refer"):
        current = replace(current, refer=current.refer or token.values("refer")[0])
    if token.has("ask", "which") and token.text[-1] in _GRAINS:
        current = replace(current, grain=current.grain or _GRAINS[token.text[-1]])
        found.marks.append(f"grain.{_GRAINS[token.text[-1]]}")
    if token.quantity is not None and token.quantity.unit in {"类", "款", "大类", "大块"}:
        current = replace(current, grain=current.grain or _GRAINS[token.quantity.unit[-1]])
        found.marks.append(f"grain.{_GRAINS[token.quantity.unit[-1]]}")
    if token.has("grain") and not breaks:
        return replace(current, grain=token.values("grain")[0]), breaks
    if token.has("item") and _measure(token):
        current = replace(current, alt=Name(token.text, token.values("item")))
    if (measure := _measure(token)) and not breaks:
        return replace(current, measure=_joined(current.measure, measure, token.text)), breaks
    return current, breaks


def _joined(first: str, second: str, said: str) -> str:
    """预算 + 完成率 is the completion; 决算 + 预算 stays what was said first. ``said``: the word of the second."""
    if {first, second} == {"change", "change_rate"}:
        return "change" if said.endswith(("额", "数额", "金额")) else "change_rate"  # 「同比减少额」, 「比上年降幅」
    stronger = {"completion", "change", "change_rate", "share"}
    if first == "budget" and second in {"change", "change_rate"}:
        return "budget_change"  # no report prints how the budget itself changed
    return second if second in stronger and first not in stronger else first or second


def _measure(token: Token) -> str:
    """The printed measure a word names, "" for words that compute."""
    return next((m for m in token.values("measure") if m not in _OPERATIVE), "")
