"""Run by test_index.py in a process of its own: builds that are killed at many points, and what serves afterwards.

Usage: python -m tests.corpus.killed_builds DATA POINTS. DATA holds an index of ``sample_contents()``. For each of
POINTS moments, spread evenly over the calls that a whole build makes, a child starts to build another report over it
and is killed (SIGKILL) there. Prints a JSON list: for each moment the figure that is then served, as a child reads it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import chromadb  # noqa: F401 - loaded before the children are forked, so that each need not

from corpus.build import build_index
from corpus.index import Index
from tests.corpus.samples import CharacterModel, sample_contents

NEW = "2,000.20"


def build_new(data: Path) -> None:
    build_index(
        [Path("sample-2016.txt")],
        data,
        CharacterModel(),
        keep_others=False,
        progress=lambda _: None,
        read=lambda path: sample_contents(figure=NEW),
    )


def serve(data: Path) -> str:
    """The first figure and a passage found, as a reader sees them."""
    index = Index.open(data)
    figure = str(index.facts.facts()[0].value)
    passage = index.passages.all()[0]
    found = index.passages.nearest(CharacterModel().embed_query(passage.text), None, 1)
    assert found[0][0] == passage.id
    return figure


class Calls:
    """Counts the calls made from the house's own code; kills this process at the one of number ``fatal``."""

    def __init__(self, fatal: int) -> None:
        self.count, self.fatal = 0, fatal

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event in ("call", "c_call") and f"{os.sep}corpus{os.sep}" in frame.f_code.co_filename:
            self.count += 1
            if self.count == self.fatal:
                os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Any) -> tuple[int, str]:
    """(exit status or minus the signal, what ``work`` returned) of a forked child."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(work()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def counted(data: Path, fatal: int) -> int:
    calls = Calls(fatal)
    sys.setprofile(calls)
    build_new(data)
    sys.setprofile(None)
    return calls.count


def main() -> None:
    data, points = Path(sys.argv[1]), int(sys.argv[2])
    status, said = in_child(lambda: counted(data.with_name("whole"), 0))
    assert status == 0
    total, results = int(said), []
    for point in range(points):
        status, _ = in_child(lambda fatal=1 + point * total // points: counted(data, fatal))
        served = in_child(lambda: serve(data))
        results.append({"killed": status == -signal.SIGKILL, "read": served[0] == 0, "figure": served[1]})
    print(json.dumps(results))


if __name__ == "__main__":
    main()
