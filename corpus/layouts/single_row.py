"""The 「三公」 table: one row of figures under headers that carry the items; a tall cell's figure stands apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Column, Line
from corpus.layouts.building import Draft
from corpus.layouts.headers import lines_to_words
from corpus.layouts.placing import DraftRow, SumRule, place
from corpus.layouts.regions import TableRegion
from corpus.layouts.shapes import ItemShape, TableShape, shapes
from corpus.layouts.tokens import Token, compact, lines_to_tokens

_MEASURES = ("预算数", "决算数", "执行数")


@dataclass(frozen=True, slots=True)
class _Slot:
    """A column to be: ``path`` as printed, the item it holds, the item that one is a part of, and 预算数/决算数."""

    path: tuple[str, ...]
    item: ItemShape
    within: str
    measure: str


def read(region: TableRegion, lines: Sequence[Line], shape: TableShape) -> Draft | None:
    """The single row of figures; None where the items do not stand in the header or there is more than one row."""
    body = [line for line in lines if line.text.strip() and not _numbers_columns(line)]
    start = next((at for at, line in enumerate(body) if _is_figures(line)), len(body))
    below = body[start:]
    if any(not _is_figures(line) for line in below) or not below:
        return None
    slots = _slots(body[:start], shape)
    if not slots:
        return None
    columns = tuple(Column(index, slot.path) for index, slot in enumerate(slots))
    rules = tuple(_rules(slots))
    readings = [_row(below, figures, trailing, len(columns)) for figures, trailing in _orders(below)]
    row = next((reading for reading in readings if not place([reading], rules).broken), readings[0])
    return Draft("single_row", columns, (row,), rules)


def header_to_paths(lines: Sequence[Line], shape: TableShape) -> list[tuple[str, ...]]:
    """The header paths of the columns of figures in the order of print, [] where the items do not stand in the header."""
    return [slot.path for slot in _slots(lines, shape)]


def _is_figures(line: Line) -> bool:
    tokens = lines_to_tokens([line]).items
    return bool(tokens) and all(token.is_figure for token in tokens)


def _numbers_columns(line: Line) -> bool:
    """A line 1 2 3 … under the header says which column is which, nothing else."""
    words = [word for word in line.text.split() if word != "栏次"]
    return len(words) > 2 and words == [str(at) for at in range(1, len(words) + 1)]


def _slots(lines: Sequence[Line], shape: TableShape) -> list[_Slot]:
    """Columns in the order of print: an item's parts where the item stands, what stands apart last."""
    names = {compact(name): item for item in shape.items for name in (item.name, *item.names)}
    parts = [part for item in shape.items for part in item.parts]
    words = lines_to_words(lines, [*names, *parts, *_MEASURES, *shapes().noise])
    found: dict[str, str] = {}
    for word in words:
        item = names.get(compact(word.text))
        if item is not None:
            found.setdefault(item.name, word.text)
    order = {item.name: item for item in shape.items}
    heads = [order[name] for name in found if not order[name].part and not order[name].apart]
    if not any(item.whole for item in heads):
        return []
    measures = [compact(w.text) for w in words if compact(w.text) in _MEASURES]
    kinds = list(dict.fromkeys(measures)) or [""]
    grouped = len(measures) <= len(kinds)
    above = next((word.text for word in words if "三公" in word.text and compact(word.text) not in names), "")
    paths = [
        ((above, *path) if above else path, item, within)
        for head in heads
        for path, item, within in _paths(head, found, order)
    ]
    apart = [order[name] for name in found if order[name].apart]
    slots = [
        _Slot((*path, kind), item, within, kind) if kind else _Slot(path, item, within, kind)
        for kind, (path, item, within) in (
            ((k, p) for k in kinds for p in paths) if grouped else ((k, p) for p in paths for k in kinds)
        )
    ]
    return [*slots, *(_Slot((found[item.name],), item, "", "") for item in apart)]


def _paths(
    item: ItemShape, found: dict[str, str], order: dict[str, ItemShape]
) -> Iterator[tuple[tuple[str, ...], ItemShape, str]]:
    head = found[item.name]
    if not item.parts or not any(part in found for part in item.parts):
        yield (head,), item, ""
        return
    for part in item.parts:
        if part in order:
            if part in found:
                yield (head, found[part]), order[part], item.name
        else:
            yield (head, part), item, ""


def _rules(slots: Sequence[_Slot]) -> Iterator[SumRule]:
    """合计 = the items beside it; an item = its parts; budget and final apart."""
    for measure in dict.fromkeys(slot.measure for slot in slots if not slot.item.apart):
        mine = [(index, slot) for index, slot in enumerate(slots) if slot.measure == measure and not slot.item.apart]
        for whole, slot in mine:
            if slot.item.whole:
                parts = [i for i, other in mine if not other.item.whole and not other.within]
            else:
                parts = [i for i, other in mine if other.within == slot.item.name]
            if parts:
                yield SumRule((0, whole), tuple((0, part) for part in parts))


def _orders(lines: Sequence[Line]) -> Iterator[tuple[tuple[Token, ...], int]]:
    """The figures with those that stand alone on a line moved behind the others, and as printed; with the space after.

    A figure moved to the end comes after the white space the others end in, and nothing follows it.
    """
    found = lines_to_tokens(lines)
    tokens = found.items
    longest = max(sum(1 for t in tokens if t.line is line) for line in lines)
    alone = [t for t in tokens if longest > 1 and sum(1 for other in tokens if other.line is t.line) == 1]
    if alone:
        moved = (replace(t, gap=1 if at else found.trailing or 1) for at, t in enumerate(alone))
        yield (*(t for t in tokens if t not in alone), *moved), 1
    yield tokens, found.trailing


def _row(lines: Sequence[Line], figures: tuple[Token, ...], trailing: int, count: int) -> DraftRow:
    line = max(lines, key=lambda one: len(one.text.split()))
    return DraftRow("", "", None, None, "", tuple(lines), line, figures, trailing, tuple(range(count)))
