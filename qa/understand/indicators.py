"""The columns of a form of indicators as a question names them: 年度指标值, 实际完成值, and 年初预算数 beside 全年预算数."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.catalogue import Catalogue, Entry
from qa.plan import Name
from qa.understand.normalise import normalise_name
from qa.understand.phrases import Phrase

_AIMED = re.compile(r"(?:指标|目标)值$")
_AIMED_AS = ("指标值", "目标值", "年度指标值", "年度目标值", "指标要求", "指标要求值", "预期指标值", "预期值", "计划值")
_REACHED = re.compile(r"(?:完成|实现)(?:值|情况)$")
_REACHED_AS = ("实际完成值", "实际完成情况", "完成值", "实现值", "实际完成")
_WEIGHT = ("分值", "满分", "权重")
_FIRST = re.compile("年初|期初")


def indicator_words(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(surface, kind, value) of the words for such columns, where the report has the forms.

    What was reached is an indicator's figure where nothing else is asked for, so its name adds nothing.
    """
    own = {e.facet for e in _cells(catalogue) if e.fact.parents and e.facet}
    for facet in own:
        if _AIMED.search(facet):
            yield from ((surface, "item", facet) for surface in {*_AIMED_AS, normalise_name(facet)})
        if facet in _WEIGHT:
            yield facet, "item", facet
    if any(_REACHED.search(e.fact.column) for e in _cells(catalogue) if e.fact.parents):
        yield from ((surface, "filler", "plain") for surface in _REACHED_AS)


def with_first_budget(phrases: Sequence[Phrase], text: str, catalogue: Catalogue) -> list[Phrase]:
    """A project's 年初预算 asked of a form that prints it beside the 全年预算, which a budget alone means there."""
    if not _FIRST.search(text):
        return list(phrases)
    firsts = [
        e
        for e in catalogue.entries
        if e.fact.table_kind in {"performance", "other"} and e.fact.measure == "budget" and _FIRST.search(e.facet)
    ]
    asked: list[Phrase] = []
    for phrase in phrases:
        items = {item for name in phrase.names for item in name.items}
        first = next((e.facet for e in firsts if not e.own.isdisjoint(items)), "")
        if first and phrase.measure == "budget":
            phrase = replace(phrase, names=(*phrase.names, Name(first, (first,))))
        asked.append(phrase)
    return asked


def _cells(catalogue: Catalogue) -> Iterator[Entry]:
    return (e for e in catalogue.entries if e.fact.table_kind == "performance" and e.fact.source == "cell")
