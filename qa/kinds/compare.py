"""Two or more items side by side, the larger first."""

from __future__ import annotations

from qa.answer import Answer
from qa.builder import Builder
from qa.compute import Undefined, Value, comparable, evaluate
from qa.plan import Call, Plan, Ref
from qa.refusal import missing, refuse, undefined
from qa.resolve import Missing
from qa.shelf import Shelf

_CHANGES = frozenset({"change", "change_rate"})


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Ranks the named items by their figures and says by how much the first two differ."""
    builder = Builder(plan.question, "compare")
    values: list[Value] = []
    for expr in plan.exprs:
        try:
            value = evaluate(expr, shelf.catalogue)
        except Undefined as error:
            return undefined(plan, shelf.catalogue, error)
        if isinstance(value, Missing):
            return missing(plan, shelf.catalogue, value, expr.measure if isinstance(expr, Ref) else "")
        values.append(value)
    if not comparable(values):
        return refuse(plan, shelf.catalogue, ("本报告中这几项的单位不同，不能比较大小",))
    fallen = plan.order == "asc" and all(
        v.number <= 0 and v.leaves and v.leaves[0].fact.measure in _CHANGES for v in values
    )
    ranked = sorted(values, key=lambda v: v.number if fallen else -v.number)
    marks = [builder.value(v) for v in ranked]
    rows = "\n".join(f"- {v.label}：**{v.written()}**{mark}" for v, mark in zip(ranked, marks, strict=True))
    verdict = f"**{ranked[0].label}** 减少最多" if fallen else _verdict(ranked, plan)
    if len(ranked) == 2 and ranked[0].number != ranked[1].number:
        expr = Call("difference", tuple(plan.exprs))
        difference = evaluate(
            Call("difference", expr.args if values[0] is ranked[0] else expr.args[::-1]), shelf.catalogue
        )
        if isinstance(difference, Value):
            builder.value(difference, "answer" if "gap" in plan.words else "context")
            verdict += f"，相差 {difference.written()}"
    return builder.answer(f"{verdict}。\n\n{rows}", subjects=tuple(e for e in plan.exprs if isinstance(e, Ref)))


def _verdict(ranked: list[Value], plan: Plan) -> str:
    first, last = ranked[0], ranked[-1]
    if first.number == last.number:
        return f"**一样多**：{'、'.join(v.label for v in ranked)}都是 {first.written()}"
    if plan.order == "asc":
        return f"**{last.label}** 最小" if len(ranked) > 2 else f"**{last.label}** 较少"
    return f"**{first.label}** 最大" if len(ranked) > 2 else f"**{first.label}** 较多"
