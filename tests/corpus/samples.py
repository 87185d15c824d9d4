"""A small report made by hand from the contracts, and a model that needs no files: for tests of stores and index."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

from corpus.document import (
    Cell,
    Check,
    Column,
    Document,
    Line,
    NamedText,
    Paragraph,
    Proof,
    Row,
    Section,
    Table,
)
from corpus.facts import Fact
from corpus.passages import document_to_passages
from corpus.stores import ReportContents, ReportInfo

PART = ("第一部分 概况", "一、主要职能")
TABLES = ("第二部分 决算表",)


def sample_document(id: str = "sample-2016", *, figure: str = "1,000.10") -> Document:
    """Two duties, one table with a number, a printed 0 and an empty cell, one performance table."""
    texts = (
        "第一部分 概况",
        "一、主要职能",
        "（一）贯彻执行国家有关工作的法律、法规、规章和",
        "方针、政策。",
        "（二）牵头组织年度计划的编报，并组织实施。",
        "第二部分 决算表",
        f"合计 {figure} 0",
    )
    lines = tuple(Line(number, 1 + number // 4, text) for number, text in enumerate(texts, start=1))
    sections = (
        Section("s1", PART[0], PART[:1], 1, 1, 1, 5),
        Section("s2", PART[1], PART, 2, 1, 2, 5),
        Section("s3", TABLES[0], TABLES, 1, 2, 6, 7),
    )
    paragraphs = (
        Paragraph(PART, "（一）贯彻执行国家有关工作的法律、法规、规章和方针、政策。", (0, 23), (3, 4), (1, 2)),
        Paragraph(PART, "（二）牵头组织年度计划的编报，并组织实施。", (0,), (5,), (2,)),
    )
    return Document(
        id,
        f"{id}.txt",
        hashlib.sha256((id + figure).encode()).hexdigest(),
        "某市某局",
        2016,
        "某市某局 2016 年度部门决算",
        lines,
        sections,
        paragraphs,
        (_figures(figure), _evaluation()),
    )


def _figures(figure: str) -> Table:
    value = Decimal(figure.replace(",", ""))
    return Table(
        id="t1",
        kind="expenditure",
        title="2016 年度支出决算表",
        unit="万元",
        section=TABLES,
        columns=(Column(0, ("本年支出合计",)), Column(1, ("项目支出", "小计")), Column(2, ("经营支出",))),
        rows=(Row(0, "合计", "", 0, None, "", 2, 7),),
        cells=(
            Cell(0, 0, "number", value, figure, 2, 7),
            Cell(0, 1, "zero", Decimal("0"), "0", 2, 7),
            Cell(0, 2, "blank", None, "", 2, 7),
        ),
        note="",
        layout="plain",
        proof=Proof("proved", "", (Check((0, 0), ((0, 1),), Decimal("-0.01"), True),)),
        page=2,
        first_line=6,
        last_line=7,
    )


def _evaluation() -> Table:
    return Table(
        id="t2",
        kind="performance",
        title="绩效评价结果信息表",
        unit="",
        section=TABLES,
        columns=(),
        rows=(),
        cells=(),
        note="",
        layout="performance",
        proof=Proof("empty", "", ()),
        page=2,
        first_line=8,
        last_line=12,
        texts=(
            NamedText("项目名称", "信息化项目", 2, 8, 8),
            NamedText("评价结论", "综合得分为 87.65 分，属于“良”。", 2, 9, 10),
            NamedText("存在问题", "部分内容延期完成。", 2, 11, 12),
        ),
    )


def sample_facts(document: Document) -> tuple[Fact, ...]:
    """A fact for each cell of the first table, and one that stands in a sentence."""
    table = document.tables[0]
    cells = tuple(
        Fact(
            id=f"t1:r{cell.row}:c{cell.column}",
            report=document.id,
            source="cell",
            table=table.title,
            table_id=table.id,
            table_kind=table.kind,
            section=" › ".join(table.section),
            row="合计",
            code="",
            level=None if cell.column else 0,
            column=" › ".join(table.columns[cell.column].path),
            item="支出合计",
            parents=("总计",) if cell.column else (),
            facet="合计",
            panel="",
            measure="final",
            basis="",
            period="2016",
            value=cell.value,
            unit="万元",
            state=cell.state,
            page=cell.page,
            line=cell.line,
            text='合计 "1", 0\n次行',
            start=-1 if cell.state == "blank" else 3,
            reason="",
        )
        for cell in table.cells
    )
    said = replace(cells[0], id="l5.1", source="sentence", table=None, table_id="", table_kind="", row="", level=None)
    return (*cells, said)


def sample_contents(id: str = "sample-2016", *, figure: str = "1,000.10") -> ReportContents:
    """The sample report as it is stored."""
    document = sample_document(id, figure=figure)
    facts, passages = sample_facts(document), document_to_passages(document)
    info = ReportInfo(
        id=id,
        department=document.department,
        year=document.year,
        title=document.title,
        file=document.file,
        sha256=document.sha256,
        pages=2,
        tables=2,
        tables_with_figures=1,
        tables_proved=1,
        facts=len(facts),
        passages=len(passages),
        discrepancies=0,
    )
    return ReportContents(info, facts, document.sections, document.paragraphs, document.tables, (), (), (), passages)


class CharacterModel:
    """An Embedder: how often each of 64 classes of characters occurs. ``name`` makes another fingerprint."""

    dimension = 64

    def __init__(self, name: str = "characters") -> None:
        self.fingerprint = hashlib.sha256(name.encode()).hexdigest()[:12]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        counts = [0.0] * self.dimension
        for character in text:
            counts[ord(character) % self.dimension] += 1
        return counts
