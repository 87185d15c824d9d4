"""Finding passages: BM25 over characters and the embedding model, fused by rank (for LangChain: qa/retriever.py).

Finds passages only. No figure is ever taken from here (design.md, 7).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.embedding import Embedder
from corpus.passages import Passage
from corpus.recent import Recent
from qa.lexical import LexicalIndex, implied
from qa.understand.normalise import normalise

LEXICAL_WEIGHT, DENSE_WEIGHT = 2.0, 1.0
# Reciprocal rank fusion: a rank r is worth weight / (SMOOTHING + r). Small, because of a hundred passages
# one is right: the usual 60 lets a dense rank of 1 overrule every lexical one.
SMOOTHING = 5
# How many of each ranking are fused: of a report's hundred passages, further down there is only noise.
DEPTH = 50
_OPEN = 64  # reports whose words are kept in order


class PassageStore(Protocol):
    """What the search needs of the index (``Index.passages``)."""

    def all(self, report: str) -> tuple[Passage, ...]:
        """Every passage of the report, in the report's order."""
        ...

    def require_model(self, fingerprint: str) -> None:
        """Raises ``EmbeddingMismatch`` unless the vectors come from that model."""
        ...

    def nearest(self, vector: list[float], report: str, k: int) -> list[tuple[str, float]]:
        """(passage id, cosine distance), nearest first."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. ``score``: fused, higher is better; the ranks count from 1, None: not found that way."""

    passage: Passage
    score: float
    lexical_rank: int | None
    dense_rank: int | None


class PassageSearch:
    """Hybrid search over one index. Safe to share between threads; same question, same hits."""

    def __init__(self, store: PassageStore, embedder: Embedder) -> None:
        """Nothing is read before the first search.

        Raises ``EmbeddingMismatch`` when the store was built with another model than ``embedder``.
        """
        store.require_model(embedder.fingerprint)
        self._store, self._embedder = store, embedder
        self._indexes: Recent[str, LexicalIndex] = Recent(_OPEN)
        self._lock = threading.Lock()

    def search(self, query: str, report: str, k: int = 5) -> list[Hit]:
        """The best ``k`` passages of ``report``, best first; [] where nothing in it has a word of the query."""
        index, query = self._index(report), normalise(query)
        return fuse(index.passages, index.rank(query)[:DEPTH], self._dense(query, index, report))[:k]

    def by_words(self, query: str, report: str) -> list[Passage]:
        """The lexical ranking alone (to be measured)."""
        return self._index(report).passages_of(self._index(report).rank(query))

    def by_meaning(self, query: str, report: str) -> list[Passage]:
        """The dense ranking alone (to be measured)."""
        index = self._index(report)
        return index.passages_of(self._dense(normalise(query), index, report))

    def _dense(self, query: str, index: LexicalIndex, report: str) -> list[str]:
        """Ids by meaning: of the question and of the report's words it implies; cells weigh less than sentences."""
        words = " ".join([query, *(terms[0] for terms in implied(query))])
        vector = self._embedder.embed_query(words)
        if not any(vector):
            return []
        found = self._store.nearest(vector, report, DEPTH)
        near = ((id_, (1 - distance) * index.prior(id_, query)) for id_, distance in found)
        # Rounded before they are compared: an approximate index must not decide between equals.
        return [id_ for id_, _ in sorted(near, key=lambda pair: (-round(pair[1], 6), pair[0]))]

    def _index(self, report: str) -> LexicalIndex:
        with self._lock:
            return self._indexes.get(report, lambda: LexicalIndex(self._store.all(report)))


def fuse(passages: Sequence[Passage], lexical: Sequence[str], dense: Sequence[str]) -> list[Hit]:
    """Both rankings (of passage ids) as one, by reciprocal rank; equals in the report's order."""
    by_words = {id_: rank for rank, id_ in enumerate(lexical, 1)}
    by_meaning = {id_: rank for rank, id_ in enumerate(dense, 1)}
    hits = []
    for passage in passages:
        first, second = by_words.get(passage.id), by_meaning.get(passage.id)
        if first is None and second is None:
            continue
        score = sum(
            weight / (SMOOTHING + rank)
            for weight, rank in ((LEXICAL_WEIGHT, first), (DENSE_WEIGHT, second))
            if rank is not None
        )
        hits.append(Hit(passage, score, first, second))
    return sorted(hits, key=lambda hit: -hit.score)
