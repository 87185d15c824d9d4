"""Several reports in one index: which is meant, and questions over all of them.

The figures by eye: 差旅费 8.34 (port office, L509) and 11.07 (qinghe, L529); 培训费 4.67 (L523) and 7.85 (L543).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.answer import Answer
from qa.assistant import Assistant
from qa.errors import ReportNotNamed
from qa.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
PORT = "shanghai-port-office-2016"
FARMS = "qinghe-agriculture-2019"
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over two reports."""
    data = tmp_path_factory.mktemp("two")
    sources = [ROOT / "corpus/reports" / f"{PORT}.txt", ROOT / "tests/qa/another" / f"{FARMS}.txt"]
    build_index(sources, data, open_embedder(), keep_others=False, progress=lambda _: None)
    return Assistant.open(load_settings(data_dir=data))


@pytest.fixture(scope="module")
def ask(both: Assistant) -> Ask:
    """``ask(question, follow-up, …, report=None)``: the last answer."""

    def last_of(*turns: str, report: str | None = None) -> Answer:
        history: list[Answer] = []
        for question in turns:
            history.append(both.ask(question, history, report))
        return history[-1]

    return last_of


def printed(answer: Answer) -> list[tuple[str, str]]:
    """Report and value of the printed figures that the answer asserts, in its order."""
    return [
        (answer.citations[f.citations[0]].report, f"{f.value}")
        for f in answer.figures
        if f.role == "answer" and not f.computed
    ]


def computed(answer: Answer) -> list[tuple[str, str]]:
    return [(f"{f.value}", f.unit) for f in answer.figures if f.role == "answer" and f.computed]


@pytest.mark.parametrize(
    ("turns", "report", "value"),
    [
        (("口岸办的差旅费多少",), PORT, "8.34"),
        (("上海口岸办2016年差旅费",), PORT, "8.34"),
        (("青禾区农业农村局差旅费多少？",), FARMS, "11.07"),
        (("农业局差旅费多少", "培训费呢"), FARMS, "7.85"),
        (("口岸办的差旅费多少", "培训费呢", "那农业局呢"), FARMS, "7.85"),
    ],
)
def test_the_report_named_or_spoken_of_before_answers(
    ask: Ask, turns: tuple[str, ...], report: str, value: str
) -> None:
    answer = ask(*turns)
    assert printed(answer) == [(report, value)]
    assert answer.notes[0].startswith("依据的报告：")


@pytest.mark.parametrize("question", ["差旅费多少", "今年一共花了多少钱？", "三公经费为什么减少"])
def test_which_report_is_asked_where_none_is_named(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == "clarify" and not answer.figures and len(answer.options) == 2
    assert {ask(option).citations[0].report for option in answer.options} <= {PORT, FARMS}


def test_an_option_of_the_question_back_answers(ask: Ask) -> None:
    options = ask("差旅费多少").options
    assert sorted(printed(ask(option))[0] for option in options) == [(FARMS, "11.07"), (PORT, "8.34")]


def test_a_greeting_needs_no_report(ask: Ask) -> None:
    assert ask("你好").kind == "chat" and ask("你好").status == "answered"


def test_a_report_chosen_beforehand_needs_no_name(ask: Ask) -> None:
    assert printed(ask("差旅费多少", report=PORT)) == [(PORT, "8.34")]


@pytest.mark.parametrize("question", ["农业农村局的差旅费多少？", "农业农村局和口岸办的差旅费谁多"])
def test_another_report_is_refused_where_one_is_chosen(ask: Ask, question: str) -> None:
    answer = ask(question, report=PORT)
    assert answer.status == "not_in_report" and not answer.figures


@pytest.mark.parametrize(
    "question", ["林业局和口岸办的差旅费哪个多", "农业农村局和林业局的差旅费合计", "黄浦区农业农村局的差旅费"]
)
def test_an_office_without_a_report_is_not_passed_over(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status != "answered" and not answer.figures


@pytest.mark.parametrize(
    "question",
    [
        "口岸办和农业农村局的差旅费比",
        "哪个部门的差旅费更高？",
        "农业局比口岸办的差旅费多多少",
        "两个部门差旅费相差多少",
    ],
)
def test_two_reports_are_compared(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert sorted(printed(answer)) == [(FARMS, "11.07"), (PORT, "8.34")]
    assert computed(answer) == [("2.73", "万元")]
    assert any("年度不同" in note for note in answer.notes)  # 2016 is not 2019


@pytest.mark.parametrize(
    ("question", "first"),
    [("哪个部门差旅费最高", FARMS), ("哪个单位的差旅费最低？", PORT), ("各部门差旅费从低到高排序", PORT)],
)
def test_reports_are_ranked(ask: Ask, question: str, first: str) -> None:
    answer = ask(question)
    assert answer.kind == "rank" and printed(answer)[0][0] == first and len(printed(answer)) == 2


@pytest.mark.parametrize("question", ["两个部门的培训费合计多少", "口岸办和农业局培训费加起来是多少？"])
def test_a_sum_says_that_the_years_differ(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert computed(answer) == [("12.52", "万元")]  # 4.67 + 7.85
    assert any("年度不同" in note for note in answer.notes)


def test_of_a_year_named_only_the_reports_of_that_year_are_ranked(ask: Ask) -> None:
    assert printed(ask("2016年各部门的差旅费排序")) == [(PORT, "8.34")]


def test_a_text_is_held_against_the_report_that_it_names(both: Assistant) -> None:
    (checked,) = both.verify("农业农村局2019年差旅费11.07万元。")
    assert checked.verdict == "match"
    with pytest.raises(ReportNotNamed, match="--report"):
        both.verify("差旅费11.07万元。")


def test_a_row_whose_columns_no_sum_proves_is_said_to_be_so(ask: Ask) -> None:
    unproved = ask("口岸办年末财政拨款结转和结余多少")
    proved = ask("口岸办差旅费多少")
    assert any("没有合计关系可以证明" in note for note in unproved.notes)
    assert not any("没有合计关系可以证明" in note for note in proved.notes)


def test_the_questions_to_begin_with_name_their_report(both: Assistant) -> None:
    questions = both.starters()
    assert questions and all(both.ask(question).status == "answered" for question in questions)


def test_a_department_alone_asks_the_same_of_it(ask: Ask) -> None:
    assert printed(ask("口岸办的差旅费多少", "农业农村局呢")) == [(FARMS, "11.07")]
    assert printed(ask("口岸办的差旅费多少", "农业局的呢？")) == [(FARMS, "11.07")]


def test_percentages_of_different_wholes_are_not_added(ask: Ask) -> None:
    answer = ask("两个部门公务接待费完成预算的百分比合计多少")
    assert not computed(answer)


def test_two_items_at_once_are_not_compared_by_the_first(ask: Ask) -> None:
    assert ask("口岸办和农业局的差旅费、培训费分别多少").status == "clarify"


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("农业农村局的差旅费是口岸办的几倍？", "1.33", "倍"),  # 11.07 ÷ 8.34
        ("口岸办和农业农村局的差旅费平均多少？", "9.71", "万元"),  # (8.34 + 11.07) ÷ 2 = 9.705
    ],
)
def test_multiples_and_means_are_worked_out(ask: Ask, question: str, value: str, unit: str) -> None:
    answer = ask(question)
    assert computed(answer)[:1] == [(value, unit)], answer.text
    assert len(printed(answer)) == 2
