"""Tables that print last year beside this one: a question gets this year's figure, or last year's when it asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from qa.assistant import Assistant
from qa.settings import load_settings
from tests.corpus.test_attacked_layouts import UNIT, YEARS, page, table


@pytest.fixture(scope="module", params=sorted(YEARS))
def two_years(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("years")
    path: Path = page(folder / "water-2021.html", "财政拨款“三公”经费支出决算表", UNIT, table(YEARS[request.param]))
    build_index([path], folder / "data", open_embedder(), keep_others=False, progress=lambda _: None)
    yield Assistant.open(load_settings(data_dir=folder / "data"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("公务接待费是多少？", "3.00"),
        ("2021年公务接待费是多少？", "3.00"),
        ("2020年公务接待费是多少？", "5.00"),
        ("去年公务接待费是多少？", "5.00"),
        ("三公经费合计是多少？", "52.34"),
    ],
)
def test_the_year_that_is_asked(two_years: Assistant, question: str, value: str) -> None:
    answer = two_years.ask(question)
    assert [str(f.value) for f in answer.figures if f.role == "answer"] == [value], answer.text
    if value == "5.00":
        assert "2020 年度" in answer.figures[0].label and "2020 年度" in answer.text


def test_a_year_that_is_not_printed(two_years: Assistant) -> None:
    assert two_years.ask("2019年公务接待费是多少？").status == "not_in_report"
