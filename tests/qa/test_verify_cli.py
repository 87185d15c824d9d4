"""``python -m qa verify`` as it is called: JSON, text, and what it says of input that cannot be checked."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from qa.cli import main

TEXT = "公务接待费25.37万元，同比下降36%；会议费3万元；2014年培训费1万元；去年电费2万元。"


def run(file: str, data: Path, *more: str) -> int:
    return main(["verify", file, "--data", str(data), *more])


def test_json_has_one_object_for_each_figure(
    built_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert run(str(file), built_index, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [each["figure"] for each in said] == ["25.37万元", "36%", "3万元", "1万元", "2万元"]
    assert [each["verdict"] for each in said] == ["match", "rounded", "mismatch", "not_in_report", "undecided"]
    assert all(set(each) == {"figure", "claim", "verdict", "printed", "citation"} for each in said)
    assert said[2]["printed"] == "2.00 万元" and said[2]["citation"]["line"] == 521 and said[3]["citation"] is None


def test_text_has_one_line_for_each_figure(
    built_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    assert run(str(file), built_index) == 0
    lines = capsys.readouterr().out.splitlines()
    wanted = ["相符", "四舍五入相符", "不符（报告印为 2.00 万元）", "报告未载", "无法判断"]
    assert [line.split("  ")[0] for line in lines] == wanted
    assert "第 14 页第 621 行" in lines[0]


def test_standard_input(built_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("核对：会议费2万元。".encode())))
    assert run("-", built_index, "--json") == 0
    assert [each["verdict"] for each in json.loads(capsys.readouterr().out)] == ["match"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "没有文字"),
        (b" \n\n ", "没有文字"),
        ("公务接待费25.37万元。".encode() * 40_000, "太长"),
        ("今年的公务接待费下降了。".encode(), "没有可以核对的数字"),
        (bytes(range(256)) * 20, "不是文本"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是文本"),
    ],
    ids=["empty", "blank", "megabyte", "no figure", "bytes", "picture"],
)
def test_input_that_cannot_be_checked_gets_one_sentence(
    built_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    assert run(str(file), built_index) == 1
    output = capsys.readouterr()
    assert output.out == "" and said in output.err and output.err.count("\n") == 1 and "Traceback" not in output.err


def test_a_missing_file_and_an_unknown_report(
    built_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path / "none.txt"), built_index) == 2
    assert "无法打开" in capsys.readouterr().err
    assert run(str(tmp_path), built_index) == 2
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert run(str(file), built_index, "--report", "nobody") == 2
    assert "nobody" in capsys.readouterr().err
