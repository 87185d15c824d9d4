"""Tables that list one thing a row: the units whose accounts are taken in (分单位), and the projects (项目支出明细表)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from corpus.facts import Fact
from qa.amounts import MONEY
from qa.catalogue import TOTAL_FACETS, Catalogue, Entry
from qa.plan import Ref

_BODY = re.compile(
    r"(?:中心|[总支大中]?队|局|委员会|办公室|[院所站校园馆厅处署社会]|学校|法庭)(?:机关|（本级）|\(本级\)|本级)?$|本级|机关$"
)
_TOTAL = re.compile(r"^(?:合计|总计|小计|本年(?:收入|支出)合计)$")
_WHOLE_COLUMNS = TOTAL_FACETS | {"总计", "小计", "预算金额", "资金总额"}
_FEWEST = 2
_OF_PROJECTS = re.compile(r"项目(?:支出)?.*(?:明细|一览|汇总|情况|预算|决算)")


def unit_rows(catalogue: Catalogue) -> tuple[Entry, ...]:
    """The figures of the tables whose rows are units, without their totals."""
    return _listing(catalogue, "单位")


def project_rows(catalogue: Catalogue) -> tuple[Entry, ...]:
    """The money of the tables whose rows are projects, and how much of it was spent; without their totals."""
    return tuple(e for e in _listing(catalogue, "项目") if e.fact.unit in MONEY or e.measure == "completion")


@lru_cache(maxsize=16)
def _listing(catalogue: Catalogue, what: str) -> tuple[Entry, ...]:
    tables: dict[str, list[Entry]] = defaultdict(list)
    for entry in catalogue.entries:
        if entry.fact.source == "cell" and entry.fact.table_kind != "performance":
            tables[entry.fact.table_id].append(entry)
    found: list[Entry] = []
    for entries in tables.values():
        rows = [e for e in entries if not _TOTAL.fullmatch(e.fact.row.strip())]
        names = {e.fact.row for e in rows}
        if len(names) >= _FEWEST and not any(e.fact.code for e in rows) and _lists(what, names, rows[0].fact):
            found += rows
    return tuple(found)


def _lists(what: str, names: Iterable[str], first: Fact) -> bool:
    title = first.table or ""
    if what == "项目":
        return first.table_kind == "other" and bool(_OF_PROJECTS.search(title))
    return all(_BODY.search(name.strip()) for name in names)


def rows_ranked(rows: tuple[Entry, ...], ref: Ref, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Of one table, the figure of every row in the column asked for: its total where none is; () where none fits.

    A table of income says nothing of what was spent, nor the other way round.
    """
    wanted = {item for name in ref.names for item in name.items} - {"项目"}
    for table in dict.fromkeys(e.fact.table_id for e in rows):
        own = [e for e in rows if e.fact.table_id == table]
        if ref.side and _side(own[0]) not in {ref.side, ""}:
            continue
        if wanted:
            found = [e for e in own if e.facet and not catalogue.names.both_sides(e.facet).isdisjoint(wanted)]
        else:
            found = [e for e in own if e.fact.facet in _WHOLE_COLUMNS]
        measures = {e.measure for e in found}
        measure = ref.measure or ("final" if "final" in measures else "budget")  # 花钱最多 is what was spent
        found = [e for e in found if e.measure == measure]
        if len({e.fact.row for e in found}) > 1:
            return tuple({e.fact.row: e for e in reversed(found)}.values())[::-1]
    return ()


def _side(entry: Entry) -> str:
    title = entry.fact.table or ""
    income, spent = "收入" in title, "支出" in title
    return entry.side or ("income" if income and not spent else "expenditure" if spent and not income else "")
