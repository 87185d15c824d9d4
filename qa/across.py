"""One question over several reports: the figure of each, set side by side, ranked or added where they are alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from corpus.facts import Fact
from corpus.stores.contents import ReportInfo
from qa.amounts import MONEY, plain, rounded, written_with_unit
from qa.answer import Answer, Derivation, Figure, State
from qa.several import together

MOST = 60  # reports that one question may be put to
_TIMES = re.compile(r"(?:几|多少)倍|倍数")
_MEAN = re.compile(r"平均(?:值|数|每[个家])?")
_UNSUPPORTED = re.compile(r"\d+倍|人均|占(?=[^比]{2,}(?:局|委|办|厅|会|院|部门|单位))")
_HIGHEST = re.compile(r"最[高多大]|排名|排序|排行|从[高大多]到[低小少]|由[高大多]到[低小少]|前\S{1,2}名")
_LOWEST = re.compile(r"最[低少小]|从[低小少]到[高大多]|由[低小少]到[高大多]")
_SUM = re.compile(r"合计|一共|总共|加起来|加在一起|总和|之和|合起来")
_SETTING = re.compile(
    r"(?:比一比|比比看|比一下|相比|对比|比较|相差|差距|差额|差|谁|哪一?个|哪一?家|哪边)?的?(?:更|最)?[高低多少大小]"
    r"(?:多少|一些|一点)?(?=[?？。，,的]|$)|比一比|比比看|比一下|相比|对比|比较|相差|差(?=$)|差距|哪一?个|谁|分别|各自|各"
)
_AMOUNT = re.compile(r"(?:是|有|为)?多少(?:钱|万元|亿元|元)?[?？。\s]*$")  # asked of each report anew
_ENDS = re.compile(r"^[的、，,和与跟同及比对是\s]+|(?:[的、，,和与跟同及对是呢吗?？。！\s]|(?<![分占])比)+$")


@dataclass(frozen=True)
class _Found:
    info: ReportInfo
    answer: Answer
    figure: Figure
    fact: Fact | None


def across(
    question: str, asked: str, reports: Sequence[ReportInfo], ask: Callable[[str, str], Answer],
    fact_of: Callable[[str], Fact | None],
) -> Answer:  # fmt: skip
    """The answer to ``question`` over ``reports``. ``asked``: the question without the reports' names.

    ``ask(question, report)`` answers of one report; ``fact_of(id)`` is the cited fact. Ranks and adds only figures in
    like units; says where the figures are not of the same table or year, and neither ranks nor adds budgets with final
    accounts.
    """
    if len(reports) > MOST:
        text = f"一次最多比较 {MOST} 份报告，这个问题涉及 {len(reports)} 份。请点名要比较的部门，或写明年度。"
        return Answer(question, "clarify", "report", text)
    if (strange := _UNSUPPORTED.search(question)) is not None:
        text = f"在几份报告之间目前只比较、排序和相加，不算「{strange[0]}」。请分别问每个部门的数字。"
        return Answer(question, "not_in_report", "compare", text)
    item = asked
    for said_of_all in (_AMOUNT, _HIGHEST, _LOWEST, _SUM, _TIMES, _MEAN, _SETTING, _ENDS):
        item = said_of_all.sub("", item)
    single = f"{item}是多少？" if item and "多少" not in item else item
    answers = [(info, ask(single, info.id)) for info in reports] if item else []
    found = [_found(info, answer, fact_of) for info, answer in answers if answer.status == "answered"]
    having = [each for each in found if each is not None]
    if not having:
        said = answers[0][1] if answers else None
        text = f"这几份报告都没有能回答的数字：{said.text}" if said else "没有理解要在几份报告之间比什么。"
        return Answer(question, "not_in_report", "compare", text)
    if any(len({f.label for f in e.answer.figures if f.role == "answer" and not f.computed}) > 1 for e in having):
        return Answer(question, "clarify", "compare", "在几份报告之间一次只比较一项数字，请把要问的项目分开问。")
    missing = [info for info, _ in answers if info not in [each.info for each in having]]
    return _set_out(question, having, missing)


def _found(info: ReportInfo, answer: Answer, fact_of: Callable[[str], Fact | None]) -> _Found | None:
    figures = [f for f in answer.figures if f.role == "answer"]
    if not figures:
        return None
    first = figures[0]
    fact = fact_of(answer.citations[first.citations[0]].fact) if first.citations else None
    return _Found(info, answer, first, fact)


def _set_out(question: str, having: list[_Found], missing: list[ReportInfo]) -> Answer:
    differing = _differing(having)
    measures = {each.fact.measure for each in having if each.fact is not None}
    unlike = len({_dimension(each.figure.unit) for each in having if each.figure.value is not None}) > 1
    lowest, highest = bool(_LOWEST.search(question)), bool(_HIGHEST.search(question))
    counted = [each for each in having if each.figure.value is not None]
    ordered = having
    if not unlike and (lowest or highest):
        ordered = sorted(counted, key=_size, reverse=not lowest) + [e for e in having if e not in counted]
    merged = together(question, [_line(each) for each in ordered])
    lead, computed = "", None
    among = f"有这项数字的 {len(counted)} 份报告中，" if missing or len(counted) < len(having) else ""
    if measures == {"final", "budget"} and not unlike:  # a budget is neither more nor less than final accounts
        counted = [e for e in ordered if e.fact is not None and e.fact.measure == "final" and e in counted]
        among, measures, ordered = "只在决算报告中，", {"final"}, [*counted, *(e for e in ordered if e not in counted)]
        merged = together(question, [_line(each) for each in ordered])
    if not unlike and len(counted) > 1 and len(measures) < 2:
        if _SUM.search(question):
            lead, computed = _total(merged, counted, among)
        elif _TIMES.search(question) and len(counted) == 2:
            lead, computed = _ratio(merged, counted)
        elif _MEAN.search(question):
            lead, computed = _mean(merged, counted, among)
        elif lowest or highest:
            first = ordered[0]
            lead = f"{among}{'最低' if lowest else '最高'}的是 **{_name(first.info)}**。\n\n"
        elif len(counted) == 2:
            lead, computed = _gap(merged, counted)
    lines = [f"- {_name(info)}：没有找到这项数字。" for info in missing]
    text = lead + merged.text.replace("\n\n", "\n") + ("\n" + "\n".join(lines) if lines else "")
    worked = _SUM.search(question) or _TIMES.search(question) or _MEAN.search(question)
    kind = "rank" if lowest or highest else "compute" if worked else "compare"
    figures = ((computed,) if computed else ()) + merged.figures
    return replace(merged, kind=kind, text=text, figures=figures, notes=(*merged.notes, *differing))


def _line(each: _Found) -> Answer:
    """The part's answer cut down to its one figure."""
    kept = sorted(dict.fromkeys(each.figure.citations))
    figure = replace(each.figure, label=f"{_name(each.info)} {each.figure.label}", citations=tuple(range(len(kept))))
    if figure.derivation is not None:
        kept = sorted(dict.fromkeys((*kept, *figure.derivation.inputs)))
        at = {old: new for new, old in enumerate(kept)}
        inputs = tuple(at[i] for i in figure.derivation.inputs)
        figure = replace(
            figure, citations=tuple(at[i] for i in each.figure.citations),
            derivation=replace(figure.derivation, inputs=inputs),
        )  # fmt: skip
    marks = "".join(f"[{n + 1}]" for n in figure.citations)
    said = "（空白，没有印出数字）" if figure.value is None else written_with_unit(figure.value, figure.unit)
    text = f"- {_name(each.info)}：**{said}** {each.figure.label}{marks}"
    return replace(
        each.answer, text=text, figures=(figure,), citations=tuple(each.answer.citations[i] for i in kept),
        suggestions=(), notes=(), plan=None, subjects=(),
    )  # fmt: skip


def _differing(having: list[_Found]) -> tuple[str, ...]:
    """In words, what of the figures is not alike: the year, the measure (budget, final), the table they stand in."""
    notes = []
    if len({each.info.year for each in having}) > 1 and len({each.info.department for each in having}) > 1:
        notes.append("口径：各报告的年度不同（" + "、".join(_name(each.info) for each in having) + "）。")
    facts = [each.fact for each in having if each.fact is not None]
    if len({fact.measure for fact in facts}) > 1:
        notes.append("口径：有的是预算数，有的是决算数，不宜直接比较或相加。")
    if len({(fact.table_kind, fact.item, fact.facet) for fact in facts if fact.source == "cell"}) > 1:
        said = "；".join(f"{_name(e.info)}取自《{e.fact.table}》「{e.fact.item}」" for e in having if e.fact)
        notes.append(f"口径：各数字不是同一张表的同一项（{said}）。")
    return tuple(notes)


def _total(merged: Answer, counted: list[_Found], among: str) -> tuple[str, Figure | None]:
    unit = counted[0].figure.unit
    if unit == "%":
        return "", None  # percentages of different wholes have no sum
    values = [_in(each.figure, unit) for each in counted]
    total = plain(sum(values, Decimal(0)))
    working = " + ".join(written_with_unit(value, unit) for value in values)
    figure = _computed(merged, total, unit, "各部门合计", f"{working} = {written_with_unit(total, unit)}")
    return f"{among}合计 **{written_with_unit(total, unit)}**（{working}）。\n\n", figure


def _ratio(merged: Answer, counted: list[_Found]) -> tuple[str, Figure | None]:
    """How many times the second is in the first, in the order they are named; nothing where the second is 0."""
    unit = counted[0].figure.unit
    first, second = (_in(each.figure, unit) for each in counted)
    if unit == "%" or not second:
        return ("后一个数是 0，倍数无法计算。\n\n" if unit != "%" else ""), None
    times = rounded(Fraction(first) / Fraction(second))
    step = f"{written_with_unit(first, unit)} ÷ {written_with_unit(second, unit)} ≈ {times} 倍"
    names = f"{_name(counted[0].info)} 是 {_name(counted[1].info)} 的"
    return f"{names} **{times} 倍**（{step}）。\n\n", _computed(merged, times, "倍", f"{names}倍数", step)


def _mean(merged: Answer, counted: list[_Found], among: str) -> tuple[str, Figure | None]:
    unit = counted[0].figure.unit
    if unit == "%":
        return "", None  # percentages of different wholes have no mean
    values = [_in(each.figure, unit) for each in counted]
    mean = rounded(Fraction(sum(values, Decimal(0))) / len(values))
    step = (
        f"({' + '.join(written_with_unit(v, unit) for v in values)}) ÷ {len(values)} ≈ {written_with_unit(mean, unit)}"
    )
    figure = _computed(merged, mean, unit, "各部门平均", step)
    return f"{among}平均 **{written_with_unit(mean, unit)}**（{step}）。\n\n", figure


def _gap(merged: Answer, counted: list[_Found]) -> tuple[str, Figure | None]:
    unit = counted[0].figure.unit
    if unit == "%":
        return "", None
    more, less = sorted(counted, key=_size, reverse=True)
    gap = plain(_in(more.figure, unit) - _in(less.figure, unit))
    if not gap:
        return "两者相同。\n\n", None
    left, right = (written_with_unit(_in(each.figure, unit), unit) for each in (more, less))
    figure = _computed(merged, gap, unit, "相差", f"{left} − {right} = {written_with_unit(gap, unit)}")
    return f"**{_name(more.info)}** 较多，相差 **{written_with_unit(gap, unit)}**。\n\n", figure


def _computed(merged: Answer, value: Decimal, unit: str, label: str, step: str) -> Figure:
    cited = tuple(dict.fromkeys(i for figure in merged.figures for i in figure.citations))
    state: State = "number" if value else "zero"
    return Figure(value, unit, label, state, cited, True, Derivation(label, cited, (step,)))


def _name(info: ReportInfo) -> str:
    return f"{info.department}（{info.year}年）"


def _dimension(unit: str) -> str:
    return "money" if unit in MONEY else unit


def _size(each: _Found) -> Decimal:
    assert each.figure.value is not None
    return each.figure.value * MONEY.get(each.figure.unit, Decimal(1))


def _in(figure: Figure, unit: str) -> Decimal:
    assert figure.value is not None
    return figure.value if figure.unit == unit else plain(figure.value * MONEY[figure.unit] / MONEY[unit])
