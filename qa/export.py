"""Facts as rows for other programs: CSV and JSON lines, values as exact plain decimals."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import Any, TextIO

from corpus.facts import Fact

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
