"""Turns of speech, stories around a question, and balances of one item; figures by eye from the shipped report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Answer
from qa.understand.turns import plainly

Talk = Callable[..., Answer]


def values(answer: Answer) -> list[str]:
    return [f"{f.value:f}" for f in answer.figures if f.role == "answer" and f.value is not None]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("人员经费总共多少w", "人员经费总共多少万"),
        ("收支总表最底下一行那个总计是多少", "收支总表总计是多少"),
        ("保留小数点后两位", ""),
        ("行政的和事业的两块离退休费用,加起来多少", "行政离退休费用和事业离退休费用,加起来多少"),
        ("服务占多少钱", "服务有多少钱"),
        ("服务占多少", "服务占多少"),
        ("财政拨款的年末结转", "年末财政拨款结转"),
        ("公务接待费是多少", "公务接待费是多少"),
    ],
)
def test_turns_are_said_plainly(said: str, plain: str) -> None:
    assert plainly(said) == plain


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("他们那年购房补贴发掉多少？我儿子当年可是一分没拿到", "160.37"),  # L306
        ("车改以后不是都发补贴嘛，明细表里其他交通费用是几万？", "55.12"),  # L547
        ("听讲他们招待外地来的领导排场不小，一年公务接待费多少？", "25.37"),  # L621
        ("给领导写材料要用，购房补贴是多少？", "160.37"),
        ("后来花成一亿三千多万的那个一般行政管理事务，年初排了多少预算？", "407.34"),  # L735
        ("劳物费一工机万元", "16.81"),  # 劳务费, L533
    ],
)
def test_what_is_told_around_a_question_restricts_nothing(talk: Talk, question: str, value: str) -> None:
    assert values(talk(question))[:1] == [value]


@pytest.mark.parametrize(
    "question",
    [
        "听说他们请客花了很多，上半年公务接待费多少",
        "后来花成两亿三千多万的那个一般行政管理事务，年初排了多少预算？",  # it was no such amount
        "公务接待费里喝酒花了多少",
        "光是汽油费，三部车一年多少？修车的不要算进来",
        "招待客人顶贵的一顿饭吃了多少钱",
        "水费年底结余多少",
        "公务接待费花了多少公里",
    ],
)
def test_what_restricts_the_question_still_does(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report", answer.text
    assert not answer.figures


def test_one_figure_under_two_names_is_not_added_to_itself(talk: Talk) -> None:
    assert set(values(talk("经济分类303类，即对个人和家庭的补助，合计数是多少"))) == {"235.23"}


def test_two_totals_that_should_balance_are_compared(talk: Talk) -> None:
    answer = talk("收入总计和支出总计两边轧平了没有")
    assert answer.kind == "yesno"
    assert values(answer) == ["15670.84", "15670.84"]


def test_a_percentage_claimed_is_held_against_the_figure_that_prints_it(talk: Talk) -> None:
    assert values(talk("其他医疗卫生与计划生育支出，75%对不对"))[:1] == ["75.00"]


def test_what_stands_beside_an_excluded_item_is_of_its_side(talk: Talk) -> None:
    assert values(talk("除了财政拨款以外，当年账上还进过别的什么收入，多少钱")) != ["0.00"]
