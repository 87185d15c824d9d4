"""What the words of a question say together, which none of them says alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from qa.plan import Name
from qa.understand.lexer import Token
from qa.understand.numbers import quantity_at

if TYPE_CHECKING:
    from qa.understand.phrases import Sketch

_JUDGED = (
    "op.equal",
    "op.gt",
    "op.lt",
    "op.ge",
    "op.le",
    "op.more",
    "op.less",
    "op.up",
    "op.down",
    "op.over",
    "op.under",
    "number.元",
)
CHECKING = frozenset({"核对", "核实", "复核", "核查", "核一下", "核一核"})
_TOTALS = ("合计", "总计", "总额", "总数")


def denies_last(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the question ends in a denial that only names something: 不是…的, 不要…的."""
    rest = [t for t in tokens[at + 1 :] if not t.has("join", "stop")]
    denial = tokens[at].text in {"不是", "不要", "而不是", "别要"} and at > 0 and tokens[at - 1].has("join", "stop")
    if denial and len(rest) == 1 and any(rest[0].has(kind) for kind in ("side", "measure", "item", "table")):
        return True  # 「我问的是收入，不是支出」
    named = any(t.has("item") or t.has("table") for t in rest)
    return denial and named and not any(t.has("ask") or t.has("measure") for t in rest) and rest[-1].text == "的"


def named_by_parts(found: Sketch) -> Name | None:
    """Two parts of one item named together (打电话、寄快递) mean the item."""
    wholes = [value for token in found.parts for value in token.values("part")]
    double = next((w for w in wholes if wholes.count(w) > 1), None)
    beside = any(b.start - a.end <= 1 for a, b in pairwise(found.parts))
    if double is None or not beside:
        return None
    return Name("、".join(t.text for t in found.parts if t.has("part", double)), (double,))


def mark_whole(found: Sketch) -> None:
    """Marks that the whole of a question gives: 「…了没有」 asks whether, 「…低于六成的」 asks which; a bound that is the
    budget (超过了年初预算) compares final and budget."""
    within = any(t.text.startswith("其中") for t in found.tokens)  # a whole is not added to what is within it
    if (
        not found.has("op.each")
        and not within
        and any(t.has("item") and t.text.endswith(_TOTALS) for t in found.tokens)
    ):
        found.marks.append("op.sum")
    content = [t for t in found.tokens if not t.has("join", "stop") and not t.has("filler", "particles")]
    because = any(t.has("ask", "why") and t.text != "为何" for t in content)
    if content and content[-1].text == "为何" and len(content) > 1 and not because:
        found.marks[:] = [m for m in found.marks if m != "ask.why"] + ["ask.amount"]  # 「比例为何」
    if (
        any(t.text == "还是" for t in content)
        and found.has("op.more", "measure.over")
        and found.has("op.less", "measure.under")
    ):
        found.marks.append("ask.yesno")  # 「比预算多还是少」
    if content and content[-1].text == "的" and found.has("op.gt", "op.lt", "op.ge", "op.le"):
        found.marks.append("ask.list")  # 「完成率低于六成的」
    if content and content[-1].has("op", "not"):
        found.marks.append("ask.yesno")  # 「…了没有？」
    if found.tokens and next((t.text for t in reversed(found.tokens) if not t.has("join", "stop")), "").endswith("吧"):
        found.marks.append("ask.yesno")
    asks = any(m.startswith("ask.") for m in found.marks) or any(t.text == "呢" for t in found.tokens)
    if not asks and len(content) > 1 and found.tokens[-1].text == "?" and found.has(*_JUDGED):
        found.marks.append("ask.yesno")  # 「物业费过五十万了？」
    last = ""
    for token in found.tokens:
        if token.has("measure", "budget") and last:
            found.marks.append(f"measure.{last}")
        if token.has("op", "gt", "ge", "more"):
            last = "over"
        elif token.has("op", "lt", "le", "less"):
            last = "under"
        elif not token.has("filler") or token.has("ask"):
            last = ""


def limit_of(token: Token, before: tuple[Token, ...]) -> int:
    """前三, 最大的两个: the number of results, said right after the superlative."""
    if token.has("refer", "both") and token.text.startswith("前") and (own := quantity_at(token.text, 1)):
        return int(own[1].value)  # 「最多的前两个款」
    last = next((t for t in reversed(before) if not t.has("join", "within") and not t.has("filler", "particles")), None)
    if last is None or not last.has("op", "top", "bottom", "max", "min"):
        return 0
    quantity = token.quantity
    if quantity is None and token.has("refer", "both") and (found := quantity_at(token.text, 0)):
        quantity = found[1]
    return int(quantity.value) if quantity is not None and 0 < quantity.value < 100 else 0
