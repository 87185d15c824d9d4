"""Passages for searching: their texts from the fact store at once, their vectors only when one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from corpus.errors import EmbeddingMismatch
from corpus.passages import Passage
from corpus.stores.sqlite import FactStore

if TYPE_CHECKING:  # chromadb takes most of a second to import
    from corpus.stores.chroma import VectorStore


class PassageStore:
    """The passages of an index. ``fingerprint``: of the model their vectors come from."""

    def __init__(self, facts: FactStore, directory: Path, fingerprint: str) -> None:
        """``directory`` holds the vectors; it is not looked at before ``nearest`` is called."""
        self._facts, self._directory = facts, directory
        self.fingerprint = fingerprint
        self._by_id = {passage.id: passage for passage in facts.passages()}
        self._vectors: VectorStore | None = None
        self._lock = Lock()

    def all(self, report: str | None = None) -> tuple[Passage, ...]:
        """Every passage, of one report or of all, in order."""
        return self._facts.passages(report)

    def get(self, id: str) -> Passage | None:
        """The passage of that id, None where there is none."""
        return self._by_id.get(id)

    def require_model(self, fingerprint: str) -> None:
        """Raises ``EmbeddingMismatch`` unless the vectors come from the model of that fingerprint."""
        if fingerprint != self.fingerprint:
            raise EmbeddingMismatch(self.fingerprint, fingerprint)

    def nearest(self, vector: Sequence[float], report: str | None, k: int) -> list[tuple[str, float]]:
        """The ids of the ``k`` passages nearest to ``vector`` with their cosine distance, nearest first.

        ``vector`` must come from the model of the index (see ``require_model``); ``report`` None searches all.
        Raises ``IndexMissing`` when the vectors are gone.
        """
        return self._open_vectors().nearest(vector, report, k)

    def warm(self) -> None:
        """Load the vectors now, so that the first question does not wait for them."""
        self._open_vectors()

    def count(self) -> int:
        """How many vectors there are (to compare with the passages)."""
        return self._open_vectors().count()

    def close(self) -> None:
        """Give the vectors back, if they were opened."""
        with self._lock:
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None

    def _open_vectors(self) -> VectorStore:
        with self._lock:
            if self._vectors is None:
                from corpus.stores.chroma import VectorStore

                self._vectors = VectorStore.open(self._directory, self.fingerprint)
            return self._vectors
