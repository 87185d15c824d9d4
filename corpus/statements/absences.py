"""Sentences that say there is none of something."""

from __future__ import annotations

import re

from corpus.document import Document, Paragraph
from corpus.statements.naming import clean_item, strip_lead
from corpus.statements.remarks import Absence, sentence_to_spans
from corpus.statements.sentences import split_clauses, text_to_sentences
from corpus.statements.vocabulary import Vocabulary, load_vocabulary

_ACTIONS = ("购置", "购买", "更新", "新增")
_IDLE_TAIL = re.compile(r"(?:的情况|情况|业务|安排|发生)?(?:的支出)?$")


def document_to_absences(document: Document) -> tuple[Absence, ...]:
    """What the report says it has none of, in its sentences and in the notes under its empty tables."""
    words = load_vocabulary()
    found: list[Absence] = []
    for paragraph in document.paragraphs:
        found += _paragraph_to_absences(paragraph, document.department, words)
    for table in document.tables:
        for item in _items(table.note.removeprefix("注").lstrip("：: "), document.department, words):
            page, line = _note_place(document, table.first_line, table.last_line, table.note)
            found.append(Absence(item, table.note, " › ".join(table.section), page, line))
    return tuple(found)


def _paragraph_to_absences(paragraph: Paragraph, department: str, words: Vocabulary) -> list[Absence]:
    found = []
    for sentence in text_to_sentences(paragraph.text):
        explained = sentence_to_spans(sentence.text, words)
        said = sentence.text[: min((span.begin for span in explained), default=len(sentence.text))]
        page, line = paragraph.place(sentence.start)
        section = " › ".join(paragraph.section)
        found += [Absence(item, sentence.text, section, page, line) for item in _items(said, department, words)]
    return found


def _items(text: str, department: str, words: Vocabulary) -> list[str]:
    items = []
    for clause in split_clauses(re.sub(r"\s+", "", text)):
        bare = strip_lead(clause, department, words).text
        match = words.absence.match(bare)
        if match is None or re.search(r"\d", match["item"]):
            continue
        action = next((verb for verb in _ACTIONS if match["mark"].endswith(verb)), "")
        name = clean_item(_IDLE_TAIL.sub("", match["item"]) or match["item"])
        items.append(name + action)
    return items


def _note_place(document: Document, first: int, last: int, note: str) -> tuple[int, int]:
    """Where a table's note begins: the line whose text the note starts with."""
    for line in document.lines[first - 1 : last]:
        text = line.text.strip()
        if text and note.startswith(text[:12]):
            return line.page, line.number
    return document.lines[last - 1].page, last
