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


def within(part: Ref, whole: Ref, catalogue: Catalogue) -> Ref:
    """``part`` narrowed to the accounts that ``whole`` is the total of (一般公共预算财政拨款支出), where it stands there."""
    funds = [name for name in whole.names if not FUNDS.isdisjoint(name.items)]
    if not funds or part.tables or any(name in part.names for name in funds) or part.names == whole.names:
        return part
    narrowed = replace(part, names=(*funds, *part.names))
    return narrowed if isinstance(resolve(narrowed, catalogue), Found) else part
