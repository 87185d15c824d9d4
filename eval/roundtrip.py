"""``python -m eval.roundtrip``: every fact of the store, asked by name in at least three wordings, must come back.

A wording is made of the fact's own words only: item, code, parent, column, table, measure, whole. It is fair when
everything in the store that it could mean has the same value; wordings that are not are made fuller, and a fact
that no wording tells apart from another is listed as such. What comes back must be the asked-for figure, first,
with a citation where it stands (or where an equal fact stands that the wording means just as well).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from eval.__main__ import ask_cases, qa
from eval.cases import Case
from eval.grade import Answer
from eval.wordings import TOTALS, Told, fact_to_wordings, loosely

LEAST = 3


@dataclass(frozen=True)
class Store:
    """The facts, with those of the same item, however worded, at hand."""

    facts: tuple[Told, ...]

    @cached_property
    def by_item(self) -> Mapping[str, tuple[Told, ...]]:
        found: dict[str, list[Told]] = {}
        for fact in self.facts:
            found.setdefault(loosely(fact.item), []).append(fact)
        return {item: tuple(facts) for item, facts in found.items()}

    def meant(self, fact: Told, named: frozenset[str]) -> list[Told]:
        """Every fact that a wording naming those features of ``fact``, besides item and measure, could mean."""
        alike = [other for other in self.by_item[loosely(fact.item)] if other.measure == fact.measure]
        alike = [other for other in alike if all(fact.shares(other, feature) for feature in named)]
        if "facet" not in named:
            alike = [other for other in alike if other.facet in TOTALS] or alike
        if not named & {"side", "table"}:
            alike = [other for other in alike if other.side == "expenditure"] or alike
        return alike

    def same(self, fact: Told, named: frozenset[str]) -> list[Told]:
        """The facts meant and, where no table is named, their twins."""
        twins = () if "table" in named else tuple(other for other in self.facts if fact.twins(other))
        return [*self.meant(fact, named), *twins]


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording of one fact; ``lines``: where the figure may be cited."""

    fact: Told
    text: str
    lines: frozenset[int]


@dataclass(frozen=True, slots=True)
class Miss:
    """A wording that did not give its fact back."""

    asked: Asked
    why: str


def fair_wordings(fact: Told, store: Store) -> Iterator[Asked]:
    """The wordings of a fact that can only mean its value."""
    seen: set[str] = set()
    for kind in fact_to_wordings(fact):
        for wording in kind:
            meant = store.meant(fact, wording.named)
            if fact in meant and all(other.figure == fact.figure for other in meant):
                if wording.text not in seen:
                    yield Asked(fact, wording.text, frozenset(o.line for o in store.same(fact, wording.named)))
                seen.add(wording.text)
                break


def why_missed(asked: Asked, answer: Answer) -> str:
    """What is wrong with the answer as the way back to the fact; empty when nothing is."""
    if answer["status"] != "answered":
        return f"{answer['status']}: {answer['text'][:60]}"
    first = next((figure for figure in answer["figures"] if figure["role"] == "answer"), None)
    if first is None:
        return "asserts nothing"
    value = None if first["value"] is None else Decimal(first["value"])
    lines = sorted(answer["citations"][index]["line"] for index in first["citations"])
    got = f"{first['value']} {first['unit']} {first['state']} at {lines} ({first['label']})"
    if (value, first["unit"], first["state"]) != asked.fact.figure:
        return f"got {got}"
    return "" if asked.lines & set(lines) else f"cites {got}"


def round_trip(store: Store) -> tuple[list[Asked], list[Told], list[Miss]]:
    """All that was asked, the facts with too few fair wordings, and the misses."""
    asked, few = [], []
    for fact in store.facts:
        wordings = list(fair_wordings(fact, store))
        asked += wordings
        if len(wordings) < LEAST:
            few.append(fact)
    cases = [Case(str(i), "lookup", (), (each.text,), (), "") for i, each in enumerate(asked)]
    answers = ask_cases(cases)
    found = ((each, why_missed(each, answers[str(i)][0])) for i, each in enumerate(asked))
    return asked, few, [Miss(each, why) for each, why in found if why]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 1 when a wording missed, or a fact had fewer than three fair ones."""
    parser = argparse.ArgumentParser(prog="python -m eval.roundtrip", description="Ask for every fact by its names.")
    parser.add_argument("--limit", type=int, default=40, help="how many misses to list (0: all)")
    options = parser.parse_args(arguments)
    store = Store(tuple(told_facts()))
    asked, few, misses = round_trip(store)
    for fact in few:
        print(f"fewer than {LEAST} wordings tell it apart: {fact.place}")
    for miss in misses[: options.limit or None]:
        print(f"L{miss.asked.fact.line} {miss.asked.text}\n    wanted {miss.asked.fact.place}; {miss.why}")
    blanks = sum(fact.state == "blank" for fact in store.facts)
    back = len(asked) - len(misses)
    print(f"{len(store.facts)} facts ({blanks} blank), {len(asked)} questions, {back} gave the fact back")
    print("missed by measure:", dict(Counter(miss.asked.fact.measure for miss in misses)))
    return 1 if misses or few else 0


def told_facts() -> Iterator[Told]:
    """The facts as ``python -m qa facts`` tells them."""
    for line in qa("facts", "--format", "jsonl").splitlines():
        yield record_to_told(json.loads(line))


def record_to_told(record: Mapping[str, Any]) -> Told:
    """One record of ``qa facts`` with the names this module needs."""
    value = record["value"]
    return Told(
        id=record["id"],
        source=record["source"],
        table="".join((record["table"] or "").split()),
        table_kind=record["table_kind"],
        code=record["code"],
        level=record["level"],
        item=record["item"],
        parents=tuple(record["parents"]),
        facet=record["facet"],
        panel=record["panel"],
        measure=record["measure"],
        basis=record["basis"],
        value=None if value in (None, "") else Decimal(value),
        unit=record["unit"],
        state=record["state"],
        line=int(record["line"]),
    )


if __name__ == "__main__":
    sys.exit(main())
