"""A section's running text -> pieces. The sizes are those at which a piece still is about one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.document import Document, Paragraph, Section
from corpus.passages.passage import Piece

GROUP_CHARACTERS = 400  # neighbouring paragraphs are kept together up to this
WHOLE_CHARACTERS = 1200  # a whole section is a piece of its own up to this
ITEM_CHARACTERS = 14  # a shorter list item ("（一）综合处") says nothing on its own
_ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十百\d]+[）)]|[一二三四五六七八九十百]+、|\d+\s*[、．.](?!\d))")
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")


def section_to_pieces(document: Document, section: Section) -> list[Piece]:
    """The section's own text in groups of paragraphs, and the whole of it where it is a list."""
    paragraphs = [p for p in document.paragraphs if p.section == section.path and p.text.strip()]
    children = _bare_children(document, section)
    groups = list(_paragraphs_to_groups(paragraphs))
    pieces = [piece for group in groups for piece in _group_to_pieces(section, group)]
    items = sum(_ITEM.match(paragraph.text) is not None for paragraph in paragraphs) + len(children)
    whole = _whole(section, paragraphs, children) if items >= 2 else None
    if whole is None:
        return pieces
    return [whole, *pieces] if len(pieces) > 1 else [whole]


def _bare_children(document: Document, section: Section) -> list[Section]:
    """Headings right below this one with nothing under them: in effect the items of a list."""
    filled = {paragraph.section for paragraph in document.paragraphs} | {table.section for table in document.tables}
    parents = {other.path[:-1] for other in document.sections}
    return [
        other
        for other in document.sections
        if other.path[:-1] == section.path and other.path not in filled and other.path not in parents
    ]


def _paragraphs_to_groups(paragraphs: Iterable[Paragraph]) -> Iterator[list[Paragraph]]:
    """An item begins a group; what follows it, or plain text, stays together while it is short."""
    group: list[Paragraph] = []
    size = 0
    for paragraph in paragraphs:
        is_item = _ITEM.match(paragraph.text) is not None and len(paragraph.text.strip()) > ITEM_CHARACTERS
        leads_on = bool(group) and group[-1].text.rstrip().endswith(("：", ":"))
        is_full = size + len(paragraph.text) > GROUP_CHARACTERS and not leads_on
        if group and (is_item or is_full):
            yield group
            group, size = [], 0
        group.append(paragraph)
        size += len(paragraph.text)
    if group:
        yield group


def _group_to_pieces(section: Section, group: list[Paragraph]) -> Iterator[Piece]:
    first, last = group[0], group[-1]
    body = "\n".join(paragraph.text.strip() for paragraph in group)
    if len(body) <= WHOLE_CHARACTERS:
        yield Piece("text", section.path, section.title, body, first.pages[0], first.lines[0], last.lines[-1])
        return
    for paragraph in group:
        yield from _long_paragraph_to_pieces(section, paragraph)


def _long_paragraph_to_pieces(section: Section, paragraph: Paragraph) -> Iterator[Piece]:
    """Runs of whole sentences (of bare characters, where a sentence is longer than a passage may be)."""
    for start, end in _cut(paragraph.text):
        page, line = paragraph.place(start)
        last_line = paragraph.place(max(start, end - 1))[1]
        body = paragraph.text[start:end].strip()
        if body:
            yield Piece("text", section.path, section.title, body, page, line, last_line)


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = end = 0
    for match in _SENTENCE.finditer(text):
        if match.end() - start > GROUP_CHARACTERS and end > start:
            yield start, end
            start = end
        end = match.end()
        while end - start > WHOLE_CHARACTERS:
            yield start, start + GROUP_CHARACTERS
            start += GROUP_CHARACTERS
    if end > start:
        yield start, end


def _whole(section: Section, paragraphs: list[Paragraph], children: list[Section]) -> Piece | None:
    """The section as one piece, bare headings included; None where it is too long to be about one thing."""
    parts = [(p.lines[0], p.lines[-1], p.pages[0], p.text.strip()) for p in paragraphs]
    parts += [(child.first_line, child.last_line, child.page, child.title) for child in children]
    parts.sort()
    body = "\n".join(text for *_, text in parts)
    if not parts or len(body) > WHOLE_CHARACTERS:
        return None
    return Piece("list", section.path, section.title, body, parts[0][2], parts[0][0], max(part[1] for part in parts))
