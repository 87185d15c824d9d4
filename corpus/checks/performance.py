"""The summary of performance evaluations (项目数, 涉及预算金额, 平均得分, 评级) against the tables of the projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from corpus.checks.book import Book
from corpus.checks.claims import Claim, Formula, Term, sum_of
from corpus.checks.discrepancy import fact_name, is_money
from corpus.facts import Fact

_GRADED = re.compile(r"评[级价定].*为“[^”]+”的项目$")


def scores(book: Book, facts: Sequence[Fact]) -> Iterator[Claim]:
    """The score that a project's table repeats in its texts."""
    cells = {f.table_id: f for f in facts if f.source == "cell" and f.measure == "score" and f.value is not None}
    for fact in book.sentences:
        cell = cells.get(fact.table_id)
        if cell is not None and fact.measure == "score" and "得分" in fact.item + fact.column:
            yield Claim("table_and_text", fact, sum_of([cell], fact.unit), fact_name(cell))


def grades(book: Book) -> Iterator[Claim]:
    """The projects of each grade (优、良、合格、不合格) make all the projects evaluated, where four grades are counted."""
    sections = dict.fromkeys(fact.section for fact in book.sentences if "绩效评价" in fact.item)
    for section in sections:
        counts = [f for f in book.sentences if f.section == section and f.measure == "count" and not f.table_id]
        graded = [f for f in counts if _GRADED.search(f.item)]
        whole = next((f for f in counts if "绩效评价" in f.item and f not in graded), None)
        if whole is not None and len(graded) >= 4 and len({f.item for f in graded}) == len(graded):
            yield Claim("sum_in_text", whole, sum_of(graded, whole.unit), f"各等级项目数之和（共 {len(graded)} 项）")


def evaluations(book: Book, facts: Sequence[Fact]) -> Iterator[Claim]:
    """Only where every evaluated project has its table."""
    cells = [f for f in facts if f.source == "cell" and f.table_kind == "performance" and f.value is not None]
    marks = [f for f in cells if f.measure == "score"]
    budgets = [f for f in cells if f.measure == "budget"]
    stated = [f for f in book.sentences if not f.table_id and "绩效评价" in f.item]
    count = next((f for f in stated if f.measure == "count" and f.value == len({c.table_id for c in cells})), None)
    if count is None or not cells:
        return
    for fact in stated:
        if fact.measure == "budget" and is_money(fact) and len(budgets) == count.value:
            way = f"各项目预算金额之和（共 {len(budgets)} 项）"
            yield Claim("performance", fact, sum_of(budgets, fact.unit), way)
        if fact.measure == "score" and "平均" in fact.item + fact.column and len(marks) == count.value:
            mean = Formula(tuple(Term(f) for f in marks), fact.unit, (), Fraction(1, len(marks)), rounded=True)
            yield Claim("performance", fact, mean, f"各项目评价分值的平均（共 {len(marks)} 项）")
