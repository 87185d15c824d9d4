"""The facts of one report, found by what they mean: cells by table, sentences by the table they speak of.

A figure inside a stated reason (「主要原因：项目支出增加，较上年增加 1,133.95 万元」) is left out: it is of what the reason
speaks of, which need not be what the sentence before speaks of, and what it may be compared with is not said.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.checks.discrepancy import is_money
from corpus.facts import Fact, Measure
from corpus.layouts.shapes import Side, shapes
from corpus.layouts.tokens import compact
from corpus.statements.remarks import sentence_to_spans
from corpus.statements.vocabulary import load_vocabulary

_WHOLE_FACETS = ("", "合计")


class Book:
    """Read-only index over the facts of a report."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.sentences = tuple(f for f in facts if f.source == "sentence" and f.value is not None)
        # In accounts figures are compared as spent; in a budget, which prints no other, as planned.
        self._measure = "final" if any(f.source == "cell" and f.measure == "final" for f in facts) else "budget"
        self._cells: dict[str, list[Fact]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], Fact] = {}
        self.sentences = tuple(f for f in self.sentences if not _explains(f))
        self._kinds: dict[str, str] = {}
        year = _own_year(facts)
        for fact in facts:
            if fact.source == "cell":
                if fact.period == year:  # figures of the year before are compared with none of this one
                    self._cells[fact.table_kind].append(fact)
                self._by_place[fact.table_id, fact.id.removeprefix(f"{fact.report}:{fact.table_id}:")] = fact

    def at(self, table_id: str, cell: tuple[int, int]) -> Fact | None:
        """The fact of a cell, by its row and column index."""
        return self._by_place.get((table_id, f"{cell[0]}:{cell[1]}"))

    def side(self, side: Side) -> list[Fact]:
        """The printed figures one side of an identity names."""
        return [
            fact
            for fact in self._cells[side.table]
            if fact.value is not None
            and fact.measure == self._measure
            and (not side.item or fact.item == side.item)
            and (not side.facet or fact.facet == side.facet)
            and (not side.panel or fact.panel == side.panel)
            and (side.level is None or fact.level == side.level)
        ]

    def kind_of(self, sentence: Fact) -> str:
        """The kind of table the sentence's section speaks of, innermost heading first; "" where none is known."""
        if sentence.section not in self._kinds:
            self._kinds[sentence.section] = _section_to_kind(sentence.section)
        return self._kinds[sentence.section]

    def cell(self, kind: str, sentence: Fact, measure: Measure) -> list[Fact]:
        """The cells of that kind of table that hold the sentence's item: of several, those of the same parents."""
        name = canonical(kind, sentence.item)
        cells = [f for f in self._cells[kind] if f.measure == measure and is_money(f) and f.value is not None]
        rows = [f for f in cells if canonical(kind, f.item) == name and f.facet in _WHOLE_FACETS]
        if not rows:
            rows = [f for f in cells if f.facet == name and f.item == shapes().of_kind(kind).total_item]
        parents = tuple(parent for parent in sentence.parents if canonical(kind, parent) == parent)
        within = [fact for fact in rows if fact.parents[: len(parents)] == parents]
        top = min((len(fact.parents) for fact in rows), default=0)
        return within if parents and within else [fact for fact in rows if len(fact.parents) == top]

    def amounts(self, near: Fact, name: str, measure: Measure) -> list[Fact]:
        """What an amount that ``near`` is computed with may be, the likeliest first; of equal ones one.

        Stated in the same sentence: that one alone. Else what is stated in the same section (before it, latest
        first), stands in the table it speaks of, is stated where the same table is spoken of, or stands in any table.
        """
        kind = self.kind_of(near)
        wanted = canonical(kind, name)
        stated = [
            other
            for other in self.sentences
            if other.measure == measure
            and other is not near
            and is_money(other)
            and canonical(kind, other.item) == wanted
            and (measure != "change" or other.basis == near.basis)
            and (not near.parents or other.parents == near.parents)
        ]
        section = [other for other in stated if other.section == near.section]
        before = [other for other in section if (other.line, other.start) <= (near.line, near.start)]
        own = [other for other in before if other.text == near.text]
        if own:
            return own[-1:]
        cells = self.cell(kind, replace(near, item=name), measure) if kind else []
        of_kind = [other for other in stated if self.kind_of(other) == kind]
        found = (*reversed(before), *section, *cells, *of_kind, *self.named(wanted, measure))
        first: dict[object, Fact] = {}
        for other in found:
            first.setdefault(other.value, other)
        return list(first.values())

    def named(self, name: str, measure: Measure) -> list[Fact]:
        """Cells of any table whose item has that name and that are the whole of it."""
        every = (fact for facts in self._cells.values() for fact in facts)
        printed = (fact for fact in every if fact.value is not None and fact.facet in _WHOLE_FACETS)
        return [fact for fact in printed if (fact.item, fact.measure) == (name, measure)]


def _own_year(facts: Sequence[Fact]) -> str:
    """The year of most cells; of two that have as many the later."""
    count = Counter(fact.period for fact in facts if fact.source == "cell")
    return max(count, key=lambda year: (count[year], year), default="")


def _explains(fact: Fact) -> bool:
    return any(start <= fact.start < end for start, end in _reasons(fact.text))


@lru_cache(maxsize=4096)
def _reasons(sentence: str) -> tuple[tuple[int, int], ...]:
    spans = sentence_to_spans(sentence, load_vocabulary())
    return tuple((span.start, span.end) for span in spans if span.kind == "reason")


def _section_to_kind(section: str) -> str:
    for heading in reversed(section.split(" › ")):
        name = compact(heading)
        for shape in shapes().tables:
            if any(re.search(pattern, name) for pattern in shape.sections):
                return shape.kind
    return ""


@lru_cache(maxsize=65536)
def canonical(kind: str, name: str) -> str:
    """What the table of that kind calls an item."""
    shape = shapes().of_kind(kind)
    if name in shape.aliases:
        return shape.aliases[name]
    known = next((item for item in shape.items if name in {compact(n) for n in (item.name, *item.names)}), None)
    return known.item if known else name


def first_of_each(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without those that state the same item once more."""
    seen: dict[tuple[str, tuple[str, ...]], Fact] = {}
    for fact in facts:
        seen.setdefault((fact.item, fact.parents), fact)
    return list(seen.values())
