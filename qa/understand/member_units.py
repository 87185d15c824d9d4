"""Questions for the units whose accounts a department's report takes in (部门决算单位构成): which, how many, is X one."""

from __future__ import annotations

import re

from qa.plan import Plan
from qa.understand.context import Reading

_RANGE = r"(?:部门)?(?:决算|预算)?(?:的)?(?:编制|编报|汇编|汇总)(?:的)?范围"
_KIND = r"(?:下属|所属|下级|二级|下辖|直属|基层|独立编报|独立核算|预算|决算|编报)"
_OF_WHICH = r"(?:哪些|哪几个|哪几家|哪两家|哪三家|哪几|几家|几个|多少家|多少个)"
_UNITS = re.compile(
    rf"(?:纳入|列入|进入|属于|在)?(?:了)?(?:本部门|该部门|这个部门|部门|本次|这次)?(?:\d{{4}}年度?)?{_RANGE}(?:内|里|之内|以内)?(?:的)?(?:{_KIND}*单位)?"
    rf"|(?:纳入|列入|并入)(?:了)?(?:这份|本|这次|部门|该)*(?:决算|预算)(?:的)?{_KIND}*单位"
    rf"|{_KIND}+单位"
    rf"|(?:部门)?(?:决算|预算)(?:的)?单位(?:构成|组成)|单位(?:构成|组成)"
    rf"|(?:包括|包含|汇总|涵盖|覆盖|含)(?:了|到)?(?={_OF_WHICH}{_KIND}*单位)"
    rf"|(?:下面|底下|手下|旗下)?(?:都|还|一共|总共|共)*(?:管着|管辖|管|辖|领导)(?:着|了)?{_OF_WHICH}{_KIND}*单位"
    rf"|(?:下面|底下|手下|旗下)(?:都|还|一共|总共|共)*有?{_OF_WHICH}{_KIND}*单位"
    rf"|{_OF_WHICH}(?:{_KIND}*单位)?(?:是|被|也)?(?:并进来|并到一起|算进来|纳进来|合进来|算在一起)(?:一起)?(?:算|编|报|决算|汇总)?(?:的)?"
    r"|(?:除了?|不算)(?:局|委|办|机关)?本级(?:之外|以外|外)?|本级(?:之外|以外)|备注[^,，。?？]*|名[字称单](?:都|各|分别)?(?:叫|是)?(?:什么|啥)?"
)
_NAMES_UNITS = re.compile("单位|范围|并进来|并到|算进来|纳进来|合进来|算在|包括|包含|汇总|涵盖|覆盖|含")
_ELSE = re.compile("[钱元]|支出|收入|经费|拨款|补助|上缴|花|费|编制[数人]|人员|采购|授予|资产|绩效|来过|来访|接待|参观")
_MEMBER = re.compile(
    r"(?:算在|算进|纳入|包括|包含|属于|并入|计入|汇总).{0,14}(?:决算|预算|范围|汇总)|(?:决算|预算|范围).{0,8}(?:包括|包含|算上)"
)
_FREE = (
    "filler",
    "about",
    "ask",
    "join",
    "year",
    "copula",
    "section",
    "soft",
    "refer",
    "talk",
    "act",
    "period",
    "report",
)


def member_units(reading: Reading, of_before: bool = False) -> Plan | None:
    """The plan of such a question, None where something else is asked of the units, or of others.

    ``of_before``: an item was spoken of before, which a bare 「包括哪几家单位」 then asks about.
    Its words: "count" where their number is asked; "member" where one unit is asked for, which the names then tell.
    """
    text = reading.text
    if reading.yesno and _MEMBER.search(text) and not _ELSE.search(text) and not reading.amount:
        return reading.plan("text", topic="units", words=("member",))
    found = [m.span() for m in _UNITS.finditer(text) if m.group()]
    if of_before and re.match("包括|包含|涵盖|覆盖|含", text) and not re.search("[决预]算|部门|下属|所属", text):
        return None
    if not any(_NAMES_UNITS.search(text[start:end]) for start, end in found):
        return None
    if _ELSE.search(text) or reading.has("op.max", "op.min", "op.more", "op.less") or reading.yesno:
        return None
    for token in reading.sketch.tokens:
        within = any(start < token.end and token.start < end for start, end in found)
        free = any(token.has(kind) for kind in _FREE) or token.has("op", "count", "have", "each")
        if not within and not free and not token.has("measure", "final", "budget") and token.text not in {"单位", "家"}:
            return None
    if not reading.amount and not reading.has("ask.which", "ask.what", "ask.list", "op.count", "op.have", "ask.amount"):
        counted = re.search("[几多][个少家]", text)
        if not counted and not re.search("哪些|哪几|名单|都有|有谁|构成|组成", text):
            return None
    return reading.plan(
        "text", topic="units", words=("count",) if re.search("(?<!哪)几[个家]|多少|数量", text) else ("list",)
    )
