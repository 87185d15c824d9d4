"""Which of several reports a question is about: the department and the year it names, or the report spoken of before.

Nothing here knows a department: the names are those of the reports that are open, in the short forms in use.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.stores.contents import ReportInfo
from qa.answer import Answer
from qa.understand.spoken import department_names

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年度|年)?")
_EACH = re.compile(
    r"(?:所有的?|全部|每一?个|各个|各|哪一?个|哪些|哪几个|这几个|那几个|这些|两个|[三四五六七八九十]个|几个)"
    r"(?:部门|单位|机关|局|委办局|委)|哪一?家(?:部门|单位)?|各家(?:部门|单位)?|每一?家(?:部门|单位)?"
)
_YEARS = re.compile(r"历年来?|逐年|各年度?|每年|哪一?年|这几年|几年来|年度趋势|变化趋势|趋势")
_BARE = re.compile(r"[那的呢吗啊？?，,。！!\s]|换成|换|改成|要是|如果是|是")
_ORGANISATION = re.compile(
    r"(?:^|[，,。？?！!：:\s\d年度的和与跟比问查])(?P<name>[\u4e00-\u9fff]{2,14}?(?:局|委员会|办公室|办公厅|厅|法院|检察院|街道办事处|街道|大学|学院|医院|研究院|研究所))"
)
_NOT_A_NAME = re.compile(
    r"(?:哪|各|每|这|那|两|几|全|本|所有|一个|个|我们|你们|该).{0,2}(?:局|厅|委员会|办公室|医院|大学|街道)$|[邮结布格]局$"
)
_LISTING = re.compile(
    r"(?:有|收录了?|能查|可以查|查得到|包括|包含)(?:哪些|哪几个|哪几份|几个|几份|多少份|多少个|什么)"
    r"(?:部门|单位|报告|机关|年度|年份)的?(?:报告|决算|预算|数据|资料)?(?:[？?。！!]|$)"
)
_MOST_OFFERED = 8
_MOST_NAMED = 60  # in the question back; whoever has more knows what he looks for


@dataclass(frozen=True)
class Choice:
    """``reports``: those meant, the first named first; ``question``: as the one report is to be asked it, for each of several
    without what names them.

    ``over``: whether the question is put to each of them; else the assistant asks which, where there are several.
    """

    reports: tuple[ReportInfo, ...]
    question: str
    over: bool = False


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    departments: frozenset[str]


class Library:
    """The reports that are open, arranged so that a question finds those it names without a look at the others."""

    def __init__(self, reports: Sequence[ReportInfo]) -> None:
        self.reports = tuple(reports)
        self.by_id = {info.id: info for info in self.reports}
        self._of: dict[str, list[ReportInfo]] = defaultdict(list)
        self._in_year: dict[int, dict[str, None]] = defaultdict(dict)
        self._named: dict[str, set[str]] = defaultdict(set)
        for info in self.reports:
            self._of[info.department].append(info)
            self._in_year[info.year][info.department] = None
        for department, own in self._of.items():
            own.sort(key=_newest_first)
            for name in department_names(department):
                self._named[name].add(department)
        self._lengths = sorted({len(name) for name in self._named})

    def choose(self, question: str, before: str | None) -> Choice:
        """The reports that ``question`` is about. ``before``: id of the report that the last answer cited, if any."""
        mentions = self._mentions(question)
        named = tuple(dict.fromkeys(d for m in mentions for d in sorted(m.departments)))
        each = None if mentions else _EACH.search(question)
        departments: Collection[str] = named or self._of.keys()
        ambiguous = any(len(m.departments) > 1 for m in mentions)
        years = list(dict.fromkeys(int(year) for year in _YEAR.findall(question)))
        over_years = _YEARS.search(question) if len(departments) == 1 else None
        if before is not None and not named and each is None and not over_years:
            last = self.by_id.get(before)
            if last is not None:
                return Choice(self._of_years((last.department,), years[:1]) if years else (last,), question)
        if len(departments) == 1 and (over_years or len(years) > 1):
            spans = self._of_years(departments, years if len(years) > 1 else [], every=True)
            if len(spans) > 1 and (over_years or {info.year for info in spans} >= set(years)):
                return Choice(spans, _without(question, mentions, over_years), over=True)
        if each and any(year in self._in_year for year in years):
            of_years = {d for year in years for d in self._in_year.get(year, ())}
            departments = [department for department in self._of if department in of_years]
        chosen = self._of_years(departments, years)
        if each or (len(departments) > 1 and len(mentions) > 1 and not ambiguous):
            return Choice(chosen, _without(question, mentions, each), over=True)
        if before is not None and len(mentions) == 1 and not _BARE.sub("", _without(question, mentions, None)):
            question = f"那{question[mentions[0].start : mentions[0].end]}呢"  # 「财政局的呢？」: the same of it
        return Choice(chosen, question)

    def names_any(self, question: str) -> bool:
        """Whether the question names a department of one of the reports."""
        return bool(self._mentions(question))

    def _mentions(self, question: str) -> list[_Mention]:
        """Where departments are named, the longest names only; a name that several share stands for each of them."""
        found: dict[tuple[int, int], set[str]] = {}
        for length in self._lengths:
            for start in range(len(question) - length + 1):
                if departments := self._named.get(question[start : start + length]):
                    found[start, start + length] = departments
        longest = [
            _Mention(*span, frozenset(meant))
            for span, meant in found.items()
            if not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in found)
        ]
        return sorted(longest, key=lambda m: m.start)

    def _of_years(
        self, departments: Iterable[str], years: Sequence[int], every: bool = False
    ) -> tuple[ReportInfo, ...]:
        """Of each department the report of the first year named that it has, else its newest; with ``every`` all."""
        chosen: list[ReportInfo] = []
        for department in departments:
            own = self._of[department]
            fitting = [i for i in own if not years or i.year in years] or ([] if every else own)
            chosen += sorted(_one_a_year(fitting), key=lambda i: i.year) if every else fitting[:1]
        return tuple(chosen)


def asks_for_the_list(question: str) -> bool:
    """Whether a question asks which reports there are: 「这里有哪些部门的报告？」."""
    return bool(_LISTING.search(question))


def the_list(question: str, reports: Sequence[ReportInfo]) -> Answer:
    """The reports that are open, by department and year."""
    named = sorted(reports, key=lambda info: (info.department, -info.year))
    lines = [f"- {info.department} {info.year} 年度{info.document}" for info in named[:_MOST_NAMED]]
    lines += [f"- ……共 {len(reports)} 份" if len(reports) > _MOST_NAMED else ""]
    text = f"现在可以问的有 {len(reports)} 份报告：\n\n" + "\n".join(line for line in lines if line)
    return Answer(question, "clarify", "report", text)


def no_such_report(question: str, library: Library) -> Answer | None:
    """Says so where the question names a department of which there is no report; None where it names none."""
    found = [m["name"] for m in _ORGANISATION.finditer(question) if not _NOT_A_NAME.search(m["name"])]
    if not found:
        return None
    known = "、".join(dict.fromkeys(info.department for info in library.reports[:_MOST_OFFERED]))
    more = f"等 {len(library.reports)} 份" if len(library.reports) > _MOST_OFFERED else ""
    text = f"没有「{found[0]}」的报告，或这个简称没有认出来。现在可以问的有：{known}{more}。"
    options = tuple(question.replace(found[0], info.department) for info in library.reports[:3])
    return Answer(question, "not_in_report", "report", text, suggestions=options)


def which_report(question: str, reports: Sequence[ReportInfo]) -> Answer:
    """The question back: of which report? With the same question put to each of them."""
    options = tuple(f"{info.department}{info.year}年{question}" for info in reports[:_MOST_OFFERED])
    names = "、".join(f"{info.department}（{info.year}年）" for info in reports[:_MOST_NAMED])
    names += f"……共 {len(reports)} 份报告" if len(reports) > _MOST_NAMED else ""
    return Answer(
        question, "clarify", "report", f"请说明问的是哪个部门：{names}。", suggestions=options, options=options
    )


def _one_a_year(reports: Sequence[ReportInfo]) -> Iterator[ReportInfo]:
    seen: set[int] = set()
    for info in reports:
        if info.year not in seen:
            seen.add(info.year)
            yield info


def _newest_first(info: ReportInfo) -> tuple[int, bool, str]:
    return (-info.year, "决算" not in info.title, info.id)  # of one year the final accounts before the budget


def _without(question: str, mentions: Sequence[_Mention], word: re.Match[str] | None) -> str:
    spans = sorted([(m.start, m.end) for m in mentions] + ([word.span()] if word else []), reverse=True)
    for start, end in spans:
        question = f"{question[:start]}\0{question[end:]}"
    question = _YEAR.sub("", question)
    return re.sub(r"(?:\0[的、，,和与跟同及比对\s]*)+", "", question)
