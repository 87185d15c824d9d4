"""A text that comes to be checked: out of a chat message, or out of a file's bytes."""

from __future__ import annotations

import re

from qa.errors import UnfitText

LONGEST_TEXT = 20_000
"""Characters of a text that are checked at once."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_OPENING = re.compile(
    r"^\s*(?:请|麻烦|帮忙|帮我|请帮我|请帮忙)?(?:核对|核实|核查|查证|查核|校对|查对)(?:一下|下|以下|下面|这段|这句|这篇|文字|报道|的|话|内容|数字|说法|稿件|文章)*\s*[：:\n]\s*(?P<text>.+)$",
    re.DOTALL,
)


def text_to_check(message: str) -> str | None:
    """The text that a chat message asks to have checked (「核对：…」), None where it asks something else."""
    match = _OPENING.match(message)
    return match["text"] if match else None


def bytes_to_text(name: str, data: bytes) -> str:
    """The text of a file called ``name`` (UTF-8, or GB 18030 as older Chinese editors write). Raises ``UnfitText``."""
    text = _decoded(data)
    if text is None or _CONTROL.search(text):
        raise UnfitText(name, "这不是文本（要 UTF-8 或 GB 18030 编码的文字）。")
    if not text.strip():
        raise UnfitText(name, "里面没有文字。")
    if len(text) > LONGEST_TEXT:
        raise UnfitText(name, f"文字超过 {LONGEST_TEXT:,} 个字，太长了。请分段核对。")
    return text_to_check(text) or text


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
