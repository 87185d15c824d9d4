"""What is a figure measured in, where its column or row says so: 人数（人）, 占比, 公务用车保有量（辆）."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layouts.tokens import compact

_UNITS = "万元|亿元|百万元|千元|元|人次|人|个|辆|批次|批|次|台|套|户|件|平方米|[%％]"
_NAMED = re.compile(rf"[（(](?:单位[:：])?({_UNITS})[）)]$|^({_UNITS})$")
_PEOPLE = re.compile(r"(人数|编制数)$")
_RATE = re.compile(r"(占比|比重|比例|完成率|执行率|增减率|增长率|[%％])$")
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
    return ""


def name_to_unit(name: str) -> str:
    """The unit in brackets at the end of a name, or that the name is; "" where there is none."""
    found = _NAMED.search(compact(name))
    return (found.group(1) or found.group(2)).replace("％", "%") if found else ""


def is_no_part(name: str) -> bool:
    """Does a column of this name hold something else than a part of the column 合计: last year's, a change, a share?"""
    return bool(_APART.search(compact(name))) or name_to_unit(name) in ("%", "人", "人次", "个", "辆")
