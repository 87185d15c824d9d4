"""Items ranked by how far their final figure is from their budget: 「超支最多的三项」「预算和决算差距最大的是哪一项」."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from qa.answer import Answer, Derivation, Figure, State
from qa.builder import Builder
from qa.catalogue import Catalogue, Entry
from qa.kinds.filtering import AGAINST_BUDGET, budget_of, budgeted, compares, said
from qa.members import members
from qa.operations import OPERATIONS
from qa.plan import Condition, Plan, Ref
from qa.refusal import refuse
from qa.shelf import Shelf
from qa.values import Undefined, Value, value_of
from qa.wording import place_of

_WORDS = {"over": "超过预算", "under": "低于预算", "": "与预算相差"}


def run(plan: Plan, ref: Ref, shelf: Shelf) -> Answer:
    """The items of the group with a budget, by the gap between the two figures (万元, computed); ``plan.topic``: over,
    under, or "" for either side. Refuses where no item of the group has both figures."""
    pairs = _pairs(ref, plan.grain, shelf.catalogue)
    if not pairs:
        return refuse(plan, shelf.catalogue, ("本报告没有同时印出预算数和决算数、可以比较差额的各项",))
    builder = Builder(plan.question, "rank")
    builder.note(f"在{place_of(pairs[0][1].fact)}等处同时印有预算数和决算数的 {len(pairs)} 项中比较。")
    gaps = _gaps(pairs, plan.topic)
    word = _WORDS[plan.topic]
    if not gaps:
        for final, _ in pairs:
            builder.cite(final.fact)
        return builder.answer(f"没有{word}的：这 {len(pairs)} 项中没有一项决算{word}。")
    chosen = _cut(sorted(gaps, key=lambda gap: gap.number, reverse=plan.order != "asc"), plan)
    lines = [_line(builder, gap) for gap in chosen]
    least = "最少" if plan.order == "asc" else "最多"
    if len(lines) == 1:
        return builder.answer(f"{word}{least}的是 {lines[0]}", subjects=_subjects(chosen))
    text = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1))
    return builder.answer(text, subjects=_subjects(chosen))


def by_rate(plan: Plan, ref: Ref, shelf: Shelf) -> Answer | None:
    """The answer to a ranking, a filter or a count by the rate of completion, where the report prints budgets and final
    figures of the items but not their rates; None where it prints the rates, or the plan asks for no such thing."""
    if ref.measure != "completion" or ref.names or ref.tables:
        return None
    printed = members(ref, plan.grain, shelf.catalogue)
    rates = () if any(e.fact.level == 3 for e in printed) else _rates(_pairs(ref, plan.grain, shelf.catalogue))
    if len(rates) < 2:
        return None
    kept = [r for r in rates if all(_meets(r, c) for c in plan.conditions)]
    builder = Builder(plan.question, plan.kind)
    builder.note(f"报告没有逐项印出完成率，这里按 {len(rates)} 项的预算数和决算数计算。")
    if plan.kind == "count":
        return _counted(builder, kept, plan)
    if plan.kind == "rank":
        kept = _cut(sorted(kept, key=lambda rate: rate.number, reverse=plan.order != "asc"), plan) if kept else []
    if not kept:
        return builder.answer(f"这 {len(rates)} 项中没有一项符合。")
    lines = [f"{i}. {_line(builder, rate)}" for i, rate in enumerate(kept, start=1)]
    return builder.answer("\n".join(lines), subjects=_subjects(kept))


def _counted(builder: Builder, kept: list[Value], plan: Plan) -> Answer:
    inputs = tuple(builder.cite(leaf.fact) for rate in kept for leaf in rate.leaves)
    names = "、".join(f"{rate.label} {rate.written()}" for rate in kept) or "没有一项"
    steps = (*(step for rate in kept for step in rate.steps), f"共 {len(kept)} 项")
    label = f"完成率{said(plan)}的项数" if plan.conditions else "算得出完成率的项数"
    state: State = "number" if kept else "zero"
    derivation = Derivation("逐项计算，清点", inputs, steps)
    builder.figures.append(Figure(Decimal(len(kept)), "项", label, state, inputs, True, derivation))
    return builder.answer(f"**{len(kept)} 项** {label}：{names}{builder.mark(*inputs)}")


def _rates(pairs: list[tuple[Entry, Entry]]) -> tuple[Value, ...]:
    """The rate of completion of each item that has one."""
    rates = []
    for final, budget in pairs:
        try:
            rates.append(OPERATIONS["completion"]([value_of(final), value_of(budget)]))
        except Undefined:
            continue
    return tuple(rates)


def _meets(rate: Value, condition: Condition) -> bool:
    if condition.op in AGAINST_BUDGET:
        return AGAINST_BUDGET[condition.op](rate.shown, Decimal(100))
    return condition.value is not None and bool(compares(rate.shown, rate.unit, condition))


def _pairs(ref: Ref, grain: str, catalogue: Catalogue) -> list[tuple[Entry, Entry]]:
    finals = budgeted(replace(ref, measure="budget"), grain, catalogue)
    found = [(final, budget_of(final, catalogue)) for final in finals]
    return [(final, budget) for final, budget in found if budget is not None and budget is not final]


def _gaps(pairs: list[tuple[Entry, Entry]], topic: str) -> list[Value]:
    gaps = []
    for final, budget in pairs:
        a, b = final.fact.value, budget.fact.value
        if a is None or b is None or (topic and not AGAINST_BUDGET[topic](a, b)):
            continue
        try:
            gaps.append(OPERATIONS["difference"]([value_of(final), value_of(budget)]))
        except Undefined:
            continue
    return gaps


def _cut(gaps: list[Value], plan: Plan) -> list[Value]:
    """The first ``limit``, ties with the last one kept."""
    last = gaps[: plan.limit or len(gaps)][-1]
    return [gap for i, gap in enumerate(gaps) if i < (plan.limit or len(gaps)) or gap.number == last.number]


def _line(builder: Builder, gap: Value) -> str:
    mark = builder.value(gap)
    for leaf in gap.leaves:
        builder.printed(leaf, "context")
    return f"{gap.label}：**{gap.written()}**（{'；'.join(gap.steps)}）{mark}"


def _subjects(gaps: list[Value]) -> tuple[Ref, ...]:
    from qa.kinds.ranking import subject_of

    return tuple(subject_of(gap.leaves[0]) for gap in gaps[:5])
