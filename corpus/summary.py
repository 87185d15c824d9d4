"""A report in a few lines: what was read of it, and what its answers are to be read with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from corpus.acceptance import percent
from corpus.layouts.shapes import shapes
from corpus.stores.contents import ReportInfo


def summary_of(info: ReportInfo) -> Iterator[str]:
    """Pages, figures, tables by kind, share of numbers accounted for, tables proved, discrepancies, warnings."""
    yield (
        f"{info.pages} 页，{info.facts} 个数据，{info.passages} 个段落，{info.tables} 张表"
        f"（有数字的 {info.tables_with_figures} 张，位置已由合计关系证明的 {info.tables_proved} 张），"
        f"{info.numbers} 个数字中 {percent(info.numbers_accounted, info.numbers)} 有着落，"
        f"{info.discrepancies} 处不一致"
    )
    kinds = Counter(shapes().labels.get(kind, kind) for kind in info.kinds)
    if kinds:
        yield "表：" + "、".join(f"{kind} {count} 张" if count > 1 else kind for kind, count in kinds.items())
    for warning in info.warnings:
        yield f"注意：{warning}"
