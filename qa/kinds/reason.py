"""Why a figure differs: the report's own 主要原因, verbatim; of the budget, of the year before, or of both."""

from __future__ import annotations

from corpus.statements import Remark
from qa.absent import absences_of
from qa.answer import Answer
from qa.builder import Builder
from qa.coverage import uncovered
from qa.plan import Plan, Ref
from qa.refusal import blocked, refuse
from qa.resolve import Missing, resolve
from qa.shelf import Shelf
from qa.standins import stand_ins
from qa.understand.normalise import normalise_name
from qa.understand.spoken import spoken_forms
from qa.wording import label_of, place_of

_SIGNS = {"rise": ("大于", "增加", "增长", "增多", "提高", "上升", "高于", "超"),
          "fall": ("小于", "减少", "下降", "降低", "低于", "压缩", "压减")}  # fmt: skip
_LEAST_NAMED = 4
_ABOUT = {"budget": "决算与预算的差异", "change": "与上年相比的变化", "": ""}


def remarks_on(ref: Ref, kind: str, shelf: Shelf) -> list[Remark]:
    """The remarks of ``kind`` on the item that ``ref`` names; on what it is a part of under the same name, else none."""
    canonical = shelf.catalogue.names.canonical
    remarks = [r for r in shelf.store.remarks(shelf.report) if r.kind == kind]
    for name in reversed(ref.names):
        own = name.items or tuple(item for e in shelf.catalogue.of((), name.code) for item in e.own)
        for items in (own, *(other[0].items for other in stand_ins((name,)))):
            if found := [r for r in remarks if canonical(r.item) in items]:
                return found
    return []


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Quotes the reasons; refuses where the report gives none."""
    if plan.restrictions and (refusal := blocked(plan, shelf.catalogue)):
        return refusal
    builder = Builder(plan.question, "reason")
    lines: list[str] = []
    if not plan.exprs:
        lines = [_line(builder, remark, shelf) for remark in _holding(plan, shelf)]
        if not lines:
            return blocked(plan, shelf.catalogue) or refuse(plan, shelf.catalogue, ("本报告没有这样说明的原因",))
        return builder.answer("\n".join(dict.fromkeys(lines)))
    for ref in plan.exprs:
        assert isinstance(ref, Ref)
        found = remarks_on(ref, "reason", shelf)
        wanted = [r for r in found if not plan.topic or r.about in {plan.topic, ""}]
        wanted = [r for r in wanted if _goes(r.sentence.replace(r.text, ""), plan)] or wanted
        wanted = wanted or [
            r
            for r in _of_whole(ref, plan.topic, shelf) or _parts(ref, plan.topic, shelf)
            if _goes(r.sentence.replace(r.text, ""), plan)
        ]
        wanted = wanted or _spoken_of(ref, plan, shelf) or _named_longer(ref, plan, shelf)
        if not wanted:
            absent = _absence(builder, ref, shelf) or _blank(builder, ref, shelf)
            if not absent:
                return _none(plan, ref, found, shelf)
            lines += absent
        lines += [_line(builder, remark, shelf) for remark in dict.fromkeys(wanted)]
    evidence = "".join(lines) + "".join(c.quote + c.section for c in builder.citations)
    if "premise" in plan.words:
        return builder.answer("报告自己写明的原因是：\n\n" + "\n".join(dict.fromkeys(lines)), subjects=_refs(plan))
    if (lacking := uncovered(plan.unknown, evidence)) and (
        refusal := blocked(plan.with_(unknown=lacking), shelf.catalogue)
    ):
        return refusal
    return builder.answer("\n".join(dict.fromkeys(lines)), subjects=_refs(plan))


def _refs(plan: Plan) -> tuple[Ref, ...]:
    return tuple(e for e in plan.exprs if isinstance(e, Ref))


def _holding(plan: Plan, shelf: Shelf) -> list[Remark]:
    """The reasons of any item that speak of the question's words, and of the direction it names."""
    return [
        r
        for r in shelf.store.remarks(shelf.report)
        if r.kind == "reason"
        and (not plan.topic or r.about == plan.topic)
        and plan.unknown
        and not uncovered(plan.unknown, r.text)
        and _goes(r.sentence.replace(r.text, ""), plan)
    ]


def _goes(sentence: str, plan: Plan) -> bool:
    """Whether what a sentence tells went the way that the question says; any way where one of them says none."""
    said = [word for word in plan.words if word in _SIGNS]
    told = [word for word, signs in _SIGNS.items() if any(sign in sentence for sign in signs)]
    return not said or not told or said[0] in told


def _spoken_of(ref: Ref, plan: Plan, shelf: Shelf) -> list[Remark]:
    """Explanations of another item's change that name this item with its own: 「主要原因：项目支出增加，…」."""
    directions = [word for word in plan.words if word in _SIGNS]
    if not directions or plan.topic == "budget":
        return []
    items = {item for name in ref.names for item in (name.surface, *name.items)}
    forms = {form for item in items for form in spoken_forms(item) if len(form) > 2}
    signs = [f"{form}{sign}" for form in forms for sign in _SIGNS[directions[0]]]
    found = [r for r in shelf.store.remarks(shelf.report) if r.kind == "reason" and r.about == "change"]
    found = [r for r in found if any(sign in normalise_name(r.text) for sign in signs)]
    return list({r.text: r for r in reversed(found)}.values())


def _named_longer(ref: Ref, plan: Plan, shelf: Shelf) -> list[Remark]:
    """The remarks on the one item whose printed name ends in or goes on from the name that was said: 旅游宣传, of which the
    report says 旅游宣传推广; none where two items have it in their names."""
    said = normalise_name("".join(name.surface for name in ref.names))
    found = [
        r for r in shelf.store.remarks(shelf.report)
        if r.kind == "reason" and r.about in {plan.topic, ""} | ({"change"} if not plan.topic else set())
        and len(said) >= _LEAST_NAMED and said in normalise_name(r.item)
    ]  # fmt: skip
    return found if len({r.item for r in found}) == 1 else []


def _of_whole(ref: Ref, about: str, shelf: Shelf) -> list[Remark]:
    """Where the report explains only the whole that an item is a part of, the explanation if it speaks of the item."""
    catalogue = shelf.catalogue
    own = catalogue.of(tuple(item for name in ref.names for item in name.items))
    wholes = {name for entry in own for name in (*entry.under, *entry.own)}
    parts = catalogue.children(tuple(name for entry in own for name in entry.own))
    spoken = {form for entry in (*own, *parts) for form in spoken_forms(entry.fact.item)} | {
        n.surface for n in ref.names
    }
    stems = {s.removesuffix("费").removesuffix("支出") for s in spoken if len(s) > 3}
    return [
        r
        for r in shelf.store.remarks(shelf.report)
        if r.kind == "reason"
        and (not about or r.about == about)
        and catalogue.names.canonical(r.item) in wholes
        and any(stem in normalise_name(r.text) for stem in stems if len(stem) > 2)
    ]


def _absence(builder: Builder, ref: Ref, shelf: Shelf) -> list[str]:
    """What the report says there is none of, where the item is that."""
    found = absences_of(ref, shelf)
    marks = [builder.cite_passage(shelf.report, a.section, a.page, a.line, a.sentence) for a in found]
    return [f"- 报告说明：**{a.sentence}**{builder.mark(i)}" for a, i in zip(found, marks, strict=True)]


def _blank(builder: Builder, ref: Ref, shelf: Shelf) -> list[str]:
    """「咨询费怎么没有数」: the cell is empty, and the report says no more."""
    found = resolve(ref, shelf.catalogue)
    if isinstance(found, Missing) or found.entry.fact.state != "blank":
        return []
    mark = builder.printed(found.entry)
    fact = found.entry.fact
    return [f"- {label_of(fact)}：{place_of(fact)}里这一格是空白，没有印出数字；报告没有说明原因{mark}"]


def _parts(ref: Ref, about: str, shelf: Shelf) -> list[Remark]:
    """Where the report explains only the parts of an item, those explanations."""
    items = {item for name in ref.names for item in name.items}
    canonical = shelf.catalogue.names.canonical
    return [
        r for r in shelf.store.remarks(shelf.report)
        if r.kind == "reason" and r.about == about and r.parents and canonical(r.parents[0]) in items
    ]  # fmt: skip


def _line(builder: Builder, remark: Remark, shelf: Shelf) -> str:
    index = builder.cite_passage(shelf.report, remark.section, remark.page, remark.line, remark.sentence)
    about = f"（{_ABOUT[remark.about]}）" if _ABOUT[remark.about] else ""
    return f"- {remark.item}{about}：**{remark.text}**{builder.mark(index)}"


def _none(plan: Plan, ref: Ref, other: list[Remark], shelf: Shelf) -> Answer:
    said = "".join(name.surface for name in ref.names)
    about = _ABOUT[plan.topic]
    reason = f"本报告没有说明「{said}」{about}的原因" if about else f"本报告没有说明「{said}」增减的原因"
    if other:
        reason += f"，只说明了{_ABOUT[other[0].about]}的原因"
    return refuse(plan, shelf.catalogue, (reason,), shelf.catalogue.of(ref.names[-1].items)[:1])
