"""What is left of one item at the year's end, where a table prints it: 「X 年底结转了多少」, 「X 年底还剩多少没花完」."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.catalogue import Catalogue
from qa.plan import Name
from qa.resolve import Missing, resolve
from qa.understand.phrases import Phrase, Sketch

_BALANCES = {"末": "年末结转和结余", "初": "年初结转和结余"}
_SAID = re.compile("结转|结余")
_LEFT = ("op.under", "measure.under")


def balance_of(phrases: list[Phrase], sketch: Sketch, catalogue: Catalogue) -> list[Phrase]:
    """The phrases with the one item narrowed to its balance, where the question asks for one.

    An item that is itself a balance stays as it is. Where the report prints no balance of the item, what is left of it
    is left to the rules for budgets (预算 − 决算); a 结转 or 结余 that is asked for by name stays, and is then missing.
    """
    named = [i for i, phrase in enumerate(phrases) if phrase.names]
    bare = {v for t in sketch.tokens for v in t.values("bare")} & set(_BALANCES.values())
    if len(named) != 1 or len(bare) != 1:
        return phrases
    at = named[0]
    phrase = phrases[at]
    items = [i for n in phrase.names for i in n.items]
    of_balance = any(i in _BALANCES.values() or i.endswith(("总计", "合计")) for i in items) or sketch.has(
        "measure.budget"
    )
    said = any(_SAID.search(t.text) and t.has("bare") for t in sketch.tokens)
    if of_balance or not (said or sketch.has(*_LEFT)) or phrase.unit or phrase.per:
        return phrases
    name = next(iter(bare))
    narrowed = replace(phrase, names=(*phrase.names, Name(name, (name,))), measure="")
    if isinstance(resolve(narrowed.ref(), catalogue), Missing) and not said:
        return phrases
    for mark in _LEFT:
        while mark in sketch.marks:
            sketch.marks.remove(mark)
    return [*phrases[:at], narrowed, *(p for p in phrases[at + 1 :] if p.names)]
