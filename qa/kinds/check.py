"""Where the report disagrees with itself: both figures with their places, and whether it is rounding or substantive."""

from __future__ import annotations

from corpus.checks import Discrepancy
from qa.amounts import written
from qa.answer import Answer, Derivation, Figure
from qa.builder import Builder
from qa.catalogue import Entry
from qa.plan import Plan, Ref
from qa.resolve import Found, resolve
from qa.shelf import Shelf
from qa.wording import figure_text, label_of, place_of

_SEVERITY = {"substantive": "实质不一致", "rounding": "四舍五入尾差"}
_MOST_ROUNDING = 12


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Lists the findings, substantive ones first; of the items named, when the question names any."""
    found = list(shelf.store.discrepancies(shelf.report))
    by_id = {e.fact.id: e for e in shelf.catalogue.entries}
    items = {item for e in plan.exprs if isinstance(e, Ref) for name in e.names for item in name.items}
    if items:
        found = [d for d in found if any(not by_id[i].own.isdisjoint(items) for i in d.cells if i in by_id)]
    measures = {e.measure for e in plan.exprs if isinstance(e, Ref) and e.measure}
    if measures:
        found = [d for d in found if any(by_id[i].fact.measure in measures for i in d.cells if i in by_id)]
    builder = Builder(plan.question, "check")
    substantive = [d for d in found if d.severity == "substantive"]
    rounding = [d for d in found if d.severity == "rounding"]
    if plan.topic == "rounding":
        substantive = []
    if items and (told := _told(builder, plan, shelf)):
        lines = [_line(builder, d, by_id) for d in [*substantive, *rounding][:_MOST_ROUNDING]]
        return builder.answer(told + "\n\n" + "\n".join(f"- {line}" for line in lines))
    if not found:
        return builder.answer("核对了各表之内、各表之间、表与文字之间的勾稽关系，没有发现不一致。")
    lines = [_line(builder, d, by_id) for d in substantive]
    if rounding:
        lines.append(f"另有 {len(rounding)} 处四舍五入尾差（不超过各数末位半个单位之和）：")
        lines += [_line(builder, d, by_id) for d in rounding[:_MOST_ROUNDING]]
    head = f"发现 {len(substantive)} 处实质不一致、{len(rounding)} 处四舍五入尾差。"
    return builder.answer(head + "\n\n" + "\n".join(f"- {line}" for line in lines))


def _told(builder: Builder, plan: Plan, shelf: Shelf) -> str:
    """The figures printed for the one item asked about, where they differ."""
    refs = [e for e in plan.exprs if isinstance(e, Ref) and e.names and not e.measure]
    found = resolve(refs[0], shelf.catalogue) if len(refs) == 1 else None
    if not isinstance(found, Found) or not found.others:
        return ""
    parts = [
        f"{label_of(e.fact)} **{figure_text(e.fact)}**，见{place_of(e.fact)}{builder.printed(e)}"
        for e in (*found.chosen, *found.others)
    ]
    return "不一致，报告里有不同的数字：" + "；".join(parts) + "。"


def _line(builder: Builder, finding: Discrepancy, by_id: dict[str, Entry]) -> str:
    """The finding in words; a substantive one asserts both figures, the printed and the computed."""
    entries = [by_id[i] for i in finding.cells if i in by_id]
    inputs = tuple(builder.cite(e.fact) for e in entries)
    if entries and finding.severity == "substantive":
        builder.printed(entries[0])
        steps = (
            f"{' + '.join(written(e.fact.value) for e in entries[1:] if e.fact.value is not None)} = {written(finding.computed)}",
        )
        builder.figures.append(
            Figure(
                finding.computed, entries[0].fact.unit, "按其他数字计算", "number", inputs[1:], computed=True,
                derivation=Derivation(finding.statement, inputs[1:], steps),
            )
        )  # fmt: skip
    return f"**{_SEVERITY[finding.severity]}**：{finding.statement}{builder.mark(*inputs)}"


def note_for(entry: Entry, findings: tuple[Discrepancy, ...]) -> str:
    """One line where a figure takes part in a substantive finding, or is the one that rounding sets apart from its parts."""
    mine = [d for d in findings if entry.fact.id in (d.cells if d.severity == "substantive" else d.cells[:1])]
    if not mine:
        return ""
    first = min(mine, key=lambda d: d.severity != "substantive")
    if first.severity == "rounding":
        return (
            f"四舍五入尾差：{label_of(entry.fact)}印出 {written(first.printed)}，按报告其他数字计算为"
            f" {written(first.computed)}，相差 {written(abs(first.difference))}，在四舍五入误差之内。"
        )
    return f"{_SEVERITY[first.severity]}：{first.statement}"
