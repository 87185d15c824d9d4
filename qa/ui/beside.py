"""What stands in the pane beside the chat: evidence, the findings, the ledger, a card to quote. From the assistant to HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import CorpusError
from qa.answer import Answer
from qa.builder import fact_to_citation
from qa.errors import QaError
from qa.quotes import figure_to_quote
from qa.ui import render
from qa.ui.audit_view import findings_to_html
from qa.ui.desk import Desk
from qa.ui.evidence_view import EMPTY, evidence_to_html
from qa.ui.ledger_view import ledger_to_html
from qa.ui.quote_view import quote_to_html
from qa.ui.render import Turn

SAID = (CorpusError, QaError)  # errors whose text is a sentence for the user
_VIEW = re.compile(r'^<div class="evidence" data-view="(\w+)"')
_VIEWS = (("evidence", "出处"), ("findings", "自相矛盾"), ("ledger", "差异与原因"))


def bar_to_html() -> str:
    """The bar that changes what the pane shows."""
    buttons = "".join(
        f'<button type="button" role="tab" data-view="{name}" aria-selected="{"true" if name == "evidence" else "false"}"'
        f' aria-controls="evidence">{label}</button>'
        for name, label in _VIEWS
    )
    return f'<div class="views">{buttons}</div>'


def view(desk: Desk, turns: Sequence[Turn], name: str, chosen: str | None = None) -> str:
    """One of the views by name; anything else is the evidence of the last answer.

    ``chosen``: the report that is fixed for this chat; without one it is that of the last answer.
    """
    last = _last(turns, chosen)
    try:
        if name == "findings":
            return findings_to_html(desk.assistant().dossier(chosen or _report(last)))
        if name == "ledger":
            return ledger_to_html(desk.assistant().dossier(chosen or _report(last)))
        return evidence_to_html(desk.assistant().evidence(last.citations[0])) if last and last.citations else EMPTY
    except SAID as error:
        return render.trouble_to_html(str(error))


def view_of(html: str) -> str:
    """Which of the views a pane that shows ``html`` has open; "evidence" for anything that is none of the others."""
    found = _VIEW.search(html)
    return found[1] if found else "evidence"


def findings(desk: Desk, turns: Sequence[Turn], number: int, turn: int = -1) -> str:
    """The findings of the report that answer ``turn`` cites (-1: the last one), that ``number`` (from 1) in view."""
    named = turns[turn] if 0 <= turn < len(turns) else None
    answer = named if isinstance(named, Answer) else _last(turns, None)
    try:
        return findings_to_html(desk.assistant().dossier(_report(answer)), number)
    except SAID as error:
        return render.trouble_to_html(str(error))


def place(desk: Desk, fact: str) -> str:
    """The evidence of the figure of that id; nothing where there is no such figure."""
    try:
        assistant = desk.assistant()
        found = assistant.dossier(fact.split(":", 1)[0]).facts.get(fact)
        return evidence_to_html(assistant.evidence(fact_to_citation(found))) if found else EMPTY
    except SAID as error:
        return render.trouble_to_html(str(error))


def quote(desk: Desk, turns: Sequence[Turn], turn: int, figure: int) -> str:
    """The card of one figure of one turn; nothing where the page asks for one that is not there."""
    answer = turns[turn] if 0 <= turn < len(turns) else None
    if not isinstance(answer, Answer) or not 0 <= figure < len(answer.figures):
        return EMPTY
    asked = [each for each in turns[: turn + 1] if isinstance(each, Answer)]
    try:
        return quote_to_html(figure_to_quote(asked, figure, desk.assistant().dossier(_report(answer))))
    except SAID as error:
        return render.trouble_to_html(str(error))


def _last(turns: Sequence[Turn], report: str | None) -> Answer | None:
    """The last answer; of those that cite ``report`` where one is given."""
    answers = (turn for turn in reversed(turns) if isinstance(turn, Answer))
    return next((answer for answer in answers if report is None or _report(answer) == report), None)


def _report(answer: Answer | None) -> str | None:
    """The report an answer cites; None: whichever is asked by default."""
    return answer.citations[0].report if answer and answer.citations else None
