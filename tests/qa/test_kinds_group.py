"""Questions over a table's rows: the largest, rankings, filters, counts, lists; gold read off the tables by eye."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from corpus.facts import Fact
from corpus.index import Index
from qa.answer import Answer

Told = Callable[..., list[tuple[str | None, str, int]]]
Talk = Callable[..., Answer]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("商品和服务支出里最大的三项是什么？", ["122.65", "58.80", "55.12"]),
        ("商品和服务支出里最小的一项是哪个？", ["0.08"]),
        ("商品和服务支出下第二多的是什么？", ["58.80"]),
        ("工资福利支出里最多的是哪项？", ["405.11"]),
        ("经济分类中款级科目最大的是？", ["405.11"]),
        ("功能分类项级科目中最小的是哪个？", ["0.28"]),
        ("三公经费里哪项花得最少？", ["9.65"]),
        ("三公经费里哪项完成率最低？", ["39.39"]),
        ("三公经费中哪一项比上年减少最多？", ["-14.55"]),
        ("政府采购中最多的是哪一类？", ["261.19"]),
        ("哪个绩效项目得分更高？", ["87.65", "86"]),
        ("对个人和家庭的补助中最小的两项", ["0.58", "0.96"]),
    ],
)
def test_rankings(told: Told, question: str, values: list[str]) -> None:
    assert [value for value, _, _ in told(question)] == values


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("商品和服务支出中超过50万元的有哪些？", {507, 547, 555}),
        ("商品和服务支出中哪些低于2万元？", {493, 497, 499, 517}),
        ("商品和服务支出里10万到20万之间的有哪些？", {491, 503, 533, 537, 539}),
        ("工资福利支出中空白的有哪些？", {475, 477, 485, 487}),
        ("哪些项目决算超过预算？", {279, 287, 304, 306}),
        ("哪些科目决算低于年初预算？", {277, 294, 296}),
        ("商品和服务支出中超过一百万元的有哪些？", {555}),
    ],
)
def test_filters(told: Told, question: str, lines: set[int]) -> None:
    assert {line for _, _, line in told(question)} == lines


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("商品和服务支出中有几项空白？", 7), ("商品和服务支出中有多少项超过10万元？", 10), ("支出决算表里有几个项级科目？", 9),
        ("工资福利支出中有几项空白？", 4), ("商品和服务支出中超过1000万元的有几项？", 0),
    ],
)  # fmt: skip
def test_counts(talk: Talk, question: str, count: int) -> None:
    figure = talk(question).figures[0]
    assert (figure.value, figure.unit, figure.computed) == (count, "项", True)
    assert figure.derivation is not None and len(figure.derivation.inputs) == count


@pytest.mark.xfail(reason="a count of nothing cites nothing", strict=True)
def test_a_count_of_nothing_cites_where_it_looked(talk: Talk) -> None:
    assert talk("商品和服务支出中超过1000万元的有几项？").figures[0].citations


def test_no_match_is_said_and_asserts_nothing(talk: Talk) -> None:
    answer = talk("商品和服务支出中超过1000万元的有哪些？")
    assert answer.status == "answered" and not answer.figures and "没有" in answer.text


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("列出三公经费各项", {"59.26", "9.65", "25.37"}),
        ("钱都花哪了？", {"15285.34", "229.13", "94.14", "57.78"}),
        ("政府采购各项分别多少？", {"46.13", "0", "261.19"}),
    ],
)
def test_lists(told: Told, question: str, values: set[str]) -> None:
    assert {value for value, _, _ in told(question)} >= values


@pytest.fixture(scope="module")
def services(built_index: object) -> list[Fact]:
    """The rows under 商品和服务支出 (302 …) with their totals."""
    index = Index.open(built_index)  # type: ignore[arg-type]
    found = [
        fact
        for fact in index.facts.facts()
        if fact.table_kind == "basic_expenditure" and fact.code.startswith("302") and len(fact.code) > 3
    ]
    index.close()
    return [fact for fact in found if fact.facet in {"", "合计"}]


@pytest.mark.parametrize(
    "bound",
    [
        "0.5",
        "1.62",
        "2",
        "8.34",
        "12.04",
        "20",
        "58.80",
        "100",
    ],
)
def test_bounds_part_the_table_as_they_do_by_hand(talk: Talk, services: list[Fact], bound: str) -> None:
    """Over, not over, and blank rows make up the table, whatever the bound; the bound itself is not over it."""
    figures = {fact.line: fact.value for fact in services if fact.value is not None}
    assert len(services) == 27 and len(figures) == 20
    for word, keep in (("超过", True), ("不超过", False)):
        answer = talk(f"商品和服务支出中{word}{bound}万元的有哪些？")
        told = {answer.citations[f.citations[0]].line for f in answer.figures}
        assert told == {line for line, value in figures.items() if (value > Decimal(bound)) is keep}, answer.text


def test_a_ranking_is_in_order_and_leaves_blanks_out(talk: Talk, services: list[Fact]) -> None:
    answer = talk("商品和服务支出各项从大到小排列")
    values = [f.value for f in answer.figures if f.role == "answer"]
    assert values == sorted((f.value for f in services if f.value is not None), reverse=True)
    assert any("7 项空白" in note for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "公务接待费最多的一次是多少？",
        "公务接待费最高的一笔是多少？",
        "公务接待费最高的月份是哪个？",
        "出国费最多的团组是哪个？",
        "哪个处室花钱最多？",
        "上半年商品和服务支出最大的三项是什么？",
        "追加的预算用于什么？",
    ],
)
def test_a_group_the_report_does_not_part_is_refused(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text
