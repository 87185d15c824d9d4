"""Collects an answer's citations and figures, each citation once, numbered in the order they are met."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Paragraph
from corpus.facts import Fact
from qa.answer import Answer, Citation, Derivation, Figure, State, Status
from qa.catalogue import Entry
from qa.compute import Value
from qa.plan import Ref
from qa.wording import label_of


@dataclass(slots=True)
class Builder:
    """The answer to one question in the making."""

    question: str
    kind: str
    citations: list[Citation] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _at: dict[object, int] = field(default_factory=dict)

    def cite(self, fact: Fact) -> int:
        """The index of the citation of a fact, added when new."""
        return self._add(fact.id, fact_to_citation(fact))

    def cite_passage(
        self, report: str, section: str, page: int, line: int, quote: str, table: str | None = None, row: str = ""
    ) -> int:
        """The index of the citation of a passage of text, added when new."""
        return self._add((page, line, quote), Citation(report, section, table, row, "", page, line, quote))

    def _add(self, key: object, citation: Citation) -> int:
        if key not in self._at:
            self._at[key] = len(self.citations)
            self.citations.append(citation)
        return self._at[key]

    def mark(self, *indices: int) -> str:
        """The marks that stand in the text for citations: [1][2]."""
        return "".join(f"[{index + 1}]" for index in indices)

    def printed(self, entry: Entry, role: str = "answer") -> str:
        """Adds a printed figure; returns its marks. A figure already there is not added twice."""
        fact = entry.fact
        index = self.cite(fact)
        state: State = fact.state
        figure = Figure(
            fact.value, fact.unit, label_of(fact), state, (index,), role="answer" if role == "answer" else "context"
        )
        if not any(f.citations == (index,) and not f.computed for f in self.figures):
            self.figures.append(figure)
        return self.mark(index)

    def value(self, value: Value, role: str = "answer") -> str:
        """Adds a value, printed or computed with its derivation; returns its marks."""
        if value.printed is not None:
            return self.printed(value.printed, role)
        inputs = tuple(self.cite(leaf.fact) for leaf in value.leaves)
        shown = value.shown
        figure = Figure(
            shown, value.unit, value.label, "zero" if shown == 0 else "number", inputs,
            computed=True, derivation=Derivation(value.formula, inputs, value.steps),
            role="answer" if role == "answer" else "context",
        )  # fmt: skip
        self.figures.append(figure)
        return self.mark(*inputs)

    def note(self, text: str) -> None:
        """Adds a note once."""
        if text and text not in self.notes:
            self.notes.append(text)

    def answer(
        self,
        text: str,
        status: Status = "answered",
        suggestions: tuple[str, ...] = (),
        options: tuple[str, ...] = (),
        subjects: tuple[Ref, ...] = (),
    ) -> Answer:
        """The finished answer; asserted figures before context figures."""
        figures = sorted(self.figures, key=lambda f: f.role != "answer")
        return Answer(
            self.question, status, self.kind, text, tuple(figures), tuple(self.citations), suggestions, tuple(self.notes),
            options, subjects=subjects,
        )  # fmt: skip


def fact_to_citation(fact: Fact) -> Citation:
    """The citation of a fact. Its quote is the printed line or the sentence."""
    row, column = _cell_of(fact)
    return Citation(
        fact.report, fact.section, fact.table, fact.row, fact.column, fact.page, fact.line, fact.text,
        fact=fact.id, table_id=fact.table_id, row_index=row, column_index=column,
    )  # fmt: skip


def _cell_of(fact: Fact) -> tuple[int, int]:
    """Row and column index of a cell fact, which its id ends with."""
    if fact.source != "cell":
        return -1, -1
    row, column = fact.id.rsplit(":", 2)[-2:]
    return int(row), int(column)


def paragraph_quote(paragraph: Paragraph, most: int = 400) -> str:
    """The paragraph's text, shortened for a quote."""
    return paragraph.text if len(paragraph.text) <= most else paragraph.text[: most - 1] + "…"
