"""Words whose neighbours rule out some of what they can mean: 人 that counts nothing, 几家 that asks nothing."""

from __future__ import annotations

from dataclasses import replace

from qa.understand.lexer import Sense, Token
from qa.understand.marks import limit_of
from qa.understand.numbers import quantity_at

_SOME = frozenset("上这那好前后近哪")
_NOTHING = (Sense("filler", "classifier"),)
_PERCENTAGES = ("completion", "change_rate")


def as_meant(token: Token, tokens: tuple[Token, ...], at: int) -> Token:
    """The token without senses that its neighbours rule out: 人 that counts nothing, 还有 of 「现在还有几部」."""
    if _mere_classifier(token, tokens[at - 1] if at else None):
        return replace(token, senses=tuple(s for s in token.senses if s.kind != "count") or _NOTHING)
    if token.has("count") and token.text[0] == "几" and at and tokens[at - 1].text[-1] in _SOME:
        return replace(token, senses=_NOTHING)  # 「这几家单位」 are some, and nobody asks how many
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.has("report") and token.has("item"):
        return _department_or_item(token, tokens, after)
    if token.has("refer", "both") and after is not None and after.has("grain") and limit_of(token, tokens[:at]):
        found = quantity_at(
            token.text, 1 if token.text.startswith("前") else 0
        )  # 「支出最多的三个类」 points at nothing
        return replace(token, senses=_NOTHING, quantity=found[1] if found else None)
    if (
        token.has("refer", "both")
        and token.text[0] not in "这那它"
        and after is not None
        and after.text.startswith("项目")
    ):
        return replace(token, senses=_NOTHING)  # 「两个项目分别得了多少分」 points at nothing said before
    if token.text == "还有" and after is not None and (after.has("ask") or after.has("count")):
        return replace(token, senses=tuple(s for s in token.senses if s.kind == "filler"))
    if token.has("op", "rate") and token.has("op", "share") and at and tokens[at - 1].has("measure", *_PERCENTAGES):
        return replace(token, senses=tuple(s for s in token.senses if s.value != "share"))  # 「完成预算的百分之几」
    return token


def _department_or_item(token: Token, tokens: tuple[Token, ...], after: Token | None) -> Token:
    """法院 in a court's report: the item before （款）, 支出 and where nothing else is named; else the court itself."""
    of_item = after is not None and (after.text == "(" or after.text[0] in "款项类支" or after.has("grain"))
    others = any(t.has("item") or t.has("bare") for t in tokens if t is not token)
    dropped = "report" if of_item or not others else "item"
    return replace(token, senses=tuple(s for s in token.senses if s.kind != dropped))


def _mere_classifier(token: Token, before: Token | None) -> bool:
    """人, 次, 个 … count only after 几 or 多少."""
    if not token.has("count") or len(token.text) > 1:
        return False
    return before is None or not (
        before.has("ask", "amount") or before.has("op", "count") or before.has("measure", "average")
    )
