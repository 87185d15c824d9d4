"""The SQLite schema, derived from the contracts: one column for each field of a fact, so that the file can be
opened with any SQLite tool and read by a person; the other records as JSON, each with its report and order."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import fields
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_type_hints

from corpus.checks import Discrepancy
from corpus.document import Paragraph, Section, Table
from corpus.facts import Fact
from corpus.passages import Passage
from corpus.statements import Absence, Remark
from corpus.stores.codec import decoder, from_plain, shape_of, to_plain
from corpus.stores.contents import ReportContents, ReportInfo

T = TypeVar("T")

RECORDS: Mapping[str, type] = {
    "section": Section,
    "paragraph": Paragraph,
    "table": Table,
    "absence": Absence,
    "remark": Remark,
    "discrepancy": Discrepancy,
    "passage": Passage,
}


def shape() -> str:
    """Changes when any stored class does: an index of another shape has to be built anew."""
    return shape_of((ReportInfo, Fact, *RECORDS.values()))


def create_statements() -> tuple[str, ...]:
    """The statements that make an empty store."""
    return (
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        _create("report", ReportInfo, "PRIMARY KEY (id)"),
        _create("fact", Fact, "position INTEGER NOT NULL, PRIMARY KEY (report, position), UNIQUE (report, id)"),
        "CREATE TABLE record (report TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL,"
        " body TEXT NOT NULL, PRIMARY KEY (report, kind, position)) STRICT",
    )


def records_of(contents: ReportContents) -> Mapping[str, tuple[Any, ...]]:
    """The records of a report by kind."""
    return {
        "section": contents.sections,
        "paragraph": contents.paragraphs,
        "table": contents.tables,
        "absence": contents.absences,
        "remark": contents.remarks,
        "discrepancy": contents.discrepancies,
        "passage": contents.passages,
    }


def column_names(kind: type) -> tuple[str, ...]:
    """The columns of a class stored one column a field, in order."""
    return tuple(field.name for field in fields(kind))


def to_row(record: Any) -> tuple[Any, ...]:
    """The values of the columns: decimals as exact text, tuples as JSON."""
    return tuple(map(_to_column, _columns_of(cast(Hashable, type(record)))(record)))


def from_row(kind: type[T], row: tuple[Any, ...]) -> T:
    """The object whose columns are ``row``."""
    return kind(*(turn(value) for turn, value in zip(_column_decoders(cast(Hashable, kind)), row, strict=True)))


def to_body(record: Any) -> str:
    """A record as one line of JSON."""
    return json.dumps(to_plain(record), ensure_ascii=False, separators=(",", ":"))


def from_body(kind: type[T], body: str) -> T:
    """The record of that class written as ``body``."""
    return from_plain(kind, json.loads(body))


def name_of(kind: type) -> str:
    """The name under which records of that class are stored."""
    return next(name for name, each in RECORDS.items() if each is kind)


def _create(name: str, kind: type, constraints: str) -> str:
    hints = get_type_hints(kind)
    columns = ", ".join(f'"{field.name}" {_sql_type(hints[field.name])}' for field in fields(kind))
    return f"CREATE TABLE {name} ({columns}, {constraints}) STRICT"


def _sql_type(hint: Any) -> str:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    sql = "INTEGER" if int in kinds else "TEXT"
    return sql if NoneType in kinds else f"{sql} NOT NULL"


@cache
def _columns_of(kind: Any) -> Any:
    return attrgetter(*column_names(kind))


def _to_column(value: Any) -> Any:
    if value.__class__ is str or value is None:
        return value
    if isinstance(value, tuple):
        return json.dumps(to_plain(value), ensure_ascii=False)
    return to_plain(value)


@cache
def _column_decoders(kind: Any) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(_column_decoder(hints[field.name]) for field in fields(kind))


def _column_decoder(hint: Any) -> Any:
    turn = decoder(hint)
    if str(hint).startswith("tuple"):
        return lambda text: turn(json.loads(text))
    return turn
