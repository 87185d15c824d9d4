"""Stories, rumours and remarks are set aside; whatever restricts the question stays and is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Answer
from qa.assistant import Assistant

Talk = Callable[..., Answer]


def asserted(answer: Answer) -> list[str]:
    return [format(f.value, "f") for f in answer.figures if f.role == "answer" and f.value is not None]


# The plain question first (its figure by eye), then words around it that ask for nothing.
AROUND = [
    "我是个退休的老头子，昨晚跟老伴拌嘴。{}",
    "隔壁小王一口咬定机关里浪费得厉害。{}",
    "{}讲清楚就行，别绕弯子。",
    "{}我好跟同事对一下。",
    "写论文用，{}",
    "{}在线等，急用。",
    "群里吵翻了天，谁也说服不了谁。{}",
    "嗯那个就是说，{}",
]
PLAIN = [
    ("印刷费花了多少？", "1.22"),  # L493
    ("公务接待费的预算是多少？", "47.36"),  # L621
    ("一共接待了多少批次？", "59"),  # L913
    ("基本支出占本年支出合计的百分之几？", "11.91"),  # L669
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize(("question", "value"), PLAIN)
def test_words_around_a_question_change_nothing(talk: Talk, around: str, question: str, value: str) -> None:
    assert asserted(talk(around.format(question)))[:1] == [value], talk(around.format(question)).text


@pytest.mark.parametrize(
    "question",
    [
        "公务接待费多少？我只要接待外宾的那部分。",
        "办公费多少？我指的是浦东办事处的。",
        "会议费花了多少？就问年底那一场。",
        "公务接待费是多少？不对，我想问的是酒水那部分。",
        "我同学在市商务委上班。公务接待费多少，帮我查查他们单位的。",
        "听说上半年管得严。上半年的差旅费多少？",
        "培训费多少？我手头写的是2013年的，要那年的。",
        "公务用车运行费多少？就那一台车。",
    ],
)
def test_what_restricts_is_never_set_aside(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status != "answered" or not asserted(answer), answer.text


def test_a_rumour_lends_its_topic_and_not_its_figure(talk: Talk) -> None:
    # L588: 办公设备购置 52.38
    answer = talk("朋友圈在传他们买办公设备砸了好几百万，账上到底记了多少？")
    assert asserted(answer)[:1] == ["52.38"], answer.text


def test_what_was_set_aside_is_named_by_the_plan(assistant: Assistant) -> None:
    assert "背景：" in assistant.explain("我开了半辈子店，没见过这样的。福利费多少？")


@pytest.mark.parametrize("word", ["打酱油", "马孔多", "克拉玛依"])
def test_an_unknown_name_before_an_item_still_blocks(talk: Talk, word: str) -> None:
    assert talk(f"{word}的办公费是多少？").status == "not_in_report"
    assert talk(f"会议费里{word}花了多少？").status == "not_in_report"
