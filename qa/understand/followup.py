"""What earlier turns lend: the item meant by 它 or by nothing at all, or a whole question of which one slot changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.catalogue import Catalogue
from qa.plan import Call, Expr, Name, Plan, Ref, refs
from qa.resolve import Missing, resolve
from qa.understand.numbers import chinese_to_int
from qa.understand.phrases import Phrase, Sketch

_OPENERS = frozenset({"than", "share", "minus", "plus", "divide"})
# Marks that make a question more than a bare change of one slot.
_ASKING = (
    "ask.amount", "ask.which", "ask.why", "ask.use", "ask.define", "ask.list", "op.", "measure.", "count.", "section.",
    "named.", "about.", "check.", "chat.", "copula.is", "grain.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Before:
    """The turn before: its plan and the items its answer was about; ``trail``: the items of all turns, the latest last."""

    plan: Plan
    subjects: tuple[Ref, ...]
    trail: tuple[Ref, ...] = ()


def lend(sketch: Sketch, before: Before | None) -> tuple[str, ...]:
    """Fills the phrases of ``sketch`` that lean on the turn before, in place; returns what was carried, in words."""
    if before is None or not before.subjects:
        return ()
    if _turned(sketch, before) or (sketch.has("op.rest") and not sketch.named):
        return ()  # 「最小的三项呢」 after 最大的三项 is read from the plan before; 「其他的呢」 names nothing
    carried: list[str] = []
    phrases: list[Phrase] = []
    for phrase in sketch.phrases:
        if phrase.refer == "it" and not phrase.names and any(p.names for p in phrases):
            phrases.append(replace(phrase, refer=""))  # 它 is what this question has named
            continue
        chosen = _chosen(phrase, before, _how_many(sketch))
        if phrase.refer == "it" and not phrase.names and _summed(before):
            chosen = before.subjects  # 「那减去电费呢」 after a sum
            sketch.marks.append("op.sum")
        if phrase.refer == "both" and not phrase.names and len(chosen) < 2:
            return ()  # 「两者差多少」 where one item was named
        if phrase.refer and not phrase.names and chosen:
            carried += [_said(ref) for ref in chosen]
            phrases += _as_phrases(chosen, phrase)
            if phrase.before == "than" and len(phrases) == 2 and not phrases[0].names and not phrase.measure:
                # 「决算比它少多少」: 它 is the figure spoken of, in its measure.
                measure = next((ref.measure for e in before.plan.exprs for ref in refs(e)), "")
                phrases = [replace(phrases[0], names=phrases[1].names), replace(phrases[1], measure=measure)]
        else:
            phrases.append(phrase)
    named = [p for p in phrases if p.names]
    if len(named) == 1 and _ends_within(sketch):
        # 「基本支出里的」 narrows the item spoken of.
        scoped = [replace(named[0], names=(*named[0].names, *ref.names)) for ref in before.subjects[:1]]
        carried += [_said(ref) for ref in before.subjects[:1]]
        phrases = [p for p in phrases if p is not named[0]] + scoped
    openers = _OPENERS | {"and"} if sketch.has("op.sum", "op.difference") and len(phrases) == 1 else _OPENERS
    if phrases and phrases[0].before in openers and not any(p.names for p in phrases if p.before not in openers):
        summed = _summed(before)
        subjects = before.subjects if summed else before.subjects[:1]
        if summed:
            sketch.marks.append("op.sum")
        phrases = [*_as_phrases(subjects, Phrase()), *phrases]
        carried += [_said(ref) for ref in subjects]
    sided = any(ref.side for ref in before.subjects) and any(p.side for p in phrases)
    sided = sided or _other_side(sketch, before)
    if not any(p.names for p in phrases) and (sided or _leans(sketch)):
        subjects = before.subjects if before.plan.kind != "rank" else before.subjects[:1]
        first = next((p for p in phrases if not p.empty), Phrase())
        rest = [p for p in phrases if p is not first and not p.empty]
        phrases = _as_phrases(subjects, first) + rest
        carried += [_said(ref) for ref in subjects]
    if carried and any(ref.measure in {"change", "change_rate"} for expr in before.plan.exprs for ref in refs(expr)):
        # 「百分比」 after a change asks for the rate of that change.
        phrases = [replace(p, measure="change_rate") if p.measure == "share" else p for p in phrases]
    sketch.phrases[:] = phrases
    return tuple(dict.fromkeys(c for c in carried if c))


def _turned(sketch: Sketch, before: Before) -> bool:
    """Whether a ranking is asked the other way round."""
    return before.plan.kind == "rank" and sketch.has("op.max", "op.min") and not sketch.named


def _other_side(sketch: Sketch, before: Before) -> bool:
    """「行政运行支出是多少」, 「收入呢」: the other side of the item spoken of."""
    words = [t for t in sketch.tokens if not t.has("talk") and not t.has("join", "stop")]
    return (
        len(words) == 1 and words[0].has("side") and any(p.side for p in sketch.phrases) and len(before.subjects) == 1
    )


def _summed(before: Before) -> bool:
    return bool(before.plan.exprs) and isinstance(first := before.plan.exprs[0], Call) and first.op == "sum"


def _ends_within(sketch: Sketch) -> bool:
    """Whether the question ends in 里的, 中的: it names only where, not what."""
    words = [t for t in sketch.tokens if not t.has("join", "stop") and not t.has("talk") and not t.has("ask", "amount")]
    tail = "".join(t.text for t in words[-2:])
    return tail.endswith(("里的", "中的", "里面的", "当中的", "里头的"))


def _leans(sketch: Sketch) -> bool:
    """Whether a question without names can only be about the item before."""
    strange = [t for t in (*sketch.unknown, *sketch.outside) if len(t.text) > 1 and not t.has("period")]
    if strange:
        return False
    whole = sketch.has("op.sum", "op.total_of") or any(
        t.has("report") or t.has("filler", "self") for t in sketch.tokens
    )
    spending = [t for t in sketch.tokens if t.has("bare")]
    if spending and not whole and all(t.has("filler", "spending_verbs") or t.has("measure", "final") for t in spending):
        return True
    if sketch.bare or sketch.has("section.机构设置", "section.职能", "chat.help", "chat.who", "check.any"):
        return False
    if any(m.startswith(("section.", "about.", "named.")) and m != "about.self" for m in sketch.marks):
        return False
    if any(t.has("report") or t.has("filler", "self") for t in sketch.tokens) and any(p.unit for p in sketch.phrases):
        return False  # 「单位有几辆车」 says of whom it asks
    telling = any(p.measure or p.period or p.tables or p.unit for p in sketch.phrases)
    return (
        telling
        or sketch.has("ask.why", "ask.use", "measure.over", "measure.under", "measure.variance", "measure.average")
        or any(m.startswith(("count.", "op.")) for m in sketch.marks)
    )


def _how_many(sketch: Sketch) -> int:
    """The 3 of 这三个; 2 where no number is said."""
    token = next((t for t in sketch.tokens if t.has("refer", "both")), None)
    found = next((n for c in token.text if (n := chinese_to_int(c))), None) if token is not None else None
    return found if found and found > 1 else 2


def _chosen(phrase: Phrase, before: Before, many: int) -> tuple[Ref, ...]:
    place = {"first": 0, "second": 1, "third": 2, "last": -1}.get(phrase.refer)
    if place is not None:
        return (before.subjects[place],) if -len(before.subjects) <= place < len(before.subjects) else ()
    if phrase.refer == "both":
        return before.subjects if len(before.subjects) > 1 else before.trail[-many:]
    return before.subjects[:1]


def _as_phrases(subjects: tuple[Ref, ...], shape: Phrase) -> list[Phrase]:
    return [
        replace(
            shape, names=ref.names, side=shape.side or ("" if shape.tables else ref.side), tables=shape.tables or ref.tables,
            refer="", before="and" if i else shape.before,
        )
        for i, ref in enumerate(subjects)
    ]  # fmt: skip


def _said(ref: Ref) -> str:
    return "".join(name.surface for name in ref.names)


def elliptical(sketch: Sketch) -> bool:
    """Whether the question only names another item (「那印刷费呢」) or another unit, and asks nothing itself."""
    return not any(m.startswith(_ASKING) for m in sketch.marks)


def reuse(plan: Plan, phrase: Phrase, catalogue: Catalogue) -> Plan | None:
    """The earlier plan asked of another item; None where no figure fits."""
    if not plan.exprs:
        return None
    first = refs(plan.exprs[0])[0]
    for names in _replaced(first.names, phrase.names):
        changed = tuple(_with_names(expr, first.names, names, phrase) for expr in plan.exprs[:1])
        if all(not isinstance(resolve(ref, catalogue), Missing) for expr in changed for ref in refs(expr)[:1]):
            return plan.with_(exprs=changed)
    changed = tuple(_with_names(expr, first.names, phrase.names, phrase) for expr in plan.exprs[:1])
    return plan.with_(exprs=changed)


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
