"""Any other table: a header, then rows of a label and figures. Read by spacing, so mostly not provable."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Column, Line
from corpus.layouts.building import Draft, sum_rules
from corpus.layouts.headers import lines_to_header
from corpus.layouts.placing import DraftRow
from corpus.layouts.regions import TableRegion
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.tokens import lines_to_blocks, lines_to_tokens


def read(region: TableRegion, lines: Sequence[Line], shape: TableShape) -> Draft | None:
    """A row for every printed row that holds figures, under the columns of the lines before; no columns, no figures."""
    blocks = lines_to_blocks(lines)
    counts = [sum(token.is_figure for token in lines_to_tokens(block).items) for block in blocks]
    first = next((at for at, count in enumerate(counts) if count), None)
    header = lines_to_header([line for block in blocks[:first] for line in block], shape)
    most = max(counts, default=0)
    names = header.names[-most:] if 0 < most < len(header.names) and not shape.columns else header.names
    columns = tuple(Column(index, (name,)) for index, name in enumerate(names))
    rows = tuple(_block_to_row(block, len(columns)) for block in (blocks[first:] if first is not None else ()))
    whole = header.whole if names == header.names else None
    totals = [index for index, row in enumerate(rows) if row.label in shapes().total_rows]
    others = tuple(index for index in range(len(rows)) if index not in totals)
    groups = iter([(totals[0], others)] if len(totals) == 1 and others else [])
    return Draft("labelled", columns, rows, sum_rules(rows, whole, groups))


def _block_to_row(block: tuple[Line, ...], count: int) -> DraftRow:
    tokens = lines_to_tokens(block)
    label = "".join(token.text for token in tokens.items if not token.is_figure)
    figures = tuple(token for token in tokens.items if token.is_figure)
    level = 0 if label in shapes().total_rows else None
    return DraftRow(label, "", level, None, "", block, block[0], figures, tokens.trailing, tuple(range(count)))
