"""Questions for words that no structure holds: the passage that answers, quoted.

A passage is only shown when it holds every content word of the question; retrieval proposes, it never decides.
"""

from __future__ import annotations

from corpus.passages import Passage
from qa.answer import Answer
from qa.builder import Builder
from qa.coverage import uncovered
from qa.plan import Plan
from qa.refusal import blocked, refuse
from qa.shelf import Shelf

_TRIED = 5
_LONGEST_QUOTE = 900


def run(plan: Plan, shelf: Shelf) -> Answer:
    """The best passage that covers the question's words; a refusal where none does."""
    content = tuple(word for word in plan.unknown if len(word) > 1)
    if plan.restrictions or not content:
        return blocked(plan, shelf.catalogue) or refuse(
            plan, shelf.catalogue, ("没有理解这个问题问的是报告里的哪一项",)
        )
    missing = content
    for passage in shelf.search(plan.question, _TRIED):
        lacking = uncovered(content, passage.text)
        if not lacking:
            return _quote(plan, passage, shelf)
        missing = min(missing, lacking, key=len)
    return blocked(plan.with_(unknown=missing), shelf.catalogue) or refuse(
        plan, shelf.catalogue, ("本报告没有相应的文字",)
    )


def _quote(plan: Plan, passage: Passage, shelf: Shelf) -> Answer:
    builder = Builder(plan.question, "text")
    body = passage.body if len(passage.body) <= _LONGEST_QUOTE else passage.body[:_LONGEST_QUOTE] + "…"
    index = builder.cite_passage(
        shelf.report,
        " › ".join(passage.path),
        passage.page,
        passage.line,
        body,
        passage.title if passage.table_id else None,
    )
    return builder.answer(f"报告原文（{passage.path[-1]}）：\n\n{body}{builder.mark(index)}")
