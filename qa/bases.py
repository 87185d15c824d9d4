"""What a stated change is measured against: last year's budget, or what was spent then (预算执行数)."""

from __future__ import annotations

import re
from typing import Literal

from corpus.facts import Fact

Base = Literal["", "budget", "final"]

_AGAINST = re.compile(
    r"(?:比|较|与|和|跟|同)(?:\d{4}年度?|上年度?|上一年度?|去年)[^，。；,;]{0,14}?"
    r"(?:相比|比较)?[，,]?[^，。；,;]{0,20}?(?:增加|减少|增长|下降|降低|上升|提高)了?$"
)


def base_of(change: Fact) -> Base:
    """ "budget" or "final" where the sentence says which of the two its change is from, "" where it says only 上年."""
    if change.value is None or change.source != "sentence":
        return ""
    text = re.sub(r"\s+", "", change.text)
    amount = abs(change.value)
    for written in dict.fromkeys((f"{amount:,}", f"{amount}")):
        for match in re.finditer(rf"(?<![\d.,]){re.escape(written)}(?![\d])", text):
            said = _AGAINST.search(text[: match.start()])
            if said is not None:
                return _of(said[0].split("相比")[0])
    return ""


def _of(what: str) -> Base:
    if "执行" in what or "决算" in what:
        return "final"
    return "budget" if "预算" in what else ""
