"""Yes or no about what a question says: a figure, several figures, that there is any."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from qa.members import members
from qa.plan import Condition, Expr, Plan, Ref
from qa.resolve import Found, Missing, resolve
from qa.understand.context import Reading, measured
from qa.understand.groups import BOUNDS, claims
from qa.understand.marks import CHECKING
from qa.understand.phrases import Phrase
from qa.understand.spoken import self_words
from qa.understand.wholes import contains
from qa.understand.wholly import share_of

_CHANGES = ("measure.change", "measure.change_rate", "op.up", "op.down", "op.changed")
_AMOUNTS = frozenset({"", "元", "%", "分"})
_SPENT = ("花完", "用完", "花光", "用光", "使用完", "使用完毕", "花净", "用尽", "花掉完")
_COUNTED = {"批": "批次", "台": "台（套）", "台套": "台（套）", "个": "", "人": ""}


def claim(reading: Reading) -> Plan | None:
    """「公务接待费是 25.37 万元吗」, 「超过 100 万了吗」, 「出国团组 7 个、14 人次，对吗」."""
    checking = any(t.text in CHECKING for t in reading.sketch.tokens) and bool(reading.sketch.quantities)
    if not reading.yesno and not (checking and not reading.has("ask.amount", "ask.which", "ask.why")):
        return None
    none = any(t.has("per") and t.text.startswith(("一", "半")) for t in reading.sketch.tokens)
    if none and reading.has("op.not") and reading.named:
        return reading.plan("yesno", reading.named[-1].ref(), topic="exists")  # 「一辆公车都没新买」
    if not reading.sketch.quantities:
        return None
    pairs = _said_of(reading)
    if len(pairs) > 1:
        claimed = [(_claimed(phrase, bound, reading), bound) for phrase, bound in pairs]
        if not any(isinstance(resolve(ref, reading.catalogue), Missing) for ref, _ in claimed):
            exprs, bounds = (tuple(each) for each in zip(*claimed, strict=True))
            return reading.plan("yesno", *exprs, topic="claims", conditions=bounds)
    reading = replace(reading, phrases=_apart_from_gloss(reading, checking))
    if len(reading.named) != 1:
        return None
    quantity = next((q for q in reading.sketch.quantities if not q.bare or reading.has("copula.is")), None)
    if quantity is None:
        return None
    if reading.has("op.not") and quantity.value == 1 and quantity.unit not in {"元", "%"}:
        return reading.plan("yesno", reading.named[0].ref(), topic="exists")  # 「一台都没有」
    bound = next(iter(claims(reading)), Condition("eq", quantity.value, quantity.unit))
    ref = _claimed(reading.named[0], bound, reading)
    if ref.measure == "count" and not reading.named[0].measure and isinstance(resolve(ref, reading.catalogue), Missing):
        plain = Ref(ref.names)  # 「新买了两辆车」: no number of them is printed, but whether there are any
        if not isinstance(resolve(plain, reading.catalogue), Missing):
            return reading.plan("yesno", plain, topic="exists")
    said = () if not ref.measure.startswith("change") else _direction(reading)
    return reading.plan("yesno", ref, topic="claim", conditions=(bound,), words=said)


def _apart_from_gloss(reading: Reading, checking: bool) -> tuple[Phrase, ...]:
    """「完成94.19%，这个比例对吗」: 这个比例 is the figure named before it, and so is what it is checked against."""
    first = reading.named[0] if reading.named else Phrase()
    same = all(p.names == first.names for p in reading.named)
    glossed = same and first.measure and all(p.refer == "it" or checking for p in reading.named[1:])
    return (first,) if glossed else reading.phrases


def top(reading: Reading) -> Plan | None:
    """「三公里大头是公务接待费吗」: whether the largest of a group is the one named."""
    if not reading.yesno or not reading.has("op.max", "op.min") or len(reading.named) != 2:
        return None
    group, said = reading.named
    if contains(said, group, reading):
        group, said = said, group  # 「公务接待费是三公里最高的吗」
    order = "asc" if reading.has("op.min") else "desc"
    ref = group.ref()
    rate = reading.has("op.rate", "op.ratio", "measure.share", "op.share")
    if reading.has("op.down", "op.up") or ref.period:
        ref = replace(ref, measure="change_rate" if rate else "change", period="")
        order = ("desc" if order == "asc" else "asc") if reading.has("op.down") else order
    if len(members(ref, "", reading.catalogue)) < 2:
        return None
    return reading.plan("yesno", ref, Ref(said.names), topic="top", order=order)


def _prints(ref: Ref, value: Decimal | None, reading: Reading) -> bool:
    """Whether the report prints just that number as this figure."""
    found = resolve(ref, reading.catalogue)
    return isinstance(found, Found) and value is not None and found.entry.fact.value == value


def _claimed(phrase: Phrase, bound: Condition, reading: Reading) -> Ref:
    """The figures that a number with this unit can be said of."""
    ref = phrase.ref()
    moved = reading.has("op.up", "op.down", "measure.change") and (reading.has("period.prior") or phrase.period)
    if bound.unit == "%" and moved:
        return replace(measured(phrase, "change_rate"), period="")  # 「比2015年降了三成以上」
    if bound.unit == "%" and len(ref.names) == 2 and ref.measure in {"", "share"}:
        share = share_of(ref.names, reading)
        if share is not None and isinstance(resolve(replace(ref, measure="share"), reading.catalogue), Missing):
            return share  # 「政府采购给中小企业的超过八成了吗」
    if bound.unit == "%" and ref.measure not in {"completion", "share", "change_rate"}:
        done = reading.has("measure.completion", "measure.budget") or "完成" in reading.text  # 「只完成了75%」
        said = [m for m in ("completion", "share") if not done and _prints(measured(phrase, m), bound.value, reading)]
        return measured(phrase, said[0] if len(said) == 1 else "completion" if done else "share")
    if bound.unit in _AMOUNTS or (ref.measure and ref.measure != "count"):
        return ref
    ref = replace(measured(phrase, "count"), unit_hint=_COUNTED.get(bound.unit, bound.unit))  # 「有 5 辆公车」
    own = self_words(
        reading.catalogue.info.department
    )  # 「法院新买了3辆车」: 法院 is whose they are, no class of expenditure
    ref = replace(ref, names=tuple(n for n in ref.names if n.surface not in own) or ref.names)
    uncounted = [n for n in ref.names if isinstance(resolve(replace(ref, names=(n,)), reading.catalogue), Missing)]
    return replace(ref, names=tuple(uncounted[:1]) or ref.names)


def _said_of(reading: Reading) -> list[tuple[Phrase, Condition]]:
    """Each number of the question with a unit, its bound, and the phrase named last before it."""
    found: list[tuple[Phrase, Condition]] = []
    phrase: Phrase | None = None
    op = ""
    for token in reading.sketch.tokens:
        named = next((p for p in reading.named if any(n.surface == token.text for n in p.names)), None)
        phrase = named or phrase
        op = next((value for mark, value in BOUNDS.items() if token.has("op", mark.removeprefix("op."))), op)
        quantity = token.quantity
        if quantity is None or not quantity.unit or phrase is None:
            continue
        word = op or ("some" if quantity.upper else "eq")
        found.append((phrase, Condition(word, quantity.value, quantity.unit, quantity.upper)))
        op = ""
    return found


def _direction(reading: Reading) -> tuple[str, ...]:
    """Which way the question says a figure moved."""
    down, up = reading.has("op.down"), reading.has("op.up")
    return ("down",) if down and not up else ("up",) if up and not down else ()


def exists(reading: Reading) -> Plan | None:
    """「有没有购置公务用车」: whether there is any."""
    if not reading.yesno or len(reading.named) != 1:
        return None
    phrase = reading.named[0]
    if (whole := _all_of(phrase, reading)) is not None:
        return whole
    if phrase.measure in {"change", "change_rate"} or reading.has(*_CHANGES) or phrase.period == "prior":
        return None
    if not reading.has("op.have") and not any("有" in t.text for t in reading.sketch.tokens if t.has("ask", "yesno")):
        return None
    return reading.plan("yesno", phrase.ref(), topic="exists")


def spent(reading: Reading) -> Plan | None:
    """「中央转移支付的钱全花完了没有」: whether the final figure reached the budget; whether there is any is not asked."""
    said = any(t.text.rstrip("了").endswith(_SPENT) for t in reading.sketch.tokens)
    if not said or not reading.yesno or len(reading.named) != 1 or reading.sketch.quantities:
        return None
    phrase = reading.named[0]
    if phrase.period or phrase.measure not in {"", "final", "budget"}:
        return None
    return reading.plan("yesno", measured(phrase, "final"), measured(phrase, "budget"), topic="spent")


def _all_of(phrase: Phrase, reading: Reading) -> Plan | None:
    """「政府采购是不是全给了中小企业」: whether one amount is all of the other."""
    all_said = any("全" in t.text and t.has("filler") for t in reading.sketch.tokens)
    if not all_said or len(phrase.names) != 2 or phrase.measure:
        return None
    if not isinstance(resolve(phrase.ref(), reading.catalogue), Missing):
        return None
    whole, part = (Ref((name,), "", phrase.side) for name in phrase.names)
    if any(isinstance(resolve(ref, reading.catalogue), Missing) for ref in (whole, part)):
        return None
    return reading.plan("yesno", part, whole, topic="same")


def verdict(reading: Reading, exprs: tuple[Expr, ...]) -> Plan | None:
    """Yes or no asked of one item and nothing else said of it: whether there is any."""
    only = exprs[0] if len(exprs) == 1 else None
    vague = isinstance(only, Ref) and all(name in reading.sketch.bare for name in only.names)
    if isinstance(only, Ref) and only.measure == "share" and isinstance(resolve(only, reading.catalogue), Missing):
        only = replace(only, measure="")  # 「给小微企业也预留了份额吧」
    if reading.yesno and isinstance(only, Ref) and not vague and not reading.sketch.quantities:
        return reading.plan("yesno", only, topic="exists")
    return None
