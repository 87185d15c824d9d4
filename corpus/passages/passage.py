"""What a passage is, and what it is before it has an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PassageKind = Literal["text", "list", "table", "row-group", "performance"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a report. ``id`` comes from the content: the same report gives the same ids.

    ``path``: the headings it stands under; ``title``: the last of them, the table's title, or the list
    item's; ``body``: as printed, wrapped lines joined; ``text``: headings and body, what is searched.
    ``line``/``last_line``: where it stands in the source; ``table_id``: the table it shows, else "".
    """

    id: str
    report: str
    kind: PassageKind
    path: tuple[str, ...]
    title: str
    text: str
    body: str
    page: int
    line: int
    last_line: int
    table_id: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it has an id: what it says and from which lines of which page."""

    kind: PassageKind
    path: tuple[str, ...]
    title: str
    body: str
    page: int
    line: int
    last_line: int
    caption: str = ""
    table_id: str = ""
