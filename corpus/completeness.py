"""Is every number of a report accounted for: the value of a fact whose place covers it, or of a named class.

The classes are those of corpus/numerals.py, and what only the place tells: "classification code" (before a row
of a table), "row number" and "column number" (1 2 3 … beside or above it), "page number", "contents", "chart label".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.charts import chart_lines
from corpus.document import Document, Line, Table
from corpus.facts import Fact
from corpus.numerals import Number, text_to_numbers
from corpus.paragraphs import contents_lines, is_page_number
from corpus.statements import figure_paragraphs
from corpus.statements.sentences import text_to_sentences

FACT = "fact"
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_CODE = re.compile(r"\s*(\d{3}(?:\s?\d{2}){0,2})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """A number as printed at ``start`` of its line. ``kind``: "fact", the class it belongs to, or "" if left over."""

    page: int
    line: int
    start: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class TokenReport:
    """Every number of a report with what accounts for it."""

    tokens: tuple[Token, ...]

    def counts(self) -> dict[str, int]:
        """How many tokens of each kind; "" for those left over."""
        return dict(Counter(token.kind for token in self.tokens))

    def left_over(self) -> tuple[Token, ...]:
        """The numbers that no fact covers and that belong to no class."""
        return tuple(token for token in self.tokens if not token.kind)


def document_to_token_report(document: Document, facts: Iterable[Fact]) -> TokenReport:
    """Accounts for every number token of the file. ``facts``: all of the report's, of cells and of sentences."""
    facts = tuple(facts)
    kinds = _kinds_in_sentences(document, facts)
    cells = _cells_by_line(facts)
    contents = contents_lines(document.lines)
    charts = chart_lines(document.paragraphs)
    marks = {(mark.line, at): mark.kind for mark in document.marks for at in range(mark.start, mark.end)}
    tokens: list[Token] = []
    for line in document.lines:
        table = next((t for t in document.tables if t.first_line <= line.number <= t.last_line), None)
        waiting = list(cells.get(line.number, ()))
        for number in text_to_numbers(_with_plain_separators(line.text) if table else line.text):
            kind = kinds.get((line.number, number.start)) or marks.get((line.number, number.start))
            if kind is None and line.number in contents:
                kind = "contents"
            if kind is None and line.number in charts:
                kind = "chart label"
            if kind is None and is_page_number(line.text):
                kind = "page number"
            kind = kind or _kind_in_table(line, number, table, waiting)
            tokens.append(Token(line.page, line.number, number.start, number.text, kind))
    return TokenReport(tuple(tokens))


def _with_plain_separators(text: str) -> str:
    """In a table 「1，234.50」 is one number; in running text the comma parts two clauses."""
    return _WIDE_COMMA.sub(",", text)


def _kinds_in_sentences(document: Document, facts: Sequence[Fact]) -> dict[tuple[int, int], str]:
    """The kind of each number in running text by (line, where in the line it begins), read with the whole sentence."""
    said = {(fact.line, fact.text, fact.start) for fact in facts if fact.source == "sentence"}
    texts = {line.number: line.text for line in document.lines}
    kinds: dict[tuple[int, int], str] = {}
    for paragraph in figure_paragraphs(document):
        sentences = text_to_sentences(paragraph.text)
        for number in text_to_numbers(paragraph.text):
            _, line = paragraph.place(number.start)
            begins = max(at for at in paragraph.starts if at <= number.start)
            own = paragraph.starts[paragraph.lines.index(line)]
            printed = texts[line]
            margin = printed.find(paragraph.text[own : own + 8].rstrip()) if own == begins else 0
            covered = any((line, s.text, number.start - s.start) in said for s in sentences)
            kinds[line, number.start - begins + max(0, margin)] = FACT if covered else number.kind
    return kinds


def _cells_by_line(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    """The facts of cells that hold a figure, line by line in the order of print."""
    lines: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.source == "cell" and fact.value is not None:
            lines[fact.line].append(fact)
    return {line: sorted(found, key=lambda fact: fact.start) for line, found in lines.items()}


def _kind_in_table(line: Line, number: Number, table: Table | None, waiting: list[Fact]) -> str:
    """Takes the next fact of the line with this value out of ``waiting``; codes first, they can look like figures."""
    if table is not None:
        if any(begin <= number.start and number.end <= end for begin, end in _code_spans(line, table)):
            return "classification code"
        counted = _counting(line, number, table)
        if counted:
            return counted
        fact = next((fact for fact in waiting if fact.value is not None and abs(fact.value) == abs(number.value)), None)
        if fact is not None and not (number.kind == "year" and "年" in line.text[number.end : number.end + 2]):
            waiting.remove(fact)
            return FACT
    if not number.kind and table is not None and _numbers_rows(line, number, table):
        return "row number"
    if not number.kind and table is not None and (_in_name(line, table) or _in_label(line, number, table)):
        return "quoted name"
    return number.kind


def _in_label(line: Line, number: Number, table: Table) -> bool:
    """Is it a whole number inside the name of a row that stands on the line (「5G 网络建设」)?"""
    if not number.text.isdigit():
        return False
    for row in table.rows:
        at = line.text.find(row.label) if row.line == line.number and row.label else -1
        if at <= number.start < at + len(row.label) and at >= 0:
            return True
    return False


def _code_spans(line: Line, table: Table) -> Iterator[tuple[int, int]]:
    """Where the line prints codes: at its start, and before every row that stands on it (two panels have two)."""
    first = _CODE.match(line.text)
    if first and _is_code(first.group(1), table):
        yield first.span(1)
    at = 0
    for row in table.rows:
        if row.line == line.number and row.code:
            parts = (row.code[:3], *(row.code[i : i + 2] for i in range(3, len(row.code), 2)))
            found = re.compile(r"(?<![\d.,])" + r"\s{0,2}".join(parts) + r"(?![\d.,])").search(line.text, at)
            if found:
                yield found.span()
                at = found.end()


def _counting(line: Line, number: Number, table: Table) -> str:
    """Is the number one of 1 2 3 … over the columns, or the number of a row in a table of names?"""
    words = [word for word in line.text.split() if word not in ("栏次", "行次")]
    if "栏次" in line.text and words and all(word.isdigit() for word in words):
        return "column number"
    if len(words) > 2 and words == [str(at) for at in range(1, len(words) + 1)]:
        return "column number"
    begins = not line.text[: number.start].strip() and re.match(r"\s+\D", line.text[number.end :])
    return "row number" if begins and not table.columns and number.text.isdigit() else ""


def _numbers_rows(line: Line, number: Number, table: Table) -> bool:
    """Is the number one of a column 行次, which numbers the rows?"""
    return (
        table.numbered
        and number.text.isdigit()
        and len(number.text) < 4
        and not line.text[: number.start].endswith("-")
    )


def _is_code(printed: str, table: Table) -> bool:
    code = re.sub(r"\s", "", printed)
    return any(row.code.startswith(code) for row in table.rows if row.code)


def _in_name(line: Line, table: Table) -> bool:
    """Whether the line is of the text that names the project of a performance table."""
    return any(text.line <= line.number <= text.last_line for text in table.texts if text.name.endswith("名称"))
