"""Building the index: reports are read, a new build is written beside the old one, verified, and put in its place.

Until the one step that replaces the pointer, nothing that serves is touched: whoever stops the
build at any moment finds the old index as it was, and the next build clears away what was left. Reports pass through
one by one and what has not changed is taken over in whole volumes, so neither memory nor the time of a small change
grows with the index.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from corpus.embedding import Embedder
from corpus.errors import BuildFailed, IndexBusy, IndexMissing, UnreadableReport
from corpus.index import BUILDS, CATALOGUE, LOCK, MANIFEST, POINTER, VOLUMES, Index, Manifest, current_build
from corpus.locks import FileLock
from corpus.packing import Packer, Progress
from corpus.reading import FileRead, Read, read_files
from corpus.sandbox import readers
from corpus.stores import write_catalogue
from corpus.stores.schema import shape
from corpus.stores.volumes import VOLUME_REPORTS
from corpus.summary import summary_of
from corpus.unchanged import Earlier

_NOT_REPORTS = (".toml", ".md")


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What came of a build. ``build``: the name of the one that serves now, None when nothing was put in place.

    ``indexed``: the reports it holds; ``failures``: those that could not be read; ``kept``: ids of reports that
    were taken over from the index before.
    """

    build: str | None
    indexed: tuple[str, ...]
    failures: tuple[UnreadableReport, ...]
    kept: tuple[str, ...]


def build_index(
    paths: Sequence[Path],
    data_dir: Path,
    embedder: Embedder,
    *,
    keep_others: bool,
    progress: Progress,
    read: Read | None = None,
    jobs: int = 1,
) -> BuildOutcome:
    """Read the reports at ``paths`` (files, or directories of them) into the index at ``data_dir``.

    ``read`` makes a file its contents (by default in other processes, with limits). ``keep_others``: reports of the
    old index that ``paths`` does not name stay in it. ``jobs``: files read at the same time; a file that is as it was
    when the index was built is not read again. A report that cannot be read keeps its earlier version, if there is one.
    Raises ``IndexBusy`` while another process is building, and ``BuildFailed`` when the build could not be
    written or verified.
    """
    data_dir, files = Path(data_dir), expand(paths)
    with _locked(data_dir), _new_build(data_dir, embedder, progress) as new:
        with readers() if read is None else nullcontext(read) as reading:
            failures, named = new.read(files, reading, jobs)
        if not named:
            return BuildOutcome(None, (), tuple(failures), ())
        failed = {failure.path.name for failure in failures}
        kept = [
            id_ for id_, info in new.earlier.infos.items() if id_ not in named and (keep_others or info.file in failed)
        ]
        folders = {str(file.parent.resolve()) for file in files} | (
            set(new.earlier.manifest.folders) if kept else set()
        )
        name = new.put_in_place({*kept, *new.unchanged}, folders)
        return BuildOutcome(name, tuple(sorted(new.packer.infos)), tuple(failures), tuple(sorted(kept)))


def remove_reports(data_dir: Path, ids: Sequence[str], embedder: Embedder, progress: Progress) -> BuildOutcome:
    """A new build of the index at ``data_dir`` without the reports ``ids``: their facts and passages are gone.

    Raises ``BuildFailed`` where one of them is not in the index or none would be left; the index stays as it was.
    """
    with _locked(Path(data_dir)), _new_build(Path(data_dir), embedder, progress) as new:
        infos = new.earlier.infos
        strange = [id_ for id_ in ids if id_ not in infos]
        if strange:
            raise BuildFailed(f"索引中没有报告 {'、'.join(strange)}（已有：{few(list(infos)) or '无'}）")
        left = {id_ for id_ in infos if id_ not in ids}
        if not left:
            raise BuildFailed("删去之后索引里没有报告了；请先加入别的报告，或直接删除索引目录")
        name = new.put_in_place(left, new.earlier.manifest.folders)
        return BuildOutcome(name, tuple(sorted(left)), (), tuple(sorted(left)))


def few(names: Sequence[str], most: int = 20) -> str:
    """The names, or the first of them and how many there are."""
    return "、".join(names[:most]) + (f"等 {len(names)} 份" if len(names) > most else "")


def expand(paths: Iterable[Path]) -> list[Path]:
    """Files as they are, a directory as the reports in it; in the order of their names, each once."""
    files: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~$")))
            files.update(file for file in inside if file.suffix not in _NOT_REPORTS)
        else:
            files.add(path)
    return sorted(files, key=lambda file: (file.name, str(file)))


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """Holds the lock of the one who builds. Raises ``IndexBusy`` and ``BuildFailed``."""
    try:
        (data_dir / BUILDS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(data_dir / LOCK)
        if not lock.acquire():
            raise IndexBusy(data_dir)
    except OSError as error:
        raise BuildFailed(f"无法写入 {data_dir}（{error.strerror}）") from error
    with lock:
        yield


@contextmanager
def _new_build(data_dir: Path, embedder: Embedder, progress: Progress) -> Iterator[_NewBuild]:
    """A build in the making; what was written of it goes again unless it was put in place."""
    new = _NewBuild(data_dir, embedder, progress)
    try:
        yield new
    except (OSError, sqlite3.Error, IndexMissing) as error:
        raise BuildFailed(str(error)) from error
    finally:
        new.earlier.close()
        shutil.rmtree(new.directory, ignore_errors=True)


class _NewBuild:
    """The new build, written into ``directory`` until it gets its name. ``unchanged``: ids that are as they were."""

    def __init__(self, data_dir: Path, embedder: Embedder, progress: Progress) -> None:
        # Numbers go up, so that a build never reuses a directory that a process may still have open.
        heads = [head for each in (data_dir / BUILDS).iterdir() if (head := each.name.split("-")[0]).isdigit()]
        self._number = f"{max(map(int, heads), default=0) + 1:06d}"
        self._data_dir, self._embedding, self._progress = data_dir, embedder.fingerprint, progress
        self.directory = data_dir / BUILDS / f"{self._number}-new"
        self.earlier = Earlier(data_dir)
        self.packer = Packer(self.directory / VOLUMES, embedder, progress)
        self.unchanged: set[str] = set()
        self._readings: dict[str, str] = {}

    def read(self, files: Sequence[Path], read: Read, jobs: int) -> tuple[list[UnreadableReport], set[str]]:
        """Packs what is new of ``files``; gives what could not be read and the ids of what could."""
        failures: list[UnreadableReport] = []
        named: set[str] = set()
        for number, found in enumerate(read_files(files, read, self.earlier, jobs), start=1):
            self._progress(f"[{number}/{len(files)}] 读取 {found.file}")
            failure, id_ = found.failure, found.id
            if failure is None and id_ in named:
                failure = UnreadableReport(found.file, f"已有同名报告 {id_}，请改文件名")
            if failure is not None or id_ is None:
                failures += [failure] if failure is not None else []
                continue
            named.add(id_)
            self._readings[id_] = found.reading
            self._take(found)
        return failures, named

    def _take(self, found: FileRead) -> None:
        if found.contents is None:
            assert found.same is not None
            self.unchanged.add(found.same)
            self._progress(f"  {found.same}：与上次相同，不再重读")
            return
        info = found.contents.info
        first, *rest = summary_of(info)
        self._progress(f"  {info.id}：{first}")
        for line in rest:
            self._progress(f"  {line}")
        for table in found.contents.tables:
            if table.proof.status == "unproved":
                place = f"第 {table.page} 页第 {table.first_line} 行"
                self._progress(f"  未能证明：{table.title}（{place}）{table.proof.reason}")
        self.packer.add(found.contents)

    def put_in_place(self, kept: Collection[str], folders: Iterable[str]) -> str:
        """Takes over the reports ``kept``, ends the build, verifies and swaps; gives its name."""
        self._carry_over(set(kept))
        self.packer.flush()
        infos = self.packer.infos
        readings = {id_: self.earlier.readings[id_] for id_ in kept if id_ in self.earlier.readings} | self._readings
        sources = {id_: infos[id_].sha256 for id_ in sorted(infos)}
        manifest = Manifest(self._embedding, sources, tuple(sorted(folders)), readings, self.packer.volumes)
        write_catalogue(self.directory / CATALOGUE, infos.values())
        manifest.write(self.directory / MANIFEST)
        _verify(self._data_dir, self.directory, infos)
        said = "\n".join((shape(), self._embedding, *(f"{id_}={digest}" for id_, digest in sources.items())))
        build = self.directory.with_name(f"{self._number}-{hashlib.sha256(said.encode()).hexdigest()[:12]}")
        self.directory.rename(build)
        try:
            _point_to(self._data_dir, build.name)
        except OSError:
            shutil.rmtree(build, ignore_errors=True)
            raise
        self._progress(f"新索引已启用：{build}")
        self.earlier.close()
        _remove_unused(self._data_dir)
        return build.name

    def _carry_over(self, kept: set[str]) -> None:
        """Volumes in which nothing has changed are linked; what is left of the others is written anew, and so are
        volumes that are less than half full where there is something to fill them up with."""
        same_model = self.earlier.manifest.embedding == self._embedding
        for volume, ids in self.earlier.volumes.items():
            whole = same_model and all(id_ in kept for id_ in ids)
            if whole and (2 * len(ids) >= VOLUME_REPORTS or not self.packer.is_open):
                self.packer.link(volume, [self.earlier.infos[id_] for id_ in ids])
                continue
            for id_ in ids:
                if id_ in kept:
                    self.packer.add(self.earlier.contents(id_))


def _verify(data_dir: Path, build: Path, infos: Collection[str]) -> None:
    """Open the build as a reader would: it must hold the reports it is to hold (each volume was read back before)."""
    index = Index.open_build(data_dir, build)
    try:
        if [info.id for info in index.facts.reports()] != sorted(infos):
            raise BuildFailed("新索引里的报告与读到的不一致")
    finally:
        index.close()


def _point_to(data_dir: Path, name: str) -> None:
    """The one step that changes which build serves."""
    new = data_dir / f"{POINTER}.new"
    with new.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, data_dir / POINTER)  # noqa: PTH105 - named here because it is the atomic step


def _remove_unused(data_dir: Path) -> None:
    """Builds that neither serve nor are open anywhere, such as those of builders that were stopped."""
    serving = current_build(data_dir)
    for build in (data_dir / BUILDS).iterdir():
        if build.name == serving:
            continue
        if not (build / MANIFEST).is_file():
            shutil.rmtree(build, ignore_errors=True)
            continue
        with FileLock(build / MANIFEST) as lock:
            if lock.acquire():
                shutil.rmtree(build, ignore_errors=True)
