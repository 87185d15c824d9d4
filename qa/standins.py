"""Names that stand for others where the report prints nothing under the first (see relations.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qa.plan import Name


@cache
def _stands_for() -> dict[str, tuple[str, ...]]:
    with (Path(__file__).parent / "relations.toml").open("rb") as file:
        return {name: tuple(others) for name, others in tomllib.load(file)["stands_for"].items()}


def stand_ins(names: tuple[Name, ...]) -> Iterator[tuple[Name, ...]]:
    """``names`` with one of them exchanged for a name, or a column within a name (A › B), that the template prints in its
    place (see relations.toml)."""
    for at, name in enumerate(names):
        for item in name.items:
            for other in _stands_for().get(item, ()):
                within = tuple(Name(part, (part,)) for part in other.split(" › "))
                yield (*names[:at], *within, *names[at + 1 :])


@cache
def _relation(kind: str) -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(Path(__file__).with_name("relations.toml").read_text(encoding="utf-8"))
    return {name: tuple(others) for name, others in data[kind].items()}


def parts_of_total(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The parts that make up the total that ``names`` names; () where it is none of those (see relations.toml)."""
    items = names[0].items if len(names) == 1 else ()
    return tuple(Name(part, (part,)) for item in items for part in _relation("made_of").get(item, ()))


def called_in_prose(items: set[str]) -> set[str]:
    """``items`` with the other names that prose has for them."""
    return items | {other for item in items for other in _relation("called_in_prose").get(item, ())}
