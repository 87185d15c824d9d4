"""A fact -> the questions that ask for it, made of the fact's own words, each saying which of its features it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_ASKS = {
    "final": ("决算数是多少", "是多少{unit}", "花了多少"),
    "budget": ("预算是多少", "预算数是多少", "预算金额是多少{unit}"),
    "completion": ("完成预算的百分之多少", "预算完成率是多少", "预算完成了百分之几"),
    "change": ("比上年{way}了多少", "与上年相比{way}多少万元", "比上年{way}的金额是多少"),
    "change_rate": ("比上年{way}了百分之几", "与上年相比{way}百分之多少", "比上年{way}的幅度是多少"),
    "share": ("占{basis}的百分之几", "占{basis}的比例是多少", "占{basis}的比重"),
    "count": ("有多少{unit}", "是多少{unit}", "一共几{unit}"),
    "score": ("是多少分", "得了多少分", "是多少"),
    "rate": ("是多少", "是百分之多少", "达到百分之几"),
    "other": ("是多少", "为多少", "有多少"),
}
_PLAIN = ("是多少", "为多少", "有多少")
# Items that say themselves what they measure: 「采购金额花了多少」 is no question anyone asks.
_SAYS_ITSELF = re.compile(r"(金额|分值|得分|率|合计|总计|总决算|结余|分配|差额|批次|人次|团组|保有量)$")
_LEVELS = {1: "类", 2: "款", 3: "项"}
_SIDES = {"income": "收入", "expenditure": "支出"}
# What one wording of an item adds and another leaves out.
_LOOSE = re.compile(r"[“”]|^本年|维护|(?<=经费)财政拨款支出$|(?<=经费)合计$|(费用|费?支出(合计)?|费)$")
TOTALS = ("", "合计")


def loosely(item: str) -> str:
    """公务用车购置支出, 公务用车购置费 -> 公务用车购置: names that people, and reports, use for the same thing."""
    return _LOOSE.sub("", item)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as ``qa facts`` tells it; see corpus.facts.Fact for what each field means."""

    id: str
    source: str
    table: str
    table_kind: str
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
    def side(self) -> str:
        """Income or expenditure: the panel's, else the table's."""
        return self.panel or ("income" if self.table_kind == "income" else "expenditure")

    @property
    def place(self) -> str:
        """For people: what it is and where it stands."""
        of = " · ".join(part for part in (self.table or "文字", *self.parents[:1], self.item, self.facet) if part)
        return f"{of} · {self.measure} = {self.value} {self.unit} {self.state} L{self.line}"

    def shares(self, other: Told, feature: str) -> bool:
        """Whether ``other`` is the same in ``feature``."""
        if feature == "facet":
            return (self.facet or "合计") == (other.facet or "合计")
        if feature == "parent":
            return [*map(loosely, self.parents[:1])] == [*map(loosely, other.parents[:1])]
        return bool(getattr(self, feature) == getattr(other, feature))

    def twins(self, other: Told) -> bool:
        """Whether ``other`` is the same figure under another heading: the total of a column that is an item of its own
        (其他收入 in the row 合计), or the total in a table that is all about this column."""
        if self.figure != other.figure or self.measure != other.measure or self.side != other.side:
            return False
        if loosely(self.item) == loosely(other.item):
            if self.source != other.source and {self.facet, other.facet} <= set(TOTALS):
                return True  # the same figure of the same item, said once in a table and once in a sentence
            return other.facet in TOTALS and self.facet not in TOTALS and self.facet in other.table
        return any(
            whole.level == 0 and part.facet in TOTALS and loosely(whole.facet) == loosely(part.item)
            for whole, part in ((self, other), (other, self))
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """A question and what it names besides item and measure: table, facet, parent, code, side, level, basis, source.

    A column left unnamed is the total column, a side left unnamed expenditure: the default reading.
    """

    text: str
    named: frozenset[str]


def fact_to_wordings(fact: Told) -> Iterator[list[Wording]]:
    """Kinds of wording, each from the shortest to the fullest: the first that can mean nothing else is asked."""
    if fact.source == "cell":
        yield from _in_table(fact)
    else:
        for ask in _asks(fact):
            kind = [Wording(f"{item}{ask}？", also | {"basis"}) for item, also in _items(fact)]
            yield [*kind, Wording(f"文字说明中，{fact.item}{ask}？", frozenset({"basis", "source"}))]
    yield from _short(fact)


def _in_table(fact: Told) -> Iterator[list[Wording]]:
    table, named, items = _plain_title(fact.table), frozenset({"table", "facet"}), list(_items(fact))
    column = "" if fact.facet in TOTALS else f"的{fact.facet}"
    first, second, third = _asks(fact)
    yield [Wording(f"{table}中，{item}{column}{first}？", named | also) for item, also in items]
    yield [Wording(f"请问{item}在{table}里{column}{second}？", named | also) for item, also in items]
    yield [Wording(f"{table}里{item}{column}{third}", named | also) for item, also in items]
    if fact.facet == "合计" and fact.level != 0:
        yield [Wording(f"{table}里{item}的合计是多少？", named | also) for item, also in items]
    if fact.code:
        yield [Wording(f"{table}中科目编码{fact.code}{column}{first}？", named | {"code"})]
        yield [Wording(f"{fact.code}{fact.item}在{table}中{column}{first}", named | {"code"})]


def _short(fact: Told) -> Iterator[list[Wording]]:
    """As people ask: no table, the total column unnamed."""
    column = "" if fact.facet in TOTALS else f"的{fact.facet}"
    named = frozenset({"basis", "facet"})
    ask = _asks(fact)[0]
    if fact.measure != "rate":
        yield [Wording(f"{fact.item}{column}{ask}？", named)]
    if fact.side == "income" and fact.measure == "final":
        yield [Wording(f"{fact.item}{column}的收入决算数是多少？", named | {"side"})]
    elif fact.unit == "万元":
        yield [Wording(f"{_SIDES[fact.side]}方面，{fact.item}{column}{ask}？", named | {"side"})]


def _items(fact: Told) -> Iterator[tuple[str, frozenset[str]]]:
    """The item alone, with its level, under its parent, with both."""
    level = f"（{_LEVELS[fact.level]}）" if fact.level in _LEVELS and fact.code else ""
    if fact.measure != "rate":  # 预算执行率 alone is asked of the whole report
        yield fact.item, frozenset()
    if level:
        yield f"{fact.item}{level}", frozenset({"level"})
    if fact.parents:
        link = "的" if fact.table_kind == "performance" else "下的"
        yield f"{fact.parents[0]}{link}{fact.item}", frozenset({"parent"})
        yield f"{fact.parents[0]}{link}{fact.item}{level}", frozenset({"parent", "level"})


def _asks(fact: Told) -> tuple[str, ...]:
    asks = _ASKS[fact.measure]
    if fact.measure in ("final", "count", "score", "rate") and _SAYS_ITSELF.search(fact.item):
        return _PLAIN
    if fact.measure == "budget" and ("预算金额" in fact.item or "预算数" in fact.item):
        return _PLAIN
    if fact.measure == "final" and (fact.side == "income" or fact.facet.endswith("收入")):
        asks = (*asks[:2], "为多少")  # income is not spent
    way = "减少" if fact.value is not None and fact.value < 0 else "增加"
    return tuple(ask.format(way=way, basis=fact.basis, unit=fact.unit) for ask in asks)


def _plain_title(title: str) -> str:
    """2016 年度收入决算表 -> 收入决算表: nobody repeats the year."""
    return re.sub(r"^\d{4}年度?", "", title)
