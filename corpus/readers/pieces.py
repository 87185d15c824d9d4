"""What a reader gives: lines of text and grids in the order of the page -> numbered lines and grids that stand on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Line
from corpus.grids.grid import Grid, RawGrid, raw_to_grid
from corpus.readers.captioned import split_caption


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of running text. A space at its end says that a paragraph ends here, one at its start is an indent.

    ``is_heading``: it is set like a heading, though it may carry no number.
    """

    page: int
    text: str
    is_heading: bool = False


Piece = TextLine | RawGrid


@dataclass(frozen=True, slots=True)
class Source:
    """A file as lines, and the grids that stand on some of them.

    ``headings``: numbers of the lines that are set like headings; ``may_be_cut``: the format has no end of its own.
    """

    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    headings: frozenset[int] = frozenset()
    may_be_cut: bool = False


def pieces_to_source(pieces: Iterable[Piece]) -> Source:
    """Numbers the lines from 1; every row of a grid is one line, and what its first rows say of it stands above it."""
    lines: list[Line] = []
    grids: list[Grid] = []
    headings: set[int] = set()
    for piece in pieces:
        if isinstance(piece, TextLine):
            lines.append(Line(len(lines) + 1, piece.page, piece.text))
            headings.update({len(lines)} if piece.is_heading else ())
            continue
        above, table = split_caption(piece) if not piece.roles else ((), piece)
        lines += [Line(len(lines) + at, piece.page, text + " ") for at, text in enumerate(above, start=1)]
        grid = raw_to_grid(table, len(lines) + 1)
        grids.append(grid)
        lines.extend(grid.lines)
    return Source(tuple(lines), tuple(grids), frozenset(headings))
