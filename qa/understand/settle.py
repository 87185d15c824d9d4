"""Phrases lend each other what they leave out: 「公务接待费的预算和决算」 is two figures of one item."""

from __future__ import annotations

from dataclasses import replace

from qa.catalogue import Catalogue
from qa.plan import Name
from qa.resolve import Missing, resolve
from qa.standins import stand_ins
from qa.understand.balances import balance_of
from qa.understand.columns import column_within
from qa.understand.normalise import normalise_name
from qa.understand.phrases import Phrase, Sketch
from qa.understand.tidy import (
    WHOLES,
    counted,
    field_of_all,
    once_named,
    one_average,
    one_fund,
    own_total,
    project_only,
    without_general,
)

_THINGS = frozenset({"样", "项", "笔", "种", "个"})
_ITEM_CODE = 7
_LISTING = frozenset({"and", "stop", "plus"})


def settle(sketch: Sketch, catalogue: Catalogue) -> list[Phrase]:
    """The phrases with names, measures and narrowing names carried over between neighbours."""
    phrases = [_by_code(p, catalogue) for p in _join_leading(_sides_opposed(sketch.phrases))]
    phrases = _apart(_gloss(catalogue, phrases), catalogue)
    phrases = once_named(without_general(phrases, sketch))
    phrases = field_of_all(project_only(phrases, catalogue), catalogue)
    phrases = _lend_back(_narrow_by_comma(phrases, sketch, catalogue))
    phrases = _drop_announced(_merge_prior(_lend_names(phrases), sketch))
    phrases = own_total(counted(one_average(_lend_measures(phrases))))
    phrases = _lend_period(phrases, sketch)
    if any(q.unit in _THINGS and q.value == len(phrases) > 1 for q in sketch.quantities) and not sketch.has("op.each"):
        sketch.marks.append("op.sum")  # 「A、B、C 三样要多少钱」
    scoped = [_lend_scope(phrases, i, catalogue) for i in range(len(phrases))]
    pairs = zip([(), *(p.names for p in scoped)], scoped, strict=False)
    settled = one_fund([column_within(row, phrase, catalogue) for row, phrase in pairs], catalogue)
    return balance_of(settled, sketch, catalogue)


def _holds(whole: Phrase, part: Phrase, catalogue: Catalogue) -> bool:
    items = {item for name in whole.names for item in name.items}
    return any(not e.under.isdisjoint(items) for name in part.names for e in catalogue.of(name.items, name.code))


def _sides_opposed(phrases: list[Phrase]) -> list[Phrase]:
    """「收入比支出多多少」: the totals of both sides; 「行政运行收入比支出多多少」: both sides of one item."""
    opposed = list(phrases)
    for i in range(1, len(opposed)):
        first, second = opposed[i - 1], opposed[i]
        side = WHOLES.get(second.names[0].items) if len(second.names) == 1 else None
        if second.before not in {"than", "minus", "divide"} or side is None or not first.side or first.side == side:
            continue
        if first.names:
            opposed[i] = replace(second, names=first.names, side=side)
        else:
            whole = next(items for items, of in WHOLES.items() if of == first.side)
            opposed[i - 1] = replace(first, names=(Name(whole[0], whole),), side="")
    return opposed


def _apart(phrases: list[Phrase], catalogue: Catalogue) -> list[Phrase]:
    """「水电费」: names next to each other that stand under nothing common but their whole are two items."""
    parted: list[Phrase] = []
    for phrase in phrases:
        ref = replace(phrase.ref(), measure="") if phrase.measure == "share" else phrase.ref()
        whole = resolve(ref, catalogue) if len(phrase.names) > 1 else None
        if isinstance(whole, Missing) and _siblings(phrase, catalogue):
            parted += [
                replace(phrase, names=(n,), before="and" if i else phrase.before) for i, n in enumerate(phrase.names)
            ]
        else:
            parted.append(phrase)
    return parted


def _by_code(phrase: Phrase, catalogue: Catalogue) -> Phrase:
    """「2080505养老保险缴费」: a code and a name of the same item are one name."""
    coded = next((n for n in phrase.names if n.code and len(n.code) == _ITEM_CODE), None)
    if coded is None or len(phrase.names) != 2:
        return phrase
    own = {item for e in catalogue.of((), coded.code) for item in e.own}
    other = next(n for n in phrase.names if n is not coded)
    meant = {*other.items, *(item for names in stand_ins((other,)) for n in names for item in n.items)}
    return replace(phrase, names=(coded,)) if own & meant else phrase


def _narrow_by_comma(phrases: list[Phrase], sketch: Sketch, catalogue: Catalogue) -> list[Phrase]:
    """「两个绩效评价项目，谁得分更高」: of two names parted by a comma, the first says where the second is meant."""
    if len(phrases) != 2 or sketch.has(
        "op.each",
        "op.sum",
        "op.than",
        "op.difference",
        "measure.share",
        "op.minus",
        "op.plus",
        "op.except",
        "op.exceptend",
    ):
        return phrases
    first, second = phrases
    plain = not (first.measure or first.unit or first.side or first.tables or first.period)
    if second.before != "stop" or not plain or not first.names or not second.names:
        return phrases
    narrowed = replace(
        second, names=(*first.names, *second.names), before=first.before, grain=second.grain or first.grain
    )
    part = any(t.text in {"那部分", "那块", "那一块", "这部分"} for t in sketch.tokens)
    return phrases if isinstance(resolve(narrowed.ref(), catalogue), Missing) and not part else [narrowed]


def _siblings(phrase: Phrase, catalogue: Catalogue) -> bool:
    parents = [{e.parent for e in catalogue.of(name.items, name.code) if e.parent} for name in phrase.names]
    return bool(set.intersection(*parents))


def _lend_back(phrases: list[Phrase]) -> list[Phrase]:
    """「总表和收入表的本年收入合计」: a table named first in a list is of the item named after it."""
    lent = list(phrases)
    for i in range(len(lent) - 1):
        if lent[i].tables and not lent[i].names and lent[i + 1].names and lent[i + 1].before == "and":
            lent[i] = replace(lent[i], names=lent[i + 1].names, measure=lent[i].measure or lent[i + 1].measure)
    return lent


def _merge_prior(phrases: list[Phrase], sketch: Sketch) -> list[Phrase]:
    """「X 比 2015 年增加」 is one phrase: X, compared with the year before."""
    merged: list[Phrase] = []
    for phrase in phrases:
        last = merged[-1] if merged else None
        compared = phrase.before == "than" or (phrase.before == "and" and not phrase.measure and sketch.has("op.than"))
        if last is not None and compared and phrase.period == "prior" and phrase.names == last.names:
            merged[-1] = replace(last, measure=phrase.measure or last.measure, period="prior")
        else:
            merged.append(phrase)
    return merged


def _drop_announced(phrases: list[Phrase]) -> list[Phrase]:
    """「X，年初预算多少、实际花了多少」: the name alone only announces the figures asked after it."""
    if len(phrases) < 2 or (len(phrases) == 2 and phrases[1].before not in {"stop", ""}):
        return phrases
    first, rest = phrases[0], phrases[1:]
    announced = first.names and not (first.measure or first.tables or first.side or first.period or first.unit)
    lists = all(p.names == first.names and p.before in _LISTING | {"", "is"} for p in rest)
    return rest if announced and lists and all(p.measure or p.tables or p.side or p.unit for p in rest) else phrases


def _lend_period(phrases: list[Phrase], sketch: Sketch) -> list[Phrase]:
    """The year before, said once at the beginning, holds for the whole question."""
    if len(phrases) < 2 or not phrases[0].period or sketch.year in sketch.years or any(p.period for p in phrases[1:]):
        return phrases
    return [replace(p, period=phrases[0].period) for p in phrases]


def _gloss(catalogue: Catalogue, phrases: list[Phrase]) -> list[Phrase]:
    """What stands in brackets says more exactly what stands before them: 日常开销（公用经费）, a name（its code）."""
    glossed: list[Phrase] = []
    inside = False
    for phrase in phrases:
        if phrase.before == "gloss" and glossed and glossed[-1].names and phrase.names:
            last = glossed.pop()
            coded = any(name.code for name in phrase.names)
            names = (*last.names, *phrase.names) if coded or _narrows(phrase, last, catalogue) else phrase.names
            phrase = replace(_merged(last, phrase), names=names)
            inside = True
        elif inside and phrase.before == "stop":
            inside = False
        glossed.append(phrase)
    return glossed


def _narrows(inner: Phrase, outer: Phrase, catalogue: Catalogue) -> bool:
    """「城乡社区支出（财政拨款）」: what stands in brackets says which of the figures of the item is meant."""
    wider = {item for name in inner.names for item in name.items}
    own = [e for name in outer.names for e in catalogue.of(name.items, name.code)]
    printed = any(normalise_name(e.fact.item) == name.surface for name in outer.names for e in own)
    return printed and all(e.own.isdisjoint(wider) for e in own) and any(not e.under.isdisjoint(wider) for e in own)


def _join_leading(phrases: list[Phrase]) -> list[Phrase]:
    """A phrase without names before the first named one narrows it: 「年初预算里，行政运行…」."""
    joined: list[Phrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.before != "share"
            and not last.names
            and phrase.names
            and phrase.before in {"", "stop", "is"}
            and not (last.measure and phrase.measure)
        ):
            joined[-1] = _merged(last, phrase)
        else:
            joined.append(phrase)
    return joined


def _merged(first: Phrase, second: Phrase) -> Phrase:
    return replace(
        second,
        measure=second.measure or first.measure,
        side=second.side or first.side,
        tables=(*first.tables, *second.tables),
        period=second.period or first.period,
        grain=second.grain or first.grain,
        unit=second.unit or first.unit,
        before=first.before,
    )


def _lend_names(phrases: list[Phrase]) -> list[Phrase]:
    """A phrase that names only a measure, side, table or period is about the item named last before it."""
    lent: list[Phrase] = []
    for phrase in phrases:
        last = next((p for p in reversed(lent) if p.names), None)
        if not phrase.names and phrase.before in {"", "stop"} and phrase.measure and _plain_list(lent):
            lent = [replace(p, measure=phrase.measure) for p in lent]
            continue
        if (
            not phrase.names
            and last is not None
            and (phrase.measure or phrase.side or phrase.tables or phrase.period or phrase.unit or phrase.per)
        ):
            phrase = replace(
                phrase,
                names=last.names,
                side=phrase.side or ("" if phrase.tables else last.side),
                measure=phrase.measure or ("" if phrase.unit else last.measure),
            )
        lent.append(phrase)
    return lent


def _plain_list(phrases: list[Phrase]) -> bool:
    """Two or more items named one after the other, of which nothing is said yet."""
    named = [p for p in phrases if p.names]
    return len({p.names for p in named}) > 1 and not any(p.measure or p.unit for p in named)


def _lend_measures(phrases: list[Phrase]) -> list[Phrase]:
    """In a list the measure named last holds for those before it that have none: 「水费和电费的预算」."""
    lent = list(phrases)
    for i in range(len(lent) - 2, -1, -1):
        here, after = lent[i], lent[i + 1]
        if after.before in _LISTING and here.names and after.names != here.names:
            lent[i] = replace(
                here,
                measure=here.measure or after.measure,
                side=here.side or after.side,
                period=here.period or after.period,
            )
    return lent


def _lend_scope(phrases: list[Phrase], at: int, catalogue: Catalogue) -> Phrase:
    """In a list what narrows the first item narrows the next: 「基本支出里的公务接待费和差旅费」."""
    phrase = phrases[at]
    if at == 0 or phrase.before not in {"and", "plus", "than", "share"} or not phrase.names:
        return phrase
    first = next((p for p in phrases[:at] if len(p.names) > 1), None)
    if first is None or first.names == phrase.names:
        return phrase
    for scope in _narrowing(first):
        if scope not in phrase.names and not (phrase.before == "share" and _holds(phrase, first, catalogue)):
            narrowed = replace(phrase, names=(scope, *phrase.names))
            if not isinstance(resolve(narrowed.ref(), catalogue), Missing):
                return narrowed
    return phrase


def _narrowing(phrase: Phrase) -> tuple[Name, ...]:
    return phrase.names[:-1]
