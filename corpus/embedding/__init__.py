"""Text -> vectors. The shipped model is read without torch; any other goes through sentence-transformers.

A new kind of embedding model has its place here: one file with a class that is an ``Embedder``,
and one line in ``open_embedder`` that chooses it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, runtime_checkable

SHIPPED_MODEL = Path(__file__).parent / "model"


@runtime_checkable
class Embedder(Protocol):
    """What the index and the search need of a model.

    ``fingerprint``: twelve hexadecimal digits, equal exactly where the same text gives the same vector;
    it names the collection. ``dimension``: the length of every vector.
    """

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order. A text without a known character gives zeros."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question (with the query prompt, if the model has one)."""
        ...


def open_embedder(name_or_path: str = "", *, query_prompt: str = "", normalize: bool = True) -> Embedder:
    """The model of that sentence-transformers name or directory; "" is the shipped one.

    ``query_prompt`` is put before every question; ``normalize``: vectors of length 1.
    Raises ``OSError`` when the files are missing: nothing is downloaded unless HF_HUB_OFFLINE=0 allows it.
    """
    directory = Path(name_or_path) if name_or_path else SHIPPED_MODEL
    if _is_static(directory):
        from corpus.embedding.static import StaticEmbedder

        return StaticEmbedder(directory, query_prompt=query_prompt, normalize=normalize)
    from corpus.embedding.sentence import SentenceEmbedder

    return SentenceEmbedder(name_or_path, query_prompt=query_prompt, normalize=normalize)


def _is_static(directory: Path) -> bool:
    """A saved model whose one module is the stock StaticEmbedding; the shipped one, also where its files are gone."""
    described = directory / "modules.json"
    if directory == SHIPPED_MODEL or not described.is_file():
        return directory == SHIPPED_MODEL
    modules = json.loads(described.read_text(encoding="utf-8"))
    return len(modules) == 1 and str(modules[0]["type"]).endswith("StaticEmbedding")


def fingerprint_of(parts: Iterable[bytes]) -> str:
    """Twelve hexadecimal digits that stand for these bytes, in this order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:12]
