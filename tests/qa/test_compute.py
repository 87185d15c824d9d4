"""Computations: exact, with every operand cited; gold worked out by hand from figures of the shipped report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.index import Index
from qa.catalogue import Catalogue
from qa.compute import Undefined, Value, comparable, derived, evaluate, in_unit, stated
from qa.names import shared_names
from qa.operations import OPERATIONS, like
from qa.plan import Call, Name, Ref
from qa.resolve import Missing
from qa.values import half_units


@pytest.fixture(scope="module")
def catalogue(built_index: Path) -> Iterator[Catalogue]:
    index = Index.open(built_index)
    (info,) = index.facts.reports()
    yield Catalogue(index.facts, info, shared_names())
    index.close()


def ref(catalogue: Catalogue, name: str, measure: str = "", **more: str) -> Ref:
    return Ref((Name(name, (catalogue.names.canonical(name),)),), measure, **more)  # type: ignore[arg-type]


def worth(catalogue: Catalogue, op: str, *args: Ref | Call) -> Value:
    value = evaluate(Call(op, args), catalogue)
    assert isinstance(value, Value), value
    return value


RECEPTION, PRINTING, POWER = "公务接待费", "印刷费", "电费"  # 25.37 (L621), 1.22, 6.15


@pytest.mark.parametrize(
    ("op", "names", "shown", "unit"),
    [
        ("sum", (RECEPTION, PRINTING), "26.59", "万元"),
        ("sum", (RECEPTION, PRINTING, POWER), "32.74", "万元"),
        ("difference", (RECEPTION, PRINTING), "24.15", "万元"),
        ("difference", (PRINTING, RECEPTION), "24.15", "万元"),
        ("times", (RECEPTION, POWER), "4.13", "倍"),  # 4.1252…
        ("share", (PRINTING, "商品和服务支出"), "0.30", "%"),  # 1.22 ÷ 411.85 = 0.2962…
        ("mean", (RECEPTION, PRINTING), "13.30", "万元"),  # 13.295, the half goes up
        ("excess", (RECEPTION, POWER), "312.52", "%"),  # 19.22 ÷ 6.15 = 312.520…
    ],
)
def test_by_hand(catalogue: Catalogue, op: str, names: tuple[str, ...], shown: str, unit: str) -> None:
    value = worth(catalogue, op, *(ref(catalogue, name) for name in names))
    assert (str(value.shown), value.unit) == (shown, unit)
    assert len(value.leaves) == len(names) and value.printed is None and value.formula and value.steps


def test_the_year_before_from_the_stated_change(catalogue: Catalogue) -> None:
    # L621: 94.27; L858: 减少 36.18
    value = evaluate(ref(catalogue, "“三公”经费", period="prior"), catalogue)
    assert isinstance(value, Value) and value.shown == Decimal("130.45") and len(value.leaves) == 2


def test_a_share_the_report_prints_is_quoted(catalogue: Catalogue) -> None:
    call = Call("share", (ref(catalogue, RECEPTION), ref(catalogue, "“三公”经费")))
    printed = stated(call, catalogue)
    assert printed is not None and printed.shown == Decimal("26.91") and printed.printed is not None
    vehicles = stated(Call("share", (ref(catalogue, "公务用车购置及运行费"), call.args[1])), catalogue)
    # Printed 10.23; 9.65 ÷ 94.27 is 10.2366… and 9.65 ÷ 94.28 10.2354…
    assert vehicles is not None and vehicles.shown == Decimal("10.23")
    assert stated(Call("share", (ref(catalogue, PRINTING), call.args[1])), catalogue) is None


def test_an_average_per_reception(catalogue: Catalogue) -> None:
    value = worth(catalogue, "average", ref(catalogue, RECEPTION), ref(catalogue, RECEPTION, "count", unit_hint="批次"))
    assert (value.shown, value.unit) == (Decimal("4300.00"), "元")


def test_nothing_divides_by_zero_or_adds_a_blank(catalogue: Catalogue) -> None:
    with pytest.raises(Undefined):
        evaluate(Call("share", (ref(catalogue, "购房补贴"), ref(catalogue, "购房补贴", "budget"))), catalogue)
    with pytest.raises(Undefined, match="空白"):
        evaluate(Call("sum", (ref(catalogue, "离休费"), ref(catalogue, PRINTING))), catalogue)


def test_a_missing_operand_makes_it_missing(catalogue: Catalogue) -> None:
    found = evaluate(Call("sum", (ref(catalogue, RECEPTION), ref(catalogue, "茅台酒"))), catalogue)
    assert isinstance(found, Missing) and found.surface == "茅台酒"


def test_unlike_units_do_not_add(catalogue: Catalogue) -> None:
    amount = evaluate(ref(catalogue, RECEPTION), catalogue)
    guests = evaluate(ref(catalogue, RECEPTION, "count", unit_hint="人次"), catalogue)
    assert isinstance(amount, Value) and isinstance(guests, Value)
    assert not comparable([amount, guests]) and comparable([amount, amount])
    with pytest.raises(Undefined):
        OPERATIONS["sum"]([amount, guests])


def test_a_completion_that_is_not_printed_is_derived(catalogue: Catalogue) -> None:
    # L621: 公务用车运行费 24.50, 9.65 -> 39.3877…
    value = derived(ref(catalogue, "公务用车购置及运行费", "completion"), catalogue)
    assert value is not None and value.shown == Decimal("39.39")


def test_every_operation_names_its_leaves_once(catalogue: Catalogue) -> None:
    value = worth(catalogue, "sum", ref(catalogue, RECEPTION), ref(catalogue, RECEPTION))
    assert value.shown == Decimal("50.74") and len(value.leaves) == 1


AMOUNT = st.decimals(min_value=-(10**6), max_value=10**6, places=2, allow_nan=False)


def plain(number: Decimal, unit: str = "万元") -> Value:
    return Value(Fraction(number), unit, "项", ())


@given(st.lists(AMOUNT, min_size=1, max_size=6))
def test_a_sum_is_exact_in_any_order(numbers: list[Decimal]) -> None:
    values = [plain(n) for n in numbers]
    total = OPERATIONS["sum"](values)
    assert total.shown == sum(numbers, Decimal(0)) == OPERATIONS["sum"](values[::-1]).shown


@given(AMOUNT, AMOUNT)
def test_a_difference_has_no_sign_and_says_which_is_larger(a: Decimal, b: Decimal) -> None:
    found = OPERATIONS["difference"]([plain(a), plain(b)])
    assert found.shown == abs(a - b) and found.number == OPERATIONS["difference"]([plain(b), plain(a)]).number


@given(AMOUNT, AMOUNT.filter(bool))
def test_shares_and_times_agree(a: Decimal, b: Decimal) -> None:
    share, times = OPERATIONS["share"]([plain(a), plain(b)]), OPERATIONS["times"]([plain(a), plain(b)])
    assert share.number == times.number * 100 == Fraction(a) / Fraction(b) * 100
    assert abs(Fraction(share.shown) - share.number) <= Fraction(1, 200)


@given(AMOUNT, st.sampled_from(["元", "千元", "万元", "亿元"]))
def test_units_come_and_go_exactly(number: Decimal, unit: str) -> None:
    value = plain(number)
    assert in_unit(in_unit(value, unit), "万元").number == value.number
    assert in_unit(plain(number, "%"), unit).unit == "%"


@given(AMOUNT, AMOUNT)
def test_unlike_money_is_brought_to_the_first_unit(a: Decimal, b: Decimal) -> None:
    first, second = like([plain(a, "元"), plain(b, "万元")])
    assert (first.unit, second.unit) == ("元", "元") and second.number == Fraction(b) * 10_000


def test_rounding_of_operands_is_half_a_last_digit_each(catalogue: Catalogue) -> None:
    assert half_units(worth(catalogue, "sum", ref(catalogue, RECEPTION), ref(catalogue, POWER))) == Fraction(1, 100)
