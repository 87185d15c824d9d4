"""Advisory locks on files, given back by the system when their process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType


class FileLock:
    """A lock on ``path``, held from ``acquire`` to ``release``.

    ``shared``: any number of holders together (the file is only opened for reading); otherwise one alone.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        """An exclusive lock makes the file if it is missing; a shared one needs it to be there."""
        self.path, self._shared = path, shared
        self._file: int | None = None

    def acquire(self) -> bool:
        """True when the lock is held now, False when another process has it. Never waits.

        Raises ``FileNotFoundError`` for a shared lock on a missing file.
        """
        flags = os.O_RDONLY if self._shared else os.O_RDWR | os.O_CREAT
        file = os.open(self.path, flags | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if self._shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back; more than once does no harm."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()
