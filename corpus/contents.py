"""A report's file -> everything that is kept of it: the one place where the readers, facts and checks meet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from corpus.acceptance import accept
from corpus.cells import table_to_facts
from corpus.checks import check
from corpus.completeness import document_to_token_report
from corpus.document import Document
from corpus.errors import Quarantined, UnreadableReport
from corpus.facts import Fact
from corpus.passages import document_to_passages
from corpus.readers import read_report
from corpus.statements import document_to_absences, document_to_remarks, paragraphs_to_facts
from corpus.stores import ReportContents, ReportInfo


def read_contents(path: Path) -> ReportContents:
    """Read the report at ``path``. Raises ``UnreadableReport``, with the reason, or OSError."""
    return document_to_contents(read_report(path), path)


def document_to_contents(document: Document, path: Path) -> ReportContents:
    """Everything of a report that has been read; ``path`` is only named in errors.

    Raises Quarantined where too little of it was understood.
    """
    facts = document_to_facts(document)
    doubled = [id_ for id_, count in Counter(fact.id for fact in facts).items() if count > 1]
    if doubled:
        raise UnreadableReport(path, f"两个数据的编号相同（{doubled[0]}）；这是程序的错误，请报告")
    accepted = accept(document, facts, document_to_token_report(document, facts))
    if accepted.rejections:
        raise Quarantined(path, accepted.rejections)
    discrepancies = tuple(check(document.tables, facts, document.paragraphs))
    passages = document_to_passages(document)
    with_figures = [table for table in document.tables if table.proof.status != "empty"]
    info = ReportInfo(
        id=document.id,
        department=document.department,
        year=document.year,
        title=document.title,
        file=document.file,
        sha256=document.sha256,
        pages=max((line.page for line in document.lines), default=0),
        tables=len(document.tables),
        tables_with_figures=len(with_figures),
        tables_proved=sum(table.proof.status == "proved" for table in with_figures),
        facts=len(facts),
        passages=len(passages),
        discrepancies=len(discrepancies),
        numbers=accepted.tokens,
        numbers_accounted=accepted.accounted,
        kinds=tuple(table.kind for table in document.tables),
        warnings=accepted.warnings,
    )
    return ReportContents(
        info,
        facts,
        document.sections,
        document.paragraphs,
        document.tables,
        tuple(document_to_absences(document)),
        tuple(document_to_remarks(document)),
        discrepancies,
        passages,
    )


def document_to_facts(document: Document) -> tuple[Fact, ...]:
    """Every figure of the report: those of the tables in order, then those in sentences."""
    cells = [
        fact
        for table in document.tables
        for fact in table_to_facts(document.id, document.year, table, document.is_budget)
    ]
    return (*cells, *paragraphs_to_facts(document))
