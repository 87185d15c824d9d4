"""The index: a directory of builds and a pointer to the one that serves.

::

    <data>/current            one line: the name of the build that serves, replaced in one step
    <data>/build.lock         held by whoever is building
    <data>/builds/<name>/     manifest.json, reports.sqlite (what is indexed), volumes/ (see corpus/stores/volumes.py);
                              never changed once it serves

A build is held (a shared lock on its manifest) by every process that has it open, so that a later
build knows which old ones are still in use.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Lock

from corpus.errors import IndexMissing
from corpus.locks import FileLock
from corpus.stores import FactStore, PassageStore, VolumeFacts
from corpus.stores.volumes import PASSAGES

CATALOGUE, VOLUMES, MANIFEST, POINTER, BUILDS, LOCK = (
    "reports.sqlite",
    "volumes",
    "manifest.json",
    "current",
    "builds",
    "build.lock",
)
_TRIES = 5  # a build may be swapped and removed between reading the pointer and holding the build


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build was made of. ``embedding``: the model's fingerprint; ``sources``: sha256 by report id; ``folders``:
    where the files were that were read; ``readings``: by report id, what the reading depended on (corpus.unchanged);
    ``volumes``: by name, the ids of the reports in each."""

    embedding: str
    sources: dict[str, str]
    folders: tuple[str, ...] = ()
    readings: dict[str, str] = field(default_factory=dict)
    volumes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """As JSON, the same bytes for the same content."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Raises OSError when it is not there, ValueError when it is not a manifest."""
        plain = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(plain, dict) or not isinstance(plain.get("embedding"), str):
            raise ValueError("not a manifest")
        known = (dict(plain.get("sources", {})), tuple(plain.get("folders", ())), dict(plain.get("readings", {})))
        volumes = {name: tuple(ids) for name, ids in plain.get("volumes", {}).items()}
        return cls(plain["embedding"], *known, volumes)


class Index:
    """One build, opened for reading; it stays whole while it is open, whatever is built meanwhile."""

    def __init__(self, build: Path, manifest: Manifest, catalogue: FactStore, hold: FileLock) -> None:
        """Use ``Index.open``."""
        self.build, self.manifest = build, manifest
        self._volumes = {id_: build / VOLUMES / name for name, ids in manifest.volumes.items() for id_ in ids}
        self.facts = VolumeFacts(catalogue, self._volumes)
        self._hold = hold
        self._passages: PassageStore | None = None
        self._lock = Lock()

    @classmethod
    def open(cls, data_dir: Path | str) -> Index:
        """The index that serves in ``data_dir``. Raises ``IndexMissing``, with what is wrong and the remedy."""
        data_dir = Path(data_dir)
        for _ in range(_TRIES):
            build = data_dir / BUILDS / current_build(data_dir)
            hold = FileLock(build / MANIFEST, shared=True)
            try:
                held = hold.acquire()
            except FileNotFoundError:
                continue
            # Held too late, when the build had just been replaced and removed: the pointer has moved on.
            if held and current_build(data_dir) == build.name:
                return cls._open_held(data_dir, build, hold)
            hold.release()
        raise IndexMissing(data_dir, "文件不全")

    @classmethod
    def open_build(cls, data_dir: Path, build: Path) -> Index:
        """A build that may not serve yet (to be verified). Raises ``IndexMissing``."""
        hold = FileLock(build / MANIFEST, shared=True)
        try:
            if not hold.acquire():
                raise IndexMissing(data_dir, "正被另一个进程占用")
        except OSError as error:
            raise IndexMissing(data_dir, "文件不全") from error
        return cls._open_held(data_dir, build, hold)

    @classmethod
    def _open_held(cls, data_dir: Path, build: Path, hold: FileLock) -> Index:
        try:
            manifest = Manifest.read(build / MANIFEST)
            if manifest.sources and not manifest.volumes:
                raise IndexMissing(data_dir, "索引由另一版本的程序写成")
            return cls(build, manifest, FactStore.open(build / CATALOGUE), hold)
        except (OSError, ValueError) as error:
            hold.release()
            raise IndexMissing(data_dir, "文件不全或已损坏") from error
        except IndexMissing as error:
            hold.release()
            raise IndexMissing(data_dir, error.reason) from error

    @property
    def passages(self) -> PassageStore:
        """The passages; their vectors are loaded when the first search asks for them."""
        with self._lock:
            if self._passages is None:
                directories = {id_: volume / PASSAGES for id_, volume in self._volumes.items()}
                self._passages = PassageStore(self.facts, directories, self.manifest.embedding)
            return self._passages

    def close(self) -> None:
        """Give the files back."""
        if self._passages is not None:
            self._passages.close()
        self.facts.close()
        self._hold.release()


def current_build(data_dir: Path) -> str:
    """The name of the build that serves. Raises ``IndexMissing`` when there is none."""
    try:
        name = (data_dir / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissing(data_dir) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing(data_dir, "索引指针无法读取") from error
    if not name or Path(name).name != name or name in (".", ".."):
        raise IndexMissing(data_dir, "索引指针已损坏")
    return name
