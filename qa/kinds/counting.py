"""How many figures of a group there are, or meet a condition."""

from __future__ import annotations

from decimal import Decimal

from qa.answer import Answer, Derivation, Figure
from qa.builder import Builder
from qa.kinds.filtering import AGAINST_BUDGET, budget_of, said, select
from qa.kinds.variances import by_rate
from qa.plan import Plan, Ref
from qa.refusal import refuse
from qa.shelf import Shelf
from qa.wording import figure_text, label_of, place_of


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Counts, and names what was counted."""
    ref = plan.exprs[0]
    if isinstance(ref, Ref) and (answer := by_rate(plan, ref, shelf)):
        return answer
    group, kept = select(plan, shelf.catalogue)
    if not group:
        return refuse(plan, shelf.catalogue, (f"本报告没有「{plan.exprs[0]}」的分项数字",))
    counted = kept if plan.conditions else group
    what = said(plan)
    builder = Builder(plan.question, "count")
    against = any(c.op in AGAINST_BUDGET for c in plan.conditions)
    budgets = (budget_of(entry, shelf.catalogue) for entry in counted) if against else ()
    used = [*counted, *(budget for budget in budgets if budget is not None)]
    inputs = tuple(builder.cite(entry.fact) for entry in used)
    names = "、".join(f"{label_of(e.fact)} {figure_text(e.fact)}" for e in counted)
    label = f"{place_of(group[0].fact)}中{what + '的' if what else ''}项数"
    value = Decimal(len(counted))
    builder.figures.append(
        Figure(
            value, "项", label, "zero" if not counted else "number", inputs, computed=True,
            derivation=Derivation("逐项清点", inputs, (f"{names or '没有一项'}：共 {len(counted)} 项",)),
        )
    )  # fmt: skip
    builder.note(f"范围：{place_of(group[0].fact)}的 {len(group)} 项。")
    return builder.answer(f"**{len(counted)} 项** {label}：{names or '没有一项'}{builder.mark(*inputs)}")
