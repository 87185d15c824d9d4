"""Computed figures, each with its working down to printed cells."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer
from qa.builder import Builder
from qa.compute import Undefined, Value, derived, evaluate, in_unit, stated
from qa.plan import Call, Expr, Plan, Ref, refs
from qa.refusal import missing, undefined
from qa.resolve import Missing
from qa.shelf import Shelf
from qa.wording import change_text, place_of


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Evaluates every expression; a share that the report prints is quoted, not recomputed."""
    builder = Builder(plan.question, "compute")
    lines: list[str] = []
    for expr in plan.exprs:
        try:
            value = evaluate(expr, shelf.catalogue)
        except Undefined as error:
            return undefined(plan, shelf.catalogue, error)
        if isinstance(value, Missing) and isinstance(expr, Ref) and value.what == "measure":
            value = derived(expr, shelf.catalogue) or value  # a rate of change that only its amount is printed of
        if isinstance(value, Missing) and isinstance(expr, Call):
            value = stated(expr, shelf.catalogue) or value  # the share is printed, the whole is not
        if isinstance(value, Missing) and isinstance(expr, Call) and expr.op == "prior" and value.measure == "change":
            value = replace(value, what="prior")
        if isinstance(value, Missing):
            return missing(plan, shelf.catalogue, value, _measure_in(expr))
        lines.append(_line(builder, in_unit(value, plan.unit), expr, shelf))
    text = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
    return builder.answer(text, subjects=_subjects(plan))


def _subjects(plan: Plan) -> tuple[Ref, ...]:
    leaves = [Ref(r.names, "", r.side, r.tables) for e in plan.exprs for r in refs(e)]
    return tuple(dict.fromkeys(leaves))


def _measure_in(expr: Expr) -> str:
    return next((r.measure for r in refs(expr) if r.measure), "")


def _line(builder: Builder, value: Value, expr: Expr, shelf: Shelf) -> str:
    printed = stated(expr, shelf.catalogue) if isinstance(expr, Call) else None
    if printed is not None:
        mark = builder.value(printed)
        if value.printed is None and value.shown != printed.shown:
            builder.note(
                f"按报告数字复算为 {value.written()}（{'；'.join(value.steps)}），与印出的 {printed.written()} 略有出入。"
            )
        return f"**{printed.written()}** {printed.label}，见{place_of(printed.leaves[0].fact)}{mark}"
    mark = builder.value(value)
    if value.printed is not None:
        text = change_text(value.printed.fact) if value.unit == value.printed.fact.unit else value.written()
        return f"**{text}** {value.label}，见{place_of(value.leaves[0].fact)}{mark}"
    for leaf in value.leaves:
        builder.printed(leaf, "context")
    return f"**{value.written()}** {value.label}\n\n计算：{'；'.join(value.steps)}{mark}"
