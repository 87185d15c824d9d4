"""What is measured from outside, of started processes: the time to the first page, the rate of a batch."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
BARE = (
    "import os, gradio as gr\n"
    "gr.ChatInterface(lambda message, history: 'hello').launch("
    "server_name='127.0.0.1', server_port=int(os.environ['PORT']), quiet=True)\n"
)
LIMIT_S = 60.0
_POLL_S = 0.01


def startup_ratio(rounds: int = 3) -> tuple[float, float]:
    """Seconds to the first page of (``app.py``, a bare Gradio chat): medians, the two taking turns."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(rounds):
        bare.append(first_page_s([sys.executable, "-c", BARE]))
        ours.append(first_page_s([sys.executable, "app.py"]))
    return statistics.median(ours), statistics.median(bare)


def first_page_s(command: Sequence[str]) -> float:
    """Seconds from the start of ``command`` (told its port by PORT) to a whole page; the process is ended then.

    Raises ``RuntimeError`` when it ends by itself or shows nothing for a minute.
    """
    port = free_port()
    settings = os.environ | {"PORT": str(port), "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - begun < LIMIT_S:
            if process.poll() is not None:
                raise RuntimeError(f"{command[-1][:40]!r} ended with status {process.returncode} before its first page")
            if _shows(port):
                return time.perf_counter() - begun
            time.sleep(_POLL_S)
        raise RuntimeError(f"{command[-1][:40]!r} showed no page within {LIMIT_S:.0f} s")
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def batch_rate(questions: Sequence[str], data_dir: Path) -> float:
    """Questions a second of ``qa ask --batch``, from its first answer to its last (loading left out)."""
    jobs = "".join(json.dumps({"id": str(n), "turns": [q]}, ensure_ascii=False) + "\n" for n, q in enumerate(questions))
    command = [sys.executable, "-m", "qa", "ask", "--batch", "-", "--data", str(data_dir.resolve())]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        feeder = threading.Thread(target=_feed, args=(process.stdin, jobs))
        feeder.start()
        times = [time.perf_counter() for _ in process.stdout]
        feeder.join()
    if process.returncode != 0 or len(times) != len(questions) or len(times) < 2:
        raise RuntimeError(f"qa ask --batch ended with {process.returncode}: {len(times)} of {len(questions)} answers")
    return (len(times) - 1) / (times[-1] - times[0])


def _feed(stream: IO[str], text: str) -> None:
    with stream:
        stream.write(text)


def free_port() -> int:
    """A port of this machine nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _shows(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return b"gradio" in page.read()
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
