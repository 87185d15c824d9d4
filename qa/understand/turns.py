"""Turns of speech said in the plain way before a question is read (see turns.toml): 「开年预算」 is 年初预算."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


def plainly(text: str) -> str:
    """``text``, a normalised question, with its turns of speech rewritten; one that has none as it is."""
    for pattern, put in _turns():
        text = pattern.sub(put, text)
    return text


@cache
def _turns() -> tuple[tuple[re.Pattern[str], str], ...]:
    raw = tomllib.loads(Path(__file__).with_name("turns.toml").read_text(encoding="utf-8"))
    return tuple((re.compile(turn["find"]), turn["put"]) for turn in raw["turn"])
