"""What a question asks of a change: its amount, its rate, the amount of the year before, or several of these at once."""

from __future__ import annotations

from dataclasses import replace

from qa.plan import Plan
from qa.understand.context import Reading, call, measured
from qa.understand.lexer import Token
from qa.understand.phrases import Phrase

_CHANGES = ("change", "budget_change")
_CHANGED = ("measure.change", "measure.change_rate", "op.up", "op.down", "op.changed")
_MOVES = ("up", "down", "more", "less", "changed")
_HOW_MUCH = ("几", "多少", "多大")


def pieces(reading: Reading) -> list[tuple[Token, ...]]:
    """The words of the question between its pauses."""
    found: list[list[Token]] = [[]]
    for token in reading.sketch.tokens:
        if token.has("join", "stop"):
            found.append([])
        else:
            found[-1].append(token)
    return [tuple(piece) for piece in found if piece]


def asks_both(reading: Reading) -> bool:
    """「降幅多大，少了多少钱」, 「少了多少 百分之几」, 「绝对数和幅度」: the amount of a change and its rate."""
    said = pieces(reading)
    amounts = [p for p in said if _asks_amount(p)]
    rates = [p for p in said if any(_rate(t) for t in p)]
    if any(rate is not amount for rate in rates for amount in amounts):
        return True
    if rates and any("绝对" in t.text for t in reading.sketch.tokens):
        return True
    return any(_one_after_the_other(p) for p in said)


def asks_before(reading: Reading) -> bool:
    """Whether a piece of the question asks for the amount of the year before: 「…多了多少，去年是多少」."""
    return any(_asks_before(p, reading.catalogue.info.year - 1) for p in pieces(reading))


def asks_change(reading: Reading) -> bool:
    """Whether a piece of the question asks how much more or less it was, or by how many percent."""
    return any(_asks_amount(p) or any(_rate(t) for t in p) for p in pieces(reading))


def _asks_before(piece: tuple[Token, ...], year: int) -> bool:
    spoken = any(t.has("period", "prior") or t.has("year", str(year)) for t in piece)
    return spoken and any(t.has("ask", "amount") for t in piece) and not any(_moves(t) or _rate(t) for t in piece)


def _asks_amount(piece: tuple[Token, ...]) -> bool:
    """多了多少, 少多少钱: a change, and how much of it; a rate in the same piece takes it for itself."""
    return (
        any(_moves(t) for t in piece)
        and any(t.has("ask", "amount") for t in piece)
        and not any(_rate(t) for t in piece)
    )


def _moves(token: Token) -> bool:
    return (token.has("measure", *_CHANGES) or token.has("op", *_MOVES, "than", "difference")) and not _rate(token)


def _rate(token: Token) -> bool:
    return token.has("measure", "change_rate") or token.has("op", "rate") or token.has("measure", "share")


def _one_after_the_other(piece: tuple[Token, ...]) -> bool:
    """「少了多少百分之几」: a word that asks for the amount, and one behind it that asks for the percentage."""
    at = next((i for i, t in enumerate(piece) if _moves(t) and t.has("ask", "amount")), None)
    later = piece[at + 1 :] if at is not None else ()
    return any(_rate(t) and any(w in t.text for w in _HOW_MUCH) and "占" not in t.text for t in later)


def against_budget(phrase: Phrase, reading: Reading) -> Plan | None:
    """「决算比年初预算多出来多少」: one item's two figures. 「比2020年多了多少，涨幅是多少」 compares no two figures of it."""
    against = reading.has("measure.variance", "measure.over", "measure.under", "measure.budget")
    if not against or reading.has("period.prior") or phrase.measure not in {"", "final"} or reading.yesno:
        return None
    return reading.plan("compute", call("difference", measured(phrase, "final"), measured(phrase, "budget")))


def trend(reading: Reading) -> Plan | None:
    """「比上年增加了吗」, 「跟上年一样吗」: the sign of the stated change."""
    compared = reading.has("op.equal", "op.more", "op.less", "op.than")
    if (
        len({p.names for p in reading.named}) != 1
        or not reading.yesno
        or not (reading.has(*_CHANGED) or reading.named[0].period == "prior" or (compared and _prior_named(reading)))
    ):
        return None
    phrase = reading.named[0]
    how_much = any(t.has("op", "rate", "times", "share") or "percent" in t.text for t in reading.sketch.tokens)
    if how_much or reading.sketch.quantities:
        return None
    topic = "less" if reading.has("op.down", "op.less") and not reading.has("op.up", "op.more") else "more"
    if reading.has("op.equal") and not reading.has("op.up", "op.down", "op.more", "op.less"):
        topic = "same"
    only = () if compared or reading.has(*_CHANGED) else ("prior",)
    return reading.plan("yesno", replace(measured(phrase, "change"), period=""), topic=f"trend-{topic}", words=only)


def _prior_named(reading: Reading) -> bool:
    return any(p.period == "prior" for p in reading.named)
