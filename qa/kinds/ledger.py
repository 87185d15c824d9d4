"""The reasons ledger asked for: which differences the report explains, and which it leaves without a reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from corpus.facts import Fact
from corpus.ledger import LARGE, LedgerEntry, report_to_ledger
from qa.answer import Answer
from qa.builder import Builder
from qa.catalogue import Entry
from qa.operations import OPERATIONS
from qa.plan import Plan
from qa.refusal import blocked, refuse
from qa.sheets import MARKS
from qa.shelf import Shelf
from qa.values import value_of
from qa.wording import figure_text

_WORDS = {
    ("budget", "rise"): "决算超过预算", ("budget", "fall"): "决算低于预算", ("budget", ""): "决算与预算不同",
    ("change", "rise"): "比上年增加", ("change", "fall"): "比上年减少", ("change", ""): "比上年增减",
    ("", "rise"): "超过预算或比上年增加", ("", "fall"): "低于预算或比上年减少", ("", ""): "与预算或上年不同",
}  # fmt: skip


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Lists the differences asked for (``topic``: "budget", "change" or both; ``words``: "rise", "fall", "unexplained").

    Refuses what the question restricts it to and the report does not hold.
    """
    if refusal := blocked(plan, shelf.catalogue):
        return refusal
    entries = _wanted(plan, report_to_ledger(shelf.catalogue.facts, shelf.store.remarks(shelf.report)))
    what = _WORDS[plan.topic, next((word for word in plan.words if word in ("rise", "fall")), "")]
    if not entries:
        return refuse(plan, shelf.catalogue, (f"本报告没有{what}的项目",))
    builder = Builder(plan.question, "ledger")
    builder.note(
        f"差异达到 {LARGE} % 及以上，或者比较的数为 0，标为「差异大」；原因指报告中「主要原因」一类的说明，照原文引用。"
    )
    by_id = {each.fact.id: each for each in shelf.catalogue.entries}
    bare = [each for each in entries if each.mark in ("none", "restates")]
    if bare and "unexplained" in plan.words:
        head = f"{what}而没有说明原因（或原因只重复了变化）的有 {len(bare)} 项："
        return builder.answer(_listed(builder, head, bare, by_id))
    lacking = f"其中 {len(bare)} 项没有说明原因或原因只重复了变化" if bare else f"都有原因说明{_partly(entries)}"
    lead = "没有这样的项目：" if "unexplained" in plan.words else ""
    return builder.answer(_listed(builder, f"{lead}{what}的有 {len(entries)} 项，{lacking}：", entries, by_id))


def _partly(entries: list[LedgerEntry]) -> str:
    """How many are explained only as a whole, or only in their parts."""
    counts = {MARKS[mark]: sum(each.mark == mark for each in entries) for mark in ("of_whole", "by_parts")}
    told = [f"{count} 项{words}" for words, count in counts.items() if count]
    return f"（其中{'，'.join(told)}）" if told else ""


def _wanted(plan: Plan, entries: tuple[LedgerEntry, ...]) -> list[LedgerEntry]:
    found = [each for each in entries if plan.topic in ("", each.about)]
    if "rise" in plan.words:
        found = [each for each in found if each.change > 0]
    if "fall" in plan.words:
        found = [each for each in found if each.change < 0]
    return found


def _listed(builder: Builder, head: str, entries: list[LedgerEntry], by_id: dict[str, Entry]) -> str:
    return head + "\n\n" + "\n".join(f"- {_line(builder, each, by_id)}" for each in entries)


def _line(builder: Builder, entry: LedgerEntry, by_id: dict[str, Entry]) -> str:
    """One difference: the figures it is of, the difference with its working, the reason or that there is none."""
    final, other = (by_id[id_] for id_ in entry.cells)
    figures = f"决算 {figure_text(final.fact)}{builder.printed(final)}，"
    if entry.about == "budget":
        figures += (
            f"{entry.basis} {figure_text(other.fact)}{builder.printed(other)}，{_difference(builder, final, other)}"
        )
    else:
        figures += f"比 {entry.basis} 年度{_change(builder, final, other)}"
    large = "（差异大）" if entry.large else ""
    return f"**{entry.item}**：{figures}{large}；{_reason(builder, entry)}"


def _difference(builder: Builder, final: Entry, budget: Entry) -> str:
    made = OPERATIONS["difference"]([value_of(final), value_of(budget)])
    word = "多" if (final.fact.value or 0) > (budget.fact.value or 0) else "少"
    builder.value(made, "context")
    if not budget.fact.value:
        return f"{word} {made.written()}"
    share = OPERATIONS["excess"]([value_of(final), value_of(budget)])
    builder.value(share, "context")
    return f"{word} {made.written()}（{share.written()}）"


def _change(builder: Builder, final: Entry, change: Entry) -> str:
    fact: Fact = change.fact
    word = "增加" if (fact.value or 0) > 0 else "减少"
    text = f"{word} {figure_text(replace(fact, value=abs(fact.value or Decimal(0))))}{builder.printed(change)}"
    if fact.value == final.fact.value:
        return text
    rate = OPERATIONS["growth"]([value_of(final), value_of(change)])
    builder.value(rate, "context")
    return f"{text}（{replace(rate, number=abs(rate.number)).written()}）"


def _reason(builder: Builder, entry: LedgerEntry) -> str:
    if not entry.reason:
        return f"**{MARKS[entry.mark]}**"
    index = builder.cite_passage(entry.report, entry.section, entry.page, entry.line, entry.sentence)
    note = f"（{MARKS[entry.mark]}）" if entry.mark else ""
    return f"原因{note}：{entry.reason}{builder.mark(index)}"
