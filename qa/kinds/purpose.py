"""What money was spent on: the report's own 主要用于, verbatim."""

from __future__ import annotations

from corpus.statements import Remark
from qa.answer import Answer
from qa.builder import Builder
from qa.catalogue import Entry
from qa.coverage import uncovered
from qa.kinds import listing, passages
from qa.kinds.reason import remarks_on
from qa.members import members
from qa.plan import Plan, Ref
from qa.refusal import blocked, refuse
from qa.shelf import Shelf
from qa.wording import figure_text, label_of


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Quotes the purpose; of an item with parts and no stated purpose, the parts."""
    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    found = remarks_on(ref, "purpose", shelf) or _of_parts(ref, shelf) or _of_counted(ref, shelf)
    said = "".join(name.surface for name in ref.names)
    evidence = "".join(r.sentence for r in found)
    if plan.restrictions or uncovered(plan.unknown, evidence):
        return blocked(plan, shelf.catalogue) or passages.run(plan, shelf)
    if not found:
        if told := _told(ref, shelf):
            return _list(plan, told)
        items = tuple(item for name in ref.names for item in name.items)
        if shelf.catalogue.children(items) and members(ref, "", shelf.catalogue):
            return listing.run(plan.with_(kind="list"), shelf)
        return refuse(
            plan, shelf.catalogue, (f"本报告没有说明「{said}」的具体用途",), shelf.catalogue.of(ref.names[-1].items)[:1]
        )
    builder = Builder(plan.question, "text")
    lines = []
    for remark in found:
        index = builder.cite_passage(shelf.report, remark.section, remark.page, remark.line, remark.sentence)
        lines.append(f"{remark.item}主要用于：**{remark.text}**{builder.mark(index)}")
    return builder.answer("\n".join(f"- {line}" for line in lines) if len(lines) > 1 else lines[0], subjects=(ref,))


def _told(ref: Ref, shelf: Shelf) -> list[Entry]:
    """The parts that the narrative lists with their amounts (主要用于以下方面：…)."""
    items = tuple(item for name in ref.names for item in name.items)
    parts = [e for e in shelf.catalogue.children(items) if e.fact.source == "sentence" and e.fact.measure == "final"]
    sections = [e.fact.section for e in parts if e.fact.level is None]
    return [e for e in parts if e.fact.level is None and e.fact.section == sections[0]] if len(sections) > 1 else []


def _list(plan: Plan, parts: list[Entry]) -> Answer:
    builder = Builder(plan.question, "list")
    lines = [f"- {label_of(e.fact)}：**{figure_text(e.fact)}**{builder.printed(e)}" for e in parts]
    return builder.answer("\n".join(lines), subjects=tuple(e for e in plan.exprs if isinstance(e, Ref)))


def _of_counted(ref: Ref, shelf: Shelf) -> list[Remark]:
    """What the money was for that what is counted was paid from: of 因公出国（境）团组, the purpose of 因公出国（境）费."""
    canonical = shelf.catalogue.names.canonical
    items = tuple(item for name in ref.names for item in name.items)
    own = [entry.fact for entry in shelf.catalogue.of(items)]
    if not own or any(fact.measure != "count" for fact in own):
        return []
    of = {canonical(fact.parents[0]) for fact in own if fact.parents}
    return [r for r in shelf.store.remarks(shelf.report) if r.kind == "purpose" and canonical(r.item) in of]


def _of_parts(ref: Ref, shelf: Shelf):  # type: ignore[no-untyped-def]
    """Purposes stated for the parts of the item."""
    items = {item for name in ref.names for item in name.items}
    canonical = shelf.catalogue.names.canonical
    return [
        r
        for r in shelf.store.remarks(shelf.report)
        if r.kind == "purpose" and any(canonical(p) in items for p in r.parents)
    ]
