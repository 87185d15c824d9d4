"""The four reports that lie beside a checkout, and what was keyed from their page images."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.readers import read_report

TRUTH = Path(__file__).parent / "truth"
FINALS = ("putuo-finance-bureau-2024", "putuo-planning-bureau-2024")
BUDGET = "putuo-commerce-commission-2025-budget"
WITH_TABLES = (*FINALS, BUDGET)
NO_TABLES = "jiangsu-cppcc-office-2018-budget"
MORE = (*WITH_TABLES, NO_TABLES)


@dataclass(frozen=True)
class TrueCell:
    """One cell as the page shows it; ``text`` "" where it is empty."""

    table: str
    panel: str
    code: str
    name: str
    occurrence: int
    column: str
    text: str


@dataclass(frozen=True)
class TrueTable:
    """A table's heading and its cells."""

    kind: str
    title: str
    unit: str
    cells: tuple[TrueCell, ...]


def find_pdf(name: str) -> Path:
    """The PDF; skips the test where it does not lie beside the checkout."""
    for folder in Path(__file__).resolve().parents:
        path = folder / "shared" / "reports" / "more" / f"{name}.pdf"
        if path.is_file():
            return path
    pytest.skip(f"no ../shared/reports/more/{name}.pdf beside this checkout")


@cache
def read_more(name: str) -> Document:
    """The report, read once."""
    return read_report(find_pdf(name))


def true_tables(name: str) -> tuple[TrueTable, ...]:
    """The tables keyed in tests/corpus/truth."""
    with (TRUTH / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    starts = [at for at, row in enumerate(rows) if row[0] == "table"]
    ends = [*starts[1:], len(rows)]
    return tuple(
        TrueTable(*rows[start][1:4], tuple(_cells(rows[start][1], rows[start + 1 : end])))
        for start, end in zip(starts, ends, strict=True)
    )


def _cells(table: str, rows: list[list[str]]) -> Iterator[TrueCell]:
    panel, columns = "", []
    seen: dict[tuple[str, str, str], int] = {}
    for what, *fields in rows:
        if what == "columns":
            panel, *columns = fields
            continue
        code, name, *figures = fields
        assert len(figures) == len(columns), (
            f"{table} {code} {name}: {len(figures)} figures under {len(columns)} columns"
        )
        seen[panel, code, name] = seen.get((panel, code, name), 0) + 1
        for column, text in zip(columns, figures, strict=True):
            yield TrueCell(table, panel, code, name, seen[panel, code, name], column, text)
