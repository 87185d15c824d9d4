"""The vocabulary of final-accounts reports as data: items, measures, empty words, absent topics.

The TOML files beside this module say what exists; this loader only gives it types. ``taxonomy()`` reads
them once per process. Nothing here knows a report or a question.

- functional.toml  支出功能分类 (codes, names over the years)      -> ``Entry`` scheme "functional"
- economic.toml    支出经济分类, both eras                         -> ``Entry`` scheme "economic"
- concepts.toml    the template's own terms; measures              -> ``Entry`` scheme "concept", ``Measure``
- fillers.toml     words that restrict nothing in a question       -> ``FillerGroup``
- outside.toml     what such reports typically do not hold         -> ``Topic``
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

Scheme = Literal["functional", "economic", "concept"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Code:
    """A classification code without spaces; in force from ``since`` to ``until`` (years, inclusive; None: open)."""

    code: str
    since: int | None = None
    until: int | None = None

    def holds(self, year: int) -> bool:
        """Whether the code was in force in ``year``."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


@dataclass(frozen=True, slots=True)
class FormerName:
    """An earlier official name and, where known, the last year it was printed."""

    name: str
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the classification or one term of the template.

    ``everyday``: words that mean exactly this item. ``bare``: words that mean it only when a question names no
    other item (「花了多少」). ``part``: words for a part (油钱 of 公务用车运行费); reports print the whole.
    ``near``: names easily confused with it. ``suffix``: last two digits of a 项 that stands under many 款
    (行政运行 "01"), such an entry has no ``codes``. ``kind``, ``place`` and ``unit`` are filled for concepts only.
    """

    scheme: Scheme
    name: str
    codes: tuple[Code, ...] = ()
    former: tuple[FormerName, ...] = ()
    printed: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    reason: str = ""
    suffix: str = ""
    kind: str = ""
    place: str = ""
    unit: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every official spelling: the name, former names, printed variants."""
        return (self.name, *(f.name for f in self.former), *self.printed)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is asked of an item (决算数, 完成率 …). ``needs``: "budget", "prior", "count", "whole" or ""."""

    name: str
    words: tuple[str, ...]
    needs: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FillerGroup:
    """Words that restrict nothing. ``role`` says what a question word asks for ("amount", "which" …), else ""."""

    name: str
    words: tuple[str, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something asked for that such reports typically do not hold; ``why`` names what is missing, in Chinese."""

    name: str
    words: tuple[str, ...]
    why: str
    usually_in: str = ""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All vocabulary. Lookups are by exact string; spelling differences are the caller's to fold."""

    entries: tuple[Entry, ...]
    measures: tuple[Measure, ...]
    fillers: tuple[FillerGroup, ...]
    outside: tuple[Topic, ...]
    _by_name: Mapping[str, tuple[Entry, ...]]
    _by_word: Mapping[str, tuple[Entry, ...]]
    _by_code: Mapping[str, tuple[Entry, ...]]

    def named(self, name: str) -> tuple[Entry, ...]:
        """Entries with that official name, in any spelling, of any scheme; () when unknown."""
        return self._by_name.get(name, ())

    def meant(self, word: str) -> tuple[Entry, ...]:
        """Entries a name or everyday word stands for, with their namesakes in other schemes; () when unknown."""
        return self._by_word.get(word, ())

    def coded(self, code: str, year: int | None = None) -> tuple[Entry, ...]:
        """Entries with that code (in force in ``year``, when given)."""
        found = self._by_code.get(code, ())
        if year is None:
            return found
        return tuple(e for e in found if any(c.code == code and c.holds(year) for c in e.codes))

    @property
    def filler_words(self) -> frozenset[str]:
        """Every word that restricts nothing."""
        return frozenset(word for group in self.fillers for word in group.words)


@cache
def taxonomy() -> Taxonomy:
    """The whole vocabulary, read once. Raises FileNotFoundError or tomllib.TOMLDecodeError naming the file."""
    concepts = _read("concepts")
    entries = (
        *_entries("functional", _read("functional")),
        *_entries("economic", _read("economic")),
        *_entries("concept", concepts),
    )
    by_name = _index((name, entry) for entry in entries for name in entry.names)
    return Taxonomy(
        entries=entries,
        measures=tuple(Measure(**_frozen(raw)) for raw in concepts["measure"]),
        fillers=tuple(FillerGroup(**_frozen(raw)) for raw in _read("fillers")["group"]),
        outside=tuple(Topic(**_frozen(raw)) for raw in _read("outside")["topic"]),
        _by_name=by_name,
        _by_word=_index(
            (word, twin)
            for entry in entries
            for word in (*entry.names, *entry.everyday)
            for twin in by_name[entry.name]
        ),
        _by_code=_index((code.code, entry) for entry in entries for code in entry.codes),
    )


def _read(name: str) -> dict[str, Any]:
    path = _FOLDER / f"{name}.toml"
    with path.open("rb") as file:
        try:
            return tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise tomllib.TOMLDecodeError(f"{path.name}: {error}") from error


def _entries(scheme: Scheme, raw: dict[str, Any]) -> Iterable[Entry]:
    for item in (*raw["item"], *raw.get("common", ())):
        fields = _frozen(item)
        fields["codes"] = tuple(Code(**code) for code in item.get("codes", ()))
        fields["former"] = tuple(FormerName(**former) for former in item.get("former", ()))
        yield Entry(scheme=scheme, **fields)


def _frozen(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def _index(pairs: Iterable[tuple[str, Entry]]) -> Mapping[str, tuple[Entry, ...]]:
    index: dict[str, dict[tuple[str, str], Entry]] = {}
    for key, entry in pairs:
        index.setdefault(key, {})[entry.scheme, entry.name] = entry
    return MappingProxyType({key: tuple(entries.values()) for key, entries in index.items()})
