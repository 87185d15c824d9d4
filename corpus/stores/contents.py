"""All that one report gives, as it is stored and read back; and what is known of a report at a glance."""

from __future__ import annotations

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
    """What the questions need of a store of facts. SQLite is one; another database can stand here.

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
