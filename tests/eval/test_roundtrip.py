"""The round trip asks fairly: three wordings a fact, none of which could mean another figure; and sees every miss."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from eval.roundtrip import Asked, Store, fair_wordings, why_missed
from eval.wordings import Told, fact_to_wordings

BASIC = Told(
    id="a",
    source="cell",
    table="2016年度基本支出决算表",
    table_kind="basic_expenditure",
    code="30217",
    level=2,
    item="公务接待费",
    parents=("商品和服务支出",),
    facet="合计",
    panel="",
    measure="final",
    basis="",
    value=Decimal("2.38"),
    unit="万元",
    state="number",
    line=525,
)
THREE = replace(
    BASIC,
    id="b",
    table="“三公”经费表",
    table_kind="three_public",
    code="",
    level=None,
    parents=(),
    value=Decimal("25.37"),
    line=621,
)
SAID = replace(THREE, id="c", source="sentence", table="", table_kind="", facet="", line=847)
CUT = replace(SAID, id="d", measure="change", value=Decimal("-14.55"), line=864)


def _answer(value: str, line: int, **changes: Any) -> dict[str, Any]:
    figure = {"value": value, "unit": "万元", "state": "number", "role": "answer", "label": "x", "citations": [0]}
    answer = {"status": "answered", "text": "", "figures": [figure], "citations": [{"line": line}]}
    return answer | changes


def test_a_table_fact_has_wordings_by_name_parent_code_and_column() -> None:
    texts = " ".join(wording.text for kind in fact_to_wordings(BASIC) for wording in kind)
    for part in ("基本支出决算表中，公务接待费", "商品和服务支出下的公务接待费", "30217", "合计"):
        assert part in texts
    assert "2016" not in texts


def test_a_wording_that_could_mean_another_figure_is_not_asked() -> None:
    store = Store((BASIC, THREE, SAID))
    asked = list(fair_wordings(BASIC, store))
    assert len(asked) >= 3
    assert all("基本支出决算表" in each.text for each in asked), "the name alone is 25.37 as well"
    assert all(each.lines == {525} for each in asked)


def test_of_each_kind_the_shortest_fair_wording_is_asked() -> None:
    twin = replace(BASIC, id="e", parents=("其他",), code="39917", value=Decimal("1"), line=700)
    texts = [each.text for each in fair_wordings(BASIC, Store((BASIC, twin)))]
    assert "基本支出决算表中，商品和服务支出下的公务接待费决算数是多少？" in texts
    assert "基本支出决算表中，公务接待费决算数是多少？" not in texts


def test_the_income_side_is_named_unless_it_is_the_only_one() -> None:
    income = replace(BASIC, id="f", table="收入决算表", table_kind="income", value=Decimal("3"), line=216)
    texts = [each.text for each in fair_wordings(income, Store((income, SAID)))]
    assert "公务接待费决算数是多少？" not in texts
    assert "公务接待费的收入决算数是多少？" in texts


def test_an_equal_figure_that_is_meant_as_well_may_be_cited() -> None:
    store = Store((THREE, SAID))
    short = [each for each in fair_wordings(SAID, store) if each.text == "公务接待费决算数是多少？"]
    assert [each.lines for each in short] == [{621, 847}]


def test_the_total_of_a_column_is_the_item_of_that_name() -> None:
    total = replace(BASIC, id="g", item="本年支出合计", facet="基本支出", level=0, code="", line=271)
    item = replace(SAID, id="h", item="基本支出", value=BASIC.value, line=669)
    assert total.twins(item)
    assert item.twins(total)
    assert not total.twins(replace(item, value=Decimal("1")))
    (lines,) = {each.lines for each in fair_wordings(item, Store((total, item))) if "说明" not in each.text}
    assert lines == {271, 669}


def test_a_decrease_is_asked_for_as_one() -> None:
    store = Store((THREE, SAID, CUT))
    asked = list(fair_wordings(CUT, store))
    assert len(asked) >= 3
    assert all("减少" in each.text for each in asked)


def test_every_way_of_missing_is_seen() -> None:
    asked = Asked(BASIC, "问", frozenset({525}))
    assert why_missed(asked, _answer("2.38", 525)) == ""
    assert "got 25.37" in why_missed(asked, _answer("25.37", 525))
    assert "cites" in why_missed(asked, _answer("2.38", 621))
    assert "not_in_report" in why_missed(asked, _answer("2.38", 525, status="not_in_report"))
    assert "asserts nothing" in why_missed(asked, _answer("2.38", 525, figures=[]))
