"""Accepted, accepted with warnings, or quarantined: by what was understood of the report."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.acceptance import accept, percent
from corpus.build import build_index
from corpus.completeness import Token, TokenReport, document_to_token_report
from corpus.contents import document_to_contents, document_to_facts, read_contents
from corpus.document import Check, Document, Proof
from corpus.embedding import open_embedder
from corpus.errors import Quarantined
from corpus.readers import read_report
from tests.corpus import rendering
from tests.corpus.synthetic import make_accounts


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    accounts, style = make_accounts(3)
    path = tmp_path_factory.mktemp("reports") / "report.html"
    rendering.to_html(path, accounts, style)
    return read_report(path)


def _broken(document: Document, tables: int) -> Document:
    proof = Proof("unproved", "分项之和与合计不符", (Check((0, 0), ((1, 0),), Decimal(1), False),))
    own = tuple(replace(table, proof=proof) if at < tables else table for at, table in enumerate(document.tables))
    return replace(document, tables=own)


def test_a_clean_report_is_accepted_without_words(document: Document) -> None:
    facts = document_to_facts(document)
    accepted = accept(document, facts, document_to_token_report(document, facts))
    assert (accepted.warnings, accepted.rejections) == ((), ())
    assert accepted.tokens == accepted.accounted > 100


def test_warnings_name_the_table_and_the_numbers_left_over(document: Document) -> None:
    facts = document_to_facts(document)
    left = TokenReport((Token(1, 1, 0, "7", ""), *(Token(1, 1, 0, "8", "fact") for _ in range(99))))
    accepted = accept(_broken(document, 1), facts, left)
    assert not accepted.rejections
    assert document.tables[0].title in accepted.warnings[0] and "1 个" in accepted.warnings[1]
    unitless = replace(document, tables=tuple(replace(table, unit="") for table in document.tables))
    assert "单位" in accept(unitless, facts, TokenReport(())).warnings[0]


@pytest.mark.parametrize("what", ["numbers", "sums", "nothing"])
def test_quarantine(document: Document, what: str) -> None:
    facts = document_to_facts(document)
    tokens = document_to_token_report(document, facts)
    if what == "numbers":
        tokens = TokenReport(tuple(Token(1, 1, 0, "7", "" if at < 2 else "fact") for at in range(10)))
    if what == "sums":
        document = _broken(document, len(document.tables))
    if what == "nothing":
        facts = ()
    assert accept(document, facts, tokens).rejections


def test_a_quarantined_report_is_refused_with_its_reasons(document: Document) -> None:
    with pytest.raises(Quarantined, match=r"未收入索引.*不符"):
        document_to_contents(_broken(document, len(document.tables)), Path("report.html"))


def test_one_bad_report_harms_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for seed, name in ((1, "one.html"), (2, "two.docx"), (4, "three.xlsx")):
        accounts, style = make_accounts(seed)
        {"html": rendering.to_html, "docx": rendering.to_docx, "xlsx": rendering.to_xlsx}[name.split(".")[1]](
            folder / name, accounts, style
        )
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\n" + bytes(5000))
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    said: list[str] = []
    outcome = build_index([folder], tmp_path / "data", open_embedder(), keep_others=False, progress=said.append)
    assert outcome.indexed == ("one", "three", "two")
    assert [failure.path.name for failure in outcome.failures] == ["bad.pdf", "picture.png"]
    line = next(text for text in said if text.startswith("  two："))
    assert re.search(
        r"1 页，\d+ 个数据，.*8 张表（有数字的 7 张，.*证明的 7 张），\d+ 个数字中 100 % 有着落，0 处不一致", line
    )
    assert any("三公经费" in text and text.startswith("  表：") for text in said)


def test_what_is_known_of_a_report(tmp_path: Path) -> None:
    accounts, style = make_accounts(5)
    path = tmp_path / "report.html"
    rendering.to_html(path, accounts, style)
    info = read_contents(path).info
    assert info.numbers == info.numbers_accounted and info.warnings == ()
    assert info.kinds == tuple(sheet.kind for sheet in accounts.sheets)


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(3, 3, "100 %"), (9999, 10000, "99.9 %"), (1, 3, "33.3 %"), (0, 0, "100 %")]
)
def test_percent_never_rounds_up_to_all(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text
