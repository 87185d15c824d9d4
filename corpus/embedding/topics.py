"""The words people use and the words reports use: read from corpus/taxonomy for training and for searching."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.taxonomy import taxonomy

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
    """Every item of the classification and term of the template with its other names, sorted by name."""
    found: dict[str, dict[str, None]] = {}
    for entry in taxonomy().entries:
        others = (*entry.everyday, *entry.printed, *(former.name for former in entry.former))
        found.setdefault(entry.name, {}).update(dict.fromkeys(other for other in others if other != entry.name))
    return tuple(Name(official, tuple(sorted(found[official]))) for official in sorted(found))
