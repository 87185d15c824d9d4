"""The thread of a passage: item, year, whole and comparison that one figure hands on to the next."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from qa.answer import Answer
from qa.verification.questions import Basis, Draft
from qa.verification.segments import Segment

YEAR = re.compile(r"(?<![比较与同由从])(?P<year>(?:19|20)\d\d)年(?:度)?(?!同期|相比)")
PART = re.compile(r"上半年|下半年|前?[一二三四1-4]+个?季度|(?:\d{1,2}|[一二三四五六七八九十]+)月(?:份|底|末)?(?!31日)")
_FLOATING = re.compile(r"(?<![比较与同于])(?:去年|今年|前年|明年)(?!同期|相比)")
_OWN = ("本部门", "本单位", "我办", "本办", "该办", "该单位", "该部门")


@dataclass(slots=True)
class Thread:
    """What the passage has spoken of so far. ``year``: the report's own; ``names``: what its department is called.

    ``item``: in words; ``under``: what 其中 is of; ``spoken``, ``part``: year (if not the report's) and part of a year;
    ``floating``: 去年; ``foreign``: another office; ``recent``: the items of the sentence; ``answers``: by question.
    """

    year: int
    names: Collection[str]
    item: str = ""
    under: str = ""
    spoken: str = ""
    part: str = ""
    floating: str = ""
    basis: Basis = ""
    pending: str = ""
    rate: str = ""
    foreign: str = ""
    foreign_sentence: int = -1
    recent: list[str] = field(default_factory=list)
    sentence: int = -1
    paragraph: int = -1
    answers: dict[str, Answer] = field(default_factory=dict)

    def enter(self, segment: Segment) -> None:
        """Forgets what does not reach over the end of a sentence or paragraph; takes up the year the words name."""
        if segment.paragraph != self.paragraph:
            self.foreign = self.part = ""
        if segment.sentence != self.sentence:
            self.under = self.pending = self.rate = ""
            self.basis = ""
            self.recent.clear()
        self.sentence, self.paragraph = segment.sentence, segment.paragraph
        if any(own in segment.head for own in (*_OWN, *self.names)):
            self.foreign = ""
        self._periods(segment.head)

    def _periods(self, head: str) -> None:
        """The year and the part of a year that the words name stay for the figures after."""
        if years := [m["year"] for m in YEAR.finditer(head)]:
            self.spoken = "" if years[-1] == str(self.year) else f"{years[-1]}年"
            self.part = self.floating = ""
        if parts := PART.findall(re.sub("12月31日", "", head)):
            self.part = parts[-1]
        elif "全年" in head:
            self.part = ""
        if floating := _FLOATING.findall(head):
            self.floating = floating[-1]

    def dated(self, question: str, draft: Draft) -> str:
        """The question with the period that the passage speaks of, where it names none itself."""
        if draft.prior:
            return question if YEAR.search(question) else f"{self.year - 1}年{question}"
        if draft.level and self.spoken == f"{self.year - 1}年":
            return question
        date = "" if YEAR.search(question) else self.spoken
        part = "" if PART.search(question) else self.part
        return f"{date}{part}{question}"
