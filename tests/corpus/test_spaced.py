"""Plain text whose tables keep their layout by spaces: which text is such, and what is not guessed in it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.acceptance import accept
from corpus.completeness import document_to_token_report
from corpus.contents import document_to_facts
from corpus.document import Document, Table
from corpus.errors import TruncatedReport
from corpus.readers import read_report
from corpus.readers.spaced import is_spaced
from tests.corpus import rendering
from tests.corpus.more_reports import BUDGET, FINALS, NO_TABLES, WITH_TABLES, find_pdf, read_more
from tests.corpus.synthetic import make_accounts
from tests.corpus.test_formats_roundtrip import read_cells

SHIPPED = Path(__file__).parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"
HEAD = "某市水务局2023年度部门决算\n    第二部分 某市水务局2023年度部门决算表\n"
END = "\n    第三部分 情况说明\n    本年收入合计3.00万元。\n"


def read(folder: Path, *lines: str, title: str = "支出决算表") -> Document:
    """A report with one table, and enough more that it is known as text laid out by spaces."""
    filler = [f"{100 + at}00      名称" + " " * 8 + f"{at}.00" for at in range(12)]
    table = [f"          {title}", "                                                      单位：万元", *lines]
    other = ["          其他情况表", "                          单位：万元", *filler]
    path = folder / "report.txt"
    path.write_text(HEAD + "\n".join(table) + "\n注：无。\n" + "\n".join(other) + "\n\f" + END, encoding="utf-8")
    return read_report(path)


def known(document: Document) -> Table:
    """The table of a known kind."""
    return next(table for table in document.tables if table.kind != "other")


def rows(table: Table) -> list[tuple[str, str, list[str]]]:
    return [(row.code, row.label, [c.text for c in table.cells if c.row == row.index]) for row in table.rows]


def test_which_text_keeps_its_layout(tmp_path: Path) -> None:
    accounts, style = make_accounts(0)
    path = tmp_path / "report.txt"
    assert not is_spaced(SHIPPED.read_text(encoding="utf-8"))
    rendering.to_text(path, accounts, style)
    assert not is_spaced(path.read_text(encoding="utf-8"))
    for wide in (1, 2):
        rendering.to_layout(path, accounts, style, wide=wide)
        assert is_spaced(path.read_text(encoding="utf-8"))


EXPENDITURE = "科目编码      科目名称              合计        基本支出        项目支出"


def test_names_stand_around_the_figures_of_their_row(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        EXPENDITURE,
        "              农林水",
        "213                               3.00            1.00            2.00",
        "              支出",
        "              水利管",
        "21303                             3.00            1.00            2.00",
        "              理事务",
        "2130301       行政运行            1.00            1.00",
        "2130399       其他水利管          2.00                            2.00",
        "              理事务支出",
        "              合计                3.00            1.00            2.00",
    )
    assert known(document).proof.status == "proved", known(document).proof.reason
    assert rows(known(document)) == [
        ("213", "农林水支出", ["3.00", "1.00", "2.00"]),
        ("21303", "水利管理事务", ["3.00", "1.00", "2.00"]),
        ("2130301", "行政运行", ["1.00", "1.00", ""]),
        ("2130399", "其他水利管理事务支出", ["2.00", "", "2.00"]),
        ("", "合计", ["3.00", "1.00", "2.00"]),
    ]


def test_a_figure_between_two_headers_is_not_proved(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        EXPENDITURE,
        "213           农林水支出           3.00                   3.00",
        "21303         水利管理事务         3.00                   3.00",
        "              合计                 3.00                   3.00",
    )
    assert "不足以确定栏目" in known(document).proof.reason


def test_names_beside_the_codes_of_their_neighbours_are_not_proved(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "经济分类科目编码        科目名称              合计       人员经费       公用经费",
        "302                     商品和服务支出        6.00                          6.00",
        "30202                   办公费                1.00                          1.00",
        "30205                   印刷费                2.00                          2.00",
        "30206                   水费                  3.00                          3.00",
        "                        合计                  6.00                          6.00",
        title="一般公共预算财政拨款基本支出决算表",
    )
    assert known(document).proof.status == "unproved"
    assert "编码与名称错行" in known(document).proof.reason


def test_a_text_cut_off_in_a_table_is_refused(tmp_path: Path) -> None:
    accounts, style = make_accounts(1)
    path = tmp_path / "report.txt"
    rendering.to_layout(path, accounts, style)
    whole = path.read_text(encoding="utf-8")
    at = whole.index("单位", whole.index("支出决算表\n"))
    path.write_text("\n".join(whole[: at + 2500].split("\n")[:-1]), encoding="utf-8")
    with pytest.raises(TruncatedReport):
        read_report(path)


def _laid_out(folder: Path, name: str) -> Document:
    return _through_pdftotext(find_pdf(name), folder)


def _through_pdftotext(pdf: Path, folder: Path) -> Document:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext (Debian: apt-get install poppler-utils)")
    path = folder / f"{pdf.stem}.txt"
    subprocess.run(["pdftotext", "-layout", str(pdf), str(path)], check=True, stderr=subprocess.DEVNULL)
    return read_report(path)


def _cells(document: Document, status: str = "") -> dict[tuple[str, str, str, str, int, str], str]:
    """Every cell of the template's tables by title, panel, code, name, which of that name, and column."""
    found = {}
    seen: dict[tuple[str, str, str, str], int] = {}
    for table in document.tables:
        if table.kind == "other" or (status and table.proof.status != status):
            continue
        columns = {column.index: "›".join(sorted(column.path)).replace(" ", "") for column in table.columns}
        for row in table.rows:
            key = (table.title, row.panel, row.code, row.label.replace(" ", ""))
            seen[key] = seen.get(key, 0) + 1
            found.update({(*key, seen[key], columns[c.column]): c.text for c in table.cells if c.row == row.index})
    return found


@pytest.mark.parametrize(("name", "least"), [(BUDGET, 1), (FINALS[1], 0.98)])
def test_laid_out_text_reads_like_its_pdf(tmp_path: Path, name: str, least: float) -> None:
    document = _laid_out(tmp_path, name)
    expected, read_cells = _cells(read_more(name)), _cells(document)
    equal = sum(read_cells.get(key) == text for key, text in expected.items())
    assert equal >= least * len(expected)
    assert all(read_cells.get(key) == text for key, text in expected.items() if text)


@pytest.mark.parametrize("name", WITH_TABLES)
def test_no_wrong_figure_is_proved(tmp_path: Path, name: str) -> None:
    expected = _cells(read_more(name))
    for key, text in _cells(_laid_out(tmp_path, name), "proved").items():
        assert not text or expected.get(key) == text, key


def test_a_text_whose_rows_came_apart_is_quarantined(tmp_path: Path) -> None:
    document = _laid_out(tmp_path, FINALS[0])
    facts = document_to_facts(document)
    assert accept(document, facts, document_to_token_report(document, facts)).rejections


def test_sentences_of_laid_out_text(tmp_path: Path) -> None:
    def said(document: Document) -> set[tuple[str, str, str]]:
        facts = document_to_facts(document)
        return {(f.item, f.measure, str(f.value)) for f in facts if f.source == "sentence"}

    assert said(_laid_out(tmp_path, NO_TABLES)) == said(read_more(NO_TABLES))


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 20))])
@pytest.mark.parametrize("rules", ["all", "none"])
def test_invented_reports_through_pdftotext(tmp_path: Path, rules: str, seed: int) -> None:
    accounts, style = make_accounts(seed)
    path = tmp_path / "report.pdf"
    rendering.to_pdf(path, accounts, style, rules=rules, repeat=seed % 2 == 0)
    tables = {table.kind: table for table in _through_pdftotext(path, tmp_path).tables}
    for sheet in accounts.sheets:
        assert read_cells(tables[sheet.kind]) == sheet.truth, sheet.title
