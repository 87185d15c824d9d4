"""Summary tables of two panels: income on the left, expenditure on the right of the same printed line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Column, Line, Panel
from corpus.layouts.building import Draft, sum_rules
from corpus.layouts.headers import lines_to_words, name_to_column
from corpus.layouts.placing import DraftRow, SumRule
from corpus.layouts.regions import TableRegion
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.tokens import Token, compact, lines_to_blocks, lines_to_tokens

_ORDINAL = re.compile(r"^([一二三四五六七八九十]+)、")
_BEGINS_BODY = re.compile(r"[一二三四五六七八九十]+、|其中[:：]")
_OF_WHICH = re.compile(r"^其中[:：]")
_SUB_ORDINAL = re.compile(r"^(（[一二三四五六七八九十]+）|\d+[、.．])")
_HEADS = (
    *("项目", "行次", "栏次", "决算数", "预算数", "金额"),
    *("收入决算数", "支出决算数", "收入预算数", "支出预算数", "收入", "支出"),
)
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class _Item:
    """A label with the figures behind it; ``indent``: white space before it on a line of its own."""

    label: Token
    text: str
    figures: tuple[Token, ...]
    trailing: int
    indent: int
    lines: tuple[Line, ...]


def read(region: TableRegion, lines: Sequence[Line], shape: TableShape) -> Draft | None:
    """Both panels' rows, the left half of a printed line before the right one; None where it is no such table."""
    first = next((at for at, line in enumerate(lines) if _BEGINS_BODY.match(compact(line.text))), None)
    if first is None:
        return None
    columns, whole, ranked = _columns(lines[:first], shape)
    if not columns:
        return None
    over: dict[Panel, tuple[int, ...]] = {
        "income": tuple(c.index for c in columns if c.index < whole),
        "expenditure": tuple(c.index for c in columns if c.index >= whole),
    }
    drafts = [_item_to_row(item, panel, over[panel], ranked) for item, panel in _items_to_panels(_items(lines[first:]))]
    rows = with_panel_parents(drafts)
    split = whole if len(over["expenditure"]) > 1 else None
    rules = (*sum_rules(rows, split, panel_groups(rows)), *balance(rows, over))
    return Draft("panels", columns, rows, rules)


def header_to_columns(lines: Sequence[Line], shape: TableShape) -> tuple[Column, ...]:
    """The columns that the header of a table of two panels names, () where it is no such header."""
    return _columns(lines, shape)[0]


def _columns(lines: Sequence[Line], shape: TableShape) -> tuple[tuple[Column, ...], int, bool]:
    """Columns of both panels, the index of the expenditure's first one, and whether rows carry a line number (行次)."""
    vocabulary = [*_HEADS, *(name for c in shape.columns for name in (c.name, *c.names))]
    words = [compact(word.text) for word in lines_to_words(lines, vocabulary)]
    words = [w for w in words if not re.search(r"^(单位|金额单位|部门|公开|编制)|[:：]", w)]
    items = [at for at, word in enumerate(words) if word in ("项目", "项目（按功能分类）")]
    if len(items) != 2:
        return (), 0, False
    left = [w for w in words[items[0] + 1 : items[1]] if w not in ("行次", "栏次")]
    right = [w for w in words[items[1] + 1 :] if w not in ("行次", "栏次", "项目")]
    right = [w for w in right if name_to_column(w, shape) or w in ("决算数", "预算数", "金额")]
    sides = [w for w in words[: items[0]] if w.startswith(("收入", "支出"))]
    names = {side[:2]: side for side in sides}
    paths = [(names.get("收入", "收入"), word) for word in left] + [(names.get("支出", "支出"), word) for word in right]
    return tuple(Column(i, path) for i, path in enumerate(paths)), len(left), "行次" in words


def _items(lines: Sequence[Line]) -> Iterator[list[_Item]]:
    """The items of every printed row."""
    for block in lines_to_blocks(lines):
        tokens = lines_to_tokens(block)
        items: list[_Item] = []
        for at, token in enumerate(tokens.items):
            after = tokens.items[at + 1].gap if at + 1 < len(tokens.items) else tokens.trailing
            if token.is_figure and items:
                last = items[-1]
                items[-1] = replace(last, figures=(*last.figures, token), trailing=after)
            elif items and not items[-1].figures and _is_rest(items[-1], token):
                items[-1] = replace(items[-1], text=items[-1].text + token.text, trailing=after)
            elif not token.is_figure:
                items.append(_Item(token, token.text, (), after, token.gap, block))
        if items:
            yield items


def _is_rest(item: _Item, token: Token) -> bool:
    """「合」「计」 and the last characters of a wrapped name are parts of the label before them."""
    if _ORDINAL.match(token.text) or token.text in shapes().total_rows:
        return False
    return len(token.text) == 1 or (len(token.text) <= 2 and token.gap == 1)


def _items_to_panels(blocks: Iterator[list[_Item]]) -> Iterator[tuple[_Item, Panel]]:
    """Of two items on a printed line the first is income; one alone is known by its name, number or indent."""
    ranks: dict[Panel, int] = {"income": 0, "expenditure": 0}
    for items in blocks:
        for at, item in enumerate(items):
            sides: tuple[Panel, ...] = ("income", "expenditure")
            panel = sides[at] if len(items) == 2 else _panel_of(item, ranks)
            ranks[panel] = _rank(item.text) or ranks[panel]
            yield item, panel


def _panel_of(item: _Item, ranks: dict[Panel, int]) -> Panel:
    name = _plain(item.text)
    is_income = bool(re.search(shapes().panels.income, name))
    is_expenditure = bool(re.search(shapes().panels.expenditure, name))
    if is_income != is_expenditure:
        return "income" if is_income else "expenditure"
    rank = _rank(item.text)
    if rank and (rank == ranks["income"] + 1) != (rank == ranks["expenditure"] + 1):
        return "income" if rank == ranks["income"] + 1 else "expenditure"
    return "expenditure" if item.indent >= 4 else "income"


def _rank(label: str) -> int:
    """The number of 「十二、」 as a number, 0 where a label has none."""
    match = _ORDINAL.match(label)
    if match is None:
        return 0
    tens, ten, units = match.group(1).rpartition("十")
    if not ten:
        return _DIGITS.index(units[-1])
    return (_DIGITS.index(tens) if tens in _DIGITS and tens else 1) * 10 + (_DIGITS.index(units) if units else 0)


def _plain(label: str) -> str:
    return _OF_WHICH.sub("", _SUB_ORDINAL.sub("", _ORDINAL.sub("", compact(label))))


def _item_to_row(item: _Item, panel: Panel, columns: tuple[int, ...], ranked: bool) -> DraftRow:
    figures = item.figures
    if ranked and figures and figures[0].text.isdigit() and len(figures[0].text) <= 3:
        figures = figures[1:]
    return DraftRow(item.text, "", None, None, panel, item.lines, item.label.line, figures, item.trailing, columns)


def with_panel_parents(rows: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """其中 rows and those numbered 1. or （一） are part of the row above; rows before 本年…合计 of it; the rest of 总计."""
    shape = shapes().panels
    out = list(rows)
    for panel in ("income", "expenditure"):
        mine = [index for index, row in enumerate(rows) if row.panel == panel]
        subtotal = next((i for i in mine if re.search(shape.subtotal, _plain(rows[i].label))), None)
        total = next((i for i in mine if re.search(shape.total, _plain(rows[i].label))), None)
        above: int | None = None
        for index in mine:
            name = _plain(rows[index].label)
            if index == total:
                continue
            after = subtotal is not None and index > subtotal
            carried = above is not None and bool(re.search(shape.carry_over, _plain(rows[above].label)))
            label = compact(rows[index].label)
            if above is not None and (
                _OF_WHICH.match(label)
                or (_SUB_ORDINAL.match(label) and not _is_beside(label, compact(rows[above].label)))
                or (after and carried and re.search(shape.of_carry_over, name))
            ):
                out[index] = replace(rows[index], parent=above)
                continue
            whole = total if after or index == subtotal or subtotal is None else subtotal
            out[index] = replace(rows[index], parent=whole)
            above = index
    return tuple(out)


def _is_beside(label: str, above: str) -> bool:
    """Is （二） beside the （一） above it, where no 一、 stands over them?"""
    return bool(_SUB_ORDINAL.match(above)) and (label[0] == "（") == (above[0] == "（")


def panel_groups(rows: Sequence[DraftRow]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(total, parts); rows of 其中 name only some of the parts, so nothing adds up to their parent.

    What a carry-over is made of need not be printed; where some of it is, all of it is.
    """
    for index, row in enumerate(rows):
        parts = tuple(i for i, part in enumerate(rows) if part.parent == index)
        name = _plain(row.label)
        of_which = all(_OF_WHICH.match(compact(rows[i].label)) for i in parts)
        carried = bool(re.search(shapes().panels.carry_over, name)) and not any(rows[i].figures for i in parts)
        if parts and not of_which and not carried:
            yield index, parts


def balance(rows: Sequence[DraftRow], over: dict[Panel, tuple[int, ...]]) -> Iterator[SumRule]:
    """收入总计 = 支出总计."""
    total = shapes().panels.total
    ends = {row.panel: i for i, row in enumerate(rows) if re.search(total, _plain(row.label))}
    if "income" in ends and "expenditure" in ends and over["income"] and over["expenditure"]:
        yield SumRule((ends["income"], over["income"][0]), ((ends["expenditure"], over["expenditure"][0]),))
