"""Figures in sentences -> facts; purposes, reasons and statements of absence beside them.

The grammar is that of the template's explanatory part (决算情况说明), in any department's wording; its
words are in corpus/taxonomy/statements.toml. sentences.py cuts, naming.py names, clauses.py says what
a figure is, scan.py goes through a paragraph, remarks.py and absences.py read what is no figure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.charts import chart_paragraphs
from corpus.document import Document, Paragraph
from corpus.facts import Fact
from corpus.paragraphs import marker_level
from corpus.statements.absences import document_to_absences
from corpus.statements.measures import GENERIC
from corpus.statements.named_texts import NamedParagraph, table_to_paragraphs
from corpus.statements.naming import Subject, clean_item, heading_to_subject
from corpus.statements.remarks import Absence, Remark
from corpus.statements.scan import Scan
from corpus.statements.state import State
from corpus.statements.vocabulary import load_vocabulary

__all__ = [
    "Absence",
    "Remark",
    "document_to_absences",
    "document_to_remarks",
    "figure_paragraphs",
    "paragraphs_to_facts",
]

_ANNOUNCED = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[.．、]?\s*)?[“\"]?(?P<name>[^\d。；，：:“”\"]{3,40}?(?:项目|专项|工程|专项资金|专项经费))[”\"]?"
    r"(?:(?:支出)?(?:绩效)?(?:自评|评价)(?:结果)?(?:的?综述|情况|结果)?)?[：:](?=.*\d)"
)
_PROJECT = re.compile(r"项目|专项|工程|计划")
_OWN_SCORE = re.compile(r"(?:绩效)?(?:自评|评价)?(?:综合)?得分$|评分$")
_INTRODUCES = re.compile(r"[：:]\s*$")


def paragraphs_to_facts(document: Document) -> tuple[Fact, ...]:
    """Every figure that stands in a sentence, in the order of the report; those in a table's named texts too."""
    found = [fact for scan in _scan(document) for fact in scan.facts]
    for text in _named_texts(document):
        found += _named_text_to_facts(document, text)
    counts: dict[int, int] = {}
    facts: list[Fact] = []
    for fact in sorted(found, key=lambda fact: fact.line):
        counts[fact.line] = counts.get(fact.line, 0) + 1
        facts.append(replace(fact, id=f"{document.id}:l{fact.line}.{counts[fact.line]}"))
    return tuple(facts)


def figure_paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """All running text figures are read from: the paragraphs, and the named texts of tables."""
    return (*_told(document), *(text.paragraph for text in _named_texts(document)))


def _told(document: Document) -> list[Paragraph]:
    """The paragraphs without those that are the labels of a chart."""
    charts = chart_paragraphs(document.paragraphs)
    return [paragraph for paragraph in document.paragraphs if paragraph not in charts]


def _named_texts(document: Document) -> list[NamedParagraph]:
    return [text for table in document.tables for text in table_to_paragraphs(document.lines, table)]


def _named_text_to_facts(document: Document, text: NamedParagraph) -> list[Fact]:
    """The figures of one named text: scores and rates of the project the table is about."""
    scan = _scan_one(document, text.paragraph, None)
    return [
        replace(
            fact,
            table=text.table.title,
            table_id=text.table.id,
            table_kind=text.table.kind,
            row=text.name,
            item=fact.column if fact.measure in ("score", "rate", "completion") else fact.item,
            parents=(text.project,) if text.project else (),
        )
        for fact in scan.facts
    ]


def document_to_remarks(document: Document) -> tuple[Remark, ...]:
    """The stated purposes and reasons, in the order of the report."""
    return tuple(remark for scan in _scan(document) for remark in scan.remarks)


def _scan(document: Document) -> list[Scan]:
    """Reads every paragraph; one that ends in a colon tells the following what they are parts of."""
    scans: list[Scan] = []
    section: tuple[str, ...] = ()
    of_section: Subject | None = None
    of_number: Subject | None = None
    for paragraph in _told(document):
        numbered = bool(marker_level(paragraph.text))
        if paragraph.section != section:
            section, of_section, of_number = paragraph.section, None, None
        if numbered:
            of_number = None
        scan = _scan_one(document, paragraph, of_number or of_section)
        _name_project(scan, document, paragraph.section)
        if _INTRODUCES.search(paragraph.text):
            introduced = _introduced(scan)
            of_number, of_section = (introduced, of_section) if numbered else (None, introduced)
        scans.append(scan)
    return scans


def _name_project(scan: Scan, document: Document, section: tuple[str, ...]) -> None:
    """「生命健康专项经费情况说明 › 六、年度预算安排：项目总预算 1170 万」: what the text calls 项目 is the heading's."""
    heading = heading_to_subject(section[-2], document.department, load_vocabulary()) if len(section) > 1 else None
    if heading is None or not _PROJECT.search(heading.item):
        return
    own = dict.fromkeys(GENERIC, heading.item)
    for at, fact in enumerate(scan.facts):
        item = own.get(fact.item, fact.item)
        above = tuple(dict.fromkeys(own.get(parent, parent) for parent in fact.parents if parent != item))
        if item != fact.item or above != fact.parents:
            scan.facts[at] = replace(fact, item=item, parents=above if item != heading.item else ())


def _scan_one(document: Document, paragraph: Paragraph, outer: Subject | None) -> Scan:
    announced = _ANNOUNCED.match(paragraph.text)
    if announced:  # 「1.薄弱学校改造项目：绩效自评得分88.2分，全年预算数…」
        outer = Subject(clean_item(announced["name"]), announced["name"])
    state = State(document.department, document.year, outer=outer, whole=outer, is_budget=document.is_budget)
    if announced and outer is not None:
        state.subject = state.top = (outer,)
    scan = Scan(document, paragraph, state)
    scan.run()
    if announced and outer is not None:
        _of_announced(scan, outer)
    return scan


def _of_announced(scan: Scan, project: Subject) -> None:
    """「X项目自评综述：项目全年预算数 1,860 万元，自评得分 96.97 分」: 项目 is X项目, and its score is no part of it."""
    for at, fact in enumerate(scan.facts):
        item = _OWN_SCORE.sub("", fact.item) if fact.measure == "score" else fact.item
        own = item in ("", *GENERIC) or item == project.item
        above = tuple(dict.fromkeys(project.item if p in GENERIC else p for p in fact.parents))
        scan.facts[at] = replace(fact, item=project.item if own else fact.item, parents=() if own else above)


def _introduced(scan: Scan) -> Subject | None:
    return scan.state.top[0] if scan.state.top else None
