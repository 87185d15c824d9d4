"""Reading in a process of its own, with limits: a file that eats time or memory harms nothing but itself.

A process reads one file after the other, so that what the readers load is loaded once; it is ended with the first file
that it does not survive, and after some dozens in any case. The limits are those of each file.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import Empty, LifoQueue

from corpus.contents import read_contents
from corpus.errors import CorpusError, TooLarge, UnreadableReport
from corpus.stores import ReportContents

SECONDS = 30
MEMORY = 1 << 30  # bytes
_FILES = 50  # read by one process: what pieces of memory it has lost by then comes back

Read = Callable[[Path], ReportContents]


class Reader:
    """Reads files in another process, each with so many seconds and bytes. For one thread at a time."""

    def __init__(self, read: Read = read_contents, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        """``read`` must be a function of a module."""
        self._read, self._seconds, self._memory = read, seconds, memory
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._files = 0

    def __call__(self, path: Path) -> ReportContents:
        """What ``read`` gives for ``path``. Raises UnreadableReport with the reason, that of a limit included."""
        pipe, process = self._started()
        try:
            pipe.send(path)
            if not pipe.poll(self._seconds + 2):
                raise TooLarge(path, f"{self._seconds} 秒内没有读完")
            status, content = pipe.recv()
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            process.join(2)
            reason = f"读取时出错退出（{process.exitcode}），文件可能损坏。请重新取得报告，或设 QA_DEBUG=1 查看详情"
            self.close()
            raise UnreadableReport(path, reason) from error
        except TooLarge:
            self.close()
            raise
        self._files += 1
        if status == "memory" or self._files >= _FILES:
            self.close()
        if status == "done" and isinstance(content, ReportContents):
            return content
        if status == "memory":
            raise TooLarge(path, f"读取时内存超过 {self._memory >> 20} MB")
        raise UnreadableReport(path, str(content))

    def close(self) -> None:
        """End the process; the next file starts another."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process, self._pipe, self._files = None, None, 0

    def _started(self) -> tuple[Connection, BaseProcess]:
        if self._pipe is None or self._process is None:
            context = _context()
            self._pipe, theirs = context.Pipe()
            arguments = (theirs, self._read, self._seconds, self._memory)
            self._process = context.Process(target=_serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
            self._process.start()
            theirs.close()
        return self._pipe, self._process


def read_within_limits(
    path: Path, *, read: Read = read_contents, seconds: int = SECONDS, memory: int = MEMORY
) -> ReportContents:
    """What ``read`` gives for ``path``, read in a process for this file alone; see ``Reader``."""
    reader = Reader(read, seconds, memory)
    try:
        return reader(path)
    finally:
        reader.close()


@contextmanager
def readers() -> Iterator[Read]:
    """A function that reads within limits, for any number of threads: as many processes as read at the same time."""
    idle: LifoQueue[Reader] = LifoQueue()

    def read(path: Path) -> ReportContents:
        try:
            reader = idle.get_nowait()
        except Empty:
            reader = Reader()
        try:
            return reader(path)
        finally:
            idle.put(reader)

    try:
        yield read
    finally:
        while not idle.empty():
            idle.get_nowait().close()


def _context() -> BaseContext:
    """A server that has the readers loaded and gives a fresh copy of itself for each process, where there is one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["corpus.contents"])
    return context


def _serve(pipe: Connection, read: Read, seconds: int, memory: int) -> None:
    """Answers paths with what ``read`` makes of them, until the other end is closed.

    What goes wrong here that nobody foresaw ends the process; its traceback is shown only with QA_DEBUG=1.
    """
    if os.environ.get("QA_DEBUG", "") in {"", "0"}:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  as long as the process lives
    while True:
        try:
            path = pipe.recv()
        except (EOFError, ConnectionResetError):
            return
        _limit(seconds, memory)
        pipe.send(_outcome(read, path))


def _outcome(read: Read, path: Path) -> tuple[str, object]:
    try:
        return "done", read(path)
    except UnreadableReport as error:
        return "refused", error.reason
    except CorpusError as error:
        return "refused", str(error)
    except OSError as error:
        return "refused", error.strerror or "无法打开文件"
    except MemoryError:
        return "memory", ""
    except RecursionError:
        return "refused", "文件的结构嵌套过深。请检查它是不是一份报告"


def _limit(seconds: int, memory: int) -> None:
    """Limits of the operating system for the next file, where it knows them: counted from what is used up already."""
    with suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))
