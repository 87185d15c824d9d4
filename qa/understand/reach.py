"""What a question restricts, and whether words of the report cover it: names in full, in short, or in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qa.understand.lexer import Token

_SILENT = frozenset(
    (
        "filler",
        "ask",
        "copula",
        "join",
        "report",
        "refer",
        "count",
        "talk",
        "chat",
        "subject",
        "politeness",
        "about",
        "year",
    )
)
_FREE = frozenset("的了是在与和及中内里吗呢吧啊都也还")
_REFUSED = frozenset({"period", "measure", "side", "bare", "op", "per", "table", "code"})
_ENDINGS = ("项目", "资金", "经费", "工作", "方面", "这块", "情况")
_NUMBERS, _UNITS = frozenset("几两三四五六七八九十"), frozenset("个家名所座项条")
_VERBATIM = re.compile(
    "(?:请|把|将)*(?:原文|原话|原句)(?:摘|抄|贴|引|念|给|列)?(?:录|一下|下来|出来|给我|我)*|(?:这个|这一)(?:名)?词|该词"
)
_WIDEST_GAP, _LEAST_SHORT = 5, 3

Run = tuple[tuple[str, bool], ...]  # characters, and whether each has to stand about the sentence


def asides(text: str) -> list[tuple[int, int]]:
    """Where the question only asks for the words as printed: 「原文摘一下」."""
    return [m.span() for m in _VERBATIM.finditer(text)]


def torn(tokens: Iterable[Token], text: str) -> Iterator[tuple[int, int]]:
    """Where the beginning of a term stands that was read with the word before it: 「对上|海国际贸易…」."""
    for token in tokens:
        for term in token.values("term"):
            missing = len(term) - len(token.text)
            if 0 < missing <= token.start and text[token.start - missing : token.end] == term:
                yield token.start - missing, token.start


def content(tokens: Iterable[Token], spans: Iterable[tuple[int, int]]) -> tuple[Run, ...] | None:
    """The runs of words outside ``spans`` that restrict what is asked; None where one restricts as no sentence shows."""
    runs: list[Run] = []
    spans, last, before = tuple(spans), -1, ""
    tokens = tuple(tokens)
    for at, token in enumerate(tokens):
        inside = [any(start <= place < end for start, end in spans) for place in range(token.start, token.end)]
        if all(inside):
            before = ""
            continue
        if token.quantity is not None or (not any(inside) and _restricts(token) and not _of_word(tokens, at)):
            return None
        silent = _silent(token)
        if not token.text.isalnum() or token.text in _FREE or (silent and len(token.text) > 1):
            before = token.text
            continue
        soft = silent or (bool(token.senses) and all(s.kind in {"soft", *_SILENT} for s in token.senses))
        marked = tuple((c, not soft) for c, within in zip(token.text, inside, strict=False) if not within)
        if before[-1:] in _NUMBERS and token.text[0] in _UNITS and marked == tuple((c, True) for c in token.text):
            marked = marked[1:]  # 「几|个人民法庭」
        before = token.text
        if any(inside) and len(marked) == 1:
            continue  # cut in two by the words that ask: 「对上|海」
        if runs and last == token.start:
            runs[-1] = (*runs[-1], *marked)
        else:
            runs.append(marked)
        last = token.end
    return tuple(run for run in runs if run)


def _restricts(token: Token) -> bool:
    """Whether the word compares, bounds, dates or computes, which no sentence can be seen to honour."""
    return (
        bool(token.senses)
        and any(s.kind in _REFUSED for s in token.senses)
        and not _silent(token)
        and not token.has("item")
    )


def _of_word(tokens: tuple[Token, ...], at: int) -> bool:
    """One character beside an unknown one is part of its word: the 小 of 小型水库."""
    beside = (tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None)
    return len(tokens[at].text) == 1 and any(t is not None and t.unknown for t in beside)


def _silent(token: Token) -> bool:
    """Whether the word says nothing of what the sentence is of."""
    if token.unknown or token.has("item", "part") or token.has("outside"):
        return token.has("report") or token.has("filler", "self")
    if token.has("about") and not token.has("about", "self"):
        return False
    return any(s.kind in _SILENT for s in token.senses) and not token.has("op", "not")


def covered(run: Run, places: tuple[str, ...]) -> int | None:
    """How far from the sentence the furthest needed piece of ``run`` stands; None where one stands nowhere."""
    text = "".join(char for char, _ in run)
    needed = "".join(char for char, need in run if need)
    if not needed:
        return 0
    for level, place in enumerate(places):
        if text in place or needed in place:
            return level
    for ending in ("", *_ENDINGS):
        short = needed.removesuffix(ending)
        if ending and short == needed:
            continue
        for level, place in enumerate(places):
            if len(short) >= _LEAST_SHORT and _in_short(short, place):
                return level
    return _in_pieces(run, places)


def _in_short(short: str, place: str) -> bool:
    """Whether ``short`` is some name of ``place`` with characters left out: 计生奖励扶助 of 计划生育家庭奖励扶助."""
    pattern = rf"([^,，。；：:]{{0,{_WIDEST_GAP}}}?)".join(map(re.escape, short))
    return any(2 * sum(map(bool, m.groups())) <= len(short) for m in re.finditer(pattern, place))


def _in_pieces(run: Run, places: tuple[str, ...]) -> int | None:
    """``run`` cut into pieces of two characters and more that each stand in one of ``places``."""
    text, at, furthest = "".join(char for char, _ in run), 0, 0
    while at < len(run):
        for end in range(len(run), at + 1, -1):
            level = next((n for n, place in enumerate(places) if text[at:end] in place), None)
            if level is not None:
                furthest, at = max(furthest, level), end
                break
        else:
            if run[at][1]:
                return None
            at += 1
    return furthest
