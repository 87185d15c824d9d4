"""Whether one amount is all of another: 「收入是不是全都来自财政拨款」, 「预留的采购都由中小企业拿到了吗」."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise, permutations

from qa.amounts import MONEY
from qa.catalogue import Entry
from qa.plan import Condition, Name, Plan, Ref
from qa.resolve import Found, resolve
from qa.standins import stand_ins
from qa.understand.context import Reading
from qa.understand.normalise import normalise_name
from qa.understand.phrases import Phrase
from qa.understand.wholes import contains

_ALL = frozenset(
    {
        "全",
        "全部",
        "全都",
        "全是",
        "全由",
        "全数",
        "统统",
        "通通",
        "完全",
        "百分百",
        "百分之百",
        "清一色",
        "都是",
        "均为",
        "均是",
    }
)
_EACH = frozenset({"都", "均"})
_FROM = frozenset({"由", "来自", "给", "给了", "被", "靠", "归", "是", "从"})


def wholly(reading: Reading) -> Plan | None:
    """The plan of such a question: the printed share against 100 %, or the two amounts against each other."""
    if not reading.yesno or reading.sketch.quantities or not _all_said(reading):
        return None
    if reading.has("period.prior", "op.up", "op.down", "op.than", "measure.completion"):
        return None
    names = tuple(dict.fromkeys((*reading.sketch.bare, *(n for p in reading.named for n in p.names))))
    if len(names) == 2 and (printed := share_of(names, reading)) is not None:
        return reading.plan("yesno", printed, topic="claim", conditions=(Condition("eq", Decimal(100), "%"),))
    for whole, part in _pairs(reading):
        if _related(whole, part, reading) and _given(reading):
            return reading.plan("yesno", part, whole, topic="same")
    return None


def _pairs(reading: Reading) -> list[tuple[Ref, Ref]]:
    """The whole and the part that the question may mean: its two phrases, or one phrase and the last name within it."""
    if any(p.measure not in {"", "final"} or p.unit for p in reading.named):
        return []
    if len(reading.named) == 2 and not _other_way(reading):
        first, second = reading.named
        part = Ref(second.names, "", second.side)
        return [(Ref(names, "", first.side), part) for names in (first.names, first.names[-1:])]
    if len(reading.named) == 1 and len(names := reading.named[0].names) > 1:
        return [(Ref(names[:-1]), Ref(names))]
    return []


def share_of(names: tuple[Name, ...], reading: Reading) -> Ref | None:
    """The share that the report prints of one of two names in the other: of 授予中小企业合同 in 政府采购."""
    canonical = reading.catalogue.names.canonical
    for part, whole in permutations(names, 2):
        wholes = set(whole.items) | {i for other in stand_ins((whole,)) for n in other for i in n.items}
        for own in ((part,), *stand_ins((part,))):
            ref = Ref(own, "share")
            found = resolve(ref, reading.catalogue)
            if isinstance(found, Found) and len(found.chosen) == 1 and canonical(found.entry.fact.basis) in wholes:
                return ref
    return None


def _all_said(reading: Reading) -> bool:
    tokens = [t.text for t in reading.sketch.tokens]
    return any(t in _ALL for t in tokens) or any(a in _EACH and b in _FROM for a, b in pairwise(tokens))


def _given(reading: Reading) -> bool:
    return any(t.text in _FROM or t.text in {"都是", "全是", "均为", "均是"} for t in reading.sketch.tokens)


def _other_way(reading: Reading) -> bool:
    """Whether the first is printed as a part of the second: then it is no question whether the second is all of it."""
    first, second = reading.named
    return contains(Phrase(second.names), Phrase(first.names), reading)


def _related(whole: Ref, part: Ref, reading: Reading) -> bool:
    """Whether both are amounts, and the one is printed as a part of the other, under it or in its name."""
    outer, inner = (_amount(ref, reading) for ref in (whole, part))
    if outer is None or inner is None:
        return False
    named = normalise_name(outer.fact.item).replace("的", "") in normalise_name(inner.fact.item).replace("的", "")
    items = {item for name in whole.names for item in name.items}
    return named or not inner.under.isdisjoint(outer.own | items) or bool(inner.facet)


def _amount(ref: Ref, reading: Reading) -> Entry | None:
    found = resolve(ref, reading.catalogue)
    if not isinstance(found, Found) or len(found.chosen) != 1 or found.entry.fact.unit not in MONEY:
        return None
    return found.entry
