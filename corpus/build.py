"""Building the index: reports are read, a new build is written beside the old one, verified, and put in its place.

Until the one step that replaces the pointer, nothing that serves is touched: whoever stops the
build at any moment finds the old index as it was, and the next build clears away what was left.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus.embedding import Embedder
from corpus.errors import BuildFailed, CorpusError, IndexBusy, IndexMissing, UnreadableReport
from corpus.index import BUILDS, FACTS, LOCK, MANIFEST, PASSAGES, POINTER, Index, Manifest, current_build
from corpus.locks import FileLock
from corpus.sandbox import read_within_limits
from corpus.stores import ReportContents, write_contents
from corpus.stores.schema import shape
from corpus.summary import summary_of
from corpus.unchanged import Earlier, reading_of

Progress = Callable[[str], None]
Read = Callable[[Path], ReportContents]
_BATCH = 64  # passages embedded between two lines of progress
_SAME = 0.001  # cosine distance of a vector to itself, as Chroma's single precision gives it
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
    read: Read = read_within_limits,
    jobs: int = 1,
) -> BuildOutcome:
    """Read the reports at ``paths`` (files, or directories of them) into the index at ``data_dir``.

    ``read`` makes a file its contents. ``keep_others``: reports of the old index that ``paths`` does not
    name stay in it. ``jobs``: files read at the same time; a file that is as it was when the index was built is not
    read again. A report that cannot be read keeps its earlier version, if there is one.
    Raises ``IndexBusy`` while another process is building, and ``BuildFailed`` when the build could not be
    written or verified.
    """
    data_dir = Path(data_dir)
    with _locked(data_dir):
        earlier = Earlier(data_dir)
        new, failures, readings = _read_all(expand(paths), read, progress, earlier, jobs)
        if not new:
            return BuildOutcome(None, (), tuple(failures), ())
        failed = {failure.path.name for failure in failures}
        kept = {
            id_: each
            for id_, each in earlier.contents.items()
            if id_ not in new and (keep_others or each.info.file in failed)
        }
        contents = [each for _, each in sorted((new | kept).items())]
        folders = {str(file.parent.resolve()) for file in expand(paths)} | (_old_folders(data_dir) if kept else set())
        readings = {id_: earlier.readings[id_] for id_ in kept if id_ in earlier.readings} | readings
        name = _put_in_place(data_dir, contents, embedder, progress, tuple(sorted(folders)), readings)
        return BuildOutcome(name, tuple(each.info.id for each in contents), tuple(failures), tuple(sorted(kept)))


def remove_reports(data_dir: Path, ids: Sequence[str], embedder: Embedder, progress: Progress) -> BuildOutcome:
    """A new build of the index at ``data_dir`` without the reports ``ids``: their facts and passages are gone.

    Raises ``BuildFailed`` where one of them is not in the index or none would be left; the index stays as it was.
    """
    with _locked(Path(data_dir)):
        earlier = Earlier(data_dir)
        strange = [id_ for id_ in ids if id_ not in earlier.contents]
        if strange:
            raise BuildFailed(f"索引中没有报告 {'、'.join(strange)}（已有：{'、'.join(earlier.contents) or '无'}）")
        left = {id_: each for id_, each in sorted(earlier.contents.items()) if id_ not in ids}
        if not left:
            raise BuildFailed("删去之后索引里没有报告了；请先加入别的报告，或直接删除索引目录")
        readings = {id_: earlier.readings[id_] for id_ in left if id_ in earlier.readings}
        folders = tuple(sorted(_old_folders(data_dir)))
        name = _put_in_place(data_dir, list(left.values()), embedder, progress, folders, readings)
        return BuildOutcome(name, tuple(left), (), tuple(left))


def _locked(data_dir: Path) -> FileLock:
    """The lock of the one who builds, held. Raises ``IndexBusy`` and ``BuildFailed``."""
    try:
        (data_dir / BUILDS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(data_dir / LOCK)
        if not lock.acquire():
            raise IndexBusy(data_dir)
    except OSError as error:
        raise BuildFailed(f"无法写入 {data_dir}（{error.strerror}）") from error
    return lock


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


def _read_all(
    files: list[Path], read: Read, progress: Progress, earlier: Earlier, jobs: int
) -> tuple[dict[str, ReportContents], list[UnreadableReport], dict[str, str]]:
    """The contents and the readings of the files by report id, and what could not be read."""
    new: dict[str, ReportContents] = {}
    readings: dict[str, str] = {}
    failures: list[UnreadableReport] = []
    with ThreadPoolExecutor(max(1, jobs)) as pool:  # each file is read in a process of its own
        tasks = [pool.submit(_read_one, file, read, earlier) for file in files]
        for file, task in zip(files, tasks, strict=True):
            progress(f"读取 {file}")
            try:
                contents, reading, again = task.result()
                if contents.info.id in new:
                    raise UnreadableReport(file, f"已有同名报告 {contents.info.id}，请改文件名")
            except UnreadableReport as error:
                failures.append(error)
            except CorpusError as error:
                failures.append(UnreadableReport(file, str(error)))
            except OSError as error:
                failures.append(UnreadableReport(file, error.strerror or "无法打开文件"))
            else:
                new[contents.info.id] = contents
                readings[contents.info.id] = reading
                if again:
                    _tell(contents, progress)
                else:
                    progress(f"  {contents.info.id}：与上次相同，不再重读")
    return new, failures, readings


def _read_one(file: Path, read: Read, earlier: Earlier) -> tuple[ReportContents, str, bool]:
    try:
        reading = reading_of(file)
    except OSError:
        return read(file), "", True  # which says what is wrong with it
    contents = earlier.of(file, reading)
    return (read(file), reading, True) if contents is None else (contents, reading, False)


def _tell(contents: ReportContents, progress: Progress) -> None:
    info = contents.info
    first, *rest = summary_of(info)
    progress(f"  {info.id}：{first}")
    for line in rest:
        progress(f"  {line}")
    for table in contents.tables:
        if table.proof.status == "unproved":
            progress(f"  未能证明：{table.title}（第 {table.page} 页第 {table.first_line} 行）{table.proof.reason}")


def _old_folders(data_dir: Path) -> set[str]:
    try:
        index = Index.open(data_dir)
    except IndexMissing:
        return set()
    try:
        return set(index.manifest.folders)
    finally:
        index.close()


def _put_in_place(
    data_dir: Path,
    contents: list[ReportContents],
    embedder: Embedder,
    progress: Progress,
    folders: tuple[str, ...],
    readings: dict[str, str],
) -> str:
    """Write, verify, swap, tidy; gives the name of the new build."""
    name = _next_name(data_dir, contents, embedder.fingerprint)
    build = data_dir / BUILDS / name
    try:
        vectors = _embed(contents, embedder, progress)
        sources = {each.info.id: each.info.sha256 for each in contents}
        _write(build, contents, Manifest(embedder.fingerprint, sources, folders, readings), vectors)
        progress("核对新索引")
        _verify(data_dir, build, contents, vectors)
        _point_to(data_dir, name)
    except (OSError, sqlite3.Error, IndexMissing) as error:
        shutil.rmtree(build, ignore_errors=True)
        raise BuildFailed(str(error)) from error
    except BuildFailed:
        shutil.rmtree(build, ignore_errors=True)
        raise
    progress(f"新索引已启用：{build}")
    _remove_unused(data_dir)
    return name


def _next_name(data_dir: Path, contents: list[ReportContents], fingerprint: str) -> str:
    """Numbers go up, so that a build never reuses a directory that a process may still have open."""
    sources = [f"{each.info.id}={each.info.sha256}" for each in contents]
    digest = hashlib.sha256("\n".join((shape(), fingerprint, *sources)).encode()).hexdigest()[:12]
    numbers = [int(head) for each in (data_dir / BUILDS).iterdir() if (head := each.name.split("-")[0]).isdigit()]
    return f"{max(numbers, default=0) + 1:06d}-{digest}"


def _embed(contents: list[ReportContents], embedder: Embedder, progress: Progress) -> list[list[float]]:
    texts = [passage.text for each in contents for passage in each.passages]
    vectors: list[list[float]] = []
    for start in range(0, len(texts), _BATCH):
        vectors.extend(embedder.embed_documents(texts[start : start + _BATCH]))
        progress(f"计算段落向量 {len(vectors)}/{len(texts)}")
    return vectors


def _write(build: Path, contents: list[ReportContents], manifest: Manifest, vectors: list[list[float]]) -> None:
    from corpus.stores.chroma import write_vectors

    build.mkdir()
    write_contents(build / FACTS, contents)
    passages = [passage for each in contents for passage in each.passages]
    ids, reports = [passage.id for passage in passages], [passage.report for passage in passages]
    write_vectors(build / PASSAGES, manifest.embedding, ids, vectors, reports)
    manifest.write(build / MANIFEST)


def _verify(data_dir: Path, build: Path, contents: list[ReportContents], vectors: list[list[float]]) -> None:
    """Open the build as a reader would: everything must come back equal, and a passage must find itself."""
    index = Index.open_build(data_dir, build)
    try:
        for each in contents:
            if index.facts.contents(each.info) != each:
                raise BuildFailed(f"{each.info.id} 写入后读回的内容不一致")
        if index.passages.count() != len(vectors):
            raise BuildFailed("段落向量的个数不对")
        probe = next((vector for vector in vectors if any(vector)), None)
        found = index.passages.nearest(probe, None, 1) if probe else []
        if probe and (not found or found[0][1] > _SAME):
            raise BuildFailed("段落检索的试查没有找到它自己")
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
