"""Volumes: the parts an index is written in. Each holds a few dozen reports, is whole, and is never changed.

::

    <volume>/facts.sqlite     the facts and records of its reports
    <volume>/passages/        the vectors of their passages

So a report is looked up in a small store however many there are, what is read of it is given up again, and a later
build takes over, as they are, the volumes in which nothing has changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import TypeVar

from corpus.checks import Discrepancy
from corpus.document import Paragraph, Section, Table
from corpus.errors import IndexMissing
from corpus.facts import Fact
from corpus.passages import Passage
from corpus.recent import Recent
from corpus.statements import Absence, Remark
from corpus.stores.contents import Facts, ReportContents, ReportInfo
from corpus.stores.sqlite import FactStore

T = TypeVar("T")

FACTS, PASSAGES = "facts.sqlite", "passages"
VOLUME_REPORTS = 32  # in one volume: starting a vector store is paid once for all of them, copying one stays cheap
_OPEN = 80  # reports whose facts are kept in memory; one question is put to at most 60


class VolumeFacts:
    """``Facts`` over many volumes. ``catalogue``: a store that holds what is known of each report at a glance;
    ``volumes``: by report id, the directory of its volume."""

    def __init__(self, catalogue: FactStore, volumes: Mapping[str, Path]) -> None:
        self._catalogue, self._volumes = catalogue, volumes
        self._open: Recent[str, FactStore] = Recent(_OPEN)  # one that goes is closed when its last reader is done
        self._lock = Lock()

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._open.clear()
        self._catalogue.close()

    def reports(self) -> tuple[ReportInfo, ...]:
        """What is indexed, in the order of the ids."""
        return self._catalogue.reports()

    def facts(self, report: str | None = None) -> tuple[Fact, ...]:
        """See ``Facts``; so for all that follow."""
        return self._of(report, lambda store, id_: store.facts(id_))

    def sections(self, report: str | None = None) -> tuple[Section, ...]:
        """The headings, in order."""
        return self._of(report, lambda store, id_: store.sections(id_))

    def paragraphs(self, report: str | None = None) -> tuple[Paragraph, ...]:
        """The running text, in order."""
        return self._of(report, lambda store, id_: store.paragraphs(id_))

    def paragraph(self, report: str, line: int) -> Paragraph | None:
        """The paragraph that has that line of the source, None where there is none."""
        store = self._store(report)
        return None if store is None else store.paragraph(report, line)

    def tables(self, report: str | None = None) -> tuple[Table, ...]:
        """The tables, in order."""
        return self._of(report, lambda store, id_: store.tables(id_))

    def table(self, report: str, table_id: str) -> Table | None:
        """The table of that id, None where there is none."""
        store = self._store(report)
        return None if store is None else store.table(report, table_id)

    def absences(self, report: str | None = None) -> tuple[Absence, ...]:
        """What the report says it does not have."""
        return self._of(report, lambda store, id_: store.absences(id_))

    def remarks(self, report: str | None = None) -> tuple[Remark, ...]:
        """Purposes, reasons and other texts tied to an item."""
        return self._of(report, lambda store, id_: store.remarks(id_))

    def discrepancies(self, report: str | None = None) -> tuple[Discrepancy, ...]:
        """Where the report disagrees with itself."""
        return self._of(report, lambda store, id_: store.discrepancies(id_))

    def passages(self, report: str | None = None) -> tuple[Passage, ...]:
        """The passages, in the order of their lines."""
        return self._of(report, lambda store, id_: store.passages(id_))

    def contents(self, info: ReportInfo) -> ReportContents:
        """Everything of one report, as it was stored; not kept in memory."""
        store = FactStore.open(self._volumes[info.id] / FACTS)
        try:
            return store.contents(info)
        finally:
            store.close()

    def _of(self, report: str | None, read: Callable[[FactStore, str], tuple[T, ...]]) -> tuple[T, ...]:
        if report is None:
            return tuple(each for info in self.reports() for each in self._of(info.id, read))
        store = self._store(report)
        return () if store is None else read(store, report)

    def _store(self, report: str) -> FactStore | None:
        if report not in self._volumes:
            return None
        with self._lock:
            return self._open.get(report, lambda: FactStore.open(self._volumes[report] / FACTS))


def _holds(facts: VolumeFacts) -> Facts:  # checked by mypy: it is one
    return facts


def is_whole(volume: Path) -> bool:
    """Whether a volume can be taken over: its stores are there, and of this program's shape."""
    try:
        FactStore.open(volume / FACTS).close()
    except IndexMissing:
        return False
    return (volume / PASSAGES / "chroma.sqlite3").is_file()


def link_volume(volume: Path, to: Path) -> None:
    """The same volume in another build: by links to the same files where the file system has them, else as a copy."""
    for folder, _, files in os.walk(volume):
        target = to / Path(folder).relative_to(volume)
        target.mkdir(parents=True)
        for name in files:
            try:
                os.link(Path(folder) / name, target / name)
            except OSError:
                shutil.copy2(Path(folder) / name, target / name)
