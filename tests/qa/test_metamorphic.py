"""Relations between answers, generated from the report's own facts: how a question is put must not move the figure.

No gold is needed: each relation holds whatever the figure is (test_resolve.py has the gold).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import opencc
import pytest

from corpus.index import Index
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings

Asked = tuple[Decimal | None, str, str]
TOTAL = re.compile("合计|总计|总决算")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture(scope="module")
def ask(built_index: Path) -> Callable[[str], Answer]:
    return cache(Assistant.open(load_settings(data_dir=built_index)).ask)


@pytest.fixture(scope="module")
def items(built_index: Path) -> tuple[str, ...]:
    """The names of all amounts that the tables and sentences print, each once."""
    index = Index.open(built_index)
    facts = index.facts.facts()
    index.close()
    found = dict.fromkeys(
        fact.item.replace(" ", "")
        for fact in facts
        if fact.measure == "final" and fact.state == "number" and fact.unit == "万元" and fact.facet in {"", "合计"}
    )
    assert len(found) > 70
    return tuple(found)


def asserted(answer: Answer) -> Asked | None:
    """Value, unit and printed place of what is asserted; None when nothing is."""
    figure = next((f for f in answer.figures if f.role == "answer"), None)
    if figure is None or answer.status != "answered":
        return None
    place = answer.citations[figure.citations[0]]
    return figure.value, figure.unit, place.fact


def value_of(answer: Answer) -> Decimal | None:
    found = asserted(answer)
    return None if found is None else found[0]


def unlike(ask: Callable[[str], Answer], pairs: list[tuple[str, str]]) -> list[tuple[str, Asked | None, Asked | None]]:
    """The questions whose figure differs from the figure of their first wording."""
    told = [(other, asserted(ask(first)), asserted(ask(other))) for first, other in pairs]
    return [(question, a, b) for question, a, b in told if a is None or a != b]


def test_every_item_is_answered(ask: Callable[[str], Answer], items: tuple[str, ...]) -> None:
    assert not [item for item in items if asserted(ask(f"{item}的决算数是多少？")) is None]


WORDINGS = (
    "请问{}的决算数是多少？谢谢！", "你好，麻烦问一下，{}的决算数是多少？", "我想知道{}的决算数是多少", "{}决算多少",
    "{}的决算数", "{}决算数是多少啊？", "２０１６年{}的决算数是多少？", "2016年度{}的决算数是多少？",
    "二〇一六年{}的决算数是多少？", "{} 的 决算数 是 多少 ？", "「{}」的决算数是多少？", "**{}**的决算数是多少？",
    "决算数：{}是多少？", "能不能告诉我{}的决算数是多少？", "本报告中{}的决算数是多少？",
)  # fmt: skip


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_wording_keeps_the_figure(ask: Callable[[str], Answer], items: tuple[str, ...], wording: str) -> None:
    assert not unlike(ask, [(f"{item}的决算数是多少？", wording.format(item)) for item in items])


def test_traditional_script_keeps_the_figure(ask: Callable[[str], Answer], items: tuple[str, ...]) -> None:
    convert = opencc.OpenCC("s2t").convert
    assert not unlike(ask, [(q, convert(q)) for q in (f"{item}的决算数是多少？" for item in items)])


def test_full_width_digits_and_brackets_keep_the_figure(ask: Callable[[str], Answer], items: tuple[str, ...]) -> None:
    pairs = [(f"2016年{i}的决算数是多少？", f"2016年{i}的决算数是多少？".translate(_FULL_WIDTH)) for i in items]
    pairs += [(q, q.replace("（", "(").replace("）", ")").replace("？", "?")) for q, _ in pairs]
    assert not unlike(ask, pairs)


@pytest.mark.parametrize(("unit", "factor"), [("元", Decimal(10_000)), ("亿元", Decimal("0.0001"))])
def test_another_unit_is_the_same_money(
    ask: Callable[[str], Answer], items: tuple[str, ...], unit: str, factor: Decimal
) -> None:
    wrong = []
    for item in items:
        plain, converted = asserted(ask(f"{item}的决算数是多少？")), asserted(ask(f"{item}的决算数是多少{unit}？"))
        assert plain is not None and plain[0] is not None
        if converted is None or converted != (plain[0] * factor, unit, plain[2]):
            wrong.append((item, plain, converted))
    assert not wrong


def pairs_of(items: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each item with one that stands some way off, so that names do not run together by chance."""
    return [(a, b) for a, b in zip(items, items[7:] + items[:7], strict=True) if a not in b and b not in a]


COMPUTED: tuple[tuple[str, Callable[[Decimal, Decimal], Decimal]], ...] = (
    ("{0}加{1}是多少？", lambda a, b: a + b),
    ("{0}和{1}一共多少？", lambda a, b: a + b),
    ("{0}与{1}相差多少？", lambda a, b: abs(a - b)),
)


@pytest.mark.parametrize(("wording", "combined"), COMPUTED, ids=["plus", "together", "apart"])
def test_two_items_are_combined_exactly(
    ask: Callable[[str], Answer], items: tuple[str, ...], wording: str, combined: Callable[[Decimal, Decimal], Decimal]
) -> None:
    wrong = []
    for first, second in pairs_of(items):
        a, b = value_of(ask(f"{first}是多少？")), value_of(ask(f"{second}是多少？"))
        told = value_of(ask(wording.format(first, second)))
        if a is None or b is None or told != combined(a, b):
            wrong.append((wording.format(first, second), a, b, told))
    assert not wrong


def test_a_sum_has_no_order(ask: Callable[[str], Answer], items: tuple[str, ...]) -> None:
    wrong = [
        (a, b)
        for a, b in pairs_of(items)
        if value_of(ask(f"{a}和{b}一共多少？")) != value_of(ask(f"{b}和{a}一共多少？"))
    ]
    assert not wrong


def test_two_items_are_answered_each(ask: Callable[[str], Answer], items: tuple[str, ...]) -> None:
    wrong = []
    for first, second in pairs_of(tuple(item for item in items if not TOTAL.search(item))):
        a, b = value_of(ask(f"{first}是多少？")), value_of(ask(f"{second}是多少？"))
        told = {f.value for f in ask(f"{first}和{second}各是多少？").figures if f.role == "answer"}
        if not {a, b} <= told:
            wrong.append((first, second, a, b, told))
    assert not wrong


@pytest.mark.parametrize(
    "question", ["收入合计和支出合计各是多少？", "印刷费和本年支出合计各是多少？", "财政拨款收入和支出总计分别是多少？"]
)
def test_totals_are_answered_each(ask: Callable[[str], Answer], question: str) -> None:
    told = [f for f in ask(question).figures if f.role == "answer"]
    assert len(told) == 2 and not any(f.computed for f in told)


def test_another_item_is_another_figure(ask: Callable[[str], Answer], items: tuple[str, ...]) -> None:
    """Swapping the item swaps the place that is cited, unless both names are printed in one row."""
    cited: dict[str, set[str]] = {}
    for item in items:
        found = asserted(ask(f"{item}是多少？"))
        assert found is not None
        cited.setdefault(found[2], set()).add(item)
    # A cell may answer to the names it has in the table and in the sentences, and to no more.
    assert not {place: names for place, names in cited.items() if len(names) > 4}


RESTRICTIONS = (
    "上半年{}是多少？", "第三季度{}是多少？", "综合处的{}是多少？", "张主任的{}是多少？", "2013年{}是多少？",
    "2016年5月{}是多少？", "北京市的{}是多少？", "洋山办事处的{}是多少？", "周末的{}是多少？", "每个处长的{}是多少？",
    "{}里买茅台酒花了多少？", "2017年的{}计划是多少？", "{}的男女比例是多少？", "假如没有疫情{}是多少？",
    "{}大概是多少美元？", "预计明年{}是多少？", "私人承担的{}是多少？", "{}的现金支付是多少？", "除了退休人员{}是多少？",
    "国庆期间{}是多少？", "截至6月底{}是多少？", "下属单位的{}是多少？", "违规{}是多少？", "{}的税率是多少？",
    "局长用了多少{}？", "扣除通货膨胀后{}是多少？", "{}近五年平均是多少？", "{}每个月分别是多少？", "2014到2016年{}是多少？",
    "其他省{}是多少？",
)  # fmt: skip


@pytest.mark.parametrize("wording", RESTRICTIONS)
def test_a_restriction_the_report_cannot_honour_is_refused(
    ask: Callable[[str], Answer], items: tuple[str, ...], wording: str
) -> None:
    answers = [ask(wording.format(item)) for item in items]
    wrong = [(a.question, a.status, a.text) for a in answers if a.status != "not_in_report" or a.figures]
    assert not wrong


@pytest.mark.parametrize("wording", ["每个员工的{}是多少？", "人均{}是多少？", "每名职工的{}是多少？"])
def test_no_average_over_people_the_report_does_not_count(
    ask: Callable[[str], Answer], items: tuple[str, ...], wording: str
) -> None:
    without_counts = [item for item in items if not re.search("公务用车|公务接待|出国|三公", item)]
    answers = [ask(wording.format(item)) for item in without_counts]
    assert not [(a.question, a.text) for a in answers if a.status == "answered"]


@pytest.mark.parametrize("question", ["每个员工的公务用车运行维护费是多少？", "每名职工的公务用车购置及运行费是多少？"])
def test_per_employee_is_not_per_vehicle(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).status == "not_in_report"


@pytest.mark.parametrize(
    "question",
    [
        "公务接待费的中位数是多少？", "公务接待费的位数是多少？", "公务接待费有几位数？", "公务接待费中用于培训的是多少？",
        "印刷费四舍五入到万元是多少？", "公务接待费的零头是多少？",
    ],
)  # fmt: skip
def test_no_word_is_dropped_in_silence(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).status == "not_in_report", ask(question).text


@pytest.mark.parametrize("question", ["上午收入合计是多少？", "含税收入合计是多少？", "前三个月收入合计是多少？"])
def test_a_restriction_is_no_slip_of_the_pen(ask: Callable[[str], Answer], question: str) -> None:
    assert ask(question).status == "not_in_report", ask(question).text


@pytest.mark.parametrize(
    ("question", "factor"),
    [
        ("公务接待费的两倍是多少？", 2), ("两倍公务接待费是多少？", 2), ("公务接待费翻倍是多少？", 2),
        ("公务接待费的三倍是多少？", 3), ("公务接待费乘以2是多少？", 2),
    ],
)  # fmt: skip
def test_a_multiple_is_worked_out_or_refused(ask: Callable[[str], Answer], question: str, factor: int) -> None:
    once = value_of(ask("公务接待费是多少？"))
    assert once is not None
    assert ask(question).status == "not_in_report" or value_of(ask(question)) == once * factor


def test_a_fraction_is_worked_out_or_refused(ask: Callable[[str], Answer]) -> None:
    answer = ask("三分之一的公务接待费是多少？")
    assert answer.status == "not_in_report" or answer.figures[0].computed
