"""corpus/taxonomy/tables.toml as typed shapes: which tables there are and how each is printed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from corpus.facts import Measure

_FILE = Path(__file__).resolve().parent.parent / "taxonomy" / "tables.toml"


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """A known column: ``name`` as the template prints it, other ``names`` for it, the ``facet`` of its facts."""

    name: str
    names: tuple[str, ...]
    facet: str
    whole: bool


@dataclass(frozen=True, slots=True)
class ItemShape:
    """An item that stands in a header (「三公」 table). ``item``: its name in facts; ``parts``: what it is split into.

    ``apart``: printed beside the row's sum and no part of it; ``part``: printed under another item's header.
    """

    name: str
    names: tuple[str, ...]
    item: str
    whole: bool
    parts: tuple[str, ...]
    part: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class AmountShape:
    """A named text that is a figure: ``label`` (pattern), what it measures, its unit where none is printed."""

    label: str
    measure: Measure
    unit: str


@dataclass(frozen=True, slots=True)
class TableShape:
    """One kind of table. ``total_item``: what its 合计 means; ``total_items``: the same by "panel label"."""

    kind: str
    layout: str
    titles: tuple[str, ...]
    columns: tuple[ColumnShape, ...]
    items: tuple[ItemShape, ...]
    labels: tuple[str, ...]
    name_label: str
    amounts: tuple[AmountShape, ...]
    total_item: str
    total_items: Mapping[str, str]
    sections: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PanelShape:
    """Patterns over row labels of a two-panel table (see tables.toml)."""

    income: str
    expenditure: str
    subtotal: str
    total: str
    carry_over: str
    of_carry_over: str


@dataclass(frozen=True, slots=True)
class Side:
    """Figures of a table: those of that item, facet, panel and level; "" and None stand for any."""

    table: str
    item: str = ""
    facet: str = ""
    panel: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What the figures of two tables must be to each other (see tables.toml)."""

    relation: Literal["equal", "at_most"]
    join: Literal["", "item", "code", "item_is_facet"]
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Shapes:
    """All of tables.toml. ``labels``: what a person calls each kind."""

    tables: tuple[TableShape, ...]
    noise: tuple[str, ...]
    group: str
    total_rows: tuple[str, ...]
    panels: PanelShape
    complete: tuple[str, ...]
    identities: tuple[Identity, ...]
    labels: Mapping[str, str]

    def of_kind(self, kind: str) -> TableShape:
        """The shape of that kind; for a kind unknown ("other") the shape that knows nothing."""
        return next((shape for shape in self.tables if shape.kind == kind), _OTHER)

    def of_title(self, title: str) -> TableShape | None:
        """The first shape one of whose title patterns fits ``title`` (compact), None where none does."""
        return next((s for s in self.tables if any(re.search(pattern, title) for pattern in s.titles)), None)


_OTHER = TableShape("other", "labelled", (), (), (), (), "", (), "", {})


@cache
def shapes() -> Shapes:
    """The shapes, read once. KeyError or tomllib.TOMLDecodeError where tables.toml is not as documented in it."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Shapes(
        tables=tuple(_table(entry) for entry in data["tables"]),
        noise=tuple(data["noise"]),
        group=data["group"],
        total_rows=tuple(data["total_rows"]),
        panels=PanelShape(**data["panels"]),
        complete=tuple(data["complete"]),
        identities=tuple(
            Identity(entry["relation"], entry.get("join", ""), Side(**entry["left"]), Side(**entry["right"]))
            for entry in data["identities"]
        ),
        labels=data["labels"],
    )


def _table(entry: Mapping[str, Any]) -> TableShape:
    return TableShape(
        kind=entry["kind"],
        layout=entry["layout"],
        titles=tuple(entry["titles"]),
        columns=tuple(_column(column) for column in entry.get("columns", ())),
        items=tuple(_item(item) for item in entry.get("items", ())),
        labels=tuple(entry.get("labels", ())),
        name_label=entry.get("name_label", ""),
        amounts=tuple(AmountShape(a["label"], a["measure"], a["unit"]) for a in entry.get("amounts", ())),
        total_item=entry.get("total_item", ""),
        total_items=entry.get("total_items", {}),
        sections=tuple(entry.get("sections", ())),
        aliases=entry.get("aliases", {}),
    )


def _column(entry: Mapping[str, Any]) -> ColumnShape:
    name = entry["name"]
    return ColumnShape(name, tuple(entry.get("names", ())), entry.get("facet", name), entry.get("whole", False))


def _item(entry: Mapping[str, Any]) -> ItemShape:
    return ItemShape(
        name=entry["name"],
        names=tuple(entry.get("names", ())),
        item=entry.get("item", entry["name"]),
        whole=entry.get("whole", False),
        parts=tuple(entry.get("parts", ())),
        part=entry.get("part", False),
        apart=entry.get("apart", False),
    )
