"""A question -> its plan. The rules are tried in order; what is left over of the question blocks the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.taxonomy import taxonomy
from qa.catalogue import Catalogue
from qa.plan import Call, Plan, Ref, Restriction, refs
from qa.understand.context import Reading
from qa.understand.followup import Before, elliptical, lend, reuse
from qa.understand.groups import group
from qa.understand.lexer import Lexicon, Token
from qa.understand.normalise import normalise
from qa.understand.phrases import Sketch, sketch
from qa.understand.reading_limits import LONGEST
from qa.understand.settle import settle
from qa.understand.single import single, totals
from qa.understand.slips import Slips
from qa.understand.sums import compute, parts
from qa.understand.talk import check, talk
from qa.understand.texts import texts
from qa.understand.units import unit_asked

FIGURE_KINDS = frozenset({"lookup", "compute", "compare", "rank", "filter", "count", "list", "yesno"})
_CONTENT = frozenset({"section", "named", "about", "outside", "part", "check", "text"})
_USED = frozenset(
    {
        "item",
        "bare",
        "measure",
        "period",
        "ask",
        "op",
        "side",
        "table",
        "count",
        "refer",
        "copula",
        "join",
        "subject",
        "report",
        "year",
    }
)


_SUCH = frozenset({"这类", "这种", "之类", "之类的", "等", "这样的", "那种", "一类"})


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads questions about one report."""

    catalogue: Catalogue
    lexicon: Lexicon
    slips: Slips

    def read(self, question: str, before: Before | None = None) -> Plan:
        """The plan of ``question``, leaning on the turn ``before`` where it leaves something out."""
        text = normalise(question)
        if not re.search(r"\w", text):
            return Plan("empty", question)
        if len(text) > LONGEST:
            return Plan("too_long", question)
        text, mended = self._mend(text)
        found = sketch(self.lexicon.split(text), self.catalogue.info.year)
        carried = lend(found, before)
        reading = self._reading(question, text, found)
        plan = self._plan(reading, before if not carried else None)
        plan = plan.with_(
            carried=tuple(dict.fromkeys((*plan.carried, *carried))),
            tokens=tuple(
                f"{t.text}/{'|'.join(f'{s.kind}.{s.value}' for s in t.senses[:3]) or ('#' if t.quantity else '?')}"
                for t in found.tokens
            ),
            words=(*plan.words, *(f"≈{name}" for name in mended)) if mended else plan.words,
        )
        return self._with_leftovers(plan, reading)

    def _mend(self, text: str) -> tuple[str, tuple[str, ...]]:
        mended: list[str] = []
        for _ in range(3):
            tokens = self.lexicon.split(text)
            fixed = self.slips.mend(text, tokens, self.lexicon)
            if fixed is None:
                break
            mended.append(_difference(text, fixed))
            text = fixed
        return text, tuple(mended)

    def _reading(self, question: str, text: str, found: Sketch) -> Reading:
        return Reading(question, text, found, tuple(settle(found, self.catalogue)), self.catalogue, unit_asked(text))

    def _plan(self, reading: Reading, before: Before | None) -> Plan:
        if plan := talk(reading) or check(reading):
            return plan
        if before is not None and (plan := _changed(before.plan, reading)):
            return plan
        if plan := texts(reading):
            return plan
        if len(reading.named) <= 1 and (plan := group(reading)):
            return plan
        if not reading.named and (plan := parts(reading)):
            return plan
        if not reading.named and (whole := totals(reading)):
            reading = replace(reading, phrases=whole)
        plan = compute(reading) or group(reading) or single(reading) or _search(reading)
        return _search(reading) if _speaks_of_nothing(plan, reading) else plan

    def _with_leftovers(self, plan: Plan, reading: Reading) -> Plan:
        found = reading.sketch
        restrictions = [*_years(found, plan, reading.catalogue.info.year)]
        unknown = (
            _runs(found.tokens)
            if plan.kind not in FIGURE_KINDS
            else [
                _shown(token, found.tokens)
                for token in found.tokens
                if token.unknown or (plan.kind in FIGURE_KINDS and _soft(token))
            ]
        )
        topics = {topic.name: topic for topic in taxonomy().outside}
        figures = plan.kind in FIGURE_KINDS
        meant = {item for e in plan.exprs for ref in refs(e) for name in ref.names for item in name.items}
        for token in found.tokens:
            kinds = {s.kind for s in token.senses}
            if token.has("part") and meant & set(token.values("part")) and _apposed(token, found):
                continue
            if (
                figures
                and kinds & _CONTENT
                and not kinds & _USED
                and "filler" not in kinds - ({"filler"} if token.has("outside") else set())
            ):
                restrictions.append(_restriction(token, topics))
            elif (
                not figures
                and token.has("outside")
                and "谁" not in token.text
                and not kinds & (_USED | {"section", "named", "about", "soft"})
            ):
                unknown.append(token.text)
        return plan.with_(restrictions=tuple(dict.fromkeys(restrictions)), unknown=tuple(dict.fromkeys(unknown)))


def _speaks_of_nothing(plan: Plan, reading: Reading) -> bool:
    """A lookup of names the report holds no figure of, where no amount is asked: a question for words."""
    if plan.kind != "lookup" or reading.amount:
        return False
    words = reading.sketch.unknown or [t for t in reading.sketch.tokens if _soft(t)]
    return bool(words) and not any(
        reading.catalogue.of(name.items, name.code) for e in plan.exprs for ref in refs(e) for name in ref.names
    )


def _search(reading: Reading) -> Plan:
    """A question for words that no rule reads: what is looked for is what carries content, even if it restricts nothing."""
    words = tuple(t.text for t in reading.sketch.tokens if t.has("soft") and len(t.text) > 1)
    return reading.plan("search", topic="amount" if reading.amount else "", words=words)


def _changed(before: Plan, reading: Reading) -> Plan | None:
    """The question before with one slot changed: another item, another unit."""
    found = reading.sketch
    if reading.unit and not reading.named and before.exprs and not found.unknown:
        return before.with_(unit=reading.unit, question=reading.question, carried=("上一问",))
    if not elliptical(found) and not (before.topic == "section" and _nth(found)) or found.quantities:
        return None
    if before.restrictions and before.exprs and not reading.named and not found.unknown and not found.outside:
        # 「上半年…」 was refused, 「全年呢」 asks the same without what could not be honoured.
        return before.with_(restrictions=(), unknown=(), question=reading.question, carried=("上一问",))
    if before.topic == "section" and (nth := _nth(found)) and not reading.named:
        return before.with_(question=reading.question, limit=nth, carried=("上一问",))
    if len(reading.named) != 1 or before.kind not in FIGURE_KINDS | {"reason", "purpose"}:
        return None
    phrase = reading.named[0]
    if before.kind in {"rank", "filter", "count"} and not reading.catalogue.children(
        tuple(i for n in phrase.names for i in n.items)
    ):
        return None
    changed = reuse(before, phrase, reading.catalogue)
    return (
        None
        if changed is None
        else changed.with_(question=reading.question, unit=reading.unit or before.unit, carried=("上一问的问法",))
    )


def _nth(found: Sketch) -> int:
    """第二个 -> 2; 0 where no place in a list is named."""
    return next(
        (n for n, mark in enumerate(("refer.first", "refer.second", "refer.third"), start=1) if found.has(mark)), 0
    )


def _years(found: Sketch, plan: Plan, year: int) -> list[Restriction]:
    """Years the question names that the answer does not speak of."""
    compared = plan.kind in {"reason", "text", "search", "check", "chat"} or any(
        _speaks_of_prior(e) for e in plan.exprs
    )
    wrong = [y for y in dict.fromkeys(found.years) if y != year and not (y == year - 1 and compared)]
    return [Restriction(f"{y}年", f"本报告是{year}年度决算，没有{y}年度的这项数字", f"{y}年度部门决算") for y in wrong]


def _speaks_of_prior(expr: object) -> bool:
    if isinstance(expr, Call):
        return expr.op in {"prior", "growth"} or any(_speaks_of_prior(arg) for arg in expr.args)
    return isinstance(expr, Ref) and (expr.period == "prior" or expr.measure in {"change", "change_rate"})


def _restriction(token: Token, topics: dict[str, object]) -> Restriction:
    for name in token.values("outside"):
        topic = topics[name]
        return Restriction(token.text, f"报告不含{topic.why}", topic.usually_in)  # type: ignore[attr-defined]
    for name in token.values("part"):
        return Restriction(token.text, f"报告只印出「{name}」的总数，没有再细分")
    return Restriction(token.text, "报告没有按这个细分的数字")


def _apposed(token: Token, found: Sketch) -> bool:
    """「买电脑这类办公设备」, 「信息网络软件购置」, or two parts named for the whole: the part only illustrates."""
    at = found.tokens.index(token)
    after = found.tokens[at + 1].text if at + 1 < len(found.tokens) else ""
    before = found.tokens[at - 1].values("item") if at else ()
    whole = set(token.values("part"))
    together = sum(bool(whole & set(t.values("part"))) for t in found.parts) > 1
    return together or bool(whole & set(before)) or after in _SUCH


def _soft(token: Token) -> bool:
    """Known only as carrying nothing in a question for words."""
    return all(s.kind == "soft" for s in token.senses)


def _runs(tokens: tuple[Token, ...]) -> list[str]:
    """For questions of words: unknown runs, joined over single characters and soft words between and beside them."""
    runs: list[list[Token]] = []
    for token in tokens:
        joins = (
            token.unknown
            or _soft(token)
            or token.end - token.start == 1
            and not token.has("join")
            and not token.has("filler", "particles")
            and not token.has("filler", "punctuation")
        )
        if not joins or not token.text.strip():
            continue
        if runs and runs[-1][-1].end == token.start:
            runs[-1].append(token)
        else:
            runs.append([token])
    return ["".join(t.text for t in run) for run in runs if any(t.unknown for t in run)]


def _shown(token: Token, tokens: tuple[Token, ...]) -> str:
    """An unknown run with the single characters next to it, which are likely part of the same word."""
    text, at = token.text, tokens.index(token)
    if len(text) == 1 and token.unknown:
        for neighbour in (tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None):
            if (
                neighbour is not None
                and neighbour.end - neighbour.start == 1
                and neighbour.has("filler")
                and not neighbour.has("join")
            ):
                text = neighbour.text + text if neighbour.end == token.start else text + neighbour.text
    return text


def _difference(before: str, after: str) -> str:
    """The part of ``after`` that is new."""
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    return after[max(0, start - 3) : start + 4]
