"""Passages for searching: their texts from the fact store at once, their vectors only when one is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from corpus.errors import EmbeddingMismatch
from corpus.passages import Passage
from corpus.recent import Recent
from corpus.stores.contents import Facts, Vectors

if TYPE_CHECKING:  # chromadb takes most of a second to import
    from corpus.stores.chroma import VectorStore

_OPEN = 8  # vector stores open at a time; each is a private copy of a few megabytes


class PassageStore:
    """The passages of an index. ``fingerprint``: of the model their vectors come from."""

    def __init__(self, facts: Facts, directories: Mapping[str, Path], fingerprint: str) -> None:
        """``directories``: by report id, where its vectors are; not looked at before ``nearest`` is called."""
        self._facts, self._directories = facts, directories
        self.fingerprint = fingerprint
        self._vectors: Recent[Path, VectorStore] = Recent(_OPEN, lambda store: store.close())
        self._lock = Lock()

    def all(self, report: str | None = None) -> tuple[Passage, ...]:
        """Every passage, of one report or of all, in order."""
        return self._facts.passages(report)

    def require_model(self, fingerprint: str) -> None:
        """Raises ``EmbeddingMismatch`` unless the vectors come from the model of that fingerprint."""
        if fingerprint != self.fingerprint:
            raise EmbeddingMismatch(self.fingerprint, fingerprint)

    def nearest(self, vector: Sequence[float], report: str | None, k: int) -> list[tuple[str, float]]:
        """The ids of the ``k`` passages nearest to ``vector`` with their cosine distance, nearest first.

        ``vector`` must come from the model of the index (see ``require_model``); ``report`` None searches all, one
        store after the other. Raises ``IndexMissing`` when the vectors are gone.
        """
        if report is not None:
            directory = self._directories.get(report)
            return [] if directory is None else self._search(directory, vector, report, k)
        places = sorted(set(self._directories.values()))
        found = [pair for directory in places for pair in self._search(directory, vector, None, k)]
        return sorted(found, key=lambda pair: (pair[1], pair[0]))[:k]

    def close(self) -> None:
        """Give the vectors back, as far as they were opened."""
        with self._lock:
            self._vectors.clear()

    def _search(self, directory: Path, vector: Sequence[float], report: str | None, k: int) -> list[tuple[str, float]]:
        with self._lock:  # held while it searches: a store that is searched must not be the one that goes
            vectors: Vectors = self._vectors.get(directory, lambda: self._open(directory))
            return vectors.nearest(vector, report, k)

    def _open(self, directory: Path) -> VectorStore:
        from corpus.stores.chroma import VectorStore

        return VectorStore.open(directory, self.fingerprint)
