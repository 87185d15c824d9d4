"""The words before a figure -> what the figure is: its measure, its item, what it is compared with.

``read_lead`` reads the words between the figure before and this one, clause by clause; the last clause decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.statements.measures import (
    read_against_budget,
    read_attribute,
    read_budget,
    read_change,
    read_completion,
    read_count,
    read_final,
    read_plain,
    read_rate,
    read_share,
)  # fmt: skip
from corpus.statements.naming import name_to_subjects, strip_lead, strip_tail
from corpus.statements.sentences import split_clauses
from corpus.statements.state import MONEY, PERCENT, Reading, State
from corpus.statements.vocabulary import YEAR, Vocabulary

_WITHIN = re.compile(r"^在?(?P<name>.+?)(?:支出|收入)?(?:决算)?中$")
_NAME_LIKE = re.compile(r"(?:费|费用|支出|收入|资金|补助|[（(][类款项][）)])$")
_NO_NAME = re.compile(r"(?:全部|全|均|都|主要|基本)为|即|未|无|没有")
_PRAISED = re.compile(r".{0,8}(?:得分|评分|分数|分值|比例|率|金额)最[高低多少大小]的(?:项目)?[是为有](?P<names>.+)")
_CAUSED = re.compile(r"(?P<name>[^，因由]{2,30}(?:项目|工程|专项|资金|经费))(?:因(?!素)|由于|受)")
_AND = re.compile(r"[、和与及](?![^（(“]*[）)”])")
_NUMBERED = re.compile(r"[（(](\d)[）)]")


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
        readers: tuple[_Reader, ...] = (read_completion, read_share, read_change, read_rate)
    elif unit in MONEY:
        readers = (read_against_budget, read_change, read_attribute, read_budget, read_final, read_plain)
    elif unit == "分" or unit == "":
        readers = (read_attribute, read_plain)
    else:
        readers = (read_change, read_count)
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
    if praised := _PRAISED.fullmatch(bare.text):  # 「评分最高的是A和B，均为100分」
        best = (name_to_subjects(name, state.outer) for name in _AND.split(praised["names"]))
        state.subject = tuple(subject for each in best for subject in each)
        return
    if caused := _CAUSED.match(bare.text):  # 「“两庭”建设项目因…未按期开工，得分86.57分」
        name_subject(caused["name"], state, words)
        return
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
