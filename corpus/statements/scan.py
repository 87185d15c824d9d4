"""One paragraph -> its facts and remarks: figures and announced texts read from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.document import Document, Panel, Paragraph
from corpus.facts import Fact
from corpus.numerals import Number, text_to_numbers, unit_after
from corpus.statements.clauses import name_subject, read_context, read_lead
from corpus.statements.naming import Subject, core, heading_to_subject, strip_lead
from corpus.statements.remarks import About, Remark, Span, reason_about, sentence_to_spans
from corpus.statements.sentences import Sentence, split_clauses, text_to_sentences
from corpus.statements.state import MONEY, Reading, State, normal_unit
from corpus.statements.vocabulary import Vocabulary, load_vocabulary

_OPENED = re.compile(r"\s*[（(](?!\d+[）)])")
_CLOSED = re.compile(r"[）)]")
_AGAIN = re.compile(r"[（(]")
_FOLLOW_ON = re.compile(r"^[二三四五六七]是")
_GROUP_ENDS = re.compile("[；;]")
_BETWEEN = re.compile(r"\s*(?:[、，,和与及]|以及)\s*")
_NEXT = re.compile(rf"{_BETWEEN.pattern}\d[\d,]*(?:\.\d+)?")
_AND = re.compile(r"[、和与及](?![^（(“]*[）)”])")
_GROUPS = {"budget": ("budget", "final", "completion"), "change": ("change", "change_rate")}


@dataclass(slots=True)
class Scan:
    """The work on one paragraph. ``facts`` and ``remarks`` grow; ``sentence_of`` says which sentence a fact is in,
    ``said`` what the figure before was read as."""

    document: Document
    paragraph: Paragraph
    state: State
    words: Vocabulary = field(default_factory=load_vocabulary)
    facts: list[Fact] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    said: Reading | None = None

    def run(self) -> None:
        """Reads every sentence."""
        if not self.state.top and self.paragraph.section:
            heading = heading_to_subject(self.paragraph.section[-1], self.document.department, self.words)
            self.state.subject = (heading,) if heading else ()
        default = self.state.subject
        for i, sentence in enumerate(text_to_sentences(self.paragraph.text)):
            self.state.begin_sentence()
            self.state.subject = self.state.subject or default
            self._read_sentence(i, sentence)

    def _read_sentence(self, index: int, sentence: Sentence) -> None:
        text = sentence.text
        if _FOLLOW_ON.match(text) and self.remarks and self.remarks[-1].kind == "reason":
            self._extend_reason(text)
        spans = sentence_to_spans(text, self.words)
        numbers = [number for number in text_to_numbers(text) if not number.kind]
        events: list[tuple[int, Number | Span]] = [(number.start, number) for number in numbers]
        events += [(span.begin, span) for span in spans]
        at = 0
        outside: list[State] = []  # as it was before each bracket that is open now
        for _, event in sorted(events, key=lambda pair: (pair[0], isinstance(pair[1], Number))):
            if isinstance(event, Span):
                self._read_words(text[at : event.begin])
                self._remark(index, sentence, event)
                at = max(at, event.start)
                continue
            inside = next((span for span in spans if span.start <= event.start < span.end), None)
            kept = replace(self.state) if inside else None
            done = [span.end for span in spans if at <= span.end <= event.start]
            at = self._after_bracket(text, max([at, *done]), event.start, outside)
            at = self._figure(index, sentence, at, event)
            self.state = kept or self.state
        self._read_words(text[max([at, *(span.end for span in spans)]) :] if events else text)

    def _after_bracket(self, text: str, at: int, start: int, outside: list[State]) -> int:
        """「A 5 万元（其中：B 3 万元，C 2 万元），占…」: what follows the bracket is said of A again. Where its words begin."""
        if _OPENED.match(text, at) and not _CLOSED.search(text, at, start):
            outside.append(replace(self.state))
        elif outside and (closed := _CLOSED.search(text, at, start)) and not _AGAIN.search(text, at, closed.start()):
            self.state = outside.pop()
            return closed.end()
        return at

    def _read_words(self, text: str) -> None:
        """Words that no figure follows may still name what comes next."""
        for clause in split_clauses(re.sub(r"\s+", "", text)):
            if clause:
                read_context(clause, self.state, self.words)

    def _figure(self, index: int, sentence: Sentence, at: int, number: Number) -> int:
        text = sentence.text
        printed_unit, end = unit_after(text, number.end)
        unit = normal_unit(printed_unit)
        lead = text[at : number.start]
        if self.state.apiece and self.said is not None and _BETWEEN.fullmatch(lead):
            reading = replace(self.said, subjects=self.state.apiece[:1])
            self.state.apiece = self.state.apiece[1:]
        else:
            if self.state.project is not None and _GROUP_ENDS.search(lead):
                self.state.project, self.state.whole = None, self.state.outer
            reading = self._one_each(read_lead(lead, unit, text[end:], self.state, self.words), lead, text, end)
        self.state.figures += 1
        for subject in reading.subjects or (Subject("", ""),):
            self.facts.append(self._fact(sentence, number, unit, reading, subject))
            self.sentence_of.append(index)
        return end + reading.noun_end

    def _one_each(self, reading: Reading, lead: str, text: str, end: int) -> Reading:
        """「A、B同比分别上升9.23%、7.63%」: as many figures as names, the first of the first."""
        self.said, self.state.apiece = reading, ()
        if "分别" not in lead:
            return reading
        named = reading.subjects if len(reading.subjects) > 1 else _parted(reading.subjects)
        figures = 1
        while following := _NEXT.match(text, end):
            figures, end = figures + 1, unit_after(text, following.end())[1]
        if not 1 < len(named) == figures:
            return reading
        if self.state.top == reading.subjects:
            self.state.top = ()  # several things are no whole that what follows could be a part of
        self.state.subject, self.state.apiece = named[:1], named[1:]
        return replace(reading, subjects=named[:1])

    def _fact(self, sentence: Sentence, number: Number, unit: str, reading: Reading, subject: Subject) -> Fact:
        page, line = self.paragraph.place(sentence.start + number.start)
        value = number.value * reading.sign if number.value > 0 else number.value
        return Fact(
            id="",
            report=self.document.id,
            source="sentence",
            table=None,
            table_id="",
            table_kind="",
            section=" › ".join(self.paragraph.section),
            row=subject.row,
            code="",
            level=subject.level,
            column=reading.column,
            item=subject.item,
            parents=subject.parents,
            facet="",
            panel=_panel(subject, unit),
            measure=reading.measure,
            basis=reading.basis,
            period=self.state.period,
            value=abs(value) if value == 0 else value,
            unit=unit,
            state="zero" if value == Decimal(0) else "number",
            page=page,
            line=line,
            text=sentence.text,
            start=number.start,
            reason="",
        )

    def _remark(self, index: int, sentence: Sentence, span: Span) -> None:
        raw = sentence.text[span.start : span.end]
        text = raw.strip().rstrip("。；，").strip()
        offset = sentence.start + span.start + len(raw) - len(raw.lstrip())
        page, line = self.paragraph.place(offset)
        subject, about = self._remark_subject(index, span)
        if span.weak and not about:
            return
        section = " › ".join(self.paragraph.section)
        for one in subject or (Subject("", ""),):
            remark = Remark(one.item, one.parents, span.kind, about, text, section, page, line, sentence.text)
            self.remarks.append(remark)
            if span.kind == "reason":
                self._attach(one, about, text)

    def _remark_subject(self, index: int, span: Span) -> tuple[tuple[Subject, ...], About]:
        """Whose purpose or reason it is, and of what: by the clause's own words, else by the figures before."""
        what = re.sub(r"\s+", "", span.what)
        bare = strip_lead(what, self.document.department, self.words).text
        if span.kind == "purpose":
            if bare:
                name_subject(bare, self.state, self.words)
            return self.state.subject or self.state.top, ""
        about = reason_about(what, self.words)
        same = bool(self.sentence_of) and self.sentence_of[-1] == index
        before = self.facts[-1].measure if self.facts else ""
        against = bool(self.facts) and not self.facts[-1].basis.isdigit() and before in _GROUPS["change"]
        if not about and before:
            about = (
                "budget"
                if against
                else "change"
                if before in _GROUPS["change"]
                else "budget"
                if before in _GROUPS["budget"]
                else ""
            )
        name = re.split(r"(?:支出|收入)?(?:决算)?数?(?:[比较与]|大于|小于|高于|低于|多于|少于|完成)", bare)[0]
        name = self.words.direction.split(name)[0].removesuffix("的")
        named = self._known(name) if core(name) else None
        if named:
            return (named,), about
        return (self.state.subject if same else self.state.top) or self.state.subject, about

    def _known(self, name: str) -> Subject | None:
        """The item of this paragraph that a reason names, whichever of its wordings it uses."""
        for fact in reversed(self.facts):
            if core(fact.item) == core(name):
                return Subject(fact.item, fact.row, fact.parents, fact.level)
        return None

    def _attach(self, subject: Subject, about: About, text: str) -> None:
        group = _GROUPS.get(about, ())
        for i, fact in enumerate(self.facts):
            if fact.item == subject.item and fact.measure in group and not fact.reason:
                self.facts[i] = replace(fact, reason=text)

    def _extend_reason(self, text: str) -> None:
        old = self.remarks[-1].text
        new = old + "。" + text.rstrip("。")
        self.remarks[-1] = replace(self.remarks[-1], text=new)
        self.facts = [replace(fact, reason=new) if fact.reason == old else fact for fact in self.facts]


def _parted(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """The items that one name lists: 受理案件数、审执结案件数."""
    return tuple(
        Subject(name, subject.row, subject.parents)
        for subject in subjects
        for name in _AND.split(subject.item)
        if len(name) > 1
    )


def _panel(subject: Subject, unit: str) -> Panel:
    """The side of the accounts an amount is on, where its name or its whole says so."""
    if unit not in MONEY and unit != "%":
        return ""
    for name in subject.chain():
        if re.search(r"收入(?!支出)", name) and "支出" not in name:
            return "income"
        if "支出" in name and "收入" not in name and "收支" not in name:
            return "expenditure"
    return ""
