"""The assistant: opens an index, reads questions, answers them. Same question, same answer, always."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from threading import Lock
from typing import TYPE_CHECKING

from corpus.facts import Fact
from corpus.index import Index
from corpus.recent import Recent
from corpus.stores.contents import ReportInfo
from qa.across import across
from qa.answer import Answer, Citation
from qa.catalogue import Catalogue, Entry
from qa.dossier import Dossier, open_dossier
from qa.errors import ReportNotNamed, UnknownReport
from qa.evidence import Evidence, citation_to_evidence
from qa.kinds import KINDS
from qa.library import Library, asks_for_the_list, no_such_report, the_list, which_report
from qa.names import shared_names
from qa.noted import with_notes
from qa.plan import Plan, Ref, refs
from qa.refusal import blocked, undefined
from qa.resolve import Found, resolve
from qa.second_reading import read_again
from qa.settings import Settings
from qa.several import in_part, loosely, together
from qa.shelf import Shelf
from qa.suggest import starters
from qa.understand.dropped import FIGURE_KINDS, of_everything
from qa.understand.followup import Before
from qa.understand.reading import Understanding
from qa.understand.shortened import Shortened
from qa.understand.slip_words import slip_surfaces
from qa.understand.slips import Slips
from qa.understand.telling import Telling
from qa.understand.worded import Worded
from qa.understand.words import report_lexicon
from qa.values import Undefined
from qa.verification import LONGEST_TEXT, Checked, checked_to_answer, text_to_check, too_long, verify_text

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from qa.retrieve import Hit, PassageSearch


class Assistant:
    """Answers questions about the reports of one index. Reading needs no lock; nothing is changed by asking."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self._index = index
        self._reports = tuple(index.facts.reports())
        self._library = Library(self._reports)
        self._settings = settings
        self._rooms: Recent[str, tuple[Understanding, Shelf]] = Recent(_ROOMS)
        self._search: PassageSearch | None = None
        self._lock = Lock()
        self._room(self._default())

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """The assistant over the index in ``settings.data_dir``. Raises ``IndexMissing`` and its like."""
        return cls(Index.open(settings.data_dir), settings)

    def ask(self, question: str, history: Sequence[Answer] = (), report: str | None = None) -> Answer:
        """The answer to ``question`` after the answers in ``history``. Raises ``UnknownReport``.

        ``report``: the one that is meant; without it the question says which, where several are open. A message that
        asks several things has each answered in turn, unless it can be answered only as a whole.
        """
        if report is None and not self._settings.report and len(self._reports) > 1:
            return self._ask_several(question, history)
        return self._ask_parts(question, history, report)

    def _ask_several(self, question: str, history: Sequence[Answer]) -> Answer:
        """The answer where the question has to say which of the reports it is about."""
        if asks_for_the_list(question):
            return the_list(question, self._library.reports)
        if not self._library.names_any(question) and (unknown := no_such_report(question, self._library)):
            return unknown
        before = next((a.citations[0].report for a in reversed(history) if a.citations), None)
        choice = self._library.choose(question, before)
        if choice.over:
            return across(question, choice.question, choice.reports, self._ask_alone, self._fact)
        if len(choice.reports) == 1:
            info = choice.reports[0]
            answer = replace(self._ask_parts(choice.question, history, info.id), question=question)
            said = f"依据的报告：{info.title or info.id}。"
            cited = answer.status == "answered" and answer.citations
            return replace(answer, notes=(said, *answer.notes)) if cited else answer
        if text_to_check(question) is None:
            answer = self._ask_parts(question, history, None)
            if answer.kind in _OF_NO_REPORT:
                return answer
        return which_report(question, choice.reports)

    def _ask_alone(self, question: str, report: str) -> Answer:
        return self._ask_parts(question, (), report)

    def _fact(self, id_: str) -> Fact | None:
        _, shelf = self._room(id_.split(":")[0])
        return next((fact for fact in shelf.catalogue.facts if fact.id == id_), None)

    def _ask_parts(self, question: str, history: Sequence[Answer], report: str | None) -> Answer:
        """The answer of one report to each question of the message."""
        if (text := text_to_check(question)) is not None:
            fits = len(text) <= LONGEST_TEXT
            return checked_to_answer(question, self.verify(text, report)) if fits else too_long(question, len(text))
        whole = self._ask(question, history, report)
        understanding, _ = self._room(report or self._settings.report or self._default())
        parts = understanding.asks(question)
        if len(parts) == 1:
            return whole
        answers: list[Answer] = []
        for part in parts:
            answer = self._ask(part, (*history, *answers), report)
            answers = [answer] if understanding.corrects(part) else [*answers, answer]
        if len(answers) == 1:
            return replace(answers[0], question=question)  # 「…多少？不对，我想问的是…」
        if all(a.status == "answered" for a in answers):
            return whole if whole.status != "answered" and loosely(answers) else together(question, answers)
        if partly := in_part(question, whole, parts, answers, understanding):
            return partly
        last = answers[-1]
        alone = last.plan is not None and not last.plan.carried and bool(last.plan.exprs or not last.figures)
        alone = alone and not (last.plan is not None and of_everything(last.plan))  # of what was refused, perhaps
        if last.status == "answered" and alone:
            return replace(last, question=question)  # what came before it was no question: 「…没几个钱。水费多少？」
        return _undropped(whole, answers)

    def _ask(self, question: str, history: Sequence[Answer], report: str | None) -> Answer:
        """The answer to one question."""
        understanding, shelf = self._room(report or self._settings.report or self._default())
        plan = understanding.read(question, _before(history))
        answer = self._answer(plan, shelf)
        if answer.status == "not_in_report" and plan.kind not in _OF_NO_REPORT:
            plan, answer = read_again(plan, answer, _before(history), understanding, lambda p: self._answer(p, shelf))
        return replace(answer, question=question, plan=plan, subjects=answer.subjects or _kept(plan, history))

    def explain(self, question: str, history: Sequence[Answer] = (), report: str | None = None) -> str:
        """The plan of ``question`` in lines that a person can read."""
        understanding, _ = self._room(self._meant(question, report) or self._default())
        return understanding.read(question, _before(history)).explain()

    def verify(self, text: str, report: str | None = None) -> tuple[Checked, ...]:
        """Each figure of ``text`` against the report, in order. Raises ``UnknownReport``, and ``ReportNotNamed`` where
        several are open and neither ``report`` nor the text says which is meant."""
        report = self._meant(text, report)
        if not report:
            raise ReportNotNamed([info.id for info in self._reports])
        understanding, shelf = self._room(report)
        return verify_text(text, lambda question: self._ask(question, (), report), understanding, shelf)

    def _meant(self, text: str, report: str | None) -> str:
        """The id of the one report that is chosen, or that ``text`` names; "" where that leaves several."""
        if given := report or self._settings.report:
            return given
        chosen = self._library.choose(text, None).reports if len(self._reports) > 1 else self._reports
        return chosen[0].id if len(chosen) == 1 else ""

    def reports(self) -> tuple[ReportInfo, ...]:
        """The reports that questions may be about: the one that is set, else all that are open."""
        fixed = self._settings.report
        return tuple(info for info in self._reports if not fixed or info.id == fixed)

    def starters(self, report: str | None = None) -> tuple[str, ...]:
        """Questions to begin with, all answerable; where several reports are open, each names its own."""
        _, shelf = self._room(report or self._settings.report or self._default())
        info = shelf.catalogue.info
        several = not (report or self._settings.report) and len(self._reports) > 1
        return tuple(f"{info.department}{info.year}年{q}" if several else q for q in starters(shelf.catalogue))

    def evidence(self, citation: Citation) -> Evidence:
        """The table or paragraph that a citation points into."""
        return citation_to_evidence(self._index.facts, citation)

    def dossier(self, report: str | None = None) -> Dossier:
        """The findings, the ledger and the file of a report, looked at afresh. Raises ``UnknownReport``."""
        _, shelf = self._room(report or self._settings.report or self._default())
        return open_dossier(self._index, shelf.catalogue.info)

    def as_runnable(self) -> Runnable[str, Answer]:
        """The assistant as a LangChain Runnable: question in, ``Answer`` out."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(lambda question: self.ask(question))

    def _answer(self, plan: Plan, shelf: Shelf) -> Answer:
        if plan.kind in FIGURE_KINDS and (refusal := blocked(plan, shelf.catalogue, _nearest(plan, shelf))):
            return refusal
        try:
            answer = KINDS[plan.kind](plan, shelf)
        except Undefined as error:
            return undefined(plan, shelf.catalogue, error)
        return with_notes(answer, plan, shelf)

    def _default(self) -> str:
        return max(self._reports, key=lambda r: (r.year, r.id)).id

    def _room(self, report: str) -> tuple[Understanding, Shelf]:
        with self._lock:
            return self._rooms.get(report, lambda: self._open_room(report))

    def _open_room(self, report: str) -> tuple[Understanding, Shelf]:
        store = self._index.facts
        info = self._library.by_id.get(report)
        if info is None:
            raise UnknownReport(report, [r.id for r in self._reports])
        catalogue = Catalogue(store, info, shared_names())
        lexicon = report_lexicon(catalogue)
        slips = Slips(*slip_surfaces(catalogue))
        understanding = Understanding(
            catalogue, lexicon, slips, Shortened(catalogue), Worded(catalogue), Telling(catalogue)
        )
        return understanding, Shelf(catalogue, store, lambda query, k: self._passages(query, report, k))

    def _passages(self, query: str, report: str, k: int) -> tuple[Hit, ...]:
        """The best passages for a question for words; the search is opened when first needed."""
        with self._lock:
            if self._search is None:
                from corpus.embedding import open_embedder
                from qa.retrieve import PassageSearch

                settings = self._settings
                embedder = open_embedder(
                    settings.embedding_model,
                    query_prompt=settings.embedding_query_prompt,
                    normalize=settings.embedding_normalize,
                )
                self._search = PassageSearch(self._index.passages, embedder)
        return tuple(self._search.search(query, report, k))


_ROOMS = 64  # reports that are kept understood; one question may be put to 60 (qa/across.py)
_OF_NO_REPORT = frozenset({"chat", "empty", "too_long"})  # kinds that no report is needed for


def _undropped(whole: Answer, answers: Sequence[Answer]) -> Answer:
    """The answer to the whole message, unless it leaves out a figure that one of its questions asks for."""
    said = {(f.value, f.unit) for f in whole.figures}
    lost = any(
        (f.value, f.unit) not in said
        for a in answers
        if a.status == "answered"
        for f in a.figures
        if f.role == "answer"
    )
    refused = next((a for a in answers if a.status != "answered"), None)
    return replace(refused, question=whole.question) if whole.status == "answered" and lost and refused else whole


def _before(history: Sequence[Answer]) -> Before | None:
    last = next(
        (a for a in reversed(history) if a.plan is not None and a.plan.kind not in {"chat", "empty", "too_long"}), None
    )
    trail = tuple(dict.fromkeys(ref for answer in history for ref in answer.subjects))
    if last is None or last.plan is None:
        return None
    again = (a.plan is not None and "上一问的问法" in a.plan.carried for a in reversed(history))
    run = sum(1 for _ in takewhile(bool, again))
    first = history[-run - 1] if run < len(history) else None
    plain = first is not None and first.plan is not None and first.plan.kind == "lookup" and len(first.subjects) == 1
    return Before(last.plan, last.subjects, trail, run if plain else 0)


def _nearest(plan: Plan, shelf: Shelf) -> tuple[Entry, ...]:
    """The figures that the names of a refused question stand for, to be offered."""
    found = (
        resolve(Ref(ref.names, ref.measure), shelf.catalogue) for expr in plan.exprs for ref in refs(expr) if ref.names
    )
    return tuple(each.entry for each in found if isinstance(each, Found))


def _kept(plan: Plan, history: Sequence[Answer]) -> tuple[Ref, ...]:
    """An answer about nothing new leaves the topic as it was."""
    own = tuple(e for e in plan.exprs if isinstance(e, Ref) and e.names)
    if own:
        return own
    return history[-1].subjects if history else ()
