"""What the sentences must satisfy: the tables, one another, and the sums they state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.checks.book import Book, canonical, first_of_each
from corpus.checks.claims import Claim, Formula, sum_of
from corpus.checks.discrepancy import fact_name, is_money, value_in
from corpus.checks.verdict import judge
from corpus.facts import Fact
from corpus.layouts.shapes import shapes

_SHARES_ADD_UP = Decimal("0.5")  # percentage points that the shares of all parts may miss 100 by


def with_tables(book: Book) -> Iterator[Claim]:
    """A stated amount and the cell it repeats."""
    for fact in book.sentences:
        kind = book.kind_of(fact)
        if fact.measure not in ("final", "budget") or not is_money(fact) or not kind:
            continue
        cells = book.cell(kind, fact, fact.measure) or _cells_elsewhere(book, kind, fact)
        if cells:
            cell = next((cell for cell in cells if value_in(cell, fact.unit) == fact.value), cells[0])
            others = tuple(_same(other, fact) for other in cells if other is not cell)
            yield Claim("table_and_text", fact, _same(cell, fact), fact_name(cell), others=others)


def _cells_elsewhere(book: Book, kind: str, fact: Fact) -> list[Fact]:
    """Where the section's own table prints no such total, the cell of another table that must equal it."""
    name = canonical(kind, fact.item)
    for identity in shapes().identities:
        for side, other in ((identity.left, identity.right), (identity.right, identity.left)):
            if identity.relation == "equal" and not identity.join and (side.table, side.item) == (kind, name):
                found = [cell for cell in book.side(other) if cell.measure == fact.measure]
                if found:
                    return found
    return []


def repeated(book: Book) -> Iterator[Claim]:
    """The same figure stated more than once."""
    first: dict[tuple[object, ...], Fact] = {}
    for fact in book.sentences:
        kind = book.kind_of(fact)
        unit = "money" if is_money(fact) else fact.unit
        item = canonical(kind, fact.item)
        key = (kind, item, fact.parents, fact.measure, fact.basis, fact.period, unit, fact.table_id)
        before = first.setdefault(key, fact)
        if before is fact or not kind:
            continue
        yield Claim("repeated", fact, _same(before, fact), f"前文{fact_name(before)}")


def sums(book: Book) -> Iterator[Claim]:
    """A stated whole and its stated parts, where all of the parts are known to be named."""
    for whole_name, group in _families(book):
        kind = book.kind_of(group[0])
        by_measure: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        for fact in group:
            by_measure[fact.measure, fact.basis, fact.unit if not is_money(fact) else "money"].append(fact)
        wholes = [f for f in book.sentences if canonical(kind, f.item) == canonical(kind, whole_name)]
        wholes = [f for f in wholes if f not in group and book.kind_of(f) == kind and not f.table_id]
        complete = whole_name in shapes().complete or _all_named(by_measure, wholes)
        for (measure, basis, _), facts in by_measure.items():
            parts = first_of_each(facts)
            whole = _nearest(parts[0], [f for f in wholes if f.measure == measure and f.basis == basis])
            if measure not in ("final", "budget", "change", "count") or whole is None or len(parts) < 2 or not complete:
                continue
            if whole.unit != parts[0].unit and not is_money(whole):
                continue
            way = f"各分项之和（共 {len(parts)} 项）"
            yield Claim("sum_in_text", whole, sum_of(parts, whole.unit), way)


def parts_at_most(book: Book) -> Iterator[Claim]:
    """A stated part is not more than the whole it is stated to be of."""
    for fact in book.sentences:
        if not fact.parents or fact.table_id or fact.measure not in ("final", "budget", "count"):
            continue
        kind = book.kind_of(fact)
        wholes = [
            other
            for other in book.sentences
            if (other.section, other.measure) == (fact.section, fact.measure)
            and canonical(kind, other.item) == canonical(kind, fact.parents[0])
            and other.parents[:1] != fact.parents[:1]  # 其他交通运输支出（项） is beside its like, not their 款
            and (other.unit == fact.unit or (is_money(other) and is_money(fact)))
        ]
        whole = _nearest(fact, wholes)
        if whole is not None:
            yield Claim("part_above_whole", fact, _same(whole, fact), f"不应大于的{fact_name(whole)}", "at_most")


def _same(other: Fact, fact: Fact) -> Formula:
    """That the one figure is the other, in the unit of ``fact``."""
    return sum_of([other], fact.unit)


def _families(book: Book) -> Iterator[tuple[str, list[Fact]]]:
    """(whole, what is stated of its parts in one section): by 其中, or the 项 listed under a table's total."""
    by_parent: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    listed: dict[str, list[Fact]] = defaultdict(list)
    for fact in book.sentences:
        if not fact.parents or fact.table_id:
            continue
        by_parent[fact.section, fact.parents[0]].append(fact)
        kind = book.kind_of(fact)
        if kind and canonical(kind, fact.parents[-1]) == fact.parents[-1]:
            listed[fact.section].append(fact)
    for (_, parent), facts in by_parent.items():
        yield parent, facts
    for section, facts in listed.items():
        total = shapes().of_kind(book.kind_of(facts[0])).total_item
        own = {(fact.item, fact.parents) for fact in facts}
        leaves = [f for f in facts if not any(p[1][:1] == (f.item,) and p[1][1:] == f.parents for p in own)]
        if total and any(f.section == section and canonical(book.kind_of(f), f.item) == total for f in book.sentences):
            yield total, leaves


def _all_named(by_measure: dict[tuple[str, str, str], list[Fact]], wholes: Sequence[Fact]) -> bool:
    """Are these all the parts? So it is where their shares make 100 %, or their finals the whole, within rounding."""
    for (measure, basis, _), facts in by_measure.items():
        parts = first_of_each(facts)
        shared = sum((fact.value or Decimal(0) for fact in parts), Decimal(0))
        if measure == "share" and len(parts) > 1 and abs(shared - 100) <= _SHARES_ADD_UP:
            return True
        if measure == "final" and is_money(parts[0]):
            stated = [f for f in wholes if f.measure == "final" and f.basis == basis and is_money(f)]
            claims = (Claim("", whole, sum_of(parts, whole.unit), "") for whole in stated)
            if any(judge(claim).outcome in ("holds", "rounding") for claim in claims):
                return True
    return False


def _nearest(fact: Fact, wholes: Sequence[Fact]) -> Fact | None:
    """The whole stated in the parts' own section, else the first one stated."""
    return next((whole for whole in wholes if whole.section == fact.section), next(iter(wholes), None))
