"""A message may ask several things: 「其他收入有多少？占百分之几？」 Each is asked in turn, the later ones leaning on the earlier."""

from __future__ import annotations

import re
from itertools import pairwise

from qa.understand.lexer import Lexicon, Token
from qa.understand.normalise import normalise

_ENDS = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_PAUSES = re.compile(r"(?<!\d)[，,、]|[，,、](?!\d)")
_ASKS = ("amount", "which", "what", "why", "use", "define", "list", "yesno", "where")
_WHOLE = ("why", "use", "define")
_CONTENT = (
    "item", "bare", "measure", "op", "section", "named", "about", "part", "outside", "check", "text", "table", "side",
    "code", "period", "refer",
)  # fmt: skip
_RESTRICTING = ("outside", "part", "period", "year")


def asks(question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The questions in ``question``, in order; one where it asks one thing.

    A sentence that asks nothing belongs to the one after it, the last to the one before it.
    """
    if len(_ENDS.findall(question)) < 2 and _PAUSES.search(question) is None:
        return (question,)
    pieces = _joined([m.group() for m in _ENDS.finditer(question)], lexicon)
    return tuple(part for piece in pieces for part in _by_pauses(piece, lexicon))


def _by_pauses(piece: str, lexicon: Lexicon) -> list[str]:
    """The parts between commas, where more than one asks and none but the last restricts."""
    cuts = [0, *(m.end() for m in _PAUSES.finditer(piece)), len(piece)]
    parts = _joined([piece[a:b] for a, b in pairwise(cuts)], lexicon)
    restricted = any(t.has(kind) for part in parts[:-1] for t in _tokens(part, lexicon) for kind in _RESTRICTING)
    return [piece] if restricted else parts


def _joined(pieces: list[str], lexicon: Lexicon) -> list[str]:
    """Neighbours put together until each asks something."""
    joined: list[str] = []
    lead = ""
    for piece in pieces:
        own = _tokens(piece, lexicon)
        if joined and not lead and _goes_on(own):
            joined[-1] += piece
        elif asks_something(_tokens(lead + piece, lexicon)) and asks_something(own):
            joined.append(lead + piece)
            lead = ""
        else:
            lead += piece
    if not joined:
        return [lead]
    joined[-1] += lead
    return joined


def _goes_on(tokens: tuple[Token, ...]) -> bool:
    """Whether it asks only more of what was asked for before it: 「…的有哪几项？花了多少」, 「…有哪些，完成率各是多少」."""
    told = [t for t in tokens if not t.has("join", "stop") and not t.has("filler", "particles")]
    spent = all(
        (t.has("filler", "spending_verbs") or t.has("ask", "amount") or t.has("filler")) and "占" not in t.text
        for t in told
    )  # 「…是多少，占几成」 asks two things
    each = any(t.has("op", "each") for t in told) and not any(t.has(k) for t in told for k in ("item", "code", "table"))
    return (
        bool(told)
        and not any(t.has("count") for t in told)
        and (spent or each)
        and any(t.has("ask", "amount") or (each and t.has("ask", "list")) for t in told)
    )


def _only_how_much(token: Token) -> bool:
    """多少, 百分之多少, 几万元: asks how much of what was named before; 占百分之几 asks more."""
    if token.has("count") and not token.has("count", "分"):
        return False  # 多少人次 asks of something else
    if token.has("measure", "share"):
        return "占" not in token.text and "比" not in token.text
    return all(s.kind in {"ask", "filler", "join", "copula", "count", "op"} for s in token.senses) and (
        token.has("ask", "amount") or token.has("filler") or token.has("copula")
    )


def _tokens(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    return lexicon.split(normalise(text))


def asks_something(tokens: tuple[Token, ...]) -> bool:
    """Whether the words ask something, and say of what: 「是真的吗」 alone does not."""
    said = [t for t in tokens if not t.has("join", "stop")]
    if said and said[-1].has("join", "within"):
        return False  # 「原因里，哪几项…」
    if any(t.has("ask", *_WHOLE) for t in tokens):
        return True
    if all(_only_how_much(t) for t in said):
        return False  # 「…最低的是哪个，百分之多少」
    asked = any(t.has("ask", *_ASKS) or t.text == "还是" for t in tokens) or (tokens and tokens[-1].text == "呢")
    return bool(asked) and any(t.unknown or _content(t) for t in tokens)


def _content(token: Token) -> bool:
    """Whether the word says what is asked: an item, a measure, how many of what (多少人次)."""
    if token.has("count") and token.has("ask", "amount"):
        return True
    return any(s.kind in _CONTENT for s in token.senses) and not token.has("ask", "yesno")
