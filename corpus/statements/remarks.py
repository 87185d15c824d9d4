"""What the report says beside figures: purposes, reasons, and that something does not exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.numerals import text_to_numbers
from corpus.statements.vocabulary import Vocabulary

About = Literal["budget", "change", ""]
_DELIMITERS = "，；：。,;"


@dataclass(frozen=True, slots=True)
class Remark:
    """A stated purpose (主要用于…) or reason (主要原因…) of ``item``; ``text`` verbatim, without the announcing words.

    ``about``: what a reason explains: the final against the "budget", the "change" from the year before, or "" unsaid.
    ``sentence`` is the whole sentence it stands in; ``page``, ``line`` where ``text`` begins.
    """

    item: str
    parents: tuple[str, ...]
    kind: Literal["purpose", "reason"]
    about: About
    text: str
    section: str
    page: int
    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Absence:
    """The report says there is none of ``item`` (无…支出, 未购置…)."""

    item: str
    sentence: str
    section: str
    page: int
    line: int


@dataclass(frozen=True, slots=True)
class Span:
    """A purpose or reason found in a sentence: ``begin`` where its clause begins, ``start``..``end`` its text.

    ``what``: the words before the announcing word in the same clause (公务接待费支出减少); ``weak``: announced
    by 主要是 alone, which is a reason only after a figure that needs one.
    """

    kind: Literal["purpose", "reason"]
    begin: int
    start: int
    end: int
    what: str
    weak: bool = False


def sentence_to_spans(text: str, words: Vocabulary) -> tuple[Span, ...]:
    """The purposes and reasons of a sentence in order; none overlaps another."""
    figures = [number.start for number in text_to_numbers(text) if not number.kind]
    spans: list[Span] = []
    for match in words.reason.finditer(text):
        if spans and match.start() < spans[-1].end:
            continue
        begin = _clause_begin(text, match.start())
        end = _end(text, match.end(), figures)
        what, weak = text[begin : match.start()], match["mark"] == "主要是"
        if text[match.end() : end].strip("。；， ") and not (weak and what.strip()):
            spans.append(Span("reason", begin, match.end(), end, what, weak))
    reasons = list(spans)
    for match in words.purpose.finditer(text):
        if any(span.begin <= match.start() < span.end for span in spans):
            continue
        following = [span.begin for span in reasons if span.begin > match.start()]
        end = min([_end(text, match.end(), figures), *following])
        if any(match.end() <= at < end for at in figures) or not text[match.end() : end].strip("。；，： "):
            continue
        begin = _clause_begin(text, match.start())
        spans.append(Span("purpose", begin, match.end(), end, text[begin : match.start()]))
    return tuple(sorted(spans, key=lambda span: span.start))


def reason_about(what: str, words: Vocabulary) -> About:
    """What a reason explains, by the words it is announced with."""
    if "预算" in what:
        return "budget"
    return "change" if words.direction.search(what) else ""


def _clause_begin(text: str, at: int) -> int:
    return max((text.rfind(mark, 0, at) for mark in _DELIMITERS), default=-1) + 1


def _end(text: str, start: int, figures: Sequence[int]) -> int:
    """A purpose or reason runs to the end of the sentence, or to where the next item's figures begin."""
    for match in re.finditer(r"[；;]|[，,](?=其中)", text[start:]):
        at = start + match.start()
        if match.group() in "，," or any(figure > at for figure in figures):
            return at
    return len(text)
