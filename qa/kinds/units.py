"""The units whose accounts a department's report takes in, as its first part lists them (部门决算单位构成)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Paragraph
from qa.answer import Answer, Derivation, Figure
from qa.builder import Builder
from qa.plan import Plan
from qa.refusal import refuse
from qa.shelf import Shelf
from qa.understand.normalise import normalise
from qa.wording import figure_text

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
_BELOW = re.compile(
    "下属|所属|二级|下级|下辖|直属|基层|下面|底下|手下|旗下|管着|管辖|(?:除了?|不算)(?:局|委|办|机关)?本级|本级(?:之外|以外)"
)
_OWN = re.compile(
    "(?<!并入)(?:本级|本部)|机关$"
)  # the department itself, among its units; 「并入本级」 is said of another
_WITHIN = re.compile("范围|纳入|列入")
_COUNTED = re.compile("范围|(?:二级|预算|决算)单位")
_LISTS = re.compile("(?:编制范围|编报范围|预算单位|决算单位)[^。；]*[：:]$")
_NUMBERED = re.compile(
    r"\s*(?:(?P<n>\d+)[、.．]|[（(](?P<b>[一二三四五六七八九十\d]+)[）)]|(?P<c>[一二三四五六七八九十]+)、)\s*"
)
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
        quoted = list(_quoted(builder, shelf, "范围" if _WITHIN.search(plan.question) else "单位"))
        if not quoted:
            return refuse(plan, shelf.catalogue, ("本报告没有列出纳入范围的单位",))
        lead = _number(builder, shelf) if "count" in plan.words else ""
        return builder.answer(f"{lead}报告原文：\n\n" + "\n".join(quoted))
    below = tuple(u for u in units if not _OWN.search(u.told)) if _BELOW.search(plan.question) else units
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
    """The units of the table, or of the numbered list, under the heading that says which there are; none where neither is."""
    yield from _in_table(shelf) or _in_list(shelf)


def _in_table(shelf: Shelf) -> list[Unit]:
    for table in shelf.store.tables(shelf.report):
        heading = table.section[-1] if table.section else ""
        if table.kind != "other" or not any(word in f"{heading}{table.title}" for word in _HEADINGS[:5]):
            continue
        if any(cell.state == "number" for cell in table.cells):
            continue
        section = " › ".join(table.section)
        told = ((row.label.strip(), row) for row in table.rows)
        return [
            Unit(_SPLIT.split(label)[0], label, section, heading or None, row.page, row.line)
            for label, row in told
            if len(label) >= _SHORTEST and not label.isascii()
        ]
    return []


def _in_list(shelf: Shelf) -> list[Unit]:
    """「纳入…编制范围的单位包括：」 and the numbered names after it."""
    found: list[Unit] = []
    open_, kind = False, ""
    for paragraph in shelf.store.paragraphs(shelf.report):
        text = paragraph.text.strip()
        match = _NUMBERED.match(text)
        if open_ and match is not None and (not found or match.lastgroup == kind):
            told, kind = text[match.end() :].rstrip("；;。"), match.lastgroup or ""
            page, line = paragraph.place(0)
            found.append(Unit(_SPLIT.split(told)[0], told, " › ".join(paragraph.section), None, page, line))
        elif found:
            break
        else:
            open_ = bool(_LISTS.search(text)) and any(word in "".join(paragraph.section) for word in _HEADINGS)
    return found


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


def _number(builder: Builder, shelf: Shelf) -> str:
    """The number of units that a quoted sentence prints, where just one does: 「二级预算单位包括：…，共5家」."""
    quotes = [normalise(c.quote) for c in builder.citations]
    named = re.compile("下属|所属|下辖") if _BELOW.search(builder.question) else _COUNTED
    counts = [
        e
        for e in shelf.catalogue.entries
        if e.fact.source == "sentence" and e.fact.measure == "count" and e.fact.unit in {"个", "家"}
        and named.search(normalise(e.fact.item) or normalise(e.fact.text[: max(e.fact.start, 0)]))
        and any(normalise(e.fact.text) in quote for quote in quotes)
    ]  # fmt: skip
    if len(counts) != 1:
        return ""
    return f"**{figure_text(counts[0].fact)}** {counts[0].fact.item or '单位'}{builder.printed(counts[0])}\n\n"


def _quoted(builder: Builder, shelf: Shelf, of: str) -> Iterator[str]:
    """The sentences about the units in the part that describes the department, that say ``of`` where some do."""
    for heading in _HEADINGS:
        found: list[tuple[str, Paragraph]] = []
        for paragraph in shelf.store.paragraphs(shelf.report):
            if not paragraph.section or heading not in paragraph.section[-1]:
                continue
            sentences = "".join(m.group() for m in _SENTENCE.finditer(paragraph.text)).strip()
            if "单位" in sentences:
                found.append((sentences, paragraph))
        found = [each for each in found if of in each[0]] or found
        for sentences, paragraph in found[:3]:
            page, line = paragraph.place(0)
            path = " › ".join(paragraph.section)
            index = builder.cite_passage(shelf.report, path, page, line, paragraph.text.strip())
            yield f"- {sentences}{builder.mark(index)}"
        if found:
            return
