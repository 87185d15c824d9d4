"""One reader for each measure: the words right before a figure -> what it measures, and of what."""

from __future__ import annotations

import re

from corpus.facts import Measure
from corpus.statements.naming import Subject, clean_item, name_to_subjects, strip_lead, strip_tail
from corpus.statements.state import MONEY, PERCENT, Reading, State
from corpus.statements.vocabulary import YEAR, Vocabulary

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
GENERIC = ("项目", "本项目", "该项目", "合计", "总计")  # what a text calls the project it is about
_QUOTED = re.compile(r"(?P<lead>.*?)“[^”]+”(?P<rest>.*)")
_NOUN_AFTER = re.compile(
    r"\s*(?P<noun>(?!（)[\u4e00-\u9fff（）]{2,20}?)(?=[，。；、,]|开展|进行|实施|涉及|发放|提供|给予|办理|解决|落实|仅?有|平均|$)"
)
_RECEIVING = re.compile(r"(?:为|给|向|对)$")
_RATING = re.compile(r"“(?P<rating>优|良|中|差|优秀|良好|合格|不合格|较差|一般)”")
_OF_PROJECT = re.compile(
    r"(?P<project>.{2,}(?:项目|专项|工程|资金|经费))(?P<score>(?:绩效)?(?:自评|评价)?(?:综合)?得分|评分)"
)


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


def read_completion(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.completion.match(text)
    if match is None:
        return None
    column = match["rate"] or "完成" + match["col"]
    return Reading("completion", column, _subjects(match["item"], state, words))


def read_share(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.share.match(text)
    if match is None:
        return None
    subjects = _subjects(match["item"], state, words)
    basis = match["basis"].removeprefix("其").removesuffix("的")
    parents = subjects[0].parents if subjects else ()
    if not basis:
        basis = state.whole.item if state.whole else parents[0] if parents else ""
    return Reading("share", "占比", subjects, basis)


def read_change(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
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


def read_rate(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.rate.match(text)
    if match is None:
        return Reading("rate", strip_tail(text, words) or "比率", state.subject or state.top)
    name = match["item"] + match["col"]
    return Reading("rate", match["col"], name_to_subjects(name, state.whole))


def read_against_budget(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.against_budget.match(text)
    if match is None:
        return None
    down = any(word in words.down for word in words.direction.findall(text[match.end("item") :]))
    subjects = _subjects(match["item"], state, words)
    return Reading("change", f"比{match['ref']}增减", subjects, match["ref"], -1 if down else 1)


def read_attribute(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    """An amount or score that belongs to the subject named before: 涉及预算金额, 平均得分."""
    name = strip_tail(text, words)
    if name not in words.attribute:
        return None
    owners = state.subject or state.top
    if name in words.score and "平均" not in name and owners and _OF_PROJECT.fullmatch(owners[0].item + "得分"):
        return Reading("score", name, owners)  # 「“两庭”建设项目…，得分86.57分」
    subjects = tuple(Subject(owner.item + name, owner.item + name, owner.chain()) for owner in owners[:1])
    measure: Measure = "score" if name in words.score else "budget" if "预算" in name else "final"
    return Reading(measure, name, subjects or (Subject(name, name),))


def read_budget(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.budget.match(text)
    if match is None:
        return None
    if state.is_budget and not state.figures and match["item"] in ("收入", "支出"):
        state.subject = state.top = name_to_subjects(match["item"], state.outer)
    return Reading("budget", match["col"], _subjects(match["item"], state, words))


def read_final(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    match = words.final.match(text)
    if match is None:
        return None
    item = match["item"]
    if item and not item.endswith("费"):  # 一般公共服务|支出决算: here 支出 belongs to the name
        item += match["col"].removesuffix("决算")
    return Reading("final", match["col"] if match["col"] != "决算" else "决算数", _subjects(item, state, words))


def read_plain(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    if unit == "分":
        name = strip_tail(text, words)
        column = max((word for word in words.score if name.endswith(word)), key=len, default="得分")
        bare = strip_lead(name, state.department, words).text
        project = _OF_PROJECT.fullmatch(bare)
        if project and "平均" not in bare and project["project"] not in GENERIC:
            state.subject = (Subject(clean_item(project["project"]), bare, state.outer.chain() if state.outer else ()),)
            state.project, state.whole = state.subject[0], state.subject[0]
            return Reading("score", column, state.subject)
        return Reading("score", column, name_to_subjects(name, state.whole) or state.subject or state.top)
    bare = strip_tail(strip_lead(text, state.department, words).text, words)
    if unit in MONEY and state.counted and state.whole and bare in _NO_SUBJECT:
        subjects: tuple[Subject, ...] = (state.whole,)  # 「接待 58 批次，463 人次，共计支出 4.85 万元」
    else:
        subjects = _subjects(text, state, words)
    if unit not in MONEY:
        return Reading("other", "数值", subjects)
    return Reading("budget", "预算数", subjects) if state.is_budget else Reading("final", "决算数", subjects)


def read_count(text: str, unit: str, after: str, state: State, words: Vocabulary) -> Reading | None:
    name = re.sub(rf"{YEAR}年度?$", "", strip_tail(text, words))
    if _RECEIVING.fullmatch(text):
        name = ""  # 「为61名困难当事人发放」
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
    name, printed = _same_thing(name, unit, state, words), name
    subjects = tuple(Subject(clean_item(s.item), s.row, s.parents, s.level) for s in name_to_subjects(name, whole))
    rated = _RATING.fullmatch(name)
    if rated and unit in ("个", "项"):  # 「“优”7个、“良”1个」
        subjects = (Subject(f"评价结果为{name}的项目", printed, whole.chain() if whole else ()),)
    state.subject, state.counted = subjects, subjects[0].item
    return Reading("count", _count_column(name, unit), subjects, noun_end=end)


def _same_thing(name: str, unit: str, state: State, words: Vocabulary) -> str:
    """「刑事案件受理486件，审结462件」: what is only a verb is said of the thing whose number came right before it."""
    bare = words.staged.fullmatch(name)
    if bare is None or bare["what"] or state.unit != unit or not state.counted:
        return name
    last = words.staged.fullmatch(state.counted)
    return last["what"] + name if last and len(last["what"]) > 1 else name


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
