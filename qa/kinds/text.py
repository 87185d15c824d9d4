"""The report's own words by where they stand: a section, a glossary entry, a named text of a performance table, the report itself."""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.document import NamedText, Paragraph, Section, Table
from qa.answer import Answer, Derivation, Figure
from qa.builder import Builder
from qa.coverage import uncovered
from qa.kinds import passages, units
from qa.plan import Name, Plan, Ref
from qa.refusal import blocked, refuse
from qa.shelf import Shelf
from qa.understand.normalise import normalise_name
from qa.understand.numbers import chinese_to_int
from qa.understand.telling import TERM, last_name

_LISTED = re.compile(r"（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[、.．]")
_TITLED = {"职能": ("职能", "职责")}  # the words by which headings call what a section is of
_ANNOUNCED = 45  # characters
_SHORTEST = 4
_SPOKEN = {
    "存在问题": "问题|改进措施|整改",  # what is done about it stands right behind
    "主要问题": "问题|改进措施|整改",
    "整改建议": "改进|整改|措施|建议",
    "改进建议": "改进|整改|措施|建议",
    "整改情况": "整改",
}
_ANY_PROJECT = frozenset(
    {
        "绩效评级为优的项目",
        "绩效评级为良的项目",
        "绩效评级为合格的项目",
        "绩效评级为不合格的项目",
        "绩效评价项目",
        "项目支出",
        "绩效评价",
        "涉及预算金额",
        "评价分值",
    }
)


def run(plan: Plan, shelf: Shelf) -> Answer:
    """Quotes the text the plan names, when it holds every word of the question that nobody understood."""
    if plan.topic == "units":
        return units.run(plan, shelf)
    answer = {"named": _named, "section": _section, "glossary": _glossary, "about": _about}[plan.topic](plan, shelf)
    if answer.status == "answered" and not _covers(answer, plan):
        return blocked(plan, shelf.catalogue) or answer
    return answer


def _covers(answer: Answer, plan: Plan) -> bool:
    evidence = answer.text + "".join(c.quote + c.section for c in answer.citations)
    return not plan.restrictions and not uncovered(plan.unknown, evidence)


def _named(plan: Plan, shelf: Shelf) -> Answer:
    """评价结论, 存在问题 …: of the project named, or of every project."""
    ref = plan.exprs[0]
    assert isinstance(ref, Ref)
    canonical = shelf.catalogue.names.canonical
    projects = {
        canonical(t.text) for table in shelf.store.tables(shelf.report) for t in table.texts if t.name == "项目名称"
    }
    strangers = [n for n in ref.names if not projects & set(n.items) and not set(n.items) & _ANY_PROJECT]
    if strangers:
        quoted = _told_of(plan, {item for n in strangers for item in n.items[:1]}, shelf)
        if quoted.status == "answered":
            return quoted
        said = "".join(name.surface for name in strangers)
        return refuse(plan, shelf.catalogue, (f"本报告的绩效评价没有单独评价「{said}」",))
    items = {item for name in ref.names for item in name.items} & projects
    found: list[tuple[Table, NamedText]] = []
    for table in shelf.store.tables(shelf.report):
        project = next((t.text for t in table.texts if t.name == "项目名称"), "")
        if table.texts and (not items or canonical(project) in items):
            found += [(table, text) for text in table.texts if text.name in plan.words]
    if not found and items and any(word in _SPOKEN for word in plan.words):
        return _told_of(plan, items, shelf)
    if not found:  # a passage that only resembles the question tells no 存在问题
        return blocked(plan, shelf.catalogue) or refuse(
            plan, shelf.catalogue, (f"本报告没有印出「{'、'.join(plan.words)}」",)
        )
    builder = Builder(plan.question, "text")
    lines = []
    for table, text in found:
        project = next((t.text for t in table.texts if t.name == "项目名称"), "")
        index = builder.cite_passage(
            shelf.report, " › ".join(table.section), text.page, text.line, text.text, table.title, text.name
        )
        lines.append(f"**{project}**的{text.name}：{text.text}{builder.mark(index)}")
    told = dict.fromkeys(next((t.text for t in table.texts if t.name == "项目名称"), "") for table, _ in found)
    return builder.answer("\n\n".join(lines), subjects=tuple(Ref((Name(p, (canonical(p),)),)) for p in told if p))


def _told_of(plan: Plan, projects: set[str], shelf: Shelf) -> Answer:
    """What the running text says of the problems or the measures of projects whose table has no such text."""
    builder = Builder(plan.question, "text")
    wanted = re.compile("|".join(_SPOKEN[word] for word in plan.words if word in _SPOKEN) or "(?!)")
    lines: list[str] = []
    bare = [name for project in projects if len(name := project.removesuffix("项目")) >= _SHORTEST]
    for paragraph in shelf.store.paragraphs(shelf.report):
        begins = normalise_name(paragraph.text[:_ANNOUNCED])  # 「X项目绩效自评综述：…」
        if not any(name in begins for name in bare):
            continue
        for sentence in re.findall(r"[^。]+。?", paragraph.text):
            if wanted.search(sentence):
                page, line = paragraph.place(paragraph.text.index(sentence))
                section = " › ".join(paragraph.section)
                mark = builder.mark(builder.cite_passage(shelf.report, section, page, line, sentence.strip()))
                lines.append(f"- {sentence.strip()}{mark}")
    if not lines:
        named = "、".join(name.surface for e in plan.exprs if isinstance(e, Ref) for name in e.names)
        return refuse(plan, shelf.catalogue, (f"本报告没有写「{named}」的这项内容",))
    return builder.answer("报告原文：\n\n" + "\n".join(lines))


def _section(plan: Plan, shelf: Shelf) -> Answer:
    """The paragraphs of the section whose heading holds the words asked for."""
    words = [form for word in plan.words for form in _TITLED.get(word, (word,))]
    sections = [s for s in shelf.store.sections(shelf.report) if any(word in s.title for word in words)]
    if not sections:
        return passages.run(plan, shelf)
    builder = Builder(plan.question, "text")
    lines: list[str] = []
    for section in sections[:2]:
        paragraphs = [p for p in shelf.store.paragraphs(shelf.report) if p.section == section.path]
        if plan.limit:
            listed = [p for p in paragraphs if _LISTED.match(p.text.strip())]
            paragraphs = listed[plan.limit - 1 : plan.limit]
        lines += [f"- {p.text.strip()}{_cite(builder, p, section, shelf)}" for p in paragraphs]
    if not lines and plan.limit:
        return refuse(plan, shelf.catalogue, (f"「{sections[0].title}」没有分条列出第 {plan.limit} 条",))
    if not lines:
        return passages.run(plan, shelf)
    if plan.grain == "points":
        return _points(plan, shelf, sections[0])
    return builder.answer(f"{sections[0].title}：\n\n" + "\n".join(lines))


def _points(plan: Plan, shelf: Shelf, section: Section) -> Answer:
    """How many numbered points the section lists, all numbered in the same way and without a gap."""
    builder = Builder(plan.question, "text")
    listed = [
        p for p in shelf.store.paragraphs(shelf.report) if p.section == section.path and _LISTED.match(p.text.strip())
    ]
    marks = [match.group() for p in listed if (match := _LISTED.match(p.text.strip()))]
    digits = [re.sub(r"\D", "", mark) for mark in marks]
    numbers = [int(d) if d else chinese_to_int(mark.strip("（）、")) for d, mark in zip(digits, marks, strict=True)]
    ways = {re.sub(r"[一二三四五六七八九十\d]+", "", mark) for mark in marks}
    if not marks or len(ways) > 1 or numbers != list(range(1, len(marks) + 1)):
        return refuse(plan, shelf.catalogue, (f"「{section.title}」的内容没有连续编号，数不出有几条",))
    cited = tuple(_quote(builder, p, section, shelf) for p in listed)
    steps = (f"{marks[0]}至{marks[-1]}：共 {len(marks)} 条",)
    builder.figures.append(
        Figure(
            Decimal(len(marks)),
            "条",
            f"{section.title}列出的条数",
            "number",
            cited,
            True,
            Derivation("逐条清点", cited, steps),
        )
    )
    shown = "\n".join(f"- {p.text.strip()}{builder.mark(i)}" for p, i in zip(listed, cited, strict=True))
    return builder.answer(f"{section.title}列出 **{len(marks)} 条**：\n\n{shown}")


def _quote(builder: Builder, paragraph: Paragraph, section: Section, shelf: Shelf) -> int:
    page, line = paragraph.place(0)
    return builder.cite_passage(shelf.report, " › ".join(section.path), page, line, paragraph.text)


def _cite(builder: Builder, paragraph: Paragraph, section: Section, shelf: Shelf) -> str:
    return builder.mark(_quote(builder, paragraph, section, shelf))


def _glossary(plan: Plan, shelf: Shelf) -> Answer:
    """The entry of 名词解释 whose term the question names; else what the passages hold."""
    named = "".join(name.surface for e in plan.exprs if isinstance(e, Ref) for name in e.names)  # perhaps before it
    asked = normalise_name(f"{plan.question} {named}")
    builder = Builder(plan.question, "text")
    explained = [
        (_shared(normalise_name(match["term"]), asked), paragraph)
        for paragraph in shelf.store.paragraphs(shelf.report)
        if "名词解释" in "".join(paragraph.section) and (match := TERM.match(paragraph.text.strip()))
    ]
    shared, paragraph = max(explained, key=lambda each: each[0], default=(0, None))
    if shared and paragraph is not None:
        page, line = paragraph.place(0)
        index = builder.cite_passage(shelf.report, " › ".join(paragraph.section), page, line, paragraph.text)
        return builder.answer(f"{paragraph.text.strip()}{builder.mark(index)}")
    said = named or "、".join(plan.unknown)
    return refuse(
        plan, shelf.catalogue, (f"本报告的名词解释没有解释「{said}」" if said else "本报告的名词解释没有这一条",)
    )


def _shared(term: str, asked: str) -> float:
    """How much of the term the question names: all its characters and more when whole, 0 below its larger part."""
    if term in asked:
        return len(term) + 0.5
    if (name := last_name(term)) != term and len(name) > 1 and name in asked:
        return len(name) + 0.25
    longest = max(
        (term[i:j] for i in range(len(term)) for j in range(i + 3, len(term) + 1) if term[i:j] in asked),
        key=len,
        default="",
    )
    return len(longest) if len(longest) >= max(4, len(term) // 2 - 1) else 0


def _about(plan: Plan, shelf: Shelf) -> Answer:
    """What the report is of: its department, year, tables, parts, unit."""
    info = shelf.catalogue.info
    builder = Builder(plan.question, "text")
    index = builder.cite_passage(info.id, info.title, 1, _title_line(shelf), info.title)
    mark = builder.mark(index)
    tables = [t.title for t in shelf.store.tables(info.id)]
    parts = [s.title for s in shelf.store.sections(info.id) if s.level == 1]
    unit = "、".join(dict.fromkeys(t.unit for t in shelf.store.tables(info.id) if t.unit))
    said = {
        "department": f"这是**{info.department}**的{info.year}年度部门{info.document}报告{mark}",
        "year": f"这是**{info.year}年度**的部门{info.document}报告（{info.department}）{mark}",
        "tables": f"报告共有 {len(tables)} 张表：\n\n" + "\n".join(f"- {title}" for title in tables),
        "parts": "报告的各部分：\n\n" + "\n".join(f"- {title}" for title in parts),
        "unit": f"各表的金额单位是{unit}{mark}",
    }
    return builder.answer("\n\n".join(said[word] for word in plan.words if word in said))


def _title_line(shelf: Shelf) -> int:
    return 1
