"""Which files need not be read again: same bytes, same settings beside them, same program as when they were read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache
from pathlib import Path

from corpus.errors import IndexMissing
from corpus.index import VOLUMES, Index, Manifest
from corpus.stores import ReportContents, ReportInfo
from corpus.stores.volumes import is_whole

_SETTINGS = "reports.toml"


class Earlier:
    """The index in ``data_dir`` as it serves, held until ``close``; empty where there is none.

    A volume that is damaged counts as not there, and so do its reports.
    """

    def __init__(self, data_dir: Path) -> None:
        self._index: Index | None = None
        self.infos: dict[str, ReportInfo] = {}
        self.manifest = Manifest("", {})
        self.volumes: dict[Path, tuple[str, ...]] = {}
        self._read_as: dict[tuple[str, str], list[str]] = defaultdict(list)
        try:
            self._index = Index.open(data_dir)
        except IndexMissing:
            return
        self.manifest = self._index.manifest
        folders = {self._index.build / VOLUMES / name: ids for name, ids in self.manifest.volumes.items()}
        self.volumes = {folder: ids for folder, ids in folders.items() if is_whole(folder)}
        whole = {id_ for ids in self.volumes.values() for id_ in ids}
        self.infos = {info.id: info for info in self._index.facts.reports() if info.id in whole}
        for id_, info in self.infos.items():
            self._read_as[info.file, self.readings.get(id_, "")].append(id_)

    @property
    def readings(self) -> dict[str, str]:
        """``reading_of`` of each report when it was read, by id."""
        return self.manifest.readings

    def contents(self, id_: str) -> ReportContents:
        """All of one report. Raises ``IndexMissing`` where it cannot be read."""
        assert self._index is not None
        return self._index.facts.contents(self.infos[id_])

    def of(self, file: Path, reading: str) -> str | None:
        """The id of what was read of ``file``, None where it, or ``reading``, is not the same now."""
        same = self._read_as.get((file.name, reading), [])
        return same[0] if len(same) == 1 else None

    def close(self) -> None:
        """Let go of the index."""
        if self._index is not None:
            self._index.close()
            self._index = None


def reading_of(file: Path) -> str:
    """A digest of all that a reading of ``file`` depends on. Raises OSError where it cannot be opened."""
    digest = hashlib.sha256(_program().encode())
    settings = file.parent / _SETTINGS
    digest.update(settings.read_bytes() if settings.is_file() else b"")
    with file.open("rb") as stream:
        digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


@cache
def _program() -> str:
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".py", ".toml"}):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
