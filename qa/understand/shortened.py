"""Names in short: 计生服务 for 计划生育服务, 车购税 for 车辆购置税支出: characters of a printed name, in its order.

A question that would be refused is read once more with such a stretch written in full. The stretch must fit one name
of this report only; what else stands in the question is judged as before, so nothing of it is dropped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.catalogue import Catalogue
from qa.understand.lexer import Lexicon, Token
from qa.understand.normalise import normalise_name
from qa.understand.spoken import TURNED

_LEAST, _LONGEST, _MOST = 3, 24, 3
_WIDEST_GAP = 5
_LEAST_COVER = 0.34
_STARTS = re.compile(r"(?:^|(?<=[和与及、()“”—-])|(?<=其他)|(?<=其中))")
_DIVIDERS = frozenset({"ask", "period", "refer", "report", "copula", "measure", "table", "outside", "per", "count"})
_EMPTY = frozenset("的里中之内")
_ENDINGS = ("项目", "资金", "经费", "支出", "费用", "工作", "科目", "费", "款", "的人", "人员", "人")
# Words that these names use for one another.
_ALIKE = (("补贴", "补助"), ("资助", "补助"), ("补偿", "补助"), ("费用", "经费"), ("老人", "老年人"), ("小孩", "儿童"))


@dataclass(frozen=True, slots=True)
class _Label:
    """A printed name in matching form, and as its report's figures answer to it."""

    text: str
    canonical: str
    starts: frozenset[int]


class Shortened:
    """Finds the printed name a stretch of a question is short for."""

    def __init__(self, catalogue: Catalogue) -> None:
        labels: dict[str, _Label] = {}
        for entry in catalogue.entries:
            for printed in (entry.fact.item, *entry.fact.parents):
                text = _leveled(normalise_name(printed))
                if len(text) > _LEAST and text not in labels:
                    labels[text] = _Label(text, catalogue.names.canonical(printed), _starts(printed, text))
        self._by_char: dict[str, list[_Label]] = defaultdict(list)
        for label in labels.values():
            for char in set(label.text):
                self._by_char[char].append(label)

    def in_full(self, text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
        """``text`` with a stretch written in full, and that name; the longest stretches first."""
        seen: set[str] = set()
        for start, end, run in _stretches(lexicon.split(text)):
            for ending in ("", *_ENDINGS):
                short = _leveled(run.removesuffix(ending)) if run.endswith(ending) else ""
                label = self._meant(short, lexicon) if len(short) >= _LEAST else None
                if label is not None and label.text != run:
                    if label.canonical not in seen:
                        seen.add(label.canonical)
                        yield text[:start] + label.text + text[end:], label.text
                    break
            if len(seen) >= _MOST:
                return

    def _meant(self, short: str, lexicon: Lexicon) -> _Label | None:
        """The one name that ``short`` is short for; None where there is none, or where two fit as well."""
        if any(sense.kind == "item" for sense in lexicon.senses(short)):
            return None
        found: dict[str, tuple[int, int, _Label]] = {}
        for label in self._by_char.get(short[0], ()):
            if (blocks := _fits(short, label)) is None:
                continue
            rank = (blocks, len(label.text), label)
            if label.canonical not in found or rank[:2] < found[label.canonical][:2]:
                found[label.canonical] = rank
        ranked = sorted(found.values(), key=lambda r: r[:2])
        if not ranked:
            return None
        best, *others = ranked
        rivals = [r for r in others if r[0] <= best[0] and r[1] - len(short) < 2 * (best[1] - len(short)) + 2]
        rivals = [r for r in rivals if best[2].text not in r[2].text]
        return best[2] if not rivals else None


def _leveled(text: str) -> str:
    for word, other in _ALIKE:
        text = text.replace(word, other) if other not in text else text
    return text


def _starts(printed: str, text: str) -> frozenset[int]:
    """Where a word of the name may begin: at its start, behind 和, 、 and brackets, behind a space of a composed name."""
    found = {m.start() for m in _STARTS.finditer(text)}
    at = 0
    for piece in printed.split():
        found.add(at)
        at += len(normalise_name(piece))
    return frozenset(found)


def _fits(short: str, label: _Label) -> int | None:
    """In how many unbroken pieces ``short`` stands in the name, in its order; None where it is not short for it."""
    if len(short) >= len(label.text) or not set(short) <= set(label.text):
        return None
    best: int | None = None
    for at in (i for i, char in enumerate(label.text) if char == short[0]):
        first = short[:2] == label.text[at : at + 2]
        if (at not in label.starts and not first) or TURNED.search(label.text[:at]):
            continue
        pieces = _pieces(short, label.text, at)
        if pieces is None:
            continue
        sure = pieces == 1 or (pieces < len(short) and len(short) / len(label.text) >= _LEAST_COVER)
        sure = sure or (pieces == len(short) and label.text[at::2].startswith(short))
        if sure and (best is None or pieces < best):
            best = pieces
    return best


@lru_cache(maxsize=20_000)
def _pieces(short: str, text: str, at: int) -> int | None:
    """The fewest unbroken pieces of ``text`` from ``at`` on that give ``short``, with no wide gap between them."""
    run = 0
    while run < len(short) and at + run < len(text) and short[run] == text[at + run]:
        run += 1
    if run == len(short):
        return 1
    best: int | None = None
    for taken in range(run, 0, -1):
        rest = short[taken:]
        after = at + taken
        for gap in range(1, _WIDEST_GAP + 1):
            if text[after + gap : after + gap + 1] != rest[0]:
                continue
            more = _pieces(rest, text, after + gap)
            if more is not None and (best is None or more + 1 < best):
                best = more + 1
    return best


def _stretches(tokens: tuple[Token, ...]) -> list[tuple[int, int, str]]:
    """Stretches of words that may name something, with the text in them that counts, the longest first."""
    found: list[tuple[int, int, str]] = []
    for first, token in enumerate(tokens):
        if _divides(token) or token.text in _EMPTY:
            continue
        run = ""
        for last in range(first, len(tokens)):
            word = tokens[last]
            if _divides(word) or len(run) > _LONGEST:
                break
            run += "" if word.text in _EMPTY else word.text
            if len(run) >= _LEAST and word.text not in _EMPTY:
                found.append((token.start, word.end, run))
    return sorted(found, key=lambda f: (-len(f[2]), f[0]))


def _divides(token: Token) -> bool:
    """Whether a word is none of a name: what asks, measures, dates or points."""
    if token.unknown or token.has("item", "part", "term") or token.text in _EMPTY:
        return False
    if token.quantity is not None or token.has(*_DIVIDERS) or not token.text.isalnum():
        return True
    return bool(token.senses) and all(s.kind in {"filler", "join"} for s in token.senses) and len(token.text) > 1
