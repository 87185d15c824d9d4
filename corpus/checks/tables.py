"""What the tables must satisfy: each its own sums, and one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.checks.book import Book, canonical
from corpus.checks.claims import Claim, sum_of
from corpus.checks.discrepancy import fact_name
from corpus.document import Table
from corpus.facts import Fact
from corpus.layouts.proving import is_misread
from corpus.layouts.shapes import Identity, shapes


def within_tables(tables: Sequence[Table], book: Book) -> Iterator[Claim]:
    """Every sum a table was proved by. A table whose columns are unsure is left out: the report may be right."""
    for table in tables:
        if is_misread(table.proof):
            continue
        for check in table.proof.checks:
            whole = book.at(table.id, check.whole)
            parts = [fact for part in check.parts if (fact := book.at(table.id, part)) and fact.value is not None]
            if whole is None or (not parts and whole.value is None):
                continue
            way = fact_name(parts[0]) if len(check.parts) == 1 and parts else f"各分项之和（{_listed(parts)}）"
            yield Claim("sum_in_table", whole, sum_of(parts, whole.unit), way)


def between_tables(book: Book) -> Iterator[Claim]:
    """The identities of tables.toml, for the figures both tables print."""
    for identity in shapes().identities:
        right = book.side(identity.right)
        for fact in book.side(identity.left):
            other = next((other for other in right if _belong(identity, fact, other)), None)
            if other is None:
                continue
            way = ("不应大于的" if identity.relation == "at_most" else "") + fact_name(other)
            yield Claim("between_tables", fact, sum_of([other], fact.unit), way, identity.relation)


def _belong(identity: Identity, left: Fact, right: Fact) -> bool:
    if identity.join == "item":
        kind = identity.right.table
        return canonical(kind, left.item) == canonical(kind, right.item)
    if identity.join == "code":
        return bool(left.code) and (left.code, left.facet) == (right.code, right.facet)
    if identity.join == "item_is_facet":
        return left.item == right.facet
    return True


def _listed(facts: Sequence[Fact]) -> str:
    """The addends by name where they are few."""
    if len(facts) > 4:
        return f"共 {len(facts)} 项"
    rows = {fact.row for fact in facts}
    names = [fact.row if len(rows) == len(facts) and len(rows) > 1 else fact.column.split(" › ")[-1] for fact in facts]
    return "、".join(f"{name} {fact.value:,}" for name, fact in zip(names, facts, strict=True)) or "均为空白"
