"""Tables of classified rows: a code (类, 款, 项), a name that may wrap, then figures.

A row is everything from its code to the next one, so it does not matter how its name was wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import Column, Line
from corpus.layouts.building import Draft, parent_groups, sum_rules
from corpus.layouts.headers import lines_to_header
from corpus.layouts.placing import DraftRow
from corpus.layouts.regions import TableRegion
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.tokens import lines_to_tokens

_CODE = re.compile(r"\s*([235]\d{2}(?:\s{0,2}\d{2}){0,2})(?=\s|[^\d\s.,，%]|$)")
_HAN = re.compile(r"\s*[\u4e00-\u9fff（“]")
_FIGURES = re.compile(r"\s*-?[\d,]+\.\d+[\d\s.,%-]*$")
_LEVELS = {3: 1, 5: 2, 7: 3}


def read(region: TableRegion, lines: Sequence[Line], shape: TableShape) -> Draft | None:
    """The rows of a coded table; None where ``lines`` (title and note removed) are not one."""
    starts = [at for at in range(len(lines)) if _starts_row(lines, at)]
    header = lines_to_header(lines[: starts[0]] if starts else lines, shape)
    if not header.names or not (starts or shape.layout == "coded"):
        return None
    group = (header.group,) if header.group else ()
    columns = tuple(Column(index, (*group, name)) for index, name in enumerate(header.names))
    every = tuple(range(len(columns)))
    chunks = _with_names_above([list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=False)])
    rows = _with_parents([_chunk_to_row(chunk, every) for chunk in chunks])
    return Draft("coded", columns, rows, sum_rules(rows, header.whole, parent_groups(rows)))


def _starts_row(lines: Sequence[Line], at: int) -> bool:
    """A code with a name (on its line or the next), or 合计 with nothing but figures behind it."""
    text = lines[at].text
    words = text.split()
    joined = "".join(word for word in words if _HAN.match(word))
    if joined in shapes().total_rows:
        after = text[text.rindex(joined[-1]) + 1 :]
        return bool(words[0][0] == joined[0] and (re.search(r"\d", after) or len(after) > 4) and not _HAN.search(after))
    match = _CODE.match(text)
    if match is None:
        return _is_uncoded_row(lines, at)
    rest = text[match.end() :]
    if rest.strip():
        return bool(_HAN.match(rest) or (_FIGURES.match(rest) and at and _HAN.match(_beside(lines, at, -1))))
    return bool(_HAN.match(_beside(lines, at, 1)))


def _is_uncoded_row(lines: Sequence[Line], at: int) -> bool:
    """A name with decimals behind it, below a row that has its figures already."""
    if not re.match(r"\s*[\u4e00-\u9fff（“][^\d]*\s-?[\d,]+\.\d{2}", lines[at].text):
        return False
    before = next((lines[i].text for i in range(at - 1, -1, -1) if lines[i].text.strip()), "")
    return bool(re.search(r"\d\.\d+\s*$", before))


def _beside(lines: Sequence[Line], at: int, step: int) -> str:
    """The nearest line above (-1) or below (1) with something on it."""
    near = range(at + step, len(lines) if step > 0 else -1, step)
    return next((lines[i].text for i in near if lines[i].text.strip()), "")


def _with_names_above(chunks: list[list[Line]]) -> list[list[Line]]:
    """A code line without a name has its name above and below it: move the part above to its own row."""
    above = 0
    for before, chunk in pairwise(chunks):
        match = _CODE.match(chunk[0].text)
        rest = chunk[0].text[match.end() :] if match else ""
        if not _FIGURES.match(rest):
            above = 0
            continue
        names = 0
        while names < len(before) - 1 and not re.search(r"\d", before[-1 - names].text):
            names += 1
        printed = [line for line in before[len(before) - names :] if line.text.strip()]
        mine = printed[min(above, len(printed)) :]
        for line in mine:
            before.remove(line)
        chunk[:0] = mine
        above = len(mine)
    return chunks


def _chunk_to_row(lines: list[Line], columns: tuple[int, ...]) -> DraftRow:
    first = next(line for line in lines if _CODE.match(line.text) or line is lines[0])
    head = next((line for line in lines if _CODE.match(line.text)), lines[0])
    match = _CODE.match(head.text)
    code = re.sub(r"\s", "", match.group(1)) if match else ""
    tokens = lines_to_tokens(lines)
    taken = match.end() if match else 0
    items = [t for t in tokens.items if t.line is not head or t.offset >= taken]
    figures = tuple(token for token in items if token.is_figure)
    if figures and figures[0].line is head and not head.text[taken : figures[0].offset].strip():
        figures = (replace(figures[0], gap=1), *figures[1:])  # the name cell, empty on this line, is in the gap
    label = "".join(token.text for token in items if not token.is_figure)
    level = 0 if label in shapes().total_rows and not code else _LEVELS.get(len(code))
    own = tuple(line for line in lines if line.text.strip())
    return DraftRow(label, code, level, None, "", own, head if match else first, figures, tokens.trailing, columns)


def _with_parents(rows: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """A row's parent is the nearest row above it in the classification that is printed; of a 类, the total."""
    by_code = {row.code: index for index, row in enumerate(rows) if row.code}
    total = next((index for index, row in enumerate(rows) if row.level == 0), None)
    out = []
    for row in rows:
        shorter = (row.code[:length] for length in (5, 3) if length < len(row.code))
        parent = next((by_code[code] for code in shorter if code in by_code), total if row.code else None)
        out.append(replace(row, parent=parent))
    return tuple(out)
