"""The words before a figure -> what the figure is: its measure, its item, what it is compared with.

``read_lead`` reads the words between the figure before and this one, clause by clause; the last clause decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.facts import Measure
from corpus.statements.naming import Subject, clean_item, name_to_subjects, strip_lead, strip_tail
from corpus.statements.sentences import split_clauses
from corpus.statements.state import MONEY, PERCENT, Reading, State
from corpus.statements.vocabulary import YEAR, Vocabulary

_WITHIN = re.compile(r"^在?(?P<name>.+?)(?:支出|收入)?(?:决算)?中$")
_NAME_LIKE = re.compile(r"(?:费|费用|支出|收入|资金|补助|（[类款项]）)$")
_NO_NAME = re.compile(r"(?:全部|全|均|都|主要|基本)为|即|未|无|没有")
_NUMBERED = re.compile(r"[（(](\d)[）)]")
_NO_SUBJECT = frozenset(
    {
        "",
        "支出",
        "收入",
        "实际支出",
        "其",
        "金额",
        "总额",
        "执行数",
        "实际执行数",
        "全年执行数",
        "执行",
        "实际执行",
        "执行金额",
    }
)
_QUOTED = re.compile(r"(?P<lead>.*?)“[^”]+”(?P<rest>.*)")
_NOUN_AFTER = re.compile(r"\s*(?P<noun>(?!（)[\u4e00-\u9fff（）]{2,20}?)(?=[，。；、,]|开展|进行|实施|涉及|$)")


def read_lead(lead: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading:
    """The meaning of a figure with the words ``lead`` before it, ``unit`` and the words ``after`` behind it."""
    *context, head = split_clauses(re.sub(r"\s+", "", lead))
    for clause in context:
        read_context(clause, state, words)
    _number(head, state)
    head = re.sub(r"^[（(](?=[^）)]*$)", "", head)  # a bracket that closes after the figure
    if words.parts.match(head):
        state.open_part()
    planned = _planned_amount(head, state.year, words) if unit in MONEY else ""
    head = _take_compare(head, state, words)
    bare = strip_lead(head, state.department, words)
    state.period = bare.period or state.period
    text = bare.text
    if planned and not text:
        state.scope, state.modifier, state.unit = "", "", unit
        return Reading("budget", planned, state.subject or state.top)
    prior = words.prior_amount.match(text)
    if prior:
        state.period, text = str(state.year - 1), text[prior.end() :]
    if unit in PERCENT:
        readers: tuple[_Reader, ...] = (_completion, _share, _change, _rate)
    elif unit in MONEY:
        readers = (_against_budget, _change, _attribute, _budget, _final, _plain)
    elif unit == "分" or unit == "":
        readers = (_attribute, _plain)
    else:
        readers = (_change, _count)
    reading = next(r for r in (read(text, unit, after, state, words) for read in readers) if r is not None)
    state.scope = state.modifier = ""
    state.unit = unit
    return reading


_Reader = Callable[[str, str, str, State, Vocabulary], Reading | None]


def read_context(clause: str, state: State, words: Vocabulary) -> None:
    """A clause without a figure: 其中, a year, what is compared with, 「在…中」, or the name of what follows."""
    clause = re.sub(r"\s+", "", clause)
    _number(clause, state)
    if words.parts.match(clause):
        state.open_part()
    introduced = words.introduces.fullmatch(clause)
    if introduced and not words.parts.match(clause):
        name_subject(strip_lead(introduced["name"], state.department, words).text, state, words)
        state.whole = state.subject[0] if state.subject else state.whole
        return
    rest = _take_compare(clause, state, words)
    bare = strip_lead(rest, state.department, words)
    state.period = bare.period or state.period
    within = _WITHIN.match(bare.text)
    risen = words.change.match(bare.text)  # 「项目支出增加，较上年增加 3 万元」
    if within:
        name = bare.text.removeprefix("在").removesuffix("中").removesuffix("决算")
        named = name_to_subjects(name, state.outer) or state.subject or state.top
        state.top, state.whole = named, named[0] if named else state.whole
        state.scope = name + "中" if bare.text.startswith("在") else ""
    elif risen and _NAME_LIKE.search(risen["item"]):
        name_subject(risen["item"], state, words)
    elif bare.text.endswith("的") and state.scope:
        state.modifier += bare.text
    elif (
        _NAME_LIKE.search(bare.text)
        and len(bare.text) <= 80
        and not (words.direction.search(bare.text) or _NO_NAME.match(bare.text))
    ):
        name_subject(bare.text, state, words)


def _number(clause: str, state: State) -> None:
    """（1）A …，包括…；（2）B: what is numbered alike is part of the same whole."""
    match = _NUMBERED.match(clause)
    if match is None:
        return
    if match[1] == "1" or state.numbered is None:
        state.numbered = state.whole
    else:
        state.whole = state.numbered


def name_subject(text: str, state: State, words: Vocabulary) -> None:
    """Makes the item named by ``text`` what the following figures are about."""
    named = name_to_subjects(strip_tail(text, words), state.whole)
    if named:
        state.subject = named
        if state.whole is state.outer:
            state.top = named


def _take_compare(clause: str, state: State, words: Vocabulary) -> str:
    """Notes what the clause compares with (比上年, 与 2015 年度相比) and returns it without those words."""
    match = words.compare.search(clause)
    if match is None:
        return clause
    year = re.search(YEAR, match.group())
    ref = (
        year.group() if year and int(year.group()) != state.year else match["ref"]
    )  # 比2024年预算, in a budget of 2025
    if ref == str(state.year) and "预算" in clause:
        ref = "年初预算"  # 「比2024年“三公”经费财政拨款年初预算…减少」, in the report of 2024
    if ref.isdigit() or words.budget.fullmatch(ref):
        state.basis = ref
    else:
        state.basis = str(state.year - 1)
    return clause[: match.start()] + clause[match.end() :]


def _planned_amount(head: str, own: int, words: Vocabulary) -> str:
    """The budget that a clause names last before its amount: 「比2024年年初预算数|2.65万元减少1.20万元」; "" for none."""
    match = words.compare.search(head)
    if match is None or match.end() < len(head) or not words.budget.fullmatch(match["ref"]):
        return ""
    year = re.search(YEAR, match.group())
    other = re.search(r"相比|比较|对比", match.group()) or (year and int(year.group()) != own)
    return "" if other else match["ref"]


def _subjects(text: str, state: State, words: Vocabulary) -> tuple[Subject, ...]:
    """The subjects a figure is of: those named by ``text``, else those named before."""
    name = strip_tail(strip_lead(text, state.department, words).text, words)
    name = re.sub(r"(?<!总)决算数?$", "", name)
    if name in _NO_SUBJECT:
        return state.subject or state.top
    if state.modifier:
        name = state.scope + state.modifier + name
    named = name_to_subjects(_other_side(name, state), state.whole)
    state.subject, state.counted = named, ""
    if state.whole is state.outer:
        state.top = named
    return named


def _other_side(name: str, state: State) -> str:
    """财政拨款收入总计 A，支出总计 B: the second is of 财政拨款 too."""
    before = state.subject[0].item if state.subject else ""
    twin = re.fullmatch(r"支出(总计|合计|总额)", name)
    if twin and before.endswith("收入" + twin[1]):
        return before.removesuffix("收入" + twin[1]) + name
    return name


def _completion(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.completion.match(text)
    if match is None:
        return None
    column = match["rate"] or "完成" + match["col"]
    return Reading("completion", column, _subjects(match["item"], state, words))


def _share(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.share.match(text)
    if match is None:
        return None
    subjects = _subjects(match["item"], state, words)
    basis = match["basis"].removeprefix("其").removesuffix("的")
    parents = subjects[0].parents if subjects else ()
    if not basis:
        basis = state.whole.item if state.whole else parents[0] if parents else ""
    return Reading("share", "占比", subjects, basis)


def _change(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.change.match(text)
    if match is None or (match["verb"] == "增长" and unit in MONEY and not state.basis and state.is_budget):
        return None  # 「支持商销稳增长 30 万元」: a name, not a change
    sign = -1 if match["verb"] in words.down else 1
    basis = state.basis or str(state.year - 1)
    against = f"比{basis}年度增减" if basis.isdigit() else f"比{basis}增减"
    subjects = _subjects(match["item"], state, words)
    if unit in PERCENT:
        return Reading("change_rate", against + "幅度", subjects, basis, sign)
    return Reading("change", against, subjects, basis, sign)


def _rate(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.rate.match(text)
    if match is None:
        return Reading("rate", strip_tail(text, words) or "比率", state.subject or state.top)
    name = match["item"] + match["col"]
    return Reading("rate", match["col"], name_to_subjects(name, state.whole))


def _against_budget(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.against_budget.match(text)
    if match is None:
        return None
    down = any(word in words.down for word in words.direction.findall(text[match.end("item") :]))
    subjects = _subjects(match["item"], state, words)
    return Reading("change", f"比{match['ref']}增减", subjects, match["ref"], -1 if down else 1)


def _attribute(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    """An amount or score that belongs to the subject named before: 涉及预算金额, 平均得分."""
    name = strip_tail(text, words)
    if name not in words.attribute:
        return None
    owners = state.subject or state.top
    subjects = tuple(Subject(owner.item + name, owner.item + name, owner.chain()) for owner in owners[:1])
    measure: Measure = "score" if name in words.score else "budget" if "预算" in name else "final"
    return Reading(measure, name, subjects or (Subject(name, name),))


def _budget(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.budget.match(text)
    if match is None:
        return None
    if state.is_budget and not state.figures and match["item"] in ("收入", "支出"):
        state.subject = state.top = name_to_subjects(match["item"], state.outer)
    return Reading("budget", match["col"], _subjects(match["item"], state, words))


def _final(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.final.match(text)
    if match is None:
        return None
    item = match["item"]
    if item and not item.endswith("费"):  # 一般公共服务|支出决算: here 支出 belongs to the name
        item += match["col"].removesuffix("决算")
    return Reading("final", match["col"] if match["col"] != "决算" else "决算数", _subjects(item, state, words))


def _plain(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    if unit == "分":
        name = strip_tail(text, words)
        column = max((word for word in words.score if name.endswith(word)), key=len, default="得分")
        return Reading("score", column, name_to_subjects(name, state.whole) or state.subject or state.top)
    bare = strip_tail(strip_lead(text, state.department, words).text, words)
    if unit in MONEY and state.counted and state.whole and bare in _NO_SUBJECT:
        subjects: tuple[Subject, ...] = (state.whole,)  # 「接待 58 批次，463 人次，共计支出 4.85 万元」
    else:
        subjects = _subjects(text, state, words)
    if unit not in MONEY:
        return Reading("other", "数值", subjects)
    return Reading("budget", "预算数", subjects) if state.is_budget else Reading("final", "决算数", subjects)


def _count(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    name = re.sub(rf"{YEAR}年度?$", "", strip_tail(text, words))
    noun = _NOUN_AFTER.match(after)
    whole = state.whole
    if whole is state.outer and state.top:
        whole = state.top[0]
    elif state.whole_unit not in ("", unit) and state.whole_unit not in MONEY:
        whole = state.outer  # 车辆 4 辆，其中…；通用设备 2 台（套）: no part of the vehicles
    end = 0
    if noun and (not name or words.counted_after.fullmatch(name)):
        name, end = noun["noun"], noun.end()
    elif unit in words.unit_nouns and (not name or name in words.unit_verbs):
        name = _counted_base(state) + words.unit_nouns[unit]
    elif unit in ("批次", "批", "人次") and not name.endswith(words.unit_nouns[unit]):
        name += words.unit_nouns[unit]
    if not name:
        return Reading("count", "数量", state.top, noun_end=end)
    quoted, last = _QUOTED.fullmatch(name), _QUOTED.fullmatch(state.counted)
    if quoted and last and not quoted["lead"] and quoted["rest"] == last["rest"]:
        name = last["lead"] + name  # 评价结果为“优”的项目 10 个、“良”的项目 2 个
    subjects = tuple(Subject(clean_item(s.item), s.row, s.parents, s.level) for s in name_to_subjects(name, whole))
    state.subject, state.counted = subjects, subjects[0].item
    return Reading("count", _count_column(name, unit), subjects, noun_end=end)


def _counted_base(state: State) -> str:
    """What is counted when the sentence names only the unit: 因公出国（境）团组 7个、累计 14 人次."""
    counted = re.sub(r"(?:团组数?|批次|批数|人次|人数)$", "", state.counted)
    if counted:
        return counted
    named = state.subject or state.top
    return re.sub(r"(?:财政拨款)?(?:支出|费用?|经费)$", "", named[0].item) if named else ""


def _count_column(name: str, unit: str) -> str:
    kinds = ("团组", "批次", "人次", "人数", "保有量")
    return next((kind for kind in kinds if name.removesuffix("数").endswith(kind.removesuffix("数"))), "数量")
