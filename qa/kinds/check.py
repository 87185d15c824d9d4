"""Where the report disagrees with itself: both figures with their places, and whether it is rounding or substantive."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.checks import Discrepancy
from corpus.facts import Fact
from qa.amounts import written_with_unit
from qa.answer import Answer, Derivation, Figure
from qa.builder import Builder
from qa.catalogue import Entry
from qa.findings import SEVERITIES, group_places, group_title, hypothesis_text, rounding_groups
from qa.plan import Plan, Ref
from qa.resolve import Found, resolve
from qa.shelf import Shelf
from qa.wording import figure_text, label_of, place_of

_MOST_OF_ITEM = 12


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Lists the findings, substantive ones first, rounding gaps of the same figures together; of the items named, when
    the question names any."""
    by_id = {e.fact.id: e for e in shelf.catalogue.entries}
    found, items = _wanted(plan, shelf, by_id)
    builder = Builder(plan.question, "check")
    numbers = {each: number for number, each in enumerate(shelf.store.discrepancies(shelf.report), start=1)}
    substantive = [d for d in found if d.severity == "substantive" and plan.topic != "rounding"]
    rounding = [d for d in found if d.severity == "rounding"]
    if items and (told := _told(builder, plan, shelf)):
        lines = [_line(builder, d, by_id, numbers[d]) for d in [*substantive, *rounding][:_MOST_OF_ITEM]]
        return builder.answer(told + "\n\n" + "\n".join(f"- {line}" for line in lines))
    if not found and plan.exprs and shelf.store.discrepancies(shelf.report):
        return builder.answer(
            "核对了各表之内、各表之间、表与文字之间的勾稽关系，与所问有关的没有发现不一致；其他地方有。"
        )
    if not found:
        return builder.answer("核对了各表之内、各表之间、表与文字之间的勾稽关系，没有发现不一致。")
    facts = {id_: entry.fact for id_, entry in by_id.items()}
    lines = []
    for each in substantive:
        guess = hypothesis_text(each, facts)
        lines.append(_line(builder, each, by_id, numbers[each]) + (f"\n  {guess}" if guess else ""))
    groups = rounding_groups(rounding)
    if rounding:
        lines.append(
            f"另有 {len(rounding)} 处四舍五入尾差（不超过各数末位半个单位之和），按数字归为 {len(groups)} 组："
        )
        lines += [_group_line(builder, group, facts, [numbers[each] for each in group]) for group in groups]
    kinds = [f"{len(rounding)} 处四舍五入尾差"]
    if plan.topic != "rounding":
        kinds.insert(0, f"{len(substantive)} 处实质不一致")
    head = f"{'与所问有关的有' if plan.exprs else '发现'} {'、'.join(kinds)}。"
    return builder.answer(head + "\n\n" + "\n".join(f"- {line}" for line in lines))


def _wanted(plan: Plan, shelf: Shelf, by_id: Mapping[str, Entry]) -> tuple[list[Discrepancy], set[str]]:
    """The findings about the items and measures the question names, and those items."""
    found = list(shelf.store.discrepancies(shelf.report))
    items = {item for e in plan.exprs if isinstance(e, Ref) for name in e.names for item in name.items}
    if items:
        found = [d for d in found if any(not by_id[i].own.isdisjoint(items) for i in d.cells if i in by_id)]
    measures = {e.measure for e in plan.exprs if isinstance(e, Ref) and e.measure}
    if measures:
        found = [d for d in found if any(by_id[i].fact.measure in measures for i in d.cells if i in by_id)]
    return found, items


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


def _group_line(builder: Builder, group: tuple[Discrepancy, ...], facts: Mapping[str, Fact], numbers: list[int]) -> str:
    """The gaps of the same two figures: the figures once, then every place; the figures set apart are cited."""
    marks = [builder.cite(facts[id_]) for each in group for id_ in each.cells[: 1 if len(each.cells) > 2 else 2]]
    unit = facts[group[0].cells[0]].unit
    where = f"{group_places(group, facts)}（核对第 {'、'.join(map(str, numbers))} 处）"
    return f"**{SEVERITIES['rounding']}**：{group_title(group, unit)}：{where}{builder.mark(*dict.fromkeys(marks))}"


def _line(builder: Builder, finding: Discrepancy, by_id: Mapping[str, Entry], number: int) -> str:
    """The finding in words; a substantive one asserts both figures, the printed and the computed."""
    entries = [by_id[i] for i in finding.cells if i in by_id]
    inputs = tuple(builder.cite(e.fact) for e in entries)
    if entries and finding.severity == "substantive":
        builder.printed(entries[0])
        steps = (_working(finding, [e.fact for e in entries[1:]]),)
        builder.figures.append(
            Figure(
                finding.computed, entries[0].fact.unit, "按其他数字计算", "number", inputs[1:], computed=True,
                derivation=Derivation(finding.statement, inputs[1:], steps),
            )
        )  # fmt: skip
    return f"**{SEVERITIES[finding.severity]}**：{finding.statement}（核对第 {number} 处）{builder.mark(*inputs)}"


def _working(finding: Discrepancy, operands: list[Fact]) -> str:
    """The addends of a sum one by one; of anything else the finding's own words say how it was computed."""
    given = [(fact.value, fact.unit) for fact in operands if fact.value is not None]
    units = {unit for _, unit in given}
    if len(units) == 1 and sum(value for value, _ in given) == finding.computed:
        total = written_with_unit(finding.computed, *units)
        return f"{' + '.join(written_with_unit(*each) for each in given)} = {total}"
    return finding.statement
