"""Quote: one figure of an answer with all that a printed quotation of it needs, and the same as text, JSON and a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from corpus.facts import Fact
from corpus.originals import Original
from qa.amounts import written
from qa.answer import Answer
from qa.dossier import Dossier
from qa.sheets import Cell, Sheet

_NUMBER = re.compile(r"[-−]?\d[\d,，]*(?:\.\d+)?")
CHANGED: dict[Original, str] = {
    "same": "",
    "changed": "注意：报告文件在建立索引之后改变了，这里引用的是改变之前的内容。请重新建立索引后再引用。",
    "missing": "注意：找不到当初读取的报告文件，无法核对它是否改变过。",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printed figure stands; ``printed``: its digits as printed, "" for a blank cell; ``text``: the printed line."""

    table: str
    section: str
    row: str
    column: str
    page: int
    line: int
    printed: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """``value`` in ``unit``, None where the cell is blank. ``formula`` and ``steps``: of a computed figure.

    ``address``: the path and query that ask the same question, with the ones before it, again. ``warning``: "" while
    the file the report was read from is what it was.
    """

    department: str
    year: int
    title: str
    report: str
    label: str
    value: Decimal | None
    unit: str
    computed: bool
    formula: str
    steps: tuple[str, ...]
    places: tuple[Place, ...]
    file: str
    sha256: str
    reference: str
    address: str
    warning: str


def figure_to_quote(answers: Sequence[Answer], index: int, dossier: Dossier) -> Quote:
    """The quote of figure ``index`` of the last of ``answers`` (those before it led to its question)."""
    answer = answers[-1]
    figure = answer.figures[index]
    facts = [dossier.facts[id_] for i in figure.citations if (id_ := answer.citations[i].fact) in dossier.facts]
    info = dossier.info
    derivation = figure.derivation
    return Quote(
        department=info.department, year=info.year, title=info.title, report=info.id, label=figure.label, value=figure.value,
        unit=figure.unit, computed=figure.computed, formula=derivation.formula if derivation else "",
        steps=derivation.steps if derivation else (), places=tuple(_place(fact) for fact in facts), file=info.file,
        sha256=info.sha256, reference=_reference(dossier, facts),
        address="/?" + urlencode([*(("q", each.question) for each in answers), ("report", info.id)], errors="replace"),
        warning=CHANGED[dossier.original],
    )  # fmt: skip


def quote_to_text(quote: Quote) -> str:
    """The quote as lines to paste into an article's notes."""
    value = (
        "空白（未填列）"
        if quote.value is None
        else f"{written(quote.value)}{'' if quote.unit == '%' else ' '}{quote.unit}"
    )
    lines = [f"{quote.label}：{value}" + ("（计算得出）" if quote.computed else "")]
    lines += [f"{quote.department} {quote.year} 年度部门决算"]
    lines += [f"算式：{quote.formula}", *quote.steps] if quote.computed else []
    for each in quote.places:
        where = " › ".join(part for part in (each.table or each.section, each.row, each.column) if part)
        lines.append(f"第 {each.page} 页，文本第 {each.line} 行，{where}：印作「{each.printed or '空白'}」")
    lines += [quote.reference, f"地址：{quote.address}", f"文件：{quote.file}，SHA-256：{quote.sha256}"]
    return "\n".join([*lines, *([quote.warning] if quote.warning else [])])


def quote_to_json(quote: Quote) -> dict[str, Any]:
    """The quote as plain JSON values; the value as exact decimal text."""
    names = (
        "department",
        "year",
        "title",
        "report",
        "label",
        "unit",
        "computed",
        "formula",
        "file",
        "sha256",
        "reference",
    )
    return {
        **{name: getattr(quote, name) for name in names},
        "value": None if quote.value is None else format(quote.value, "f"),
        "steps": list(quote.steps),
        "places": [{name: getattr(place, name) for name in place.__slots__} for place in quote.places],
        "address": quote.address,
        "warning": quote.warning,
    }


def quote_to_sheet(quote: Quote) -> Sheet:
    """A row for each printed figure that the quote rests on."""
    header = (
        "部门", "年度", "名称", "数值", "单位", "计算得出", "算式", "表", "章节", "行", "列", "印作", "页", "行号", "原文", "文件",
        "SHA-256",
        "参考文献", "地址", "提示",
    )  # fmt: skip
    head: tuple[Cell, ...] = (
        quote.department, quote.year, quote.label, quote.value, quote.unit, "是" if quote.computed else "", "；".join(quote.steps)
    )  # fmt: skip
    tail: tuple[Cell, ...] = (quote.file, quote.sha256, quote.reference, quote.address, quote.warning)
    rows = tuple(
        (*head, p.table, p.section, p.row, p.column, p.printed, p.page, p.line, p.text, *tail) for p in quote.places
    )
    return Sheet("quote", header, rows)


def _place(fact: Fact) -> Place:
    return Place(
        fact.table or "", fact.section, fact.row or fact.item, fact.column, fact.page, fact.line, printed_text(fact), fact.unit,
        fact.text,
    )  # fmt: skip


def printed_text(fact: Fact) -> str:
    """The digits of a figure exactly as the report prints them; "" for a blank cell."""
    match = _NUMBER.match(fact.text, fact.start) if fact.start >= 0 else None
    return match.group() if match else ("" if fact.value is None else written(fact.value))


def _reference(dossier: Dossier, facts: Sequence[Fact]) -> str:
    """After GB/T 7714-2015 (report): 责任者. 题名[R]. 出版地: 出版者, 出版年: 引文页码. What the file does not say of its
    publication is said to be unknown, in the words of the standard."""
    info = dossier.info
    title = re.sub(r"\s+", "", info.title) or f"{info.department}{info.year}年度部门决算"
    pages = "，".join(str(page) for page in sorted({fact.page for fact in facts}))
    return f"{info.department}. {title}[R]. [出版地不详]: [出版者不详], [出版年不详]{': ' + pages if pages else ''}."
