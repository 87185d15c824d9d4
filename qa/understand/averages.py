"""Averages: an amount by what was counted (人次, 批次, 辆), one count by another, the mean of several items."""

from __future__ import annotations

import re

from qa.catalogue import Catalogue, Entry
from qa.plan import Name, Plan, Ref
from qa.resolve import Missing, resolve
from qa.understand.context import Reading, call, measured
from qa.understand.phrases import Phrase

_MONEY = re.compile(
    "多少(?:个)?(?:钱|元|块|万|银子)|几(?:块|元|万|百|千|个钱)|合多少|花多少|多少(?:费用|经费|开支|开销|花费)"
)
_SPREADS = {"月": "monthly", "日": "daily"}


def average(reading: Reading) -> Plan | None:
    """The plan of a question for an average, None when none is asked."""
    said = any("均" in t.text for t in reading.sketch.tokens if t.has("measure", "average") or t.has("op", "average"))
    each = any(m.startswith("per.") for m in reading.sketch.marks) or reading.has("measure.average", "op.average")
    asked_else = reading.has("ask.which", "ask.what", "ask.why", "ask.list", "ask.use")
    if reading.has("op.not") and reading.yesno:
        return None  # 「一辆车都没买，是吗」
    if (not said and not (each and (reading.amount or not asked_else))) or sum(bool(p.per) for p in reading.named) > 1:
        return None
    amounts = reading.named
    hints = [m.removeprefix("per.") for m in reading.sketch.marks if m.startswith("per.")]
    if reading.has("subject.per"):
        hints.insert(0, "人次")
    asked = next((p.unit for p in reading.phrases if p.unit and p.unit not in hints), "")
    money = bool(_MONEY.search(reading.text)) or bool(reading.unit)
    if money and hints:
        asked = ""  # 「摊到每一批合多少钱」 asks for money, whoever is counted
    whole = not amounts or amounts[0].names[-1].items[:1] == ("本年支出合计",)
    if hints and whole and (paid := _paid_by_unit(hints[0], reading)) is not None:
        return reading.plan("compute", call("average", Ref((paid,)), Ref((paid,), "count", unit_hint=hints[0])))
    if not amounts:
        return None
    spread = next((op for unit, op in _SPREADS.items() if unit in hints), "")
    evenly = (
        any(c in reading.text for c in "均摊") or reading.text.isascii()
    )  # 「每个月多少」 asks for each month's own
    if spread and evenly and len(amounts) == 1 and not asked:
        return reading.plan("compute", call(spread, amounts[0].ref()))
    if not hints and asked and not _is_count(amounts[0], reading):
        hints, asked = [asked], ""
    if hints and asked:
        names = amounts[0].names
        return reading.plan(
            "compute", call("average", Ref(names, "count", unit_hint=asked), Ref(names, "count", unit_hint=hints[0]))
        )
    if len(amounts) == 1 and _is_count(amounts[0], reading):
        number = Ref(amounts[0].names, "count")
        if asked and asked != _unit_of(amounts[0], reading):
            return reading.plan("compute", call("average", Ref(amounts[0].names, "count", unit_hint=asked), number))
        if (not hints or money) and (parent := _parent_of(amounts[0], reading)):
            number = Ref(amounts[0].names, "count", unit_hint=hints[0]) if hints else number
            return reading.plan("compute", call("average", Ref((parent,)), number))
    if len(amounts) == 1 and not hints and not reading.has("op.sum"):
        return reading.plan("compute", call("average", amounts[0].ref(), Ref(amounts[0].names, "count")))
    if len(amounts) > 1 and not hints:
        counted = [p for p in amounts if _is_count(p, reading)]
        others = [p for p in amounts if p not in counted]
        if counted and others:
            return reading.plan("compute", call("average", others[0].ref(), counted[0].ref()))
        return reading.plan("compute", call("mean", *(p.ref() for p in amounts)))
    amount = next((p for p in amounts if not _is_count(p, reading)), amounts[0])
    return reading.plan(
        "compute",
        call(
            "average",
            measured(amount, "" if amount.unit else amount.measure),
            Ref(amount.names, "count", unit_hint=hints[0] if hints else ""),
        ),
    )


def _is_count(phrase: Phrase, reading: Reading) -> bool:
    found = resolve(Ref(phrase.names, "", phrase.side, phrase.tables), reading.catalogue)
    return not isinstance(found, Missing) and found.entry.fact.measure == "count"


def _paid_parent(entry: Entry, catalogue: Catalogue) -> str:
    """The nearest item above a count that a table gives an amount of."""
    for parent in entry.fact.parents:
        name = catalogue.names.canonical(parent)
        if any(
            e.fact.source == "cell" and e.fact.measure == "final" and e.fact.value is not None
            for e in catalogue.of((name,))
        ):
            return name
    return ""


def _unit_of(phrase: Phrase, reading: Reading) -> str:
    found = resolve(Ref(phrase.names), reading.catalogue)
    return "" if isinstance(found, Missing) else found.entry.fact.unit


def _parent_of(phrase: Phrase, reading: Reading) -> Name | None:
    """The money that a count is of: 团组 -> 因公出国（境）费."""
    found = resolve(Ref(phrase.names), reading.catalogue)
    return (
        None
        if isinstance(found, Missing) or not found.entry.parent
        else Name(found.entry.parent, (found.entry.parent,))
    )


def _paid_by_unit(unit: str, reading: Reading) -> Name | None:
    """The money that the only counts in ``unit`` are of: 辆 -> 公务用车运行费; None where there are several."""
    counts = [e for e in reading.catalogue.entries if e.fact.measure == "count" and e.fact.unit == unit]
    of = {paid for e in counts if (paid := _paid_parent(e, reading.catalogue))}
    return Name(next(iter(of)), tuple(of)) if len(of) == 1 else None
