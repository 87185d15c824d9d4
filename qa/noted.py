"""What stands beside an answer: how the question was read, and what the report's own contradictions say of its figures."""

from __future__ import annotations

from dataclasses import replace

from corpus.checks import prior_amounts
from qa.answer import Answer
from qa.caveats import caveats
from qa.findings import notes_on, prior_note
from qa.plan import Plan
from qa.shelf import Shelf

_SPEAK_OF_FINDINGS = frozenset({"check"})  # kinds whose answers are about the findings themselves


def with_notes(answer: Answer, plan: Plan, shelf: Shelf) -> Answer:
    """Adds what was mended in the question, and findings that an asserted figure takes part in."""
    notes = [f"把问题里的字按「{word[1:]}」理解。" for word in plan.words if word.startswith("≈")]
    if answer.kind not in _SPEAK_OF_FINDINGS:
        facts = {fact.id: fact for fact in shelf.catalogue.facts}
        shown = [figure for figure in answer.figures if figure.role == "answer"]
        cited = [(f, facts[id_]) for f in shown for i in f.citations if (id_ := answer.citations[i].fact) in facts]
        asserted, operands = ([fact for f, fact in cited if f.computed is computed] for computed in (False, True))
        notes += caveats(asserted + operands, shelf)
        notes += notes_on(asserted, shelf.store.discrepancies(shelf.report), operands)
        changes = [(f, fact) for f, fact in cited if f.computed and fact.measure == "change" and fact.basis.isdigit()]
        amounts = prior_amounts(shelf.catalogue.facts) if changes else ()
        notes += [prior_note(amounts, fact, f.value) for f, fact in changes if f.value is not None]
    return replace(answer, notes=(*answer.notes, *(note for note in dict.fromkeys(notes) if note))) if notes else answer
