"""Serves the page: the port is bound and the page up before the assistant is opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import gradio as gr

from qa.ui.chat import build_page
from qa.ui.desk import AssistantLike, Desk

_STYLE = Path(__file__).parent / "style.css"
# Fonts of the reader's own machine: a theme's default would fetch them from a font service.
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"]


def serve(open_assistant: Callable[[], AssistantLike]) -> None:
    """Serve until interrupted, at port ``PORT`` (7860). Raises OSError when the port is taken."""
    desk = Desk(open_assistant)
    page = build_page(desk)
    page.queue(default_concurrency_limit=8)
    page.launch(
        server_port=int(os.environ.get("PORT", "7860")),
        prevent_thread_lock=True,
        ssr_mode=False,
        share=False,
        footer_links=[],
        theme=gr.themes.Base(primary_hue="teal", neutral_hue="slate", font=_FONTS, font_mono=["ui-monospace", "monospace"]),
        css_paths=[_STYLE],
        enable_monitoring=False,
    )
    desk.begin()
    page.block_thread()
