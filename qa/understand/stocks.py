"""What is bought, added or given up in a year is not what is held at its end: 「新增了几辆车」 is no question about 保有量."""

from __future__ import annotations

import re

from qa.plan import Plan, Ref, Restriction, refs
from qa.resolve import Found, resolve
from qa.understand.context import Reading

_CHANGES = re.compile(
    r"买|购|新增|新添|添置|增添|添了|采办|报废|处置|淘汰|更新|更换|换了|卖|租|借|调入|调出|捐|修|坏|撞|丢|送|撤|停|派出|出动"
)
_HELD = frozenset({"辆", "台", "台（套）", "套"})


def held_not_changed(plan: Plan, reading: Reading) -> list[Restriction]:
    """The verb of a question that asks how many things came or went, where only the number held is printed."""
    if plan.kind not in {"lookup", "compute", "compare", "filter", "yesno"}:
        return []
    verbs = [t.text for t in reading.sketch.tokens if _CHANGES.search(t.text) and not t.has("outside")]
    counted = any(t.has("count") for t in reading.sketch.tokens)
    if not verbs or not counted:
        return []
    for ref in (ref for expr in plan.exprs for ref in refs(expr)):
        if _of_held(ref, reading):
            return [Restriction(verbs[0], "报告只印出年末的数量，没有这一年增减的数量")]
    return []


def _of_held(ref: Ref, reading: Reading) -> bool:
    found = resolve(ref, reading.catalogue)
    if not isinstance(found, Found):
        return False
    fact = found.entry.fact
    return fact.measure == "count" and fact.unit in _HELD and not _CHANGES.search(fact.item)


def carried_over(text: str, year: int) -> str:
    """``text`` with the balance at a year's end read as what the next year begins with: 「2023年末结转」 of a report of 2024
    is its 年初结转; 「2024年初结转」 is, too."""
    for near in (year, year - 1):
        text = re.sub(rf"(?<!\d){near % 100:02}年(?=年?[初末底度的]|全年|[\u4e00-\u9fff])", f"{near}年", text)
    text = re.sub(rf"(?:去年|上年|上一年)[度，, ]*(?={year}年)", "", text)  # 「去年22年度」: the year that is named
    text = re.sub(rf"(?:去年|上年|上一年)(?=.{{0,8}}(?:我?(?:说|问|指)的是|是指|指的是|也就是|就是){year}年)", "", text)
    text = re.sub(rf"(?:去年|上年|上一年)度?[(（](?={year}年?度?[)）])", "(", text)
    brought = (
        r"(?:从)?(?:上年|去年|前一年|上一年)(?:带过来|带来|结转下来|结转过来|转过来|转来|留下来|结下来|剩下来|剩下)的?"
    )
    text = re.sub(brought + r"(?:结转和?结余|结转|结余|钱|资金)", "年初结转和结余", text)
    text = re.sub(
        r"((?:多少|几)[\u4e00-\u9fff]{1,3}?)(?=(?:多少|几)(?:人次?|批次?|辆|台))", r"\1、", text
    )  # 几个团多少人
    text = re.sub(r"有没有(?:花|用|动用|使用)(?=[\u4e00-\u9fff]{3})", "有没有", text)
    balance = r"(?=的?(?:财政拨款)?(?:结转|结余))"
    text = re.sub(rf"(年[初末])的{balance}", r"\1", text)
    for named, short in (("初", "末"), ("末", "初")):  # 「年初结余与年末的相比」
        if match := re.search(rf"年{named}((?:财政拨款)?(?:结转和?结余|结转|结余))", text):
            text = re.sub(rf"(?<=[和与跟比同到])年{short}(?:的|数)?(?!的?(?:财政|结))", f"年{short}{match[1]}", text)
    begins = rf"(?:{year}年(?:年初|初)|{year - 1}年(?:年末|年底|末|底)){balance}"
    return re.sub(begins, "年初", re.sub(rf"{year}年(?:年末|末){balance}", "年末", text))
