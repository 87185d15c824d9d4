"""Phrases that say less than they seem to: 支出 of 「哪个支出更大」, a second 平均, 绩效 beside a project."""

from __future__ import annotations

from dataclasses import replace

from qa.catalogue import Catalogue
from qa.plan import Name, Side
from qa.understand.phrases import Phrase, Sketch

WHOLES: dict[tuple[str, ...], Side] = {("本年收入合计",): "income", ("本年支出合计",): "expenditure"}


def one_average(phrases: list[Phrase]) -> list[Phrase]:
    """「接待费摊到每一人次，平均是多少」: an average said twice of one item is one."""
    said: list[Phrase] = []
    for phrase in phrases:
        last = said[-1] if said else None
        if last is not None and last.per and phrase.per and last.names == phrase.names:
            said[-1] = replace(last, per=phrase.per if last.per == "?" else last.per)
        else:
            said.append(phrase)
    return said


def counted(phrases: list[Phrase]) -> list[Phrase]:
    """「接待了上千拨人，实际是几批」: 实际 says of a count what it is, not that money is asked."""
    counted = [p for p in phrases if p.unit and p.names]
    return [
        p for p in phrases if not (p.measure == "final" and not p.unit and any(c.names == p.names for c in counted))
    ]


def without_general(phrases: list[Phrase], sketch: Sketch) -> list[Phrase]:
    """「A 与 B 相比，哪个支出规模更大」: 支出 says only of what kind A and B are."""
    if len(phrases) == 2 and phrases[0].names and phrases[1].before == "stop" and _loosely_total(phrases[1]):
        return phrases[:1]  # 「接待客人，一年开销多少」
    if not sketch.has("ask.which") or len([p for p in phrases if p.names]) < 2:
        return phrases
    totals = {("本年支出合计",), ("本年收入合计",)}
    general = [p for p in phrases[2:] if len(p.names) == 1 and p.names[0].items in totals]
    loose = [p for p in phrases[2:] if not p.names and p.side] + [p for p in general if "计" not in p.names[0].surface]
    return [p for p in phrases if p not in loose]


def _loosely_total(phrase: Phrase) -> bool:
    """开销, 花费: a total only where nothing else is named."""
    whole = len(phrase.names) == 1 and phrase.names[0].items in WHOLES
    return whole and not any(c in phrase.names[0].surface for c in "总计全整所共")


def field_of_all(phrases: list[Phrase], catalogue: Catalogue) -> list[Phrase]:
    """「A 项目和 B 项目，哪个评分高」: what the tables give of every project is asked of each named."""
    projects = [p for p in phrases if p.names and catalogue.is_project(p.names)]
    fields = [p for p in phrases if p.names and catalogue.is_field(tuple(i for n in p.names for i in n.items))]
    if len(projects) < 2 or len(fields) != 1 or fields[0] in projects:
        return phrases
    field = fields[0]
    kept = [p for p in phrases if p is not field]
    return [replace(p, names=(*p.names, *field.names)) if p in projects else p for p in kept if p in projects]


def once_named(phrases: list[Phrase]) -> list[Phrase]:
    """「吃喝接待的费用」: one item under two names is one name."""
    tidy = []
    for phrase in phrases:
        kept: list[Name] = []
        for name in phrase.names:
            if not any(name.items and name.items == other.items for other in kept):
                kept.append(name)
        tidy.append(replace(phrase, names=tuple(kept)))
    return tidy


def project_only(phrases: list[Phrase], catalogue: Catalogue) -> list[Phrase]:
    """「信息化项目的绩效得了几分」, 「绩效被评为良的」: beside a project or a rating 绩效 is no pay."""
    kept = []
    for phrase in phrases:
        rated = any("绩效" in item for n in phrase.names if n.surface != "绩效" for item in n.items)
        if len(phrase.names) > 1 and (rated or catalogue.is_project(phrase.names)):
            phrase = replace(phrase, names=tuple(n for n in phrase.names if n.surface != "绩效"))
        kept.append(phrase)
    return kept


def own_total(phrases: list[Phrase]) -> list[Phrase]:
    """「行政运行的项目支出占其总支出」: 其 says that the total is the item's own, not the department's."""
    told: list[Phrase] = []
    for phrase in phrases:
        last = told[-1] if told else None
        total = len(phrase.names) == 1 and phrase.names[0].items in WHOLES
        if last is not None and phrase.refer == "it" and total and phrase.before in {"share", "than"} and last.names:
            phrase = replace(phrase, names=last.names[:-1] or last.names, side=last.side)
        told.append(phrase)
    return told
