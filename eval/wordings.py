"""A fact -> the questions that ask for it, made of the fact's own words, each saying which of its features it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_MEASURES = {
    "final": ("决算数是多少", "花了多少", "决算是多少万元"),
    "budget": ("年初预算是多少", "预算数是多少", "预算安排了多少万元"),
    "completion": ("完成预算的百分之多少", "预算完成率是多少", "预算完成了百分之几"),
    "change": ("比上年{way}了多少", "与上年相比{way}多少万元", "比上年{way}的金额是多少"),
    "change_rate": ("比上年{way}了百分之几", "与上年相比{way}百分之多少", "比上年{way}的幅度是多少"),
    "share": ("占{basis}的百分之几", "占{basis}的比例是多少", "占{basis}的比重"),
    "count": ("有多少{unit}", "是多少{unit}", "一共几{unit}"),
    "score": ("是多少分", "得了多少分", "是多少"),
    "rate": ("是多少", "是百分之多少", "达到百分之几"),
    "other": ("是多少", "为多少", "有多少"),
}
_LEVELS = {1: "类", 2: "款", 3: "项"}
_SIDES = {"income": "收入", "expenditure": "支出"}
TOTALS = ("", "合计")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as ``qa facts`` tells it; see corpus.facts.Fact for what each field means."""

    id: str
    source: str
    table: str
    section: str
    code: str
    level: int | None
    item: str
    parents: tuple[str, ...]
    facet: str
    panel: str
    measure: str
    basis: str
    value: Decimal | None
    unit: str
    state: str
    line: int

    @property
    def figure(self) -> tuple[Decimal | None, str, str]:
        """What must come back: value, unit, state."""
        return self.value, self.unit, self.state

    @property
    def place(self) -> str:
        """For people: what it is and where it stands."""
        of = " · ".join(part for part in (self.table or "文字", *self.parents[:1], self.item, self.facet) if part)
        return f"{of} · {self.measure} = {self.value} {self.unit} {self.state} L{self.line}"

    def shares(self, other: Told, feature: str) -> bool:
        """Whether ``other`` is the same in ``feature``. A total column counts as named only when it is."""
        if feature == "facet":
            return (self.facet or "合计") == (other.facet or "合计")
        if feature == "parent":
            return self.parents[:1] == other.parents[:1]
        return bool(getattr(self, feature) == getattr(other, feature))


@dataclass(frozen=True, slots=True)
class Wording:
    """A question and what it names besides item and measure: table, facet, parent, code, panel, level, basis."""

    text: str
    named: frozenset[str]


def fact_to_wordings(fact: Told) -> Iterator[Wording]:
    """Wordings from the fullest to the shortest; some may also mean other facts: see eval.roundtrip."""
    yield from _in_table(fact) if fact.source == "cell" else _in_sentence(fact)
    yield from _short(fact)



def _in_table(fact: Told) -> Iterator[Wording]:
    table, facet = _plain_title(fact.table), fact.facet if fact.facet not in TOTALS else ""
    named = frozenset({"table", "facet"})
    column = f"的{facet}" if facet else ("的合计" if fact.facet else "")
    ask, second, third = _asks(fact)
    for item, also in _items(fact):
        yield Wording(f"{table}中，{item}{column}{ask}？", named | also)
        yield Wording(f"请问{item}在{table}里{column}{second}？", named | also)
        yield Wording(f"{table}里{item}{column}{third}", named | also)
    if fact.code:
        yield Wording(f"{table}中科目编码{fact.code}{column}{ask}？", named | {"code"})
        yield Wording(f"{fact.code}{fact.item}在{table}中{column}{ask}", named | {"code"})


def _in_sentence(fact: Told) -> Iterator[Wording]:
    named = frozenset({"basis"}) if fact.measure == "share" else frozenset[str]()
    for item, also in _items(fact):
        for ask in _asks(fact):
            yield Wording(f"{item}{ask}？", named | also)


def _short(fact: Told) -> Iterator[Wording]:
    """As people ask: no table, the total column unnamed."""
    facet = "" if fact.facet in TOTALS else f"的{fact.facet}"
    named = frozenset({"basis"}) if fact.measure == "share" else frozenset[str]()
    ask = _asks(fact)[0]
    yield Wording(f"{fact.item}{facet}{ask}？", named | ({"facet"} if facet else set()))
    if fact.panel in _SIDES:
        yield Wording(f"{_SIDES[fact.panel]}方面，{fact.item}{facet}{ask}？", named | {"panel", "facet"})


def _items(fact: Told) -> Iterator[tuple[str, frozenset[str]]]:
    """The item alone, with its level, under its parent, with both."""
    level = f"（{_LEVELS[fact.level]}）" if fact.level in _LEVELS else ""
    yield fact.item, frozenset()
    if fact.parents:
        yield f"{fact.parents[0]}下的{fact.item}", frozenset({"parent"})
    if level and fact.code:
        yield f"{fact.item}{level}", frozenset({"level"})
        if fact.parents:
            yield f"{fact.parents[0]}下的{fact.item}{level}", frozenset({"parent", "level"})


def _asks(fact: Told) -> list[str]:
    way = "减少" if fact.value is not None and fact.value < 0 else "增加"
    basis = fact.basis or "合计"
    return [ask.format(way=way, basis=basis, unit=fact.unit) for ask in _MEASURES[fact.measure]]


def _plain_title(title: str) -> str:
    """2016 年度收入决算表 -> 收入决算表: nobody repeats the year."""
    return re.sub(r"^\d{4}年度?", "", title)
