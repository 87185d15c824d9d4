"""Sentences that tell in words what a question asks for: 「薄弱学校改造项目发现了什么问题」 of 「发现的主要问题：…」.

Used where a question would be refused. A sentence answers when what it begins with, or its heading, is what is asked
for, and the sentence, what stands before it and its headings hold every other word of content of the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Paragraph
from qa.catalogue import Catalogue
from qa.understand.aspects import Aspect, asked_for
from qa.understand.normalise import normalise_name
from qa.understand.phrases import Sketch
from qa.understand.reach import Run, asides, content, covered, torn

_STOP = re.compile("[。；]")
_GOES_ON = re.compile("\\s*(?:[二三四五六七八九十]是|其[次二三四])")
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|\d+[、.．]|[（(][一二三四五六七八九十\d]+[）)])")
_DEFINED = re.compile(
    "(?:是|的)*(?:什么意思|啥意思|何意|含义|定义|释义)|指(?:的|是)*(?=什么|哪|啥)(?:什么|哪些|哪个|哪几个|哪|啥)|什么叫做?|名词解释"
    "|(?:是|被)*(?:怎么|如何|怎样|咋)(?:来)?(?:解释|界定|定义|理解|说明|写|讲|说)(?:的)?"
)
TERM = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d+[、.．]|（[一二三四五六七八九十]+）)?\s*(?P<term>[^：:]{2,40})[：:]"
)
_CLASS_BEFORE = re.compile(r"^.*\([类款]\)(?=.)")
_OF_PATH = re.compile(r"\([类款项]\)$")
_WHO = re.compile(
    "(?:都|又)?(?:是|由|归)?(?:谁|哪家单位|哪个单位|哪些单位|哪家)"
)  # 「实施主体是谁」 asks for what the heading names
_CORE = re.compile(r"情况说明$|说明$|情况$")
_SHORT_LEAD = 3
_MOST_SECTIONS, _MOST_PARAGRAPHS, _LONGEST = 4, 12, 1500

Asked = tuple[tuple[Aspect, tuple[tuple[int, int], ...]], ...]
Stretch = tuple[int, int, int]  # number of the paragraph, where it begins and ends


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that tells an aspect: where it stands, the words it speaks of, and its headings."""

    stretches: tuple[Stretch, ...]
    near: str
    above: str


class Telling:
    """Finds the sentences of one report that a question for words asks for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The report's paragraphs, in order."""
        return tuple(self._catalogue.store.paragraphs(self._catalogue.info.id))

    def find(self, found: Sketch, text: str) -> tuple[tuple[Stretch, ...], str]:
        """Where the report tells what is asked, and what names a count that is told there; () where it tells none of
        it, or where what is asked is no matter of words."""
        if any(year != self._catalogue.info.year for year in found.years):
            return (), ""
        counting = found.has("ask.amount") or any(m.startswith("count.") for m in found.marks)
        asked = tuple(asked_for(text))
        counted = next((aspect.counted for aspect, _ in asked if aspect.counted), "")
        if asked and (counted or not counting) and (told := self._sentences(found, asked, text)):
            return told, counted if counting or found.has("ask.yesno") else ""
        if counting:
            return (), ""
        return self._entry(found, text) or self._section(found, text), ""

    def _sentences(self, found: Sketch, asked: Asked, text: str) -> tuple[Stretch, ...]:
        """The sentences that tell each of the aspects asked for; () where one is told nowhere."""
        runs = content(found.tokens, [*(span for _, spans in asked for span in spans), *asides(text)])
        best = [self._best(aspect, runs) for aspect, _ in asked] if runs is not None else []
        if not all(best):
            return ()
        return tuple(dict.fromkeys(sorted(s for told in best for each in told for s in each.stretches)))

    def _best(self, aspect: Aspect, runs: tuple[Run, ...]) -> list[_Told]:
        """The sentences of ``aspect`` that hold all of ``runs`` nearest; [] where none does, or too many do as well."""
        ranked: dict[tuple[int, int], list[_Told]] = {}
        for told in self._of(aspect):
            levels = [covered(run, (told.near, told.above)) for run in runs]
            if all(level is not None for level in levels):
                loose = sum(1 for run in runs for char, needed in run if not needed and char in told.near)
                ranked.setdefault((sum(level or 0 for level in levels), -loose), []).append(told)
        best = ranked[min(ranked)] if ranked else []
        return best if len(best) <= aspect.most else []

    def _of(self, aspect: Aspect) -> Iterator[_Told]:
        for number, paragraph in enumerate(self.paragraphs):
            path = "".join(paragraph.section)
            if "名词解释" in path or not aspect.where.search(path):
                continue
            since = 0
            for match in aspect.printed.finditer(paragraph.text):
                begin = max((m.end() for m in _STOP.finditer(paragraph.text, 0, match.start())), default=0)
                end = _end(paragraph.text, match.end())
                yield self._told(number, begin, end, since, match.start())
                since = end

    def _told(self, number: int, begin: int, end: int, since: int, label: int) -> _Told:
        """A sentence that begins with its label speaks of what its paragraph begins with; another one of its own subject."""
        paragraph = self.paragraphs[number]
        own = paragraph.text[begin:end]
        above = normalise_name("".join(paragraph.section[-2:]))
        stretches: tuple[Stretch, ...] = ((number, begin, end), *self._goes_on(number, end))
        if label - begin > _SHORT_LEAD:
            return _Told(stretches, normalise_name(own), above)
        lead = paragraph.text[since:begin]
        if not lead.strip() and not since and (before := self._led(number)):
            stretches, lead = ((before[0], 0, before[1]), *stretches), self.paragraphs[before[0]].text[: before[1]]
        elif lead.strip():
            cut = next((m.end() for m in re.finditer("[：:。；，]", lead)), len(lead))
            whole = len(lead) - cut < _SHORT_LEAD
            first: tuple[Stretch, ...] = (
                ((number, since, end),) if whole else ((number, since, since + cut), stretches[0])
            )
            stretches = (*first, *stretches[1:])
            lead = lead[:cut]
        return _Told(stretches, normalise_name(lead + own), above)

    def _goes_on(self, number: int, end: int) -> Iterator[Stretch]:
        """The paragraphs that go on with 二是…, where a sentence breaks off at the end of its own."""
        section = self.paragraphs[number].section
        while end == len(self.paragraphs[number].text) and number + 1 < len(self.paragraphs):
            number += 1
            following = self.paragraphs[number]
            if following.section != section or not _GOES_ON.match(following.text):
                return
            end = _end(following.text, 0)
            yield number, 0, end

    def _led(self, number: int) -> tuple[int, int] | None:
        """The list item that a paragraph without a number goes on, and where the name of the item ends."""
        if not number or _NUMBERED.match(self.paragraphs[number].text):
            return None
        before = self.paragraphs[number - 1]
        if before.section != self.paragraphs[number].section or not _NUMBERED.match(before.text):
            return None
        return number - 1, next((m.end() for m in re.finditer("[：:。；，]", before.text)), len(before.text))

    def _entry(self, found: Sketch, text: str) -> tuple[Stretch, ...]:
        """The entry of 名词解释 for the term that the question names; () where it names none, or several as well."""
        spans = [m.span() for m in _DEFINED.finditer(text)]
        runs = content(found.tokens, [*spans, *asides(text), *torn(found.tokens, text)]) if spans else None
        ranked: dict[tuple[int, int], list[int]] = {}
        for number, paragraph in enumerate(self.paragraphs if runs else ()):
            path = normalise_name("".join(paragraph.section))
            match = TERM.match(paragraph.text.strip()) if "名词解释" in path else None
            if match is None:
                continue
            name = last_name(normalise_name(match["term"]))
            levels = [covered(run, (name, normalise_name(match["term"]), path)) for run in runs or ()]
            if all(level is not None for level in levels) and 0 in levels:
                ranked.setdefault((sum(level or 0 for level in levels), len(name)), []).append(number)
        best = ranked[min(ranked)] if ranked else []
        return ((best[0], 0, len(self.paragraphs[best[0]].text)),) if len(best) == 1 else ()

    def _section(self, found: Sketch, text: str) -> tuple[Stretch, ...]:
        """The paragraphs under the heading that the question names (立项依据, 实施主体), under what it names beside it."""
        sections: dict[tuple[str, ...], list[int]] = {}
        for number, paragraph in enumerate(self.paragraphs):
            sections.setdefault(paragraph.section, []).append(number)
        runs = content(found.tokens, [*asides(text), *(m.span() for m in _WHO.finditer(text))]) or ()
        chosen: list[list[int]] = []
        for path, numbers in sections.items():
            core = _CORE.sub("", normalise_name(_NUMBERED.sub("", path[-1]))) if len(path) > 1 else ""
            if len(core) > _SHORT_LEAD and core in text and runs:
                above = normalise_name("".join(path[-2:]))
                if all(covered(run, (above,)) is not None for run in runs):
                    chosen.append(numbers)
        held = [n for numbers in chosen for n in numbers]
        size = sum(len(self.paragraphs[n].text) for n in held)
        if len(chosen) > _MOST_SECTIONS or len(held) > _MOST_PARAGRAPHS or size > _LONGEST:
            return ()
        return tuple((n, 0, len(self.paragraphs[n].text)) for n in held)


def last_name(term: str) -> str:
    """What a path of classes names last: 死亡抚恤 of 社会保障和就业支出（类）抚恤（款）死亡抚恤（项）."""
    return _OF_PATH.sub("", _CLASS_BEFORE.sub("", term))


def _end(text: str, at: int) -> int:
    """Where what begins before ``at`` ends: with the sentence, or with the last of 一是…。二是…。"""
    end = text.find("。", at) + 1
    while end and (more := _GOES_ON.match(text, end)):
        end = text.find("。", more.end()) + 1
    return end or len(text)
