"""Of the figures that one name may mean, the one of the default reading, and those to be shown beside it."""

from __future__ import annotations

from qa.catalogue import Entry, scope_of
from qa.understand.normalise import normalise_name

# Which measure a bare name asks for, best first.
_DEFAULT_MEASURES = (
    "final",
    "count",
    "budget",
    "score",
    "rate",
    "share",
    "completion",
    "change",
    "change_rate",
    "other",
)
_MOST_OTHERS = 3
_OF_FUNDS = frozenset(
    f"{fund}预算财政拨款{side}" for fund in ("政府性基金", "国有资本经营") for side in ("收入", "支出")
)


def of_default_measure(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The figures in the measure that a bare name asks for; of an indicator that is never how many points it got."""
    marks = {e.fact.id for e in entries if e.fact.table_kind == "performance" and e.fact.measure == "score"}
    entries = tuple(e for e in entries if e.fact.id not in marks) or entries
    ranked = sorted({e.fact.measure for e in entries}, key=_DEFAULT_MEASURES.index)
    return tuple(e for e in entries if e.fact.measure == ranked[0])


def _rank(entry: Entry) -> tuple[bool, bool, int, int, int]:
    fact = entry.fact
    level = fact.level if fact.level is not None else 0
    received = entry.side == "income" and not fact.item.startswith("年初")  # a balance stands there by layout alone
    return fact.state == "blank", received, scope_of(fact).rank, level, entry.order


def best(entries: tuple[Entry, ...], asked: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
    """The figure of the default reading, with its like under other parents. ``asked``: the names as the question has them."""
    if not entries:
        return ()
    first = min(entries, key=lambda e: (_rank(e)[:2], _astray(e, entries), not _as_asked(e, asked), _rank(e)[2:]))
    alike = tuple(e for e in entries if _alike(e, first))
    if len({(e.fact.value, e.fact.unit) for e in alike}) == 1:
        return (first,)
    return alike if len({e.fact.parents for e in alike}) == len(alike) else (first,)


def _astray(entry: Entry, entries: tuple[Entry, ...]) -> bool:
    """Whether a sentence tells the figure in the section of another item, while it has a section of its own, or no table
    has it under that item: 「政府性基金预算支出 0 万元」 of the section on 三公经费 is what of these the fund paid."""
    if entry.fact.source == "cell" or not entry.told or entry.told & entry.own:
        return False
    cells = [e for e in entries if e.fact.source == "cell"]
    at_home = any(e.told & e.own for e in entries)
    return at_home or (bool(cells) and not any(entry.told & (e.under | e.own) for e in cells))


def _as_asked(entry: Entry, asked: frozenset[str]) -> bool:
    """Whether the figure is printed under the very words of the question; of no weight within 基本支出, whose names are
    those of the wider tables."""
    if entry.fact.table_kind == "basic_expenditure" or not entry.under.isdisjoint(_OF_FUNDS):
        return False  # 「本年收入」 of the 政府性基金 alone
    printed = normalise_name(entry.fact.item)
    return any({name, name.removesuffix("数").removesuffix("决算")} & {printed, f"{printed}支出"} for name in asked)


def _alike(entry: Entry, first: Entry) -> bool:
    a, b = entry.fact, first.fact
    same = (a.table_kind, a.source, a.column, a.measure, a.level, a.panel, a.unit) == (
        b.table_kind,
        b.source,
        b.column,
        b.measure,
        b.level,
        b.panel,
        b.unit,
    )
    return same and entry.own == first.own


def others_of(chosen: tuple[Entry, ...], entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Figures of the same name that differ from those chosen, the nearest 口径 first."""
    seen = {e.fact.value for e in chosen}
    others: list[Entry] = []
    for entry in sorted(entries, key=_rank):
        if entry.fact.state != "blank" and entry.fact.value not in seen and entry.fact.unit == chosen[0].fact.unit:
            seen.add(entry.fact.value)
            others.append(entry)
    return tuple(others[:_MOST_OTHERS])
