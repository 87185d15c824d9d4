"""Questions over a group of figures: the largest, a ranking, those that meet a condition, how many."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from qa.plan import Condition, Plan, Ref
from qa.resolve import Missing, resolve
from qa.understand.context import TOTAL_EXPENDITURE, TOTAL_INCOME, Reading
from qa.understand.gaps import by_gap, of_appropriations
from qa.understand.lexer import Token
from qa.understand.numbers import Quantity
from qa.understand.phrases import Phrase

_CHOOSING = ("ask.which", "ask.list", "op.count", "op.rank", "op.rankup", "op.top", "op.bottom", "op.each", "ask.what")
BOUNDS = {"op.gt": "gt", "op.ge": "ge", "op.lt": "lt", "op.le": "le"}
_AFTER = frozenset({"以上", "以下", "以内", "之内", "及以上", "及以下", "开外"})
_STATES = {"op.blank": "blank", "op.zero": "zero", "op.filled": "filled"}
_TRENDS = {
    "op.over": "over", "measure.over": "over", "op.under": "under", "measure.under": "under", "op.up": "rise", "op.down": "fall",
}  # fmt: skip


def group(reading: Reading) -> Plan | None:
    """The plan of a question over a group of figures, None when it is about none."""
    return by_gap(reading, _conditions(reading)) or _of_figures(reading)


def _of_figures(reading: Reading) -> Plan | None:
    if reading.has("ask.yesno") and any(name.code for p in reading.named for name in p.names):
        return None
    if reading.has("op.except", "op.exceptend") and reading.has("op.sum") and reading.named:
        return None  # 「除了 A，剩下几类合起来多少」
    conditions = _conditions(reading)
    superlative = reading.has("op.max", "op.min")
    ranked = reading.has("op.rank", "op.rankup", "op.top", "op.bottom") and (
        reading.has("ask.which", "op.rank", "op.rankup") or _limit(reading)
    )
    choosing = reading.has(*_CHOOSING) or bool(reading.sketch.phrases and any(p.grain for p in reading.phrases))
    if reading.has("op.second", "op.third"):
        return _ranking(reading, 2 if reading.has("op.second") else 3, conditions).with_(topic="nth")
    comparing = (
        reading.has("ask.which")
        and not conditions
        and any(t.has("op", "more", "less") and not t.has("named") for t in reading.sketch.tokens)
    )
    if (superlative or comparing) and not reading.has("ask.yesno"):
        return _ranking(reading, _limit(reading) or 1, conditions)
    if ranked:
        return _ranking(reading, _limit(reading), conditions)
    items = tuple(i for p in reading.named[:1] for n in p.names for i in n.items)
    alone = (
        items
        and not reading.catalogue.children(items)
        and not any(p.grain not in {"", "item"} for p in reading.phrases)
    )
    if alone and not any(c.value is not None for c in conditions) and not reading.has("ask.which", "ask.list"):
        return None  # 「办公费没用多少」: one item is no group
    against = any(c.op in {"over", "under", "even"} for c in conditions)
    asks_how_much = reading.amount and not reading.has("op.count", "ask.which", "ask.list")
    whether = reading.yesno and not reading.has("ask.list", "op.count")
    if against and (asks_how_much or whether) and len(reading.named) == 1:
        return None  # 「三公预算最后省下多少没花」, 「那笔钱有没有用过头」
    if conditions and choosing:
        kind = "count" if _counts(reading) else "filter"
        ref = _group_ref(reading, conditions)
        return reading.plan(kind, ref, grain=reading.grain, words=_besides(reading, ref, against)).with_(
            conditions=_directed(conditions, ref, reading)
        )
    counted = reading.named and not isinstance(
        resolve(Ref(reading.named[0].names, "count"), reading.catalogue), Missing
    )
    kinds = {g for g in reading.grain.split("+") if g} - {"item"}
    if not kinds and not (
        reading.named and reading.catalogue.children(tuple(i for n in reading.named[0].names for i in n.items))
    ):
        return None
    placed = any(p.tables for p in reading.phrases) and not reading.named
    if (
        _counts(reading)
        and not reading.has("op.each")
        and (reading.named or placed)
        and not counted
        and not conditions
        and any(p.grain for p in reading.phrases)
    ):
        return reading.plan("count", _group_ref(reading, conditions), grain=reading.grain)
    return None


def _directed(conditions: tuple[Condition, ...], ref: Ref, reading: Reading) -> tuple[Condition, ...]:
    """「增幅超过30%的」 is no fall: a bound on changes, with the direction that is said."""
    up, down = reading.has("op.up"), reading.has("op.down")
    said = {c.op for c in conditions} & {"rise", "fall"}
    if ref.measure not in {"change", "change_rate"} or up == down or said:
        return conditions
    return (Condition("rise" if up else "fall"), *conditions)


def _besides(reading: Reading, ref: Ref, against_budget: bool) -> tuple[str, ...]:
    """What is asked for besides: 「…的有哪些，完成率各是多少」, 「年初预算是0的有哪几项？花了多少」."""
    if not reading.amount:
        return ()
    if ref.measure == "budget" and reading.has("measure.final"):
        return ("final",)
    return ("completion",) if against_budget and reading.has("measure.completion") else ()


def _counts(reading: Reading) -> bool:
    return reading.has("op.count")


def _limit(reading: Reading) -> int:
    """前三 -> 3; 0 where no number of results is named."""
    return reading.sketch.limit


def _ranking(reading: Reading, limit: int, conditions: tuple[Condition, ...]) -> Plan:
    rising = not reading.has("op.min", "op.bottom", "op.rankup", "op.less")
    changing = _group_ref(reading, conditions).measure in {"change", "change_rate"}
    if changing and reading.has("op.down") and not reading.has("op.up"):
        rising = not rising
    order = "desc" if rising else "asc"
    several = len({replace(p.ref(), period="") for p in reading.named}) > 1
    if several and (not any(p.grain for p in reading.phrases) or all(p.before == "and" for p in reading.named[1:])):
        return reading.plan("compare", *(p.ref() for p in reading.named), order=order, limit=limit)
    ref = _group_ref(reading, conditions)
    if limit > 1 and reading.has("op.sum") and (reading.amount or not reading.has("ask.which", "ask.list", "ask.what")):
        whole = (TOTAL_INCOME if ref.side == "income" else TOTAL_EXPENDITURE,)
        wholes = (Ref(ref.names or whole),) if reading.has("op.share", "measure.share") else ()
        parts = replace(ref, measure="" if wholes else ref.measure)
        return reading.plan(
            "rank", parts, *wholes, order=order, limit=limit, grain=reading.grain, topic="sum"
        )  # 「前三大类合计占比」: of the whole they are parts of
    if reading.has("op.max") and reading.has("op.min"):
        return reading.plan("rank", ref, order="desc", limit=1, grain=reading.grain, topic="ends")  # 哪类最多哪类最少
    bounds = _directed(tuple(c for c in conditions if c.value is not None), ref, reading)
    return reading.plan("rank", ref, order=order, limit=limit, conditions=bounds, grain=reading.grain)


def _group_ref(reading: Reading, conditions: tuple[Condition, ...]) -> Ref:
    phrase = reading.named[0] if reading.named else next((p for p in reading.phrases if not p.empty), Phrase())
    measure = phrase.measure
    if not measure and any(c.op in {"over", "under", "even"} for c in conditions):
        measure = "variance"
    if not measure and phrase.period == "prior" and reading.has("op.up", "op.down", "op.max", "op.min"):
        measure = "change"
    if not measure and any(c.op in {"rise", "fall"} for c in conditions):
        measure = "change"
    budgets = any(c.op in {"over", "under", "even"} for c in conditions) or measure in {
        "completion",
        "variance",
        "budget",
    }
    if budgets and of_appropriations(phrase, reading):
        phrase = replace(phrase, names=())
    side = phrase.side or next((p.side for p in reading.phrases if p.side), "")
    tables = phrase.tables or next((p.tables for p in reading.phrases if p.tables), ())
    moving = reading.has("op.up", "op.down") or phrase.period == "prior" or reading.has("period.prior")
    if measure == "share" and moving:
        measure = "change_rate"  # 「比2015年降的百分比最大的」
    return Ref(
        phrase.names,
        measure or next((p.measure for p in reading.phrases if p.measure), ""),
        side,
        tables,
        phrase.period,
    )


def _conditions(reading: Reading) -> tuple[Condition, ...]:
    found: list[Condition] = []
    amounts = [
        q
        for q in reading.sketch.quantities
        if q.unit in {"元", "%", "辆", "人次", "分"} or (not q.bare and q.unit == "")
    ]
    found += _bounds(reading)
    if reading.has("op.except") and reading.has("op.blank", "op.zero"):
        return tuple(found)
    if reading.has("op.between") and len(amounts) == 2:
        low, high = sorted(q.value for q in amounts)
        found = [Condition("ge", low, amounts[0].unit), Condition("le", high, amounts[0].unit)]
    if not found and reading.has("measure.completion") and amounts and amounts[0].unit == "%":
        found.append(Condition("eq", amounts[0].value, "%"))
    states = [op for mark, op in _STATES.items() if reading.has(mark) and not (amounts and found)]
    if reading.has("op.under", "measure.under"):
        states = [op for op in states if op != "blank"]  # 「剩多少没用」
    if "zero" in states and "filled" in states:
        states = ["zero"]  # 「年初预算为0、后来却有支出」
    if "filled" in states and (_denied(reading, "filled") or "blank" in states):
        states = ["blank"]  # 「没有发生额的（空白）科目」
    found += [Condition(op) for op in dict.fromkeys(states)]
    some = next((q for q in amounts if q.upper is not None), None)
    if not found and some is not None:
        found.append(Condition("some", some.value, some.unit, some.upper))
    measures = {p.measure for p in reading.phrases}
    if not found and reading.has("op.equal") and "budget" in measures and reading.has("measure.final"):
        found.append(Condition("even"))
    trends = dict.fromkeys(op for mark, op in _TRENDS.items() if reading.has(mark))
    if not found:
        found += [Condition(op) for op in trends]
    return tuple(found[:2])


def _denied(reading: Reading, op: str) -> bool:
    """Whether the word of ``op`` stands right after a denial."""
    return any(a.has("op", "not") and b.has("op", op) for a, b in pairwise(reading.sketch.tokens))


def _next(token: Token, reading: Reading) -> Token | None:
    return next((t for t in reading.sketch.tokens if t.start >= token.end), None)


def claims(reading: Reading) -> tuple[Condition, ...]:
    """The bounds of a yes-or-no question; an amount without one is claimed to be equal."""
    if found := _bounds(reading):
        return tuple(found)
    quantity = next((q for q in reading.sketch.quantities if not q.bare), None)
    if quantity is None:
        return ()
    return (Condition("some" if quantity.upper else "eq", quantity.value, quantity.unit, quantity.upper),)


def _bounds(reading: Reading) -> list[Condition]:
    """Bounds with their amounts, in order: 超过 100 万 (before it), 10 万以上 (after it), both in one question."""
    bounds: list[Condition] = []
    pending = ""
    amount: Quantity | None = None
    for token in reading.sketch.tokens:
        op = next((op for mark, op in BOUNDS.items() if token.has("op", mark.removeprefix("op."))), "")
        if token.quantity is not None and not (token.quantity.bare and not token.quantity.unit):
            if pending:
                bounds.append(Condition(pending, token.quantity.value, token.quantity.unit))
                pending, amount = "", None
            else:
                amount = token.quantity
        elif op and amount is not None and token.text in _AFTER:
            bounds.append(Condition(op, amount.value, amount.unit))
            amount = None
        elif op:
            pending = op
        elif token.text in {"过", "破", "超", "上"} and (found := _next(token, reading)) and found.quantity is not None:
            pending = "gt"  # 「过十万没有」
    if pending and amount is not None and not bounds:
        bounds.append(Condition(pending, amount.value, amount.unit))  # 「连一半都没到」
    return [b for b in bounds if b.unit in {"元", "%", "辆", "人次", "分", "批次"}]
