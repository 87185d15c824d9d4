"""The words of a text that say what each figure is of: before it up to the figure before, after it up to the next pause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.verification.spotting import Spotted, text_to_figures

_PAUSES = "，,、；;。！？!?：:（）()\n"
_BETWEEN = re.compile(r"[\s，,、和与及以或]*")
_WHAT_FOR = re.compile(
    r"^\s*(?:的|用于了?|用在|花在|花到|投向|投入到?|来自于?|来源于|属于|系|是|为|主要用于|被用于|用来)(?=[\u4e00-\u9fff“\"])"
)
_PER = re.compile(r"\s*(?:[/／]|每)\s*(?:人|次|辆|批|天|月|年|台|个)")
_GOES_ON = frozenset("，,、（(的万亿元%％）)")
_WIDEST_WRAPPED, _FEWEST_WRAPPED = 100, 3


@dataclass(frozen=True, slots=True)
class Segment:
    """A figure with its words. ``head``: before it, bounds left out; ``tail``: what the figure is said to be for, ""
    where its head says it; ``per``: a price for each (/人). ``sentence``, ``paragraph``: their numbers.
    ``group``: how many figures in a row share one head (分别为 a、b、c), ``place`` which of them this is.
    ``lead``: the sentences without figures before the sentence of this one.
    """

    figure: Spotted
    text: str
    head: str
    tail: str
    sentence: int
    paragraph: int
    per: bool = False
    group: int = 1
    place: int = 0
    lead: str = ""


def text_to_segments(text: str) -> tuple[Segment, ...]:
    """The segments of ``text`` (already ``folded``), one for each figure, in order."""
    figures = text_to_figures(text)
    found: list[Segment] = []
    done = 0
    for number, (paragraph, begin, end) in enumerate(_sentences(text)):
        inside = [f for f in figures if begin <= f.start < end]
        made = _grouped(list(_of_sentence(text, inside, begin, end, number, paragraph)))
        if made:
            found += [replace(made[0], lead=text[done:begin]), *made[1:]]
            done = end
    return tuple(found)


def _sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """Paragraph, start and end of each sentence. A line that is cut off in mid-sentence goes on in the next one."""
    begin = paragraph = 0
    full = _full_line(text)
    for match in re.finditer(r"[。！？!?；;]+|\n+", text):
        broken = match.group().startswith("\n")
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()].rstrip()
        long = _width(line) >= full and line[-1] not in "。！？!?；;：:"
        if broken and (long or line[-1:] in _GOES_ON or text[match.end() :].lstrip()[:1] in _GOES_ON):
            continue
        if match.end() > begin:
            yield paragraph, begin, match.start() if broken else match.end()
        begin = match.end()
        paragraph += broken
    if begin < len(text):
        yield paragraph, begin, len(text)


def _full_line(text: str) -> int:
    """From what width on a line is cut off in mid-sentence. Only lines of much the same length are cut off so."""
    widths = [_width(line) for line in text.split("\n") if line.strip()]
    wrapped = len(widths) >= _FEWEST_WRAPPED and max(widths) <= _WIDEST_WRAPPED
    return max(widths) // 2 if wrapped else 2 * len(text) + 1


def _width(line: str) -> int:
    """How wide a line is, a Chinese character as two."""
    return sum(1 if char.isascii() else 2 for char in line.strip())


def _of_sentence(
    text: str, figures: list[Spotted], begin: int, end: int, number: int, paragraph: int
) -> Iterator[Segment]:
    at = begin
    for index, figure in enumerate(figures):
        until = figures[index + 1].start if index + 1 < len(figures) else end
        pause = next((i for i in range(figure.tail, until) if text[i] in _PAUSES), end if until == end else -1)
        tail = text[figure.tail : pause] if pause >= 0 else ""
        head = text[at : max(at, figure.head_end)]
        at = figure.tail
        if match := _WHAT_FOR.match(tail):
            at = pause
            tail = tail[match.end() :]
        else:
            tail = ""
        per = bool(_PER.match(text, figure.tail))
        yield Segment(figure, text[figure.start : figure.end], head, tail, number, paragraph, per)


def _grouped(segments: list[Segment]) -> list[Segment]:
    """Figures of one unit in a row, with nothing but pauses between them, belong to one head."""
    runs: list[list[Segment]] = []
    for segment in segments:
        bare = bool(_BETWEEN.fullmatch(segment.head))
        if runs and bare and segment.figure.unit == runs[-1][0].figure.unit and not runs[-1][-1].tail:
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return [
        replace(each, head=run[0].head, group=len(run), place=place) if len(run) > 1 else each
        for run in runs
        for place, each in enumerate(run)
    ]
