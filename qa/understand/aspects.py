"""What reports tell in words rather than figures, by how people ask for it and how reports print it.

A new aspect is an entry here: problems found, what will be done about them, who is received, the rank of the
department, what a decision rests on, which offices and units there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WHICH = "(?:什么|哪些|哪几个|哪几家|哪几项|哪几|啥|多少个|几个|几家|多少|不少|很多|一些|任何|何种|何)"


@dataclass(frozen=True, slots=True)
class Aspect:
    """``asked``: in a question (matching form); ``printed``: where the report begins to tell it. ``most``: how many
    passages may answer together; ``counted``: what names its number, where that may be asked for; ``where``: in which
    sections."""

    name: str
    asked: re.Pattern[str]
    printed: re.Pattern[str]
    most: int = 1
    counted: str = ""
    where: re.Pattern[str] = re.compile("")


_DESCRIBED = re.compile("职能|职责|概况|机构|构成|基本情况|简介")
ASPECTS = (
    Aspect(
        "problem",
        re.compile(
            r"(?:都|又|还|被|主要|究竟|到底)*(?:存在|发现|查出来|查出|查到|暴露|指出|反映|找出|提到|承认|点出|总结|列出|写明|有)*(?:了|着|过|的|来|出来|出)*"
            rf"(?:没有|没)?{_WHICH}*(?:的)?(?:主要|突出)*(?:问题|毛病|短板|缺陷|漏洞|薄弱环节|不足之处|不足)(?:是|有|及原因)*"
        ),
        re.compile(
            r"(?:(?:发现|存在|指出|查出|反映)的?(?:主要|突出|共性)?|主要|突出)(?:问题|不足)(?:及原因|和原因|与不足|和不足)?"
            r"(?:[：:]|是|为|有|包括|\d)|(?:未|没有)(?:发现|存在)[^，。；]{0,6}问题"
        ),
        most=6,
        counted="问题",
    ),
    Aspect(
        "remedy",
        re.compile(
            r"(?:打算|准备|应该|应|要求|要|该|后来|正在|已经|在|提了|提出了?|有没有|有|采取了?|有何|的|了|正)*"
            rf"(?:怎么|如何|怎样|咋|{_WHICH})*(?:去|来|的)?"
            r"(?:(?:整改|改进|改正|纠正)(?:措施|建议|意见|办法|情况|要求|的|了|吗|没有|没)*|(?<=[么何样咋])改(?:的|了|吗|掉)*)"
            rf"|(?:提了|提出了?|有|给了|给出|的)*{_WHICH}*(?:有关|相关)?(?:建议|对策)"
            r"|下一步(?:的|将|要|怎么|如何|打算|措施|计划|安排|工作|准备|做|办|干)*"
        ),
        re.compile(
            r"(?:下一步|今后)[^，。；：:]{0,8}[：:]|(?:下一步|今后)[^，。；：:]{0,4}(?:将|拟)|(?:改进|整改)(?:措施|建议|意见|情况)[：:]"
            r"|(?:有关|相关|对策|意见)?建议[：:]|已经?完成整改|正在整改"
        ),
        most=6,
    ),
    Aspect(
        "guests",
        re.compile(
            r"(?:主要|都|一般|大多|是|用来|用于)*接待(?:的|过|了)?(?:主要|都|一般|大多|是)*"
            r"(?:谁|些?(?:哪些|什么|啥|哪类|什么样的)人|哪些对象|什么对象|对象)(?:们|是)*"
        ),
        re.compile(r"(?:主要|全部|均|都)(?:是|为|用于|系)(?:接待|招待)"),
    ),
    Aspect(
        "rank",
        re.compile(rf"(?:属于|属|算|是|为)*(?:{_WHICH}|哪个|哪一|几)(?:行政)?级别?(?:的)?(?:单位|部门|机构)?|(?:机构|行政)?(?:级别|规格)"),
        re.compile(r"(?:为|是|属|规格|级别)[^，。；：:]{0,10}[正副][国省部厅局地市县处科股乡]{1,2}级(?![及以]|领导|干部|用车)"),
        where=_DESCRIBED,
    ),
    Aspect(
        "nature",
        re.compile(
            rf"(?:属于|属|算|是不是|是)*{_WHICH}(?:性质|类型|类别)的?(?:机构|部门|单位)?|(?:单位|机构)?性质"
            r"|(?<=[府委区市县厅院部的])(?:直属机构|组成部门|工作部门|派出机构|议事协调机构)"
        ),
        re.compile(r"(?:为|是)[^，。；：:]{0,24}(?:直属机构|组成部门|工作部门|派出机构|事业单位|行政机关|管理机构)"),
        where=_DESCRIBED,
    ),
    Aspect(
        "basis",
        re.compile(rf"(?:的|是)*(?:文件|法律|政策|法规)?依据(?:的|是)*{_WHICH}?(?:文件|法律|政策|规定)?|文号"
                   rf"|(?:根据|依据|按照|凭)(?:的|是)*(?:{_WHICH}|哪份|哪个)(?:文件|规定|法律|政策)?"),
        re.compile(r"(?:根据|依据|按照)[^，。；]{0,3}《"),
    ),
    Aspect(
        "members",
        re.compile(
            rf"(?:它们|他们)?(?:的)?名[字称单](?:都|各|分别)*(?:叫|是|有)*{_WHICH}?|分别(?:叫|是|为)(?:{_WHICH}|谁)(?:名字)?"
            rf"|都叫{_WHICH}(?:名字)?"
        ),
        re.compile(r"\d+[个家所处座名支项](?:[^，。；：:\d]{0,12})?[，：:]?(?:分别(?:为|是)|包括|即|依次为)[：:]?"),
        counted=".",
    ),
    Aspect(
        "offices",
        re.compile(rf"(?:里面|里头)?(?:内设|下设|设了|设有|设|分|有)*(?:了|着)?{_WHICH}*(?:个)?(?:内设)?(?:科室|处室|股室|内设机构|内设部门)(?:的?名[字称])?"),
        re.compile(r"内设(?!机构数)[^，。；]|设[^，。；]{0,6}[个]?(?:内设机构|处室|科室|股室)"),
        counted="内设|科室|处室|股室",
        where=_DESCRIBED,
    ),
    Aspect(
        "units",
        re.compile(
            rf"(?:下属|下辖|所属|直属|管辖|管着|下面|底下)(?:的|了|着|都|有|还|是|事业|二级|预算)*"
            rf"(?:{_WHICH}(?:事业|预算|二级|的)*(?:单位|机构)|(?:单位|机构)(?:都|有|是|包括|的?名[字称单]|分别|叫)*(?:{_WHICH}|名单))(?:的?名[字称])?"
        ),
        re.compile(r"(?:下属|下辖|所属|下设)(?:[^。；]{0,160}?\d+[个家](?:事业|行政|预算|二级|直属)*(?:单位|机构)"
                   r"|[^。；，]{0,20}(?:单位|机构)(?:包括|有|为|共|[：:\d]))"),
        counted="单位|机构",
        where=_DESCRIBED,
    ),
)  # fmt: skip


_TAIL = re.compile(r"(?:都|分别|各)*(?:是|有|为)?(?:什么|啥|哪些|哪个|哪几个|哪几条|吗|呢)(?!时候|人)")


def asked_for(text: str) -> Iterator[tuple[Aspect, tuple[tuple[int, int], ...]]]:
    """The aspects that the question asks for, each with where its words stand; of two for the same words the first."""
    taken: list[tuple[int, int]] = []
    for aspect in ASPECTS:
        found = (m.span() for m in aspect.asked.finditer(text) if m.group())
        spans = tuple((start, m.end() if (m := _TAIL.match(text, end)) else end) for start, end in found)
        if any(not any(b <= start and end <= e for b, e in taken) for start, end in spans):
            taken += spans
            yield aspect, spans
