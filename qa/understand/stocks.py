"""What is bought, added or given up in a year is not what is held at its end: 「新增了几辆车」 is no question about 保有量."""

from __future__ import annotations

import re

from qa.plan import Name, Plan, Ref, Restriction, refs
from qa.resolve import Found, resolve
from qa.understand.context import Reading, call

_CHANGES = re.compile(
    r"买|购|新增|新添|添置|增添|添了|采办|报废|处置|淘汰|更新|更换|换了|卖|租|借|调入|调出|捐|修|坏|撞|丢|送|撤|停|派出|出动"
)
_HELD = frozenset({"辆", "台", "台（套）", "套"})


def over_the_year(reading: Reading) -> Plan | None:
    """「结转结余这一年增加了多少」: what is carried over at the end of the year less what was at its beginning."""
    if reading.has("period.prior", "measure.budget") or not (reading.amount or reading.has("op.difference")):
        return None
    balances = {"年初结转和结余", "年末结转和结余"}
    spoken = [{item for name in p.names for item in name.items} for p in reading.named]
    if any(not items <= balances for items in spoken):
        return None
    named = set().union(*spoken)
    both = named | {item for name in reading.sketch.bare for item in name.items} >= balances
    apart = both and reading.has("op.than", "op.difference", "op.minus")  # 「年末比年初结转多多少」
    moved = any(p.measure.startswith("change") for p in reading.phrases)
    yearly = moved and any("一年" in t.text or "全年" in t.text or "年下来" in t.text for t in reading.sketch.tokens)
    only = len(reading.named) == 1 and moved
    if not (named or both) or not (apart or (named and (yearly or only))):
        return None
    end, begin = (Ref((Name(item, (item,)),)) for item in ("年末结转和结余", "年初结转和结余"))
    return reading.plan("compute", call("difference", end, begin))


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
    left = r"多少(?:钱|万元?|块钱)?的?(?:没有?[用花]完的?|结转和?结余|结余|结转|余额|余钱|家底)"
    brought_in = rf"(?:{year}年?(?:年)?初|年初)[^,。?!;]{{0,4}}?(?:还有|有|带着|带了|带来|带|有着|揣着){left}(?:进来|过来|进|过)?(?:的)?"
    text = re.sub(brought_in, "年初结转和结余是多少", text)
    next_year = (
        r"[,，]?(?:是|要|会)?(?:留|结转|转|带|滚)(?:存|入|到|给)+(?:明年|下一?年|来年|次年)度?"
        r"(?:去|再?[用花]|使用|继续[用花]|继续使用)?的?(?=[,，。?!？]|$)"
    )
    if re.search(r"年[末底]", text):
        text = re.sub(next_year, "", text)  # what is left at the year's end is carried over to the next
    begins = rf"(?:{year}年(?:年初|初)|{year - 1}年(?:年末|年底|末|底)){balance}"
    return re.sub(begins, "年初", re.sub(rf"{year}年(?:年末|末){balance}", "年末", text))
