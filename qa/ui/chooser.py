"""The list above the chat that fixes one of several reports; with one report nothing is shown. State is the page's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import gradio as gr

from corpus.stores import ReportInfo
from qa.ui.beside import SAID
from qa.ui.desk import Desk

ALL = ""  # the value of 「全部报告」


def chooser() -> gr.Dropdown:
    """The list, empty and not shown until the reports are known."""
    return gr.Dropdown([], label="报告", elem_id="report", visible=False, filterable=True, interactive=True)


def reports_to_choices(reports: Sequence[ReportInfo]) -> list[tuple[str, str]]:
    """(what is shown, id): all of them first, then each by its department, the newest first.

    Reports of the same name are told apart by their ids.
    """
    ordered = sorted(reports, key=lambda info: (info.department, -info.year, info.id))
    names = [_name(info) for info in ordered]
    often = Counter(names)
    shown = [f"{name}（{info.id}）" if often[name] > 1 else name for name, info in zip(names, ordered, strict=True)]
    return [(f"全部报告（{len(reports)} 份）", ALL), *zip(shown, (info.id for info in ordered), strict=True)]


def opened(desk: Desk, report: str | None) -> tuple[str | None, Any]:
    """(the report that is fixed, how the list changes) once the reports are known; ``report``: as the address names it."""
    try:
        reports = desk.assistant().reports()
    except SAID:
        return report, gr.skip()
    known = report if report in {info.id for info in reports} else None
    if len(reports) < 2:
        return known, gr.skip()
    return known, gr.update(choices=reports_to_choices(reports), value=known or ALL, visible=True)


def _name(info: ReportInfo) -> str:
    return f"{info.department} {info.year} 年{info.document}"
