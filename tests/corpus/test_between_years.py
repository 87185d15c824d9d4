"""A report's words about the year before, held against the report of that year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from corpus.checks import between_years
from corpus.contents import read_contents
from corpus.facts import Fact

REPORT = Path(__file__).parents[2] / "corpus" / "reports" / "shanghai-port-office-2016.txt"
# By eye, L856-866 of the report of 2016: 「三公」 94.27 − (−36.18), 出国 59.26 − (−10.02), 用车 9.65 − (−11.60), 接待 25.37 − (−14.55)
SAID = {"公务接待费": "39.92", "因公出国（境）费": "69.28", "公务用车购置及运行费": "21.25"}


def of_2015(facts: tuple[Fact, ...], amounts: dict[str, str]) -> list[Fact]:
    """The tables of the year before, as its report would print them."""
    cells = [replace(f, period="2015", id=f"2015:{f.id}") for f in facts if f.source == "cell"]
    three = [f for f in cells if f.table_kind == "three_public" and f.measure == "final"]
    return [replace(f, value=Decimal(amounts[f.item])) for f in three if f.item in amounts]


def test_what_agrees_is_no_finding_and_what_does_not_is_one() -> None:
    facts = read_contents(REPORT).facts
    checked, found = between_years(facts, of_2015(facts, SAID))
    assert checked >= 2 and not [each for each in found if each.severity == "substantive"]
    checked, found = between_years(facts, of_2015(facts, {**SAID, "公务接待费": "38.92"}))
    severe = [each for each in found if each.severity == "substantive"]
    assert [(each.printed, each.computed) for each in severe] == [(Decimal("38.92"), Decimal("39.92"))]
    assert severe[0].kind == "between_years" and severe[0].cells[0].startswith("2015:")


def test_another_years_report_is_not_compared() -> None:
    facts = read_contents(REPORT).facts
    later = [replace(fact, period="2014") for fact in of_2015(facts, SAID)]
    assert between_years(facts, later) == (0, ())
