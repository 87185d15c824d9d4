"""Rankings by the gap between budget and final figures: 超支最多, 结余最多, 预算和决算差距最大."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from qa.plan import Condition, Plan, Ref
from qa.understand.context import Reading
from qa.understand.phrases import Phrase

_WHOLE = Decimal(100)
_RATE = ("op.rate", "op.share", "measure.share")
_APPROPRIATIONS = frozenset({"财政拨款收入", "财政拨款支出", "一般公共预算财政拨款支出", "一般公共预算财政拨款收入"})


def by_gap(reading: Reading, conditions: tuple[Condition, ...]) -> Plan | None:
    """The plan of a ranking by 预算 − 决算 (or the other way round), None where something else is ranked."""
    ranked = reading.has("op.max", "op.min", "op.rank", "op.rankup") or reading.sketch.limit
    if reading.has("ask.yesno") or not ranked:
        return None
    sides = {c.op for c in conditions} & {"over", "under"}
    measures = {p.measure for p in reading.phrases if p.measure}
    apart = reading.has("measure.variance") or (reading.has("op.difference") and {"budget", "final"} <= measures)
    if len(sides) > 1 or not (sides or apart) or any(c.value is not None for c in conditions):
        return None
    if reading.has("period.prior") or measures & {"completion", "change", "change_rate", "count", "score"}:
        return None
    if len(reading.named) > 1 or any(p.unit for p in reading.phrases):
        return None
    phrase = reading.named[0] if reading.named else next((p for p in reading.phrases if not p.empty), Phrase())
    if of_appropriations(phrase, reading):
        phrase = replace(phrase, names=())
    topic = next(iter(sides), "")
    limit = reading.sketch.limit or (0 if reading.has("op.rank", "op.rankup") and not reading.has("op.max") else 1)
    most = not reading.has("op.min", "op.bottom", "op.rankup")
    if reading.has(*_RATE):
        return _by_rate(reading, phrase, topic, limit, most)
    ref = Ref(phrase.names, "variance", phrase.side, phrase.tables)
    return reading.plan("rank", ref, order="desc" if most else "asc", limit=limit, grain=reading.grain, topic=topic)


def _by_rate(reading: Reading, phrase: Phrase, topic: str, limit: int, most: bool) -> Plan | None:
    """「超支比例最高的」: the highest rate of completion above 100 %; 「结余比例最高的」: the lowest below it."""
    if not topic:
        return None
    ref = Ref(phrase.names, "completion", "", phrase.tables)
    bound = Condition("gt" if topic == "over" else "lt", _WHOLE, "%")
    rising = most == (topic == "over")
    return reading.plan(
        "rank", ref, order="desc" if rising else "asc", limit=limit, conditions=(bound,), grain=reading.grain
    )


def of_appropriations(phrase: Phrase, reading: Reading) -> bool:
    """「财政拨款各项里完成预算最高的」: only what is paid from appropriations has a budget of its own, whatever it is."""
    items = {item for name in phrase.names for item in name.items}
    several = reading.has("op.each", "ask.which", "ask.list") and bool(
        reading.grain or reading.has("op.each", "ask.which")
    )
    return bool(items) and items <= _APPROPRIATIONS and several
