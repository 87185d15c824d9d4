"""The columns of a table without rules: bands seen from above, each below the header cell that names it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.layouts.shapes import shapes
from corpus.layouts.tokens import compact
from corpus.readers.flow import Row, Segment
from corpus.readers.headers import header_leaves, header_paths

AMOUNT = re.compile(r"[-−－]?[\d,，]*\.\d+%?|[-−－]?\d{1,3}([,，]\d{3})+|0|[-—–－]+")
CODE = re.compile(r"\d{2}|\d{3}|\d{5}|\d{7}")
WHOLE_CODE = re.compile(r"[235]\d{2}(\d{2}){0,2}")
_ORDINAL = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|其中[:：]|本年|年初|年末|使用|结余分配|(收入|支出)?总计"
)
_LABEL_LEAF = re.compile(r"(.*(科目|分类|单位))?(编码|名称|代码)|项目|类|款|项")
_ASIDE_LEAF = re.compile(r"行次|序号")
_CLEARLY = 0.75  # of the distance to the next header cell
_TOTAL_LEAF = re.compile(r"(合计|总计|小计|金额|(决算|预算)数)$")
_LIST = 3  # columns of texts; a table of the template has two at most, one for each panel
_MOVED = 1.5  # character sizes
_ROW_NUMBER = re.compile(r"[1-9]\d{0,2}")


def is_anchor(text: str) -> bool:
    """Does a row of a table begin with this word: an amount, a code, a numbered item or a total?"""
    word = compact(text)
    return bool(
        AMOUNT.fullmatch(word) or CODE.fullmatch(word) or _ORDINAL.match(word) or word.endswith(("合计", "总计"))
    )


@dataclass(frozen=True, slots=True)
class Band:
    """A column seen from above; ``role``: "code", "name", "aside" (numbers of rows) or "value".

    ``path``: for a column of figures the header cells over it from the outside in, () where they do not tell;
    ``is_sure``: no other header cell is about as near.
    """

    x0: float
    x1: float
    role: str
    path: tuple[str, ...] = ()
    is_sure: bool = True


_Place = TypeVar("_Place", Segment, Band)


def find_bands(body: Sequence[Row], head: Sequence[Sequence[Segment]]) -> list[Band]:
    """The columns: names and codes as they are printed, figures one below each of the lowest header cells."""
    amounts: list[Segment] = []
    codes: list[Segment] = []
    texts: list[Segment] = []
    leaves = header_leaves(head)
    numbered = _numbered_rows(body, [leaf for leaf in leaves if _ASIDE_LEAF.fullmatch(compact(leaf.text))])
    for row in body:
        for segment in row.segments:
            word = compact(segment.text)
            if segment in numbered:
                continue
            if AMOUNT.fullmatch(word):
                amounts.append(segment)
            elif CODE.fullmatch(word):
                codes.append(segment)
            elif word not in shapes().total_rows and not word.endswith("经费合计"):
                texts.append(segment)
    bands = [Band(x0, x1, "name") for x0, x1 in _overlaps(texts)]
    names = list(bands)
    bands += [Band(x0, x1, "code") for x0, x1 in _overlaps(codes) if not _touches(x0, x1, names)]
    # Names may begin further left than the codes of other rows end: whole codes are told by their digits.
    whole = [code for code in codes if WHOLE_CODE.fullmatch(code.text) and _touches(code.x0, code.x1, names)]
    bands += [Band(x0, x1, "code") for x0, x1 in _overlaps(whole) if not _touches(x0, x1, bands[len(names) :])]
    bands += [Band(x0, x1, "aside") for x0, x1 in _overlaps(numbered)]
    labels = [leaf for leaf in leaves if _LABEL_LEAF.fullmatch(compact(leaf.text))]
    for leaf in labels if not any(band.role in ("name", "code") for band in bands) else ():
        bands.append(Band(leaf.x0, leaf.x1, "name"))
    texts_only = [leaf for leaf in leaves if not codes and _is_over_texts(leaf, names)]
    labels = [*labels, *texts_only]
    named = [leaf for leaf in leaves if leaf not in labels and not _ASIDE_LEAF.fullmatch(compact(leaf.text))]
    bands += _figure_bands(_overlaps(amounts), named, header_paths(head))
    return sorted(bands, key=lambda band: band.x0)


def _is_over_texts(leaf: Segment, names: Sequence[Band]) -> bool:
    """Is the header cell that of a column of texts, in a list that has several of them?"""
    return len(names) >= _LIST and any(band.x0 <= (leaf.x0 + leaf.x1) / 2 <= band.x1 for band in names)


def bands_of_part(body: Sequence[Row], bands: Sequence[Band]) -> list[Band]:
    """Where the columns ``bands`` of a table stand in a part of it without a header; [] where it cannot be told.

    Names and codes stand in every part; columns of figures may be empty in one.
    """
    own = find_bands(body, ())
    labels = [band for band in own if band.role != "value"]
    like = [band for band in bands if band.role != "value"]
    figures = [(band.x0, band.x1) for band in own if band.role == "value"]
    values = [band for band in bands if band.role == "value"]
    if len(labels) != len(like) or len(figures) > len(values):
        return []
    placed = [replace(band, x0=label.x0, x1=label.x1) for band, label in zip(like, labels, strict=True)]
    below, stretched = _match_part(figures, values)
    places = dict(zip(stretched, figures, strict=True))
    for at, value in enumerate(values):
        x0, x1 = places.get(at, (value.x0, value.x1))
        placed.append(replace(value, x0=x0, x1=x1, is_sure=value.is_sure and below == stretched))
    ordered = sorted(placed, key=lambda band: band.x0)
    return ordered if [band.role for band in ordered] == [band.role for band in bands] else []


def _match_part(figures: Sequence[tuple[float, float]], values: Sequence[Band]) -> tuple[list[int], list[int]]:
    """The columns the figures of a part stand nearest to, and those they do if the first is where its column was.

    The first column is a total, which is always printed; a page whose lines are shorter is narrower as a whole.
    """
    places, targets = [sum(f) for f in figures], [value.x0 + value.x1 for value in values]
    stretch = places[0] / targets[0] if places and targets else 1
    return _match(places, targets), _match(places, [target * stretch for target in targets])


def share_places(parts: Sequence[Sequence[Row]]) -> bool:
    """Do the columns stand at the same place in every part of a table? Text that keeps its layout moves them by page."""
    amounts = [[s for row in part for s in row.segments if AMOUNT.fullmatch(compact(s.text))] for part in parts]
    size = max((row.size for part in parts for row in part), default=0)
    unions = [_overlaps(own) for own in amounts]
    together = len(_overlaps([segment for own in amounts for segment in own]))
    return all(len(own) <= together and not _moved(unions[0], own, _MOVED * size) for own in unions)


def _moved(columns: Sequence[tuple[float, float]], again: Sequence[tuple[float, float]], least: float) -> bool:
    """Has a column neither its left nor its right edge nor its middle where it was?"""
    return any(
        x0 < b and a < x1 and min(abs(x0 - a), abs(x1 - b), abs(x0 + x1 - a - b) / 2) > least
        for x0, x1 in columns
        for a, b in again
    )


def _numbered_rows(body: Sequence[Row], leaves: Sequence[Segment]) -> list[Segment]:
    """The numbers of rows: whole numbers right under a header 行次 or 序号, and those that go on from them."""
    whole = [s for row in body for s in row.segments if _ROW_NUMBER.fullmatch(compact(s.text))]
    under = [s for s in whole if any(s.x0 < leaf.x1 and leaf.x0 < s.x1 for leaf in leaves)]
    counted = {int(s.text) for s in under}
    for segment in whole if under else ():
        if int(segment.text) - 1 in counted:
            counted.add(int(segment.text))
    return [s for s in whole if int(s.text) in counted]


def _figure_bands(
    printed: Sequence[tuple[float, float]], leaves: Sequence[Segment], paths: Mapping[Segment, tuple[str, ...]]
) -> list[Band]:
    """A band for each header cell, widened by the figures below it; where there are too few of these, by figures alone."""
    if len(leaves) < len(printed):
        return [Band(x0, x1, "value", is_sure=False) for x0, x1 in printed]
    below = _match([x0 + x1 for x0, x1 in printed], [leaf.x0 + leaf.x1 for leaf in leaves])
    places = dict(zip(below, printed, strict=True))
    certain = _certain(printed, [leaves[at] for at in below], leaves)
    bands = []
    for at, leaf in enumerate(leaves):
        x0, x1 = places.get(at, (leaf.x0, leaf.x1))
        bands.append(Band(x0, x1, "value", paths[leaf], at not in places or leaf in certain))
    return bands


def _certain(
    places: Sequence[tuple[float, float]], chosen: Sequence[_Place], targets: Sequence[_Place]
) -> list[_Place]:
    """Those of the chosen targets that are clearly the nearest of all; all of them, where no target is left over."""
    if not chosen or len(chosen) == len(targets):
        return list(chosen)

    def clear(shift: float) -> list[_Place]:
        return [t for p, t in zip(places, chosen, strict=True) if _is_nearest(sum(p) - shift, t, targets)]

    # Figures may all stand aside of their headers: a total is always printed, so that its column says how far.
    begins_with_total = chosen[0] == targets[0] and _TOTAL_LEAF.search(_name(targets[0])) is not None
    aside = sum(places[0]) - targets[0].x0 - targets[0].x1
    return max(clear(0), clear(aside) if begins_with_total else [], key=len)


def _is_nearest(place: float, target: Segment | Band, targets: Sequence[Segment | Band]) -> bool:
    """Is ``place`` (twice a middle) clearly nearer to the target than to all others?"""
    own = abs(place - target.x0 - target.x1)
    return all(own <= _CLEARLY * abs(place - o.x0 - o.x1) for o in targets if o != target)


def _name(target: Segment | Band) -> str:
    return compact(target.text if isinstance(target, Segment) else "".join(target.path[-1:]))


def _match(places: Sequence[float], targets: Sequence[float]) -> list[int]:
    """For each place its target, in order and no target twice, the sum of the distances the least there is."""
    best: list[tuple[float, list[int]]] = [(0.0, [])]  # for the targets so far: the cost of the first n places
    for number, target in enumerate(targets):
        grown = list(best)
        for count, (cost, chosen) in enumerate(best):
            if count >= len(places):
                continue
            total = cost + abs(places[count] - target)
            if count + 1 >= len(grown):
                grown.append((total, [*chosen, number]))
            elif total < grown[count + 1][0]:
                grown[count + 1] = (total, [*chosen, number])
        best = grown
    return best[len(places)][1]


def _overlaps(segments: Iterable[Segment]) -> list[tuple[float, float]]:
    """The unions of what overlaps, from left to right."""
    unions: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda segment: segment.x0):
        if unions and segment.x0 < unions[-1][1]:
            unions[-1] = (unions[-1][0], max(unions[-1][1], segment.x1))
        else:
            unions.append((segment.x0, segment.x1))
    return unions


def _touches(x0: float, x1: float, bands: Sequence[Band]) -> bool:
    return any(x0 < band.x1 and band.x0 < x1 for band in bands)
