"""Lines -> headings and paragraphs: what stands outside the tables.

A heading is told from a numbered paragraph by structure, not by its words: it is a short text without
inner punctuation or figures, and most of its siblings have something beneath them. So （一）综合处,
（二）组织人事处 is a list (nothing stands between its items), and 1、工资福利支出 913.63 万元，… is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Line, Paragraph, Section
from corpus.paragraphs import Block, lines_to_blocks, marker_level

_MAX_HEADING = 80
_INNER = re.compile(r"[。；，！？：:;]")
_FIGURE = re.compile(r"[\d.,]+\s*(?:万|亿|元|%|％|个|辆|人|批|台|套|分|家|项)")
_RUN_IN = re.compile(r"[^。；，！？]{2,60}?(?:情况|说明|概况|职能|职责|设置|构成|机构)[。：:]")


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections in the order they begin, and the paragraphs with the path of the section each stands in."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]

    def path_at(self, line: int) -> tuple[str, ...]:
        """The path of the innermost section that covers this line; () before the first heading."""
        inner = [s.path for s in self.sections if s.first_line <= line <= s.last_line]
        return inner[-1] if inner else ()


def lines_to_outline(
    lines: Sequence[Line], tables: Iterable[tuple[int, int]], headings: frozenset[int] = frozenset()
) -> Outline:
    """Headings and paragraphs of ``lines``; ``tables`` are (first, last) line numbers that belong to tables.

    ``headings``: numbers of lines that are set like headings. They count as such where the report numbers no parts.
    """
    spans = tuple(tables)
    blocks = [part for block in lines_to_blocks(lines, spans) for part in _split_run_in(block)]
    marks = [marker_level(block.text) for block in blocks]
    if 1 not in marks:
        marks = [mark or int(block.lines[0] in headings) for mark, block in zip(marks, blocks, strict=True)]
    levels = _heading_levels(blocks, spans, marks)
    last_line = lines[-1].number if lines else 0
    sections = _sections(blocks, levels, last_line)
    at = {section.first_line: section.path for section in sections}
    paragraphs: list[Paragraph] = []
    path: tuple[str, ...] = ()
    for block, level in zip(blocks, levels, strict=True):
        if level:
            path = at[block.lines[0]]
        else:
            paragraphs.append(Paragraph(path, block.text, block.starts, block.lines, block.pages))
    return Outline(sections, tuple(paragraphs))


def heading_title(text: str) -> str:
    """A heading as a name: inner runs of spaces reduced to one, the closing stop dropped."""
    return re.sub(r"\s+", " ", text).strip().rstrip("。：:").strip()


def _is_plain(text: str) -> bool:
    body = text.strip().rstrip("。：:")
    return len(body) <= _MAX_HEADING and not _INNER.search(body) and not _FIGURE.search(body)


def _split_run_in(block: Block) -> list[Block]:
    """（一）…情况。正文… on one line -> the heading and its text; anything else stays whole."""
    match = _RUN_IN.match(block.text)
    if not marker_level(block.text) or not match or not block.text[match.end() :].strip():
        return [block]
    if not _is_plain(match.group()):
        return [block]
    return [block.cut(0, match.end()), block.cut(match.end(), len(block.text))]


def _heading_levels(blocks: Sequence[Block], tables: Sequence[tuple[int, int]], marks: Sequence[int]) -> list[int]:
    """For each block the level of heading it is (1 outermost), 0 for running text."""
    levels = [0] * len(blocks)
    for level in range(1, 6):
        group: list[int] = []
        for i in range(len(blocks) + 1):
            ended = i == len(blocks) or 0 < levels[i] < level
            if ended:
                for j in _headings_of(group, blocks, marks, tables):
                    levels[j] = level
                group = []
            elif marks[i] == level:
                group.append(i)
    return levels


def _headings_of(
    group: Sequence[int], blocks: Sequence[Block], marks: Sequence[int], tables: Sequence[tuple[int, int]]
) -> list[int]:
    """Which of these sibling candidates are headings: none, when most have nothing beneath them or are sentences."""
    plain = [i for i in group if _is_plain(blocks[i].text)]
    filled = [i for i in plain if _has_content(i, blocks, marks, tables)]
    if 2 * len(plain) <= len(group) or 2 * len(filled) <= len(group):
        return []
    return plain


def _has_content(i: int, blocks: Sequence[Block], marks: Sequence[int], tables: Sequence[tuple[int, int]]) -> bool:
    here = blocks[i].lines[-1]
    following = blocks[i + 1].lines[0] if i + 1 < len(blocks) else None
    if any(first > here and (following is None or first < following) for first, _ in tables):
        return True
    return following is not None and not 0 < marks[i + 1] <= marks[i]


def _sections(blocks: Sequence[Block], levels: Sequence[int], last_line: int) -> tuple[Section, ...]:
    heads = [(block, level) for block, level in zip(blocks, levels, strict=True) if level]
    sections: list[Section] = []
    trail: list[tuple[int, str, str, int]] = []  # level, title, id, children so far
    top = 0
    for i, (block, level) in enumerate(heads):
        while trail and trail[-1][0] >= level:
            trail.pop()
        if trail:
            parent_level, parent_title, parent_id, children = trail[-1]
            trail[-1] = (parent_level, parent_title, parent_id, children + 1)
            section_id = f"{parent_id}.{children + 1}"
        else:
            top += 1
            section_id = str(top)
        trail.append((level, heading_title(block.text), section_id, 0))
        after = (other.lines[0] for other, other_level in heads[i + 1 :] if other_level <= level)
        end = next(after, last_line + 1) - 1
        path = tuple(title for _, title, _, _ in trail)
        sections.append(Section(section_id, path[-1], path, level, block.pages[0], block.lines[0], end))
    return tuple(sections)
