"""Yes or no: is one figure more than another, than a bound, than last year's; is there any. The verdict names its figures."""

from __future__ import annotations

from qa.absent import absences_of
from qa.answer import Answer
from qa.builder import Builder
from qa.catalogue import Entry
from qa.compute import Undefined, Value, derived, evaluate, evaluate_all, stated, substituted, value_of
from qa.kinds import lookup, ranking
from qa.kinds.filtering import compares
from qa.kinds.ranking import subject_of
from qa.level import Level, level_with_before
from qa.pairing import told_with
from qa.plan import Call, Condition, Plan, Ref, refs
from qa.refusal import missing, refuse, undefined
from qa.resolve import Found, Missing, resolve
from qa.several import together
from qa.shelf import Shelf
from qa.values import half_units
from qa.wording import change_text, label_of, place_of


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Checks the claim of the question against the printed figures."""
    if plan.topic == "claim":
        return _claim(plan, shelf)
    if plan.topic == "claims":
        return _claims(plan, shelf)
    if plan.topic == "top":
        return _top(plan, shelf)
    if plan.topic == "exists":
        return _exists(plan, shelf)
    if plan.topic.startswith("trend"):
        return _trend(plan, shelf)
    return _two(plan, shelf)


def _subjects(plan: Plan) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(Ref(r.names, "", r.side, r.tables) for e in plan.exprs for r in refs(e)))


def _two(plan: Plan, shelf: Shelf) -> Answer:
    builder = Builder(plan.question, "yesno")
    try:
        values = evaluate_all(plan.exprs, shelf.catalogue)
    except Undefined as error:
        return undefined(plan, shelf.catalogue, error)
    if isinstance(values, Missing):
        return missing(
            plan,
            shelf.catalogue,
            values,
            next((e.measure for e in plan.exprs if isinstance(e, Ref) and e.measure == "budget"), ""),
        )
    a, b = values
    marks = [builder.value(v) for v in values]
    relation = "一样多" if a.number == b.number else "多" if a.number > b.number else "少"
    reached = a.number >= b.number
    holds = {"more": a.number > b.number, "less": a.number < b.number, "same": a.number == b.number, "spent": reached}[
        plan.topic
    ]
    budget = b.leaves and b.leaves[0].fact.measure == "budget" and a.leaves[0].fact.measure == "final"
    verdict = (
        _budget_verdict(a, b, plan.topic)
        if budget and plan.topic != "same"
        else f"{'是' if holds else '否'}，{a.label}与{b.label}{'相等（一样多）' if relation == '一样多' else f'相比，前者较{relation}'}"
    )
    text = f"**{verdict}**：{a.label} {a.written()}{marks[0]}，{b.label} {b.written()}{marks[1]}"
    if a.number != b.number and plan.topic == "same" and abs(a.number - b.number) <= half_units(a) + half_units(b):
        text += "（差额在四舍五入尾差之内）"
    if a.number != b.number:
        difference = evaluate(Call("difference", tuple(plan.exprs)), shelf.catalogue)
        if isinstance(difference, Value):
            builder.value(difference, "context")
            text += f"，相差 {difference.written()}"
    return builder.answer(text + "。", subjects=_subjects(plan))


def _budget_verdict(final: Value, budget: Value, claimed: str) -> str:
    """Said in full, whichever way the question put it; yes or no is to what it claimed."""
    if claimed == "spent":
        word = (
            "花完了"
            if final.number == budget.number
            else "花完了，而且超过预算"
            if final.number > budget.number
            else ""
        )
        return word or "没有花完，决算低于预算"
    less = claimed == "less"
    if final.number > budget.number:
        return f"{'不是' if less else '是'}，超预算了（超支）"
    if final.number < budget.number:
        return f"{'是，' if less else ''}没有超预算（未超支），决算低于预算，有结余"
    return "没有超预算，决算与预算持平，也没有结余"


def _claim(plan: Plan, shelf: Shelf) -> Answer:
    """Whether a printed or computed figure is what the question says it is."""
    expr, condition = plan.exprs[0], plan.conditions[0]
    if isinstance(expr, Ref):
        found = resolve(expr, shelf.catalogue)
        if isinstance(found, Found) and found.entry.fact.state == "blank":
            return lookup.run(plan.with_(kind="lookup"), shelf)
        value = value_of(found.entry) if isinstance(found, Found) else derived(expr, shelf.catalogue)
        if value is None:
            assert isinstance(found, Missing)
            return missing(plan, shelf.catalogue, found, expr.measure)
    else:
        try:
            made = stated(expr, shelf.catalogue) or evaluate(expr, shelf.catalogue)
        except Undefined as error:
            return undefined(plan, shelf.catalogue, error)
        if isinstance(made, Missing):
            return missing(plan, shelf.catalogue, made)
        value = made
    return _judged(value, condition, plan, shelf)


def _claims(plan: Plan, shelf: Shelf) -> Answer:
    """Several claims, each judged by itself."""
    each = [
        _claim(plan.with_(exprs=(expr,), conditions=(condition,)), shelf)
        for expr, condition in zip(plan.exprs, plan.conditions, strict=True)
    ]
    return together(plan.question, each)


def _top(plan: Plan, shelf: Shelf) -> Answer:
    """Whether the first of a group, by amount, is the one the question names."""
    group, said = plan.exprs
    assert isinstance(group, Ref) and isinstance(said, Ref)
    ranked = ranking.ranked(group, plan, shelf)
    items = {item for name in said.names for item in name.items}
    named = next((e for e in ranked if not e.own.isdisjoint(items)), None)
    if not ranked or named is None:
        return refuse(plan, shelf.catalogue, (f"「{said}」不在「{group}」的各项之中，无法比较",))
    builder = Builder(plan.question, "yesno")
    first = ranked[0]
    word = "最小" if plan.order == "asc" and first.fact.measure not in {"change", "change_rate"} else "最大"
    lines = [f"{label_of(e.fact)} {change_text(e.fact)}{builder.printed(e)}" for e in dict.fromkeys((first, named))]
    verdict = f"是的，{word}的就是它" if named is first else f"不是，{word}的是{first.fact.item}"
    for entry in ranked:
        builder.printed(entry, "context")
    return builder.answer(f"**{verdict}**：{'；'.join(lines)}。", subjects=(subject_of(first),))


def _judged(value: Value, condition: Condition, plan: Plan, shelf: Shelf) -> Answer:
    builder = Builder(plan.question, "yesno")
    moved = next((w for w in plan.words if w in {"up", "down"}), "")
    holds = compares(abs(value.shown) if moved else value.shown, value.unit, condition)
    if holds is not None and moved and (value.shown < 0) != (moved == "down"):
        holds = False
    if holds is None:
        return Answer(
            plan.question, "not_in_report", "yesno", f"「{value.label}」的单位是{value.unit}，与问题里的数字不能比较。"
        )
    mark = builder.value(value)
    for leaf in value.leaves if value.printed is None else ():
        builder.printed(leaf, "context")
    word = {
        "eq": ("是的", "不是"),
        "some": ("是的", "不是"),
        "gt": ("是，超过了", "没有超过（未超过）"),
        "ge": ("是，达到了", "没有达到"),
        "lt": ("是，低于", "不对，没有低于（不低于）"),
        "le": ("是，没有超过", "否，超过了"),
    }[condition.op]
    if moved and (value.shown < 0) != (moved == "down"):
        word = ("", "不对，是减少了" if value.shown < 0 else "不对，是增加了")
    other = told_with(value.printed, shelf.catalogue) if moved and value.printed is not None else None
    if other is not None and (other.fact.value or 0) * value.shown < 0:
        return _at_odds(builder, value, other, plan)
    right = other if (value.shown < 0) != (moved == "down") else None
    where = f"见{place_of(value.leaves[0].fact)}" if value.printed is not None else f"计算：{'；'.join(value.steps)}"
    text = f"**{word[0] if holds else word[1]}**：{value.label}是 {value.written()}，{where}{mark}"
    text += f"；{_moved(right, builder)}。" if right else "。"
    return builder.answer(text, subjects=_subjects(plan))


def _at_odds(builder: Builder, value: Value, other: Entry, plan: Plan) -> Answer:
    """Where the sentence prints a fall of the amount and a rise in percent, or the other way round, neither is confirmed."""
    assert value.printed is not None
    said = "；".join(f"{label_of(e.fact)} {change_text(e.fact)}{builder.printed(e)}" for e in (value.printed, other))
    text = f"**报告自相矛盾，不能说是**：{said}，一处说增加、一处说减少。"
    return builder.answer(text, subjects=_subjects(plan))


def _exists(plan: Plan, shelf: Shelf) -> Answer:
    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    found = resolve(ref, shelf.catalogue)
    absent = absences_of(ref, shelf)
    for other in substituted(ref, counted=False) if isinstance(found, Missing) and not absent else ():
        tried = resolve(other, shelf.catalogue) if isinstance(other, Ref) else found
        if isinstance(tried, Found):
            found, plan = tried, plan.with_(exprs=(other,))
            break
    if isinstance(found, Missing) or (found.entry.fact.state == "blank" and absent):
        if absent:
            builder = Builder(plan.question, "yesno")
            marks = []
            for absence in absent:
                index = builder.cite_passage(
                    shelf.report, absence.section, absence.page, absence.line, absence.sentence
                )
                marks.append(f"{absence.sentence}{builder.mark(index)}")
            if isinstance(found, Found):
                builder.printed(found.entry)
            return builder.answer(f"**没有**：{'；'.join(marks)}", subjects=_subjects(plan))
        assert isinstance(found, Missing)
        return missing(plan, shelf.catalogue, found, ref.measure)
    answer = lookup.run(plan.with_(kind="lookup"), shelf)
    state = found.entry.fact.state
    head = {"number": "**有**。", "zero": "**没有**，印出的是 0。", "blank": "**没有印出数字**。"}[state]
    from dataclasses import replace

    return replace(answer, kind="yesno", text=f"{head}{answer.text}")


def _trend(plan: Plan, shelf: Shelf) -> Answer:
    """Whether a figure rose, fell, or stayed as it was the year before."""
    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    builder = Builder(plan.question, "yesno")
    found = resolve(ref, shelf.catalogue)
    if isinstance(found, Missing):
        level = level_with_before(ref, shelf) if "prior" not in plan.words else None
        if level is not None:
            return _unchanged(builder, level, plan, shelf)
        found = lookup.with_stand_in(builder, ref, shelf)
    if isinstance(found, Missing):
        return missing(plan, shelf.catalogue, found, "change")
    entry = found.entry
    value = entry.fact.value
    if value is None:
        return lookup.run(plan.with_(kind="lookup"), shelf)
    word = "增加了" if value > 0 else "减少了" if value < 0 else "没有变化"
    wanted = {"more": value > 0, "less": value < 0, "same": value == 0}[plan.topic.removeprefix("trend-")]
    verdict = f"{'是' if wanted else '否'}，比上年{word}"
    text = f"**{verdict}**：{_moved(entry, builder)}，见{place_of(entry.fact)}"
    if not wanted and (other := told_with(entry, shelf.catalogue)):
        text += f"；{_moved(other, builder)}"  # what is denied is set right in full
    return builder.answer(f"{text}。", subjects=_subjects(plan))


def _moved(entry: Entry, builder: Builder) -> str:
    mark = builder.printed(entry)
    return f"{label_of(entry.fact)} {change_text(entry.fact)}{mark}"


def _unchanged(builder: Builder, level: Level, plan: Plan, shelf: Shelf) -> Answer:
    """The answer where the report says that the item is level with the year before."""
    index = builder.cite_passage(shelf.report, level.section, level.page, level.line, level.sentence)
    verdict = "是，与上年持平" if plan.topic == "trend-same" else "否，与上年持平，没有增减"
    return builder.answer(f"**{verdict}**：报告说明：{level.sentence}{builder.mark(index)}", subjects=_subjects(plan))
