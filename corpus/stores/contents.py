"""All that one report gives, as it is stored and read back; and what is known of a report at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.checks import Discrepancy
from corpus.document import Paragraph, Section, Table
from corpus.facts import Fact
from corpus.passages import Passage
from corpus.statements import Absence, Remark


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """One indexed report. ``tables``, ``facts``, ``discrepancies`` count; ``tables_proved``: tables whose
    figures are proved in place by the sums, of ``tables_with_figures``.

    ``numbers``: number tokens printed, of which ``numbers_accounted`` belong to a fact or are known to be none;
    ``kinds``: the kinds of its tables in order; ``warnings``: what answers from it are to be read with.
    """

    id: str
    department: str
    year: int
    title: str
    file: str
    sha256: str
    pages: int
    tables: int
    tables_with_figures: int
    tables_proved: int
    facts: int
    passages: int
    discrepancies: int
    numbers: int = 0
    numbers_accounted: int = 0
    kinds: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """What the report is, in the word its title has: 决算 or 预算."""
        return "预算" if "预算" in self.title and "决算" not in self.title else "决算"


@dataclass(frozen=True, slots=True)
class ReportContents:
    """One report, ready to be stored: its description and everything read from it, each in its order."""

    info: ReportInfo
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    absences: tuple[Absence, ...]
    remarks: tuple[Remark, ...]
    discrepancies: tuple[Discrepancy, ...]
    passages: tuple[Passage, ...]


class Facts(Protocol):
    """The seam between the questions and whatever keeps the facts.

    All that ``qa`` asks of an index goes through this and ``Vectors``; nothing above ``corpus/stores`` and
    ``corpus/index.py`` knows of files. SQLite in volumes (``VolumeFacts``) and a single SQLite file (``FactStore``)
    stand behind it; another database, PostgreSQL for one, is a class with these methods, opened in ``Index``.
    tests/corpus/test_seam.py says what each of them has to do.

    Every method gives the same objects in the same order each time, and may be called from any thread.
    ``report`` None: of all reports, in the order of their ids. An unknown report gives nothing.
    """

    def reports(self) -> tuple[ReportInfo, ...]: ...

    def facts(self, report: str | None = None) -> tuple[Fact, ...]: ...

    def sections(self, report: str | None = None) -> tuple[Section, ...]: ...

    def paragraphs(self, report: str | None = None) -> tuple[Paragraph, ...]: ...

    def paragraph(self, report: str, line: int) -> Paragraph | None: ...

    def tables(self, report: str | None = None) -> tuple[Table, ...]: ...

    def table(self, report: str, table_id: str) -> Table | None: ...

    def absences(self, report: str | None = None) -> tuple[Absence, ...]: ...

    def remarks(self, report: str | None = None) -> tuple[Remark, ...]: ...

    def discrepancies(self, report: str | None = None) -> tuple[Discrepancy, ...]: ...

    def passages(self, report: str | None = None) -> tuple[Passage, ...]: ...


class Vectors(Protocol):
    """The seam between the search and whatever keeps the vectors: Chroma's files here, a Chroma server elsewhere."""

    def nearest(self, vector: Sequence[float], report: str | None, k: int) -> list[tuple[str, float]]:
        """(passage id, cosine distance), nearest first, equals in the order of ids; of one report, or of all."""
        ...

    def count(self) -> int:
        """How many vectors there are."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...
