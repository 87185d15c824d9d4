"""Reading many files: several at a time, in the order of their names, no more of them in memory than are being read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError, UnreadableReport
from corpus.stores import ReportContents
from corpus.unchanged import Earlier, reading_of

Read = Callable[[Path], ReportContents]
_AHEAD = 16  # files read before their turn, for each read at a time: as many as are read while a volume is written


@dataclass(frozen=True, slots=True)
class FileRead:
    """What came of a file: its ``contents``, or the id it has in the index where it is the ``same`` as then, or the
    ``failure``. ``reading``: see ``reading_of``, "" where the file cannot be opened."""

    file: Path
    reading: str = ""
    contents: ReportContents | None = None
    same: str | None = None
    failure: UnreadableReport | None = None

    @property
    def id(self) -> str | None:
        """Of the report, None where there is none."""
        return self.contents.info.id if self.contents is not None else self.same


def read_files(files: Sequence[Path], read: Read, earlier: Earlier, jobs: int) -> Iterator[FileRead]:
    """Each of ``files`` in order, ``jobs`` of them read at the same time."""
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        waiting: deque[Future[FileRead]] = deque()
        rest = iter(files)
        for _ in files:
            while len(waiting) < max(1, jobs) * _AHEAD and (file := next(rest, None)) is not None:
                waiting.append(pool.submit(_read_one, file, read, earlier))
            yield waiting.popleft().result()


def _read_one(file: Path, read: Read, earlier: Earlier) -> FileRead:
    reading = ""
    try:
        reading = reading_of(file)
        if (same := earlier.of(file, reading)) is not None:
            return FileRead(file, reading, same=same)
    except OSError:
        pass  # the reader says what is wrong with it
    try:
        return FileRead(file, reading, read(file))
    except UnreadableReport as error:
        return FileRead(file, reading, failure=error)
    except CorpusError as error:
        return FileRead(file, reading, failure=UnreadableReport(file, str(error)))
    except OSError as error:
        return FileRead(file, reading, failure=UnreadableReport(file, error.strerror or "无法打开文件"))
