"""The report's own sentences that tell what is asked, quoted; a count that stands in them is a figure of the answer."""

from __future__ import annotations

import re
from itertools import groupby

from corpus.document import Paragraph
from qa.answer import Answer
from qa.builder import Builder
from qa.catalogue import Entry
from qa.plan import Plan
from qa.refusal import refuse
from qa.shelf import Shelf
from qa.understand.normalise import normalise_name
from qa.wording import figure_text

_BEFORE = 6  # characters before a figure that tell where in a paragraph it stands
_LONGEST_NAME = 16  # what stands before a count may be a whole list, which the quotation shows
_NONE_FOUND = "没有理解这个问题问的是报告里的哪一项"


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Quotes the stretches that the plan's words name: number of the paragraph, where it begins, where it ends."""
    paragraphs = tuple(shelf.store.paragraphs(shelf.report))
    stretches = [tuple(map(int, word.split(":"))) for word in plan.words]
    if not stretches:
        return refuse(plan, shelf.catalogue, (_NONE_FOUND,))
    builder = Builder(plan.question, "text")
    lines, places = [], []
    for number, group in groupby(stretches, key=lambda s: s[0]):
        paragraph = paragraphs[number]
        cuts = [paragraph.text[begin:end].strip() for _, begin, end in group]
        page, line = paragraph.place(0)
        mark = builder.mark(
            builder.cite_passage(shelf.report, " › ".join(paragraph.section), page, line, paragraph.text.strip())
        )
        lines.append("……".join(cuts) + mark)
        places.append(paragraph.section[-1] if paragraph.section else "")
    shown = "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else lines[0]
    where = "、".join(dict.fromkeys(place for place in places if place))
    told = _counted(plan, shelf, [(paragraphs[n], b, e) for n, b, e in stretches])
    none = "**没有**。" if told is not None and told.fact.value == 0 else ""
    lead = ""
    if told is not None:
        name = f" {told.fact.item}" if len(told.fact.item) <= _LONGEST_NAME else ""
        lead = f"{none}**{figure_text(told.fact)}**{name}{builder.printed(told)}\n\n"
    return builder.answer(f"{lead}报告原文{f'（{where}）' if where else ''}：\n\n{shown}")


def _counted(plan: Plan, shelf: Shelf, stretches: list[tuple[Paragraph, int, int]]) -> Entry | None:
    """The count that the quoted stretch itself gives of what ``plan.topic`` says is counted; None where not just one."""
    if not plan.topic:
        return None
    quoted = [(p, normalise_name(p.text[begin:end])) for p, begin, end in stretches]
    found = []
    for entry in shelf.catalogue.entries:
        fact = entry.fact
        if fact.source != "sentence" or fact.measure != "count" or not re.search(plan.topic, normalise_name(fact.item)):
            continue
        printed = normalise_name(fact.text[max(fact.start - _BEFORE, 0) : fact.start + 1])
        if any(fact.line in p.lines and printed in text for p, text in quoted):
            found.append(entry)
    return found[0] if len(found) == 1 else None
