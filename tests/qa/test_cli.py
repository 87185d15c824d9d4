"""The command line: what goes to stdout, what to stderr, the exit status; never a traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.errors import IndexMissing
from qa.answer import Answer, Citation, Derivation, Figure
from qa.cli import main
from qa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REPORT = "shanghai-port-office-2016"


class StubAssistant:
    """Answers with what it was asked, and with how many answers came before."""

    @classmethod
    def open(cls, settings: Settings) -> StubAssistant:
        if settings.data_dir.name == "missing":
            raise IndexMissing(settings.data_dir)
        return cls()

    def ask(self, question: str, history: Sequence[Answer] = (), report: str | None = None) -> Answer:
        place = Citation(REPORT, "某节", "某表", "某行", "某列", 6, 610, "公务接待费 2.38")
        derivation = Derivation("a ÷ b", (0,), ("25.37 ÷ 59 = 0.43",))
        figure = Figure(Decimal("0.430"), "万元", "每批", "number", (0,), computed=True, derivation=derivation)
        return Answer(question, "answered", "compute", f"答：{question}（此前 {len(history)} 问）", (figure,), (place,))

    def explain(self, question: str, history: Sequence[Answer] = (), report: str | None = None) -> str:
        return f"运算 {question}"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in this process with the stub for an assistant: (status, stdout, stderr)."""
    module = types.ModuleType("qa.assistant")
    module.Assistant = StubAssistant  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "qa.assistant", module)

    def call(*arguments: str) -> tuple[int, str, str]:
        out, err = io.TextIOWrapper(io.BytesIO(), "ascii"), io.TextIOWrapper(io.BytesIO(), "ascii")
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        try:
            status = main(arguments)
        except SystemExit as error:  # argparse, on a wrong call
            status = int(error.code or 0)
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode("utf-8"))
        return status, texts[0], texts[1]

    return call


# ask


def test_an_answer_is_printed_with_its_numbered_places(run: Callable[..., tuple[int, str, str]]) -> None:
    status, out, err = run("ask", "问")
    assert status == 0 and err == ""
    assert out.splitlines() == [
        "答：问（此前 0 问）",
        "",
        f"[1] {REPORT} 第 6 页，第 610 行：某表 › 某行 › 某列",
        "    「公务接待费 2.38」",
    ]


def test_explain_adds_the_working(run: Callable[..., tuple[int, str, str]]) -> None:
    _, out, _ = run("ask", "问", "--explain")
    assert "运算 问" in out
    assert "- 每批：0.430万元（计算）[1]" in out and "a ÷ b" in out and "25.37 ÷ 59 = 0.43" in out


def test_json_is_one_answer(run: Callable[..., tuple[int, str, str]]) -> None:
    status, out, _ = run("ask", "问", "--json")
    answer = json.loads(out)
    assert status == 0 and answer["question"] == "问" and answer["figures"][0]["value"] == "0.430"


@pytest.mark.parametrize(
    "question", ["", "   ", "问" * 10_000, "😀\u200b\x07", "' OR 1=1 --", "<b>问</b>", "\udcff问\ud800"]
)
def test_odd_questions_are_passed_on(run: Callable[..., tuple[int, str, str]], question: str) -> None:
    status, out, _ = run("ask", question, "--json")
    assert status == 0
    assert json.loads(out)["question"] == question


@pytest.mark.parametrize(
    "arguments", [["ask"], ["ask", "问", "--batch", "-"], ["nothing"], ["facts", "--format", "xml"]]
)
def test_a_wrong_call_is_two(run: Callable[..., tuple[int, str, str]], arguments: list[str]) -> None:
    status, out, err = run(*arguments)
    assert status == 2 and out == "" and "usage" in err


# batch


def batch(tmp_path: Path, *lines: str | bytes) -> str:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(b"\n".join(line.encode("utf-8") if isinstance(line, str) else line for line in lines))
    return str(path)


def test_a_batch_is_answered_in_order_with_its_history(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    lines = [json.dumps({"id": f"q{n}", "turns": ["一", "二"]}, ensure_ascii=False) for n in range(3)]
    status, out, err = run("ask", "--batch", batch(tmp_path, *lines))
    results = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and err == ""
    assert [result["id"] for result in results] == ["q0", "q1", "q2"]
    texts = [answer["text"] for answer in results[0]["answers"]]
    assert texts == ["答：一（此前 0 问）", "答：二（此前 1 问）"]


BAD = [
    ("not json", "不是 JSON"),
    ('["a"]', "不是 JSON 对象"),
    ('{"turns": ["a"]}', "id"),
    ('{"id": true, "turns": ["a"]}', "id"),
    ('{"id": "x", "turns": "a"}', "turns"),
    ('{"id": "x", "turns": [1]}', "turns"),
    ('{"id": "x"}', "turns"),
    (b'{"id": "x", "turns": ["\xff\xfe"]}', "UTF-8"),
    ("[" * 100_000, "JSON"),
    ('{"id": ' + "9" * 5000 + "}", "JSON"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=range(len(BAD)))
def test_a_bad_line_is_named_and_the_others_are_answered(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, line: str | bytes, reason: str
) -> None:
    good = '{"id": "a", "turns": ["问"]}', '{"id": 7, "turns": []}'
    status, out, err = run("ask", "--batch", batch(tmp_path, "\ufeff" + good[0], "", line, good[1]))
    assert status == 2
    assert [json.loads(each)["id"] for each in out.splitlines()] == ["a", 7]
    assert err.count("\n") == 1 and err.startswith("第 3 行无效") and reason in err


def test_a_lone_surrogate_survives(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    status, out, _ = run("ask", "--batch", batch(tmp_path, r'{"id": "a", "turns": ["\ud800问"]}'))
    assert status == 0 and json.loads(out)["answers"][0]["question"] == "\ud800问"


@pytest.mark.parametrize("name", ["no-such-file.jsonl", "."])
def test_a_batch_that_cannot_be_opened_is_named(run: Callable[..., tuple[int, str, str]], name: str) -> None:
    status, out, err = run("ask", "--batch", name)
    assert status == 2 and out == "" and f"无法打开 {name}" in err and err.count("\n") == 1


# what is wrong is one sentence


@pytest.mark.parametrize("command", [["ask", "问"], ["facts"], ["check"], ["reports"]])
def test_a_missing_index_is_one_sentence(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, command: list[str]
) -> None:
    status, out, err = run(*command, "--data", str(tmp_path / "missing"))
    assert status == 1 and out == ""
    assert err.count("\n") == 1 and "python -m qa index" in err


@pytest.mark.parametrize(("name", "value"), [("QA_PORT", "abc"), ("PORT", "0"), ("QA_EMBEDDING_NORMALIZE", "maybe")])
def test_a_bad_setting_is_one_sentence(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    status, out, err = run("reports")
    assert status == 1 and out == "" and err.count("\n") == 1
    assert value in err and name in err


def test_a_mistake_of_ours_is_no_traceback(tmp_path: Path) -> None:
    script = "import runpy, qa.cli; qa.cli.main = lambda: 1 / 0; runpy.run_module('qa', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "程序内部错误（ZeroDivisionError" in done.stderr and "Traceback" not in done.stderr
