"""A refused question read once more: with a name written in full, or by the words around a figure of the prose."""

from __future__ import annotations

from collections.abc import Callable

from qa.answer import Answer
from qa.plan import Plan
from qa.understand.followup import Before
from qa.understand.reading import Understanding


def read_again(
    plan: Plan, refused: Answer, before: Before | None, understanding: Understanding, answer: Callable[[Plan], Answer]
) -> tuple[Plan, Answer]:
    """The plan and the answer of the reading that answers; ``plan`` and ``refused`` as they were where none does.

    Nothing is dropped: what the second reading makes of the rest of the question is judged as the first was.
    """
    for text, name in understanding.in_full(plan.question):
        fuller = understanding.read(text, before)
        fuller = fuller.with_(question=plan.question, words=(*fuller.words, f"≈{name}"))
        found = answer(fuller)
        if found.status == "answered":
            return fuller, found
    told = understanding.told(plan.question)
    return (told, answer(told)) if told is not None else (plan, refused)
