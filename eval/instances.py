"""``python -m eval.instances``: the kinds of question of the scripted set, made from any report's own facts.

For every kind (unit, difference, sum, share, times, compare, rank, filter, count, yes/no, completion, prior, what the
report does not hold) questions are made from facts whose names mean one value, and the answer is worked out here with
exact decimals, apart from the program. ``--report`` and ``--data`` choose the report; all that are indexed by default.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from eval.__main__ import ask_cases, qa
from eval.cases import Case
from eval.grade import Answer
from eval.roundtrip import Store, record_to_told
from eval.wordings import TOTALS, Told

_CENT = Decimal("0.01")
_MOST = 40  # questions of one kind about one report
_LEAST_GROUP = 4


@dataclass(frozen=True, slots=True)
class Instance:
    """A question with what its answer must assert first; ``right``: sequences any of which is right, () for a refusal."""

    kind: str
    text: str
    right: tuple[tuple[Decimal, ...], ...]


def instances(store: Store, year: int, strangers: Sequence[str] = ()) -> list[Instance]:
    """The questions about one report. ``strangers``: items of other reports that this one does not name."""
    plain = [fact for fact in store.facts if _plain(fact, store)]
    groups: dict[tuple[str, tuple[str, ...]], list[Told]] = defaultdict(list)
    for fact in plain:
        groups[fact.table, fact.parents[:1]].append(fact)
    families = [list({f.item: f for f in family}.values()) for family in groups.values()]
    made = [*_units(plain), *_refused(plain, year, strangers)]
    for family in families:
        made += [*_of_two(family)]
    made += [*_of_parts(plain, store), *_of_groups(plain, store), *_against_budget(plain, store), *_of_changes(store)]
    kept: dict[str, list[Instance]] = defaultdict(list)
    for one in {each.text: each for each in made}.values():
        kept[one.kind].append(one)
    return [one for kind in kept.values() for one in _spread(kind)]


def _spread(found: list[Instance]) -> list[Instance]:
    """At most ``_MOST``, taken evenly over the report."""
    step = max(1, -(-len(found) // _MOST))
    return found[::step]


def _plain(fact: Told, store: Store) -> bool:
    """A final (or, in a budget, budgeted) amount in a table, positive, whose name means nothing else."""
    if fact.source != "cell" or fact.measure not in {"final", "budget"} or fact.facet not in TOTALS:
        return False
    if fact.level == 0 or fact.unit not in {"万元", "元", "千元"} or not fact.value or fact.value <= 0:
        return False
    if fact.side != "expenditure" or fact.table_kind in {"three_public", "performance", "other"}:
        return False
    if re.search(r"合计|总计|小计|结转|结余", fact.item):
        return False
    named = [other for other in store.by_item.get(_key(fact), ()) if other.measure == fact.measure]
    return all(o.figure == fact.figure for o in named if o.facet in TOTALS and o.side == "expenditure")


def _key(fact: Told) -> str:
    from eval.wordings import loosely

    return loosely(fact.item)


def _units(plain: list[Told]) -> Iterator[Instance]:
    factor = {"万元": (Decimal(10_000), Decimal(10_000)), "元": (Decimal(1), Decimal(100_000_000))}
    for fact in plain:
        assert fact.value is not None
        if fact.unit == "万元":
            yield Instance("unit", f"{fact.item}是多少元？", ((fact.value * factor["万元"][0],),))
            yield Instance("unit", f"{fact.item}合多少亿元？", ((fact.value / factor["万元"][1],),))
        elif fact.unit == "元":
            yield Instance("unit", f"{fact.item}是多少万元？", ((fact.value / 10_000,),))


def _of_two(family: list[Told]) -> Iterator[Instance]:
    for a, b in pairwise(family):
        if a.value is None or b.value is None or a.unit != b.unit or a.value == b.value:
            continue
        gap, total = abs(a.value - b.value), a.value + b.value
        more, less = sorted((a, b), key=lambda f: f.value or 0, reverse=True)
        yield Instance("difference", f"{more.item}比{less.item}多多少？", ((gap,),))
        yield Instance("difference", f"{a.item}和{b.item}相差多少？", ((gap,),))
        yield Instance("sum", f"{a.item}和{b.item}一共多少？", ((total,),))
        yield Instance("times", f"{more.item}是{less.item}的几倍？", ((_rounded(_of(more) / _of(less)),),))
        yield Instance("compare", f"{a.item}和{b.item}哪个多？", ((_of(more), _of(less)), (_of(a), _of(b))))
        yield Instance("yesno", f"{more.item}比{less.item}多吗？", ((_of(more), _of(less)),))


def _of(fact: Told) -> Decimal:
    assert fact.value is not None
    return fact.value


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _of_parts(plain: list[Told], store: Store) -> Iterator[Instance]:
    wholes = {(f.table, f.item): f for f in plain}
    for fact in plain:
        whole = wholes.get((fact.table, fact.parents[0])) if fact.parents else None
        if whole is None or whole.unit != fact.unit or whole.item == fact.item:
            continue
        printed = {f.value for f in store.by_item[_key(fact)] if f.measure == "share" and f.value is not None}
        right = {_rounded(_of(fact) / _of(whole) * 100), *printed}
        yield Instance("share", f"{fact.item}占{whole.item}的百分之几？", tuple((value,) for value in right))
        yield Instance("share", f"{whole.item}里{fact.item}占多大比例？", tuple((value,) for value in right))
        yield Instance("yesno", f"{fact.item}超过{_of(whole)}{fact.unit}了吗？", ((_of(fact),),))


def _of_groups(plain: list[Told], store: Store) -> Iterator[Instance]:
    families: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for fact in store.facts:
        if fact.source == "cell" and fact.parents and fact.facet in TOTALS and fact.side == "expenditure":
            families[fact.table, fact.parents[0]].append(fact)
    for whole in plain:
        parts = [f for f in families.get((whole.table, whole.item), ()) if f.value is not None and f.value > 0]
        if len(parts) < _LEAST_GROUP or len({f.value for f in parts}) < len(parts):
            continue
        order = sorted((_of(f) for f in parts), reverse=True)
        yield Instance("rank", f"{whole.item}里最大的三项是哪些？", (tuple(order[:3]),))
        yield Instance("rank", f"{whole.item}中金额最高的一项是什么？", (tuple(order[:1]),))
        bound = order[len(order) // 2]
        above = tuple(_of(f) for f in parts if _of(f) > bound)
        yield Instance("filter", f"{whole.item}里超过{bound}{whole.unit}的有哪些？", (above,))
        yield Instance("count", f"{whole.item}里超过{bound}{whole.unit}的有几项？", ((Decimal(len(above)),),))
        yield Instance("rank", f"{whole.item}里前三名合计多少？", ((sum(order[:3], Decimal(0)),),))


def _against_budget(plain: list[Told], store: Store) -> Iterator[Instance]:
    """Items with a budget printed in a sentence and a final figure in a table."""
    for fact in plain:
        told = [f for f in store.by_item[_key(fact)] if f.source == "sentence" and f.value is not None]
        budgets = {_of(f) for f in told if f.measure == "budget" and f.unit == fact.unit}
        finals = {_of(f) for f in told if f.measure == "final" and f.unit == fact.unit} | {_of(fact)}
        if fact.measure != "final" or len(budgets) != 1 or len(finals) != 1:
            continue
        budget, final = budgets.pop(), _of(fact)
        printed = {_of(f) for f in told if f.measure == "completion"}
        yield Instance("budget", f"{fact.item}决算和预算差多少？", ((abs(budget - final),),))
        if budget and final != budget:
            rates = printed or {_rounded(final / budget * 100)}
            yield Instance("budget", f"{fact.item}完成预算的百分之几？", tuple((rate,) for rate in rates))
            yield Instance("yesno", f"{fact.item}超预算了吗？", ((final, budget),))


def _of_changes(store: Store) -> Iterator[Instance]:
    """Amounts of the year before, from this year's and the change that is printed."""
    for fact in store.facts:
        if fact.measure != "change" or fact.unit != "万元" or not fact.basis.isdigit() or fact.value is None:
            continue
        now = {f.value for f in store.by_item[_key(fact)] if f.measure == "final" and f.facet in TOTALS}
        changes = {f.value for f in store.by_item[_key(fact)] if f.measure == "change" and f.basis == fact.basis}
        if len(now) == 1 and len(changes) == 1 and (value := now.pop()) is not None:
            yield Instance("prior", f"{fact.basis}年{fact.item}是多少？", ((value - fact.value,),))


def _refused(plain: list[Told], year: int, strangers: Sequence[str]) -> Iterator[Instance]:
    years = (f"{year - 4}年{{}}是多少？", f"{year + 2}年{{}}是多少？")
    asked = ("上半年{}花了多少？", "第三季度{}是多少？", *years, "办公室王主任的{}是多少？")
    for i, fact in enumerate(plain):
        yield Instance("refused", asked[i % len(asked)].format(fact.item), ())
    for item in strangers:
        yield Instance("strange", f"{item}是多少？", ())


def why_wrong(one: Instance, answer: Answer) -> str:
    """What is wrong with the answer to an instance; empty when nothing is."""
    got = [Decimal(f["value"]) for f in answer["figures"] if f["role"] == "answer" and f["value"] is not None]
    if not one.right:
        return "" if answer["status"] != "answered" and not got else f"answered {got}: {answer['text'][:80]}"
    if answer["status"] != "answered":
        return f"{answer['status']}: {answer['text'][:80]}"
    if one.kind in {"compare", "yesno", "filter"}:
        return "" if any(set(right) <= set(got) for right in one.right) else f"got {got}"
    return "" if any(tuple(got[: len(right)]) == right for right in one.right) else f"got {got}: {answer['text'][:80]}"


def run(store: Store, year: int, options: Sequence[str], strangers: Sequence[str] = ()) -> list[tuple[Instance, str]]:
    """Every instance of one report with what is wrong with its answer ("" for nothing). ``options``: --report, --data."""
    made = instances(store, year, strangers)
    cases = [Case(str(i), "lookup", (), (one.text,), (), "") for i, one in enumerate(made)]
    answers = ask_cases(cases, options)
    return [(one, why_wrong(one, answers[str(i)][0])) for i, one in enumerate(made)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 1 when an answer is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.instances", description="Every kind of question, of any report."
    )
    parser.add_argument("--data", default="", help="the index's directory")
    parser.add_argument("--report", default="", help="one report's id (all by default)")
    parser.add_argument("--limit", type=int, default=40, help="how many misses to list for each report (0: all)")
    options = parser.parse_args(arguments)
    data = ["--data", options.data] if options.data else []
    reports: list[Mapping[str, Any]] = json.loads(qa("reports", "--json", *data))
    chosen = [report for report in reports if options.report in ("", report["id"])]
    stores = {r["id"]: _store(qa("facts", "--format", "jsonl", "--report", r["id"], *data)) for r in reports}
    wrong = 0
    for report in chosen:
        others = [store for id_, store in stores.items() if id_ != report["id"]]
        found = run(
            stores[report["id"]], int(report["year"]), [*data, "--report", report["id"]],
            _strangers(stores[report["id"]], others),
        )  # fmt: skip
        misses = [(one, why) for one, why in found if why]
        wrong += len(misses)
        asked, right = Counter(one.kind for one, _ in found), Counter(one.kind for one, why in found if not why)
        print(f"{report['id']}: {len(found) - len(misses)} of {len(found)} right")
        print("  " + ", ".join(f"{kind} {right[kind]}/{asked[kind]}" for kind in sorted(asked)))
        for one, why in misses[: options.limit or None]:
            print(f"  {one.kind}: {one.text}\n      wanted {[[*map(str, r)] for r in one.right]}; {why}")
    return 1 if wrong else 0


def _store(lines: str) -> Store:
    return Store(tuple(record_to_told(json.loads(line)) for line in lines.splitlines()))


def _strangers(store: Store, others: Sequence[Store]) -> list[str]:
    """Functional items (项) of the other reports that this one does not name in any way."""
    own = {fact.item for fact in store.facts}
    foreign = {f.item for other in others for f in other.facts if f.level == 3 and f.source == "cell" and f.code}
    return sorted(item for item in foreign - own if not any(item in name or name in item for name in own))


if __name__ == "__main__":
    sys.exit(main())
