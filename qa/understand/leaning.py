"""Whether, and on what, a question leans: what it leaves out, how many it points at, what the turn before was."""

from __future__ import annotations

from dataclasses import replace

from qa.catalogue import Catalogue
from qa.plan import Call, Ref
from qa.resolve import Missing, resolve
from qa.understand.followup import Before
from qa.understand.numbers import chinese_to_int
from qa.understand.phrases import Phrase, Sketch

_MISPRINTS = frozenset({"印错", "写错", "算错", "算错了", "弄错", "搞错", "打错", "笔误"})
_NUMBERS = {"仨": 3, "俩": 2}


def leans(sketch: Sketch) -> bool:
    """Whether a question without names can only be about the item before."""
    strange = [t for t in (*sketch.unknown, *sketch.outside) if len(t.text) > 1 and not t.has("period")]
    if strange:
        return False
    whole = sketch.has("op.sum", "op.total_of") or any(
        t.has("report") or t.has("filler", "self") for t in sketch.tokens
    )
    listed = sketch.has("ask.which", "ask.list", "op.max", "op.min", "op.top")
    if listed and any(p.grain in {"class", "group", "leaf"} for p in sketch.phrases):
        return False  # 「到底哪几类支出有数」, 「支出最多的三个类」
    spending = [t for t in sketch.tokens if t.has("bare")]
    if spending and not whole and all(t.has("filler", "spending_verbs") or t.has("measure", "final") for t in spending):
        return True
    if sketch.has("check.any") and any(t.text in _MISPRINTS for t in sketch.tokens):
        return True  # 「…完成百分之多少？是不是印错了」
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


def ends_within(sketch: Sketch) -> bool:
    """Whether the question ends in 里的, 中的: it names only where, not what."""
    words = [t for t in sketch.tokens if not t.has("join", "stop") and not t.has("talk") and not t.has("ask", "amount")]
    tail = "".join(t.text for t in words[-2:] if t.has("join", "within"))  # 「初中的呢」 names a whole thing
    return tail.endswith(("里的", "中的", "里面的", "当中的", "里头的"))


def other_side(sketch: Sketch, before: Before) -> bool:
    """「行政运行支出是多少」, 「收入呢」: the other side of the item spoken of."""
    words = [t for t in sketch.tokens if not t.has("talk") and not t.has("join", "stop")]
    corrected = any(t.has("talk", "correct") for t in sketch.tokens) and not sketch.named
    if corrected and words and words[0].has("side") and any(p.side for p in sketch.phrases):
        return len(before.subjects) == 1  # 「我问的是收入，不是支出」
    return (
        len(words) == 1 and words[0].has("side") and any(p.side for p in sketch.phrases) and len(before.subjects) == 1
    )


def turned(sketch: Sketch, before: Before) -> bool:
    """Whether a ranking is asked the other way round."""
    if before.plan.kind not in {"rank", "list"} or sketch.named:
        return False
    return sketch.has("op.max", "op.min") or (before.plan.kind == "rank" and sketch.has("op.second", "op.third"))


def summed(before: Before) -> bool:
    return bool(before.plan.exprs) and isinstance(first := before.plan.exprs[0], Call) and first.op == "sum"


def of_a_share(before: Before) -> bool:
    """Whether the turn before asked for a share: what comes next is about the part, not about its whole."""
    return bool(before.plan.exprs) and isinstance(first := before.plan.exprs[0], Call) and first.op == "share"


def how_many(sketch: Sketch) -> int:
    """The 3 of 这三个; 2 where no number is said."""
    token = next((t for t in sketch.tokens if t.has("refer", "both")), None)
    found = next((n for c in token.text if (n := _NUMBERS.get(c) or chinese_to_int(c))), None) if token else None
    return found if found and found > 1 else 2


def placed_in(phrase: Phrase, sketch: Sketch) -> bool:
    """「在全年支出里占…」: the only name stands as the whole."""
    tokens = [t for t in sketch.tokens if not t.has("talk") and not t.has("join", "stop")]
    return bool(phrase.names) and bool(tokens) and tokens[0].text in {"在", "占"}


def as_phrases(subjects: tuple[Ref, ...], shape: Phrase) -> list[Phrase]:
    other = shape.refer == "other"
    return [
        replace(
            shape,
            names=ref.names,
            measure=shape.measure or (ref.measure if other else ""),
            side=shape.side or ("" if shape.tables else ref.side),
            tables=shape.tables or ref.tables,
            refer="",
            before="and" if i else shape.before,
        )
        for i, ref in enumerate(subjects)
    ]


def said(ref: Ref) -> str:
    return "".join(name.surface for name in ref.names)


def column_of(spoken: Ref, phrase: Phrase, catalogue: Catalogue) -> bool:
    """Whether the phrase names only another column (基本支出, 项目支出) of the row spoken of."""
    row, column = spoken.names[0], phrase.names[-1]
    if len(phrase.names) != 1 or column.items == spoken.names[-1].items:
        return False
    own = catalogue.of(row.items, row.code)
    return any(e.facet in spoken.names[-1].items for e in own) and any(e.facet in column.items for e in own)


def counted_in(before: Before, unit: str, catalogue: Catalogue) -> bool:
    """Whether the item spoken of is counted in ``unit``."""
    return not isinstance(resolve(Ref(before.subjects[0].names, "count", unit_hint=unit), catalogue), Missing)
