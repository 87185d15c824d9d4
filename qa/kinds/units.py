"""The units whose accounts a department's report takes in, as its first part lists them (部门决算单位构成)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qa.answer import Answer, Derivation, Figure
from qa.builder import Builder
from qa.plan import Plan
from qa.refusal import refuse
from qa.shelf import Shelf
from qa.understand.normalise import normalise

_HEADINGS = (
    "单位构成",
    "单位组成",
    "编制范围",
    "编报范围",
    "所属单位",
    "单位情况",
    "机构设置",
    "机构情况",
    "基本情况",
    "概况",
)
_SENTENCE = re.compile(
    r"[^。；]*(?:编制范围|编报范围|汇总范围|预算单位|决算单位|下属|所属|二级单位|事业单位)[^。；]*[。；]?"
)
_SPLIT = re.compile("[（( ]")
_BELOW = re.compile("下属|所属|二级|下级|下辖|直属|基层")
_SHORTEST = 3


@dataclass(frozen=True)
class Unit:
    """One unit as listed, with what is said of it in brackets, and where."""

    name: str
    told: str
    section: str
    table: str | None
    page: int
    line: int


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Lists the units, counts them, or says whether one is among them; else quotes what the report says of them."""
    units = tuple(listed(shelf))
    if "member" in plan.words:
        return _member(plan, shelf, units)
    builder = Builder(plan.question, "text")
    if not units:
        quoted = list(_quoted(builder, shelf))
        if not quoted:
            return refuse(plan, shelf.catalogue, ("本报告没有列出纳入范围的单位",))
        return builder.answer("报告原文：\n\n" + "\n".join(quoted))
    below = tuple(u for u in units if "本级" not in u.told) if _BELOW.search(plan.question) else units
    if below and len(below) < len(units):
        builder.note("不含本级。")
        units = below
    marks = tuple(_cite(builder, shelf, unit) for unit in units)
    lines = [f"- {unit.told}{builder.mark(mark)}" for unit, mark in zip(units, marks, strict=True)]
    names = "、".join(unit.name for unit in units)
    steps = (f"{names}：共 {len(units)} 个",)
    builder.figures.append(
        Figure(
            Decimal(len(units)), "个", "列出的单位数", "number", marks, computed=True,
            derivation=Derivation("逐个清点", marks, steps),
        )
    )  # fmt: skip
    return builder.answer(f"报告列出的单位共 **{len(units)} 个**：\n\n" + "\n".join(lines))


def listed(shelf: Shelf) -> Iterator[Unit]:
    """The units of the table under the heading that says which units there are; none where no table lists them."""
    for table in shelf.store.tables(shelf.report):
        heading = table.section[-1] if table.section else ""
        if table.kind != "other" or not any(word in f"{heading}{table.title}" for word in _HEADINGS[:5]):
            continue
        if any(cell.state == "number" for cell in table.cells):
            continue
        for row in table.rows:
            told = row.label.strip()
            if len(told) >= _SHORTEST and not told.isascii():
                section = " › ".join(table.section)
                yield Unit(_SPLIT.split(told)[0], told, section, heading or None, row.page, row.line)
        return


def _member(plan: Plan, shelf: Shelf, units: tuple[Unit, ...]) -> Answer:
    asked = normalise(plan.question)
    scored = [(_named(unit.name, asked), unit) for unit in units]
    most = max((score for score, _ in scored), default=0)
    best = [unit for score, unit in scored if score == most and score]
    if len(best) != 1:
        return refuse(plan, shelf.catalogue, ("本报告列出的单位里没有认出所问的那一个",))
    builder = Builder(plan.question, "yesno")
    return builder.answer(
        f"**是**：报告列出的单位里有「{best[0].told}」{builder.mark(_cite(builder, shelf, best[0]))}。"
    )


def _named(name: str, asked: str) -> int:
    """How long an end of the unit's name the question holds; 0 below what tells it from others."""
    for start in range(len(name) - _SHORTEST):
        if name[start:] in asked:
            return len(name) - start
    return 0


def _cite(builder: Builder, shelf: Shelf, unit: Unit) -> int:
    return builder.cite_passage(shelf.report, unit.section, unit.page, unit.line, unit.told, unit.table, unit.name)


def _quoted(builder: Builder, shelf: Shelf) -> Iterator[str]:
    """The sentences about the units in the part that describes the department."""
    for heading in _HEADINGS:
        found = []
        for paragraph in shelf.store.paragraphs(shelf.report):
            if not paragraph.section or heading not in paragraph.section[-1]:
                continue
            sentences = "".join(m.group() for m in _SENTENCE.finditer(paragraph.text)).strip()
            if "单位" in sentences:
                page, line = paragraph.place(0)
                index = builder.cite_passage(
                    shelf.report, " › ".join(paragraph.section), page, line, paragraph.text.strip()
                )
                found.append(f"- {sentences}{builder.mark(index)}")
        if found:
            yield from found[:3]
            return
