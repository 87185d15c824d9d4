"""What the report says there is none of (无政府性基金预算财政拨款支出, 未购置公务用车)."""

from __future__ import annotations

from corpus.statements import Absence
from qa.plan import Ref
from qa.shelf import Shelf

_SIDES = ("收入", "支出")


def absences_of(ref: Ref, shelf: Shelf) -> list[Absence]:
    """The statements of absence that speak of an item ``ref`` names, on either side of the accounts."""
    canonical = shelf.catalogue.names.canonical
    items = {_sideless(item) for name in ref.names for item in name.items}
    return [a for a in shelf.store.absences(shelf.report) if _sideless(canonical(a.item)) in items]


def _sideless(name: str) -> str:
    for side in _SIDES:
        name = name.removesuffix(side)
    return name
