"""Questions for printed figures: one or several items, each with a measure; yes or no about one; what it was before."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.amounts import MONEY
from qa.plan import Expr, Name, Plan, Ref, Restriction
from qa.resolve import Missing, resolve
from qa.understand.changes import asks_before, asks_both, asks_change, trend
from qa.understand.claims import claim, exists, spent, verdict
from qa.understand.context import TOTAL_EXPENDITURE, TOTAL_INCOME, Reading, call, measured
from qa.understand.itemised import composed, listed
from qa.understand.lexer import Token
from qa.understand.phrases import Phrase
from qa.understand.wholly import wholly

_CHANGES = ("measure.change", "measure.change_rate", "op.up", "op.down", "op.changed")
_RATES = ("op.rate", "op.share", "measure.share", "measure.change_rate")


_OF_A_WHOLE = ("占", "比重", "份额", "share", "percent", "proportion")
_UNIT_PROPER = {"批次": ("批",), "台（套）": ("台",), "辆": ("辆", "车"), "人次": ("人次",)}


def totals(reading: Reading) -> tuple[Phrase, ...]:
    """The phrases of a question that names no item: the whole of the side it speaks of."""
    if reading.has("ask.which"):
        return ()
    two = tuple(dict.fromkeys(reading.sketch.bare))
    if len({name.items for name in two}) == 2 and reading.has("op.than", "op.minus", "op.difference", "op.divide"):
        return (Phrase((two[0],)), Phrase((two[1],), before="than"))
    balance = all(item.startswith(("年初", "年末")) for name in reading.sketch.bare for item in name.items)
    if reading.sketch.bare and balance and reading.yesno and not reading.sketch.quantities:
        return ()  # 「年初没想到吗」
    if reading.sketch.bare:
        first = next((p for p in reading.phrases if not p.empty), Phrase())
        asked = first.measure or next((p.measure for p in reading.phrases if p.measure), "")
        return (Phrase((reading.sketch.bare[0],), asked, "", first.tables, first.period),)
    sided = [p for p in reading.phrases if p.side]
    if sided:
        return tuple(
            Phrase((TOTAL_INCOME if p.side == "income" else TOTAL_EXPENDITURE,), p.measure, "", p.tables, p.period)
            for p in sided
        )
    counted = next((p for p in reading.phrases if p.unit), None)
    if counted is not None:
        return _all_counted(counted, reading)
    measure = next((p for p in reading.phrases if p.measure), None)
    if measure is not None:
        return (Phrase((TOTAL_EXPENDITURE,), measure.measure, "", measure.tables, measure.period),)
    return ()


def _all_counted(phrase: Phrase, reading: Reading) -> tuple[Phrase, ...]:
    """「有几辆车」 names only what is counted: the counts in that unit that are no part of another."""
    if not any(
        t.has("count", phrase.unit)
        and (any(proper in t.text for proper in _UNIT_PROPER.get(phrase.unit, phrase.unit)) or t.text.isascii())
        for t in reading.sketch.tokens
    ):
        return ()  # 多少人 is not 多少人次
    found = [
        e for e in reading.catalogue.entries if e.fact.measure == "count" and e.fact.unit == phrase.unit and e.fact.item
    ]
    fewest = min((len(e.fact.parents) for e in found), default=0)
    items = dict.fromkeys(e.fact.item for e in found if len(e.fact.parents) == fewest)
    names = (Name(item, (reading.catalogue.names.canonical(item),)) for item in items)
    return tuple(Phrase((name,), "count", before="and" if i else "") for i, name in enumerate(names))


def single(reading: Reading) -> Plan | None:
    """The plan of a question that asks for printed figures, None when it names none."""
    if not reading.named:
        return None
    if (
        reading.has("ask.what", "ask.which")
        and not reading.amount
        and not reading.yesno
        and not any(p.measure or p.unit for p in reading.named)
    ):
        return composed(reading) or reading.plan(
            "search",
            *(p.ref() for p in reading.named),
            topic="item",
            words=tuple(name.surface for p in reading.named for name in p.names),
        )
    for rule in (claim, spent, wholly, exists, trend, _prior, listed):
        if plan := rule(reading):
            return plan
    exprs = tuple(dict.fromkeys(_wanted(p, reading) for p in reading.named))
    asked = [t for t in reading.sketch.tokens if t.has("ask", "amount")]
    if len(exprs) == 1 and len(asked) > 1 and any(t.has("op", "count") for t in asked):
        only = exprs[0]
        if isinstance(only, Ref) and only.measure not in {"", "count"}:
            exprs = (replace(only, measure=""), only)  # 「评了几个项目，打了多少分」
        elif (
            isinstance(only, Ref)
            and any(w in t.text for t in asked for w in ("钱", "资金", "金额"))
            and (paid := _money_of(only, reading))
        ):
            exprs = (only, paid)  # 「编报绩效目标的项目有几个，涉及多少钱」
    if len(exprs) == 1 and isinstance(sole := exprs[0], Ref) and _change_and_rate(reading, sole):
        exprs = _both_ways(sole)
    if plan := _paid(reading, exprs):
        return plan
    return verdict(reading, exprs) or reading.plan("lookup", *exprs)


def _says_money(asked: list[Token]) -> bool:
    return any(word in token.text for token in asked for word in ("钱", "资金", "金额"))


def _paid(reading: Reading, exprs: tuple[Expr, ...]) -> Plan | None:
    """「绩效跟踪项目金额」, 「绩效评价花了多少」: money asked of what the report counts is the amount it gives with the count."""
    only = exprs[0] if len(exprs) == 1 else None
    if not isinstance(only, Ref) or only.measure not in {"", "final", "budget"} or not _asks_money(reading):
        return None
    found = resolve(only, reading.catalogue)
    if isinstance(found, Missing) or found.entry.fact.measure != "count":
        return None
    spent = any(t.has("filler", "spending_verbs") for t in reading.sketch.tokens)
    if (
        not spent and (paid := _money_of(only, reading)) is not None
    ):  # what was spent on them is not what they are about
        return reading.plan("lookup", paid)
    money = [Ref((name,)) for name in only.names if len(only.names) > 1 and _in_money(name, reading)]
    if len(money) == 1:
        return reading.plan("lookup", money[0])  # 「离休人员的离休费」
    said = "".join(name.surface for name in only.names)
    return reading.plan("lookup", only).with_(restrictions=(Restriction(said, "报告只印出它的数量，没有印出它的金额"),))


def _in_money(name: Name, reading: Reading) -> bool:
    found = resolve(Ref((name,)), reading.catalogue)
    return not isinstance(found, Missing) and found.entry.fact.unit in MONEY


_CHANGED = re.compile("怎么变|走势|变(?:化|动|了(?!多(?!少)|少)|多少)")


def _both_ways(ref: Ref) -> tuple[Ref, Ref]:
    return replace(ref, measure="change"), replace(ref, measure="change_rate")


def _change_and_rate(reading: Reading, expr: Ref) -> bool:
    """「变化了多少，百分比呢」: the amount, and after a pause the rate; 「比上年变了多少」 alone asks for either."""
    open_ended = any(_CHANGED.search(t.text) and not t.has("filler") for t in reading.sketch.tokens)
    if open_ended and not reading.has("op.up", "op.down", "op.rate", "ask.list"):
        return not any(isinstance(resolve(e, reading.catalogue), Missing) for e in _both_ways(expr))
    if expr.measure != "change_rate":
        return False
    if asks_both(reading):
        return True
    tokens = reading.sketch.tokens
    moved = next((i for i, t in enumerate(tokens) if t.has("measure", "change") or t.has("op", "up", "down")), None)
    rate = next((i for i, t in enumerate(tokens) if t.has("op", "rate") or t.has("measure", "share")), None)
    if moved is None or rate is None or rate < moved or not reading.amount:
        return False
    return any(t.has("join", "stop") for t in tokens[moved:rate])


def _asks_money(reading: Reading) -> bool:
    """Whether an amount of money is asked for, and no number of things."""
    tokens = reading.sketch.tokens
    spent = any(t.has("measure", "final") and (t.has("filler", "spending_verbs") or "支出" in t.text) for t in tokens)
    spent = spent and reading.amount
    named = any(t.has("ask", "amount") and any(word in t.text for word in ("钱", "元", "金额")) for t in tokens)
    return (spent or named) and not reading.has("op.count") and not any(p.unit for p in reading.phrases)


def _money_of(counted: Ref, reading: Reading) -> Ref | None:
    """The one amount that the report gives of the things counted."""
    items = tuple(item for name in counted.names for item in name.items)
    found = {e.fact.item: e for e in reading.catalogue.children(items) if e.fact.unit in MONEY}
    return Ref((Name(e.fact.item, tuple(e.own)),)) if len(found) == 1 and (e := next(iter(found.values()))) else None


def _wanted(phrase: Phrase, reading: Reading) -> Expr:
    ref = phrase.ref()
    if (
        ref.measure == "count"
        and _only_money(reading)
        and not set(ref.names) <= {*reading.sketch.bare, TOTAL_EXPENDITURE}
    ):
        return replace(ref, measure="", unit_hint="")  # 「那几部车，养一年要多少钱」
    if not ref.measure and reading.has("op.share") and phrase.grain in {"class", "group"}:
        return replace(ref, measure="share", grain="")  # 「占大类的多少」
    vague = ref.measure == "share" and not any(word in reading.text for word in _OF_A_WHOLE)
    if vague and isinstance(resolve(ref, reading.catalogue), Missing):
        return replace(ref, measure="ratio")  # 「缴费比例」 says no whole; what it is of cannot be supposed
    if not ref.measure and reading.has("op.count") and reading.amount:
        counted = Ref(ref.names, "count", ref.side, ref.tables)
        if not isinstance(resolve(counted, reading.catalogue), Missing):
            return counted
    if ref.measure in {"change", "change_rate"}:
        rate = reading.has("op.rate", "op.share", "measure.share") or (
            ref.measure == "change_rate" and not _amount_of_change(reading)
        )
        return _now(phrase, "change_rate" if rate else "change")
    return ref


def _only_money(reading: Reading) -> bool:
    """Whether money is all that is asked: every 多少 is 多少钱, and no 几 but that of 这几, 那几."""
    tokens = reading.sketch.tokens
    asks = [
        token
        for before, token in zip((None, *tokens), tokens, strict=False)
        if token.has("ask", "amount") and not (token.text == "几" and before is not None and before.has("refer"))
    ]
    return bool(asks) and all("钱" in token.text for token in asks)


def _amount_of_change(reading: Reading) -> bool:
    """「同比减少多少」 asks for the amount; a rate is asked by 百分之几, 率, 幅."""
    return reading.amount and reading.has("op.down", "op.up", "op.changed")


def _prior(reading: Reading) -> Plan | None:
    """「2015 年是多少」: this year's figure less the stated change; 「比去年…多少」: the change itself."""
    phrase = reading.named[0]
    if not any(p.period == "prior" for p in reading.phrases) and not reading.has("period.prior"):
        return None
    if {"change", "change_rate"} <= {p.measure for p in reading.named} and len(_distinct(reading)) == 1:
        return reading.plan("lookup", _now(phrase, "change"), _now(phrase, "change_rate"))  # 减少多少，降低百分之几
    compared = reading.has(
        *_CHANGES, "op.than", "op.more", "op.less", "op.difference", "measure.variance"
    ) or phrase.measure in {"change", "change_rate"}
    budget = reading.catalogue.info.document == "预算"  # its changes are those of budgets
    if compared and not budget and any(p.measure in {"budget", "budget_change"} for p in reading.phrases):
        return reading.plan("lookup", *(_now(p, "budget_change") for p in _distinct(reading)))
    if compared:
        rate = reading.has("op.rate", "op.share", "measure.share") or (
            phrase.measure == "change_rate" and not _amount_of_change(reading)
        )
        wanted = tuple(_now(p, "change_rate" if rate else "change") for p in _distinct(reading))
        both = len(wanted) == 1 and _change_and_rate(reading, wanted[0])
        asked = _both_ways(wanted[0]) if both else wanted
        if len(wanted) == 1 and asks_before(reading) and asks_change(reading):
            return reading.plan("compute", *asked, _before(phrase, reading))  # 「…多了多少，去年是多少」
        return reading.plan("lookup", *asked)
    if phrase.measure not in ({"", "final", "budget"} if budget else {"", "final"}):
        return reading.plan("lookup", *(p.ref() for p in _distinct(reading))).with_(
            restrictions=(_no_prior(reading, phrase),)
        )
    now_too = bool(set(reading.sketch.years) & {reading.catalogue.info.year})
    exprs: list[Expr] = []
    for p in _distinct(reading):
        exprs.append(_before(p, reading))
        if now_too:
            exprs.append(_now(p, "final"))
    if now_too and reading.has("op.sum"):
        return reading.plan("compute", call("sum", *exprs))
    return reading.plan("compute", *exprs)


def _before(phrase: Phrase, reading: Reading) -> Expr:
    """The amount of the year before; in a budget, of the budget or of what was spent, as the question says."""
    budget = reading.catalogue.info.document == "预算"
    said = phrase.measure if phrase.measure in {"budget", "final"} else ""
    return call("prior", _now(phrase, said if budget else "final"), _now(phrase, "change"))


def _now(phrase: Phrase, measure: str) -> Ref:
    """The report's own figure of a phrase that speaks of the year before."""
    return replace(measured(phrase, measure), period="")


def _no_prior(reading: Reading, phrase: Phrase) -> Restriction:
    year, kind = reading.catalogue.info.year, reading.catalogue.info.document
    return Restriction(f"{year - 1}年", f"本报告是{year}年度{kind}，没有上一年的这项数字", f"{year - 1}年度部门决算")


def _distinct(reading: Reading) -> tuple[Phrase, ...]:
    seen: dict[object, Phrase] = {}
    for phrase in reading.named:
        seen.setdefault(phrase.names, phrase)
    return tuple(seen.values())
