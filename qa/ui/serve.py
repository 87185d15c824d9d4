"""Serves the page: the port is bound and the page up before the assistant is opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import gradio as gr

from qa.errors import SettingsError
from qa.ui.chat import build_page
from qa.ui.desk import AssistantLike, Desk

_STYLE = Path(__file__).parent / "style.css"
# Fonts of the reader's own machine: a theme's default would fetch them from a font service.
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"]
_MONOSPACE = ["ui-monospace", "monospace"]


def serve(open_assistant: Callable[[], AssistantLike], host: str, port: int) -> None:
    """Serve until interrupted at http://host:port. Raises ``SettingsError`` when the port is taken."""
    desk = Desk(open_assistant)
    page = build_page(desk)
    page.queue(default_concurrency_limit=8)
    try:
        _launch(page, host, port)
    except OSError as error:
        raise SettingsError("PORT", port, f"端口已被占用或不可用（{error}）") from error
    desk.begin()
    page.block_thread()


def _launch(page: gr.Blocks, host: str, port: int) -> None:
    page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        ssr_mode=False,
        share=False,
        quiet=True,
        footer_links=[],
        theme=gr.themes.Base(primary_hue="teal", neutral_hue="slate", font=_FONTS, font_mono=_MONOSPACE),
        css_paths=[_STYLE],
        js="() => { document.documentElement.lang = 'zh-CN'; }",
        enable_monitoring=False,
    )
    print(f"决算问答：http://{host}:{port}（Ctrl+C 结束）", flush=True)
