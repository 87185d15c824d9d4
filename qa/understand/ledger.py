"""Questions for the reasons ledger: 「哪些超预算没有说明原因」, 「列出所有增减的原因」; of no single item."""

from __future__ import annotations

from qa.plan import Plan
from qa.understand.context import Reading

_BUDGET = (
    "measure.over",
    "measure.under",
    "measure.variance",
    "measure.budget",
    "measure.completion",
    "op.over",
    "op.under",
)
_OVER = ("measure.over", "op.over")
_UNDER = ("measure.under", "op.under")


def ledger(reading: Reading) -> Plan | None:
    """The plan of a question which differences are explained and which are not; None where it is no such question."""
    if reading.named or reading.amount or not reading.has("ask.why"):
        return None
    denied = reading.has("op.not")
    listed = reading.has("ask.list") and reading.has("op.total_of", "op.each", "filler.total")
    asked = reading.has("ask.which", "ask.list", "op.count", "ask.yesno")
    if not (denied and asked) and not listed:
        return None
    up, down = (reading.sketch.has(*marks) for marks in ((*_OVER,), (*_UNDER,)))
    budget = reading.has(*_BUDGET) and not reading.has("period.prior")
    if not budget:
        up, down = reading.has("op.up") and not _both(reading), reading.has("op.down") and not _both(reading)
    changed = reading.has("measure.change", "measure.change_rate", "period.prior", "op.up", "op.down", "op.changed")
    topic = "" if reading.has("measure.variance") else "budget" if budget else "change" if changed else ""
    words = ("rise",) if up and not down else ("fall",) if down and not up else ()
    return reading.plan("ledger", topic=topic, words=(*words, *(("unexplained",) if denied else ())))


def _both(reading: Reading) -> bool:
    """增减 names both directions."""
    return any("增减" in token.text for token in reading.sketch.tokens)
