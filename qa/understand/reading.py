"""A question -> its plan. The rules are tried in order; what is left over of the question blocks the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from qa.catalogue import Catalogue
from qa.plan import Call, Name, Plan, Ref, refs
from qa.understand.asks import asks
from qa.understand.background import foreground
from qa.understand.claims import top
from qa.understand.context import Reading
from qa.understand.dropped import FIGURE_KINDS
from qa.understand.followup import Before, elliptical, reuse
from qa.understand.groups import group
from qa.understand.indicators import with_first_budget
from qa.understand.ledger import ledger
from qa.understand.leftovers import with_leftovers
from qa.understand.lending import lend
from qa.understand.lexer import Lexicon
from qa.understand.member_units import member_units
from qa.understand.normalise import normalise
from qa.understand.phrases import Sketch, sketch
from qa.understand.places import is_soft
from qa.understand.reading_limits import LONGEST
from qa.understand.remarks import in_plain_words, without_remarks
from qa.understand.settle import settle
from qa.understand.shortened import Shortened
from qa.understand.siblings import in_their_place
from qa.understand.single import single, totals
from qa.understand.slips import Slips
from qa.understand.spoken_of import part_and_whole
from qa.understand.stocks import carried_over
from qa.understand.sums import compute, parts
from qa.understand.talk import check, talk
from qa.understand.telling import Telling
from qa.understand.texts import texts
from qa.understand.turns import plainly
from qa.understand.unit_words import units_as_said, unless_by_unit, with_shared_column
from qa.understand.units import unit_asked
from qa.understand.worded import Worded, around

_HOW_MANY = re.compile("(?:几|多少)[家所处条张对件期户名届]")
_HOW_MUCH = re.compile("多少|(?<![那这好十有上])几[\u4e00-\u9fff]")
_REPEATED = re.compile(r"([\u4e00-\u9fff]{2,}?)\1+")


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads questions about one report."""

    catalogue: Catalogue
    lexicon: Lexicon
    slips: Slips
    shortened: Shortened
    worded: Worded
    telling: Telling

    def quoted(self, question: str) -> Plan | None:
        """The plan that quotes the sentences which tell what the question asks in words; None where none do."""
        text = normalise(question)
        if len(text) > LONGEST:
            return None
        text, told = foreground(text, self.lexicon, self.catalogue.info.year)
        where, counted = self.telling.find(sketch(self.lexicon.split(text), self.catalogue.info.year), text)
        if not where:
            return None
        words = tuple(":".join(map(str, stretch)) for stretch in where)
        return Plan("quote", question, topic=counted, words=words, background=told)

    def told(self, question: str) -> Plan | None:
        """The plan for a figure of the report's prose that the question's words tell; None where they tell none."""
        text = plainly(normalise(question))
        if len(text) > LONGEST:
            return None
        text, told = foreground(text, self.lexicon, self.catalogue.info.year)
        found = sketch(self.lexicon.split(text), self.catalogue.info.year)
        fact = self.worded.find(found, text)
        if fact is None or any(y != self.catalogue.info.year for y in found.years):
            return None
        return Plan("worded", question, topic=fact.id, words=(around(fact),), unit=unit_asked(text), background=told)

    def in_full(self, question: str, before: Before | None = None) -> Iterator[tuple[str, str]]:
        """The question with a name written in full that stands in it in short, and that name; none where none does."""
        text = plainly(normalise(question))
        if len(text) > LONGEST:
            return iter(())
        spoken = in_their_place(text, before, self.catalogue, self.lexicon)
        return chain(spoken, self.shortened.in_full(text, self.lexicon))

    def read(self, question: str, before: Before | None = None) -> Plan:
        """The plan of ``question``, leaning on the turn ``before`` where it leaves something out."""
        text = normalise(question)
        if not re.search(r"\w", text):
            return Plan("empty", question)
        if len(text) > LONGEST:
            return Plan("too_long", question)
        text = carried_over(plainly(in_plain_words(self._once(text))), self.catalogue.info.year)
        text, remarks = without_remarks(units_as_said(text, self.catalogue), self.lexicon)
        text, told = foreground(text, self.lexicon, self.catalogue.info.year)
        text, mended = self._mend(text)
        found = sketch(self.lexicon.split(text), self.catalogue.info.year)
        carried = part_and_whole(found, before, self.catalogue) or lend(found, before, self.catalogue)
        reading = self._reading(question, text, found)
        plan = unless_by_unit(self._plan(reading, before if not carried else None), reading)
        plan = plan.with_(
            carried=tuple(dict.fromkeys((*plan.carried, *carried))),
            background=(*remarks, *told),
            tokens=tuple(
                f"{t.text}/{'|'.join(f'{s.kind}.{s.value}' for s in t.senses[:3]) or ('#' if t.quantity else '?')}"
                for t in found.tokens
            ),
            words=(*plan.words, *(f"≈{name}" for name in mended)) if mended else plan.words,
        )
        plan = plan if plan.topic == "units" else with_leftovers(plan, reading)  # that rule looks at every word itself
        resembling = plan.kind == "search" or (plan.topic == "about" and plan.unknown)
        return (self.quoted(question) if resembling else None) or plan  # what tells it before what only resembles it

    def asks(self, question: str) -> tuple[str, ...]:
        """The questions that one message asks, in order; the message itself where it asks one or is too long."""
        return asks(question, self.lexicon) if len(question) <= LONGEST else (question,)

    def asks_amount(self, question: str) -> bool:
        """Whether the question asks for an amount or a number, and says something of what it is of."""
        text = normalise(question)
        tokens = self.lexicon.split(text)
        return _HOW_MUCH.search(text) is not None and any(
            t.unknown or t.has("item") or t.has("part") or t.has("count") for t in tokens
        )

    def _once(self, text: str) -> str:
        """「购房购房补贴」, as one speaks: a word said twice, where the lexicon does not read the two apart."""
        twice = {t.text for t in self.lexicon.split(text) if t.has("filler", "politeness")}
        return _REPEATED.sub(lambda m: m[1] if m[0] in twice else m[0], text)

    def corrects(self, question: str) -> bool:
        """Whether the question takes back the one before it."""
        tokens = self.lexicon.split(normalise(question))
        return any(t.has("talk", "correct") and t.text != "不是" for t in tokens)

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
        phrases = with_shared_column(settle(found, self.catalogue), self.catalogue)
        phrases = with_first_budget(phrases, text, self.catalogue)
        return Reading(question, text, found, tuple(phrases), self.catalogue, unit_asked(text))

    def _plan(self, reading: Reading, before: Before | None) -> Plan:
        if plan := talk(reading) or check(reading) or ledger(reading):
            return plan
        if before is not None and (plan := _changed(before.plan, reading)):
            return plan
        if plan := member_units(reading, before is not None and bool(before.subjects)) or texts(reading):
            return plan
        if len(reading.named) <= 1 and (plan := group(reading)):
            return plan
        if not reading.named and (plan := parts(reading)):
            return plan
        if not reading.named and (whole := totals(reading)):
            reading = replace(reading, phrases=whole)
        plan = (
            top(reading)
            or compute(reading)
            or group(reading)
            or single(reading)
            or _parts_of(reading)
            or _search(reading)
        )
        return _search(reading) if _speaks_of_nothing(plan, reading) else plan


def _speaks_of_nothing(plan: Plan, reading: Reading) -> bool:
    """A lookup of names the report holds no figure of, where no amount is asked: a question for words."""
    if plan.kind != "lookup" or reading.amount:
        return False
    words = reading.sketch.unknown or [t for t in reading.sketch.tokens if is_soft(t)]
    return bool(words) and not any(
        reading.catalogue.of(name.items, name.code) for e in plan.exprs for ref in refs(e) for name in ref.names
    )


def _parts_of(reading: Reading) -> Plan | None:
    """A question for what is only a part of an item: read as the item, which the part then restricts."""
    parts = reading.sketch.parts if reading.amount else []
    return reading.plan("lookup", *(Ref((Name(t.text, t.values("part")),)) for t in parts)) if parts else None


def _search(reading: Reading) -> Plan:
    """A question for words that no rule reads: what is looked for is what carries content, even if it restricts nothing."""
    words = tuple(t.text for t in reading.sketch.tokens if t.has("soft") and len(t.text) > 1)
    counted = _HOW_MANY.search(reading.text) and not any(m.startswith(("ask.", "chat.")) for m in reading.sketch.marks)
    return reading.plan("search", topic="amount" if reading.amount or counted else "", words=words)


def _changed(before: Plan, reading: Reading) -> Plan | None:
    """The question before with one slot changed: another item, another unit."""
    found = reading.sketch
    plain = not reading.named and not found.unknown and not found.has("ask.why", "ask.use")
    if before.kind == "rank" and found.has("op.max", "op.min") and plain:
        order: Literal["desc", "asc"] = "asc" if found.has("op.min") else "desc"
        return before.with_(
            order=order,
            topic="",
            limit=found.limit or (1 if before.topic == "nth" else before.limit),
            question=reading.question,
            carried=("上一问",),
        )
    if turned := _next_in_order(before, reading):
        return turned
    if share := _another_share(before, reading):
        return share
    another = found.quantities or any(m.startswith("per.") for m in found.marks)
    if reading.unit and not reading.named and before.exprs and not found.unknown and not another:
        return before.with_(unit=reading.unit, question=reading.question, carried=("上一问",))
    this_year = (
        found.years == [reading.catalogue.info.year] and not reading.named and not found.unknown and not found.bare
    )
    if this_year and any(isinstance(e, Call) and e.op == "prior" for e in before.exprs):
        now = tuple(e.args[0] if isinstance(e, Call) and e.op == "prior" else e for e in before.exprs)
        return before.with_(kind="lookup", exprs=now, question=reading.question, carried=("上一问",))
    if (
        not elliptical(found) and not (before.topic == "section" and (_nth(found) or found.has("refer.next")))
    ) or found.quantities:
        return None
    if before.restrictions and before.exprs and not reading.named and not found.unknown and not found.outside:
        # 「上半年…」 was refused, 「全年呢」 asks the same without what could not be honoured.
        return before.with_(restrictions=(), unknown=(), question=reading.question, carried=("上一问",))
    if before.topic == "section" and before.limit and found.has("refer.next") and not reading.named:
        return before.with_(question=reading.question, limit=before.limit + 1, carried=("上一问",))
    if before.topic == "section" and (nth := _nth(found)) and not reading.named:
        return before.with_(question=reading.question, limit=nth, carried=("上一问",))
    if len(reading.named) != 1 or before.kind not in FIGURE_KINDS | {"reason", "purpose"}:
        return None
    if reading.yesno and before.kind != "yesno":
        return None  # 「伙食补助费有没有」 asks something of its own
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


def _next_in_order(before: Plan, reading: Reading) -> Plan | None:
    """「第二多的呢」 after a ranking, 「最少的呢」 after a list: the same group in another order."""
    found = reading.sketch
    if reading.named or found.unknown or before.kind not in {"rank", "list"}:
        return None
    place = 2 if found.has("op.second") else 3 if found.has("op.third") else 0
    if place and before.kind == "rank":
        return before.with_(topic="nth", limit=place, question=reading.question, carried=("上一问",))
    if before.kind == "list" and found.has("op.max", "op.min"):
        order: Literal["asc", "desc"] = "asc" if found.has("op.min") else "desc"
        return Plan(
            "rank", reading.question, before.exprs, order=order, limit=found.limit or 1, grain="item", carried=("上一问",)
        )  # fmt: skip
    return None


def _another_share(before: Plan, reading: Reading) -> Plan | None:
    """「公积金那份占多少」 after a share: of the same whole."""
    first = before.exprs[0] if before.exprs else None
    if not isinstance(first, Call) or first.op != "share" or len(reading.named) != 1 or len(before.exprs) != 1:
        return None
    phrase = reading.named[0]
    if phrase.measure != "share" or phrase.before or not isinstance(first.args[0], Ref):
        return None
    part = Ref(phrase.names, "", phrase.side or first.args[0].side)
    return before.with_(exprs=(Call("share", (part, first.args[1])),), question=reading.question, carried=("上一问",))


def _nth(found: Sketch) -> int:
    """第二个 -> 2; 0 where no place in a list is named."""
    return next(
        (n for n, mark in enumerate(("refer.first", "refer.second", "refer.third"), start=1) if found.has(mark)), 0
    )


def _difference(before: str, after: str) -> str:
    """The part of ``after`` that is new."""
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    return after[max(0, start - 3) : start + 4]
