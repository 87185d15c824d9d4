"""Tables without rules: printed lines whose words stand under one another -> grids, by their positions alone.

Figures of one column overlap when seen from above, those of two columns never do; so do codes and names. Lines
that carry only the rest of a wrapped name belong to the nearest line that carries more. Points, as in flow.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.grids.grid import RawCell, RawGrid
from corpus.grids.heads import is_label_head
from corpus.layouts.shapes import shapes
from corpus.layouts.tokens import compact
from corpus.readers.bands import AMOUNT, CODE, Band, bands_of_part, find_bands, is_anchor, share_places
from corpus.readers.flow import Row, Segment
from corpus.readers.gathering import Word, nearest_band, rows_to_words
from corpus.readers.headers import CLOSE, unwrap_header

_UNIT = re.compile(r"单位[:：]?(万元|亿元|千元|元)")
_IN_BRACKETS = re.compile(r"[（(](万元|亿元|千元|元)[）)]$")
_ENDS = re.compile(r"^第[一二三四五六七八九十]+部分|[。；]$|^(注|说明|备注)\d?[:：]")
_DIGITS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")
_NUMERALS = [f"{tens}{ones}" for tens in ("", "十", "二十", "三十") for ones in ("", *_DIGITS) if tens or ones]
_NUMBER_OF_TABLE = re.compile(r"(.{0,2}公开|附)?(第?[\d一二三四五六七八九十]+)?(号|附)?表")
_TITLE_ENDS = re.compile(r"表([（(][^（()）]{1,12}[)）])?$")
_BRACKET = re.compile(r"[（(][^（()）]{1,12}[)）]$")
_FEWEST_ROWS = 2
_FEWEST_CELLS = 2  # side by side at the top of a table whose title is not known
_WRAPPED = 1.4  # of the character size: lines of one cell are nearer
_FIRST_LINES = 8  # a page may begin with wrapped names and rows that print no figure


@dataclass(frozen=True, slots=True)
class Region:
    """The printed lines of an unruled table on one page: rows ``first`` to before ``last`` of the page's."""

    page: int
    first: int
    last: int


def pages_to_regions(pages: Sequence[Sequence[Row]]) -> list[list[Region]]:
    """The unruled tables of a document, each with its part on every page it runs over.

    A table begins below a title of a known kind and a unit; it ends at its note, at running text or the next title.
    """
    tables: list[list[Region]] = []
    is_open = False
    for number, rows in enumerate(pages):
        at = 0
        if is_open and (
            any(_is_tabular(row) for row in rows[: min(_FIRST_LINES, _end(rows, 0))])
            or _counts_on(pages[number - 1], rows)
        ):
            at = _end(rows, 0)
            tables[-1] += [Region(number, 0, at)] if at else []
            is_open = at == len(rows)
        elif rows:
            is_open = False
        while at < len(rows):
            begin = _begins(rows, at)
            if begin is None:
                at += 1
                continue
            whole = begin == at + 1  # no unit stands between: the table is what goes on in columns
            end = _end_of_columns(rows, begin) if whole else _end(rows, begin)
            if end - begin >= _FEWEST_ROWS:
                tables.append([Region(number, begin, end)])
                is_open = end == len(rows) and not whole
            at = max(end, begin)
    return tables


def regions_to_grids(pages: Sequence[Sequence[Row]], regions: Sequence[Region]) -> list[RawGrid]:
    """A grid for each part of one table, all with the same columns; [] where the lines make no table."""
    parts = [list(pages[region.page][region.first : region.last]) for region in regions]
    heights = [_head_height(part) for part in parts]
    heights = [
        heights[0] if _begins_alike(part, parts[0][: heights[0]]) else h for part, h in zip(parts, heights, strict=True)
    ]
    bodies = [part[height:] for part, height in zip(parts, heights, strict=True)]
    heads = [unwrap_header(part[:height]) for part, height in zip(parts, heights, strict=True)]
    bands = _bands_by_part(bodies, heads)
    if any(sum(band.role == "value" for band in own) < 1 or len(own) < 2 for own in bands):
        return []
    return [
        _to_grid(region.page + 1, head, body, own)
        for region, head, body, own in zip(regions, heads, bodies, bands, strict=True)
    ]


def _bands_by_part(bodies: Sequence[Sequence[Row]], heads: Sequence[Sequence[Sequence[Segment]]]) -> list[list[Band]]:
    """The columns in every part: found in all parts together where they stand at the same place in all."""
    together = find_bands([row for body in bodies for row in body], heads[0])
    first = find_bands(bodies[0], heads[0])
    if share_places(bodies) and not (_is_named(first) and not _is_named(together)):
        return [together] * len(bodies)
    found = [first]
    for body, head in zip(bodies[1:], heads[1:], strict=True):
        own = find_bands(body, head) if head else []
        found.append(own if _paths(own) == _paths(first) else bands_of_part(body, first))
    if all(found):
        return found
    return [[replace(band, is_sure=False) for band in together]] * len(bodies)


def _is_named(bands: Sequence[Band]) -> bool:
    """Has the header a cell for every column of figures? More columns than cells are the same ones at other places."""
    return all(band.path for band in bands if band.role == "value")


def _paths(bands: Sequence[Band]) -> list[tuple[str, tuple[str, ...]]]:
    return [(band.role, band.path) for band in bands]


def _begins(rows: Sequence[Row], at: int) -> int | None:
    """The row after the unit, where a title stands at ``at``; a header that itself says the unit stands right below it."""
    if not _is_title(rows[at]):
        return None
    if _is_header_with_unit(rows[at + 1 : at + 3]):
        return at + 1
    for below in range(at + 1, min(at + 4, len(rows))):
        if _UNIT.search(compact(rows[below].text)):
            known = _is_known(compact(rows[at].text))
            cells = rows[below + 1].segments if below + 1 < len(rows) else ()
            return below + 1 if known or len(cells) > _FEWEST_CELLS else None
        if _is_title(rows[below]):
            return None
    return None


def _is_header_with_unit(rows: Sequence[Row]) -> bool:
    """Are they 「序号 项目名称 预算数（万元） …」 and a row of figures?"""
    if len(rows) < _FEWEST_ROWS:
        return False
    cells = [compact(segment.text) for segment in rows[0].segments]
    named = len(cells) > _FEWEST_CELLS + 1 and any(is_label_head(cell) for cell in cells[:2])
    return named and any(_IN_BRACKETS.search(cell) for cell in cells) and _is_tabular(rows[1])


def _end_of_columns(rows: Sequence[Row], begin: int) -> int:
    """The row after the last that prints an amount among several words; the rest of a name may stand between two such."""
    end = begin + 1
    for at in range(begin + 1, len(rows)):
        if _is_tabular(rows[at]) and len(rows[at].segments) > _FEWEST_CELLS:
            end = at + 1
        elif at > end or _ENDS.search(compact(rows[at].text)):
            break
    return end


def _is_title(row: Row) -> bool:
    title = compact(row.text)
    if not _TITLE_ENDS.search(title) or len(title) > 60 or "、" in title[:4]:
        return False
    return _is_known(title) or (len(row.segments) == 1 and not _NUMBER_OF_TABLE.fullmatch(title))


def _is_known(title: str) -> bool:
    """Is it the title of a table of the template, whatever its bracket adds: 收入决算表（分科目）?"""
    return any(shapes().of_title(name) is not None for name in (title, _BRACKET.sub("", title)))


def _end(rows: Sequence[Row], begin: int) -> int:
    for at in range(begin, len(rows)):
        text = compact(rows[at].text)
        if _ENDS.search(text) or (_TITLE_ENDS.search(text) and _is_known(text)):
            return at
        if _begins(rows, at) is not None:
            return at
    return len(rows)


def _is_tabular(row: Row) -> bool:
    """Could the line go on a table from the page before: several words apart, a code or an amount among them?"""
    words = [compact(segment.text) for segment in row.segments]
    return len(words) > 1 and any(AMOUNT.fullmatch(w) or CODE.fullmatch(w) or w in ("项目", "收入") for w in words)


def _begins_alike(part: Sequence[Row], head: Sequence[Row]) -> bool:
    return [compact(row.text) for row in part[: len(head)]] == [compact(row.text) for row in head]


def _counts_on(before: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Does the page begin with the item that follows the last one of the page before?"""
    last, first = ([_number(s.text) for s in row[0].segments] if row else [] for row in (before[-1:], rows[:1]))
    return any(number >= 0 and number + 1 in first for number in last)


def _number(text: str) -> int:
    """十二 of 「十二、农林水支出」, counted from 0; -1 where the text begins with no number."""
    found = re.match(r"([一二三四五六七八九十]+)、", compact(text))
    return _NUMERALS.index(found.group(1)) if found and found.group(1) in _NUMERALS else -1


def _head_height(rows: Sequence[Row]) -> int:
    """How many lines are header: those before the first with an amount, a class code, an item's number or a total."""
    at = next((at for at, row in enumerate(rows) if _begins_body(row)), len(rows))
    # The lines right above may be the upper halves of the first row's wrapped names.
    while 0 < at < len(rows) and rows[at - 1].baseline - rows[at].baseline < CLOSE * rows[at].size:
        at -= 1
    return at - 1 if 0 < at < len(rows) - 1 and _is_upper_half(rows[at - 1], rows[at], rows[at + 1]) else at


def _is_upper_half(above: Row, row: Row, below: Row) -> bool:
    """Does a name stand on the lines above and below the figures of its row?"""
    near = max(above.baseline - row.baseline, row.baseline - below.baseline) < _WRAPPED * row.size
    if not near or is_anchor(below.segments[0].text):
        return False
    return all(
        not any(_overlap(upper, own) for own in row.segments) and any(_overlap(upper, own) for own in below.segments)
        for upper in above.segments
    )


def _overlap(one: Segment, other: Segment) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _begins_body(row: Row) -> bool:
    words = [compact(segment.text) for segment in row.segments]
    if any(AMOUNT.fullmatch(word) for word in words) or re.fullmatch(r"\d{3}|\d{5}|\d{7}", words[0]):
        return True
    return (
        any(re.match(r"[一二三四五六七八九十]+、", word) for word in words)
        or (len(words) == 1 and words[0] in shapes().total_rows)
        or words[0].endswith("经费合计")
    )


def _to_grid(page: int, head: Sequence[Sequence[Segment]], body: Sequence[Row], bands: Sequence[Band]) -> RawGrid:
    printed = [[Word(0, nearest_band(segment, bands), segment.text) for segment in row] for row in head]
    printed += rows_to_words(body, bands)
    cells = [
        RawCell(at, column, 1, 1, _cell_lines([word for word in words if word.column == column]))
        for at, words in enumerate(printed)
        for column in range(len(bands))
    ]
    return RawGrid(
        page,
        len(printed),
        len(bands),
        tuple(cells),
        tuple(band.role for band in bands),
        len(head),
        paths=tuple(band.path for band in bands),
        unsure=tuple(at for at, band in enumerate(bands) if not band.is_sure),
    )


def _cell_lines(words: Sequence[Word]) -> tuple[str, ...]:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return tuple(" ".join(texts) for texts in lines.values())
