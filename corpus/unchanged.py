"""Which files need not be read again: same bytes, same settings beside them, same program as when they were read."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from corpus.errors import IndexMissing
from corpus.index import Index
from corpus.stores import ReportContents

_SETTINGS = "reports.toml"


class Earlier:
    """The reports of the index in ``data_dir`` as they were read; none where there is no index."""

    def __init__(self, data_dir: Path) -> None:
        self._contents: dict[str, ReportContents] = {}
        self._readings: dict[str, str] = {}
        try:
            index = Index.open(data_dir)
        except IndexMissing:
            return
        try:
            self._readings = dict(index.manifest.readings)
            self._contents = {info.id: index.facts.contents(info) for info in index.facts.reports()}
        finally:
            index.close()

    @property
    def contents(self) -> dict[str, ReportContents]:
        """By the reports' ids."""
        return self._contents

    @property
    def readings(self) -> dict[str, str]:
        """``reading_of`` of each report when it was read, by id."""
        return self._readings

    def of(self, file: Path, reading: str) -> ReportContents | None:
        """What was read of ``file``, None where it, or ``reading``, is not the same now."""
        same = [
            c for c in self._contents.values() if c.info.file == file.name and self._readings.get(c.info.id) == reading
        ]
        return same[0] if len(same) == 1 else None


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
