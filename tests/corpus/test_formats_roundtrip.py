"""Invented accounts printed in every format and read back: every cell must come back as it was printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from corpus.contents import document_to_contents
from corpus.document import Document, Table
from corpus.readers import read_report
from tests.corpus import rendering
from tests.corpus.synthetic import Accounts, Style, make_accounts

_Render = Callable[[Path, Accounts, Style], None]
FORMATS: dict[str, _Render] = {
    "txt": rendering.to_text,
    "layout.txt": rendering.to_layout,
    "narrow.layout.txt": partial(rendering.to_layout, wide=1, page=12),
    "html": rendering.to_html,
    "xlsx": rendering.to_xlsx,
    "xls": rendering.to_xls,
    "docx": rendering.to_docx,
    "pdf": rendering.to_pdf,
    "once.pdf": partial(rendering.to_pdf, repeat=False),
    "unruled.pdf": partial(rendering.to_pdf, rules="none"),
}
# 390 documents in all; the first few of each format in every run of the quick tests.
RULES = ("narrow", "thick", "columns", "rows", "frame")
SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(6, 36))]


def read_cells(table: Table) -> dict[tuple[str, str, str, int, str], str]:
    """Every cell read: (panel, code, name, which of that name, column) -> text."""
    seen: dict[tuple[str, str, str], int] = {}
    columns = {column.index: "›".join(column.path) for column in table.columns}
    found = {}
    for row in table.rows:
        key = (row.panel, row.code, row.label)
        seen[key] = seen.get(key, 0) + 1
        found.update({(*key, seen[key], columns[c.column]): c.text for c in table.cells if c.row == row.index})
    return found


def compare(document: Document, accounts: Accounts) -> int:
    """The number of cells, all of them equal."""
    tables = {table.kind: table for table in document.tables}
    count = 0
    for sheet in accounts.sheets:
        table = tables[sheet.kind]
        assert (table.title, table.unit) == (sheet.title, sheet.unit)
        assert read_cells(table) == sheet.truth, sheet.title
        # In plain text the space between a few figures may not tell for certain which columns they stand in.
        certain = table.proof.status in ("proved", "empty") or "间距" in table.proof.reason
        assert certain and (document.file.endswith("txt") or table.proof.status != "unproved"), table.proof.reason
        count += len(sheet.truth)
    assert (document.department, document.year) == (accounts.department, accounts.year)
    return count


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rules", RULES)
def test_every_cell_comes_back_whatever_is_ruled(tmp_path: Path, rules: str, seed: int) -> None:
    accounts, style = make_accounts(seed)
    path = tmp_path / "report.pdf"
    rendering.to_pdf(path, accounts, style, rules=rules, repeat=seed % 2 == 0)
    assert compare(read_report(path), accounts) > 100


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_cell_comes_back(tmp_path: Path, form: str, seed: int) -> None:
    accounts, style = make_accounts(seed)
    path = tmp_path / f"report-{seed}.{form}"
    FORMATS[form](path, accounts, style)
    document = read_report(path)
    assert compare(document, accounts) > 100
    contents = document_to_contents(document, path)
    assert contents.info.numbers == contents.info.numbers_accounted
    assert not [each for each in contents.discrepancies if each.severity == "substantive"]
