"""Vectors of passages in Chroma (cosine). The only file that imports chromadb.

Chroma writes to its files even when it is only asked, so a store is searched in a private copy that
goes when the store is closed: the index itself is never written to while it serves, and any number of processes
may read it. Its search is approximate; it is told to look at far more candidates than are asked for, and what
it gives is put in a fixed order, so that the same question always finds the same passages.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import cast

import chromadb
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.errors import EmbeddingMismatch, IndexMissing

_PREFIX = "passages-"
_BATCH = 1000  # Chroma refuses larger writes than SQLite has variables for
_CANDIDATES = 64  # at least so many are looked at, and put in order, for every question
_HNSW = CreateHNSWConfiguration(space="cosine", ef_construction=200, ef_search=200, max_neighbors=32, num_threads=1)


def collection_name(fingerprint: str) -> str:
    """The collection of a model: vectors of two models are never in one."""
    return _PREFIX + fingerprint


def write_vectors(
    directory: Path,
    fingerprint: str,
    ids: Sequence[str],
    vectors: Sequence[Sequence[float]],
    reports: Sequence[str],
) -> None:
    """A new store in ``directory`` with one vector for each id, and the report it belongs to."""
    directory.mkdir(parents=True)
    client = _client(directory)
    try:
        collection = client.create_collection(
            collection_name(fingerprint),
            embedding_function=None,
            configuration=CreateCollectionConfiguration(hnsw=_HNSW),
        )
        for start in range(0, len(ids), _BATCH):
            end = start + _BATCH
            collection.add(
                ids=list(ids[start:end]),
                embeddings=_to_chroma(vectors[start:end]),
                metadatas=[{"report": report} for report in reports[start:end]],
            )
    finally:
        client.close()


class VectorStore:
    """The vectors of an index, opened for searching."""

    def __init__(self, copy: tempfile.TemporaryDirectory[str], client: Client, collection: Collection) -> None:
        """Use ``VectorStore.open``."""
        self._copy, self._client, self._collection = copy, client, collection
        self._lock = Lock()

    @classmethod
    def open(cls, directory: Path, fingerprint: str) -> VectorStore:
        """The store in ``directory``, for a model of that fingerprint.

        Raises ``IndexMissing`` when it is not there or not whole, ``EmbeddingMismatch`` when it was made
        with another model.
        """
        if not (directory / "chroma.sqlite3").is_file():
            raise IndexMissing(directory, "缺少段落向量")
        copy = tempfile.TemporaryDirectory(prefix="juesuan-")
        client: Client | None = None
        try:
            shutil.copytree(directory, Path(copy.name) / "passages")
            client = _client(Path(copy.name) / "passages")
            names = [each.name for each in client.list_collections()]
            if collection_name(fingerprint) not in names:
                raise EmbeddingMismatch("、".join(name.removeprefix(_PREFIX) for name in names), fingerprint)
            return cls(copy, client, client.get_collection(collection_name(fingerprint), embedding_function=None))
        except (ChromaError, OSError, ValueError) as error:
            _discard(copy, client)
            raise IndexMissing(directory, f"段落向量已损坏（{error}）") from error
        except EmbeddingMismatch:
            _discard(copy, client)
            raise

    def close(self) -> None:
        """Give the copy back."""
        with self._lock:
            _discard(self._copy, self._client)

    def count(self) -> int:
        """How many vectors there are."""
        with self._lock:
            return self._collection.count()

    def nearest(self, vector: Sequence[float], report: str | None, k: int) -> list[tuple[str, float]]:
        """The ids nearest to ``vector`` with their cosine distance, nearest first, equals in the order of ids.

        A vector of zeros (a question without a known character) is near to nothing.
        """
        if k < 1 or not any(vector):
            return []
        with self._lock:
            found = self._collection.query(
                query_embeddings=_to_chroma([vector]),
                n_results=max(1, min(max(4 * k, _CANDIDATES), self._collection.count())),
                where=None if report is None else {"report": report},
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        pairs = [(id_, round(float(distance), 6)) for id_, distance in zip(found["ids"][0], distances, strict=True)]
        kept = [pair for pair in pairs if not math.isnan(pair[1])]
        return sorted(kept, key=lambda pair: (pair[1], pair[0]))[:k]


def _to_chroma(vectors: Sequence[Sequence[float]]) -> list[Sequence[float] | Sequence[int]]:
    return [list(vector) for vector in vectors]


def _client(directory: Path) -> Client:
    # Declared as the interface; it always is a Client, which alone can be closed.
    return cast(Client, chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False)))


def _discard(copy: tempfile.TemporaryDirectory[str], client: Client | None) -> None:
    if client is not None:
        client.close()
    copy.cleanup()
