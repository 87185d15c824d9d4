"""Web pages -> lines and grids, with nothing but the standard library.

Every block of text is a line, every innermost table with rows and columns a grid; tables that hold tables are
only layout. Scripts, styles and what is hidden are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeGuard

from corpus.errors import TooLarge, UnknownEncoding
from corpus.readers.pieces import Piece, Source, TextLine, pieces_to_source
from corpus.readers.spans import SpannedCell, rows_to_grid

_LOOKS_LIKE = re.compile(rb"<!doctype html|<html[\s>]|<body[\s>]|<table[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SKIPPED = frozenset({"script", "style", "head", "noscript", "template", "svg", "select", "textarea"})
_VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source"})
_BLOCKS = frozenset(
    {"p", "div", "table", "tr", "td", "th", "caption", "thead", "tbody", "tfoot", "ul", "ol", "li", "dl"}
)
_BLOCKS |= {"dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main", "aside"}
_BLOCKS |= {"nav", "center", "blockquote", "pre", "form", "hr", "body", "html", "title", "address", "figure"}
_HEADINGS = frozenset({"h1", "h2", "h3"})
# What an opening tag ends without a closing one.
_CLOSED_BY = {
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "li": ("li",),
    "p": ("p",),
    "thead": ("tr", "td", "th", "tbody", "thead"),
    "tbody": ("tr", "td", "th", "tbody", "thead"),
    "tfoot": ("tr", "td", "th", "tbody", "thead"),
}
_DEEPEST = 300
_FEWEST_HEADS = 3


@dataclass(slots=True)
class _Node:
    """An element: its children are elements and pieces of text."""

    tag: str
    attributes: dict[str, str]
    children: list[_Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    """Builds the tree, forgiving what browsers forgive; elements nested too deep are hung on the last that is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("body", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Hangs the element on the innermost open one."""
        for closing in _CLOSED_BY.get(tag, ()):
            self._close(closing, within="table" if tag != "li" else "ul")
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""
        self._open[-1].children.append(_Node(tag, {}))

    def handle_endtag(self, tag: str) -> None:
        """Closes the innermost open element of that name and all within it; one that is not open is ignored."""
        self._close(tag, within="table" if tag in ("td", "th", "tr", "p", "div", "span") else "")

    def handle_data(self, data: str) -> None:
        """Text of the innermost open element."""
        self._open[-1].children.append(data)

    def _close(self, tag: str, within: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return
            if self._open[at].tag == within:
                return


def is_html(data: bytes) -> bool:
    """Whether the bytes look like a web page: one of its tags near the beginning, and no zero bytes."""
    head = data[:8192]
    return b"\x00" not in head and b"%PDF-" not in head[:1024] and bool(_LOOKS_LIKE.search(head))


def bytes_to_source(path: Path, data: bytes) -> Source:
    """The lines and grids of a web page, in the charset it names or else UTF-8 or GB18030.

    ``path`` is only named in errors. Raises UnknownEncoding, or TooLarge for a page beyond 50 MB.
    """
    if len(data) > 50_000_000:
        raise TooLarge(path, "网页超过 50 MB")
    tree = _Tree()
    tree.feed(_decode(path, data))
    tree.close()
    return pieces_to_source(_pieces(tree.root))


def _decode(path: Path, data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    tried = [named.group(1).decode("ascii").lower()] if named else []
    tried = ["gb18030" if name in ("gb2312", "gbk", "x-gbk") else name for name in tried]
    position = 0
    for name in (*tried, "utf-8-sig", "gb18030"):
        try:
            return data.decode(name)
        except UnicodeDecodeError as error:
            position = max(position, error.start)
        except LookupError:
            continue
    raise UnknownEncoding(path, position)


def _pieces(root: _Node) -> Iterator[Piece]:
    """Text is gathered until a block begins or ends; a header that scripts keep in a table of its own waits for its body."""
    text = ""
    heading = False
    header: list[list[SpannedCell]] = []
    for part in _events(root):
        if isinstance(part, str):
            text += part
            continue
        line = _clean(text)
        if line:
            yield from _table(header)
            header = []
            yield TextLine(1, f"{line} ", heading)
        text = ""
        if isinstance(part, bool):
            heading = part
            continue
        rows = _rows(part)
        if header and rows and _width(rows) == _width(header):
            rows = [*header, *rows]
        else:
            yield from _table(header)
        header = rows if len(rows) == 1 and len(rows[0]) >= _FEWEST_HEADS else []
        if not header:
            yield from _table(rows)
    yield from _table(header)
    line = _clean(text)
    if line:
        yield TextLine(1, f"{line} ", heading)


def _table(rows: list[list[SpannedCell]]) -> Iterator[Piece]:
    grid = rows_to_grid(1, rows)
    if grid is not None:
        yield grid
        return
    for row in rows:
        line = " ".join(filter(None, (_clean("".join(cell.lines)) for cell in row)))
        if line:
            yield TextLine(1, f"{line} ")


def _width(rows: list[list[SpannedCell]]) -> int:
    return sum(cell.width for cell in rows[0])


def _events(node: _Node) -> Iterator[str | bool | _Node]:
    """Text; False or True where a block (True: a heading) begins or ends; a table that is to be a grid."""
    if node.tag in _SKIPPED or _is_hidden(node):
        return
    if node.tag == "table" and not _holds_table(node):
        yield node
        return
    block = node.tag in _BLOCKS or node.tag == "br"
    if block:
        yield node.tag in _HEADINGS
    if (
        node.tag == "sup"
        and (mark := _clean("".join(part for part in node.children if isinstance(part, str)))).isdecimal()
    ):
        yield f"[{mark}]"  # a note's number is no part of the figure before it
        return
    for child in node.children:
        if isinstance(child, str):
            yield re.sub(r"\s+", " ", child) if node.tag != "pre" else child
        else:
            yield from _events(child)
    if block:
        yield False


def _is_hidden(node: _Node) -> bool:
    return bool(re.search(r"display\s*:\s*none", node.attributes.get("style", ""), re.IGNORECASE))


def _holds_table(node: _Node) -> bool:
    return any(isinstance(child, _Node) and (child.tag == "table" or _holds_table(child)) for child in node.children)


def _rows(table: _Node) -> list[list[SpannedCell]]:
    rows: list[list[SpannedCell]] = []
    for node in _within(table, "tr"):
        rows.append([_cell(cell) for cell in node.children if _is_cell(cell)])
    caption = next(iter(_within(table, "caption")), None)
    if caption is not None and rows:
        width = sum(cell.width for cell in rows[0])
        rows.insert(0, [SpannedCell(tuple(_lines(caption)), 1, width)])
    return rows


def _is_cell(node: _Node | str) -> TypeGuard[_Node]:
    return isinstance(node, _Node) and node.tag in ("td", "th") and not _is_hidden(node)


def _within(node: _Node, tag: str) -> Iterator[_Node]:
    for child in node.children:
        if isinstance(child, _Node) and not _is_hidden(child):
            if child.tag == tag:
                yield child
            else:
                yield from _within(child, tag)


def _cell(node: _Node) -> SpannedCell:
    return SpannedCell(tuple(_lines(node)), _span(node, "rowspan"), _span(node, "colspan"))


def _span(node: _Node, name: str) -> int:
    match = re.match(r"\s*(\d{1,4})", node.attributes.get(name, ""))
    return max(1, int(match.group(1))) if match else 1


def _lines(node: _Node) -> Iterator[str]:
    """The lines of a cell: parted by blocks and line breaks."""
    text = ""
    for part in _events(node):
        if isinstance(part, str):
            text += part
        elif _clean(text):
            yield _clean(text)
            text = ""
    if _clean(text):
        yield _clean(text)


def _clean(text: str) -> str:
    return re.sub(r"[\s\u00a0\u200b\ufeff]+", " ", text).strip()
