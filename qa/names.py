"""Printed and spoken names of items -> one canonical name each, from the taxonomy's data.

A label that the taxonomy does not know is its own canonical name, in matching form; so a report's
own items work without any data about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.taxonomy import Entry, taxonomy
from qa.understand.normalise import normalise_name

# What labels carry or leave out without becoming another item, longest first.
_ENDINGS = (
    "支出决算数",
    "收入决算数",
    "支出决算",
    "决算数",
    "支出",
    "费用",
    "费",
    "经费",
    "情况",
    "数",
    "金额",
    "总额",
)
_COMMON = frozenset({"项目"})  # words for a row of any table, no short form of 项目支出
_ADDED = ("", "费", "支出", "经费", "费用")
_TOTALS = ("总计", "合计", "总额")
_PLANNED = re.compile(r"(?<=收入)预算(?=[总合])|(?<=支出)预算(?=[总合])")
_REMARK = re.compile(r"(?<=.)\((?:以|按)[^()]*\)$")
_BRACKETS = re.compile(r"\(([^()]*)\)")


class Names:
    """The names of the classification and the template, with their variants."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = sorted(entries, key=lambda entry: entry.scheme != "concept")
        self._canonical: dict[str, str] = {}
        for entry in self.entries:
            self._canonical.setdefault(normalise_name(entry.name), entry.name)
        for entry in self.entries:
            for printed in entry.names:
                for variant in variants(printed):
                    self._canonical.setdefault(variant, entry.name)
        self._official = frozenset(entry.name for entry in self.entries)
        self._found: dict[str, str] = {}

    def canonical(self, label: str) -> str:
        """The canonical name of a printed label; the label in matching form where the taxonomy has none."""
        if label not in self._found:
            self._found[label] = self._find(label)
        return self._found[label]

    def _find(self, label: str) -> str:
        plain = normalise_name(label)
        for ending in ("", *_ENDINGS):
            if not plain.endswith(ending) or len(plain) - len(ending) < 2:
                continue
            base = plain.removesuffix(ending) if ending else plain
            for added in _ADDED if base not in _COMMON else ("",):
                if found := self._canonical.get(base + added):
                    return found
        if plain.endswith(_TOTALS) and (shorter := _PLANNED.sub("", plain)) != plain:
            return self._find(shorter)  # 本年支出预算合计
        remark = _REMARK.search(plain)  # 政府采购金额（以合同签订为准）
        return self._find(plain[: remark.start()]) if remark else plain

    def is_official(self, label: str) -> bool:
        """Whether the classification or the template has the name."""
        return self.canonical(label) in self._official

    def sided(self, name: str, side: str) -> str:
        """The name of the same money on that side of the accounts (…财政拨款收入 / …财政拨款支出), where there is one."""
        ending = {"income": "收入", "expenditure": "支出"}.get(side)
        return next((n for n in self.both_sides(name) if ending and n.endswith(ending)), name)

    def both_sides(self, name: str) -> frozenset[str]:
        """The name, and its twin on the other side of the accounts where the template has one."""
        twins = {name}
        for ending, other in (("收入", "支出"), ("支出", "收入")):
            if name.endswith(f"财政拨款{ending}") and (twin := name.removesuffix(ending) + other) in self._official:
                twins.add(twin)
        return frozenset(twins)

    def found_in(self, text: str) -> frozenset[str]:
        """Canonical names whose printed form stands in ``text``; of nested ones only the longest."""
        plain = normalise_name(text)
        hits = {
            plain[i : i + n]
            for n in range(3, 30)
            for i in range(len(plain) - n + 1)
            if plain[i : i + n] in self._canonical
        }
        longest = [h for h in hits if not any(h != other and h in other for other in hits)]
        return frozenset(self._canonical[hit] for hit in longest)


def variants(name: str) -> Iterator[str]:
    """The matching forms a printed name is also written in: with and without its brackets and what they hold."""
    plain = normalise_name(name)
    yield plain
    if "(" in plain:
        yield _BRACKETS.sub(r"\1", plain)
        yield _BRACKETS.sub("", plain)


@cache
def shared_names() -> Names:
    """The names that hold for every report of the template."""
    return Names(taxonomy().entries)
