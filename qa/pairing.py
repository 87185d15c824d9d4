"""Figures set against each other are taken from one 口径: a budget against the final figure printed beside it, a part
against a whole within the whole's own accounts."""

from __future__ import annotations

from dataclasses import replace

from qa.amounts import MONEY
from qa.catalogue import Catalogue, Entry, scopes
from qa.plan import Ref
from qa.resolve import Found, resolve

FUNDS = frozenset(name for kind in ("general_expenditure", "fund_expenditure") for name in scopes()[kind].covers)


def final_beside(final: Ref, budget: Ref, catalogue: Catalogue) -> Entry | None:
    """The final figure printed in the sentence that gives the budget, where it is not the one of the default reading.

    A budget of general-budget money is not to be held against what was spent of all money.
    """
    if final.measure not in {"", "final"} or budget.measure != "budget" or final.names != budget.names:
        return None
    found = resolve(budget, catalogue)
    return beside(found.entry, catalogue) if isinstance(found, Found) and len(found.chosen) == 1 else None


def beside(budget: Entry, catalogue: Catalogue) -> Entry | None:
    """The final figure of the same item in the same sentence as a budget."""
    if budget.fact.source != "sentence":
        return None
    own = (e for e in catalogue.of(tuple(budget.own)) if e.fact.measure == "final" and e.fact.source == "sentence")
    same = [e for e in own if e.fact.section == budget.fact.section and e.fact.unit in MONEY and not e.fact.basis]
    told = [e for e in same if e.fact.text == budget.fact.text] or [
        e for e in same if e.fact.parents == budget.fact.parents
    ]
    return told[0] if told else None


def budget_beside(change: Entry, catalogue: Catalogue) -> Entry | None:
    """The amount of the same item that the sentence of a change prints with it."""
    if change.fact.source != "sentence":
        return None
    told = [e for e in catalogue.entries if e.measure == "budget" and e.fact.text == change.fact.text]
    told = [e for e in told if e.fact.source == "sentence" and e.fact.unit == change.fact.unit]
    own = [e for e in told if not e.own.isdisjoint(change.own)] or (told if len(told) == 1 else [])
    return own[0] if own else None


def told_with(change: Entry, catalogue: Catalogue) -> Entry | None:
    """The rate that a sentence gives with the amount of a change, the amount that it gives with the rate."""
    other = {"change": "change_rate", "change_rate": "change"}.get(change.measure)
    own = (e for e in catalogue.of(tuple(change.own)) if e.measure == other and e.fact.state == "number")
    return next((e for e in own if e.fact.source == "sentence" and e.fact.text == change.fact.text), None)


def within(part: Ref, whole: Ref, catalogue: Catalogue) -> Ref:
    """``part`` narrowed to the accounts that ``whole`` is the total of (一般公共预算财政拨款支出), where it stands there."""
    funds = [name for name in whole.names if not FUNDS.isdisjoint(name.items)]
    if not funds and len(whole.names) > 1 and not part.tables and not set(whole.names) & set(part.names):
        own = replace(part, names=(whole.names[0], *part.names))  # 「其他收入占港航管理中心全年收入的几成」
        return own if isinstance(resolve(own, catalogue), Found) else part
    if not funds or part.tables or any(name in part.names for name in funds) or part.names == whole.names:
        return part
    narrowed = replace(part, names=(*funds, *part.names))
    return narrowed if isinstance(resolve(narrowed, catalogue), Found) else part


def in_one_table(part: Ref, whole: Ref, catalogue: Catalogue) -> tuple[Ref | Entry, Ref | Entry]:
    """Part and whole from one table, where the default readings of the two stand in different ones.

    「港航管理中心的其他收入占它的几成」: the other income stands in the table of income, and so must the whole. A part that
    the whole's own table lists under it is taken from there.
    """
    if part.measure not in {"", "final"} or whole.measure not in {"", "final"} or part.tables or whole.tables:
        return part, whole
    found, of = resolve(part, catalogue), resolve(whole, catalogue)
    if not (isinstance(found, Found) and isinstance(of, Found)) or len(found.chosen) + len(of.chosen) > 2:
        return part, whole
    parts, wholes = _printed_as(found.entry, part, catalogue), _printed_as(of.entry, whole, catalogue)
    if not parts or not wholes or any(_together(inner, outer) for inner in parts for outer in wholes):
        return part, whole
    for outer in _cells_of(whole, of.entry, catalogue):
        if any(_together(inner, outer) and _spans(outer, inner) for inner in parts):
            return part, outer
    for inner in _cells_of(part, found.entry, catalogue):
        if any(_together(inner, outer) and _spans(outer, inner) for outer in wholes):
            return inner, whole
    return part, whole


def _cells_of(ref: Ref, chosen: Entry, catalogue: Catalogue) -> list[Entry]:
    """The total figures that ``ref`` may mean when its name stands alone, in the measure of the one chosen."""
    if len(ref.names) != 1:
        return []
    own = catalogue.of(ref.names[0].items, ref.names[0].code)
    cells = [e for e in own if not e.facet and e.fact.source == "cell" and e.fact.state == "number"]
    return [e for e in cells if e.measure == chosen.measure]


def _printed_as(chosen: Entry, ref: Ref, catalogue: Catalogue) -> list[Entry]:
    """The cells that print the figure chosen, itself or the one that the prose repeats."""
    if chosen.fact.source == "cell":
        return [chosen]
    same = (chosen.fact.value, chosen.fact.unit)
    return [e for e in _cells_of(ref, chosen, catalogue) if (e.fact.value, e.fact.unit) == same]


def _together(a: Entry, b: Entry) -> bool:
    return (a.fact.table_id, a.side) == (b.fact.table_id, b.side)


def _spans(whole: Entry, part: Entry) -> bool:
    """Whether the part stands under the whole, or in a column of the whole's own row."""
    return not part.under.isdisjoint(whole.own) or (not part.own.isdisjoint(whole.own) and bool(part.facet))
