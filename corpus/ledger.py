"""The reasons ledger: every difference from the budget or from the year before that a report states or implies, with the
report's own reason for it, verbatim, or with a mark that there is none.

An entry is one item and one comparison. What is marked: a large difference without a reason, and one whose reason says
no more than that the amount changed (taxonomy/ledger.toml). Nothing here is a judgement of the report's authors: that a
reason is missing means that the sentences of this report announce none (主要原因 and its like).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Literal

from corpus.checks.book import Book, canonical
from corpus.checks.discrepancy import is_money, value_in
from corpus.facts import Fact
from corpus.statements import Remark
from corpus.statements.naming import core

About = Literal["budget", "change"]
Mark = Literal["", "of_whole", "by_parts", "restates", "none"]

LARGE = Decimal(10)  # percent: from here on a difference is expected to be explained
_CENT = Decimal("0.01")
_NEAR = 8  # lines: a reason follows its figure in the next sentence
_STEM = 4  # so many characters of an item's name, in the reason for the whole, speak of the item


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One difference. All amounts in ``unit``; ``rate`` in percent, to two places, half up.

    ``against``: the budget (``about`` "budget") or the amount of the year ``basis`` ("change"), the latter worked out
    as ``figure`` - ``change``. ``change``: signed, as stated or worked out; ``rate``: of ``against``, None where that
    is 0. ``reason``: verbatim, "" where there is none. ``mark``: "" explained; "of_whole" only the whole that the item
    is a part of is explained, and the reason speaks of the item; "by_parts" each of its parts is explained, itself it
    is not; "restates" the reason only says that it changed; "none" no reason. ``large``: by ``LARGE`` percent or more,
    or of nothing. ``page``, ``line``, ``sentence``: where the reason stands, of an entry without one where the figure
    stands; ``cells``: ids of the printed figures used, the final figure first.
    """

    report: str
    item: str
    parents: tuple[str, ...]
    about: About
    basis: str
    unit: str
    figure: Decimal
    against: Decimal
    change: Decimal
    rate: Decimal | None
    reason: str
    mark: Mark
    large: bool
    section: str
    page: int
    line: int
    sentence: str
    cells: tuple[str, ...]

    @property
    def unexplained(self) -> bool:
        """Is it large, and not explained by more than that it changed?"""
        return self.large and self.mark in ("none", "restates")


def report_to_ledger(facts: Sequence[Fact], remarks: Sequence[Remark]) -> tuple[LedgerEntry, ...]:
    """The ledger of one report, budget first, each in the order of the report; the arguments: all of that report's."""
    book = Book(facts)
    known = {core(fact.item) for fact in book.sentences if is_money(fact)}
    reasons = [_named(remark, book, known) for remark in remarks if remark.kind == "reason"]
    found = [each for each in (*_against_budget(book, facts), *_against_last_year(book)) if each[0].change]
    explained = [(_explained(entry, kind, reasons), kind) for entry, kind in found]
    return tuple(_shared(entry, kind, explained) for entry, kind in explained)


def _named(reason: Remark, book: Book, known: set[str]) -> Remark:
    """The reason with the item it follows, where what it is announced with names no item that has an amount."""
    if core(reason.item) in known:
        return reason
    before = [f for f in book.sentences if f.section == reason.section and f.line <= reason.line and is_money(f)]
    last = before[-1] if before else None
    if last is None or reason.line - last.line > _NEAR:
        return reason
    about: Literal["budget", "change", ""] = reason.about or ("change" if last.measure == "change" else "")
    return replace(reason, item=last.item, parents=last.parents, about=about)


def _against_budget(book: Book, facts: Sequence[Fact]) -> Iterator[tuple[LedgerEntry, str]]:
    """Items whose budget a sentence or a table states and whose final figure is stated too; with the kind of table."""
    seen: set[tuple[str, str]] = set()
    told = [f for f in book.sentences if f.measure in ("completion", "budget") and not f.table_id]
    cells = [f for f in facts if f.source == "cell" and f.measure == "budget" and f.table_kind != "performance"]
    for fact in (*told, *cells):
        kind = book.kind_of(fact) if fact.source == "sentence" else fact.table_kind
        key = (kind, canonical(kind, fact.item))
        if not kind or key in seen:
            continue
        budget = fact if fact.measure == "budget" else next(iter(book.amounts(fact, fact.item, "budget")), None)
        final = next(iter(_finals(book, fact, kind)), None)
        if budget is None or final is None or budget.value is None or final.value is None or not is_money(budget):
            continue
        seen.add(key)
        yield _entry(final, budget, value_in(final, budget.unit) - budget.value, "budget", budget.column), kind


def _finals(book: Book, fact: Fact, kind: str) -> Sequence[Fact]:
    if fact.source == "sentence":
        return book.amounts(fact, fact.item, "final")
    return book.cell(kind, fact, "final")


def _against_last_year(book: Book) -> Iterator[tuple[LedgerEntry, str]]:
    seen: set[tuple[str, str]] = set()
    for change in book.sentences:
        kind = book.kind_of(change)
        key = (kind, canonical(kind, change.item))
        if change.measure != "change" or not is_money(change) or not change.basis.isdigit() or key in seen:
            continue
        final = next(iter(book.amounts(change, change.item, "final")), None)
        if final is not None and change.value is not None:
            seen.add(key)
            yield _entry(final, change, change.value, "change", change.basis), kind


def _entry(final: Fact, stated: Fact, change: Decimal, about: About, basis: str) -> LedgerEntry:
    """``stated``: the budget, or the stated change, in whose unit everything is."""
    figure = value_in(final, stated.unit)
    against = stated.value if about == "budget" and stated.value is not None else figure - change
    rate = (change / against * 100).quantize(_CENT, rounding=ROUND_HALF_UP) if against else None
    named = stated if stated.source == "sentence" else final
    return LedgerEntry(
        report=final.report, item=named.item, parents=named.parents, about=about, basis=basis.split(" › ")[-1],
        unit=stated.unit, figure=figure, against=against, change=change, rate=rate, reason="", mark="none",
        large=rate is None or abs(rate) >= LARGE, section=named.section, page=named.page, line=named.line,
        sentence=named.text, cells=(final.id, stated.id),
    )  # fmt: skip


def _explained(entry: LedgerEntry, kind: str, reasons: Sequence[Remark]) -> LedgerEntry:
    """The entry with the reason for it: its own, else that of its nearest whole where it speaks of the item."""
    fitting = [r for r in reasons if r.about in (entry.about, "")]
    own = _of(fitting, kind, entry.item, entry.section, entry.parents)
    if own is not None:
        return _with(entry, own, "restates" if restates(own.text, (entry.item, *entry.parents)) else "")
    for parent in entry.parents:
        whole = _of(fitting, kind, parent, "", ())
        if whole is not None and _speaks_of(whole.text, entry.item):
            return _with(entry, whole, "of_whole")
    return entry


def _shared(entry: LedgerEntry, kind: str, all_: Sequence[tuple[LedgerEntry, str]]) -> LedgerEntry:
    """An entry without a reason, where its whole or its parts have one that must be its own too.

    So it is where the item makes all of the whole's difference, where all of its parts are explained, or where those
    that are make all of its difference.
    """
    if entry.mark != "none":
        return entry
    same = [other for other, of in all_ if of == kind and other.about == entry.about and other is not entry]
    for whole in same:
        alike = entry.parents and _same(kind, entry.parents[0], whole.item)
        if alike and whole.mark == "" and whole.change == entry.change:
            return replace(
                entry, reason=whole.reason, mark="of_whole", section=whole.section, page=whole.page, line=whole.line,
                sentence=whole.sentence,
            )  # fmt: skip
    parts = [other for other in same if other.parents and _same(kind, other.parents[0], entry.item)]
    if not parts or not all(part.mark == "" for part in parts):
        return entry
    makes_all = sum((part.change for part in parts), Decimal(0)) == entry.change
    return replace(entry, mark="by_parts") if len(parts) > 1 or makes_all else entry


def _of(reasons: Sequence[Remark], kind: str, item: str, section: str, parents: tuple[str, ...]) -> Remark | None:
    names = core(item), canonical(kind, item)
    named = [r for r in reasons if core(r.item) == names[0] or canonical(kind, r.item) == names[1]]
    within = [r for r in named if not parents or not r.parents or _same(kind, r.parents[0], parents[0])]
    return next((r for r in within if r.section == section), next(iter(within), None))


def _same(kind: str, one: str, other: str) -> bool:
    return canonical(kind, one) == canonical(kind, other)


def _with(entry: LedgerEntry, reason: Remark, mark: Mark) -> LedgerEntry:
    return replace(
        entry, reason=reason.text, mark=mark, section=reason.section, page=reason.page, line=reason.line,
        sentence=reason.sentence,
    )  # fmt: skip


def _speaks_of(text: str, item: str) -> bool:
    stem = re.sub(r"[“”\"]", "", core(item))[:_STEM]
    return len(stem) >= _STEM - 1 and stem in re.sub(r"[“”\"\s]", "", text)


def restates(reason: str, names: Sequence[str]) -> bool:
    """Does the reason say no more than that an item of these names changed?"""
    rest = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", reason)
    for name in names:
        for form in sorted({name, core(name), core(name).removesuffix("费")}, key=len, reverse=True):
            rest = rest.replace(re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", form), "") if form else rest
    return not _empty().sub("", rest)


@cache
def _empty() -> re.Pattern[str]:
    source = resources.files("corpus").joinpath("taxonomy/ledger.toml")
    words: list[str] = tomllib.loads(source.read_text(encoding="utf-8"))["empty"]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
