"""What earlier turns lend: the item meant by 它 or by nothing at all, or a whole question of which one slot changes."""

from __future__ import annotations

from dataclasses import dataclass

from qa.catalogue import Catalogue
from qa.plan import Call, Expr, Name, Plan, Ref, refs
from qa.resolve import Missing, resolve
from qa.understand.phrases import Phrase, Sketch

# Marks that make a question more than a bare change of one slot.
_ASKING = (
    "ask.amount", "ask.which", "ask.what", "ask.where", "ask.why", "ask.use", "ask.define", "ask.list", "op.", "measure.",
    "count.", "section.", "named.", "about.", "check.", "chat.", "copula.is", "grain.",
)  # fmt: skip


# Computations over several items; another item alone is not asked for in the same way.
_OF_SEVERAL = frozenset({"difference", "sum", "mean"})


@dataclass(frozen=True, slots=True)
class Before:
    """The turn before: its plan and the items its answer was about; ``trail``: the items of all turns, the latest last;
    ``run``: how many turns, this one included, only named another item than the one before."""

    plan: Plan
    subjects: tuple[Ref, ...]
    trail: tuple[Ref, ...] = ()
    run: int = 0


def elliptical(sketch: Sketch) -> bool:
    """Whether the question only names another item (「那印刷费呢」) or another unit, and asks nothing itself."""
    return not any(m.startswith(_ASKING) for m in sketch.marks)


def reuse(plan: Plan, phrase: Phrase, catalogue: Catalogue) -> Plan | None:
    """The earlier plan asked of another item; None where no figure fits."""
    if not plan.exprs:
        return None
    if isinstance(plan.exprs[0], Call) and plan.exprs[0].op in _OF_SEVERAL:
        return Plan("lookup", plan.question, (phrase.ref(),))  # 「工会经费呢」 after 「这俩差多少」
    first = refs(plan.exprs[0])[0]
    one = all(ref.names == first.names for expr in plan.exprs for ref in refs(expr))
    kept = plan.exprs if one and plan.kind == "yesno" else plan.exprs[:1]
    for names in _replaced(first.names, phrase.names):
        changed = tuple(_with_names(expr, first.names, names, phrase) for expr in kept)
        if all(not isinstance(resolve(ref, catalogue), Missing) for expr in changed for ref in refs(expr)[:1]):
            return plan.with_(exprs=changed)
    uncounted = first.measure == "count" and isinstance(resolve(first, catalogue), Missing)
    if plan.unknown or plan.restrictions or uncounted:
        return Plan("lookup", plan.question, (phrase.ref(),))  # 「那培训费」 after a question that was not understood
    return plan.with_(exprs=tuple(_with_names(expr, first.names, phrase.names, phrase) for expr in kept))


def _replaced(old: tuple[Name, ...], new: tuple[Name, ...]) -> list[tuple[Name, ...]]:
    """``old`` with one narrowing name exchanged, else all of it."""
    if len(old) > 1 and len(new) == 1:
        return [(*old[:-1], *new), (*new, *old[1:]), new]
    return [new]


def _with_names(expr: Expr, old: tuple[Name, ...], new: tuple[Name, ...], phrase: Phrase) -> Expr:
    if isinstance(expr, Call):
        return Call(expr.op, tuple(_with_names(arg, old, new, phrase) for arg in expr.args))
    if expr.names != old:
        return expr
    return Ref(
        new,
        phrase.measure or expr.measure,
        phrase.side or expr.side,
        phrase.tables or expr.tables,
        phrase.period or expr.period,
        expr.unit_hint,
    )
