"""The words before a figure -> the question whose answer the figure claims to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from qa.verification.segments import Segment
from qa.verification.spotting import Spotted

Direction = Literal["", "up", "down"]
Basis = Literal["", "上年", "预算"]

_LEAD = re.compile(
    r"^(?:[\s，,、；;：:）)】\]。”\"]+|其中|而且|而(?!言)|但是?|并且|并(?!购)|且|同时|此外|另外|还有|另有|也|以及|及|和|又|则|即|于是|相当于(?=[增减升降下上])|其(?![中他余它])"
    r"|(?:该项|这一|这项|上述|此项|该笔|这笔|这些)(?:费用|支出|经费|资金|开支|数字|数额|金额)?)+"
)
_TRAIL = re.compile(
    r"(?:[\s（(：:“\"《【，,]+|总额达|累计|仅仅|高达|多达|达到|人民币|实际为|(?<!不)(?<!没)[仅只才刚达有为是至到]|(?<![花用出])了|(?<!节)约)+$"
)
_UP = "增加|增长|上升|提高|攀升|上涨|上浮|扩大|增幅|涨幅|增|升|涨|多支出|多花|多出|高出|超支|超出|超过|超|多|高(?!达)"
_DOWN = "减少|下降|降低|回落|缩减|压缩|压减|削减|减支|下滑|缩水|降幅|减幅|跌幅|节约|节省|少支出|少花|低于|减|降|少|低"
_CHANGE = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_CHANGED = re.compile(
    rf"(?:分别|各|均|都)?(?P<word>{_UP}|{_DOWN})(?:额|率|幅度|比例|比率|数额|金额)?(?:分别|各|均|都)?(?:达|为|了|至|的|(?<!节)约)*$"
)
_LEVEL = re.compile(
    r"(?:进一步|大幅|逐步)?(?:(?P<up>增加|增长|上升|提高|攀升|上涨|扩大|增|升|涨)|(?P<down>减少|下降|降低|回落|缩减|压缩|压减|削减|压|降|减))(?:至|到|为)了?(?:(?:19|20)\d\d年度?的?)?$"
)
_PRIOR = r"(?:上年度?|上一年度?|前一年度?|去年|(?P<year>(?:19|20)\d\d)年度?)(?:同期)?(?:决算数?|支出数?)?"
_FROM_PRIOR = re.compile(rf"(?:由|从|自)(?:{_PRIOR})?的?$")
_THAN_PRIOR = re.compile(rf"(?:相比|相较|对比|比|较|与|同)于?(?:{_PRIOR})的?$")
_OF_BUDGET = re.compile(
    r"(?:(?P<apart>低于|高于|少于|多于|超过|超出|超)|由|从|自|相比|对比|比|较|完成了?|占|为|是|相当于|达到?)(?:年初|全年|年度)?预算数?的?$"
)
_DONE_OF = re.compile(
    r"(?P<as>完成了?|占|为|是|相当于|不足|不到|未到|接近|超过|逾|约|达到?)(?:年初|全年|年度)?预算数?$"
)
_BELOW = frozenset({"低于", "少于"})
_SHARE_OF = re.compile(r"占(?:了|到|同期|全年|当年)*(?P<whole>[^，,、占]{2,})$")
_COMPARED = re.compile(r"比|较|同比|相比|预算|每|人均|平均")
_SAVED = re.compile(r"节约|节省|结余|超支|少花|多花|少支出|多支出")
_ALL = re.compile(r"(?:(?<![人平次年日月])均|各自?|都|双双)(?=[^，,、的]{0,6}$)")
_TIMES_OF = re.compile(r"(?:是|为|相当于|达|达到)[^，,]*的$")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a figure claims. ``head``: the cleaned words before it; ``prior``: of the year before; ``direction``: which
    way it is said to have moved; ``level``: said as what it rose or fell to; ``basis``: what a change is set against;
    ``within``: after 其中; ``pending``: how the figure after 的 goes on (占三公经费…的 53%), and
    ``subject`` of what; ``every``: 均, 各;
    ``denied``: 不是, 误为, 预计, or a price for each (25.37 万元/人);
    ``aside``: named only to say what the item is compared with; ``rate``: the words that say what a percentage is of;
    ``group``: how many figures share the head, ``alone``: none but this; ``loose``: what it is set against is not said.
    """

    figure: Spotted
    head: str
    asks: str
    prior: bool = False
    direction: Direction = ""
    level: bool = False
    changed: bool = False
    basis: Basis = ""
    within: bool = False
    pending: str = ""
    every: bool = False
    subject: str = ""
    denied: bool = False
    aside: bool = False
    rate: str = ""
    alone: bool = True
    group: int = 1
    loose: bool = False


def segment_to_draft(
    segment: Segment, following: Segment | None, pending: str = "", basis: Basis = "", rate: str = ""
) -> Draft:
    """The claim of ``segment``. ``following``: the one after it in the sentence; ``pending``, ``basis`` and ``rate`` (what
    a percentage was of) are those of the one before."""
    within = "其中" in segment.head
    head = _LEAD.sub("", segment.head.replace("\n", ""))
    head = _REASON.sub("", SOURCE.sub("", head))
    head = _OF_ALL.sub("占本年支出合计", _TRAIL_OPEN.sub("", _LEAD.sub("", head)))
    if head == "的" and pending:
        head = pending
    apposed = _APPOSED.match(head) if segment.head.rstrip().endswith(("(", "（")) else None
    denied = bool(_DENIED.search(segment.head) or segment.per)
    draft = Draft(segment.figure, head, "", within=within, basis=basis, denied=denied)
    if apposed and segment.figure.unit == "元":
        draft = replace(draft, head=apposed["name"], pending=f"{apposed.group()}的", aside=True)
    draft = _levelled(_rated(draft, rate))
    if not draft.level and not draft.aside:
        draft = _compared(draft, following)
    draft = _moved(draft)
    head = _TRAIL.sub("", draft.head)
    every = bool(_ALL.search(head)) and segment.group == 1
    head = _ALL.sub("分别", head)
    if draft.changed:
        head = head.removesuffix("的")
    if segment.tail:
        head = f"{head}{segment.tail.strip()}"
    return replace(
        draft, head=head, asks=_asks(draft.figure, head), every=every, alone=segment.group == 1, group=segment.group
    )


def _rated(draft: Draft, rate: str) -> Draft:
    """A percentage without a word for what it is of is of what the one before was: 执行率 66.17%，其中接待费 53.57%."""
    if draft.figure.unit != "%":
        return draft
    if _SPENT.fullmatch(draft.head):
        return replace(draft, head="完成预算的", rate="完成预算的")
    if not RATED.search(draft.head):
        return replace(draft, head=f"{draft.head}{rate}")
    if re.search("完成|执行率", draft.head):
        return replace(draft, rate="完成预算的")
    if (match := _CHANGED.search(draft.head)) and "比" not in draft.head.replace("同比", ""):
        return replace(draft, rate=f"同比{match['word']}")
    share = _SHARE_OF.search(draft.head.removesuffix("的"))
    return replace(draft, rate=f"占{share['whole']}的") if share else draft


_DENIED = re.compile(
    r"(?:不是|并不是|并非|而非|绝非|不为|误[作写为报]+|错[写报]为|谎称|号称|预计|预估|估计|拟|计划|打算|原定|有望|将)(?:[为是达到在约花支出]|共|投入)*$"
)
SOURCE = re.compile(
    r"^(?:据|根据|按照?|记者)[^，,。]{0,30}?(?:消息|介绍|公布|披露|数据|通报|统计|报道|显示|了解到?|获悉|悉|看到|发现|查阅)[^，,。\d]{0,8}[，,]"
)
_REASON = re.compile(
    r"^(?:主要)?(?:原因(?:主要)?(?:是|为|在于)|是由于|由于|因为|是因为|主要是|得益于|受)[^，,。]*[，,]"
)
_APPOSED = re.compile(r"^(?P<as>是|为|占|相当于|比|较)(?P<name>[^，,、]{2,})$")
RATED = re.compile("占|率|完成|比|增|减|降|升|涨|跌|幅|执行|高|低|多|少|超|之|滑|缩|压|省|落|扩|翻|节约")
_SPENT = re.compile("(?:只|仅|实际|共|才)*(?:用|花|使用|支出|执行|花费)(?:掉|去|出)?了?")
_THAN_ITS = re.compile(r"(?:比|较)(?P<name>[^，,]{2,})的$")
_OF_ALL = re.compile(
    r"占(?:到|了)?(?:该[办局委厅]|其|本部门|全办)?(?:全年|全部|当年|年度|本年)?的?总支出(?:额|总额|规模)?|占(?:全部|全年|当年|本年度?)支出(?:总额|合计)?"
)
_TRAIL_OPEN = re.compile(r"[\s（(：:“\"《【]+$")


def _levelled(draft: Draft) -> Draft:
    """降至, 增加到: the figure is what was reached, and the word says from which side."""
    match = _LEVEL.search(draft.head)
    if match is None:
        return draft
    head = draft.head[: match.start()]
    return replace(draft, head=head, level=True, direction="up" if match["up"] else "down")


def _compared(draft: Draft, following: Segment | None) -> Draft:
    """「由 39.92 万元降至」, 「比上年的 39.92 万元减少」, 「占三公经费 94.27 万元的」: the figure is one that is compared with."""
    head, figure = draft.head, draft.figure
    next_head = following.head.strip("，, ") if following else ""
    reached = bool(_LEVEL.search(next_head))
    if (match := _THAN_PRIOR.search(head)) and figure.unit != "%":
        if figure.bound in {"over", "under"}:  # 「比上年超过 10 万元」
            said: Direction = "up" if figure.bound == "over" else "down"
            word = "多" if said == "up" else "少"
            return replace(draft, head=head + word, figure=replace(figure, bound=""), direction=said, basis="上年")
        return replace(draft, head=head[: match.start()], prior=True, basis="上年")
    if reached and (match := _FROM_PRIOR.search(head)):
        return replace(draft, head=head[: match.start()], prior=True, basis="上年")
    if next_head.startswith("的") and (match := _DONE_OF.search(head)):
        as_is = {"完成": "完成预算的", "占": "完成预算的", "为": "是预算的", "是": "是预算的", "相当于": "是预算的"}
        pending = as_is.get(match["as"].rstrip("了"), "")  # 「不足预算 24.5 万元的四成」: the bound is on what follows
        return replace(draft, head=f"{head[: match.start()]}预算", pending=pending)
    if next_head.startswith("的") and figure.unit == "元" and (match := _SHARE_OF.search(head)):
        subject = head[: match.start()]
        return replace(draft, head=match["whole"], pending=f"占{match['whole']}的", subject=subject)
    if (match := _THAN_ITS.search(head)) and figure.unit == "元" and "预算" not in match["name"]:
        vague = re.fullmatch("(?:年初|期初|同期|此前|原来|之前)数?", match["name"])
        return replace(draft, head=match["name"], aside=True, denied=draft.denied or bool(vague))
    apart = re.search("(?<!占)(?<!同)比(?![例重])|相比|较", head) and not _CHANGED.search(head)
    if apart and figure.bound in {"over", "under"} and not _OF_BUDGET.search(head) and not head.endswith("的"):
        return replace(draft, head=head + ("多" if figure.bound == "over" else "少"), figure=replace(figure, bound=""))
    if match := _OF_BUDGET.search(head):
        if match["apart"]:
            word = "少" if match["apart"] in _BELOW else "多"
            return replace(draft, head=f"{head[: match.start()]}比预算{word}", basis="预算")
        if figure.bound in {"over", "under"} and match.group()[0] in "比较":
            word = "多" if figure.bound == "over" else "少"
            return replace(draft, head=head + word, figure=replace(figure, bound=""), basis="预算")
        if figure.unit == "元":
            return replace(draft, head=f"{head[: match.start()]}预算", basis="预算")
    return draft


def _moved(draft: Draft) -> Draft:
    """A change needs something that it is set against; where the words name nothing, what was named before."""
    if draft.level or draft.prior:
        return draft
    match = _CHANGED.search(draft.head)
    if match is None:
        return draft
    last = list(_CHANGE.finditer(match["word"]))[-1]
    direction: Direction = "up" if last["up"] else "down"
    head, basis = draft.head, draft.basis
    if "预算" in head:
        basis = "预算"
    elif re.search("同比|上年|去年|上一年|20\\d\\d年", head):
        basis = "上年"
    elif not _COMPARED.search(head):
        saved = _SAVED.search(match["word"]) is not None and not basis
        draft = replace(draft, loose=saved)
        basis = "预算" if saved else basis or "上年"
        head = f"{head[: match.start()]}比{basis}{head[match.start() :]}"
    return replace(draft, head=head, direction=direction, changed=True, basis=basis)


def _asks(figure: Spotted, head: str) -> str:
    """The words that ask, in the figure's place."""
    if figure.unit in {"元", "零"}:
        return "多少元" if re.search("每|人均|平均|均次", head) and figure.written == "元" else "多少万元"
    if figure.unit == "%":
        return "百分之几"
    if figure.unit == "个百分点":
        return "几个百分点"
    if figure.unit == "倍":
        return "多少倍" if _TIMES_OF.search(head + "的" if head.endswith("预算") else head) else "百分之几"
    return f"多少{figure.unit}"
