"""The copies are other reports that add up as the first does; what grows too fast is named."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.contents import read_contents
from corpus.index import Index
from eval import asking, growth
from eval.asking import Asked
from eval.copies import REPORT, copy_of, copy_to_text, write_copies
from eval.growth import Cost, Grown, failures, to_markdown, tree_use

ASKED = Asked(0.05, 0.06, 0.01, (0.001, 0.01), (0.001, 0.01), (0.01, 0.02), "clarify", 2.5, 0.1, 60, 300_000_000)
GROWN = Grown(100, 2600, Cost(26.0, 39.0, 500_000_000), Cost(2.0, 2.0, 1), 88_000_000, 13_000_000, ASKED)


def test_no_two_copies_are_of_one_department_and_year() -> None:
    copies = [copy_of(number) for number in range(5001)]
    assert len({(copy.department, copy.year) for copy in copies}) == 5001
    assert sum(copy.year == 2025 for copy in copies) == 60
    assert {len(copy.department) for copy in copies} == {10} and all(c.department[2] == "市" for c in copies)
    with pytest.raises(ValueError, match="departments"):
        copy_of(60_000)


def test_names_years_and_amounts_change_everywhere() -> None:
    text = copy_to_text(replace(copy_of(3), factor=Decimal("0.5")), REPORT.read_text(encoding="utf-8"))
    bare = "".join(text.split())
    assert "上海" not in bare and "2016" not in text and "2015" not in text
    assert "一、财政拨款收入  7,833.20 " in text  # 15,666.39: half of it, rounded half up
    assert "占 99.997%" in text and "2024 年度相比" in text
    assert "1000 万元" in text and "86.83" in text  # the evaluation stays


def test_a_copy_is_read_as_the_first_is(tmp_path: Path) -> None:
    original = read_contents(REPORT)
    for copy in write_copies(tmp_path, 3):
        contents = read_contents(tmp_path / f"{copy.id}.txt")
        info = contents.info
        assert (info.id, info.department, info.year) == (copy.id, copy.department, copy.year)
        assert (info.facts, info.tables_proved, info.passages) == (753, original.info.tables_proved, 102)
        assert [f.item for f in contents.facts] == [f.item for f in original.facts]
        assert [f.value for f in contents.facts] != [f.value for f in original.facts]
        substantive = [d for d in contents.discrepancies if d.severity == "substantive"]
        assert len(substantive) == 1 and "年初预算" in substantive[0].statement


@pytest.mark.slow
def test_an_index_is_grown_and_asked(tmp_path: Path) -> None:
    list(write_copies(tmp_path / "copies", 4))
    grown = growth.grow(3, tmp_path / "copies", tmp_path / "work", jobs=2)
    assert (grown.size, grown.pages) == (3, 78)
    assert min(grown.facts, grown.vectors, grown.index.memory, grown.index.processor, grown.more.seconds) > 0
    asked = grown.asked
    assert (asked.over_all_status, asked.ranked) == ("answered", 3)
    assert 0 < asked.named[0] <= asked.named[1] and asked.first > 0 and asked.text > 0
    index = Index.open(tmp_path / "work" / "data")
    assert [info.id for info in index.facts.reports()] == [copy_of(number).id for number in range(4)]
    index.close()
    page = to_markdown([grown])
    assert "| reports | 3 |" in page and "26 pages each" in page


def slower(grown: Grown, times: float) -> Grown:
    asked = replace(grown.asked, named=(grown.asked.named[0] * times, 1.0))
    return replace(grown, size=grown.size * 10, pages=grown.pages * 10, index=Cost(260.0, 390.0, 1), asked=asked)


def test_what_grows_too_fast_is_named() -> None:
    one = replace(GROWN, size=1, pages=26, index=Cost(2.0, 2.0, 1))
    assert list(failures([one, GROWN, slower(GROWN, 1.5)])) == []
    (said,) = failures([one, GROWN, slower(GROWN, 2.0)])
    assert said.startswith("1000 reports: a question to one, named in the question, takes 2.00 times")
    (said,) = failures([GROWN, replace(slower(GROWN, 1), index=Cost(1.0, 390.0 * 1.3, 1))])
    assert said == "1000 reports: indexing a page takes 1.30 times what it takes with 100"
    assert list(failures([one])) == []


def test_each_measure_is_set_against_the_first_size() -> None:
    page = to_markdown([GROWN, slower(GROWN, 1.5)])
    assert "| question to one report named in it, median | 1.00 ms | 1.50 ms (×1.50) |" in page
    assert "| indexing, a page | 10.00 ms | 10.00 ms (×1.00) |" in page


def test_a_missed_goal_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = iter([GROWN, slower(GROWN, 2.0)])
    monkeypatch.setattr(growth, "grow", lambda *_: next(steps))
    output = tmp_path / "growth.md"
    assert growth.main(["--sizes", "1,2", "--output", str(output)]) == 1
    assert "Grows too fast: 1000 reports" in output.read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc")
def test_what_a_process_uses_is_seen_with_its_children() -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(30_000_000))'])"
    cost = growth._run([sys.executable, "-c", work])
    assert cost.processor > 0.2 and cost.memory > 5_000_000
    assert tree_use(os.getpid())[1] > 1_000_000


def test_the_spread_of_one_measurement_is_itself() -> None:
    assert asking._spread([0.5]) == (0.5, 0.5) and asking._spread([]) == (0.0, 0.0)
