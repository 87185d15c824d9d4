"""Operands that are sums: said after their parts (「A 比 B 和 C 之和 多多少」), or one figure under two names."""

from __future__ import annotations

from qa.plan import Expr, Plan
from qa.resolve import Missing, resolve
from qa.understand.context import Reading, call
from qa.understand.phrases import Phrase
from qa.understand.shares import plain

_LINKS = frozenset({"than", "share", "is", "divide", "minus"})
_JOINS = frozenset({"and", "plus"})
_SUMMED = ("op.sum", "op.plus")


def grouped(reading: Reading) -> Plan | None:
    """The plan where what stands after the link is a list with a word for its sum behind it, None elsewhere."""
    named = [p for p in reading.named if p.names]
    at = next((i for i, p in enumerate(named) if i and p.before in _LINKS), None)
    if at is None or len(named) - at < 2 or not all(p.before in _JOINS for p in named[at + 1 :]):
        return None
    if not _sum_behind(reading) or (at > 1 and not all(p.before in _JOINS for p in named[1:at])):
        return None
    left, right = _sum_of(named[:at]), _sum_of(named[at:])
    link = named[at].before
    rate = reading.has("op.rate", "measure.change_rate", "op.share", "measure.share")
    if link == "share" or (link == "is" and rate and not reading.has("op.times")):
        return reading.plan("compute", call("share", left, right))
    if link == "divide" or (link == "is" and reading.has("op.times", "op.ratio")):
        return reading.plan("compute", call("times", left, right))
    if link == "minus":
        return reading.plan("compute", call("difference", left, right))
    if link != "than":
        return None
    if reading.yesno:
        return reading.plan("yesno", left, right, topic="less" if reading.has("op.less") else "more")
    if reading.has("op.times"):
        return reading.plan("compute", call("times", left, right))
    if reading.has("ask.which"):
        return reading.plan("compare", left, right, order="asc" if reading.has("op.less") else "desc")
    return reading.plan("compute", call("excess" if rate else "difference", left, right))


def _sum_behind(reading: Reading) -> bool:
    """Whether a word for a sum stands behind the last item."""
    tokens = reading.sketch.tokens
    last = max((i for i, t in enumerate(tokens) if t.has("item") or t.has("code") or t.has("bare")), default=-1)
    return any(t.has("op", "sum") for t in tokens[last + 1 :])


def _sum_of(phrases: list[Phrase]) -> Expr:
    refs = tuple(plain(p) for p in phrases)
    return refs[0] if len(refs) == 1 else call("sum", *refs)


def one_figure(reading: Reading) -> bool:
    """Whether all that is named is one figure: 「303类，即对个人和家庭的补助，合计」."""
    found = [resolve(p.ref(), reading.catalogue) for p in reading.named]
    if any(isinstance(each, Missing) for each in found):
        return False
    told = {(e.own, e.fact.value, e.measure) for each in found if not isinstance(each, Missing) for e in each.chosen}
    return len(told) == 1
