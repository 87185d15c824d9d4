"""The summary of performance evaluations (项目数, 涉及预算金额, 平均得分) against the tables of the projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from corpus.checks.book import Book
from corpus.checks.discrepancy import Claim, fact_name, is_money, slack_in, total_of
from corpus.facts import Fact


def scores(book: Book, facts: Sequence[Fact]) -> Iterator[Claim]:
    """The score that a project's table repeats in its texts."""
    cells = {f.table_id: f for f in facts if f.source == "cell" and f.measure == "score" and f.value is not None}
    for fact in book.sentences:
        cell = cells.get(fact.table_id)
        if cell is not None and fact.measure == "score" and "得分" in fact.item + fact.column:
            tolerance = slack_in(fact, fact.unit) + slack_in(cell, fact.unit)
            yield Claim("table_and_text", fact, cell.value or Decimal(0), tolerance, fact_name(cell), (cell,))


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
            computed, slack = total_of(budgets, fact.unit)
            way = f"各项目预算金额之和（共 {len(budgets)} 项）"
            yield Claim("performance", fact, computed, slack + slack_in(fact, fact.unit), way, tuple(budgets))
        if fact.measure == "score" and "平均" in fact.item + fact.column and len(marks) == count.value:
            yield _mean(fact, marks)


def _mean(fact: Fact, scores: Sequence[Fact]) -> Claim:
    total, slack = total_of(scores, fact.unit)
    exact = total / len(scores)
    digits = Decimal(1).scaleb(int((fact.value or Decimal(0)).as_tuple().exponent))
    computed = exact.quantize(digits, rounding=ROUND_HALF_UP)
    tolerance = abs(exact - computed) + slack / len(scores) + slack_in(fact, fact.unit)
    way = f"各项目评价分值的平均（共 {len(scores)} 项）"
    return Claim("performance", fact, computed, tolerance, way, tuple(scores))
