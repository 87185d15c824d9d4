"""The words people use and the words reports use: read from corpus/taxonomy for training and for searching."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TAXONOMY = Path(__file__).parents[1] / "taxonomy"


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject of the template; see the head of topics.toml."""

    terms: tuple[str, ...]
    cues: tuple[str, ...]
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """An official name and the names people use for it."""

    official: str
    everyday: tuple[str, ...]


@cache
def load_topics() -> tuple[Topic, ...]:
    """The topics of topics.toml, in file order."""
    raw = tomllib.loads((TAXONOMY / "topics.toml").read_text(encoding="utf-8"))
    return tuple(Topic(tuple(t["terms"]), tuple(t["cues"]), tuple(t["ask"])) for t in raw["topic"])


@cache
def load_names() -> tuple[Name, ...]:
    """Every named entry of the other taxonomy files that lists everyday or older names, sorted."""
    found: dict[str, dict[str, None]] = {}
    for file in sorted(TAXONOMY.glob("*.toml")):
        if file.name == "topics.toml":
            continue
        for official, others in _entries(tomllib.loads(file.read_text(encoding="utf-8"))):
            found.setdefault(official, {}).update(dict.fromkeys(other for other in others if other != official))
    return tuple(Name(official, tuple(sorted(found[official]))) for official in sorted(found))


def _entries(node: Any) -> Iterator[tuple[str, list[str]]]:
    """(official name, other names) of every table below ``node`` that has a name."""
    if isinstance(node, list):
        for child in node:
            yield from _entries(child)
    elif isinstance(node, dict):
        if isinstance(node.get("name"), str):
            lists = [node.get(key, ()) for key in ("everyday", "aliases", "names")]
            yield node["name"], [other for each in lists for other in each if isinstance(other, str)]
        for child in node.values():
            yield from _entries(child)
