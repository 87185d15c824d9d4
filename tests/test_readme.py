"""What README promises exists: every setting is listed, every command and path it names is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from qa.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_listed() -> None:
    table = README.split("## 设置")[1].split("\n## ")[0]
    assert {f"QA_{name.upper()}" for name in Settings.model_fields} <= set(re.findall(r"`(QA_\w+)`", table))


def test_no_setting_is_listed_that_is_not_read() -> None:
    known = {f"QA_{name.upper()}" for name in Settings.model_fields} | {"QA_DATA", "QA_DEBUG"}
    assert set(re.findall(r"\bQA_[A-Z_]+", README)) <= known


def test_every_make_target_named_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


@pytest.mark.parametrize("command", sorted(set(re.findall(r"-m qa ([a-z]+)", README))))
def test_every_command_named_is_there(command: str) -> None:
    asked = [sys.executable, "-m", "qa", command, "--help"]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"(?:[(`])((?:corpus|qa|eval|tests|docs)/[\w./-]*)[)`]", README)))
)
def test_every_path_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()
