"""Where a report disagrees with itself: what is expected of the shipped one, by eye, and of copies with one change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from corpus.checks import Discrepancy, check
from corpus.checks.claims import Claim, Term, percent_of, sum_of
from corpus.checks.discrepancy import value_in
from corpus.checks.verdict import claim_to_discrepancy, judge
from corpus.contents import document_to_facts
from corpus.facts import Fact
from corpus.readers import read_report
from tests.corpus.test_layouts import REPORT


def checked(path: Path) -> tuple[Discrepancy, ...]:
    document = read_report(path)
    return check(document.tables, document_to_facts(document), document.paragraphs)


@cache
def shipped() -> tuple[Discrepancy, ...]:
    return checked(REPORT)


@cache
def facts() -> dict[str, Fact]:
    return {fact.id: fact for fact in document_to_facts(read_report(REPORT))}


def pairs(kind: str) -> list[tuple[str, str]]:
    return [(f"{d.printed}", f"{d.computed}") for d in shipped() if d.kind == kind]


def test_the_stated_budget_is_the_only_substantive_difference() -> None:
    (found,) = [d for d in shipped() if d.severity == "substantive"]
    assert (found.printed, found.computed) == (Decimal("3093.97"), Decimal("2093.96"))  # 714; 723 to 804
    assert (found.difference, found.kind) == (Decimal("1000.01"), "sum_in_text")
    lines = [facts()[cell].line for cell in found.cells]
    assert lines == [714, 723, 735, 745, 753, 765, 772, 784, 794, 804]
    assert "3,093.97 万元" in found.statement and "超出四舍五入误差" in found.statement


def test_rounding_between_tables() -> None:
    assert pairs("between_tables") == [("15666.81", "15666.80")]  # 173, 210


def test_rounding_in_tables() -> None:
    found = pairs("sum_in_table")
    assert sorted(set(found)) == [
        ("15666.39", "15666.38"),  # 271, 396: 1,865.77 + 13,800.61
        ("15666.80", "15666.81"),  # 210
        ("1865.77", "1865.78"),  # 271, 396: the four 类
        ("913.63", "913.62"),  # 465
        ("94.14", "94.13"),  # 222, 283, 412
        ("94.27", "94.28"),  # 621
    ]
    assert len(found) == 15  # in both directions, in each table that prints them


def test_rounding_in_sentences() -> None:
    assert sorted(pairs("sum_in_text"))[1:] == [
        ("15666.39", "15666.38"),  # 667
        ("15666.39", "15666.38"),  # 714, the nine finals
        ("15666.80", "15666.81"),  # 657
        ("3093.97", "2093.96"),
        ("94.27", "94.28"),  # 841
    ]
    assert sorted(pairs("sum_in_text"))[0] == ("-36.18", "-36.17")  # 858


def test_the_only_percentage_that_is_off_by_rounding() -> None:
    assert not pairs("completion") and not pairs("change_rate")
    assert pairs("share") == [("10.23", "10.24")]  # 880: 9.65 of 94.27


def test_nothing_else_is_claimed() -> None:
    assert {d.kind for d in shipped()} == {"sum_in_table", "between_tables", "sum_in_text", "share"}
    assert all(d.difference == d.printed - d.computed != 0 for d in shipped())


def test_cells_are_facts_of_the_report() -> None:
    assert all(cell in facts() for d in shipped() for cell in d.cells)
    for d in shipped():
        assert facts()[d.cells[0]].value == d.printed


ONE_CHANGE = [
    # (as printed, changed, kind that must find it, line of the changed figure)
    ("收入合计 15,666.80 万元", "收入合计 16,666.80 万元", "table_and_text", 657),
    ("基本支出 1,865.77 万元，占 11.91%", "基本支出 1,865.77 万元，占 12.91%", "share", 669),
    ("完成预算\n\n的 66.17%", "完成预算\n\n的 68.17%", "completion", 843),
    ("减少 36.18 万元，降低 27.73%", "减少 36.18 万元，降低 29.73%", "change_rate", 858),
    ("减少 36.18 万元", "减少 46.18 万元", "sum_in_text", 858),
    ("年初预算为 1,576.26 万元", "年初预算为 1,676.26 万元", "completion", 725),
    ("国内公务接待支出 25.37 万", "国内公务接待支出 35.37 万", "part_above_whole", 905),
    ("服务采购金额\n\n261.19 万元", "服务采购金额\n\n251.19 万元", "sum_in_text", 940),
    ("涉及预算金额 1,095.90 万元", "涉及预算金额 1,195.90 万元", "performance", 974),
    ("平均得分\n\n86.83 分", "平均得分\n\n87.83 分", "performance", 976),
    ("87.65 分，属于", "77.65 分，属于", "table_and_text", 1054),
    ("一般公务用车 3辆", "一般公务用车 2辆", "sum_in_text", 960),
    ("购房补贴 160.37 160.37           ", "购房补贴 161.37 161.37           ", "sum_in_table", 241),
    ("公务接待费 2.38    2.38  ", "公务接待费 42.38    42.38  ", "between_tables", 525),
    ("  94.14 94.14    ", "  95.14 95.14    ", "between_tables", 339),
    (" 716.91 \n", " 816.91 \n", "between_tables", 619),
]


@pytest.mark.parametrize(("printed", "changed", "kind", "line"), ONE_CHANGE)
def test_one_changed_figure_is_found(tmp_path: Path, printed: str, changed: str, kind: str, line: int) -> None:
    text = REPORT.read_text(encoding="utf-8")
    assert printed in text
    copy = tmp_path / "copy.txt"
    copy.write_text(text.replace(printed, changed, 1), encoding="utf-8")
    known = {d.statement for d in shipped()}
    document = read_report(copy)
    found_facts = {fact.id: fact for fact in document_to_facts(document)}
    new = [d for d in checked(copy) if d.severity == "substantive" and d.statement not in known]
    assert line in {found_facts[cell].line for d in new if d.kind == kind for cell in d.cells}


def test_a_copy_of_another_department_and_year_finds_the_same(tmp_path: Path) -> None:
    text = REPORT.read_text(encoding="utf-8").replace("上海市口岸服务办公室", "某县林业局")
    copy = tmp_path / "copy.txt"
    copy.write_text(text.replace("2016", "2021").replace("2015", "2020"), encoding="utf-8")
    found, expected = ([(d.kind, d.printed, d.computed) for d in each] for each in (checked(copy), shipped()))
    assert found == expected


def test_parts_that_may_not_be_all_raise_no_alarm(tmp_path: Path) -> None:
    text = REPORT.read_text(encoding="utf-8")
    gone = "；其他收入\n\n0.42 万元，占 0.003%"
    assert gone in text
    copy = tmp_path / "copy.txt"
    copy.write_text(text.replace(gone, "", 1), encoding="utf-8")
    assert len([d for d in checked(copy) if d.severity == "substantive"]) == 1


def test_a_table_whose_columns_are_unsure_raises_no_alarm(tmp_path: Path) -> None:
    text = REPORT.read_text(encoding="utf-8")
    row = "201 03 01 行政运行 1,485.15 1,484.73         0.42 "
    assert row in text
    copy = tmp_path / "copy.txt"
    longer = "201 03 01 行政运行 1,485.15 1,484.73 1.00 1.00 1.00 1.00 0.42 9.00 "
    copy.write_text(text.replace(row, longer), encoding="utf-8")
    assert not [d for d in checked(copy) if d.severity == "substantive" and "收入决算表" in d.statement]


def test_units_of_money_are_compared_exactly() -> None:
    fact = facts()["shanghai-port-office-2016:three_public:0:11"]
    assert value_in(fact, "元") == Decimal("253700")
    assert value_in(fact, "亿元") == Decimal("0.002537")


def claim(printed: str, parts: tuple[str, ...], relation: str = "equal") -> Claim:
    fact = facts()["shanghai-port-office-2016:three_public:0:1"]
    given = [replace(fact, id=f"p{i}", value=Decimal(part)) for i, part in enumerate(parts)]
    return Claim("k", replace(fact, value=Decimal(printed)), sum_of(given, "万元"), "x", relation)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "parts", "outcome"),
    [
        ("94.27", ("94.27",), "holds"),
        ("94.27", ("94.28",), "rounding"),  # 0.005 for each of the two
        ("94.27", ("94.29",), "substantive"),
        ("94.27", ("59.26", "9.65", "25.37"), "rounding"),
        ("94.27", ("59.27", "9.66", "25.36"), "rounding"),  # 0.02 = four times 0.005
        ("94.27", ("59.27", "9.66", "25.37"), "substantive"),  # 0.03
        ("94.3", ("94.25",), "rounding"),  # 0.05 + 0.005
        ("94.3", ("94.244",), "substantive"),  # 0.056 > 0.05 + 0.0005
        ("94.27", ("94.27", "0"), "holds"),
        ("0", ("0.01",), "substantive"),  # a printed 0 is exact
    ],
)
def test_rounding_is_half_a_unit_of_the_last_digit_of_each(printed: str, parts: tuple[str, ...], outcome: str) -> None:
    assert judge(claim(printed, parts)).outcome == outcome


@pytest.mark.parametrize(
    ("relation", "printed", "other", "outcome"),
    [
        ("above", "2.00", "1.00", "holds"), ("above", "1.00", "1.00", "rounding"), ("above", "1.00", "2.00", "substantive"),
        ("below", "1.00", "2.00", "holds"), ("below", "2.00", "1.00", "substantive"), ("above", "0", "0", "substantive"),
        ("at_most", "1.00", "1.00", "holds"), ("at_most", "1.01", "1.00", "rounding"), ("at_most", "1.02", "1.00", "substantive"),
    ],
)  # fmt: skip
def test_relations(relation: str, printed: str, other: str, outcome: str) -> None:
    assert judge(claim(printed, (other,), relation)).outcome == outcome


def test_a_quotient_is_off_by_rounding_only_within_the_extremes_of_its_operands() -> None:
    fact = facts()["shanghai-port-office-2016:three_public:0:1"]
    part, whole = replace(fact, id="a", value=Decimal("9.65")), replace(fact, id="b", value=Decimal("94.27"))
    formula = percent_of(part, (Term(whole),))
    # 9.645 ÷ 94.275 = 10.2307… %, 9.655 ÷ 94.265 = 10.2424… %
    low, high = formula.bounds() or (None, None)
    assert low == Fraction("9.645") / Fraction("94.275") * 100 and high == Fraction("9.655") / Fraction("94.265") * 100
    stated = {"10.22": "substantive", "10.23": "rounding", "10.24": "holds", "10.25": "substantive"}
    for printed, outcome in stated.items():
        rate = replace(fact, value=Decimal(printed), unit="%", measure="share")
        assert judge(Claim("share", rate, formula, "x")).outcome == outcome, printed


def test_a_difference_that_another_reading_explains_is_undecided() -> None:
    unsure = replace(claim("94.27", ("59.26",)), others=(claim("94.27", ("94.27",)).formula,))
    assert judge(unsure).outcome == "undecided" and claim_to_discrepancy(unsure) is None
