"""The Makefile with a stand-in for Python: what is done once, what is done again, what is said when it cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Writes down how it was called; "-m venv" makes the environment's own copy of it. Fails where $FAIL says so.
STAND_IN = """#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in
  *"$FAIL"*) exit 1 ;;
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m qa index") mkdir -p "${QA_DATA_DIR:-.data}" ;;
esac
"""


class Checkout:
    """A folder with the Makefile and what it looks at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "calls.log"
        for name in ("Makefile", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, folder / name)
        (folder / "corpus" / "reports").mkdir(parents=True)
        (folder / "python").write_text(STAND_IN, encoding="utf-8")
        (folder / "python").chmod(0o755)

    def make(self, *arguments: str, fail: str = "\t", **variables: str) -> tuple[int, list[str], str]:
        """Exit status, the calls of Python it made, and what it said."""
        self.calls.write_text("", encoding="utf-8")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("QA_", "MAKE", "MFLAGS"))}
        environment |= {"CALLS": str(self.calls), "FAIL": fail, **variables}
        command = ["make", *arguments]
        if not any(argument.startswith("PYTHON=") for argument in arguments):
            command.append(f"PYTHON={self.folder / 'python'}")
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        return done.returncode, self.calls.read_text(encoding="utf-8").splitlines(), done.stdout + done.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def kinds(calls: list[str]) -> list[str]:
    return [next(word for word in ("venv", "pip", "index", "reports", "app.py") if word in call) for call in calls]


def test_the_first_chat_sets_everything_up_and_the_next_only_serves(checkout: Checkout) -> None:
    status, calls, _ = checkout.make("chat")
    assert status == 0 and kinds(calls) == ["venv", "pip", "index", "app.py"]
    assert "-c constraints.txt" in calls[1]
    assert checkout.make("chat")[1] == ["app.py"]


def test_a_new_report_is_indexed_before_serving(checkout: Checkout) -> None:
    checkout.make("chat")
    report = checkout.folder / "corpus" / "reports" / "另一份 报告.txt"
    report.write_text("…", encoding="utf-8")
    later = (checkout.folder / ".data" / ".indexed").stat().st_mtime + 5
    os.utime(report.parent, (later, later))
    assert kinds(checkout.make("chat")[1]) == ["index", "app.py"]


def test_an_installation_that_was_cut_off_is_done_again(checkout: Checkout) -> None:
    status, calls, _ = checkout.make("chat", fail="pip")
    assert status != 0 and kinds(calls) == ["venv", "pip"]
    assert kinds(checkout.make("chat")[1]) == ["pip", "index", "app.py"]


def test_with_one_unreadable_report_the_others_are_served(checkout: Checkout) -> None:
    status, calls, _ = checkout.make("chat", fail="qa index")
    assert status == 0 and kinds(calls) == ["venv", "pip", "index", "reports", "app.py"]


def test_without_any_index_nothing_is_served(checkout: Checkout) -> None:
    status, calls, _ = checkout.make("chat", fail="-m qa")
    assert status != 0 and kinds(calls) == ["venv", "pip", "index", "reports"]


def test_tests_need_more_packages_than_the_chat(checkout: Checkout) -> None:
    checkout.make("chat")
    calls = checkout.make("test")[1]
    assert "[dev]" in calls[0] and calls[-1].startswith("-m pytest")


def test_the_index_may_lie_elsewhere(checkout: Checkout, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    checkout.make("chat", QA_DATA_DIR=str(elsewhere))
    assert (elsewhere / ".indexed").exists() and not (checkout.folder / ".data").exists()
    assert checkout.make("chat", QA_DATA_DIR=str(elsewhere))[1] == ["app.py"]


def test_without_a_python_new_enough_one_sentence_says_so(checkout: Checkout) -> None:
    status, calls, said = checkout.make("chat", "PYTHON=")
    assert status != 0 and calls == [] and "Python 3.11" in said
