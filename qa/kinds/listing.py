"""Every part of one item, in the report's order."""

from __future__ import annotations

from qa.answer import Answer
from qa.builder import Builder
from qa.kinds import lookup
from qa.kinds.ranking import subject_of
from qa.members import members
from qa.plan import Plan, Ref
from qa.shelf import Shelf
from qa.wording import figure_text, label_of, place_of


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Lists the parts with their figures; blanks are named but assert nothing."""
    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    group = members(ref, plan.grain, shelf.catalogue)
    if not group:
        return lookup.run(plan.with_(kind="lookup"), shelf)
    filled = [e for e in group if e.fact.state != "blank"]
    blanks = [e.fact.item for e in group if e.fact.state == "blank"]
    builder = Builder(plan.question, "list")
    lines = [f"- {label_of(e.fact)}：**{figure_text(e.fact)}**{builder.printed(e)}" for e in filled]
    if blanks:
        lines.append(f"- 列出但空白的：{'、'.join(blanks)}")
    builder.note(f"见{place_of(group[0].fact)}。")
    return builder.answer("\n".join(lines), subjects=tuple(subject_of(e) for e in filled[:5]))
