"""Facts and discrepancies for other programs and for people: rows, JSON, lines; values as exact plain decimals."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from corpus.checks import Discrepancy
from corpus.facts import Fact

PLACE = ("report", "table", "section", "row", "code", "column", "period")
FIGURE = ("value", "unit", "state", "page", "line", "text")
MEANING = ("item", "parents", "measure", "facet", "panel", "source", "level", "basis", "reason", "table_kind", "id")
COLUMNS = (*PLACE, *FIGURE, *MEANING)  # the first thirteen are the fixed interface: never reordered
SEVERITIES = {"rounding": "尾差", "substantive": "实质"}


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
    }


def discrepancy_to_lines(found: Discrepancy, facts: Mapping[str, Fact]) -> Iterator[str]:
    """What a person reads: the statement, then each figure with its place."""
    yield f"[{SEVERITIES[found.severity]}] {found.statement}"
    yield f"    印 {found.printed:f}，算得 {found.computed:f}，相差 {found.difference:f}"
    for id_ in found.cells:
        fact = facts[id_]
        heading = fact.table or fact.section.split(" › ")[-1]
        where = " › ".join(part for part in (heading, fact.row or fact.item, fact.column) if part)
        yield f"    第 {fact.page} 页，第 {fact.line} 行：{where}"


def fact_to_place(fact: Fact) -> dict[str, Any]:
    """Where a fact stands, in the form of a citation in an answer."""
    names = ("report", "section", "table", "row", "column", "page", "line")
    return {**{name: getattr(fact, name) for name in names}, "quote": fact.text}
