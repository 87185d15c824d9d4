"""Reading in a process of its own, with limits: a file that eats time or memory harms nothing but itself."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

from corpus.contents import read_contents
from corpus.errors import CorpusError, TooLarge, UnreadableReport
from corpus.stores import ReportContents

SECONDS = 30
MEMORY = 1 << 30  # bytes

Read = Callable[[Path], ReportContents]


def read_within_limits(
    path: Path, *, read: Read = read_contents, seconds: int = SECONDS, memory: int = MEMORY
) -> ReportContents:
    """What ``read`` gives for ``path``, read in another process that may take so many seconds and bytes.

    ``read`` must be a function of a module. Raises UnreadableReport with the reason, that of a limit included.
    """
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, read, path, seconds, memory), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds + 2):
            raise TooLarge(path, f"{seconds} 秒内没有读完")
        status, content = ours.recv()
    except EOFError as error:
        process.join(2)
        raise UnreadableReport(
            path, f"读取时出错退出（{process.exitcode}），文件可能损坏。请重新取得报告，或设 QA_DEBUG=1 查看详情"
        ) from error
    finally:
        ours.close()
        process.kill()
        process.join()
    if status == "done" and isinstance(content, ReportContents):
        return content
    if status == "memory":
        raise TooLarge(path, f"读取时内存超过 {memory >> 20} MB")
    raise UnreadableReport(path, str(content))


def _context() -> BaseContext:
    """A server that has the readers loaded and gives a fresh copy of itself for each file, where there is one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["corpus.contents"])
    return context


def _run(out: Connection, read: Read, path: Path, seconds: int, memory: int) -> None:
    """What goes wrong here that nobody foresaw ends the process; its traceback is shown only with QA_DEBUG=1."""
    if os.environ.get("QA_DEBUG", "") in {"", "0"}:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  as long as the process lives
    _limit(seconds, memory)
    try:
        result: tuple[str, object] = ("done", read(path))
    except UnreadableReport as error:
        result = ("refused", error.reason)
    except CorpusError as error:
        result = ("refused", str(error))
    except OSError as error:
        result = ("refused", error.strerror or "无法打开文件")
    except MemoryError:
        result = ("memory", "")
    except RecursionError:
        result = ("refused", "文件的结构嵌套过深。请检查它是不是一份报告")
    out.send(result)
    out.close()


def _limit(seconds: int, memory: int) -> None:
    """Limits of the operating system, where it knows them."""
    with suppress(ImportError):
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
