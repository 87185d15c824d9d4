"""The members of a group of figures: the parts of an item, the rows of a table, all figures of one measure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from qa.catalogue import Catalogue, Entry, scope_of
from qa.listed import project_rows, rows_ranked, unit_rows
from qa.plan import Ref
from qa.resolve import Found, resolve
from qa.understand.normalise import normalise_name

_LEVELS = {"class": 1, "group": 2, "leaf": 3}
_SCORE = "评价分值"
_ANY_PROJECT = frozenset({"项目", "绩效评价项目"})
_PROJECT = re.compile("(?:项目|工程|专项|资金|经费)$")
_OF_LISTED = frozenset({"", "final", "budget", "completion"})
_STATED = frozenset({"budget", "completion", "share", "change", "change_rate"})


def members(ref: Ref, grain: str, catalogue: Catalogue) -> tuple[Entry, ...]:
    """The figures of the group ``ref`` at the ``grain`` asked for, in the report's order; () when there is no such group."""
    grains = tuple(g for g in grain.split("+") if g)
    if catalogue.info.document == "预算" and ref.measure in {"", "final", "budget"}:
        ref = replace(ref, measure="")  # a budget's own figures are budgets
    usual = "budget" if catalogue.info.document == "预算" else "final"
    entries = tuple(e for e in catalogue.entries if _fits(e, ref, usual))
    if _asks_scores(ref, catalogue):
        return _most_in_one_place(e for e in entries if _is_score_of_project(e))
    if "unit" in grains:
        return rows_ranked(unit_rows(catalogue), ref, catalogue)
    names = {item for name in ref.names for item in name.items}
    if names and names <= _ANY_PROJECT and ref.measure in _OF_LISTED and (rows := project_rows(catalogue)):
        return rows_ranked(rows, replace(ref, names=()), catalogue)
    names |= {item for name in ref.names if name.code for e in catalogue.of((), name.code) for item in e.own}
    if names:
        found = resolve(ref, catalogue)
        if isinstance(found, Found) and len(found.chosen) > 1:
            return found.chosen
        return _of_item(entries, names, grains) or _beginning(entries, ref)
    if ref.tables:
        return _of_table(entries, ref, grains)
    if ref.side == "income":
        return _one_table(e for e in entries if e.side == "income" and e.parent == "本年收入合计")
    if ref.measure == "share":
        return _shares(entries, grains)
    if ref.measure in _STATED:
        return _stated(entries, grains)
    level = next((_LEVELS[g] for g in grains if g in _LEVELS), None)
    if "economic" in grains:
        return tuple(
            e
            for e in entries
            if e.fact.table_kind == "basic_expenditure" and not e.facet and e.fact.level == (level or 2)
        )
    return tuple(
        e
        for e in entries
        if e.fact.table_kind == "expenditure"
        and not e.facet
        and e.fact.level == (level or (3 if "item" in grains else 1))
    )


def _asks_scores(ref: Ref, catalogue: Catalogue) -> bool:
    """「得分最低的项目」, where no table of evaluations names the score a field of every project."""
    if ref.side or ref.tables or ref.period or catalogue.is_field((_SCORE,)):
        return False
    names = [name for name in ref.names if not set(name.items) & _ANY_PROJECT]
    scored = [name for name in names if _SCORE in name.items]
    return len(scored) == len(names) and (bool(scored) or (ref.measure == "score" and bool(ref.names)))


def _is_score_of_project(entry: Entry) -> bool:
    """Is it what one project got: no average, no indicator's points, not the department's own?"""
    fact = entry.fact
    if fact.measure != "score" or entry.facet or "平均" in fact.item + fact.column:
        return False
    return not fact.parents and (fact.source == "cell" or bool(_PROJECT.search(fact.item)))


def _beginning(entries: tuple[Entry, ...], ref: Ref) -> tuple[Entry, ...]:
    """Items whose printed names all begin with the name asked: 绩效评级 -> 绩效评级为“优”的项目 …"""
    asked = tuple(name.surface for name in ref.names)
    return _distinct(e for e in entries if not e.facet and normalise_name(e.fact.item).startswith(asked))


def _fits(entry: Entry, ref: Ref, usual: str) -> bool:
    measure = ref.measure or (
        "count"
        if entry.fact.measure == "count"
        else entry.fact.measure
        if entry.fact.measure in {usual, "score"}
        else usual
    )
    side = not ref.side or entry.side in {ref.side, ""}
    return entry.measure == measure and side and (not ref.tables or entry.fact.table_kind in ref.tables)


def _of_item(entries: Iterable[Entry], names: set[str], grains: tuple[str, ...]) -> tuple[Entry, ...]:
    below = [e for e in entries if not e.under.isdisjoint(names) and (e.own.isdisjoint(names) or e.parent in names)]
    level = next((_LEVELS[g] for g in grains if g in _LEVELS), None)
    if level is not None:
        below = [e for e in below if _home_of(e) in names] or below
    if "economic" in grains:
        below = [e for e in below if e.fact.table_kind == "basic_expenditure"]
    if level is not None and (at := _one_table(e for e in below if e.fact.level == level and _plain(e, names))):
        return at
    children = [e for e in below if e.parent in names and _plain(e, names)]
    if children:
        found = _one_table(children)
        whole_classes = len(found) <= 2 and all(
            e.fact.table_kind == "basic_expenditure" and e.fact.level == 1 for e in found
        )  # 公用经费: what its one or two 类 hold, as where the table has a column of it
        only = frozenset(item for e in found for item in e.own) if len(found) == 1 or whole_classes else frozenset()
        deeper = [e for e in entries if e.parent in only and not only & e.own] if only else []
        return _one_table(e for e in deeper if _plain(e, names)) if len(deeper) > 1 else found
    faceted = [e for e in below if e.facet in names]
    if faceted:
        deepest = max(e.fact.level or 0 for e in faceted)
        return _one_table(e for e in faceted if e.fact.level == deepest)
    covered = [e for e in below if _plain(e, names) and e.fact.level is not None]
    if covered:
        deepest = max(e.fact.level or 0 for e in covered)
        return _one_table(e for e in covered if e.fact.level == deepest)
    return _one_table(e for e in below if _plain(e, names))


def _home_of(entry: Entry) -> str:
    """The one thing that the figure's table is all about."""
    covers = scope_of(entry.fact).covers
    return covers[0] if covers and entry.fact.source == "cell" else ""


def _plain(entry: Entry, names: set[str]) -> bool:
    return not entry.facet or entry.facet in names


def _of_table(entries: tuple[Entry, ...], ref: Ref, grains: tuple[str, ...]) -> tuple[Entry, ...]:
    level = next((_LEVELS[g] for g in grains if g in _LEVELS), None)
    rows = [e for e in entries if not e.facet and e.fact.level != 0]
    if level is None:
        levels = [e.fact.level for e in rows if e.fact.level is not None]
        level = max(levels) if levels else None
    return tuple(e for e in rows if level is None or e.fact.level == level)


def _stated(entries: tuple[Entry, ...], grains: tuple[str, ...]) -> tuple[Entry, ...]:
    """Figures that stand in sentences only: those of classified items, where there are any, without totals."""
    leaves = [e for e in entries if e.fact.level == 3 or len(e.fact.parents) == 2]
    classified = [e for e in leaves if e.fact.level == 3]
    return _distinct(classified or [e for e in entries if e.fact.parents] or entries)


def _shares(entries: tuple[Entry, ...], grains: tuple[str, ...]) -> tuple[Entry, ...]:
    """Printed shares of one and the same whole, at the level asked for; the whole with most parts where none is named."""
    level = next((_LEVELS[g] for g in grains if g in _LEVELS), None)
    wholes: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if level is None or entry.fact.level == level:
            wholes[entry.fact.basis].append(entry)
    parts = sorted((_distinct(group) for group in wholes.values()), key=len, reverse=True)
    alone = len(parts) == 1 or (len(parts) > 1 and len(parts[0]) > len(parts[1]))
    return parts[0] if alone and len(parts[0]) > 1 else ()


def _one_table(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of the places that hold such figures, the one of the default 口径 with most of them."""
    places: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        fact = entry.fact
        place = fact.table_id if fact.source == "cell" else f"{fact.section}#{fact.measure}#{fact.unit}"
        places[scope_of(fact).rank if fact.source == "cell" else 50, place].append(entry)
    if not places:
        return ()
    best = max(places, key=lambda key: (len(_distinct(places[key])) > 1, -key[0], len(places[key])))
    return _distinct(places[best])


def _most_in_one_place(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The place that tells of most things: a table of all projects rather than the sentences on some of them."""
    places: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        places[entry.fact.table_id or entry.fact.section].append(entry)
    return max((_distinct(place) for place in places.values()), key=len, default=())


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One entry an item (and parents): the first."""
    seen: dict[object, Entry] = {}
    for entry in entries:
        seen.setdefault((entry.own, entry.fact.parents), entry)
    return tuple(seen.values())
