"""The reasons ledger asked for, and on the command line; gold by eye from the sentences after line 712."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings
from tests.qa.test_cli_real import qa
from tests.qa.test_mutation import SHIPPED

Talk = Callable[..., Answer]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over a copy in which one item over its budget has no reason (line 796) and one only says that it rose (806)."""
    folder = tmp_path_factory.mktemp("bare")
    text = SHIPPED.read_text(encoding="utf-8")
    for printed, other in (
        ("决算数大于预算数的主要原因：缴\n\n费基数提高。", ""),
        ("主要原因：根据政策因素增加购房补贴支出。", "主要原因：购房补贴支出增加。"),
    ):
        assert printed in text
        text = text.replace(printed, other, 1)
    path = folder / "bare.txt"
    path.write_text(text, encoding="utf-8")
    build_index([path], folder / "data", open_embedder(""), keep_others=False, progress=lambda _: None)
    return Assistant.open(load_settings(data_dir=folder / "data"))


@pytest.mark.parametrize(
    "question", ["哪些超预算没有说明原因？", "哪些支出超了预算又没写原因？", "有没有超预算却没说明原因的？"]
)
def test_where_all_is_explained_the_answer_says_so_and_shows_it(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert (answer.kind, answer.status) == ("ledger", "answered")
    assert answer.text.startswith("没有这样的项目") and "5 项" in answer.text and "缴费基数提高" in answer.text
    assert {716, 739, 757, 796, 806} <= {c.line for c in answer.citations}
    assert "行政运行" not in answer.text  # under its budget


@pytest.mark.parametrize("question", ["哪些超预算没有说明原因？", "哪些支出超了预算又没写原因？"])
def test_what_is_not_explained_is_listed_with_its_figures(bare: Assistant, question: str) -> None:
    answer = bare.ask(question)
    told = [(format(f.value, "f"), f.computed) for f in answer.figures if f.value is not None]
    assert [value for value, computed in told if not computed] == ["68.76", "38.08", "160.37", "0"]
    assert [value for value, computed in told if computed] == ["30.68", "80.57", "160.37"]
    assert "未说明原因" in answer.text and "原因只重复了变化" in answer.text and "行政单位医疗" not in answer.text


@pytest.mark.parametrize(
    ("question", "items", "not_items"),
    [
        ("哪些项目比上年减少但没有说明原因？", ("公务接待费", "只说明了各分项"), ("机关运行经费",)),
        ("列出所有增减原因", ("机关运行经费", "收入总计", "公务接待费"), ("行政单位医疗",)),
        ("没有说明原因的差异有哪些？", ("行政单位医疗", "机关运行经费"), ()),
    ],
)
def test_directions_and_comparisons(
    talk: Talk, question: str, items: tuple[str, ...], not_items: tuple[str, ...]
) -> None:
    answer = talk(question)
    assert answer.kind == "ledger"
    assert all(item in answer.text for item in items) and not [item for item in not_items if item in answer.text]


@pytest.mark.parametrize("question", ["2014年哪些超预算没有说明原因？", "三季度哪些超预算没有说明原因？"])
def test_what_the_report_does_not_hold_is_refused(talk: Talk, question: str) -> None:
    answer = talk(question)
    assert answer.status == "not_in_report" and not answer.figures


@pytest.mark.parametrize(
    "question", ["公务接待费为什么减少？", "哪些大于预算是因为追加？", "住房公积金超预算的原因是什么？"]
)
def test_a_reason_of_one_item_is_no_question_for_the_ledger(talk: Talk, question: str) -> None:
    assert talk(question).kind != "ledger"


def test_the_ledger_on_the_command_line(built_index: Path) -> None:
    text = qa("ledger", data=built_index).stdout.decode("utf-8")
    assert "共 23 处差异" in text and "信息网络购置更新" in text
    rows = json.loads(qa("ledger", "--json", data=built_index).stdout)
    assert len(rows) == 23 and {r["mark"] for r in rows} == {"", "of_whole", "by_parts"}
    first = rows[0]
    assert (first["figure"], first["against"], first["change"], first["rate"]) == (
        "15666.39",
        "3093.97",
        "12572.42",
        "406.35",
    )
    assert [cell["line"] for cell in first["cells"]] == [714, 714] and first["line"] == 716
    raw = qa("ledger", "--csv", data=built_index).stdout
    assert raw.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["增减额"] for row in table][:2] == ["12572.42", "-91.53"]
    assert [row["增减率（%）"] for row in table if row["项目"] == "购房补贴"] == [""]
