"""What people read: labels of figures, and the sentences of answers, in 简体中文."""

from __future__ import annotations

import re

from corpus.facts import Fact
from qa.amounts import written_with_unit

_MEASURES = {
    "final": "决算数",
    "budget": "预算数",
    "completion": "完成预算的比例",
    "share": "占比",
    "change": "比上年增减额",
    "change_rate": "比上年增减率",
}
# What is printed before the figure of an indicator: 「≥9000件」 is not 9000件.
_BOUND = re.compile(r"(?:[≥≤＞＜><]|大于等于|小于等于|大于|小于|不[少低高大多]于|不超过|至少|至多)\s*$")
_SIDES = {"income": "收入", "expenditure": "支出"}


def label_of(fact: Fact) -> str:
    """A name for the figure that can stand alone: item, part column and measure."""
    owner = f"{fact.parents[-1]} " if fact.table_kind == "performance" and fact.parents else ""
    owner = "" if owner.endswith("指标 ") else owner  # a form of the whole department names no project
    facet = "" if fact.facet in {"", "合计", fact.item} else f"{fact.facet} "
    measure = _measure_of(fact)
    measure = "" if measure and measure in facet else measure
    side = "收入" if fact.panel == "income" and "收入" not in fact.item + facet and fact.measure == "final" else ""
    year = f"{fact.period} 年度" if fact.source == "cell" and _names_year(fact) else ""
    return f"{year}{owner}{fact.item} {facet}{side}{measure}".strip()


def _names_year(fact: Fact) -> bool:
    """Does its row or column say of which year it is?"""
    return bool(fact.period) and (
        fact.row.startswith(fact.period) or fact.period in fact.column or "上年" in fact.column
    )


def _measure_of(fact: Fact) -> str:
    if fact.table_kind in {"performance", "other"} and fact.measure in {"final", "budget"}:
        column = re.sub(r"\s|[（(][万亿千]?元[）)]$", "", fact.column.split(" › ")[-1])
        if column.startswith("全年") or (column and fact.table_kind == "performance"):
            return column  # 全年执行数, 资金总额
    if fact.measure == "budget" and "年初" in fact.column:
        return "年初预算数"
    if fact.measure in {"change", "change_rate"} and fact.basis:
        year = f"{fact.basis}年度" if fact.basis.isdigit() else fact.basis
        return f"比{year}增减{'额' if fact.measure == 'change' else '率'}"
    if fact.measure == "share" and fact.basis:
        return f"占{fact.basis}的比例"
    if fact.measure in {"count", "score", "rate", "other"}:
        return "" if fact.column in fact.item else fact.column
    return _MEASURES[fact.measure]


def figure_text(fact: Fact) -> str:
    """The figure as a person reads it; a blank says so."""
    if fact.value is None:
        return "（空白）"
    bound = _BOUND.search(fact.text[: max(0, fact.start)]) if fact.table_kind == "performance" else None
    return (bound.group().strip() if bound else "") + written_with_unit(fact.value, fact.unit)


def change_text(fact: Fact) -> str:
    """A change as a person says it: 减少 36.18 万元; a figure that is no change as ``figure_text``."""
    if fact.measure not in {"change", "change_rate", "budget_change"} or not fact.value:
        return figure_text(fact)
    word = "增加" if fact.value > 0 else "减少"
    return f"{word} {written_with_unit(abs(fact.value), fact.unit)}"


def place_of(fact: Fact) -> str:
    """Where the figure stands, in words: the table, or the section of the narrative."""
    if fact.table:
        return f"《{fact.table.strip()}》"
    return f"「{fact.section.split(' › ')[-1]}」"
