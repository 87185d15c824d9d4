"""What stands behind a citation: the printed table with the cited cell marked, or the paragraph with the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from corpus.document import Cell, Paragraph, Row, Table
from qa.answer import Citation


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of a table's header: ``text`` over ``across`` columns and ``down`` header rows."""

    text: str
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """One figure as printed, "" when blank; ``cited``: this is the cell."""

    text: str
    cited: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row: classification code, name, figures. ``level`` as in Row; ``cited``: the row holds the cited cell."""

    code: str
    label: str
    level: int | None
    cells: tuple[EvidenceCell, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """One panel of a table ("收入", "支出"; "" when the table has one panel) with its header rows and rows."""

    panel: str
    headings: tuple[tuple[Heading, ...], ...]
    rows: tuple[EvidenceRow, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Running text with the cited ``spans`` (start, end) of it; ``name``: what a performance table calls it."""

    name: str
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation's surroundings: ``grids`` of a table, ``texts`` of a paragraph or a performance table.

    ``title``: the table's, or the innermost heading; ``path``: the headings around it; ``report``, ``page``
    and ``line`` say where it stands; ``unit`` as printed. The sentence under an empty table is among ``texts``.
    """

    report: str
    title: str
    path: tuple[str, ...]
    unit: str
    page: int
    line: int
    grids: tuple[Grid, ...] = ()
    texts: tuple[MarkedText, ...] = ()


class EvidenceStore(Protocol):
    """The part of the fact store that evidence is read from."""

    def table(self, report: str, table_id: str) -> Table | None:
        """The table of that id, None where there is none."""
        ...

    def paragraph(self, report: str, line: int) -> Paragraph | None:
        """The paragraph that covers the line, None where there is none."""
        ...


def citation_to_evidence(store: EvidenceStore, citation: Citation) -> Evidence:
    """The table or paragraph around ``citation``, with what is cited marked; failing both, the quote alone.

    Raises what the store raises.
    """
    table = store.table(citation.report, citation.table_id) if citation.table_id else None
    if table:
        return _table_to_evidence(table, citation)
    paragraph = store.paragraph(citation.report, citation.line)
    if paragraph:
        return _paragraph_to_evidence(paragraph, citation)
    whole = MarkedText("", citation.quote, ((0, len(citation.quote)),))
    return Evidence(
        citation.report, citation.table or citation.section, (), "", citation.page, citation.line, (), (whole,)
    )


def _table_to_evidence(table: Table, citation: Citation) -> Evidence:
    panels = tuple(dict.fromkeys(row.panel for row in table.rows)) or ("",)
    names = {"income": "收入", "expenditure": "支出", "": ""}
    # The figures of a table of named texts stand in the texts.
    grids = () if table.texts else tuple(_grid(table, panel, names[panel], citation) for panel in panels)
    texts = [
        _mark(named.name, named.text, citation, cited=named.line <= citation.line <= named.last_line)
        for named in table.texts
    ]
    if table.note:
        texts.append(_mark("", table.note, citation, cited=citation.row_index < 0))
    return Evidence(
        report=citation.report,
        title=table.title,
        path=tuple(part for part in table.section if part != table.title),
        unit=table.unit,
        page=citation.page,
        line=citation.line,
        grids=grids,
        texts=tuple(texts),
    )


def _mark(name: str, text: str, citation: Citation, cited: bool) -> MarkedText:
    """``text`` with the quote in it marked; all of it where it is cited but the quote is worded otherwise."""
    found = quoted_spans(citation.quote, text) if cited else []
    spans = (found[0] if found else (0, len(text)),) if cited else ()
    return MarkedText(name, text, spans)


def _grid(table: Table, panel: str, name: str, citation: Citation) -> Grid:
    rows = [row for row in table.rows if row.panel == panel]
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    used = {cell.column for cell in table.cells if cell.row in {row.index for row in rows}}
    # A panel shows its own columns only; a table without any figures shows them all.
    columns = [column for column in table.columns if column.index in used or not used]
    made = tuple(_row(row, [column.index for column in columns], cells, citation) for row in rows)
    headings = paths_to_headings([column.path for column in columns])
    return Grid(panel=name, headings=headings, rows=made, cited=any(row.cited for row in made))


def _row(row: Row, columns: list[int], cells: dict[tuple[int, int], Cell], citation: Citation) -> EvidenceRow:
    here = row.index == citation.row_index
    figures = []
    for column in columns:
        cell = cells.get((row.index, column))
        figures.append(EvidenceCell(cell.text if cell else "", cited=here and column == citation.column_index))
    return EvidenceRow(code=row.code, label=row.label, level=row.level, cells=tuple(figures), cited=here)


def paths_to_headings(paths: list[tuple[str, ...]]) -> tuple[tuple[Heading, ...], ...]:
    """Header paths, one a column, to header rows with merged cells; an innermost header reaches down to the figures."""
    depth = max((len(path) for path in paths), default=0)
    rows: list[tuple[Heading, ...]] = []
    for level in range(depth):
        row: list[Heading] = []
        start = 0
        while start < len(paths):
            end = start + 1
            if level < len(paths[start]):
                last = level == len(paths[start]) - 1
                while not last and end < len(paths) and paths[end][: level + 1] == paths[start][: level + 1]:
                    end += 1
                row.append(Heading(paths[start][level], end - start, depth - level if last else 1))
            start = end
        rows.append(tuple(row))
    return tuple(rows)


def quoted_spans(quote: str, text: str) -> list[tuple[int, int]]:
    """Everywhere ``quote`` stands in ``text``, whatever the spaces in either: (start, end) of each."""
    letters = [re.escape(letter) for letter in quote if not letter.isspace()]
    return [match.span() for match in re.finditer(r"\s*".join(letters), text)] if letters else []


def _paragraph_to_evidence(paragraph: Paragraph, citation: Citation) -> Evidence:
    span = _quoted_span(paragraph, citation)
    return Evidence(
        report=citation.report,
        title=paragraph.section[-1] if paragraph.section else citation.section,
        path=paragraph.section[:-1],
        unit="",
        page=citation.page,
        line=citation.line,
        texts=(MarkedText("", paragraph.text, (span,)),),
    )


def _quoted_span(paragraph: Paragraph, citation: Citation) -> tuple[int, int]:
    """Where the quote stands: of several places the one nearest the cited line; failing that, the cited line itself."""
    found = quoted_spans(citation.quote, paragraph.text)
    if found:
        return min(found, key=lambda span: abs(paragraph.place(span[0])[1] - citation.line))
    at = max((n for n, line in enumerate(paragraph.lines) if line <= citation.line), default=0)
    end = paragraph.starts[at + 1] if at + 1 < len(paragraph.starts) else len(paragraph.text)
    return paragraph.starts[at], end
