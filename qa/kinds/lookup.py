"""Printed figures: one, or several asked for together."""

from __future__ import annotations

from dataclasses import replace

from qa.absent import absences_of
from qa.answer import Answer
from qa.builder import Builder
from qa.catalogue import Entry, scope_of
from qa.compute import Undefined, Value, derived, differ, in_unit, substituted, value_of
from qa.plan import Name, Plan, Ref
from qa.refusal import missing
from qa.resolve import Found, Missing, resolve, said
from qa.shelf import Shelf
from qa.suggest import after
from qa.wording import change_text, figure_text, label_of, place_of


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Looks up every expression of the plan; derives a measure the report does not print where it can."""
    builder = Builder(plan.question, "lookup")
    lines: list[str] = []
    entries: list[Entry] = []
    for expr in plan.exprs:
        assert isinstance(expr, Ref)
        found = with_stand_in(builder, expr, shelf)
        if isinstance(found, Missing):
            value = _derived(expr, found, shelf)
            if isinstance(value, str) and (absent := _absent(builder, expr, shelf)):
                lines += absent
                continue
            if isinstance(value, str):
                builder.kind = "compute"
                return missing(plan, shelf.catalogue, found, expr.measure)
            builder.kind = "compute"
            lines.append(_computed_line(builder, in_unit(value, plan.unit)))
            entries += value.leaves[:1]
            continue
        entries += found.chosen
        lines += [_line(builder, entry, plan.unit) for entry in found.chosen]
        _others(builder, found)
        _absences(builder, found, shelf)
    lines = list(dict.fromkeys(lines))
    head = "\n\n".join(lines) if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
    return builder.answer(
        head, suggestions=after(entries[0], shelf.catalogue) if entries else (), subjects=_subjects(plan)
    )


def with_stand_in(builder: Builder, ref: Ref, shelf: Shelf) -> Found | Missing:
    """The figures, if need be under the name that stands in for the one asked; which the answer says."""
    found = resolve(ref, shelf.catalogue)
    if isinstance(found, Found) or (found.what == "measure" and _exactly(ref, shelf)):
        return found
    for other in substituted(ref):
        assert isinstance(other, Ref)
        tried = resolve(other, shelf.catalogue)
        if differ(ref, other, shelf.catalogue):
            continue  # the report prints another amount for it: what is said of that is not said of this
        if isinstance(tried, Found):
            builder.note(f"报告没有单列「{said(ref)}」的这项数字，这里给出的是「{tried.entry.fact.item}」。")
            return tried
    return found


def _exactly(ref: Ref, shelf: Shelf) -> bool:
    """Whether the measure can be computed for the very item asked."""
    try:
        return derived(ref, shelf.catalogue, exact=True) is not None
    except Undefined:
        return False


def _absent(builder: Builder, ref: Ref, shelf: Shelf) -> list[str]:
    """The report's own words that there is none of the item."""
    lines = []
    for absence in absences_of(ref, shelf):
        index = builder.cite_passage(shelf.report, absence.section, absence.page, absence.line, absence.sentence)
        lines.append(f"**没有** 报告说明：{absence.sentence}{builder.mark(index)}")
    return lines


def _subjects(plan: Plan) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(Ref(e.names, "", e.side, e.tables) for e in plan.exprs if isinstance(e, Ref)))


def _derived(ref: Ref, found: Missing, shelf: Shelf) -> Value | str:
    try:
        value = derived(ref, shelf.catalogue) if found.what in {"measure", "item"} else None
    except Undefined as error:
        return str(error)
    return value if value is not None else found.what


def _line(builder: Builder, entry: Entry, unit: str) -> str:
    fact = entry.fact
    if fact.state == "blank":
        mark = builder.printed(entry)
        return f"**（空白）** {label_of(fact)}：{place_of(fact)}列有这一项，但这一格是空白，没有印出数字（空白不等于 0）{mark}"
    value = in_unit(value_of(entry), unit)
    mark = builder.value(value)
    if value.printed is None:
        builder.printed(entry, "context")
        return f"**{value.written()}** {label_of(fact)}（报告印为 {figure_text(fact)}）{mark}"
    return f"**{change_text(fact)}** {label_of(fact)}，见{place_of(fact)}{mark}"


def _computed_line(builder: Builder, value: Value) -> str:
    mark = builder.value(value)
    for leaf in value.leaves:
        builder.printed(leaf, "context")
    fell = value.label.endswith("增减率") and value.shown < 0
    text = f"减少 {replace(value, number=-value.number).written()}" if fell else value.written()
    return f"**{text}** {value.label}（按报告数字计算：{'；'.join(value.steps)}）{mark}"


def _others(builder: Builder, found: Found) -> None:
    """The other figures of the same name, with what each covers."""
    if not found.others:
        return
    builder.note(f"这里取的是{scope_of(found.entry.fact).name}（{place_of(found.entry.fact)}）。")
    for other in found.others:
        mark = builder.printed(other, "context")
        builder.note(
            f"同名数字：{label_of(other.fact)} {figure_text(other.fact)}，{scope_of(other.fact).name}，见{place_of(other.fact)}{mark}"
        )


def _absences(builder: Builder, found: Found, shelf: Shelf) -> None:
    """What the report says there is none of, beside a blank or a zero."""
    if found.entry.fact.state == "number":
        return
    named = Ref((Name(found.entry.fact.item, tuple(sorted(found.entry.own))),))
    for line in _absent(builder, named, shelf):
        builder.note(line.removeprefix("**没有** "))
