"""Part and whole over two turns: 「占几成」 after a part was asked of its whole, 「其中 A 占几成」 after the whole."""

from __future__ import annotations

from dataclasses import replace

from qa.catalogue import Catalogue
from qa.plan import Ref
from qa.resolve import Found, resolve
from qa.understand.followup import Before
from qa.understand.leaning import as_phrases, said
from qa.understand.phrases import Phrase, Sketch

_WITHIN = ("其中", "里面", "里头", "当中", "里边", "这里", "那里")
_MONEY = ("钱", "元", "万", "亿", "资金", "金额", "数额")
_EVERYTHING = ("全部", "总", "整个", "所有")
_SUMS = ("op.sum", "op.total_of")


def part_and_whole(sketch: Sketch, before: Before | None, catalogue: Catalogue) -> tuple[str, ...]:
    """Fills the phrases of a question for a share that leaves out its whole, in place; what was carried, in words."""
    if before is None or not before.subjects:
        return ()
    found = _filled(sketch, before, catalogue)
    if found is None:
        return ()
    sketch.phrases[:], carried = found
    return carried


def _filled(sketch: Sketch, before: Before, catalogue: Catalogue) -> tuple[list[Phrase], tuple[str, ...]] | None:
    if not sketch.has("measure.share", "op.share") or sketch.quantities or sketch.unknown or sketch.outside:
        return None
    if any(p.before == "share" and p.names for p in sketch.phrases) or sketch.bare or sketch.years:
        return None
    if any(t.has("measure", "share") and any(w in t.text for w in _EVERYTHING) for t in sketch.tokens):
        return None  # 「占全部的多少」 is of the whole of its side
    named = sketch.named
    if not named and len(before.trail) > 1 and len(before.subjects) <= 2:
        part, whole = before.subjects if len(before.subjects) == 2 else (before.subjects[0], before.trail[-2])
        if any(t.has("refer") or t.has("report") for t in sketch.tokens) or not _part_of(part, whole, catalogue):
            return None
        sketch.marks[:] = [m for m in sketch.marks if m not in _SUMS]  # 「占总额多少」: the total is the whole
        return _pair(as_phrases((part,), Phrase())[0], whole), (said(part), said(whole))
    within = any(t.has("refer", "it") and any(w in t.text for w in _WITHIN) for t in sketch.tokens)
    if len(named) != 1 or not within or len(before.subjects) != 1 or named[0].measure not in {"", "share"}:
        return None
    return _of_the_whole(named[0], before.subjects[0], sketch, catalogue)


def _of_the_whole(
    asked: Phrase, whole: Ref, sketch: Sketch, catalogue: Catalogue
) -> tuple[list[Phrase], tuple[str, ...]] | None:
    """「其中 A 占几成」 after the whole; 「其中 A 占多少钱」 asks for the amount."""
    choices = (asked.names, (*whole.names, *asked.names))
    names = next((n for n in choices if _part_of(Ref(n, "", asked.side), whole, catalogue)), None)
    money = any(t.has("ask", "amount") and any(w in t.text for w in _MONEY) for t in sketch.tokens)
    if money:
        sketch.marks[:] = [m for m in sketch.marks if m not in {"measure.share", "op.share"}]
    if names is None:
        return ([replace(asked, measure="", refer="")], (said(whole),)) if money else None
    first = replace(asked, names=names, measure="", refer="")
    return ([first] if money else _pair(first, whole)), (said(whole),)


def _pair(part: Phrase, whole: Ref) -> list[Phrase]:
    return [
        replace(part, measure="", before=""),
        replace(as_phrases((whole,), Phrase())[0], measure="", before="share"),
    ]


def _part_of(part: Ref, whole: Ref, catalogue: Catalogue) -> bool:
    """Whether the part is printed under the whole, or is the whole narrowed further."""
    if part.names == whole.names or not isinstance(resolve(whole, catalogue), Found):
        return False
    found = resolve(replace(part, measure=""), catalogue)
    if not isinstance(found, Found):
        return False
    narrowed = len(part.names) > len(whole.names) and part.names[: len(whole.names)] == whole.names
    items = {item for name in whole.names for item in name.items}
    own = [e for name in part.names for e in catalogue.of(name.items, name.code)]
    return narrowed or any(not e.under.isdisjoint(items) for e in own)
