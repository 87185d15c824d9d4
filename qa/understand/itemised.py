"""Questions for the parts of one item: 各项分别多少, 有哪些项级科目, 由哪些项组成."""

from __future__ import annotations

from dataclasses import replace

from qa.plan import Plan
from qa.resolve import Missing, resolve
from qa.understand.context import Reading
from qa.understand.phrases import Phrase


def listed(reading: Reading) -> Plan | None:
    """「三公经费各项分别多少」: every part of one item."""
    asked = [t for t in reading.sketch.tokens if t.has("ask", "list")]
    polite = bool(asked) and all(t.has("filler", "politeness") for t in asked) and reading.amount
    if len(reading.named) != 1 or not reading.has("op.each", "ask.list") or (polite and not reading.has("op.each")):
        return None  # 「请列出农林水支出金额」 asks for the one figure
    phrase = reading.named[0]
    if not _has_parts(phrase, reading):
        return None
    one = len(phrase.names) > 1 and reading.amount and not reading.has("op.each")
    if one and not reading.catalogue.children(phrase.names[-1].items):
        return None  # 「基本支出明细中培训费是多少」
    return _parts_of(phrase, reading)


def composed(reading: Reading) -> Plan | None:
    """「社会保障和就业支出有哪些项级科目」, 「由哪些项组成」: its parts as the tables list them."""
    if len(reading.named) != 1 or not reading.has("ask.list", "op.have", "grain"):
        return None
    phrase = reading.named[0]
    return _parts_of(phrase, reading) if _has_parts(phrase, reading) else None


def _has_parts(phrase: Phrase, reading: Reading) -> bool:
    found = resolve(phrase.ref(), reading.catalogue)
    items = tuple(item for name in phrase.names for item in name.items)
    return not isinstance(found, Missing) and bool(reading.catalogue.children(items))


def _parts_of(phrase: Phrase, reading: Reading) -> Plan:
    grain = next((p.grain for p in reading.phrases if p.grain in {"group", "leaf"}), "children")
    return reading.plan("list", replace(phrase.ref(), grain=""), grain=grain)
