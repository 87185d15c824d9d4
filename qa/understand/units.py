"""The unit a question wants its answer in: 「是多少元」「换成亿元」; 「多少钱」 wants none."""

from __future__ import annotations

import re

_ASKED = re.compile(
    r"(?:(?:多少个?|几个?|换算?成|换算为|换为|折合?成?|折算成?|合|按|以|用|单位[是为用换]?:?|改成|转换?成|转成|是几|化成|写成|表示成)"
    r"(?P<unit>亿元|亿|千元|万元|万|元)|(?:合|折合?成?|折算成?|换算?成|换算为|等于)(?:多少)?(?P<coin>块钱?))(?!人|批|辆|口|多)"
)
_NAMES = {"亿": "亿元", "万": "万元", "块": "元", "块钱": "元"}


def unit_asked(text: str) -> str:
    """The unit named for the answer, "" when none is."""
    match = _ASKED.search(text)
    if match is None:
        return ""
    unit = match["unit"] or match["coin"]
    return _NAMES.get(unit, unit)
