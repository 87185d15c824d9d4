"""``python -m eval.bench``: the pipeline most people would write and this one, in one process over one report.

The questions: those of the scripted set with one turn and one printed figure as the answer. Prints a
Markdown table and writes it to ``eval/results/bench.md``; exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

# Before chromadb and gradio are imported: they read these once.
os.environ |= {"ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1", "GRADIO_ANALYTICS_ENABLED": "False"}

from corpus.facts import Fact
from corpus.index import Index
from eval.baseline import OVERLAP, SIZE, TOP, Baseline, Printed, contains, fact_to_printed, identifies
from eval.cases import Case, Gold, load_cases
from eval.grade import Verdict, grade_case
from eval.pdf_speed import pdf_speed
from eval.retrieval import open_settings_embedder
from eval.startup import batch_rate, startup_ratio
from qa.assistant import Assistant
from qa.retriever import LangChainEmbeddings
from qa.settings import Settings, load_settings

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
RESULT = Path(__file__).parent / "results" / "bench.md"
T = TypeVar("T")
Graded = tuple[Case, Verdict]
GOAL_RATIO, GOAL_RATE = 1.5, 200.0


@dataclass(frozen=True, slots=True)
class Question:
    """A numeric question, its gold, and how the gold stands in the report, at each place where it may be cited."""

    case: Case
    golds: tuple[Gold, ...]
    printed: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds a question: ``median``, ``p99``, and questions a second over them all."""

    median: float
    p99: float
    rate: float


def numeric_questions(cases: Iterable[Case], facts: Sequence[Fact]) -> tuple[Question, ...]:
    """Questions with one turn and exactly one figure to assert, which the report prints. Raises ValueError if none."""
    questions = []
    for case in cases:
        expect = case.expect[0]
        if case.category == "retrieval" or len(case.turns) > 1 or expect.status != {"answered"}:
            continue
        golds = expect.figures[0] if len(expect.figures) == 1 else ()
        if golds and all(gold.value is not None and not gold.computed for gold in golds):
            places = [fact_to_printed(fact) for gold in golds for fact in facts if stands_for(fact, gold)]
            questions.append(Question(case, golds, tuple(dict.fromkeys(places))))
    if not questions:
        raise ValueError("eval/cases holds no numeric question")
    return tuple(questions)


def stands_for(fact: Fact, gold: Gold) -> bool:
    """The fact is that figure at one of its places."""
    return fact.value == gold.value and fact.unit == gold.unit and fact.line in gold.lines


def time_each(ask: Callable[[str], T], questions: Sequence[Question]) -> tuple[list[T], Timing]:
    """Ask each question once, after one to warm up."""
    ask(questions[0].case.turns[0])
    answers, seconds = [], []
    for question in questions:
        begun = time.perf_counter()
        answers.append(ask(question.case.turns[0]))
        seconds.append(time.perf_counter() - begun)
    p99 = statistics.quantiles(seconds, n=100)[98] if len(seconds) > 1 else seconds[0]
    return answers, Timing(statistics.median(seconds), p99, len(seconds) / sum(seconds))


def compare(
    settings: Settings, questions: Sequence[Question], text: str
) -> tuple[list[str], list[tuple[Case, Verdict]]]:
    """The rows of the table, and the questions that ours got wrong."""
    baseline = Baseline(text, LangChainEmbeddings(open_settings_embedder(settings)))
    pieces, theirs = time_each(baseline.ask, questions)
    found = list(zip(pieces, questions, strict=True))
    strict = share(any(identifies(four, place) for place in q.printed) for four, q in found)
    loose = share(any(contains(piece, place.figure) for piece in four for place in q.printed) for four, q in found)
    assistant = Assistant.open(settings)
    answers, ours = time_each(assistant.ask, questions)
    graded = [(q.case, grade_case(q.case, [a.to_json()])) for q, a in zip(questions, answers, strict=True)]
    wrong = [(case, verdict) for case, verdict in graded if verdict.outcome != "right"]
    rows = [
        _row(f"split {SIZE}/{OVERLAP}, Chroma, top {TOP}: figure, row, table and column together", strict, theirs),
        _row(f"split {SIZE}/{OVERLAP}, Chroma, top {TOP}: the figure is somewhere in the {TOP}", loose, theirs),
        _row("Juesuan: asserted, right and cited", share(v.outcome == "right" for _, v in graded), ours),
    ]
    return rows, wrong


def share(hits: Iterable[bool]) -> float:
    """How many of them are true, from 0 to 1."""
    known = list(hits)
    return sum(known) / len(known)


def _row(name: str, hit: float, timing: Timing) -> str:
    return (
        f"| {name} | {100 * hit:.1f} % | {1000 * timing.median:.2f} ms | {1000 * timing.p99:.2f} ms "
        f"| {timing.rate:.0f} |"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; exit status 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--no-startup", action="store_true", help="leave out what starts processes")
    options = parser.parse_args(arguments)
    settings = load_settings()
    index = Index.open(settings.data_dir)
    try:
        info = next(r for r in index.facts.reports() if r.id == settings.report or not settings.report)
        questions = numeric_questions(load_cases(), index.facts.facts(info.id))
    finally:
        index.close()
    rows, wrong = compare(settings, questions, (REPORTS / info.file).read_text(encoding="utf-8"))
    head = f"{len(questions)} numeric questions over {info.id}, each asked once, one process; {os.cpu_count()} cores."
    table = ["| pipeline | identified | median | p99 | questions/s |", "| --- | ---: | ---: | ---: | ---: |", *rows]
    parts, reached = ([], True) if options.no_startup else processes(settings, questions)
    pdfs, fast = ([], True) if options.no_startup else pdf_speed()
    page = "\n".join([head, "", *table, "", *parts, "", *pdfs]).rstrip() + "\n"
    print(page)
    for case, verdict in wrong:
        print(f"{case.id} [{verdict.outcome}] {case.turns[0]}: {verdict.why}", file=sys.stderr)
    if not options.no_startup:  # a part of the page is not the page
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(page, encoding="utf-8")
    return 0 if reached and fast and not wrong else 1


def processes(settings: Settings, questions: Sequence[Question]) -> tuple[list[str], bool]:
    """What is measured from outside: the batch and the first page; and whether both goals are reached."""
    print("starting processes…", file=sys.stderr)
    rate = batch_rate([q.case.turns[0] for q in questions], settings.data_dir)
    ours, bare = startup_ratio()
    lines = [
        f"- `python -m qa ask --batch`: {rate:.0f} numeric questions a second, once loaded (goal {GOAL_RATE:.0f}).",
        f"- First page of `app.py` after {ours:.2f} s, of a bare Gradio ChatInterface after {bare:.2f} s: "
        f"{ours / bare:.2f} times (goal at most {GOAL_RATIO}).",
    ]
    return lines, rate >= GOAL_RATE and ours / bare <= GOAL_RATIO


if __name__ == "__main__":
    sys.exit(main())
