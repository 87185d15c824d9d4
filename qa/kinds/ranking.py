"""The largest, the smallest, and rankings of a group."""

from __future__ import annotations

from dataclasses import replace

from qa.amounts import MONEY
from qa.answer import Answer
from qa.builder import Builder
from qa.catalogue import Entry
from qa.compute import evaluate
from qa.kinds import variances
from qa.kinds.filtering import meets, size
from qa.members import members
from qa.operations import OPERATIONS
from qa.plan import Name, Plan, Ref
from qa.refusal import missing, refuse
from qa.resolve import Missing
from qa.shelf import Shelf
from qa.values import value_of
from qa.wording import figure_text, label_of, place_of

MOST = 30


def _of_one(entry: Entry) -> bool:
    """Whether a group that is this figure alone has no order: of an average or one score nothing is the highest."""
    return "平均" in entry.fact.item or entry.fact.measure in {"count", "score"}


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Sorts the group's figures; blanks take no part, and the answer says how many there were."""
    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    if ref.measure == "variance":
        return variances.run(plan, ref, shelf)
    if answer := variances.by_rate(plan, ref, shelf):
        return answer
    group = members(ref, plan.grain, shelf.catalogue)
    if not group and ref.measure == "share":  # the largest share is the largest amount
        group = members(replace(ref, measure=""), plan.grain, shelf.catalogue)
    filled = [e for e in group if e.fact.state != "blank" and all(meets(e, c) for c in plan.conditions)]
    alone = len(group) == 1 and (
        _of_one(group[0])
        or plan.topic == "ends"
        or (group[0].fact.measure in {"completion", "share", "change", "change_rate"} and not plan.conditions)
    )
    if alone or not filled:
        return refuse(plan, shelf.catalogue, (f"本报告没有可以排序的「{ref}」各项数字",))
    if len({e.fact.unit in MONEY or e.fact.unit for e in filled}) > 1:  # 批次 are neither more nor less than 万元
        filled = [e for e in filled if e.fact.unit in MONEY]
        if len(filled) < 2:
            return refuse(plan, shelf.catalogue, (f"本报告中「{ref}」的各项数字单位不同，不能排序",))
    sort = sorted(filled, key=lambda e: (_key(e, plan), e.order))
    chosen = (
        [sort[0], sort[-1]]
        if plan.topic == "ends"
        else sort
        if len(sort) == 2 and plan.limit == 1 and plan.topic != "nth"
        else _cut(sort, plan)
    )
    if not chosen:
        return refuse(plan, shelf.catalogue, (f"只有 {len(sort)} 项有数字，没有第 {plan.limit} 项",))
    builder = Builder(plan.question, "rank")
    if plan.topic == "sum":
        total = OPERATIONS["sum"]([value_of(e) for e in chosen])
        for whole in plan.exprs[1:]:
            value = evaluate(whole, shelf.catalogue)
            if isinstance(value, Missing):
                return missing(plan, shelf.catalogue, value)
            total = OPERATIONS["share"]([total, value])
        mark = builder.value(total)
        for entry in chosen:
            builder.printed(entry, "context")
        return builder.answer(f"**{total.written()}** {total.label}\n\n计算：{'；'.join(total.steps)}{mark}")
    lines = [f"{label_of(e.fact)}：**{figure_text(e.fact)}**{builder.printed(e)}" for e in chosen]
    blanks = sum(e.fact.state == "blank" for e in group)
    builder.note(
        f"在{place_of(chosen[0].fact)}的 {len(group)} 项中比较"
        + (f"，其中 {blanks} 项空白，不参与排序。" if blanks else "。")
    )
    if len(lines) == 1:
        word = _superlative(plan, chosen[0])
        place = f"第 {plan.limit}" if plan.topic == "nth" else ""
        text = f"{place}{word}的是 {lines[0]}"
    else:
        text = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1))
    return builder.answer(text, subjects=tuple(subject_of(e) for e in chosen[:5]))


def ranked(ref: Ref, plan: Plan, shelf: Shelf) -> list[Entry]:
    """The figures of the group that are not blank, in the plan's order."""
    filled = [e for e in members(ref, plan.grain, shelf.catalogue) if e.fact.state != "blank"]
    return sorted(filled, key=lambda e: (_key(e, plan), e.order))


def _superlative(plan: Plan, first: Entry) -> str:
    if first.fact.measure in {"change", "change_rate"} and plan.order == "asc":
        return "减少最多" if (first.fact.value or 0) < 0 else "增加最少"
    return "最小" if plan.order == "asc" else "最大"


def _key(entry: Entry, plan: Plan) -> object:
    value = size(entry)
    if entry.fact.measure in {"change", "change_rate"} and plan.topic in {"rise", "fall"}:
        value = value if plan.topic == "rise" else -value
    return value if plan.order == "asc" else -value


def _cut(ranked: list[Entry], plan: Plan) -> list[Entry]:
    """The first ``limit``; ties with the last one are kept."""
    if plan.topic == "nth":
        return ranked[plan.limit - 1 : plan.limit]
    if not plan.limit:
        return ranked[:MOST]
    last = ranked[: plan.limit][-1]
    return [e for i, e in enumerate(ranked) if i < plan.limit or size(e) == size(last)]


def subject_of(entry: Entry) -> Ref:
    """The reference that names this figure's item again."""
    fact = entry.fact
    names = [Name(fact.item, tuple(sorted(entry.own)), fact.code)]
    if fact.table_kind == "performance" and fact.parents:
        names.insert(0, Name(fact.parents[0], (entry.parent,)))
    return Ref(tuple(names), "", "income" if fact.panel == "income" else "")
