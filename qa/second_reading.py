"""A refused question read once more: with a name written in full, or by the words around a figure of the prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    for text, names in _in_full(plan.question, before, understanding):
        fuller = understanding.read(text, before)
        fuller = fuller.with_(question=plan.question, words=(*fuller.words, *(f"≈{name}" for name in names)))
        found = answer(fuller)
        if found.status == "answered":
            return fuller, found
    told = understanding.told(plan.question) or understanding.quoted(plan.question)
    return (told, answer(told)) if told is not None else (plan, refused)


def _in_full(
    question: str, before: Before | None, understanding: Understanding
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The question with one name written in full, then with two of them; and those names."""
    once = tuple(understanding.in_full(question, before))
    yield from ((text, (name,)) for text, name in once)
    for text, name in once[:1]:
        yield from ((again, (name, other)) for again, other in understanding.in_full(text) if other != name)
