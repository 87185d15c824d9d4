"""Small buttons of the pane beside the chat: show a figure's place, copy a text, save a file. All is done by evidence.js."""

from __future__ import annotations

import json
from html import escape

from corpus.facts import Fact


def fact_button(fact: Fact, text: str) -> str:
    """A button that shows where the fact stands."""
    where = f"查看出处：第 {fact.page} 页第 {fact.line} 行"
    return f'<button type="button" class="fact" data-fact="{escape(fact.id)}" title="{where}">{escape(text)}</button>'


def copy_button(text: str, label: str = "复制") -> str:
    """A button that puts ``text`` on the clipboard."""
    return f'<button type="button" class="act" data-copy="{escape(json.dumps(text))}">{escape(label)}</button>'


def save_button(name: str, content: str, label: str) -> str:
    """A button that saves ``content`` as a file called ``name``; what is saved never leaves the browser."""
    held = escape(json.dumps(content))
    return (
        f'<button type="button" class="act" data-save="{escape(name)}" data-content="{held}">{escape(label)}</button>'
    )
