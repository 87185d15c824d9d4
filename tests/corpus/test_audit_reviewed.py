"""What the auditor calls substantive in the reports under ../shared/reports/more: each held up to the page by eye.

The reports are no part of the project; where they are not beside the checkout the tests are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.checks import Audit, audit
from corpus.contents import document_to_facts
from corpus.document import Document
from corpus.ledger import report_to_ledger
from corpus.readers import read_report
from corpus.statements import document_to_remarks

FOLDERS = [parent / "shared" / "reports" / "more" for parent in Path(__file__).resolve().parents]

# (kind, printed, computed), with what the page says.
REVIEWED: dict[str, list[tuple[str, str, str]]] = {
    "putuo-finance-bureau-2024": [
        # page 21 prints 财政拨款收入支出总计0.3万元, the table of that section 2961.68
        ("table_and_text", "0.3", "2961.68"),
        # 2106.66 of 2940.05 is 71.65 %; the four shares printed make 100.07 %
        ("share", "71.73", "71.65"),
    ],
    "putuo-planning-bureau-2024": [
        # the text says 一般公共预算财政拨款基本支出 5377.64 (that of all 支出), the table of 一般公共预算 5364.75
        ("table_and_text", "5377.64", "5364.75"),
        # the text says 人员经费 4896.98 (with 480.66 the 5377.64 it states), the table 4884.09
        ("table_and_text", "4896.98", "4884.09"),
        # 9746.50 of 9759.38 is 99.868 %, of 10210.34 it is 95.457 %: digits cut off, not rounded
        ("share", "99.86", "99.87"),
        ("completion", "95.45", "95.46"),
    ],
    "putuo-commerce-commission-2025-budget": [],
    "jiangsu-cppcc-office-2018-budget": [],
}


def document_of(name: str) -> Document:
    path = next((folder / f"{name}.pdf" for folder in FOLDERS if (folder / f"{name}.pdf").is_file()), None)
    if path is None:
        pytest.skip(f"no ../shared/reports/more/{name}.pdf beside this checkout")
    return read_report(path)


def audited(name: str) -> Audit:
    document = document_of(name)
    return audit(document.tables, document_to_facts(document), document.paragraphs)


@pytest.mark.parametrize("name", REVIEWED)
def test_every_substantive_finding_was_held_up_to_the_page(name: str) -> None:
    found = [d for d in audited(name).findings if d.severity == "substantive"]
    assert [(d.kind, f"{d.printed}", f"{d.computed}") for d in found] == REVIEWED[name]


@pytest.mark.parametrize("name", ["putuo-finance-bureau-2024", "putuo-planning-bureau-2024"])
def test_no_reason_that_the_page_gives_is_missed(name: str) -> None:
    document = document_of(name)
    entries = report_to_ledger(document_to_facts(document), document_to_remarks(document))
    assert len(entries) >= 14 and not [e.item for e in entries if e.mark in ("none", "restates")]
