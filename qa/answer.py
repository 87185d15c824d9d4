"""Answer: what is asserted, from which printed cells, and how anything computed was computed.

The dataclasses here are the fixed JSON interface; ``Answer.to_json`` is the only place that shapes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from qa.plan import Plan, Ref

Status = Literal["answered", "clarify", "not_in_report"]
State = Literal["number", "blank", "zero"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the report. ``fact`` is the id of the Fact cited, "" for a passage.

    ``table_id`` and ``row_index``/``column_index`` find the cell in the table that is shown beside the answer; they are
    -1 / "" where a sentence or passage is cited.
    """

    report: str
    section: str
    table: str | None
    row: str
    column: str
    page: int
    line: int
    quote: str
    fact: str = ""
    table_id: str = ""
    row_index: int = -1
    column_index: int = -1


@dataclass(frozen=True, slots=True)
class Derivation:
    """``formula`` in words; ``inputs``: indices into the answer's citations; ``steps``: the working, a line each."""

    formula: str
    inputs: tuple[int, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``role`` "answer": asked for and asserted; "context": shown beside it (operands, other 口径)."""

    value: Decimal | None
    unit: str
    label: str
    state: State
    citations: tuple[int, ...]
    computed: bool = False
    derivation: Derivation | None = None
    role: Literal["answer", "context"] = "answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question. With status "not_in_report" ``figures`` and ``citations`` are empty.

    ``plan`` and ``subjects`` (the items the answer is about) are for the next turn to lean on; they are not in the JSON.

    ``options``: the readings a "clarify" asks between, each a question that can be asked as it stands.
    """

    question: str
    status: Status
    kind: str
    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    options: tuple[str, ...] = field(default=())
    plan: Plan | None = field(default=None, compare=False)
    subjects: tuple[Ref, ...] = field(default=(), compare=False)

    def to_json(self) -> dict[str, Any]:
        """The fixed JSON form; values as plain decimal strings, never in exponent notation."""
        return {
            "question": self.question,
            "status": self.status,
            "kind": self.kind,
            "text": self.text,
            "figures": [_figure_to_json(figure) for figure in self.figures],
            "citations": [citation_to_json(citation) for citation in self.citations],
            "suggestions": list(self.suggestions),
            "notes": list(self.notes),
            "options": list(self.options),
        }


def _figure_to_json(figure: Figure) -> dict[str, Any]:
    derivation = figure.derivation
    return {
        "value": None if figure.value is None else format(figure.value, "f"),
        "unit": figure.unit,
        "label": figure.label,
        "state": figure.state,
        "role": figure.role,
        "computed": figure.computed,
        "derivation": None
        if derivation is None
        else {"formula": derivation.formula, "inputs": list(derivation.inputs), "steps": list(derivation.steps)},
        "citations": list(figure.citations),
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """A place as JSON: what a reader needs to find it."""
    names = ("report", "section", "table", "row", "column", "page", "line", "quote")
    return {name: getattr(citation, name) for name in names}
