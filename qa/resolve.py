"""A noun phrase of the plan -> the printed figures it names, or what of it the report does not hold."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from qa.amounts import MONEY
from qa.catalogue import TOTAL_FACETS, Catalogue, Entry
from qa.plan import Name, Ref
from qa.preference import best, of_default_measure, others_of
from qa.understand.normalise import normalise_name

_FUNCTIONAL_CODE = 7
_LEAST_TURNED = 4
_LEVELS = {"class": 1, "group": 2, "leaf": 3}
# Units of count that a spoken unit can mean: a trip (次) abroad is a 团组, a reception (次) a 批次.
_UNITS_MEANT = {
    "台（套）": ("台（套）", "台", "套"),
    "次": ("批次", "个", "次"), "个": ("个",), "人次": ("人次", "人", "名", "万人次"), "家": ("家", "个", "户", "所"),
    "座": ("座", "个"), "期": ("期", "次"), "场": ("场", "次", "期"), "场次": ("场次", "场", "次"),
    "万人次": ("万人次", "人次"), "万人": ("万人", "人"), "处": ("处", "个"), "艘": ("艘", "条"), "条": ("条", "艘"),
    "千米": ("公里",), "平米": ("平方米",), "剂": ("剂", "剂次"), "针": ("剂次", "剂"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """``chosen``: the figure of the default reading (several where the item stands under several parents);
    ``others``: figures of the same name and measure that differ, each of another 口径."""

    chosen: tuple[Entry, ...]
    others: tuple[Entry, ...] = ()

    @property
    def entry(self) -> Entry:
        """The first figure of the default reading."""
        return self.chosen[0]


@dataclass(frozen=True, slots=True)
class Missing:
    """What the report does not hold. ``what``: item, measure, side, table, within or unit;
    ``surface``: the words of the question; ``nearest``: figures of that item it does hold; ``measure``: the one asked."""

    what: str
    surface: str
    nearest: tuple[Entry, ...] = ()
    measure: str = ""


def resolve(ref: Ref, catalogue: Catalogue) -> Found | Missing:
    """The figures ``ref`` names. A narrowing word that no figure of the item fits makes it ``Missing``."""
    found = _resolve(ref, catalogue)
    if isinstance(found, Missing) and (named := _by_name(ref, catalogue)) is not None:
        by_name = _resolve(named, catalogue)
        found = found if isinstance(by_name, Missing) else by_name
    if isinstance(found, Missing) and ref.alt is not None:
        other = _resolve(replace(ref, names=(*ref.names, ref.alt), measure="", alt=None), catalogue)
        return found if isinstance(other, Missing) else other
    return found


def _by_name(ref: Ref, catalogue: Catalogue) -> Ref | None:
    """``ref`` with codes of the functional classification read as the names that sentences use; None where it has none.

    Codes of economic items stay: their names are those of wider figures too (30217 is not the 三公 figure).
    """
    if not any(len(name.code) == _FUNCTIONAL_CODE for name in ref.names):
        return None
    names: list[Name] = []
    for name in ref.names:
        own = catalogue.of((), name.code) if len(name.code) == _FUNCTIONAL_CODE else ()
        items = tuple(dict.fromkeys(item for e in own for item in e.own))
        names.append(Name(name.surface, items) if items else name)
    distinct = tuple(n for i, n in enumerate(names) if not any(set(n.items) & set(m.items) for m in names[:i]))
    return replace(ref, names=distinct)


def _resolve(ref: Ref, catalogue: Catalogue) -> Found | Missing:
    if ref.measure == "count":
        return _counts(ref, catalogue)
    entries = _named(ref.names, catalogue)
    if isinstance(entries, Missing):
        return entries
    if ref.measure and not any(e.measure == ref.measure for e in entries):
        fields = tuple(e for e in _fields_of(ref.names, catalogue) if e.fact.table_kind == "performance")
        entries = tuple(e for e in fields if e.measure == ref.measure) or entries
    if ref.measure == "final" and entries and all(e.fact.measure == "count" for e in entries):
        ref = replace(ref, measure="")  # 「实际出国团组几个」
    for what, keeps in _filters(ref):
        narrowed = tuple(e for e in entries if keeps(e))
        if not narrowed and what == "measure" and (parts := _measured_parts(ref, catalogue)):
            return Found(parts)
        if not narrowed and what == "grain":
            continue
        if not narrowed:
            return Missing(what, said(ref), best(of_default_measure(entries)), ref.measure)
        entries = narrowed
    if not ref.measure:
        entries = of_default_measure(entries)
    chosen = best(entries, frozenset(name.surface for name in ref.names))
    return Found(chosen, others_of(chosen, entries))


def _measured_parts(ref: Ref, catalogue: Catalogue) -> tuple[Entry, ...]:
    """A measure that the report prints only for the one part of an item that carries it: 绩效评价项目 涉及 预算金额."""
    names = {item for name in ref.names for item in name.items}
    below = [
        e for e in catalogue.entries if e.parent in names and e.measure == ref.measure and e.fact.source == "sentence"
    ]
    return tuple(below) if len(below) == 1 else ()


def said(ref: Ref) -> str:
    """The names of ``ref`` as the question has them."""
    return "".join(name.surface for name in ref.names)


def _named(names: tuple[Name, ...], catalogue: Catalogue) -> tuple[Entry, ...] | Missing:
    """Entries that are of one of the names and stand under all the others; the last name is tried as the item first."""
    if (cells := _crossing(names, catalogue)) is not None:
        return cells
    missing: Missing | None = None
    for head in reversed(names):
        own = catalogue.of(head.items, head.code)
        rest = [name for name in names if name is not head]
        fitting = tuple(e for e in own if all(_stands_under(e, name) for name in rest))
        if fitting:
            return _without_facet_unnamed(fitting, names, catalogue)
        if own:
            missing = missing or Missing("within", "".join(n.surface for n in names), best(of_default_measure(own)))
    if missing is not None and (spelled := _spelled(names, catalogue)):
        return spelled
    if (covered := _fields_of(names, catalogue)) and not _parts(covered):
        return _without_facet_unnamed(covered, names, catalogue)
    if missing is None and (fuller := _fuller(names, catalogue)):
        return fuller
    unknown = next((n for n in names if not catalogue.of(n.items, n.code) and not catalogue.covers(n.items)), None)
    if unknown is not None or missing is None:
        return Missing("item", unknown.surface if unknown else "")
    return missing


def _fuller(names: tuple[Name, ...], catalogue: Catalogue) -> tuple[Entry, ...]:
    """The figures of the one item that a section on the name tells of under a fuller one: 一般公共预算机关运行经费."""
    if len(names) != 1:
        return ()
    told = (e for e in catalogue.entries if e.fact.source == "sentence" and not e.under.isdisjoint(names[0].items))
    found = tuple(e for e in told if normalise_name(e.fact.item).endswith(names[0].items))
    return found if len({e.own for e in found}) == 1 else ()


def _spelled(names: tuple[Name, ...], catalogue: Catalogue) -> tuple[Entry, ...]:
    """The figures whose printed label holds every name as it is asked: 面向小微企业预留的 采购 项目预算金额."""
    words = [normalise_name(name.surface) for name in names]
    found = (e for name in names for e in catalogue.of(name.items) if e.fact.source == "sentence")
    return tuple(
        dict.fromkeys(e for e in found if all(w in normalise_name(e.fact.item + e.fact.column) for w in words))
    )


def _parts(entries: tuple[Entry, ...]) -> bool:
    """Whether they are several amounts of one kind, as the parts of a whole are: none of them is the whole."""
    money = [e for e in entries if e.fact.unit in MONEY and e.fact.table_kind != "performance"]
    return any(
        a.fact.measure == b.fact.measure and a.fact.period == b.fact.period and a.own.isdisjoint(b.own)
        for a, b in itertools.pairwise(money)
    )


def _fields_of(names: tuple[Name, ...], catalogue: Catalogue) -> tuple[Entry, ...]:
    """The figures told of a thing that is itself no figure: a project's 预算金额 and 评价分值."""
    parents = {item for name in names for item in name.items}
    return tuple(e for e in catalogue.entries if e.parent in parents and all(_stands_under(e, name) for name in names))


def _crossing(names: tuple[Name, ...], catalogue: Catalogue) -> tuple[Entry, ...] | None:
    """Where one name is the row and another the very column of some cells: those cells."""
    if len(names) < 2:
        return None
    columns = {item for name in names for item in name.items}
    found = [
        e
        for head in names
        for e in catalogue.of(head.items, head.code)
        if e.facet
        and not catalogue.names.both_sides(e.facet).isdisjoint(columns - set(head.items))
        and all(name is head or _stands_under(e, name) for name in names)
    ]
    return tuple(dict.fromkeys(found)) or None


def _stands_under(entry: Entry, name: Name) -> bool:
    if entry.fact.facet in TOTAL_FACETS and entry.fact.facet in name.items:
        return True  # 「商贸事务的合计」: the column of the row's total
    return not entry.under.isdisjoint(name.items) or not entry.own.isdisjoint(name.items) or _code_above(entry, name)


def _code_above(entry: Entry, name: Name) -> bool:
    return bool(name.code) and entry.fact.code.startswith(name.code)


def _without_facet_unnamed(
    entries: tuple[Entry, ...], names: tuple[Name, ...], catalogue: Catalogue
) -> tuple[Entry, ...]:
    """Leaves out part columns (基本支出, 人员经费 …) that no name asks for."""
    wanted = {item for name in names for item in name.items}
    plain = tuple(e for e in entries if not e.facet or not wanted.isdisjoint(catalogue.names.both_sides(e.facet)))
    return plain or entries


def _filters(ref: Ref) -> Iterator[tuple[str, Callable[[Entry], bool]]]:
    if ref.side and not ref.tables:
        yield "side", lambda e: e.side == ref.side or (ref.side == "expenditure" and not e.side)
    if ref.tables:
        yield "table", lambda e: (e.fact.table_kind if e.fact.source == "cell" else "sentence") in ref.tables
    if ref.grain:
        yield "grain", lambda e: e.fact.level == _LEVELS[ref.grain]
    if ref.measure:
        yield "measure", lambda e: e.measure == ref.measure


def units_meant(unit: str) -> tuple[str, ...]:
    """The units that a spoken unit of count can mean, itself among them."""
    return _UNITS_MEANT.get(unit, (unit,))


def _counts(ref: Ref, catalogue: Catalogue) -> Found | Missing:
    """How many: counts of the item itself, else of what stands under it or beside it, in the unit asked for."""
    units = {unit for hint in ref.unit_hint.split("|") if hint for unit in units_meant(hint)}
    own = _named(ref.names, catalogue)
    heads = {item for name in ref.names for item in name.items}
    if not isinstance(own, Missing):
        heads |= {e.parent for e in own if e.fact.measure == "count" and e.parent}
        heads |= set().union(*(e.own for e in own))
        if counted := tuple(e for e in own if e.fact.measure == "count" and (not units or e.fact.unit in units)):
            return Found(best(counted))
    words = tuple(normalise_name(name.surface) for name in ref.names)
    printed = tuple(
        e
        for e in catalogue.entries
        if words and e.fact.measure == "count" and (not units or e.fact.unit in units)
        and all(_worded(word, normalise_name(e.fact.item)) for word in words)
    )  # fmt: skip
    if printed:
        return Found(best(printed))
    near = tuple(
        e
        for e in catalogue.entries
        if e.fact.measure == "count" and not e.under.isdisjoint(heads) and (not units or e.fact.unit in units)
    )
    exact = tuple(e for e in near if e.fact.unit in ref.unit_hint.split("|"))
    near = exact or near  # 人次 before 人
    if not near:
        nearest = () if isinstance(own, Missing) else best(of_default_measure(own))
        return Missing("count", said(ref), nearest)
    return Found(near)


def _worded(word: str, printed: str) -> bool:
    """Whether the printed label has the word, its parts in another order included: 外宾接待, 接待外宾."""
    return word in printed or (len(word) >= _LEAST_TURNED and set(word) <= set(printed))
