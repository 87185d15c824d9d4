"""What is printed around a grid: its title, unit and kind above it, its note below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Line
from corpus.grids.grid import Grid
from corpus.grids.heads import Head
from corpus.grids.kinds import kind_of
from corpus.layouts.tokens import compact

_UNIT = re.compile(r"单位[:：]?(?:人民币)?[（(]?(万元|亿元|千元|百万元|元)")
_UNIT_IN_BRACKETS = re.compile(r"[（(](?:单位[:：])?(万元|亿元|千元|百万元|元)[）)]")
_HEAD_LINE = re.compile(
    r"^(公开|附|表|附表)[\d一二三四五六七八九十]+(表)?$|^(公开|编制|编报|填报|填制|预算|决算|汇总)?(部门|单位)(名称)?[:：]|^(金额)?单位[:：]|^\d{4}年(度)?$"
    r"|^(金额)?单位|^[（(]单位|^[部单](门|位)[:：]"
)
_NUMBERED = re.compile(
    r"^(第[一二三四五六七八九十\d]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[、.．])"
)
_NOTE = re.compile(r"^(注|说明|备注)\d?[:：.、]|^\*")
_SENTENCE = re.compile(r"[。；]$")
_MOST_ABOVE = 7
_LONGEST_TITLE = 60
_LONGEST_UNIT = 16
_FEW_BETWEEN = 3  # lines between two tables: the first of so few is of the second one


@dataclass(frozen=True, slots=True)
class Caption:
    """``first_line``..``last_line``: what belongs to the table, title and note included."""

    title: str
    unit: str
    kind: str
    note: str
    first_line: int
    last_line: int


def grid_to_caption(grid: Grid, head: Head, lines: Sequence[Line], after: int, before: int) -> Caption:
    """The caption of ``grid``; lines up to number ``after`` and from ``before`` on belong to other tables."""
    above = [line for line in lines[max(after, grid.first_line - 1 - 12) : grid.first_line - 1] if line.text.strip()]
    title, kind, first = _title(above[-_MOST_ABOVE:], grid, head)
    unit = _unit([line.text for line in above if line.number >= first], grid, head)
    unit = unit or _unit_below(lines, grid.last_line, before)
    note, last = _note(lines, grid.last_line, before)
    inside = "\n".join(cell.text for cell in grid.cells if cell.row >= head.rows and is_note(cell.text))
    return Caption(title, unit, kind, "\n".join(filter(None, (inside, note))), first, last)


def is_note(text: str) -> bool:
    """Is it a remark under a table (注：…), whether it stands below the grid or in its last row?"""
    return bool(_NOTE.match(compact(text)))


def _title(above: Sequence[Line], grid: Grid, head: Head) -> tuple[str, str, int]:
    """(title, kind, its first line): the nearest line above that a table is named like, wrapped or not."""
    texts = [compact(line.text) for line in above]
    for at in range(len(above) - 1, -1, -1):
        if _HEAD_LINE.match(texts[at]):
            continue
        for start in (at, at - 1):
            if start < 0 or (start < at and _HEAD_LINE.match(texts[start])):
                continue
            title = _without_unit("".join(line.text.strip() for line in above[start : at + 1]))
            if _is_title(title):
                return _bare(title), kind_of(title, grid, head), above[start].number
        if _SENTENCE.search(texts[at]) or at < len(above) - 3:
            break
    inner = _title_inside(grid)
    if inner:
        return inner, kind_of(inner, grid, head), grid.first_line
    nearest = next((line for line in reversed(above) if not _HEAD_LINE.match(compact(line.text))), None)
    heads = [line.number for line in above if _HEAD_LINE.match(compact(line.text))]
    first = min([number for number in heads if nearest is None or number > nearest.number], default=grid.first_line)
    return _paragraph_before(above, nearest), kind_of("", grid, head), first


def _paragraph_before(above: Sequence[Line], nearest: Line | None) -> str:
    """The paragraph that ends in ``nearest``, as far as it is near: what introduces a table without a title."""
    if nearest is None:
        return ""
    at = above.index(nearest)
    text = nearest.text.strip()
    while at > 0 and not above[at - 1].text.endswith((" ", "\u3000")) and above[at - 1].number == above[at].number - 1:
        at -= 1
        text = above[at].text.strip() + text
    return text


def _is_title(title: str) -> bool:
    name = compact(title)
    return (
        bool(re.search(r"表(（.*）)?$", name))
        and len(name) <= _LONGEST_TITLE
        and not re.search(r"[。；]|\.{3}|…", name)
    )


def _without_unit(text: str) -> str:
    """「收入决算表 单位：万元」 and 「公开02表 收入决算表」 name their table on the line of its unit or number."""
    text = re.sub(r"\s*[（(]?(金额)?单位\s*[:：].*$", "", text)
    return re.sub(r"^\s*(公开\s*\d+\s*表|附?表\s*\d+)\s+(?=\S)|(?<=表)\s+公开\s*\d+\s*表\s*$", "", text)


def _bare(title: str) -> str:
    """The title without the number of a heading: 「一、收入支出决算总表」."""
    return _NUMBERED.sub("", title.strip()).strip()


def _title_inside(grid: Grid) -> str:
    """Spreadsheets print the title in the first rows of the grid, over all the columns."""
    for cell in grid.cells:
        if cell.row < 3 and cell.width == grid.columns and _is_title(cell.text):
            return _bare(cell.text)
    return ""


def _unit(texts: Sequence[str], grid: Grid, head: Head) -> str:
    inside = [cell.text for cell in grid.cells if cell.row < max(1, head.rows)]
    for text in (*reversed(texts), *inside):
        found = _UNIT.search(compact(text)) or _UNIT_IN_BRACKETS.search(compact(text))
        if found:
            return found.group(1)
    return ""


def _unit_below(lines: Sequence[Line], last: int, before: int) -> str:
    """The unit where it is printed right under the table and no other table begins there."""
    below = [line for line in lines[last : before - 1] if line.text.strip()]
    text = compact(below[0].text) if below else ""
    if len(text) > _LONGEST_UNIT or (before <= len(lines) and len(below) < _FEW_BETWEEN):
        return ""
    found = _UNIT.search(text)
    return found.group(1) if found else ""


def _note(lines: Sequence[Line], last: int, before: int) -> tuple[str, int]:
    """The notes printed right below (注：…; 说明：…), joined, and the line they end on."""
    note = ""
    end = last
    inside = False
    for line in lines[last : before - 1]:
        text = line.text.strip()
        if not text:
            continue
        if _NOTE.match(compact(text)):
            inside = True
            note += "\n" + text if note else text
        elif inside:
            note += text
        else:
            break
        end = line.number
        if line.text.endswith((" ", "\u3000")) or text.endswith("。"):
            inside = False
    return note, end
