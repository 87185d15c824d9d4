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
