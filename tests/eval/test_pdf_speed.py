"""PDFs are read against plain pdfplumber; what is missing is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import pdf_speed
from eval.pdf_speed import PdfTiming, make_pdf, measure_pdf, timings_to_markdown, within_goal


def test_the_synthetic_pdf_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    if missing := make_pdf(path):
        pytest.skip(missing)
    timing = measure_pdf(path)
    assert timing.pages > 3 and timing.plain > 0 and timing.ours > 0
    assert timing.ours < 10 * timing.plain  # the goal itself is measured by make bench, on a quiet machine


def test_the_goal() -> None:
    timings = [PdfTiming("a.pdf", 9, 0.010, 0.015, 0.02), PdfTiming("b.pdf", 9, 0.010, 0.016, 0.02)]
    assert [within_goal(timing) for timing in timings] == [True, False]
    assert "| a.pdf | 9 | 10.0 ms | 15.0 ms (×1.50) | 20.0 ms (×2.00) |" in timings_to_markdown(timings)


def test_without_reportlab_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reportlab.py").write_text("raise ImportError('gone', name='reportlab')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(pdf_speed, "MORE", tmp_path)
    lines, reached = pdf_speed.pdf_speed()
    said = [line for line in lines if line]
    assert reached and len(said) == 1 and "reportlab is not installed" in said[0]
