"""The answers to the several questions of one message, put together as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, Citation, Derivation, Figure
from qa.understand.dropped import of_everything
from qa.understand.reading import Understanding

_MARK = re.compile(r"\[(\d+)\]")


def together(question: str, answers: Sequence[Answer]) -> Answer:
    """One answer that says all of ``answers`` in order. What one of them refuses is said, and nothing asserted for it.

    Answered where one part is; citations are numbered anew. The next turn leans on the last part, and may speak of
    the items of all of them.
    """
    answered = [a for a in answers if a.status == "answered"]
    citations: list[Citation] = []
    figures: list[Figure] = []
    texts: list[str] = []
    for answer in answers:
        if answer.status == "clarify" and answered:
            texts.append(answer.text)
            continue
        at = []
        for citation in answer.citations:
            if citation not in citations:
                citations.append(citation)
            at.append(citations.index(citation))
        texts.append(_MARK.sub(lambda m, at=at: f"[{at[int(m[1]) - 1] + 1}]", answer.text))  # type: ignore[misc]
        figures += [f for f in (_moved(figure, at) for figure in answer.figures) if f not in figures]
    last = next((a for a in reversed(answers) if a.status == "answered"), answers[-1])
    first = answered[0] if answered else answers[0]
    return replace(
        first, question=question, text="\n\n".join(dict.fromkeys(texts)), citations=tuple(citations),
        figures=tuple(sorted(figures, key=lambda f: f.role != "answer")),
        suggestions=tuple(dict.fromkeys(s for a in answers for s in a.suggestions))[:3],
        notes=tuple(dict.fromkeys(n for a in answers for n in a.notes)),
        plan=last.plan, subjects=tuple(dict.fromkeys(ref for a in answers for ref in a.subjects)),
    )  # fmt: skip


def in_part(
    question: str, whole: Answer, parts: Sequence[str], answers: Sequence[Answer], understanding: Understanding
) -> Answer | None:
    """One answer where some parts are answered and the others, which ask for an amount of their own, refused by name;
    None where the message is answered as a whole, or what is refused asks nothing by itself."""
    if whole.status == "answered" or len(parts) != len(answers) or not any(a.status == "answered" for a in answers):
        return None
    if any(a.status == "clarify" for a in answers) or not all(understanding.asks_amount(part) for part in parts):
        return None
    said = [
        replace(a, text=f"「{part.strip('，,、。？?！! ')}」：{a.text}") if a.status == "not_in_report" else a
        for part, a in zip(parts, answers, strict=True)
    ]
    return together(question, said)


def loosely(answers: Sequence[Answer]) -> bool:
    """Whether a total stands after a quoted passage, of whose subject it was meant: 「经营赚了没有，收入减支出是多少」."""
    plans = [a.plan for a in answers if a.plan is not None]
    return any(p.kind == "search" for p in plans) and any(p.exprs and of_everything(p) for p in plans)


def _moved(figure: Figure, at: Sequence[int]) -> Figure:
    """The figure with its citations where they stand in the whole answer."""
    derivation = figure.derivation
    if derivation is not None:
        derivation = Derivation(derivation.formula, tuple(at[i] for i in derivation.inputs), derivation.steps)
    return replace(figure, citations=tuple(at[i] for i in figure.citations), derivation=derivation)
