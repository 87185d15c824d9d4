"""Table shapes: the lines of a table -> Table. One file per layout; they are tried in order.

A new kind of table goes into corpus/taxonomy/tables.toml; a new way of printing one is a module here with a
``read(region, lines, shape)`` that returns a Draft, or None where it does not fit, named in ``_LAYOUTS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.document import Line, Table
from corpus.layouts import coded, coded_panels, labelled, named_texts, panels, single_row
from corpus.layouts.building import Draft, build_table, split_note
from corpus.layouts.regions import TableRegion, lines_to_regions
from corpus.layouts.shapes import TableShape, shapes
from corpus.layouts.tokens import compact

__all__ = ["TableRegion", "lines_to_regions", "region_to_table"]

_Layout = Callable[[TableRegion, Sequence[Line], TableShape], Draft | None]
_LAYOUTS: dict[str, _Layout] = {
    "coded_panels": coded_panels.read,
    "coded": coded.read,
    "panels": panels.read,
    "single_row": single_row.read,
    "named_texts": named_texts.read,
    "labelled": labelled.read,
}
_HEAD = re.compile(r"^(金额)?单位[:：]|^(编制)?(部门|单位)(名称)?[:：]|^公开\d+表|^表\d+$")


def region_to_table(region: TableRegion, section_path: tuple[str, ...]) -> Table:
    """The table printed in ``region``, by the layout its kind is printed in or else the first that fits.

    Never fails: what cannot be read or proved is said in ``proof``.
    """
    shape = shapes().of_kind(region.kind)
    lines, note = split_note(region.body)
    lines = tuple(line for line in lines if not _HEAD.match(compact(line.text)))
    # Two panels of codes would pass for one: that they are two must be looked at first.
    order = list(dict.fromkeys([*(["coded_panels"] if shape.layout == "coded" else []), shape.layout, *_LAYOUTS]))
    drafts = (_LAYOUTS[name](region, lines, shape) for name in order)
    draft = next(draft for draft in drafts if draft is not None)
    return build_table(region, section_path, draft, note)
