"""Questions that compute: differences, sums, shares, ratios, averages, and comparisons of two or more items."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from qa.plan import Expr, Name, Plan, Ref
from qa.resolve import Missing, resolve
from qa.understand.averages import average
from qa.understand.changes import against_budget
from qa.understand.context import TOTAL_EXPENDITURE, Reading, call, measured, operand
from qa.understand.grouped import grouped, one_figure
from qa.understand.groups import claims
from qa.understand.phrases import Phrase
from qa.understand.shares import link_at, plain, share, side_of
from qa.understand.stocks import over_the_year
from qa.understand.wholes import contains, part_of_whole, without

# What is left over is these items' own name, not a comparison with a budget.
_BALANCES = frozenset({"年初结转和结余", "年末结转和结余", "年末财政拨款结转和结余", "结余分配"})
_PERCENT = ("op.rate", "op.share", "measure.share", "measure.change_rate")
_MORE = ("op.more", "op.less", "op.max", "op.min")


def compute(reading: Reading) -> Plan | None:
    """The plan of a question that links figures by an operation, None when it links none."""
    for rule in (
        average,
        _balance,
        over_the_year,
        grouped,
        without,
        part_of_whole,
        share,
        _linked,
        _times,
        _compare_changes,
        _than,
        _compare,
        _difference,
        parts,
        _sum,
        _variance,
    ):
        if plan := rule(reading):
            return plan
    averaged = [p for p in reading.named if p.per]
    return reading.plan("compute", *(operand(p) for p in averaged)) if len(averaged) > 1 else None


def _balance(reading: Reading) -> Plan | None:
    """「三项相加等于合计吗」, 「A 加 B 等于 C 吗」: a sum against what it should be."""
    if not reading.has("op.sum", "op.plus") or reading.has("op.minus"):
        return None
    if not reading.has("op.equal", "check.any") and not (reading.yesno and len(reading.named) > 1 and claims(reading)):
        return None
    if not reading.yesno and not reading.has("check.any"):
        return None
    if len(reading.named) == 1 and reading.named[0].names[-1].items[:1] == ("总计",):
        both = (Ref((Name(side, (side,)),), "final") for side in ("收入总计", "支出总计"))
        return reading.plan("yesno", *both, topic="same")
    at = next((i for i, p in enumerate(reading.phrases) if i and p.before == "is" and p.names), None)
    if at is None and len(reading.named) > 1 and reading.yesno and (bounds := claims(reading)):
        *_, last = reading.named
        if len(last.names) > 1 or not all(contains(last, part, reading) for part in reading.named[:-1]):
            return reading.plan("yesno", side_of(reading.named, reading), topic="claim", conditions=bounds[:1])
    if at is None and len(reading.named) > 2:
        at = reading.phrases.index(reading.named[-1])
    if at is not None and (parts := tuple(p for p in reading.phrases[:at] if p.names)):
        return reading.plan("yesno", side_of(parts, reading), reading.phrases[at].ref(), topic="same")
    if len(reading.named) == 1:
        whole = reading.named[0].ref()
        grain = next((p.grain for p in reading.phrases if p.grain in {"class", "group", "leaf"}), "")
        return reading.plan("yesno", call("parts", replace(whole, grain=grain)), whole, topic="same")
    return None


def _linked(reading: Reading) -> Plan | None:
    """Operations said outright: A 减 B, A 加 B, A 除以 B."""
    first = next((p for p in reading.phrases if p.names), None)
    if first is not None and first.before == "minus" and len(reading.named) == 2:
        return reading.plan("compute", call("difference", operand(reading.named[1]), operand(first)))
    for link, op in (("minus", "difference"), ("divide", "times"), ("plus", "sum")):
        if (at := link_at(reading, link)) is not None and any(p.names for p in reading.phrases[:at]):
            if op == "sum":
                return reading.plan("compute", call("sum", *(operand(p) for p in reading.named)))
            left = side_of(reading.phrases[:at], reading)
            return reading.plan("compute", call(op, left, side_of(reading.phrases[at:], reading)))
    return None


def _times(reading: Reading) -> Plan | None:
    if len(reading.named) < 2:
        return None
    first, second = reading.named[0], reading.named[1]
    if reading.has("op.times") and reading.has("op.sum") and len(reading.named) > 2:
        parts = tuple(plain(p) for p in reading.named[:-1])
        return reading.plan("compute", call("times", call("sum", *parts), plain(reading.named[-1])))
    if reading.has("op.times"):
        return reading.plan("compute", call("times", plain(first), plain(second)))
    if reading.has("op.ratio"):
        return reading.plan("compute", call("times", plain(first), plain(second)))
    at = next((i for i, p in enumerate(reading.named) if i and p.before == "is"), None)
    if at is not None and reading.has(*_PERCENT) and reading.named[at].names != reading.named[at - 1].names:
        return reading.plan("compute", call("share", plain(reading.named[at - 1]), plain(reading.named[at])))
    return None


def _than(reading: Reading) -> Plan | None:
    """A 比 B 多多少; A 比 B 多吗; A 比 B 高百分之几."""
    at = link_at(reading, "than")
    if at is None or not any(p.names for p in reading.phrases[:at]):
        return None
    first, second = reading.phrases[at - 1], reading.phrases[at]
    if first.ref() == second.ref() or (second.period == "prior" and first.names == second.names):
        return None
    if first.names == second.names and "prior" in {first.period, second.period}:
        return None  # 「上年同…比怎么个走势」
    if first.names == second.names and second.measure == "budget":
        first = Phrase(first.names, "final", first.side, first.tables)
    a, b = _plain_change(first), _plain_change(second)
    if {first.measure, second.measure} <= {"change", "change_rate"} and reading.amount:
        rate = "change_rate" in {first.measure, second.measure}
        pair = (replace(measured(p, "change_rate" if rate else "change"), period="") for p in (first, second))
        return reading.plan("compute", call("difference", *pair))  # 「减少的钱比…减少的钱多多少」
    before = tuple(p for p in reading.phrases[:at] if p.names)
    if len(before) > 1 and reading.has("op.sum"):
        a = side_of(before, reading)  # 「俩加一块儿…比物业管理费少多少」
    if reading.has("op.rate", "measure.change_rate", "op.share", "measure.share"):
        return reading.plan("compute", call("excess", a, b))
    if reading.yesno:
        return reading.plan("yesno", a, b, topic="less" if reading.has("op.less", "op.lt") else "more")
    if reading.has("ask.which") and not reading.amount:
        return reading.plan("compare", a, b, order="asc" if reading.has("op.less") else "desc")  # 「A 对比 B，谁高」
    if reading.amount or reading.has("op.difference", "op.more", "op.less", "measure.change", "measure.variance"):
        return reading.plan("compute", call("difference", a, b))
    return reading.plan("compare", a, b, order="desc")


def _plain_change(phrase: Phrase) -> Expr:
    return measured(phrase, "") if phrase.measure in {"change", "change_rate", "share"} else operand(phrase)


def _compare_changes(reading: Reading) -> Plan | None:
    """「接待费和出国费比上年谁降得更多」: the changes are compared, a fall by how far it fell."""
    if len(reading.named) < 2 or not reading.has("ask.which"):
        return None
    prior = reading.has("period.prior") or any(p.period == "prior" for p in reading.phrases)
    down, up = reading.has("op.down"), reading.has("op.up")
    if not prior and not any(p.measure in {"change", "change_rate"} for p in reading.phrases):
        return None
    rate = reading.has("op.rate", "op.share", "measure.share") or any(
        p.measure == "change_rate" for p in reading.phrases
    )
    refs = [replace(measured(p, "change_rate" if rate else "change"), period="") for p in reading.named]
    if len({tuple(n.items for n in ref.names) for ref in refs}) < 2:
        return None
    return reading.plan("compare", *dict.fromkeys(refs), order="asc" if down and not up else "desc")


def _compare(reading: Reading) -> Plan | None:
    distinct = {tuple((n.items, n.code) for n in p.names) for p in reading.named}
    if len(reading.named) < 2 or (reading.has("op.sum") and not reading.has("ask.which")):
        return None
    if len({replace(p.ref(), period="") for p in reading.named}) < 2:
        return None  # 「三公三项同比都在降，降幅最猛的是哪一项」 names one group, twice
    if len(distinct) < 2 and reading.amount:
        return None  # 「比2015年减少多少，降低百分之几」
    chosen = reading.has("ask.which", "op.max", "op.min") or reading.has("join.or")
    said = (*_MORE, "op.up", "op.down", "op.over", "op.than", "measure.change", "measure.completion")
    chosen = reading.has("ask.which", "op.max", "op.min", "join.or") and reading.has(*said)
    only_than = reading.has("op.than") and not any(p.before == "than" for p in reading.phrases[1:])
    if not chosen and (reading.yesno or not only_than):
        return None
    order = "asc" if reading.has("op.less", "op.min") else "desc"
    first, *rest = reading.named
    within = len(rest) > 1 and all(contains(first, p, reading) for p in rest)
    compared = rest if within else reading.named  # 「采购是买货物多还是买服务多」
    by_how_much = any(
        a.has("op", "more", "less") and b.has("ask", "amount") for a, b in pairwise(reading.sketch.tokens)
    )
    gap = ("gap",) if reading.amount and (reading.has("op.difference") or by_how_much) else ()  # 「…哪个多，差多少」
    return reading.plan("compare", *(operand(p) for p in compared), order=order, words=gap)


def _parts_against_whole(phrase: Phrase, reading: Reading) -> Plan:
    """「各项年初预算之和与总的年初预算差多少」."""
    if not reading.has("op.each", "op.sum", "grain.item", "grain.leaf"):
        return reading.plan("lookup", phrase.ref())
    grain = next((p.grain for p in reading.phrases if p.grain), "leaf")
    parts_of = Ref((), "budget", phrase.side, phrase.tables, grain=grain)
    return reading.plan("compute", call("difference", call("parts", parts_of), phrase.ref()))


def _difference(reading: Reading) -> Plan | None:
    asked = reading.has("op.difference", "measure.variance") or (reading.yesno and reading.has("op.equal"))
    by_how_much = len(reading.named) == 2 and reading.amount and reading.has("op.more", "op.less")
    asked = asked or (by_how_much and not reading.has("ask.which", "op.gt", "op.lt"))  # 「高多少」 of two spoken of
    if len(reading.named) < 2 or not asked:
        return None
    first, second = reading.named[:2]
    if first.ref() == second.ref():
        return None  # 「跟上一年比是多了还是少了，差多少」
    if reading.yesno and first.names == second.names and "prior" in {first.period, second.period}:
        return None  # 「跟上年一样吗」
    if first.names == second.names and second.measure in {"change", "change_rate"}:
        return against_budget(first, reading)
    if reading.yesno:
        return reading.plan("yesno", first.ref(), second.ref(), topic="same")
    return reading.plan("compute", call("difference", operand(first), operand(second)))


def parts(reading: Reading) -> Plan | None:
    """「九个项级科目的年初预算加起来」: the sum over a group."""
    grains = [p.grain for p in reading.phrases if p.grain]
    if not reading.has("op.sum") or len(reading.named) > 1:
        return None
    if reading.named and _several(reading.named[0], reading):
        return reading.plan("compute", call("parts", reading.named[0].ref()))
    if not grains or (reading.named and not reading.has("op.each")):
        return None
    phrase = reading.named[0] if reading.named else next(p for p in reading.phrases if p.grain)
    ref = phrase.ref()
    measure = ref.measure or next((p.measure for p in reading.phrases if p.measure), "")
    if not reading.named and not {"leaf", "group", "class"} & set(grains):
        return None
    group = Ref(ref.names, measure, ref.side, ref.tables, grain="+".join(dict.fromkeys(grains)))
    return reading.plan("compute", call("parts", group))


def _several(phrase: Phrase, reading: Reading) -> bool:
    """Whether the phrase names figures of several items at once."""
    found = resolve(phrase.ref(), reading.catalogue)
    return not isinstance(found, Missing) and len(found.chosen) > 1


def _sum(reading: Reading) -> Plan | None:
    kinds = {(*((n.items, n.code) for n in p.names), p.side) for p in reading.named}
    if len(reading.named) < 2 or not reading.has("op.sum") or len(kinds) == 1 or one_figure(reading):
        return None
    *some, last = reading.named
    if len(some) > 1 and len(last.names) == 1 and all(contains(last, part, reading) for part in some):
        # 「四类相加跟基本支出差不差」: a whole is not added to its own parts
        return reading.plan("yesno", side_of(tuple(some), reading), last.ref(), topic="same")
    return reading.plan("compute", call("sum", *(operand(p) for p in reading.named)))


def _variance(reading: Reading) -> Plan | None:
    """Final against budget of one item: 超支多少, 省了多少, 超预算百分之几."""
    if len(reading.named) != 1:
        return None
    budgets = sum(t.has("measure", "budget") for t in reading.sketch.tokens)
    if reading.named[0].measure == "budget" and reading.has("measure.share", "op.share") and budgets > 1:
        part = measured(reading.named[0], "budget")  # 「年初总预算当中行政运行的预算占多大份额」
        return reading.plan("compute", call("share", part, Ref((TOTAL_EXPENDITURE,), "budget")))
    if reading.named[0].measure == "budget" and reading.has("measure.share", "op.share") and reading.amount:
        return reading.plan("lookup", measured(reading.named[0], "completion"))
    if reading.yesno and reading.has("op.equal") and reading.named[0].measure == "budget":
        phrase = reading.named[0]  # 「跟年初预算一样吗」
        return reading.plan("yesno", measured(phrase, "final"), measured(phrase, "budget"), topic="same")
    if not reading.has("measure.over", "measure.under", "measure.variance", "op.over", "op.under"):
        return None
    phrase = reading.named[0]
    if phrase.unit:
        return None  # 「公车还剩几辆」
    against_prior = reading.has("period.prior") or phrase.period == "prior"
    if phrase.measure in {"completion"} or (against_prior and not reading.has("measure.budget")):
        return None
    beside = (
        reading.has("op.sum") and reading.has("join.and") and reading.has("op.each", "ask.list")
    )  # 「总数和明细差多少」
    if phrase.measure == "budget" and (beside or sum(t.has("measure", "budget") for t in reading.sketch.tokens) > 1):
        return _parts_against_whole(phrase, reading)
    final, budget = measured(phrase, "final"), measured(phrase, "budget")
    if any(item in _BALANCES for name in phrase.names for item in name.items):
        return reading.plan("lookup", phrase.ref())
    if printed := _printed_gap(budget, reading):
        return reading.plan("lookup", printed)
    if reading.yesno or not (reading.amount or reading.has("op.difference", "op.rate", *_PERCENT)):
        return reading.plan(
            "yesno", final, budget, topic="less" if reading.has("measure.under", "op.under") else "more"
        )
    if reading.has(*_PERCENT):
        return reading.plan("compute", call("excess", final, budget))
    return reading.plan("compute", call("difference", final, budget))


def _printed_gap(budget: Ref, reading: Reading) -> Ref | None:
    """「比年初预算减少35.33万元」 where the budget itself is not printed: the change that the report states."""
    if reading.yesno or not isinstance(resolve(budget, reading.catalogue), Missing):
        return None
    gap = replace(budget, measure="gap_rate" if reading.has("op.rate", *_PERCENT) else "gap")
    return None if isinstance(resolve(gap, reading.catalogue), Missing) else gap
