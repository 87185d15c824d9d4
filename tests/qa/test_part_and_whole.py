"""Parts and wholes: of one table, over two turns, all of it or most of it; and names that only say what changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from qa.answer import Answer
from qa.understand.numbers import quantity_at
from qa.understand.remarks import in_plain_words
from qa.understand.stocks import carried_over

Talk = Callable[..., Answer]


def asserted(answer: Answer) -> list[str]:
    return [str(f.value) for f in answer.figures if f.role == "answer"]


def test_part_and_whole_are_of_one_table(talk: Talk) -> None:
    """公务接待费 is 2.38 in the table of 商品和服务支出 (L525), 25.37 in that of 三公 (L621)."""
    assert asserted(talk("公务接待费占商品和服务支出的百分之几？")) == ["0.58"]
    assert asserted(talk("公务接待费占三公的百分之几？")) == ["26.91"]


# L465-625: 三公 94.27, 公务接待费 25.37 (26.91%); 基本支出 1865.77, 办公费 12.04; 商品和服务支出 411.85
@pytest.mark.parametrize(
    ("turns", "values"),
    [
        (("三公经费多少？", "公务接待费呢？", "占比多少？"), ["26.91"]),
        (("三公经费多少？", "其中公务接待费占几成？"), ["26.91"]),
        (("商品和服务支出多少？", "里面办公费占百分之几？", "印刷费呢？"), ["0.30"]),
        (("三公经费多少？", "其中公务接待费占多少钱？"), ["25.37"]),
        (("公务接待费是多少，占三公的几成？",), ["25.37", "26.91"]),
    ],
)
def test_a_share_is_of_the_whole_spoken_of(talk: Talk, turns: tuple[str, ...], values: list[str]) -> None:
    assert asserted(talk(*turns)) == values, talk(*turns).text


# 财政拨款 99.997% of the income; 公务接待费 25.37 of 47.36; 三公 -27.73%; 车辆 3 (L958)
@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("收入全部来自财政拨款吗？", "不是"),
        ("三公经费都是公务接待费吗？", "不是"),
        ("项目支出都来自财政拨款吗？", "是"),
        ("财政拨款占收入的一大半，对吗？", "是的"),
        ("三公快100万了吧？", "是的"),
        ("三公是不是比上年降了三成多？", "不是"),
        ("三公比上年降了两成多是吗？", "是的"),
        ("公务接待费全部花完了吗？", "没有花完"),
        ("车队一共五部车，我没讲错吧？", "不是"),
        ("今年是不是入不敷出？", "是|否"),
    ],
)
def test_loose_claims(talk: Talk, question: str, verdict: str) -> None:
    text = talk(question).text.removeprefix("**")
    assert text.startswith(tuple(verdict.split("|"))), text


@pytest.mark.parametrize("question", ["2016年有没有计划买新车？", "有多少退休的人？", "办公费用完了吗？"])
def test_what_is_not_said_is_refused(talk: Talk, question: str) -> None:
    assert talk(question).status == "not_in_report"


def test_a_printed_share_is_quoted_of_its_own_whole_only(talk: Talk) -> None:
    """0.003% is printed for 其他收入 in all income (L667); nothing printed is taken for another whole's share."""
    assert asserted(talk("全年收入多少？", "其中其他收入是多少，占几成？"))[-1] == "0.003"
    assert talk("政府采购的服务是不是全给了中小企业？").status == "not_in_report"


def test_only_what_changes_is_said(talk: Talk) -> None:
    """「公用的呢」 after 人员经费 is 公用经费 (L465); a part that no name of the report has is refused."""
    assert asserted(talk("人员经费多少？", "公用的呢？")) == ["716.91"]
    assert talk("人员经费多少？", "航天的呢？").status == "not_in_report"


def test_one_group_named_twice_is_ranked(talk: Talk) -> None:
    assert asserted(talk("三公三项同比都在降，降幅最猛的是哪一项？")) == ["-54.59"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("快2个点", "1.8", "2"), ("三成多", "30", "40"), ("8%多", "8", "9"), ("一大半,", "50", "100.01")],
)
def test_loose_numbers(text: str, low: str, high: str) -> None:
    found = quantity_at(text, 0)
    assert found is not None
    assert (found[1].value, found[1].upper, found[1].unit) == (Decimal(low), Decimal(high), "%")


def test_words_put_plainly() -> None:
    assert in_plain_words("本年收入不够支出,入不敷出了?") == "本年收入不够支出?"
    assert in_plain_words("年初数减决算数") == "年初预算数减决算数"
    assert carried_over("2024年初是带着多少结余进来的?", 2024) == "年初结转和结余是多少?"
    assert "明年" not in carried_over("到年底还剩多少,结转到明年的", 2024)
    assert "明年" in carried_over("明年会结转多少", 2024)
