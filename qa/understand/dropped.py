"""Words that a plan would drop in silence: the year before, an occasion, a use, a thing counted, a 它 without an item."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, takewhile

from qa.amounts import MONEY
from qa.plan import Call, Plan, Ref, Restriction, refs
from qa.resolve import Found, resolve
from qa.understand.context import Reading
from qa.understand.lexer import Token
from qa.understand.numbers import quantity_at
from qa.understand.phrases import Sketch

FIGURE_KINDS = frozenset({"lookup", "compute", "compare", "rank", "filter", "count", "list", "yesno"})
_ALONE = frozenset({"光", "光是", "单", "单单", "单是", "仅", "仅仅", "只"})
_HOW_MANY = frozenset({"多少", "有多少", "几个", "有几个", "多少个"})
_PERSONS = ("人", "人员", "职工", "干部")
_OCCASIONS = frozenset({"一次", "一笔", "一回", "一单", "一批", "那次", "那笔"})


def within_itself(plan: Plan, found: Sketch) -> list[Token]:
    """The 吃饭 of 「公务接待费里吃饭花了多少」: one item under two names, of which one is said to be part of the other."""
    inner: list[Token] = []
    for at, token in enumerate(found.tokens):
        if token.has("join", "within") and token.text in {"里", "中", "里面", "当中", "之中", "里头"} and at:
            outer = set(found.tokens[at - 1].values("item"))
            inner += [t for t in found.tokens[at + 1 : at + 3] if outer and set(t.values("item")) == outer]
        if token.text in _ALONE and at and at + 1 < len(found.tokens):
            named = {item for t in found.tokens[:at] for item in t.values("item")}
            after = found.tokens[at + 1]
            inner += [after] if after.has("item") and set(after.values("item")) <= named else []
    return inner if plan.kind == "lookup" else []


def used_for(reading: Reading) -> Token | None:
    """The 培训 of 「公务接待费中用于培训的是多少」: how much of one item went to another, which no report prints."""
    for use, token in pairwise(reading.sketch.tokens):
        named_before = any(t.has("item") and t.start < use.start for t in reading.sketch.tokens)
        if use.has("ask", "use") and named_before and (token.has("item") or token.unknown):
            return token
    return None


def prior_dropped(plan: Plan, reading: Reading) -> list[Restriction]:
    """The year before asked of what the report gives for its own year only: a budget, a count, a share."""
    year = reading.catalogue.info.year
    asked = reading.has("period.prior") or year - 1 in reading.sketch.years
    compared = plan.exprs and any(
        ref.measure.startswith(("change", "budget_change")) for e in plan.exprs for ref in refs(e)
    )
    if not asked or plan.kind not in FIGURE_KINDS or (compared and not any(isinstance(e, Call) for e in plan.exprs)):
        return []
    why = f"本报告没有{year - 1}年度的这项数字"
    measures = {p.measure for p in reading.phrases if p.measure}
    if reading.has("period.prior") and reading.has("op.than") and not any(isinstance(e, Call) for e in plan.exprs):
        return []
    measures |= {"share"} if reading.has("measure.share", "op.share") else set()
    measures -= {"budget"} if reading.catalogue.info.document == "预算" else set()
    only_now = measures & {"budget", "completion", "count", "score", "share"} or any(p.unit for p in reading.phrases)
    calls = [e for e in plan.exprs if isinstance(e, Call) and e.op == "prior"]
    lookups = [e for e in plan.exprs if isinstance(e, Ref) and e.period == "prior" and e.measure not in {"", "final"}]
    counts = [e for e in calls if _not_money(e.args[0], reading)]
    return [Restriction(f"{year - 1}年", why)] if (calls and only_now) or counts or lookups else []


def _not_money(expr: object, reading: Reading) -> bool:
    found = resolve(replace(expr, measure=""), reading.catalogue) if isinstance(expr, Ref) else None
    return isinstance(found, Found) and found.entry.fact.unit not in MONEY


def persons_asked(plan: Plan, reading: Reading) -> list[Restriction]:
    """「有多少退休的人」: persons asked for by a word that here only stands for what is paid to them."""
    if plan.kind != "lookup":
        return []
    if not any(_in_money(ref, reading) for e in plan.exprs for ref in refs(e)):
        return []
    tokens = reading.sketch.tokens
    for at, token in enumerate(tokens):
        behind = takewhile(lambda t: not t.has("join", "stop"), tokens[at + 1 :]) if token.text in _HOW_MANY else ()
        for thing, after in pairwise((*behind, token)):
            if thing.text.endswith(_PERSONS) and not after.has("item", "measure"):
                return [Restriction(thing.text, "报告没有给出人数")]
    return []


def _in_money(ref: Ref, reading: Reading) -> bool:
    found = resolve(ref, reading.catalogue)
    return isinstance(found, Found) and found.entry.fact.unit in MONEY


def misplaced(plan: Plan, reading: Reading) -> list[Restriction]:
    """Words that change what a ranking, a count or a section would have to be of."""
    tokens = reading.sketch.tokens
    why = "没有理解它在这个问题里的作用"
    items = tuple(i for p in reading.named for n in p.names for i in n.items)
    below = [e.fact for e in reading.catalogue.children(items)]  # 「对个人和家庭的补助，最大一笔」 is one of its parts
    parted = any(f.source == "cell" and f.unit in MONEY for f in below)
    single = [
        t for t in tokens if plan.kind == "rank" and (t.has("count", "次") or (t.text in _OCCASIONS and not parted))
    ]
    if plan.kind == "rank" and all(isinstance(e, Ref) and e.measure in {"", "final", "budget"} for e in plan.exprs):
        single += [t for t in tokens if t.has("measure", "variance") and not plan.conditions]  # 「差额最大」 of what?
    if plan.kind == "rank" and not reading.has("op.blank"):
        single += [t for t in tokens if t.has("op", "except", "exceptend")]  # 「除了办公费，哪项最多」
    single += [t for t in tokens if plan.kind == "compare" and reading.yesno and t.has("op", "max", "min")]
    if plan.kind == "rank" and reading.has("ask.which"):
        single += [
            t
            for t in tokens
            if t.has("count", "个", "人次", "批次")
            and len(t.text) > 1
            and not t.has("op", "count")
            and not t.has("ask")
        ]
    if plan.kind == "rank" and not plan.carried and len(reading.named) == 1:
        single += [
            a
            for a, b in pairwise(tokens)
            if b.text in {"跟", "和", "与", "同"} and not a.has("item") and not a.has("filler")
        ]
    found = [Restriction(t.text, why) for t in single]
    counted = any(ref.measure == "count" for e in plan.exprs for ref in refs(e))
    if plan.kind in FIGURE_KINDS and not reading.has("measure.budget"):
        opening = [t for t in tokens if t.text.endswith("初") and (t.has("year") or (counted and t.text == "年初"))]
        found += [Restriction(t.text, "报告没有年初的这项数字") for t in opening]
    if plan.topic == "section" and reading.has("section.职能"):
        found += [Restriction(t.text, "报告没有分处室写职责") for t in tokens if t.has("outside", "sub_units")]
    return found


def pointing(plan: Plan, found: Sketch) -> list[Token]:
    """它, 这项, where no turn before says what is meant and the whole would be answered instead."""
    if not plan.carried and plan.kind in {"rank", "filter", "count"}:
        named = any(ref.names or ref.tables for e in plan.exprs for ref in refs(e))
        return [t for t in found.tokens if not named and t.has("refer", "both") and not _says(plan.limit, t)]
    if plan.carried or not whole(plan, found):
        return []
    return [t for t in found.tokens if t.has("refer") and not t.has("talk") and not t.has("filler")]


def _says(limit: int, token: Token) -> bool:
    """Whether the token is no more than the number of results asked for: 「最高的两项」."""
    quantity = quantity_at(token.text, 0)
    return bool(limit) and quantity is not None and quantity[1].value == limit


def whole(plan: Plan, found: Sketch) -> bool:
    """Whether all that is looked up is the whole of a side, which the question names by no item."""
    names = [name for e in plan.exprs for ref in refs(e) for name in ref.names]
    return all(name in found.bare or name.items in {("本年支出合计",), ("本年收入合计",)} for name in names)


def of_everything(plan: Plan) -> bool:
    """Whether every figure asked for is the total of a side of the accounts."""
    named = [ref for e in plan.exprs for ref in refs(e)]
    return bool(named) and all(n.items in {("本年支出合计",), ("本年收入合计",)} for ref in named for n in ref.names)


def counted_thing(token: Token) -> bool:
    """Persons, vehicles, visits: of no use to the total of all money."""
    if token.quantity is not None:
        return token.quantity.unit in {"辆", "人", "人次", "批", "批次", "名", "位", "次", "台"}
    return token.has("count") and not token.has("filler") and not token.has("item") and not token.has("bare")
