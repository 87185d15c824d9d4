"""A figure told in prose that the words around it name: shown with the clause it stands in."""

from __future__ import annotations

from qa.answer import Answer
from qa.builder import Builder
from qa.compute import in_unit, value_of
from qa.plan import Name, Plan, Ref
from qa.refusal import refuse
from qa.shelf import Shelf
from qa.wording import figure_text, label_of, place_of


def run(plan: Plan, shelf: Shelf) -> Answer:
    """The figure whose id the plan's topic is."""
    entry = next((e for e in shelf.catalogue.entries if e.fact.id == plan.topic), None)
    if entry is None:
        return refuse(plan, shelf.catalogue, ("没有理解这个问题问的是报告里的哪一项",))
    builder = Builder(plan.question, "lookup")
    fact = entry.fact
    value = in_unit(value_of(entry), plan.unit)
    mark = builder.value(value)
    shown = value.written() if value.printed is None else figure_text(fact)
    said = f"：「{plan.words[0]}」" if any(plan.words) else ""
    subject = Ref((Name(fact.item, (shelf.catalogue.names.canonical(fact.item),)),))
    return builder.answer(f"**{shown}** {label_of(fact)}，见{place_of(fact)}{said}{mark}", subjects=(subject,))
