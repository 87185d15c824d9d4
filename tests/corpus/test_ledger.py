"""The reasons ledger: every difference of the shipped report by eye, and copies in which a reason is missing or empty."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from corpus.contents import document_to_facts
from corpus.ledger import LedgerEntry, report_to_ledger, restates
from corpus.readers import read_report
from corpus.statements import document_to_remarks
from tests.corpus.test_layouts import REPORT


def ledger_of(path: Path) -> tuple[LedgerEntry, ...]:
    document = read_report(path)
    return report_to_ledger(document_to_facts(document), document_to_remarks(document))


@cache
def shipped() -> tuple[LedgerEntry, ...]:
    return ledger_of(REPORT)


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> dict[tuple[str, str], LedgerEntry]:
    text = REPORT.read_text(encoding="utf-8")
    for printed, other in pairs:
        assert printed in text, printed
        text = text.replace(printed, other, 1)
    path = tmp_path / "copy.txt"
    path.write_text(text, encoding="utf-8")
    return {(entry.item, entry.about): entry for entry in ledger_of(path)}


# By eye: item, final, compared with, change, mark, line of the reason (or of the figure), how the reason begins.
BUDGET = [
    ("一般公共预算财政拨款支出", "15666.39", "3093.97", "12572.42", "", 716, "追加了上海国际贸易单一窗口"),
    ("行政运行", "1484.73", "1576.26", "-91.53", "", 727, "部分公用经费标准降低"),
    ("一般行政管理事务", "13800.61", "407.34", "13393.27", "", 739, "追加了上海国际贸易单一窗口"),
    ("机关事业单位基本养老保险缴费支出", "91.37", "0", "91.37", "", 757, "年初未列预算"),
    ("行政单位医疗", "55.98", "67.12", "-11.14", "", 776, "根据政策因素降低缴费比例"),
    ("其他医疗卫生与计划生育支出", "1.80", "2.40", "-0.60", "", 786, "部分缴费基数估计非精准"),
    ("住房公积金", "68.76", "38.08", "30.68", "", 796, "缴费基数提高"),
    ("购房补贴", "160.37", "0", "160.37", "", 806, "根据政策因素增加购房补贴支出"),
    ("“三公”经费财政拨款支出", "94.27", "142.46", "-48.19", "", 851, "公务接待费标准降低"),
    ("因公出国（境）费", "59.26", "70.60", "-11.34", "of_whole", 851, "公务接待费标准降低"),
    ("公务用车购置及运行维护费", "9.65", "24.50", "-14.85", "of_whole", 851, "公务接待费标准降低"),
    ("公务接待费", "25.37", "47.36", "-21.99", "of_whole", 851, "公务接待费标准降低"),
    ("公务用车运行费", "9.65", "24.50", "-14.85", "of_whole", 851, "公务接待费标准降低"),
]
CHANGE = [
    ("收入总计", "15670.84", "2828.09", "12842.75", "", 649, "增加了上海国际贸易单一窗口"),
    ("支出总计", "15670.84", "2828.09", "12842.75", "", 649, "增加了上海国际贸易单一窗口"),
    ("财政拨款收入总计", "15666.39", "2828.09", "12838.30", "", 680, "增加了上海国际贸易单一窗口"),
    ("财政拨款支出总计", "15666.39", "2828.09", "12838.30", "", 680, "增加了上海国际贸易单一窗口"),
    ("一般公共预算财政拨款支出", "15666.39", "2828.09", "12838.30", "", 696, "增加了上海国际贸易单一窗口"),
    ("“三公”经费财政拨款支出", "94.27", "130.45", "-36.18", "by_parts", 858, ""),
    ("因公出国（境）费", "59.26", "69.28", "-10.02", "", 866, "出访人次减少"),
    ("公务用车购置及运行维护费", "9.65", "21.25", "-11.60", "", 868, "贯彻落实公务用车制度改革精神"),
    ("公务接待费", "25.37", "39.92", "-14.55", "", 870, "接待人次减少"),
    ("机关运行经费", "716.91", "611.38", "105.53", "", 937, "信息网络购置更新"),
]


@pytest.mark.parametrize(("about", "expected"), [("budget", BUDGET), ("change", CHANGE)])
def test_every_difference_of_the_shipped_report(about: str, expected: list[tuple[str, ...]]) -> None:
    found = [e for e in shipped() if e.about == about]
    rows = [(e.item, e.figure, e.against, e.change, e.mark, e.line) for e in found]
    assert rows == [(i, Decimal(f), Decimal(a), Decimal(c), m, line) for i, f, a, c, m, line, _ in expected]
    for entry, row in zip(found, expected, strict=True):
        assert entry.reason.startswith(row[6]) if row[6] else entry.reason == ""


def test_reasons_are_verbatim_and_cells_are_the_figures() -> None:
    text = "".join(REPORT.read_text(encoding="utf-8").split())
    facts = {fact.id: fact for fact in document_to_facts(read_report(REPORT))}
    for entry in shipped():
        assert "".join(entry.reason.split()) in text and "".join(entry.sentence.split()) in text
        final, other = (facts[id_] for id_ in entry.cells)
        assert final.value == entry.figure and other.value in (entry.against, entry.change)


def test_rates_and_what_is_large() -> None:
    rates = {(e.item, e.about): (e.rate, e.large) for e in shipped()}
    assert rates["行政运行", "budget"] == (Decimal("-5.81"), False)  # 91.53 ÷ 1,576.26
    assert rates["购房补贴", "budget"] == (None, True)  # a budget of 0
    assert rates["公务接待费", "budget"] == (Decimal("-46.43"), True)
    assert not [e.item for e in shipped() if e.unexplained]


@pytest.mark.parametrize(
    ("printed", "other", "mark", "reason"),
    [
        ("决算数大于预算数的主要原因：缴\n\n费基数提高。", "", "none", ""),
        ("主要原因：缴\n\n费基数提高。", "主要原因：住房公积\n\n金支出增加。", "restates", "住房公积金支出增加"),
        (
            "主要原因：缴\n\n费基数提高。",
            "主要原因：实际支出\n\n较年初预算有所增加。",
            "restates",
            "实际支出较年初预算有所增加",
        ),
        ("主要原因：缴\n\n费基数提高。", "主要原因：人员\n\n增加。", "", "人员增加"),
    ],
)
def test_a_missing_or_empty_reason_is_marked(tmp_path: Path, printed: str, other: str, mark: str, reason: str) -> None:
    found = changed(tmp_path, (printed, other))["住房公积金", "budget"]
    assert (found.mark, "".join(found.reason.split())) == (mark, reason)
    assert found.unexplained == (mark in ("none", "restates"))
    assert found.page and found.line  # where the figure stands, at least


def test_a_whole_is_explained_by_its_parts_only_while_all_of_them_are(tmp_path: Path) -> None:
    gone = "公务接待费支出减少的主要原因是接待人次\n\n减少。"
    found = changed(tmp_path, (gone, ""))
    assert found["公务接待费", "change"].mark == "none"
    assert found["“三公”经费财政拨款支出", "change"].mark == "none"


def test_no_difference_is_no_entry() -> None:
    assert not [
        e for e in shipped() if e.item in ("归口管理的行政单位离退休", "其他行政事业单位离退休支出")
    ]  # 745, 765


@pytest.mark.parametrize(
    ("reason", "names", "expected"),
    [
        ("公务接待费减少", ("公务接待费",), True), ("支出减少", ("培训费",), True), ("会议费支出较上年有所下降。", ("会议费",), True),
        ("接待人次减少", ("公务接待费",), False), ("政策性调整", ("住房公积金",), False), ("追加了设备购置预算", ("项目支出",), False),
    ],
)  # fmt: skip
def test_what_only_restates(reason: str, names: tuple[str, ...], expected: bool) -> None:
    assert restates(reason, names) is expected


def test_a_reason_announced_after_a_slip_is_that_of_the_figure_before_it(tmp_path: Path) -> None:
    # 453.96 printed without its % sign: the words after it name no item that has an amount
    slip = ("政拨款支出增加 12,838.30 万元，增长\n\n453.96%。", "政拨款支出增加 12,838.30 万元，增长\n\n453.96。")
    found = changed(tmp_path, slip)["一般公共预算财政拨款支出", "change"]
    assert found.mark == "" and "单一窗口运维资金" in found.reason


def test_a_part_that_makes_all_of_the_difference_shares_the_reason_of_its_whole() -> None:
    (part,) = [e for e in shipped() if e.item == "公务用车运行费"]
    assert part.mark == "of_whole" and part.line == 851
