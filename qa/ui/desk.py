"""The desk: the one assistant behind all pages, opened in the background so that the first page need not wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Protocol

from corpus.stores import ReportInfo
from qa.answer import Answer, Citation
from qa.dossier import Dossier
from qa.evidence import Evidence


class AssistantLike(Protocol):
    """What the page needs of an assistant."""

    def ask(self, question: str, history: Sequence[Answer] = (), report: str | None = None) -> Answer:
        """The answer to ``question`` after the answers before it; ``report``: of that one, not of the default one."""
        ...

    def reports(self) -> tuple[ReportInfo, ...]:
        """The reports that questions may be about."""
        ...

    def starters(self, report: str | None = None) -> tuple[str, ...]:
        """Questions to begin with, all answerable; ``report``: of that one."""
        ...

    def evidence(self, citation: Citation) -> Evidence:
        """The table or paragraph a citation points into."""
        ...

    def dossier(self, report: str | None = None) -> Dossier:
        """The findings, the ledger and the file of a report."""
        ...


class Desk:
    """Opens an assistant once and hands it to every page. An opening that failed is tried again when next asked for."""

    def __init__(self, open_assistant: Callable[[], AssistantLike]) -> None:
        self._open = open_assistant
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
        self._lock = Lock()
        self._opening: Future[AssistantLike] | None = None

    def begin(self) -> Future[AssistantLike]:
        """Start opening, if that has not been done, and return at once."""
        with self._lock:
            failed = self._opening is not None and self._opening.done() and self._opening.exception() is not None
            if self._opening is None or failed:
                self._opening = self._pool.submit(self._open)
            return self._opening

    def assistant(self) -> AssistantLike:
        """The assistant; waits until it is open. Raises what opening raised (a corpus or qa error)."""
        return self.begin().result()
