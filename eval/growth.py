"""``python -m eval.growth``: how time, memory and disk grow with the number of reports.

Makes copies of the shipped report (eval/copies.py), indexes the first 1, 100, … of them into a temporary folder with
``qa index``, adds one more, and asks questions to one report and over all. Prints a Markdown table and writes it to
``eval/results/growth.md``; exit status 1 when indexing a page takes more than 1.2 times the processor time that it takes
with 100 reports (by the clock, what else the machine does decides), or a question to one report grows faster than the
logarithm of their number.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.index import Index
from eval.asking import Asked
from eval.copies import write_copies

ROOT = Path(__file__).parents[1]
RESULT = Path(__file__).parent / "results" / "growth.md"
SIZES, BASE = (1, 100, 1000, 5000), 100
GOAL_PER_PAGE = 1.2
NOISE = 1.15  # what two measurements of the same may differ by
_SAMPLE_S = 0.25


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a command with all its processes: ``seconds`` by the clock, ``processor`` seconds (those of the clock where the
    system does not tell), bytes of ``memory`` at most."""

    seconds: float
    processor: float
    memory: int


@dataclass(frozen=True, slots=True)
class Grown:
    """An index of ``size`` reports of ``pages`` pages. ``index``, ``more``: what it cost to build, and to add one report;
    ``facts``, ``vectors``: bytes on disk."""

    size: int
    pages: int
    index: Cost
    more: Cost
    facts: int
    vectors: int
    asked: Asked


def grow(size: int, folder: Path, work: Path, jobs: int) -> Grown:
    """Builds the index of the first ``size`` copies in ``folder``, which holds one more, in ``work``; and asks it."""
    reports, data = work / "reports", work / "data"
    reports.mkdir(parents=True)
    *first, extra = sorted(folder.iterdir())[: size + 1]
    for path in first:
        os.link(path, reports / path.name)
    cost = _run([*_index_command(data, jobs), str(reports)])
    index = Index.open(data)
    pages = sum(info.pages for info in index.facts.reports())
    index.close()
    facts, vectors = disk_use(index.build)
    asked = _ask(data, size)
    return Grown(size, pages, cost, _run([*_index_command(data, jobs), str(extra)]), facts, vectors, asked)


def disk_use(build: Path) -> tuple[int, int]:
    """Bytes of a build: (facts and catalogue, vectors)."""
    files = [path for path in build.rglob("*") if path.is_file()]
    vectors = sum(path.stat().st_size for path in files if "passages" in path.relative_to(build).parts)
    return sum(path.stat().st_size for path in files) - vectors, vectors


def failures(grown: Sequence[Grown]) -> Iterator[str]:
    """Sentences about what grows faster than it may, against the size of 100 (or the first that is more than 1)."""
    base = next((each for each in grown if each.size >= BASE), None) or next((g for g in grown if g.size > 1), None)
    for each in grown if base is not None else ():
        assert base is not None
        if each.size <= base.size:
            continue
        ratio = each.index.processor / each.pages / (base.index.processor / base.pages)
        if ratio > GOAL_PER_PAGE:
            yield f"{each.size} reports: indexing a page takes {ratio:.2f} times what it takes with {base.size}"
        allowed = NOISE * math.log(each.size) / math.log(base.size)
        for name, now, then in (
            ("named in the question", each.asked.named[0], base.asked.named[0]),
            ("given by id", each.asked.chosen[0], base.asked.chosen[0]),
            ("asked for the first time", each.asked.first, base.asked.first),
        ):
            if now > allowed * then:
                yield f"{each.size} reports: a question to one, {name}, takes {now / then:.2f} times as long"


def to_markdown(grown: Sequence[Grown]) -> str:
    """The table: a column for each size, each measure with how many times the first size's it is."""
    first = grown[0]
    lines = [
        "| reports | " + " | ".join(f"{each.size:,}" for each in grown) + " |",
        "| --- |" + " ---: |" * len(grown),
    ]
    for name, unit, scale, pick in _MEASURES:
        values = [pick(each) for each in grown]
        cells = [_cell(value, values[0], unit, scale, at == 0) for at, value in enumerate(values)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    pages = f"{first.pages // first.size} pages each; the factor after a figure is against the first column."
    return "\n".join([pages, "", *lines])


_MEASURES = (
    ("indexing, all", "s", 1.0, lambda g: g.index.seconds),
    ("indexing, a report", "ms", 1e3, lambda g: g.index.seconds / g.size),
    ("indexing, a page", "ms", 1e3, lambda g: g.index.seconds / g.pages),
    ("– processor time of all processes", "ms", 1e3, lambda g: g.index.processor / g.pages),
    ("one report more", "s", 1.0, lambda g: g.more.seconds),
    ("memory while indexing, all processes", "MB", 1e-6, lambda g: g.index.memory),
    ("facts on disk, a report", "kB", 1e-3, lambda g: g.facts / g.size),
    ("vectors on disk, a report", "kB", 1e-3, lambda g: g.vectors / g.size),
    ("opening the assistant", "ms", 1e3, lambda g: g.asked.open),
    ("first question to a report", "ms", 1e3, lambda g: g.asked.first),
    ("first question that searches its text", "ms", 1e3, lambda g: g.asked.text),
    ("question to one report named in it, median", "ms", 1e3, lambda g: g.asked.named[0]),
    ("– p99", "ms", 1e3, lambda g: g.asked.named[1]),
    ("question to one report by `--report`, median", "ms", 1e3, lambda g: g.asked.chosen[0]),
    ("– p99", "ms", 1e3, lambda g: g.asked.chosen[1]),
    ("question over all reports, median", "ms", 1e3, lambda g: g.asked.over_all[0]),
    ("– p99", "ms", 1e3, lambda g: g.asked.over_all[1]),
    (
        "ranking of one year (at most 60 reports), first",
        "ms",
        1e3,
        lambda g: g.asked.ranking_first * bool(g.asked.ranked),
    ),
    ("– again, median", "ms", 1e3, lambda g: g.asked.ranking * bool(g.asked.ranked)),
    ("memory while asking", "MB", 1e-6, lambda g: g.asked.memory),
)


def _cell(value: float, first: float, unit: str, scale: float, is_first: bool) -> str:
    if not value:
        return "–"
    shown = f"{value * scale:,.0f}" if value * scale >= 100 else f"{value * scale:.2f}"
    return f"{shown} {unit}" + ("" if is_first or not first else f" (×{value / first:.2f})")


def _index_command(data: Path, jobs: int) -> list[str]:
    return [sys.executable, "-m", "qa", "index", "--data", str(data), "--jobs", str(jobs)]


def _run(command: Sequence[str]) -> Cost:
    """What a command costs. Raises ``RuntimeError`` with its last words where it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said)
        samples = [(0.0, 0)]
        while process.poll() is None:
            samples.append(tree_use(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SAMPLE_S)
        seconds = time.perf_counter() - begun
        if process.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command[1:5])} ended with {process.returncode}: {said.read()[-500:]}")
    return Cost(seconds, max(s for s, _ in samples) or seconds, max(m for _, m in samples))


def tree_use(root: int) -> tuple[float, int]:
    """(processor seconds so far, bytes resident) of a process and all below it, what has ended there included; what
    they share in memory is counted in each. Zeros where there is no /proc."""
    used: dict[int, tuple[int, float]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended
        used[int(stat.parent.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK"))
    below, waiting = {root}, [root]
    while waiting:
        parent = waiting.pop()
        children = [pid for pid, (of, _) in used.items() if of == parent and pid not in below]
        below.update(children)
        waiting += children
    return sum(used[pid][1] for pid in below if pid in used), sum(map(_resident, below))


def _resident(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _ask(data: Path, size: int) -> Asked:
    command = [sys.executable, "-m", "eval.asking", str(data), str(size)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"eval.asking ended with {done.returncode}: {done.stderr[-500:]}")
    plain = json.loads(done.stdout.splitlines()[-1])
    return Asked(**{name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()})


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; exit status 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.growth", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="how many reports (default %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="read at a time (default %(default)s)")
    parser.add_argument("--output", type=Path, default=RESULT, help="where the table goes (default %(default)s)")
    options = parser.parse_args(arguments)
    sizes = sorted({int(size) for size in options.sizes.split(",")})
    with tempfile.TemporaryDirectory(prefix="juesuan-growth-") as folder:
        print(f"making {sizes[-1] + 1} copies…", file=sys.stderr)
        for _ in write_copies(Path(folder) / "copies", sizes[-1] + 1):
            pass
        grown = []
        for size in sizes:
            with tempfile.TemporaryDirectory(prefix=f"{size}-", dir=folder) as work:
                print(f"{size} reports…", file=sys.stderr, flush=True)
                grown.append(grow(size, Path(folder) / "copies", Path(work), options.jobs))
                print(grown[-1], file=sys.stderr, flush=True)
    wrong = list(failures(grown))
    head = f"Copies of one report, `--jobs {options.jobs}`, {os.cpu_count()} cores, one run; "
    last = grown[-1]
    notes = [
        f"- Questions over all {last.size:,} reports: `{last.asked.over_all_status}` (more than 60 are not put side by "
        f"side); the ranking of one year holds {last.asked.ranked} reports.",
        *(f"- Grows too fast: {each}." for each in wrong),
    ]
    page = head + to_markdown(grown) + "\n\n" + "\n".join(notes) + "\n"
    print(page)
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(page, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
