"""Names that slipped by a row: a code beside the official name of the code above or below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import Row, Table
from corpus.layouts.proving import SHIFTED
from corpus.layouts.tokens import compact
from corpus.taxonomy import taxonomy

_FEWEST = 2  # a report may itself print one name beside another's code


def without_proof_if_shifted(table: Table) -> Table:
    """``table``, unproved where names stand beside their neighbours' codes: sums hold whatever the rows are called."""
    names = list(_shifted(table.rows))
    if len(names) < _FEWEST:
        return table
    reason = "；".join(filter(None, (table.proof.reason, f"{SHIFTED}：{'、'.join(names[:3])}")))
    return replace(table, proof=replace(table.proof, status="unproved", reason=reason))


def _shifted(rows: Sequence[Row]) -> Iterator[str]:
    coded = [row for row in rows if row.code]
    for row, other in (*pairwise(coded), *((below, above) for above, below in pairwise(coded))):
        if row.label and _is_name(row.label, other.code) and not _is_name(row.label, row.code):
            yield f"{row.code} {row.label}"


def _is_name(label: str, code: str) -> bool:
    return any(compact(label) == compact(name) for entry in taxonomy().coded(code) for name in entry.names)
