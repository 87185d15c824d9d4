"""Grids -> tables of the document, of the kinds in corpus/taxonomy/tables.toml or of none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Line, Table
from corpus.grids.aligned import aligned_to_head
from corpus.grids.bodies import Body, grid_to_body
from corpus.grids.captions import Caption, grid_to_caption
from corpus.grids.grid import Grid
from corpus.grids.heads import Head, grid_to_head
from corpus.grids.indicators import form_sums, grid_to_form, is_indicator_form
from corpus.grids.outlines import with_outline_parents
from corpus.grids.panelled import panels_to_parents
from corpus.grids.shifted import without_proof_if_shifted
from corpus.grids.trees import columns_to_sums
from corpus.layouts import region_to_table
from corpus.layouts.building import Draft, build_table, parent_groups
from corpus.layouts.panels import balance, panel_groups
from corpus.layouts.placing import DraftRow, Placed, SumRule, placements_to_grid
from corpus.layouts.regions import TableRegion
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.sums import check_sum
from corpus.layouts.tokens import compact
from corpus.measured import path_to_unit

_TOTAL = re.compile(r"(.*)(合计|总计)")
_LEVELS = {3: 1, 5: 2, 7: 3}


@dataclass(frozen=True, slots=True)
class GridTable:
    """A grid with what was read around and in it; ``region`` is where it stands in the document."""

    grid: Grid
    head: Head
    caption: Caption
    region: TableRegion


def grids_to_tables(grids: Sequence[Grid], lines: Sequence[Line]) -> tuple[GridTable, ...]:
    """Every grid with its caption, in order; ids are the kind, numbered from the second of a kind on."""
    found: list[GridTable] = []
    seen: Counter[str] = Counter()
    after = 0
    for at, grid in enumerate(grids):
        before = grids[at + 1].first_line if at + 1 < len(grids) else len(lines) + 1
        head = grid_to_head(grid)
        caption = grid_to_caption(grid, head, lines, after, before)
        if grid.roles:
            head = aligned_to_head(grid, shapes().of_kind(caption.kind))
        if is_indicator_form(grid):
            caption, head = replace(caption, kind="performance"), Head(0, (), ())
        seen[caption.kind] += 1
        id_ = caption.kind if seen[caption.kind] == 1 else f"{caption.kind}-{seen[caption.kind]}"
        own = tuple(lines[caption.first_line - 1 : caption.last_line])
        region = TableRegion(id_, caption.kind, caption.title, caption.first_line, caption.last_line, own, 1)
        found.append(GridTable(grid, head, caption, region))
        after = caption.last_line
    return tuple(found)


def grid_table_to_table(found: GridTable, section: tuple[str, ...]) -> Table:
    """The table with its figures in the columns the grid shows, proved by the sums its rows and header imply."""
    shape = shapes().of_kind(found.caption.kind)
    if is_indicator_form(found.grid):
        return _form(found, section)
    if shape.layout == "named_texts":
        return region_to_table(found.region, section)  # labels and texts: the lines say all there is
    body = grid_to_body(found.grid, found.head, shape.kind != "other")
    if any(row.panel for row in body.rows):
        rows, groups = panels_to_parents(body.rows, body.starts), panel_groups
        extra = tuple(_balance(rows))
    else:
        coded = any(row.code for row in body.rows)
        rows, groups = _with_parents(body.rows) if coded else with_outline_parents(body.rows, shape), parent_groups
        extra = ()
    unsure = sorted({body.column_of[at] for at in found.grid.unsure if at in body.column_of})
    placed = Placed(body.placements, (), 0, tuple(unsure))
    guessed = (
        *_column_rules(rows, body, shape),
        *_row_rules(rows, tuple(groups(rows)), {column.index: column.path for column in body.columns}),
    )
    # What is not a table of the template need not add up: there a sum proves something only where it holds.
    rules = (*(guessed if shape.kind != "other" else _holding(guessed, rows, placed)), *extra)
    draft = Draft("grid", body.columns, rows, rules, unit=found.caption.unit, placed=placed)
    return without_proof_if_shifted(build_table(found.region, section, draft, found.caption.note))


def _form(found: GridTable, section: tuple[str, ...]) -> Table:
    """A form of indicators: what was aimed at and reached adds up to nothing, so the sums only add to the proof."""
    draft, unit = grid_to_form(found.grid)
    rules = _holding(tuple(SumRule(*rule) for rule in form_sums(draft)), draft.rows, draft.placed or Placed((), (), 0))
    draft = replace(draft, rules=rules, unit=unit or found.caption.unit)
    table = build_table(found.region, section, draft, found.caption.note)
    status = "proved" if table.proof.status == "unproved" else table.proof.status
    return replace(table, proof=replace(table.proof, status=status, reason=""))


def _holding(rules: Sequence[SumRule], rows: Sequence[DraftRow], placed: Placed) -> tuple[SumRule, ...]:
    grid = placements_to_grid(rows, placed.columns)
    return tuple(
        rule for rule in rules if check_sum(grid.get(rule.whole), [grid.get(part) for part in rule.parts]).holds
    )


def _column_rules(rows: Sequence[DraftRow], body: Body, shape: TableShape) -> Iterator[SumRule]:
    sums = tuple(columns_to_sums(body.columns, shape))
    for index, row in enumerate(rows):
        for whole, parts in sums:
            own = tuple((index, part) for part in parts if part in row.columns)
            if whole in row.columns and own:
                yield SumRule((index, whole), own)


def _row_rules(
    rows: Sequence[DraftRow], groups: Sequence[tuple[int, tuple[int, ...]]], paths: Mapping[int, tuple[str, ...]]
) -> Iterator[SumRule]:
    for whole, parts in groups:
        for column in rows[whole].columns:
            if path_to_unit(paths.get(column, ())) == "%":
                continue  # shares of different wholes, and rates, do not add up
            own = tuple((part, column) for part in parts if column in rows[part].columns)
            if own:
                yield SumRule((whole, column), own)


def _balance(rows: Sequence[DraftRow]) -> Iterator[SumRule]:
    over = {panel: next((r.columns for r in rows if r.panel == panel), ()) for panel in ("income", "expenditure")}
    return balance(rows, {"income": over["income"], "expenditure": over["expenditure"]})


def _with_parents(rows: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """Levels by code; a 类 is a part of the total of its panel: the next 合计 below it, else the one above.

    A panel's rows come one after the other, so the totals of a table with two panels part them by themselves.
    """
    totals = [i for i, row in enumerate(rows) if not row.code and _TOTAL.fullmatch(compact(row.label))]
    by_code: dict[str, int] = {}
    for index, row in enumerate(rows):
        by_code.setdefault(row.code, index)
    out: list[DraftRow] = []
    for index, row in enumerate(rows):
        if not row.code and compact(row.label) == "小计":
            out.append(row)  # of the rows above it, which are counted themselves
            continue
        if index in totals:
            plain = compact(row.label) in shapes().total_rows
            grand = next((t for t in totals if t != index and compact(rows[t].label) in shapes().total_rows), None)
            out.append(replace(row, level=0, parent=None if plain or len(totals) < 3 else grand))
            continue
        below = next((total for total in totals if total > index), None)
        total = below if below is not None else next((t for t in reversed(totals) if t < index), None)
        shorter = (row.code[:length] for length in (5, 3) if length < len(row.code))
        parent = next((by_code[code] for code in shorter if code in by_code), total)
        out.append(
            replace(row, level=_LEVELS.get(len(row.code)), parent=parent if row.code or total is not None else None)
        )
    return tuple(out)
