"""Nothing is sent anywhere: the served chat and the command line open no connection but to the loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT, serve_app
from tests.test_browser import WAIT

pytestmark = pytest.mark.slow

# Loaded by Python itself at start: writes a line for every name looked up and every address connected to.
RECORDER = """
import os, sys
_log = os.open(os.environ["SOCKET_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def _record(event, args):
    if event in ("socket.connect", "socket.sendto"):
        os.write(_log, f"{event}\\t{args[1][0] if isinstance(args[1], tuple) else args[1]}\\n".encode())
    elif event == "socket.getaddrinfo":
        os.write(_log, f"{event}\\t{args[0]}\\n".encode())
sys.addaudithook(_record)
"""


@pytest.fixture
def recorder(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """Environment variables that make a Python process record its connections, and where."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(RECORDER, encoding="utf-8")
    log = tmp_path / "sockets.log"
    # Analytics that are off by our own doing must be off, not off because the test's environment says so.
    kept = {"PYTHONPATH": str(tmp_path / "hook"), "SOCKET_LOG": str(log)}
    return kept, log


def strangers(log: Path) -> list[str]:
    """The recorded names and addresses that are not this machine."""
    targets = [line.split("\t", 1)[1] for line in log.read_text(encoding="utf-8").splitlines()]
    return [target for target in targets if not _is_here(target)]


def _is_here(target: str) -> bool:
    if target in ("localhost", "None", "") or target.startswith("/"):
        return True
    try:
        address = ip_address(target.strip("b'"))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def bare_environment() -> dict[str, str]:
    """This environment without the switches that conftest has set."""
    switched = ("GRADIO_", "ANONYMIZED_", "HF_", "DO_NOT_TRACK", "LANGSMITH_", "LANGCHAIN_", "CHROMA_")
    return {name: value for name, value in os.environ.items() if not name.startswith(switched)}


def test_the_recorder_records(recorder: tuple[dict[str, str], Path]) -> None:
    variables, log = recorder
    code = "import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.connect(('192.0.2.1', 9))"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **variables}, check=False, timeout=30)
    assert strangers(log) == ["192.0.2.1"]


def test_the_command_line_connects_to_nothing(recorder: tuple[dict[str, str], Path], built_index: Path) -> None:
    variables, log = recorder
    questions = ("公务接待费决算数是多少？", "通关效率怎么提高？")
    for question in questions:
        command = [sys.executable, "-m", "qa", "ask", question, "--json", "--data", str(built_index)]
        done = subprocess.run(
            command, cwd=ROOT, env={**bare_environment(), **variables}, check=True, capture_output=True, timeout=120
        )
        assert json.loads(done.stdout)["status"] == "answered"
    assert log.exists() and strangers(log) == []


@pytest.fixture
def recorded(
    recorder: tuple[dict[str, str], Path], built_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Path]]:
    """The served chat, its connections recorded."""
    variables, log = recorder
    for name in set(os.environ) - set(bare_environment()):
        monkeypatch.delenv(name)
    for url in serve_app(tmp_path / "app.log", QA_DATA_DIR=str(built_index), **variables):
        yield url, log


def test_the_chat_connects_to_nothing(recorded: tuple[str, Path], browser: Browser) -> None:
    url, log = recorded
    page = browser.new_page()
    page.goto(url)
    page.locator(".welcome button.ask").first.wait_for(timeout=WAIT)
    for question in ("公务接待费决算数是多少？", "通关效率怎么提高？"):
        before = page.locator(".answer").count()
        page.get_by_label("问题").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".answer")).to_have_count(before + 1, timeout=WAIT)
    page.close()
    assert strangers(log) == []
