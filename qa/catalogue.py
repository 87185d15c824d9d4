"""One report's facts, arranged so that names find them.

A fact *is* of its item; it stands *under* its parents, its column's facet, and what its table covers. A noun phrase
names a fact when one of its names is what the fact is, and every other name is something it stands under.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.facts import Fact
from corpus.stores import Facts, ReportInfo
from qa.names import Names
from qa.plan import Name

TOTAL_FACETS = frozenset({"", "合计"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a kind of table covers (see scopes.toml)."""

    covers: tuple[str, ...]
    rank: int
    name: str
    side: str


@cache
def scopes() -> dict[str, Scope]:
    """The scopes by table kind; "sentence" stands for the narrative."""
    with (Path(__file__).parent / "scopes.toml").open("rb") as file:
        data = tomllib.load(file)
    return {
        key: Scope(tuple(row["covers"]), row["rank"], row["name"], row.get("side", "")) for key, row in data.items()
    }


@cache
def part_of() -> dict[str, frozenset[str]]:
    """What each item is a part of though the template prints the two side by side (see relations.toml)."""
    data = tomllib.loads(Path(__file__).with_name("relations.toml").read_text(encoding="utf-8"))
    return {name: frozenset(wholes) for name, wholes in data["part_of"].items()}


def scope_of(fact: Fact) -> Scope:
    """The scope of the table the fact stands in, or of the narrative."""
    table = scopes()
    return table[
        fact.table_kind
        if fact.source == "cell" and fact.table_kind in table
        else "sentence"
        if fact.source == "sentence"
        else "other"
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with the names it answers to: ``own`` what it is, ``under`` what it is a part of.

    ``facet``: the canonical name of its part column, "" for a total column.
    """

    fact: Fact
    facet: str
    own: frozenset[str]
    under: frozenset[str]
    order: int
    parent: str
    side: str

    @property
    def measure(self) -> str:
        """The fact's measure; "gap" and "gap_rate" for a stated change from the budget, which is none from last year."""
        gaps = {"change": "gap", "change_rate": "gap_rate"} if "预算" in self.fact.basis else {}
        return gaps.get(self.fact.measure, self.fact.measure)


class Catalogue:
    """The facts of one report by name. Built once; then only read.

    Names find the figures of the report's own year; ``before`` has those of the year before that its tables print.
    """

    def __init__(self, store: Facts, info: ReportInfo, names: Names, year: int = 0) -> None:
        self.store = store
        self.info = info
        self.names = names
        self.facts = store.facts(info.id)
        year = year or info.year
        self.entries = tuple(self._entry(f, order) for order, f in enumerate(self.facts) if _is_of(f, year, info.year))
        before = any(_is_of(fact, info.year - 1, info.year) for fact in self.facts)
        self.before = Catalogue(store, info, names, year - 1) if before and year == info.year else None
        tables = store.tables(info.id)
        self.unproved = {t.id: t.proof.reason for t in tables if t.proof.status == "unproved"}
        self._children: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.fact.parents:
                self._children.setdefault(names.canonical(entry.fact.parents[0]), []).append(entry)
        self._under = frozenset().union(*(entry.under for entry in self.entries))
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        self._by_code: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for name in entry.own:
                self._by_name[name].append(entry)
            if entry.fact.code:
                self._by_code[entry.fact.code].append(entry)

    def of(self, names: tuple[str, ...], code: str = "") -> tuple[Entry, ...]:
        """The entries that are one of ``names``, or that stand at ``code``, in the report's order."""
        found = {e.order: e for name in names for e in self._by_name.get(name, ())}
        if code:
            found |= {e.order: e for e in self._by_code.get(code, ())}
        return tuple(found[key] for key in sorted(found))

    def knows(self, name: str) -> bool:
        """Whether the report holds a fact of that name."""
        return name in self._by_name

    def covers(self, names: tuple[str, ...]) -> bool:
        """Whether any figure stands under one of ``names``."""
        return not self._under.isdisjoint(names)

    def children(self, names: tuple[str, ...]) -> tuple[Entry, ...]:
        """The entries whose nearest parent is one of ``names``."""
        found = [e for name in dict.fromkeys(names) for e in self._children.get(name, ())]
        return tuple(sorted(found, key=lambda e: e.order))

    def projects(self) -> tuple[str, ...]:
        """The names of the projects that the performance tables tell of, in the report's order."""
        tables = self.store.tables(self.info.id)
        named = (t.text for table in tables for t in table.texts if t.name == "项目名称")
        return tuple(dict.fromkeys(self.names.canonical(name) for name in named))

    def is_field(self, names: tuple[str, ...]) -> bool:
        """Whether the performance tables give this of every project: 预算金额, 评价分值."""
        return any(e.fact.table_kind == "performance" and e.parent for e in self.of(names))

    def is_project(self, names: tuple[Name, ...]) -> bool:
        """Whether one of ``names`` is a project of a performance table, of which only that table speaks."""
        return any(
            any(e.fact.table_kind == "performance" and e.parent in name.items for e in self.entries)
            and not self.of(name.items[:1])
            for name in names
        )

    def has_purpose(self, names: tuple[str, ...]) -> bool:
        """Whether the report says what one of ``names`` was spent on."""
        remarks = self.store.remarks(self.info.id)
        spoken_of = {
            self.names.canonical(each) for r in remarks if r.kind == "purpose" for each in (r.item, *r.parents[:1])
        }
        return not spoken_of.isdisjoint(names)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every name a fact of this report answers to."""
        return tuple(self._by_name)

    def _entry(self, fact: Fact, order: int) -> Entry:
        canonical = self.names.canonical
        item = canonical(fact.item)
        own = {item}
        under = {canonical(parent) for parent in fact.parents} | {canonical(name) for name in scope_of(fact).covers}
        side = fact.panel or scope_of(fact).side
        facet = "" if fact.facet in TOTAL_FACETS else self.names.sided(canonical(fact.facet), side)
        side = "income" if facet == "本年收入合计" else side  # the income column of a table of both sides
        if facet:
            (own if fact.level == 0 else under).add(facet)
            under |= self.names.both_sides(facet)
        told = self._section_names(fact.section) if fact.source == "sentence" else frozenset()
        under |= told if len(told) == 1 and item not in told else frozenset()
        if len(told) > 1 and item in told:  # 「三公经费、会议费情况说明」: each of these is one of its own
            under -= told
        under |= part_of().get(item, frozenset())
        parent = canonical(fact.parents[0]) if fact.parents else ""
        parent = "" if len(told) > 1 and item in told and parent in told else parent
        return Entry(fact, facet, frozenset(own), frozenset(under), order, parent, side)

    def _section_names(self, section: str) -> frozenset[str]:
        return _names_in(section, self.names)


def _is_of(fact: Fact, year: int, own: int) -> bool:
    """Is it a figure of that year? Sentences say themselves when what they tell was so."""
    return int(fact.period) == year if fact.source == "cell" and fact.period.isdigit() else year == own


@cache
def _names_in(section: str, names: Names) -> frozenset[str]:
    """The names that the headings of a section speak of."""
    return names.found_in(section)
