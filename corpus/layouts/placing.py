"""Which column does each figure stand in? Spacing proposes, sums decide.

A row prints k figures over n columns and leaves the others blank. The gaps between the figures make
some placements plausible; of these the one is taken that breaks the fewest of the table's sums, then
the one nearest to the spacing. A row is proved where any other plausible placement would break a sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from corpus.document import Line, Panel
from corpus.layouts.sums import check_sum
from corpus.layouts.tokens import Token

_MOST_PLACEMENTS = 3000
Placement = tuple[int, ...]
Grid = Mapping[tuple[int, int], Decimal | None]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row whose figures have no column yet. ``columns``: those it may fill; ``trailing``: white space at its end."""

    label: str
    code: str
    level: int | None
    parent: int | None
    panel: Panel
    lines: tuple[Line, ...]
    line: Line
    figures: tuple[Token, ...]
    trailing: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SumRule:
    """The cell ``whole`` is the sum of the cells ``parts``; cells as (row, column)."""

    whole: tuple[int, int]
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The placements chosen, row by row. ``open_rows``: rows which another placement would suit as well."""

    columns: tuple[Placement, ...]
    open_rows: tuple[int, ...]
    broken: int
    cost: float


def place(rows: Sequence[DraftRow], rules: Sequence[SumRule]) -> Placed:
    """A column for every figure. Deterministic; rows improve one at a time until none can."""
    candidates = [row_to_placements(row) for row in rows]
    chosen = [options[0] for options in candidates]
    touching = _rules_by_row(rules, len(rows))
    for _ in range(8):
        before = list(chosen)
        for index, options in enumerate(candidates):
            if len(options) > 1:
                chosen[index] = _best(index, rows, options, chosen, touching[index])
        if before == chosen:
            break
    grid = placements_to_grid(rows, chosen)
    open_rows = [i for i, options in enumerate(candidates) if _is_open(i, rows, options, chosen, touching[i])]
    broken = sum(not _holds(rule, grid) for rule in rules)
    cost = sum(spacing_cost(row, placement) for row, placement in zip(rows, chosen, strict=True))
    return Placed(tuple(chosen), tuple(open_rows), broken, cost)


def row_to_placements(row: DraftRow) -> tuple[Placement, ...]:
    """The placements the spacing allows, nearest first; all of them where it allows none."""
    k, n = len(row.figures), len(row.columns)
    if k >= n:
        return (row.columns + (-1,) * (k - n),)
    every: Iterator[Placement] = combinations(row.columns, k)
    if comb(n, k) > _MOST_PLACEMENTS:
        return (row.columns[:k],)
    options = sorted(every, key=lambda placement: spacing_cost(row, placement))
    plausible = tuple(placement for placement in options if _is_plausible(row, placement))
    return plausible or tuple(options)


def placements_to_grid(
    rows: Sequence[DraftRow], placements: Sequence[Placement]
) -> dict[tuple[int, int], Decimal | None]:
    """(row, column) -> value of every figure placed; cells that are missing are blank."""
    return {
        (index, column): token.value
        for index, (row, placement) in enumerate(zip(rows, placements, strict=True))
        for column, token in zip(placement, row.figures, strict=True)
        if column >= 0
    }


def spacing_cost(row: DraftRow, placement: Placement) -> int:
    """How far the gaps are from what an unpadded text layer would show: one space a cell, two for an empty one."""
    return sum(abs(gap - (1 + 2 * blanks)) for gap, blanks in _gaps(row, placement))


def is_spaced(row: DraftRow) -> bool:
    """Can any placement explain this row's spacing? Not where white space was lost."""
    return any(_is_plausible(row, p) for p in row_to_placements(row))


def _is_plausible(row: DraftRow, placement: Placement) -> bool:
    return all(-2 <= gap - (1 + 2 * blanks) <= 2 + blanks for gap, blanks in _gaps(row, placement))


def _gaps(row: DraftRow, placement: Placement) -> Iterator[tuple[int, int]]:
    """(spaces, blank cells) before each figure and after the last one; not the latter where line ends were stripped."""
    last = -1
    for token, column in zip(row.figures, placement, strict=True):
        at = row.columns.index(column) if column in row.columns else len(row.columns)
        yield token.gap, max(0, at - last - 1)
        last = at
    if row.trailing and row.figures:
        yield row.trailing, max(0, len(row.columns) - last - 1)


def _rules_by_row(rules: Sequence[SumRule], count: int) -> list[list[SumRule]]:
    touching: list[list[SumRule]] = [[] for _ in range(count)]
    for rule in rules:
        for row in {rule.whole[0], *(part[0] for part in rule.parts)}:
            touching[row].append(rule)
    return touching


def _holds(rule: SumRule, grid: Grid) -> bool:
    return check_sum(grid.get(rule.whole), [grid.get(part) for part in rule.parts]).holds


def _broken(
    index: int, rows: Sequence[DraftRow], option: Placement, chosen: Sequence[Placement], rules: Sequence[SumRule]
) -> int:
    trial = [*chosen[:index], option, *chosen[index + 1 :]]
    grid = placements_to_grid(rows, trial)
    return sum(not _holds(rule, grid) for rule in rules)


def _best(
    index: int, rows: Sequence[DraftRow], options: Sequence[Placement], chosen: Sequence[Placement],
    rules: Sequence[SumRule],
) -> Placement:
    """Fewest broken sums; then nearest to the spacing and to where the rows beside it stand."""
    beside = Counter(
        placement
        for other, (row, placement) in enumerate(zip(rows, chosen, strict=True))
        if other != index and row.parent == rows[index].parent and len(placement) == len(options[0])
    )
    most = max(1, sum(beside.values()))
    return min(
        options,
        key=lambda option: (
            _broken(index, rows, option, chosen, rules),
            spacing_cost(rows[index], option) + 1 - beside[option] / most,
        ),
    )


def _is_open(
    index: int, rows: Sequence[DraftRow], options: Sequence[Placement], chosen: Sequence[Placement],
    rules: Sequence[SumRule],
) -> bool:
    least = _broken(index, rows, chosen[index], chosen, rules)
    others = (option for option in options if option != chosen[index])
    return any(_broken(index, rows, option, chosen, rules) <= least for option in others)
