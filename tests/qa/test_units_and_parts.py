"""The units a report takes in, the parts of an item, balances at a year's start: over a report made here, and the shipped one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings
from tests.corpus.test_attacked_layouts import COVER, HEAD, ROWS, TITLE, UNIT, table

Talk = Callable[..., Answer]
UNITS = [
    ["序号", "单位名称", "备注"],
    ["1", "甲山市水务局（本级）", ""],
    ["2", "甲山市水政监察支队", "参公"],
    ["3", "甲山市河道管理中心", "事业单位"],
]
BRACKET = (
    "本年收入合计1,400.00万元，其中：财政拨款收入1,354.56万元（其中：一般公共预算1,300.00万元，政府性基金预算54.56万元），"
    "占收入合计96.75%；其他收入45.44万元，占收入合计3.25%。"
)

RUNNING = (
    "甲山市水务局2021年度机关运行经费支出838.32万元，比年初预算数减少35.33万元，下降4.04%，主要原因是压减办公费；"
    "比上年增加23.27万元，增长2.86%，主要原因是物业管理费增加。"
)


@pytest.fixture(scope="module")
def water(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("units")
    told = "纳入甲山市水务局2021年度部门决算编制范围的单位包括："
    front, tables = COVER[:-1], COVER[-1]
    parts = (*front, "二、部门决算单位构成", told, table(UNITS), tables, TITLE, UNIT, table([*HEAD, *ROWS]))
    notes = ("第三部分 2021年度部门决算情况说明", "二、收入决算情况说明", BRACKET, "三、机关运行经费支出情况", RUNNING)
    lines = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in (*parts, *notes))
    path = folder / "water.html"
    path.write_text(f"<html><head><meta charset=utf-8></head><body>{lines}</body></html>", encoding="utf-8")
    build_index([path], folder / "data", open_embedder(), keep_others=False, progress=lambda _: None)
    return Assistant.open(load_settings(data_dir=folder / "data"))


def figures(answer: Answer) -> list[tuple[str, str]]:
    return [(format(f.value, "f"), f.unit) for f in answer.figures if f.role == "answer" and f.value is not None]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("纳入决算编制范围的单位有几个？", "3"),
        ("这份决算汇总了几家单位", "3"),
        ("有哪些预算单位？", "3"),
        ("下属单位有几个？", "2"),
    ],
)
def test_units_are_listed_and_counted(water: Assistant, question: str, count: str) -> None:
    answer = water.ask(question)
    assert figures(answer) == [(count, "个")]
    assert "河道管理中心" in answer.text and ("本级" in answer.text) == (count == "3" or "不含本级" in answer.text)


def test_whether_a_unit_is_among_them(water: Assistant) -> None:
    answer = water.ask("监察支队也算在这份决算里面吗？")
    assert answer.text.startswith("**是**") and "水政监察支队" in answer.text
    assert water.ask("气象台也算在这份决算里面吗？").status == "not_in_report"


@pytest.mark.parametrize("question", ["下属单位花了多少钱？", "支出最多的下属单位是哪个？"])
def test_money_of_units_is_not_made_up(water: Assistant, question: str) -> None:
    assert not figures(water.ask(question))


def test_its_own_peoples_words(water: Assistant) -> None:
    assert figures(water.ask("局里项目支出是多少"))[0] == ("400.50", "万元")


def test_what_follows_a_bracket_is_said_of_the_item_before_it(water: Assistant) -> None:
    assert figures(water.ask("财政拨款收入占收入合计多少？"))[0] == ("96.75", "%")
    assert ("96.75", "%") not in figures(water.ask("政府性基金预算占收入合计多少？"))


@pytest.mark.parametrize(
    "question",
    [
        "社会保障和就业支出下面有哪些项级科目？",
        "社会保障和就业支出由哪些项组成？",
        "社会保障和就业支出有哪几项？",
    ],
)
def test_parts_are_listed(talk: Talk, question: str) -> None:
    # L285, L287, L289
    assert figures(talk(question)) == [("2.48", "万元"), ("91.37", "万元"), ("0.28", "万元")]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("年初结转和结余与年末的相比，哪个多？", ["4.45", "4.03"]),  # L177
        ("年初的结转和结余有多少", ["4.03"]),
        ("一般公共预算的项目支出是多少", ["13800.61"]),  # L367
        ("接待了几批多少人", ["59", "554"]),  # L913
        ("出国几个团多少人", ["7", "14"]),  # L886
        ("单价一百万以上的大件设备有几台", ["0"]),  # L964
        ("货物采购与服务采购，哪个占大头？", ["261.19", "46.13"]),  # L944
        ("出国费和接待费，同比减少额哪个更大？", ["-14.55", "-10.02"]),  # L864, L860
        ("机关运行经费比上年变化了多少？", ["105.53", "17.26"]),  # L935
    ],
)
def test_said_in_other_words(talk: Talk, question: str, values: list[str]) -> None:
    assert [value for value, _ in figures(talk(question))][: len(values)] == values


@pytest.mark.parametrize("question", ["照您看，这笔账花得合理不合理？", "依您看公务接待合理吗"])
def test_no_opinion_is_given(talk: Talk, question: str) -> None:
    assert talk(question).status in {"not_in_report", "clarify"}


def test_a_change_from_the_budget_is_none_from_last_year(water: Assistant) -> None:
    assert figures(water.ask("机关运行经费比上年增加多少？"))[0] == ("23.27", "万元")
    assert figures(water.ask("机关运行经费比年初预算减少多少？"))[0] == ("-35.33", "万元")
    assert figures(water.ask("2020年机关运行经费是多少？"))[0] == ("815.05", "万元")


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("一般公共服务支出决算多少", "其中基本支出多少"), "1484.73"),  # L273
        (("住房保障支出多少", "其中基本支出呢"), "229.13"),  # L300
        (("本年支出合计多少", "其中项目支出多少"), "13800.61"),  # L271
        (("政府采购总额，其中货物多少",), "46.13"),  # L943
    ],
)
def test_what_is_within_the_row_spoken_of(talk: Talk, turns: tuple[str, ...], value: str) -> None:
    assert figures(talk(*turns)) == [(value, "万元")]


def test_a_column_within_a_row_may_be_blank(talk: Talk) -> None:
    answer = talk("行政运行多少", "其中项目支出多少")  # L277
    assert not figures(answer) and "空白" in answer.text
