"""The command line over the shipped report, in processes of its own, as a script outside would call it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from qa.export import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
PLACE_COLUMNS = ["report", "table", "section", "row", "code", "column", "period"]
FIXED_COLUMNS = [*PLACE_COLUMNS, "value", "unit", "state", "page", "line", "text"]
REPORT = "shanghai-port-office-2016"


def qa(*arguments: str, data: Path | None = None, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run it for real, in a process of its own."""
    command = [sys.executable, "-m", "qa", *arguments, *(("--data", str(data)) if data else ())]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=120, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_facts_as_csv_hold_every_column(built_index: Path) -> None:
    done = qa("facts", data=built_index)
    assert done.returncode == 0 and done.stderr == b""
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))
    assert list(rows[0])[: len(FIXED_COLUMNS)] == FIXED_COLUMNS and list(rows[0]) == list(COLUMNS)
    # Line 514 of the shipped report: 302 17 公务接待费 2.38 2.38
    found = {(row["value"], row["unit"], row["state"]) for row in rows if row["code"] == "30217" and row["value"]}
    assert found == {("2.38", "万元", "number")}
    blanks = [row for row in rows if row["state"] == "blank"]
    assert blanks and all(row["value"] == "" for row in blanks)
    assert all(Decimal(row["value"]) == 0 for row in rows if row["state"] == "zero")
    assert not [row["value"] for row in rows if "E" in row["value"].upper()]


def test_facts_as_json_lines_are_the_same_facts(built_index: Path) -> None:
    lines = qa("facts", "--format", "jsonl", data=built_index).stdout.decode("utf-8").splitlines()
    rows = list(csv.DictReader(io.StringIO(qa("facts", data=built_index).stdout.decode("utf-8"), newline="")))
    records = [json.loads(line) for line in lines]
    assert [record["id"] for record in records] == [row["id"] for row in rows]
    assert [record["value"] or "" for record in records] == [row["value"] for row in rows]


def test_reports_lists_what_is_indexed(built_index: Path) -> None:
    (info,) = json.loads(qa("reports", "--json", data=built_index).stdout)
    assert (info["id"], info["department"], info["year"]) == (REPORT, "上海市口岸服务办公室", 2016)
    assert REPORT in qa("reports", data=built_index).stdout.decode("utf-8")


def test_check_gives_the_fixed_form(built_index: Path) -> None:
    done = qa("check", "--json", data=built_index)
    found = json.loads(done.stdout)
    assert done.returncode == 0 and found
    for each in found:
        fixed = {"kind", "severity", "statement", "printed", "computed", "difference", "cells"}
        assert set(each) == fixed | {"compared", "hypothesis"}
        assert (each["hypothesis"] is not None) == (each["severity"] == "substantive")
        assert each["severity"] in ("rounding", "substantive") and each["cells"]
        assert Decimal(each["difference"]) != 0
        assert {"report", "section", "table", "row", "column", "page", "line", "quote"} == set(each["cells"][0])
    text = qa("check", data=built_index).stdout.decode("utf-8")
    assert f"共 {len(found)} 处不一致" in text


@pytest.mark.parametrize("command", [["facts"], ["check"], ["ask", "问"]])
def test_an_unknown_report_is_named_with_those_there_are(built_index: Path, command: list[str]) -> None:
    done = qa(*command, "--report", "other-2020", data=built_index)
    said = done.stderr.decode("utf-8")
    assert done.returncode == 2 and done.stdout == b"" and "other-2020" in said and REPORT in said


def test_a_reader_that_goes_away_is_no_error_message(built_index: Path) -> None:
    command = [sys.executable, "-m", "qa", "facts", "--data", str(built_index)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert said == b""


def test_index_names_what_it_cannot_read_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "letter.txt").write_text("亲爱的朋友：\n你好。\n", encoding="utf-8")
    shipped = ROOT / "corpus" / "reports" / f"{REPORT}.txt"
    (tmp_path / "cut.txt").write_bytes(shipped.read_bytes()[:9000])
    paths = [str(tmp_path / name) for name in ("empty.txt", "binary.txt", "letter.txt", "cut.txt", "none.txt")]
    done = qa("index", *paths, str(shipped), data=tmp_path / "data")
    said = done.stderr.decode("utf-8")
    assert done.returncode == 1 and done.stdout == b"" and "Traceback" not in said
    for path in paths:
        assert sum(line.startswith(f"无法读取报告 {path}：") for line in said.splitlines()) == 1
    (info,) = json.loads(qa("reports", "--json", data=tmp_path / "data").stdout)
    assert info["id"] == REPORT


def test_nothing_heavy_is_loaded_for_figures(built_index: Path) -> None:
    script = (
        "import sys; from qa.cli import main; main(sys.argv[1:]);"
        "print([m for m in ('torch', 'gradio', 'chromadb', 'langchain_core', 'sentence_transformers')"
        " if m in sys.modules], file=sys.stderr)"
    )
    for command in (["reports"], ["facts"], ["ask", "公务接待费花了多少？"]):
        arguments = [sys.executable, "-c", script, *command, "--data", str(built_index)]
        done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and done.stderr.strip() == "[]", (command, done.stderr)
