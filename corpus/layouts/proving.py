"""Placed figures -> the Proof that they stand where they were placed, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from corpus.document import Check, Column, Proof
from corpus.layouts.placing import DraftRow, Placed, Placement, SumRule, is_spaced, placements_to_grid, spacing_cost
from corpus.layouts.sums import Sum, check_sum

_MOST_NAMED = 3
_TOO_MANY = "数字多于栏目"
SHIFTED = "编码与名称错行"
_UNSURE = "间距不足以确定栏目名称"


def prove(
    rows: Sequence[DraftRow],
    columns: Sequence[Column],
    rules: Sequence[SumRule],
    placed: Placed,
    *,
    ruled: bool = False,
) -> Proof:
    """Proved where every sum holds, every figure is in one, and no other plausible placement would do.

    ``ruled``: the source itself parts the columns, so that only the sums need to hold.
    """
    grid = placements_to_grid(rows, placed.columns)
    if not any(row.figures for row in rows):
        return Proof("empty", "", ())
    if all(not column.path for column in columns):
        return Proof("proved", "", ())  # named figures: there is no column to mistake
    checks: list[Check] = []
    summed: set[tuple[int, int]] = set()
    for rule in rules:
        outcome = check_sum(grid.get(rule.whole), [grid.get(part) for part in rule.parts])
        if not outcome.trivial:
            checks.append(_to_check(rule, outcome))
            summed.update((rule.whole, *rule.parts) if outcome.holds else ())
    reasons = [
        *_too_many(rows, placed.columns),
        *_broken_sums(rows, columns, checks),
        *_open_rows(rows, placed),
        *_without_sum(rows, columns, grid, summed | _left_over(rows, rules)),
        *_unsure_places(columns, placed.unsure),
        *(() if ruled else _unsure_columns(rows, columns, placed.columns)),
    ]
    return Proof("unproved" if reasons else "proved", "；".join(reasons), tuple(checks))


_SEVERAL_BROKEN = 3


def is_misread(proof: Proof) -> bool:
    """May sums that do not hold be the fault of the reading, not of the report? So where most of several do not."""
    broken = sum(not check.holds for check in proof.checks)
    mostly = broken >= _SEVERAL_BROKEN and 2 * broken > len(proof.checks)
    return mostly or any(reason in proof.reason for reason in (_TOO_MANY, _UNSURE, SHIFTED))


def cell_name(rows: Sequence[DraftRow], columns: Sequence[Column], cell: tuple[int, int]) -> str:
    """A cell as a reader would name it: row label and innermost column header."""
    path = next((column.path for column in columns if column.index == cell[1]), ())
    return " ".join(part for part in (rows[cell[0]].label, *path[-1:]) if part)


def _to_check(rule: SumRule, outcome: Sum) -> Check:
    return Check(rule.whole, rule.parts, outcome.difference, outcome.holds)


def _few(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")


def _too_many(rows: Sequence[DraftRow], placements: Sequence[Placement]) -> Iterator[str]:
    names = [row.label for row, placement in zip(rows, placements, strict=True) if -1 in placement]
    if names:
        yield f"{_TOO_MANY}：{_few(names)}"


def _broken_sums(rows: Sequence[DraftRow], columns: Sequence[Column], checks: Sequence[Check]) -> Iterator[str]:
    names = [cell_name(rows, columns, check.whole) for check in checks if not check.holds]
    if names:
        yield f"分项之和与合计不符：{_few(names)}"


def _open_rows(rows: Sequence[DraftRow], placed: Placed) -> Iterator[str]:
    names = [rows[index].label for index in placed.open_rows]
    if names:
        yield f"合计关系不能唯一确定栏目：{_few(names)}"


def _without_sum(
    rows: Sequence[DraftRow],
    columns: Sequence[Column],
    grid: dict[tuple[int, int], Decimal | None],
    summed: set[tuple[int, int]],
) -> Iterator[str]:
    names = [cell_name(rows, columns, cell) for cell, value in grid.items() if value is not None and cell not in summed]
    if names:
        yield f"未列入任何成立的合计关系：{_few(names)}"


def _left_over(rows: Sequence[DraftRow], rules: Sequence[SumRule]) -> set[tuple[int, int]]:
    """Where sums place all but one of a row's columns, what is left over can only stand in that one."""
    ruled = {cell for rule in rules for cell in (rule.whole, *rule.parts)}
    free = {index: [(index, c) for c in row.columns if (index, c) not in ruled] for index, row in enumerate(rows)}
    return {cells[0] for index, cells in free.items() if len(cells) == 1 and len(rows[index].columns) > 1}


def _unsure_columns(
    rows: Sequence[DraftRow], columns: Sequence[Column], placements: Sequence[Placement]
) -> Iterator[str]:
    """Sums cannot tell a table from the same one with its columns renamed: for that the spacing must be clear."""
    for over in {row.columns for row in rows}:
        mine = [(row, p) for row, p in zip(rows, placements, strict=True) if row.columns == over and row.figures]
        used = sorted({column for _, placement in mine for column in placement if column >= 0})
        if not used or len(used) == len(over):
            continue
        cost = sum(spacing_cost(row, p) for row, p in mine)
        others = [other for other in combinations(over, len(used)) if list(other) != used]
        renamed = (_renamed_cost(mine, dict(zip(used, other, strict=True))) for other in others)
        if any(other <= cost for other in renamed) or not all(is_spaced(row) for row, _ in mine):
            names = [columns[column].path[-1] for column in used if columns[column].path]
            yield f"{_UNSURE}：{_few(names)}"


def _unsure_places(columns: Sequence[Column], unsure: Sequence[int]) -> Iterator[str]:
    if unsure:
        yield f"{_UNSURE}：{_few([columns[at].path[-1] for at in unsure if columns[at].path])}"


def _renamed_cost(placed: Sequence[tuple[DraftRow, Placement]], names: dict[int, int]) -> int:
    """How far the spacing is from the table with its columns renamed."""
    return sum(spacing_cost(row, tuple(names.get(c, c) for c in placement)) for row, placement in placed)
