"""What a statement is about: printed names -> items with the items they are a part of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.statements.vocabulary import YEAR, Vocabulary

_HAN = "[一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(rf"^(?:[（(](?:\d{{1,2}}|{_HAN})[）)]|\d{{1,2}}(?:、|[．.](?!\d))|{_HAN}、)")
_PATH = re.compile(r"(?P<name>.+?)[（(](?P<level>类|款|项)(?:级科目|级)?[）)]")
_CODE = re.compile(r"[（(]\d{3,7}[）)]|^\d{3,7}")
_LEVELS = {"类": 1, "款": 2, "项": 3}
_PAIR = re.compile(
    r"^(?P<prefix>.*?)(?P<a>收入?)(?P<s1>总计|合计|总额)?[、和及与](?P=prefix)?"
    r"(?P<b>支出?)(?P<s2>总计|合计|总额|总决算|决算)?$"
)
_YEAR_AHEAD = re.compile(
    rf"^(?:截[至止])?(?P<year>{YEAR})年(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?|(?P<end>[末底])|度)?"
)
_SAYS_MEASURE = re.compile(r"(?:年初|调整|全年)?预算|决算|支出决算|执行|实际")
_OWN_NAME = re.compile(r"的$|[（(][类款项][）)]|[“”]|(?P<item>收入|支出|费|金额|项目)")
_BRACKETS = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Subject:
    """``item`` cleaned, ``row`` as printed, ``parents`` nearest first, ``level`` 1 类, 2 款, 3 项 or None."""

    item: str
    row: str
    parents: tuple[str, ...] = ()
    level: int | None = None

    def chain(self) -> tuple[str, ...]:
        """The item and what it is a part of: the parents of a part of it."""
        return (self.item, *self.parents)


@dataclass(frozen=True, slots=True)
class Bare:
    """A clause with what only introduces it taken off; ``period`` "" where it names no time."""

    text: str
    period: str


def strip_lead(text: str, department: str, words: Vocabulary) -> Bare:
    """Takes the department, the year and introducing words off the front of a clause without spaces."""
    period = ""
    while True:
        before = text
        text = _ORDINAL.sub("", text.lstrip("，；：。:;, "))
        year = _YEAR_AHEAD.match(text)
        if year:
            period, text = _period(year), text[year.end() :]
        text = _without_department(text, department)
        match = words.leading.match(text)
        if match and match.end() < len(text) + 1:
            text = text[match.end() :]
        if text == before:
            return Bare(*_drop_other_name(text, period))


def _without_department(text: str, department: str) -> str:
    """The text without the department before it, whichever 和 or 与 its name is written with this time."""
    same = str.maketrans("与及", "和和")
    starts = bool(department) and text[: len(department)].translate(same) == department.translate(same)
    return text[len(department) :] if starts else text


def _period(match: re.Match[str]) -> str:
    year, month, day = match["year"], match["month"], match["day"]
    if match["end"]:
        return f"{year}-12-31"
    if month and day:
        return f"{year}-{int(month):02}-{int(day):02}"
    return f"{year}-{int(month):02}" if month else year


def _drop_other_name(text: str, period: str) -> tuple[str, str]:
    """「某局2016年度收入合计」: the department under a name we do not know stands before the year."""
    match = re.match(rf"^[^\d]{{2,24}}?(?=(?P<year>{YEAR})年度?)", text)
    year = _YEAR_AHEAD.match(text[match.end() :]) if match else None
    if match is None or year is None or re.search(r"[与比较同和]", match.group()):
        return text, period
    rest, own = text[match.end() + year.end() :], _OWN_NAME.search(match.group())
    if own and own["item"] and not _SAYS_MEASURE.match(rest):
        return text, period
    # 「编报绩效目标的2024年度项目」, 「“社会福利”（款）2024年度决算」 name no department before the year.
    return (match.group() if own else "") + rest, _period(year)


def strip_tail(text: str, words: Vocabulary) -> str:
    """Takes 为, 共, 分别为 … off the end of a clause."""
    while True:
        shorter = words.trailing.sub("", text.rstrip("，；：、: "))
        if shorter == text:
            return text
        text = shorter


def name_to_subjects(name: str, whole: Subject | None) -> tuple[Subject, ...]:
    """The one or two items a printed name stands for (收入、支出总计 is two), as parts of ``whole``; () for "".

    A name with （类）（款）（项） carries its own parents.
    """
    name = name.translate(_BRACKETS).strip("，；：、。 ")
    if not name:
        return ()
    parents = whole.chain() if whole else ()
    path = [
        (_CODE.sub("", m["name"]).strip("，、：- ").strip('“”"'), _LEVELS[m["level"]]) for m in _PATH.finditer(name)
    ]
    if path:
        item, level = path[-1]
        # 一般公共服务（类）支出: the class's official name ends in 支出.
        if level == 1 and name.endswith("支出") and not item.endswith("支出"):
            item += "支出"
        above = tuple(n for n, _ in reversed(path[:-1]))
        return (Subject(item, name, above or (parents if level == 1 else ()), level),)
    pair = _PAIR.match(name)
    if pair:
        tail = pair["s2"] or pair["s1"] or ""
        return tuple(Subject(pair["prefix"] + side + tail, name, parents) for side in ("收入", "支出"))
    return (Subject(clean_item(name), name, parents),)


def clean_item(name: str) -> str:
    """The item of a printed name: 公务接待费支出 is 公务接待费; full-width brackets, no spaces."""
    name = re.sub(r"\s+", "", name).translate(_BRACKETS)
    return re.sub(r"(?<=费)(?:财政拨款|预算)?支出$", "", name) if not name.endswith("费财政拨款支出") else name


def core(name: str) -> str:
    """The name without what one wording adds and another leaves out: 「“三公”经费支出」, 「“三公”经费财政拨款支出」."""
    return re.sub(r"[“”\"]|财政拨款|(?:支出|收入)?(?:决算)?数?$", "", clean_item(name))


def heading_to_subject(title: str, department: str, words: Vocabulary) -> Subject | None:
    """（一）机关运行经费支出情况 -> 机关运行经费: what a section is about, when its text does not say."""
    text = strip_lead(re.sub(r"\s", "", title).rstrip("。：:"), department, words).text
    text = re.sub(r"(?:总体|结构|具体|基本|使用|占用|管理|开展|执行)*情况(?:的?说明)?$|的?说明$", "", text)
    name = re.sub(r"决算$", "", text)
    return Subject(clean_item(name), name) if name else None
