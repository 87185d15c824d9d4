"""The thread of a passage: item, year, whole and comparison that one figure hands on to the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qa.answer import Answer
from qa.understand.lexer import Lexicon, Token
from qa.understand.normalise import normalise
from qa.verification.questions import Basis, Draft
from qa.verification.segments import Segment

YEAR = re.compile(r"(?<![比较与同由从])(?P<year>(?:19|20)\d\d)年(?:度)?(?!同期|相比)")
PART = re.compile(r"上半年|下半年|前?[一二三四1-4]+个?季度|(?:\d{1,2}|[一二三四五六七八九十]+)月(?:份|底|末)?(?!31日)")
_FLOATING = re.compile(r"(?<![比较与同于])(?:去年|今年|前年|明年)(?!同期|相比)")
_ORGANISATION = re.compile(
    "(?:[省市区县镇]|国家)[\u4e00-\u9fff]{1,7}?(?:委员会|委|局|厅|法院|检察院|署|总队|支队|办事处|街道)"
)
_FARTHEST = 2000  # characters without a figure over which an office or a year still holds


@dataclass(frozen=True, slots=True)
class Whose:
    """Which office words speak of."""

    lexicon: Lexicon

    def own(self, text: str) -> bool:
        """Whether they name the department of the report: its name, a short form, 该办."""
        return any(_is_own(token) for token in self.lexicon.split(normalise(text)))

    def other(self, text: str) -> str:
        """Another office, named without the report's own; "" where there is none."""
        plain = normalise(text)
        tokens = self.lexicon.split(plain)
        if any(_is_own(token) for token in tokens):
            return ""
        named = _ORGANISATION.search(plain)
        return named.group() if named else next((t.text for t in tokens if t.has("outside", "comparisons")), "")


def _is_own(token: Token) -> bool:
    """The department's name, 该办, 本单位; not a mere 部门, which any office is."""
    return token.has("report") or (token.has("filler", "self") and token.text[0] in "该本我")


@dataclass(slots=True)
class Thread:
    """What the passage has spoken of so far. ``year``: the report's own.

    ``item``: in words; ``measure``: of the last figure; ``under``: what 其中 is of, ``budgeted``: whether its budget was
    told; ``spoken``, ``part``: year (if not the report's) and part of a year; ``floating``: 去年; ``foreign``: another
    office; ``recent``: the items of the sentence; ``answers``: by question.
    """

    year: int
    item: str = ""
    under: str = ""
    measure: str = ""
    budgeted: bool = False
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

    def enter(self, segment: Segment, whose: Whose) -> None:
        """Forgets what does not reach over the end of a sentence or paragraph; takes up the year that the words name,
        and the office that the sentences without figures before them are about."""
        if segment.paragraph != self.paragraph:
            self.foreign = self.part = ""
        if segment.sentence != self.sentence:
            self.under = self.pending = self.rate = ""
            self.basis = ""
            self.recent.clear()
        self.sentence, self.paragraph = segment.sentence, segment.paragraph
        if segment.lead:
            for sentence in re.split(r"[。！？!?；;\n]", segment.lead[-_FARTHEST:]):
                self.foreign = "" if whose.own(sentence) else whose.other(sentence) or self.foreign
                self.foreign_sentence = -1
            self._periods(segment.lead)
        if whose.own(segment.head):
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
