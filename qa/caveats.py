"""What an answer must be read with: tables whose columns no sum proves, and what the report's reading left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.facts import Fact
from qa.shelf import Shelf
from qa.understand.normalise import normalise_name


def caveats(facts: Sequence[Fact], shelf: Shelf) -> Iterator[str]:
    """A sentence for every reason to hold the figures of ``facts`` against the page. The reasons are those of
    ``corpus.acceptance`` and of each table's proof; one that names rows holds for these rows alone."""
    unproved = shelf.catalogue.unproved
    for fact in facts:
        reason = unproved.get(fact.table_id) if fact.source == "cell" else None
        if reason is None:
            continue
        rows = reason.partition("：")[2]
        if not rows or normalise_name(fact.row) in normalise_name(rows):
            yield f"《{fact.table}》这一行的栏目位置没有合计关系可以证明，引用前请对照原表。"
    if facts:
        yield from (warning for warning in shelf.catalogue.info.warnings if "《" not in warning)
