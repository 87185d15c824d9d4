"""The units of a report whose tables are printed by unit (分单位), as a question speaks of them, one by one or all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.catalogue import Catalogue
from qa.listed import unit_rows
from qa.plan import Plan, Ref, Restriction
from qa.understand.context import Reading
from qa.understand.normalise import normalise_name
from qa.understand.phrases import Phrase

ALL = "分单位各家"  # what no lexicon has a word of
_RANKED = re.compile(
    r"最|超过|以上|以下|不[到足]|[大多高少小低]于|前[几一二三四五六七八九十\d]|排名|排序|从[高大多]到|从[低小少]到"
)
_KIND = "(?:下属|所属|下级|直属|二级|预算|决算|基层)"
_SOME = r"(?:这些|这几家|这几个|各个|各家|各|所有|全部|[一二两三四五六七八九十\d]+[家个])"
_UNITS = re.compile(
    rf"(?:{_KIND}+的?{_SOME}?{_KIND}*的?|{_SOME}{_KIND}*的?)单位(?!价值|部分|缴|公积金)(?:里面|里头|当中|之中|里|中)?"
)
_OF_ALL = re.compile(rf"(?<=[的])(?:单位|{_KIND}+单位)(?=是哪|[,。?!]|$|有哪)")
_WHICH = re.compile(rf"哪一?[家个]{_KIND}*单位|哪一?家(?:单位)?|哪几家(?:单位)?")
_TOGETHER = re.compile(r"[两二三四五六七八九十\d]+家(?:单位)?(?=的|合计|一共|共|加|总)")
_LEAST = 3


def unit_words(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(surface, kind, value): the ends of a unit's name that no other unit's has, the department itself as one of them."""
    names = {normalise_name(e.fact.row): catalogue.names.canonical(e.fact.item) for e in unit_rows(catalogue)}
    if not names:
        return
    yield ALL, "grain", "unit"
    ends = Counter(name[at:] for name in names for at in range(len(name) - _LEAST + 1))
    for name, canonical in names.items():
        own = re.search(r"\(?本级\)?$|机关$", name)
        if own:
            body = name[: own.start()][-1:]
            yield "本级", "item", canonical
            yield from (
                (f"{body}{said}", "item", canonical) for said in ("本级", "机关本级", "机关", "本部", "局本级") if body
            )
            continue
        yield from ((name[at:], "item", canonical) for at in range(len(name) - _LEAST + 1) if ends[name[at:]] == 1)


def units_as_said(text: str, catalogue: Catalogue) -> str:
    """「五家单位里哪家预算最少」, 「下属这些单位里…」 of a report by unit: all of them, which of them."""
    if not unit_rows(catalogue):
        return text
    text = _TOGETHER.sub("", text)
    if not _RANKED.search(text):
        return text
    said = _OF_ALL.sub(ALL, _UNITS.sub(ALL, text))
    return _WHICH.sub("哪个" if ALL in said else f"{ALL}哪个", said)


def with_shared_column(phrases: Sequence[Phrase], catalogue: Catalogue) -> list[Phrase]:
    """「A和B两家的基本支出」: what is named behind the last unit is asked of every unit before it."""
    units = {item for e in unit_rows(catalogue) for item in e.own}
    shared = list(phrases)
    for at in range(len(shared) - 2, -1, -1):
        phrase, following = shared[at], shared[at + 1]
        alone = phrase.names and all(set(name.items) & units for name in phrase.names) and not phrase.measure
        columns = tuple(name for name in following.names if not set(name.items) & units)
        if alone and following.before in {"and", "plus"} and columns and len(columns) < len(following.names):
            shared[at] = replace(phrase, names=(*phrase.names, *columns), measure=following.measure)
    return shared


def unless_by_unit(plan: Plan, reading: Reading) -> Plan:
    """``plan``, blocked where the units are asked for and it is of nothing that is printed unit by unit."""
    if not reading.has("grain.unit"):
        return plan
    of_units = plan.kind in {"rank", "filter", "count"} and "unit" in plan.grain
    ref = plan.exprs[0] if len(plan.exprs) == 1 else None
    per = any(mark.startswith("per.") for mark in reading.sketch.marks)
    if of_units and isinstance(ref, Ref) and ref.measure in {"", "final", "budget"} and not ref.period and not per:
        return plan
    return plan.with_(restrictions=(*plan.restrictions, Restriction("单位", "报告没有按单位分列的这项数字")))
