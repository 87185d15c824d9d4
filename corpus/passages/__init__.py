"""A report -> passages: pieces of text, by section and by table, each of which can be read alone.

A passage repeats the headings it stands under, and a table's title, unit and header, so that whoever
is shown it (or a search that finds it) needs nothing else. A new way to cut has its place here: one
file with a function that gives ``Piece`` objects, called from ``document_to_passages``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.document import Document
from corpus.passages.passage import Passage, PassageKind, Piece
from corpus.passages.sections import section_to_pieces
from corpus.passages.tables import table_to_pieces

__all__ = ["Passage", "PassageKind", "document_to_passages"]


def document_to_passages(document: Document) -> tuple[Passage, ...]:
    """Every passage of the report, in the order of its lines; ids are unique within it."""
    pieces = [piece for section in document.sections for piece in section_to_pieces(document, section)]
    for table in document.tables:
        pieces.extend(table_to_pieces(document, table))
    pieces.sort(key=lambda piece: (piece.line, -piece.last_line))
    return tuple(_pieces_to_passages(document.id, pieces))


def _pieces_to_passages(report: str, pieces: Iterable[Piece]) -> Iterator[Passage]:
    seen: Counter[str] = Counter()
    for piece in pieces:
        text = "\n".join(part for part in (" › ".join(piece.path), piece.caption, piece.body) if part)
        digest = hashlib.sha256("\x1f".join((report, piece.kind, piece.title, text)).encode()).hexdigest()[:16]
        seen[digest] += 1
        # The same words printed twice are two passages: the second is told apart by its ordinal.
        id_ = f"{report}:{digest}" if seen[digest] == 1 else f"{report}:{digest}-{seen[digest]}"
        yield Passage(
            id_,
            report,
            piece.kind,
            piece.path,
            piece.title,
            text,
            piece.body,
            piece.page,
            piece.line,
            piece.last_line,
            piece.table_id,
        )
