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
_MOST_PASSES = 8
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
    """The placements chosen, row by row. ``open_rows``: rows which another placement would suit as well;
    ``unsure``: columns of figures that may be those of another header cell."""

    columns: tuple[Placement, ...]
    open_rows: tuple[int, ...]
    broken: int
    unsure: tuple[int, ...] = ()


def place(rows: Sequence[DraftRow], rules: Sequence[SumRule]) -> Placed:
    """A column for every figure. Deterministic; rows improve one at a time until none can."""
    candidates = [row_to_placements(row) for row in rows]
    chosen = [options[0] for options in candidates]
    touching = _rules_by_row(rules, len(rows))
    _improve(rows, candidates, chosen, touching)
    if _move_together(rows, candidates, chosen, rules):
        _improve(rows, candidates, chosen, touching)
    open_rows = [i for i, options in enumerate(candidates) if _is_open(i, rows, options, chosen, touching[i])]
    return Placed(tuple(chosen), tuple(open_rows), _count_broken(rows, chosen, rules))


def _improve(
    rows: Sequence[DraftRow],
    candidates: Sequence[Sequence[Placement]],
    chosen: list[Placement],
    touching: Sequence[Sequence[SumRule]],
) -> None:
    """Row by row the best placement, given where the others stand, until nothing moves."""
    for _ in range(_MOST_PASSES):
        before = list(chosen)
        for index, options in enumerate(candidates):
            if len(options) > 1:
                chosen[index] = _best(index, rows, options, chosen, touching[index])
        if before == chosen:
            break


def _move_together(
    rows: Sequence[DraftRow],
    candidates: Sequence[Sequence[Placement]],
    chosen: list[Placement],
    rules: Sequence[SumRule],
) -> bool:
    """Where sums are still broken, move a row and all of its parts at once if that mends some. True if any moved."""
    moved = False
    least = _distance(rows, chosen, rules)
    for root in range(len(rows)):
        if not least[0] or not any(row.parent == root for row in rows):
            continue
        family = [i for i in range(len(rows)) if chosen[i] == chosen[root] and _is_under(rows, i, root)]
        for option in candidates[root]:
            trial = [option if i in family and option in candidates[i] else p for i, p in enumerate(chosen)]
            distance = _distance(rows, trial, rules)
            if distance < least:
                chosen[:], least, moved = trial, distance, True
    return moved


def _distance(
    rows: Sequence[DraftRow], placements: Sequence[Placement], rules: Sequence[SumRule]
) -> tuple[int, Decimal]:
    """How many sums are broken and by how much in all."""
    grid = placements_to_grid(rows, placements)
    sums = [check_sum(grid.get(rule.whole), [grid.get(part) for part in rule.parts]) for rule in rules]
    broken = [abs(outcome.difference) for outcome in sums if not outcome.holds]
    return len(broken), sum(broken, Decimal(0))


def _is_under(rows: Sequence[DraftRow], index: int | None, root: int) -> bool:
    for _ in rows:
        if index is None or index == root:
            break
        index = rows[index].parent
    return index == root


def _count_broken(rows: Sequence[DraftRow], placements: Sequence[Placement], rules: Sequence[SumRule]) -> int:
    grid = placements_to_grid(rows, placements)
    return sum(not _holds(rule, grid) for rule in rules)


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
    """An empty cell leaves at least two spaces more; padding may leave one or two beside each cell."""
    gaps = ((gap - (1 + 2 * blanks), blanks) for gap, blanks in _gaps(row, placement))
    return all((over >= 0 or not blanks) and over <= 2 + blanks for over, blanks in gaps)


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
    return _count_broken(rows, [*chosen[:index], option, *chosen[index + 1 :]], rules)


def _best(
    index: int,
    rows: Sequence[DraftRow],
    options: Sequence[Placement],
    chosen: Sequence[Placement],
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
            spacing_cost(rows[index], option)
            + 1
            - beside[option] / most
            + 2 * _under_blank(index, option, rows, chosen, rules),
        ),
    )


def _under_blank(
    index: int, option: Placement, rows: Sequence[DraftRow], chosen: Sequence[Placement], rules: Sequence[SumRule]
) -> int:
    """How many figures of the row (a printed 0, else a sum were broken) stand in a column whose total is blank."""
    grid = placements_to_grid(rows, [*chosen[:index], option, *chosen[index + 1 :]])
    mine = [rule for rule in rules if any(part[0] == index and part in grid for part in rule.parts)]
    return sum(rule.whole not in grid for rule in mine if rule.whole[0] != index)


def _is_open(
    index: int,
    rows: Sequence[DraftRow],
    options: Sequence[Placement],
    chosen: Sequence[Placement],
    rules: Sequence[SumRule],
) -> bool:
    least = _broken(index, rows, chosen[index], chosen, rules)
    others = (option for option in options if option != chosen[index])
    return any(_broken(index, rows, option, chosen, rules) <= least for option in others)
