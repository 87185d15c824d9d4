"""What a report is once it has been read: lines, sections, paragraphs and tables that know their place.

Everything here is immutable. A *line* is numbered as in the source file, counted
from 1; a *page* is a page of the original (for plain text: as its page breaks show).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

CellState = Literal["number", "blank", "zero"]
Panel = Literal["", "income", "expenditure"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: ``text`` as printed, without the newline and the page-break mark."""

    number: int
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what it covers; ``path`` holds the titles of its ancestors and its own, last."""

    id: str
    title: str
    path: tuple[str, ...]
    level: int
    page: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines joined to running text. ``starts[i]`` is where the i-th joined line begins in ``text``."""

    section: tuple[str, ...]
    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    pages: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """(page, line) of the character at ``offset`` of ``text``."""
        at = max(0, bisect_right(self.starts, offset) - 1)
        return self.pages[at], self.lines[at]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. ``path``: its header from the outermost merged cell inwards."""

    index: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; of a two-panel table, one panel's half of it.

    ``label`` is the name as printed with wrapped lines joined; ``code`` the
    classification code without spaces ("2010301"), or "". ``level``: 0 total, 1 类, 2 款, 3 项;
    None where the table has no levels. ``parent``: index of the row this one is a part of.
    ``text``: the printed lines the row stands on, joined with a newline, spaces and all.
    """

    index: int
    label: str
    code: str
    level: int | None
    parent: int | None
    panel: Panel
    page: int
    line: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of figures. ``value`` is None exactly when ``state`` is "blank"; ``text`` as printed.

    ``start``: where the figure begins in the ``text`` of its Row; -1 for a blank.
    """

    row: int
    column: int
    state: CellState
    value: Decimal | None
    text: str
    page: int
    line: int
    start: int = -1


@dataclass(frozen=True, slots=True)
class Check:
    """One sum that was tried: ``whole`` should equal the sum of ``parts`` (cells as (row, column))."""

    whole: tuple[int, int]
    parts: tuple[tuple[int, int], ...]
    difference: Decimal
    holds: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """How the placement of figures was proved. ``placed`` by sums, or why it could not be.

    ``proved``: every figure takes part in a sum that fixes its column; ``unproved``: at least
    one does not (``reason`` names them); ``empty``: the table holds no figures.
    """

    status: Literal["proved", "unproved", "empty"]
    reason: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class NamedText:
    """A named text of a performance table ("存在问题"), wrapped lines joined; ``line``..``last_line``: its lines."""

    name: str
    text: str
    page: int
    line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures (or, ``kind`` "performance", of named texts: see ``texts``).

    ``kind``: key of corpus/taxonomy/tables.toml, or "other". ``unit`` as printed ("万元").
    ``note``: the sentence under an empty table (「…故本表无数据」). ``layout``: which layout read it.
    ``numbered``: a column numbers the rows (行次).
    """

    id: str
    kind: str
    title: str
    unit: str
    section: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    note: str
    layout: str
    proof: Proof
    page: int
    first_line: int
    last_line: int
    texts: tuple[NamedText, ...] = ()
    numbered: bool = False

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at that row and column, None where the table has no such cell."""
        return next((c for c in self.cells if c.row == row and c.column == column), None)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that is no figure at ``start``..``end`` of a line; ``kind`` names what it is, as in numerals.py."""

    line: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. ``id`` is its file name without the suffix; ``sha256`` of the file's bytes.

    ``marks``: numbers of its tables that the rows and columns of the file itself show to be no figures.
    """

    id: str
    file: str
    sha256: str
    department: str
    year: int
    title: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def is_budget(self) -> bool:
        """Is it a plan (部门预算)? Then an amount that does not say what it is is a planned one."""
        return "预算" in self.title and "决算" not in self.title
