"""May a report be asked? What was read is measured: it is accepted, accepted with warnings, or quarantined.

A quarantined report is not indexed: too much of it was not understood for an answer to be trusted. A warning
names what an answer from the report must be read with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus.completeness import TokenReport
from corpus.document import Document, Table
from corpus.facts import Fact
from corpus.layouts.proving import is_misread

_LEAST_SHARE = Decimal("0.9")  # of the numbers printed: below it the reading cannot be trusted
_ENOUGH = 3  # tables with figures: with fewer, one that does not add up says little of the reading
_TORN = 2  # tables whose names and figures came apart
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Acceptance:
    """``tokens``: numbers printed; ``accounted``: of those, how many belong to a fact or a named class.

    ``warnings``: whole sentences for whoever reads an answer; ``rejections``: why the report is quarantined.
    """

    tokens: int
    accounted: int
    warnings: tuple[str, ...]
    rejections: tuple[str, ...]


def accept(document: Document, facts: Sequence[Fact], tokens: TokenReport) -> Acceptance:
    """Weighs what was read of ``document``."""
    left = tokens.left_over()
    count = len(tokens.tokens)
    figures = [table for table in document.tables if table.proof.status != "empty"]
    return Acceptance(
        count,
        count - len(left),
        tuple(_warnings(document, figures, len(left), count)),
        tuple(_rejections(figures, facts, len(left), count)),
    )


def _rejections(figures: Sequence[Table], facts: Sequence[Fact], left: int, count: int) -> list[str]:
    reasons = []
    if not any(fact.value is not None for fact in facts):
        reasons.append("没有读到任何数字")
    if count and Decimal(count - left) / count < _LEAST_SHARE:
        reasons.append(f"全部 {count} 个数字中只有 {percent(count - left, count)} 能归到项目")
    torn = [table for table in figures if _is_torn(table)]
    doubtful = [
        table
        for table in figures
        if is_misread(table.proof) or _does_not_add_up(table) or table in torn or _proves_nothing(table)
    ]
    if len(figures) >= _ENOUGH and 2 * len(doubtful) > len(figures):
        reasons.append(f"{len(figures)} 张有数字的表中 {len(doubtful)} 张的分项与合计不符，可能没有读对")
    elif len(torn) >= _TORN:
        reasons.append(f"{len(torn)} 张表的名称与数字不在同一行，可能没有读对")
    return reasons


def _does_not_add_up(table: Table) -> bool:
    """More sums broken than a report breaks by itself."""
    broken = sum(not check.holds for check in table.proof.checks)
    return 2 * broken > len(table.proof.checks)


def _proves_nothing(table: Table) -> bool:
    return table.proof.status == "unproved" and not any(check.holds for check in table.proof.checks)


def _is_torn(table: Table) -> bool:
    """Does a row of figures lack its name, where others have one? Then names may stand beside figures not theirs."""
    named = [row.index for row in table.rows if row.label or row.code]
    numbers = {cell.row for cell in table.cells if cell.state == "number"}
    return table.kind != "other" and table.proof.status == "unproved" and bool(named) and not numbers <= set(named)


def _warnings(document: Document, figures: Sequence[Table], left: int, count: int) -> list[str]:
    found = []
    unproved = [f"《{table.title}》（{table.proof.reason}）" for table in figures if table.proof.status == "unproved"]
    if unproved:
        found.append(f"有 {len(unproved)} 张表的数字未能由合计关系证明位置：{_few(unproved)}。")
    unitless = [
        f"《{table.title}》" for table in figures if not table.unit and table.kind not in ("performance", "other")
    ]
    if unitless:
        found.append(f"没有注明单位的表：{_few(unitless)}。")
    if not any(table.kind not in ("performance", "other") for table in document.tables):
        found.append("报告中没有表格，数字都来自说明部分。")
    if left:
        found.append(f"全部 {count} 个数字中有 {left} 个没有归到任何项目。")
    return found


def _few(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")


def percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` as a percentage with one decimal, rounded half up; "100 %" only where it is all."""
    if part == whole:
        return "100 %"
    share = (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{min(share, Decimal('99.9'))} %"
