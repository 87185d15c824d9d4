"""Rankings by the gap between budget and final figures, and shares of what is one item's own; gold by eye."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Answer

Talk = Callable[..., Answer]


def first(answer: Answer) -> list[str]:
    return [format(f.value, "f") for f in answer.figures if f.role == "answer" and f.value is not None]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        # L726-741: 13,800.61 − 407.34; L716-720: 1,576.26 − 1,484.73; L743-760: 91.37 − 0; 购房补贴 160.37 − 0
        ("决算和预算差额最大的是哪一项？", ["13393.27"]),
        ("超支最多的三项是什么？", ["13393.27", "160.37", "91.37"]),
        ("哪项结余最多？", ["91.53"]),
        ("预算没花完最多的是哪一项？", ["91.53"]),
        ("超支比例最高的科目是哪个？", ["3387.98"]),
        # L621: 47.36 − 25.37, 24.50 − 9.65, 70.60 − 59.26
        ("三公里哪项比预算省得最多？", ["21.99"]),
    ],
)
def test_items_are_ranked_by_how_far_they_are_from_their_budget(talk: Talk, question: str, values: list[str]) -> None:
    assert first(talk(question))[: len(values)] == values


def test_what_equals_its_budget_is_found(talk: Talk) -> None:
    # 归口管理的行政单位离退休 2.48 = 2.48, 其他行政事业单位离退休支出 0.28 = 0.28
    assert first(talk("哪些支出决算等于预算？")) == ["2.48", "0.28"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("支出前两大类合计占比是多少？", "99.03"),  # L273, L293: (15,285.34 + 229.13) ÷ 15,666.39
        ("行政运行的基本支出占其总支出的比例", "100.00"),  # L277: 1,484.73 ÷ 1,484.73
        ("项目支出里一般行政管理事务占多少？", "100.00"),  # L279: 13,800.61 ÷ 13,800.61
        ("一般公共服务支出项目支出的占比", "90.29"),  # L273: 13,800.61 ÷ 15,285.34
    ],
)
def test_shares_are_of_the_whole_that_is_said(talk: Talk, question: str, value: str) -> None:
    assert first(talk(question))[:1] == [value]


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("三公里哪个最多？", "最少呢？", "差多少？"), "49.61"),  # L621: 59.26 − 9.65
        (("最大的支出类是什么？", "第二呢？"), "229.13"),  # L293
        (("公务接待费完成预算的百分之几？", "支出最多的三个类"), "15285.34"),  # names its own measure
        (("公家出国的，一年里去了几趟团、总共几个人次？",), "7"),  # L884; then 14
    ],
)
def test_a_follow_up_of_a_ranking_stays_with_its_group(talk: Talk, turns: tuple[str, ...], value: str) -> None:
    answer = talk(*turns)
    assert first(answer)[:1] == [value], answer.text
