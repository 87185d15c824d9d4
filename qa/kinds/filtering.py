"""The figures of a group that meet a condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from qa.amounts import MONEY, written_with_unit
from qa.answer import Answer
from qa.builder import Builder
from qa.catalogue import Catalogue, Entry
from qa.members import members
from qa.pairing import beside
from qa.plan import Condition, Plan, Ref
from qa.refusal import refuse
from qa.resolve import Missing, resolve
from qa.shelf import Shelf
from qa.wording import figure_text, label_of, place_of

_BOUNDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b, "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
}  # fmt: skip
AGAINST_BUDGET: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "over": _BOUNDS["gt"], "under": _BOUNDS["lt"], "even": _BOUNDS["eq"],
}  # fmt: skip
_BESIDES = {"completion": "完成", "final": "决算数"}  # asked for besides what the condition is about
_WORDS = {
    "gt": "超过", "ge": "不少于", "lt": "低于", "le": "不超过", "eq": "等于", "blank": "空白", "zero": "为 0", "filled": "有数字",
    "over": "决算超过预算", "under": "决算低于预算", "even": "决算与预算一样", "rise": "比上年增加", "fall": "比上年减少",
}  # fmt: skip


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Lists what meets the conditions, in the report's order."""
    from qa.kinds.variances import by_rate

    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    if answer := by_rate(plan, ref, shelf):
        return answer
    group, kept = select(plan, shelf.catalogue)
    if not group:
        return refuse(plan, shelf.catalogue, (f"本报告没有「{ref}」的分项数字",))
    builder = Builder(plan.question, "filter")
    what = said(plan)
    builder.note(f"范围：{place_of(group[0].fact)}的 {len(group)} 项。")
    if not kept:
        return builder.answer(f"没有{what}的：{place_of(group[0].fact)}的 {len(group)} 项中没有一项符合。")
    lines = [line_of(builder, entry, plan, shelf.catalogue) for entry in kept]
    return builder.answer(f"{what}的有 {len(kept)} 项：\n\n" + "\n".join(f"- {line}" for line in lines))


def line_of(builder: Builder, entry: Entry, plan: Plan, catalogue: Catalogue) -> str:
    """One figure of the result; with its budget where the condition compares the two."""
    mark = builder.printed(entry)
    text = f"{label_of(entry.fact)}：**{figure_text(entry.fact)}**{mark}"
    if any(c.op in AGAINST_BUDGET for c in plan.conditions) and (budget := budget_of(entry, catalogue)) is not None:
        text += f"（预算 {figure_text(budget.fact)}{builder.printed(budget, 'context')}）"
    for measure, word in _BESIDES.items():
        found = resolve(replace(_ref_of(entry), measure=measure), catalogue) if measure in plan.words else None
        if found is not None and not isinstance(found, Missing):
            text += f"，{word} **{figure_text(found.entry.fact)}**{builder.printed(found.entry)}"
    return text


def select(plan: Plan, catalogue: Catalogue) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The group, and those of it that meet every condition."""
    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    compared = any(c.op in AGAINST_BUDGET for c in plan.conditions)
    if compared:
        group = budgeted(replace(ref, measure="budget"), plan.grain, catalogue)
        kept = tuple(e for e in group if all(_against_budget(e, c, catalogue) for c in plan.conditions))
        return group, kept
    if any(c.op in {"rise", "fall"} for c in plan.conditions) and ref.measure not in {"change", "change_rate"}:
        ref = replace(ref, measure="change")
    group = members(ref, plan.grain, catalogue)
    return group, tuple(e for e in group if all(meets(e, c) for c in plan.conditions))


def budgeted(ref: Ref, grain: str, catalogue: Catalogue) -> tuple[Entry, ...]:
    """The final figures of the items that have a budget."""
    finals: list[Entry] = []
    for entry in members(ref, grain, catalogue):
        at_leaf = "leaf" if "leaf" in grain else ""
        found = resolve(replace(_ref_of(entry), measure="final", grain=at_leaf), catalogue)
        listed = None if isinstance(found, Missing) or found.entry.fact.state == "blank" else found.entry
        own = beside(entry, catalogue)
        if own is not None and (listed is None or listed.fact.value != own.fact.value):
            finals.append(own)
        elif listed is not None:
            finals.append(listed)  # the table's own cell, where it says the same
    return tuple(finals)


def _ref_of(entry: Entry) -> Ref:
    from qa.kinds.ranking import subject_of

    return subject_of(entry)


def budget_of(entry: Entry, catalogue: Catalogue) -> Entry | None:
    """The budget figure of the same item."""
    found = resolve(replace(_ref_of(entry), measure="budget"), catalogue)
    return None if isinstance(found, Missing) or found.entry.fact.state == "blank" else found.entry


def _against_budget(entry: Entry, condition: Condition, catalogue: Catalogue) -> bool:
    budget = budget_of(entry, catalogue)
    if budget is None or entry.fact.value is None or budget.fact.value is None:
        return False
    return AGAINST_BUDGET[condition.op](size(entry), size(budget))


def size(entry: Entry) -> Decimal:
    """The value of a figure, money in 元, so that figures in 元 and in 万元 compare; 0 for a blank."""
    return (entry.fact.value or Decimal(0)) * MONEY.get(entry.fact.unit, Decimal(1))


def meets(entry: Entry, condition: Condition) -> bool:
    """Whether a figure meets a condition. A blank meets only "blank"."""
    fact = entry.fact
    if condition.op == "blank":
        return fact.state == "blank"
    if fact.value is None:
        return False
    if condition.op == "zero":
        return fact.value == 0
    if condition.op == "filled":
        return True
    if condition.op in {"rise", "fall"}:
        return fact.value > 0 if condition.op == "rise" else fact.value < 0
    return bool(compares(fact.value, fact.unit, condition))


def compares(value: Decimal, unit: str, condition: Condition) -> bool | None:
    """Whether a value meets a bound; None where the units cannot be compared."""
    assert condition.value is not None
    if condition.op == "some":
        low = compares(value, unit, replace(condition, op="ge"))
        below = compares(value, unit, replace(condition, op="lt", value=condition.upper))
        return None if low is None else bool(low and below)
    if unit in MONEY and condition.unit in MONEY:
        return _BOUNDS[condition.op](value * MONEY[unit], condition.value * MONEY[condition.unit])
    return _BOUNDS[condition.op](abs(value), condition.value) if not condition.unit or condition.unit in unit else None


def said(plan: Plan) -> str:
    """The conditions in words."""
    parts = []
    for c in plan.conditions:
        if c.op == "some":
            parts.append(f"在{_bound(c)} 与{_bound(replace(c, value=c.upper))} 之间")
            continue
        bound = "" if c.value is None else _bound(c)
        parts.append(_WORDS[c.op] + bound)
    return "、".join(parts)


def _bound(condition: Condition) -> str:
    assert condition.value is not None
    if condition.unit == "元" and condition.value >= 10_000:
        return written_with_unit(condition.value / 10_000, " 万元").replace("  ", " ")
    whole = condition.value.to_integral_value()
    return f" {written_with_unit(whole if whole == condition.value else condition.value, condition.unit)}"
