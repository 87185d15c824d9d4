"""The Markdown of an answer's text -> HTML. Raw HTML in it is shown as text, links and images are not made."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_FINDING = re.compile(r"(核对第 )(\d{1,4}(?:、\d{1,4})*)( 处)")
_CITATION = re.compile(r"\[(\d{1,3})\]")


def markdown_to_html(text: str, turn: int, citations: int) -> str:
    """``text`` as HTML; [n], when the answer has ``citations`` enough, becomes a button that opens the n-th."""
    return str(_parser().render(text, {"turn": turn, "citations": citations}))


def line_to_html(text: str, turn: int, citations: int) -> str:
    """One line of ``text``, as ``markdown_to_html`` but without a paragraph around it."""
    return str(_parser().renderInline(text, {"turn": turn, "citations": citations}))


def citation_button(turn: int, number: int, title: str = "") -> str:
    """The small numbered button that opens citation ``number`` (from 1) of turn ``turn`` in the evidence pane."""
    label = f"查看出处 {number}" + (f"：{title}" if title else "")
    return (
        f'<button type="button" class="cite" data-turn="{turn}" data-cite="{number - 1}" '
        f'aria-label="{escape(label)}" title="{escape(label)}">[{number}]</button>'
    )


def findings_to_buttons(html: str, turn: int) -> str:
    """「核对第 2、3 处」 in the rendered text of turn ``turn``: each number becomes a button that opens that finding."""

    def button(number: re.Match[str]) -> str:
        opens = f'data-turn="{turn}" data-finding="{number[0]}"'
        return f'<button type="button" class="cite finding-link" {opens}>{number[0]}</button>'

    return _FINDING.sub(lambda match: match[1] + re.sub(r"\d+", button, match[2]) + match[3], html)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    parser.disable(["link", "image", "autolink", "reference"])
    parser.inline.ruler.before("text", "citation", _read_citation)
    parser.add_render_rule("citation", _draw_citation)
    return parser


def _read_citation(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos)
    if not match or not 1 <= int(match[1]) <= state.env["citations"]:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _draw_citation(renderer: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return citation_button(env["turn"], int(tokens[index].content))
