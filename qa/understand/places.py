"""Words that restrict by where they stand: before a name, between an item and its amount; elsewhere they only tell a story."""

from __future__ import annotations

from qa.plan import Plan
from qa.understand.dropped import whole
from qa.understand.lexer import Token
from qa.understand.phrases import Sketch

_WANTS = frozenset({"想", "要", "得", "来", "去", "我想", "我要", "想要", "打算", "准备"})
_ASPECTS = frozenset("了过着")
_GOVERN = frozenset(
    {
        "给",
        "向",
        "对",
        "为",
        "在",
        "从",
        "由",
        "找",
        "买",
        "去",
        "到",
        "用",
        "跟",
        "和",
        "与",
        "比",
        "被",
        "让",
        "叫",
        "请",
        "里",
        "中",
        "的",
    }
)


def aside(token: Token, plan: Plan, found: Sketch) -> bool:
    """An unknown run that can restrict nothing by its place: what somebody wants to do with the figure (「想瞄印刷费」),
    or an afterthought (「…多少鸭」, 「…多少，全靠它」), where an item is named and the question is complete without it."""
    if whole(plan, found) or token.text.isascii() or any(c.isascii() and c.isalpha() for c in token.text):
        return False
    at = found.tokens.index(token)
    before, after = found.tokens[:at], found.tokens[at + 1 :]
    if after and after[0].text == "的":
        return False
    named = any(t.has("item") for t in before)
    if not named:
        return bool(before) and before[-1].text in _WANTS and any(t.has("item") for t in after)
    asked = any(t.has("ask") for t in before)
    content = [
        t for t in (*after, token) if t.has("item") or t.has("ask") or t.has("measure") or t.quantity is not None
    ]
    last = next((t for t in reversed(found.tokens) if not t.has("join", "stop")), token)
    return asked and not content and last.text != "的" and before[-1].text not in _GOVERN and not before[-1].has("ask")


def harmless(token: Token, plan: Plan, found: Sketch) -> bool:
    """A verb or noun of general sense that stands where it tells no part of an item from another."""
    return not whole(plan, found) and not _within(token, found) and not _before_name(token, found.tokens)


def _before_name(token: Token, tokens: tuple[Token, ...]) -> bool:
    """Whether a name or an unknown word follows, with or without 的."""
    after = [t for t in tokens if t.start >= token.end][:2]
    if after and after[0].text == "的":
        after = after[1:]
    return bool(after) and (after[0].unknown or after[0].has("item") or after[0].has("part"))


def acts_within(token: Token, plan: Plan, found: Sketch) -> bool:
    """A verb that tells what of an item is asked: 「会议费布置会场花了多少」; or, where no item is named, what is asked at all."""
    if not token.senses or any(s.kind != "act" for s in token.senses):
        return False
    after = next((t for t in found.tokens if t.start >= token.end), None)
    if after is not None and after.has("count") and token.text[-1] in _ASPECTS:
        return False  # 「公务接待接了多少人次」: how many there were, which qa/understand/stocks.py minds
    return whole(plan, found) or _within(token, found)


def _within(token: Token, found: Sketch) -> bool:
    """Whether the word stands between an item and the amount asked of it."""
    at = found.tokens.index(token)
    before = [t for t in found.tokens[:at] if not t.has("filler") or t.has("join")]
    while before and before[-1].has("join", "within"):
        before.pop()
    after = found.tokens[at + 1 : at + 4]
    paid = any(t.has("ask", "amount") or t.has("filler", "spending_verbs") for t in after)
    return bool(before) and before[-1].has("item") and paid


def attributive(token: Token, tokens: tuple[Token, ...]) -> bool:
    """A word of colour right before a name or an unknown word, with or without 的: it may tell one kind from another."""
    if not token.senses or any(s.kind not in {"colour", "act"} for s in token.senses):
        return False
    after = [t for t in tokens if t.start >= token.end]
    if after and after[0].text == "的":
        after = after[1:]
    elif token.has("act"):
        return False
    return bool(after) and (after[0].unknown or after[0].has("item") or is_soft(after[0]) or after[0].has("part"))


def is_soft(token: Token) -> bool:
    """Known only as carrying nothing in a question for words."""
    return bool(token.senses) and all(s.kind == "soft" for s in token.senses)
