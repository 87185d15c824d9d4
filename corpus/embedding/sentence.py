"""Any sentence-transformers model as an ``Embedder``. The only file that imports sentence_transformers to serve."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from corpus.embedding import fingerprint_of

# Set before the library is imported: it reads them then. Nothing is reported, and nothing fetched unless
# HF_HUB_OFFLINE=0 asks for it.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_OFFLINE", os.environ["HF_HUB_OFFLINE"])
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from sentence_transformers import SentenceTransformer

_CONTENT = ("*.json", "*.safetensors", "*.bin", "*.txt", "*.model")


class SentenceEmbedder:
    """An ``Embedder`` over a model by name (already in the local cache) or by directory."""

    def __init__(self, name_or_path: str, *, query_prompt: str = "", normalize: bool = True) -> None:
        """Load the model on the CPU; raises ``OSError`` with the remedy when it is not on this machine."""
        try:
            self._model = SentenceTransformer(name_or_path, device="cpu")
        except (OSError, ValueError) as error:
            raise OSError(
                f"本机没有向量模型 {name_or_path}：请给出它所在的目录，或设 HF_HUB_OFFLINE=0 允许下载一次（{error}）"
            ) from error
        self._prompt, self._normalize = query_prompt, normalize
        settings = [query_prompt.encode(), bytes([normalize])]
        self._fingerprint = fingerprint_of(chain(settings, _content(name_or_path)))

    @property
    def fingerprint(self) -> str:
        """See ``Embedder``; of a model given by name its name stands for its files."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        return len(self.embed_query(""))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order."""
        vectors = self._model.encode(texts, normalize_embeddings=self._normalize, show_progress_bar=False)
        return [[float(value) for value in vector] for vector in vectors]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, the query prompt before it."""
        return self.embed_documents([self._prompt + text])[0]


def _content(name_or_path: str) -> Iterator[bytes]:
    """The bytes that make the model what it is, in a fixed order; of a model given by name, the name."""
    directory = Path(name_or_path)
    if not directory.is_dir():
        yield name_or_path.encode()
        return
    for path in sorted({path for pattern in _CONTENT for path in directory.rglob(pattern)}):
        yield path.read_bytes()
