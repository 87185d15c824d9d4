"""Names to figures, over the shipped report; gold read from the report by eye, with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.index import Index
from qa.catalogue import Catalogue
from qa.names import shared_names
from qa.plan import Name, Ref
from qa.resolve import Found, Missing, resolve, said


@pytest.fixture(scope="module")
def catalogue(built_index: Path) -> Iterator[Catalogue]:
    index = Index.open(built_index)
    (info,) = index.facts.reports()
    yield Catalogue(index.facts, info, shared_names())
    index.close()


def ref(catalogue: Catalogue, *names: str, **more: object) -> Ref:
    """A reference to items by their printed names."""
    found = tuple(Name(name, (catalogue.names.canonical(name),)) for name in names)
    return Ref(found, **more)  # type: ignore[arg-type]


def found(catalogue: Catalogue, *names: str, **more: object) -> Found:
    result = resolve(ref(catalogue, *names, **more), catalogue)
    assert isinstance(result, Found), result
    return result


def test_reception_is_that_of_the_three_public_and_names_the_other(catalogue: Catalogue) -> None:
    both = found(catalogue, "公务接待费")
    assert (both.entry.fact.value, both.entry.fact.line) == (Decimal("25.37"), 621)
    assert [(e.fact.value, e.fact.line) for e in both.others] == [(Decimal("2.38"), 525)]


@pytest.mark.parametrize(
    ("names", "more", "value", "line"),
    [
        (("公务接待费", "基本支出"), {}, "2.38", 525),
        (("公务接待费",), {"measure": "budget"}, "47.36", 621),
        (("公务接待费",), {"measure": "change"}, "-14.55", None),
        (("公务接待费",), {"measure": "completion"}, "53.57", None),
        (("行政运行",), {"side": "income"}, "1485.15", 216),
        (("行政运行",), {}, "1484.73", 277),
        (("其他资本性支出",), {}, "305.06", None),
        (("其他资本性支出",), {"grain": "class"}, "305.06", 586),
        (("其他资本性支出",), {"grain": "group"}, "132.98", 602),
        (("本年收入合计",), {"tables": ("income_expenditure_summary",)}, "15666.81", 173),
        (("本年收入合计",), {"tables": ("income",)}, "15666.80", 210),
        (("一般行政管理事务",), {"measure": "budget"}, "407.34", None),
        (("购房补贴",), {"measure": "budget"}, "0", None),
        (("机关运行经费",), {"measure": "change"}, "105.53", None),
        (("因公出国（境）费用", "基本支出"), {}, "31.96", 515),
    ],
)
def test_figures_by_eye(
    catalogue: Catalogue, names: tuple[str, ...], more: dict[str, object], value: str, line: int | None
) -> None:
    fact = found(catalogue, *names, **more).entry.fact
    assert fact.value == Decimal(value)
    # The figure stands where it is said to stand: its own digits are at the place named.
    printed = re.match(r"[\d,.]+", fact.text[fact.start :])
    assert printed is not None and Decimal(printed[0].replace(",", "")) == Decimal(value).copy_abs()
    assert line is None or fact.line == line


@pytest.mark.parametrize("name", ["离休费", "公务用车购置费", "政府性基金预算财政拨款"])
def test_a_blank_is_found_and_is_no_zero(catalogue: Catalogue, name: str) -> None:
    result = resolve(ref(catalogue, name, measure="final"), catalogue)
    assert isinstance(result, Found)
    assert result.entry.fact.state in {"blank", "zero"}
    if result.entry.fact.state == "blank":
        assert result.entry.fact.value is None


def test_what_is_not_listed_is_missing(catalogue: Catalogue) -> None:
    result = resolve(ref(catalogue, "茅台酒"), catalogue)
    assert isinstance(result, Missing) and result.what == "item" and result.surface == "茅台酒"


def test_a_narrowing_that_does_not_fit_offers_what_there_is(catalogue: Catalogue) -> None:
    result = resolve(ref(catalogue, "项目支出", "印刷费"), catalogue)
    assert isinstance(result, Missing) and result.what == "within"
    assert [e.fact.value for e in result.nearest] == [Decimal("1.22")]


def test_a_measure_the_report_does_not_give_is_missing(catalogue: Catalogue) -> None:
    result = resolve(ref(catalogue, "印刷费", measure="budget"), catalogue)
    assert isinstance(result, Missing) and result.what == "measure"


def test_the_income_of_an_expenditure_is_missing(catalogue: Catalogue) -> None:
    result = resolve(ref(catalogue, "印刷费", side="income"), catalogue)
    assert isinstance(result, Missing) and result.what == "side"


def test_counts_of_receptions_and_guests(catalogue: Catalogue) -> None:
    for unit, value in (("批次", 59), ("人次", 554)):
        result = found(catalogue, "公务接待费", measure="count", unit_hint=unit)
        assert [e.fact.value for e in result.chosen] == [Decimal(value)]


def test_every_printed_name_finds_itself(catalogue: Catalogue) -> None:
    for entry in catalogue.entries:
        fact = entry.fact
        if fact.source == "cell" and fact.state == "number" and fact.table_kind == "basic_expenditure" and fact.code:
            result = resolve(Ref((Name(fact.item, (), fact.code),), "final"), catalogue)
            assert isinstance(result, Found), fact.item
            everything = {e.fact.value for e in (*result.chosen, *result.others)}
            assert fact.value in everything, fact.item


def test_the_same_reference_finds_the_same(catalogue: Catalogue) -> None:
    once, twice = found(catalogue, "住房公积金"), found(catalogue, "住房公积金")
    assert once == twice and said(ref(catalogue, "住房", "公积金")) == "住房公积金"
