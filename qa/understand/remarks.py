"""What a question says of the report before it asks: 「报告没写就帮我算下」, 「没把上年总数写出来」. It restricts nothing."""

from __future__ import annotations

import re

from qa.understand.lexer import Lexicon

_REPORT = r"(?:报告|决算|预算|公开表|表|文|说明|里面|上面|上头)(?:书|里|中|上|里头|里面)?"
_WRITE = r"(?:写|印|列|给|讲|说|提|登|公布|披露)"
_REMARKS = (
    re.compile(rf"(?:{_REPORT})?(?:并|也|又|却|但)?没有?把[^,。?!;]{{0,12}}{_WRITE}(?:出来|明白|明|出|清楚)[,;。]?"),
    re.compile(rf"{_REPORT}(?:并|也|又|要是|如果|若)?没有?(?:直接|明确|单独)?{_WRITE}(?:出来|出|明|到)?(?:的话)?(?:[,;。]|(?=就|那就|你就))"),
    re.compile(rf"{_REPORT}(?:只|光|仅|就){_WRITE}了?[^,。?!;]*[,;。]"),
    re.compile(r"(?<=[,。?!;])(?:因为)?我们?(?:这边)?(?:要|想|得|正|正在|在|需要)?(?:写|做|整理|准备|弄)[^,。?!;]{0,16}[。!]?$"),
    re.compile(
        r"[拿用把以按][^,。?!;]{0,16}?(?:减|扣|加)(?:去|掉|上|除)?了?[^,。?!;]{0,6}?"
        r"(?:增减|增加|减少|下降|上升|增长|变动|变化)的?(?:额|数|值|金额)[,;。]"
    ),
)  # fmt: skip


_OPENING = re.compile(
    r"年初(?:批的|定的)?数(?=(?:减|和|与|跟|同|比|扣)[去掉]?[^,。?!;]{0,3}决算)"
)  # 「年初数减决算数」
_SHORT = re.compile(r"[,;]?(?:也就是|就是|是不是|算不算)?(?:入不敷出|收不抵支)了?")
_SAID = re.compile("收入[^,。?!;]{0,4}(?:不够|少于|低于|小于|不足|抵不上)[^,。?!;]{0,2}支出")


def in_plain_words(text: str) -> str:
    """``text`` with 入不敷出 said as income below expenditure, or left out where that is said already."""
    text = _OPENING.sub("年初预算数", text)
    if not _SHORT.search(text):
        return text
    return (
        _SHORT.sub("", text) if _SAID.search(text) else re.sub("(?:入不敷出|收不抵支)了?", "收入合计比支出合计少", text)
    )


def without_remarks(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """``text`` without such remarks, and they; as it is where what is left would name or ask nothing."""
    told: list[str] = []
    for shape in _REMARKS:
        match = shape.search(text)
        if match is None:
            continue
        rest = text[: match.start()] + text[match.end() :]
        tokens = lexicon.split(rest)
        named = any(t.has("item") or t.has("code") for t in tokens)
        if named and any(t.has("ask", "amount") or t.has("ask", "yesno") for t in tokens):
            text = rest
            told.append(match[0].rstrip(",;。"))
    return text, tuple(told)
