"""Every kind of question, made from the facts of a report whose names and figures nobody wrote the program for."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import qa
from eval.instances import Instance, run, why_wrong
from eval.roundtrip import Store, record_to_told
from tests.corpus.more_reports import FINALS, MORE, find_pdf

ROOT = Path(__file__).parents[2]
ANOTHER = ROOT / "tests" / "qa" / "another" / "qinghe-agriculture-2019.txt"


def misses_of(data: Path, report: str, year: int, least: int, *, strangers: tuple[str, ...] = ()) -> list[str]:
    options = ["--data", str(data), "--report", report]
    lines = qa("facts", "--format", "jsonl", *options).splitlines()
    found = run(Store(tuple(record_to_told(json.loads(line)) for line in lines)), year, options, strangers)
    assert len(found) >= least
    return [f"{one.text} {why}" for one, why in found if why]


def index(tmp_path_factory: pytest.TempPathFactory, *paths: Path) -> Path:
    data = tmp_path_factory.mktemp("instances")
    command = [sys.executable, "-m", "qa", "index", *map(str, paths), "--data", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    return data


def test_of_the_shipped_report(built_index: Path) -> None:
    report = json.loads(qa("reports", "--json", "--data", str(built_index)))[0]
    assert not misses_of(built_index, report["id"], int(report["year"]), 300)


def test_of_a_report_by_another_hand(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = index(tmp_path_factory, ANOTHER)
    report = json.loads(qa("reports", "--json", "--data", str(data)))[0]
    assert not misses_of(data, report["id"], int(report["year"]), 150)


@pytest.mark.slow
def test_of_the_real_reports_with_the_others_items_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = index(tmp_path_factory, *(find_pdf(name) for name in MORE))
    strange = ("应急管理事务", "义务教育经费", "公共卫生专项", "消防救援事务", "海关缉私支出")
    for report in json.loads(qa("reports", "--json", "--data", str(data))):
        least = 200 if report["id"] in FINALS else 5
        assert not misses_of(data, report["id"], int(report["year"]), least, strangers=strange)


def answer(status: str, *values: str) -> dict[str, Any]:
    return {"status": status, "text": "", "figures": [{"value": v, "role": "answer"} for v in values]}


@pytest.mark.parametrize(
    ("right", "given", "wrong"),
    [
        ((("3",),), answer("answered", "3"), False),
        ((("3",),), answer("answered", "4"), True),
        ((("3",),), answer("not_in_report"), True),
        ((("3", "2"),), answer("answered", "2", "3"), True),
        ((), answer("not_in_report"), False),
        ((), answer("answered", "3"), True),
    ],
)
def test_what_is_wrong_is_seen(right: tuple[tuple[str, ...], ...], given: dict[str, Any], wrong: bool) -> None:
    one = Instance("rank", "？", tuple(tuple(Decimal(v) for v in values) for values in right))
    assert bool(why_wrong(one, given)) is wrong
