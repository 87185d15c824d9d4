"""What is a figure measured in, where its column or row says so: 人数（人）, 占比, 公务用车保有量（辆）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.layouts.tokens import compact

_UNITS = "万元|亿元|百万元|千元|元|人次|人|个|辆|批次|批|次|台|套|户|件|平方米|[%％]"
_NAMED = re.compile(rf"[（(](?:单位[:：])?({_UNITS})[）)]$|^({_UNITS})$")
_PEOPLE = re.compile(r"(人数|编制数)$")
_RATE = re.compile(r"(占比|比重|比例|完成率|执行率|增减率|增长率|[%％])$")
_SCORE = re.compile(r"(得分|分值|评分)([（(]分[）)])?$")
_BOUND = r"[≥≤＞＜><=＝]|大于等于|小于等于|大于|小于|不[少低高大多]于|不超过|达到|至少|至多"
_AMOUNT = re.compile(
    rf"\s*(?:{_BOUND})?\s*(?P<number>-?(?:\d{{1,3}}(?:[,，]\d{{3}})+|\d+)(?:\.\d+)?)\s*"
    r"(?P<unit>[%％]|[\u4e00-\u9fff/（）]{0,6}?)\s*(?:及?以[上下内]|左右)?\s*"
)
_DATES = ("月", "月底", "月底前", "月前", "日", "年底", "年底前", "年前", "点")
_APART = re.compile(
    r"上年.{0,2}(数|决算|预算|执行|支出|收入)|增减|^比|占比|比重|比例|率$|[%％]|人均|平均|人数|编制数|\d{4}年.{0,4}(决算|预算|执行)数"
)


def path_to_unit(path: Sequence[str]) -> str:
    """The unit that a header names, the innermost first; "" where it names none."""
    for part in map(compact, reversed(path)):
        if unit := name_to_unit(part):
            return unit
        if _PEOPLE.search(part):
            return "人"
        if _RATE.search(part):
            return "%"
        if is_score(part):
            return "分"
    return ""


def is_score(name: str) -> bool:
    """Does a column of this name hold scores: 得分, 自评得分（分）, 分值?"""
    return bool(_SCORE.search(compact(name)))


def name_to_unit(name: str) -> str:
    """The unit in brackets at the end of a name, or that the name is; "" where there is none."""
    found = _NAMED.search(compact(name))
    return (found.group(1) or found.group(2)).replace("％", "%") if found else ""


def is_no_part(name: str) -> bool:
    """Does a column of this name hold something else than a part of the column 合计: last year's, a change, a share?"""
    return bool(_APART.search(compact(name))) or name_to_unit(name) in ("%", "人", "人次", "个", "辆") or is_score(name)


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell that is one number with its unit: ``start`` is where the number begins, after ≥ or 不低于."""

    value: Decimal
    unit: str
    start: int


def text_to_amount(text: str) -> Amount | None:
    """What a cell such as 「≥9000件」, 「不低于90%」 or 「127座以上」 says; None where it is more or less than one number."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    unit = found["unit"].strip().replace("％", "%")
    if unit in _DATES and "." not in found["number"]:
        return None  # 「12月」 is a date
    return Amount(Decimal(found["number"].replace(",", "").replace("，", "")), unit, found.start("number"))
