"""Seconds a page for reading PDFs: our reader, and ``extract_tables`` of pdfplumber on the same pages, taking turns.

The PDFs: one that the tests make (see tests/corpus/make_pdf.py), and the published ones in ``../shared/reports/more``
where that folder is there.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from corpus.contents import read_contents
from corpus.readers import pdf

ROOT = Path(__file__).parents[1]
MORE = ROOT.parent / "shared" / "reports" / "more"
GOAL_RATIO = 1.5
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class PdfTiming:
    """Seconds of processor time a page, medians: ``plain`` of pdfplumber's tables, ``ours`` of lines and tables,
    ``whole`` of the whole reading: facts, checks and passages too."""

    name: str
    pages: int
    plain: float
    ours: float
    whole: float


def measure_pdf(path: Path) -> PdfTiming:
    """Reads ``path`` in three ways, in turn. Raises ``UnreadableReport`` where it is no report."""
    data = path.read_bytes()
    pages = plain_tables(data)  # a first time, so that what is loaded once is loaded
    read_contents(path)
    ways: tuple[Callable[[], object], ...] = (
        lambda: plain_tables(data),
        lambda: pdf.bytes_to_source(path, data),
        lambda: read_contents(path),
    )
    rounds = [[_seconds(way) for way in ways] for _ in range(_ROUNDS)]
    return PdfTiming(path.name, pages, *(statistics.median(way) / pages for way in zip(*rounds, strict=True)))


def plain_tables(data: bytes) -> int:
    """Takes the tables off every page, as most people would; the number of pages."""
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for page in opened.pages:
            page.extract_tables()
            page.close()
        return len(opened.pages)


def make_pdf(path: Path) -> str:
    """Has the tests make a PDF at ``path``; "" when it is there, else one line that says why it is not."""
    command = [sys.executable, "-m", "tests.corpus.make_pdf", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0 and path.is_file():
        return ""
    said = done.stderr.strip().splitlines()
    return said[-1] if said else f"no PDF was made (status {done.returncode})"


def pdf_speed() -> tuple[list[str], bool]:
    """Lines for the page of results, and whether the goal is reached for every PDF that there is."""
    with tempfile.TemporaryDirectory(prefix="juesuan-pdf-") as folder:
        made = Path(folder) / "synthetic.pdf"
        missing = make_pdf(made)
        timings = [measure_pdf(path) for path in ([] if missing else [made]) + sorted(MORE.glob("*.pdf"))]
    lines = [f"Not measured: {missing}", ""] if missing else []
    return lines + (timings_to_markdown(timings) if timings else []), all(map(within_goal, timings))


def within_goal(timing: PdfTiming) -> bool:
    """Whether lines and tables take at most ``GOAL_RATIO`` times what the tables alone take."""
    return timing.ours <= GOAL_RATIO * timing.plain


def timings_to_markdown(timings: Sequence[PdfTiming]) -> list[str]:
    """A table, a line a PDF."""
    head = [
        f"| PDF, processor time a page | pages | pdfplumber's tables | our lines and tables (goal at most {GOAL_RATIO}"
        " times) | the whole reading |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    return head + [
        f"| {t.name} | {t.pages} | {1e3 * t.plain:.1f} ms | {1e3 * t.ours:.1f} ms (×{t.ours / t.plain:.2f}) "
        f"| {1e3 * t.whole:.1f} ms (×{t.whole / t.plain:.2f}) |"
        for t in timings
    ]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
