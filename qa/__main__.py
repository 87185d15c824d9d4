"""python -m qa …: see qa/cli.py."""

from __future__ import annotations

import os
import sys
from types import TracebackType

from qa.cli import main


def _say_sorry(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """What the user sees of a mistake in the program itself; QA_DEBUG=1 shows all of it."""
    if os.environ.get("QA_DEBUG"):
        sys.__excepthook__(kind, error, at)
        return
    print(f"程序内部错误（{kind.__name__}: {error}）。设 QA_DEBUG=1 再运行可看到详情，请据此报告。", file=sys.stderr)


if __name__ == "__main__":
    sys.excepthook = _say_sorry
    sys.exit(main())
