"""Facts and discrepancies for other programs and for people: rows, JSON, lines; values as exact plain decimals."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO

from corpus.checks import Discrepancy
from corpus.facts import Fact
from corpus.ledger import LedgerEntry
from qa.findings import SEVERITIES, compared, group_title, hypothesis_text, rounding_groups

PLACE = ("report", "table", "section", "row", "code", "column", "period")
FIGURE = ("value", "unit", "state", "page", "line", "text")
MEANING = ("item", "parents", "measure", "facet", "panel", "source", "level", "basis", "reason", "table_kind", "id")
COLUMNS = (*PLACE, *FIGURE, *MEANING)  # the first thirteen are the fixed interface: never reordered


def fact_to_record(fact: Fact) -> dict[str, Any]:
    """One fact with the columns in their order; ``value`` as text, None when blank."""
    record = {name: getattr(fact, name) for name in COLUMNS}
    record["value"] = None if fact.value is None else format(fact.value, "f")
    record["parents"] = list(fact.parents)
    return record


def write_csv(facts: Iterable[Fact], stream: TextIO) -> None:
    """A header line, then a line a fact; what is None is an empty field."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fact in facts:
        record = fact_to_record(fact)
        record["parents"] = " › ".join(record["parents"])
        writer.writerow(["" if record[name] is None else record[name] for name in COLUMNS])


def write_jsonl(facts: Iterable[Fact], stream: TextIO) -> None:
    """A JSON object a line."""
    for fact in facts:
        stream.write(json.dumps(fact_to_record(fact), ensure_ascii=False) + "\n")


def discrepancy_to_json(found: Discrepancy, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """The fixed form: amounts as plain decimal text, the cells as places; ``facts`` by id."""
    return {
        "kind": found.kind,
        "severity": found.severity,
        "statement": found.statement,
        "printed": format(found.printed, "f"),
        "computed": format(found.computed, "f"),
        "difference": format(found.difference, "f"),
        "cells": [fact_to_place(facts[id_]) for id_ in found.cells],
        "compared": compared(found),
        "hypothesis": _hypothesis_to_json(found, facts),
    }


def _hypothesis_to_json(found: Discrepancy, facts: Mapping[str, Fact]) -> dict[str, Any] | None:
    """The hypothesis, marked as one in its text; None where the finding has none."""
    guess = found.hypothesis
    if guess is None or guess.fact not in facts:
        return None
    return {
        "text": hypothesis_text(found, facts),
        "cell": fact_to_place(facts[guess.fact]),
        "printed": format(guess.printed, "f"),
        "instead": format(guess.instead, "f"),
        "edits": guess.edits,
        "ties": guess.ties,
        "breaks": list(guess.breaks),
    }


def findings_to_lines(found: Sequence[Discrepancy], facts: Mapping[str, Fact]) -> Iterator[str]:
    """What a person reads: each substantive finding with its places and hypothesis, then rounding gaps by figures."""
    for number, each in enumerate(found, start=1):
        if each.severity == "substantive":
            yield f"{number}. [{SEVERITIES[each.severity]}] {each.statement}"
            yield f"    印 {each.printed:f}，算得 {each.computed:f}，相差 {each.difference:f}（{compared(each)}）"
            yield from (f"    {_place(facts[id_])}" for id_ in each.cells)
            if guess := hypothesis_text(each, facts):
                yield f"    {guess}"
    for group in rounding_groups(found):
        yield f"[{SEVERITIES['rounding']}] {group_title(group, facts[group[0].cells[0]].unit)}"
        for each in group:
            numbered = f"{found.index(each) + 1}. {each.statement}"
            yield f"    {numbered}（{_place(facts[each.cells[0]])}）"


def _place(fact: Fact) -> str:
    heading = fact.table or fact.section.split(" › ")[-1]
    where = " › ".join(part for part in (heading, fact.row or fact.item, fact.column) if part)
    return f"第 {fact.page} 页，第 {fact.line} 行：{where}"


def fact_to_place(fact: Fact) -> dict[str, Any]:
    """Where a fact stands, in the form of a citation in an answer."""
    names = ("report", "section", "table", "row", "column", "page", "line")
    return {**{name: getattr(fact, name) for name in names}, "quote": fact.text}


def ledger_to_json(entry: LedgerEntry, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """One entry of the reasons ledger: amounts as plain decimal text, the printed figures used as places."""
    amounts = {name: getattr(entry, name) for name in ("figure", "against", "change", "rate")}
    return {
        "report": entry.report,
        "item": entry.item,
        "parents": list(entry.parents),
        "about": entry.about,
        "basis": entry.basis,
        "unit": entry.unit,
        **{name: None if value is None else format(value, "f") for name, value in amounts.items()},
        "large": entry.large,
        "reason": entry.reason,
        "mark": entry.mark,
        "unexplained": entry.unexplained,
        "section": entry.section,
        "page": entry.page,
        "line": entry.line,
        "quote": entry.sentence,
        "cells": [fact_to_place(facts[id_]) for id_ in entry.cells],
    }
