"""Answers that assert nothing: which part of the question the report does not hold, and what it does hold nearby."""

from __future__ import annotations

from qa.answer import Answer
from qa.catalogue import Catalogue, Entry
from qa.plan import Plan
from qa.resolve import Missing
from qa.suggest import question_for, starters
from qa.values import Several, Undefined

_MEASURES = {
    "final": "决算数", "budget": "预算数", "completion": "预算完成率", "share": "占比", "change": "比上年增减额",
    "change_rate": "比上年增减率",
    "budget_change": "预算数与上年的对比", "count": "数量",
}  # fmt: skip


def refuse(plan: Plan, catalogue: Catalogue, reasons: tuple[str, ...], nearest: tuple[Entry, ...] = ()) -> Answer:
    """A refusal with its reasons; ``nearest`` are offered as questions."""
    offers = tuple(dict.fromkeys(question_for(entry) for entry in nearest))[:3] or starters(catalogue)[:3]
    text = "；".join(dict.fromkeys(reasons)) + "。"
    lead = "本报告没有这项内容，无法回答。" if not text.startswith(("本报告", "没有理解")) else ""
    return Answer(plan.question, "not_in_report", plan.kind, lead + text, suggestions=offers)


def undefined(plan: Plan, catalogue: Catalogue, error: Undefined) -> Answer:
    """The reply where a computation has no result: why not; or which of several figures is meant."""
    if isinstance(error, Several):
        options = tuple(dict.fromkeys(question_for(entry) for entry in error.entries))
        return Answer(plan.question, "clarify", plan.kind, str(error), suggestions=options[:5], options=options[:5])
    return refuse(plan, catalogue, (str(error),))


def blocked(plan: Plan, catalogue: Catalogue, nearest: tuple[Entry, ...] = ()) -> Answer | None:
    """The refusal of a plan that holds a restriction or a word nobody understood, None when nothing blocks it."""
    reasons = [
        f"「{r.surface}」：{r.reason}" + (f"（通常见于{r.usually_in}）" if r.usually_in else "")
        for r in plan.restrictions
    ]
    reasons += [f"本报告没有关于「{word}」的数字，或这个词没有被理解" for word in plan.unknown]
    return refuse(plan, catalogue, tuple(reasons), nearest) if reasons else None


def missing(plan: Plan, catalogue: Catalogue, what: Missing, measure: str = "") -> Answer:
    """The refusal where a noun phrase names nothing that the report holds."""
    said = what.surface or plan.question
    reason = {
        "item": f"本报告各表和说明中都没有列出「{said}」",
        "measure": f"本报告没有给出「{said}」的{_MEASURES.get(what.measure or measure, '这项数据')}",
        "prior": f"本报告没有印出「{said}」上年的数字，也没有印出它比上年的增减额",
        "count": f"本报告没有给出与「{said}」对应的人数、次数或数量",
        "within": f"本报告没有「{said}」这样细分的数字",
        "side": f"本报告没有「{said}」在这一方的数字",
        "table": f"「{said}」不在所问的那张表里",
        "unit": f"本报告没有「{said}」以这个单位计的数字",
    }[what.what]
    return refuse(plan, catalogue, (reason,), what.nearest)
