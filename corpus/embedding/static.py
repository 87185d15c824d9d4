"""The shipped model, read with tokenizers, safetensors and numpy: the same vectors, without torch.

The directory is an ordinary sentence-transformers model whose one module is the stock
``StaticEmbedding``: a vector for every character, a text is the mean of its characters' vectors.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.embedding import fingerprint_of

_FILES = ("tokenizer.json", "model.safetensors")


class StaticEmbedder:
    """An ``Embedder`` over the files of a saved ``StaticEmbedding``."""

    def __init__(self, directory: Path, *, query_prompt: str = "", normalize: bool = True) -> None:
        """Read ``directory``; raises ``FileNotFoundError`` naming the file that is missing and the remedy."""
        for name in _FILES:
            if not (directory / name).is_file():
                raise FileNotFoundError(f"缺少 {directory / name}：请重新检出该文件，或运行 make model")
        self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._weights = load_file(directory / "model.safetensors")["embedding.weight"]
        self._prompt, self._normalize = query_prompt, normalize
        files = [(directory / name).read_bytes() for name in _FILES]
        self._fingerprint = fingerprint_of([*files, query_prompt.encode(), bytes([normalize])])

    @property
    def fingerprint(self) -> str:
        """See ``Embedder``."""
        return self._fingerprint

    @property
    def dimension(self) -> int:
        """The length of every vector."""
        return int(self._weights.shape[1])

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order. A text without a known character gives zeros."""
        encodings = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [self._mean(encoding.ids) for encoding in encodings]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, the query prompt before it."""
        return self.embed_documents([self._prompt + text])[0]

    def _mean(self, ids: list[int]) -> list[float]:
        if not ids:
            return [0.0] * self.dimension
        vector = self._weights[ids].mean(axis=0)
        length = float(np.linalg.norm(vector))
        if self._normalize and length > 0:
            vector = vector / length
        return [float(value) for value in vector]
