"""Packing: reports come one after the other and are written volume by volume, each read back before the next begins."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.embedding import Embedder
from corpus.errors import BuildFailed, EmbeddingMismatch, IndexMissing
from corpus.stores import FactStore, ReportContents, ReportInfo, write_contents
from corpus.stores.volumes import FACTS, PASSAGES, VOLUME_REPORTS, link_volume

Progress = Callable[[str], None]
_SAME = 0.001  # cosine distance of a vector to itself, as Chroma's single precision gives it


class Packer:
    """Writes volumes into a directory. ``infos``: what it holds by report id; ``volumes``: the ids by volume."""

    def __init__(self, directory: Path, embedder: Embedder, progress: Progress) -> None:
        self._directory, self._embedder, self._progress = directory, embedder, progress
        self._waiting: list[ReportContents] = []
        self.infos: dict[str, ReportInfo] = {}
        self.volumes: dict[str, tuple[str, ...]] = {}

    @property
    def is_open(self) -> bool:
        """Whether reports wait for their volume to be full."""
        return bool(self._waiting)

    def add(self, contents: ReportContents) -> None:
        """One more report. Raises ``BuildFailed`` when its volume could not be written or reads back otherwise."""
        self.infos[contents.info.id] = contents.info
        self._waiting.append(contents)
        if len(self._waiting) == VOLUME_REPORTS:
            self.flush()

    def link(self, volume: Path, infos: Sequence[ReportInfo]) -> None:
        """A volume of another build, as it is."""
        link_volume(volume, self._directory / volume.name)
        self.volumes[volume.name] = tuple(info.id for info in infos)
        self.infos |= {info.id: info for info in infos}

    def flush(self) -> None:
        """Write what waits, as the last volume need not be full."""
        if not self._waiting:
            return
        new = self._directory / "new"
        try:
            vectors = _write(new, self._waiting, self._embedder)
            _verify(new, self._waiting, self._embedder.fingerprint, vectors)
        except (sqlite3.Error, IndexMissing, EmbeddingMismatch) as error:
            raise BuildFailed(str(error)) from error
        volume = new.rename(self._directory / _digest_of(new / FACTS))
        self.volumes[volume.name] = tuple(each.info.id for each in self._waiting)
        self._progress(f"写入并核对 {len(self._waiting)} 份报告、{len(vectors)} 个段落向量；共 {len(self.infos)} 份")
        self._waiting = []


def _digest_of(file: Path) -> str:
    """What a volume is called: by what is in it, so that no two of an index are called the same."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def _write(volume: Path, contents: Sequence[ReportContents], embedder: Embedder) -> list[list[float]]:
    from corpus.stores.chroma import write_vectors

    volume.mkdir(parents=True)
    write_contents(volume / FACTS, contents)
    passages = [passage for each in contents for passage in each.passages]
    vectors = embedder.embed_documents([passage.text for passage in passages])
    ids, reports = [passage.id for passage in passages], [passage.report for passage in passages]
    write_vectors(volume / PASSAGES, embedder.fingerprint, ids, vectors, reports)
    return vectors


def _verify(volume: Path, contents: Sequence[ReportContents], fingerprint: str, vectors: list[list[float]]) -> None:
    """Open the volume as a reader would: everything must come back equal, and a passage must find itself."""
    from corpus.stores.chroma import VectorStore

    for each in contents:
        facts = FactStore.open(volume / FACTS)
        try:
            if facts.contents(each.info) != each:
                raise BuildFailed(f"{each.info.id} 写入后读回的内容不一致")
        finally:
            facts.close()
    store = VectorStore.open(volume / PASSAGES, fingerprint)
    try:
        if store.count() != len(vectors):
            raise BuildFailed("段落向量的个数不对")
        probe = next((vector for vector in vectors if any(vector)), None)
        found = store.nearest(probe, None, 1) if probe else []
        if probe and (not found or found[0][1] > _SAME):
            raise BuildFailed("段落检索的试查没有找到它自己")
    finally:
        store.close()
