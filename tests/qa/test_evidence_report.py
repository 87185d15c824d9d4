"""Behind every figure of the shipped report: the cell or the sentence that is shown is the one that is cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.contents import read_contents
from corpus.document import Paragraph, Table
from corpus.facts import Fact
from corpus.stores import ReportContents
from qa.builder import fact_to_citation
from qa.evidence import citation_to_evidence

REPORTS = sorted((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))


class Store:
    """A report that was just read, as the store hands it out."""

    def __init__(self, contents: ReportContents) -> None:
        self.contents = contents

    def table(self, report: str, table_id: str) -> Table | None:
        return next((table for table in self.contents.tables if table.id == table_id), None)

    def paragraph(self, report: str, line: int) -> Paragraph | None:
        return next((each for each in self.contents.paragraphs if line in each.lines), None)


@pytest.fixture(scope="module", params=REPORTS, ids=lambda path: path.stem)
def store(request: pytest.FixtureRequest) -> Store:
    return Store(read_contents(request.param))


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed_value(text: str) -> str:
    return re.sub(r"[^\d.]", "", text)


def test_every_fact_shows_exactly_one_place_and_it_prints_the_value(store: Store) -> None:
    wrong = []
    for fact in store.contents.facts:
        evidence = citation_to_evidence(store, fact_to_citation(fact))
        cells = [cell.text for grid in evidence.grids for row in grid.rows for cell in row.cells if cell.cited]
        marked = [text.text[start:end] for text in evidence.texts for start, end in text.spans]
        if not _shows(fact, cells, marked):
            wrong.append((fact.id, fact.value, fact.line, cells, marked))
    assert wrong == []


def _shows(fact: Fact, cells: list[str], marked: list[str]) -> bool:
    if len(cells) + len(marked) != 1:
        return False
    if cells:
        return printed_value(cells[0]) == ("" if fact.value is None else format(abs(fact.value), "f"))
    return squeeze(marked[0]) in squeeze(fact.text) or squeeze(fact.text) in squeeze(marked[0])
