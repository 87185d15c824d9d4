"""Yes or no: the verdict agrees with the printed figures, which stand beside it; gold by eye."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from qa.answer import Answer

Talk = Callable[..., Answer]
Told = Callable[..., list[tuple[str | None, str, int]]]


@pytest.mark.parametrize(
    ("question", "verdict", "figures"),
    [
        ("公务接待费超预算了吗？", "没有超预算", {"25.37", "47.36"}),
        ("住房公积金超支了吗？", "是，超预算了", {"68.76", "38.08"}),
        ("归口管理的行政单位离退休超预算了吗？", "没有超预算，决算与预算持平", {"2.48"}),
        ("一般行政管理事务超预算了吗？", "是，超预算了", {"13800.61", "407.34"}),
        ("公务接待费超过20万元吗？", "是，超过了", {"25.37"}),
        ("公务接待费超过30万元吗？", "没有超过", {"25.37"}),
        ("公务接待费是25.37万元吗？", "是的", {"25.37"}),
        ("公务接待费是253700元吗？", "是的", {"25.37"}),
        ("公务接待费是30万元吗？", "不是", {"25.37"}),
        ("公务接待费低于25.37万元吗？", "(不对，)?没有低于", {"25.37"}),
        ("公务接待费比印刷费多吗？", "是", {"25.37", "1.22"}),
        ("印刷费比公务接待费多吗？", "否", {"25.37", "1.22"}),
        ("人员经费高于公用经费吗？", "是", {"1148.86", "716.91"}),
        ("三公经费比上年增加了吗？", "否，比上年减少了", {"-36.18", "-27.73"}),  # what is denied is set right in full
        ("机关运行经费比上年增加了吗？", "是，比上年增加了", {"105.53"}),
        ("公务接待费比上年减少了吗？", "是，比上年减少了", {"-14.55"}),
        ("收入总计等于支出总计吗？", "是", {"15670.84"}),
        ("基本支出加项目支出等于支出合计吗？", "否", {"15666.38", "15666.39"}),
        ("公车有5辆吗？", "不是", {"3"}),
        ("公车不到5辆吧？", "是，低于", {"3"}),
        ("接待超过500人次吗？", "是，超过了", {"554"}),
        ("出国团组有10个吗？", "不是", {"7"}),
        ("三公经费占总支出超过1%吗？", "没有超过", {"0.60"}),
        ("公务接待费占三公经费超过四分之一吗？", "是，超过了", {"26.91"}),
        ("有没有购置公车？", "没有", {"0"}),
        ("有没有不合格的项目？", "没有", {"0"}),
    ],
)
def test_verdicts(talk: Talk, told: Told, question: str, verdict: str, figures: set[str]) -> None:
    assert re.match(verdict, talk(question).text.removeprefix("**")), talk(question).text
    assert {value for value, _, _ in told(question)} == figures


def test_a_difference_of_rounding_is_called_one(talk: Talk) -> None:
    assert "四舍五入尾差" in talk("基本支出加项目支出等于支出合计吗？").text


@pytest.mark.parametrize("question", ["有离休费吗？", "有教育支出吗？", "有事业收入吗？"])
def test_a_blank_is_neither_yes_nor_no(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.text.startswith("**没有印出数字**") and answer.figures[0].state == "blank"


def test_what_the_report_says_there_is_none_of(talk: Talk) -> None:
    answer = talk("有政府性基金预算财政拨款支出吗？")
    assert answer.text.startswith("**没有**") and answer.citations and not answer.figures


@pytest.mark.parametrize(
    "question",
    ["公务接待费合理吗？", "公务接待费是不是太高了？", "公务接待费未来会增加吗？", "公务接待费连续两年下降吗？", "印刷费超预算了吗？"],
)  # fmt: skip
def test_what_the_figures_cannot_decide_is_refused(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures, answer.text


@pytest.mark.parametrize("amount", [20, 25, 30, 47])
@pytest.mark.parametrize("unit", ["万元", "0000元"])
def test_over_and_not_over_never_agree(talk: Talk, amount: int, unit: str) -> None:
    over = talk(f"公务接待费超过{amount}{unit}吗？").text
    not_over = talk(f"公务接待费不超过{amount}{unit}吗？").text
    assert over.startswith("**是") is (amount < 25.37) is not not_over.startswith("**是")


# 59.26 of the three is the largest (L621)
@pytest.mark.parametrize(
    ("question", "holds"), [("公务接待费是三公里最高的吗？", False), ("因公出国费是三公里最高的吗？", True)]
)
def test_the_largest_of_a_group_is_sought_among_its_parts(talk: Talk, question: str, holds: bool) -> None:
    answer = talk(question)
    assert "94.27" not in [format(f.value or 0, "f") for f in answer.figures if f.role == "answer"], answer.text
    assert answer.status == "not_in_report" or answer.text.startswith("**是") is holds


def test_a_bound_on_the_difference_is_not_dropped(talk: Talk) -> None:
    # 47.36 - 25.37 = 21.99
    answer = talk("公务接待费比预算少20万以上吗？")
    assert answer.status == "not_in_report" or answer.text.removeprefix("**").startswith("是"), answer.text


@pytest.mark.parametrize(
    "words",
    [
        "不超过",
        "没有超过",
        "未超过",
        "不高于",
        "不多于",
    ],
)
def test_not_over_holds_at_the_bound_itself(talk: Talk, words: str) -> None:
    answer = talk(f"公务接待费{words}25.37万元吗？")
    assert answer.text.removeprefix("**").startswith("是"), answer.text


@pytest.mark.parametrize("words", ["超过", "高于", "多于", "低于", "少于", "不到", "不足"])
def test_over_and_under_do_not_hold_at_the_bound_itself(talk: Talk, words: str) -> None:
    answer = talk(f"公务接待费{words}25.37万元吗？")
    assert not answer.text.removeprefix("**").startswith("是"), answer.text


@pytest.mark.parametrize("words", ["不低于", "不少于", "至少有"])
def test_not_under_holds_at_the_bound_itself(talk: Talk, words: str) -> None:
    answer = talk(f"公务接待费{words}25.37万元吗？")
    assert answer.text.removeprefix("**").startswith("是"), answer.text
