"""Shared by all tests: nothing under test may phone home, and the served page is one process for the session."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # so that `pytest` alone finds app.py, corpus, qa and eval

from qa.ui.quiet import keep_to_itself  # noqa: E402

keep_to_itself()


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_page(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Return when ``url`` answers; fail when ``process`` has ended or time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, f"app.py ended with {process.returncode}"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no page at {url} after {seconds} s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless. Skips where there is none; CI installs one and forbids the skip."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    # Not for the whole session: while it runs, no other test may start an event loop.
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        chromium = playwright.chromium.launch(executable_path=found, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the shipped reports, built once for all tests that serve or ask."""
    data = tmp_path_factory.mktemp("data")
    subprocess.run([sys.executable, "-m", "qa", "index", "--data", str(data)], cwd=ROOT, check=True, timeout=300)
    return data


def serve_app(log: Path, *command: str, **variables: str) -> Iterator[str]:
    """Run app.py (or ``command``) on a free port; yields its address and stops it afterwards."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), **variables}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *(command or ("app.py",))], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for_page(url, process)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def served(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the chat, served from ``built_index``."""
    yield from serve_app(tmp_path_factory.mktemp("served") / "app.log", QA_DATA_DIR=str(built_index))


@pytest.fixture(scope="session")
def served_without_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat whose index is missing."""
    empty = tmp_path_factory.mktemp("empty")
    yield from serve_app(empty / "app.log", QA_DATA_DIR=str(empty / "none"))
