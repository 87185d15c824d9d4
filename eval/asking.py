"""``python -m eval.asking DATA N``: how long the questions take over the index in DATA, which holds the first N copies.

Run by ``eval.growth`` in a process of its own, so that its memory is its own. Prints one line of JSON, an ``Asked``.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# Before chromadb is imported: it reads these once.
os.environ |= {"ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1"}

from eval.copies import GROUP_YEAR, Copy, copy_of
from qa.assistant import Assistant
from qa.settings import load_settings

FIGURES = (
    "公务接待费花了多少？", "因公出国（境）费的决算数是多少？", "支出合计是多少？", "公务接待费占三公经费的多少？",
    "基本支出比项目支出多多少？", "印刷费多少", "住房公积金的年初预算是多少？", "三公经费比上年减少了多少？",
)  # fmt: skip
TEXTS = ("洋山办事处是干什么的？", "公务接待费减少的原因是什么？", "主要职能有哪些？")
OVER_ALL = ("哪个部门的公务接待费最高？", "各部门公务接待费一共多少？", "各部门的公务接待费比一比")
RANKING = f"{GROUP_YEAR}年各部门公务接待费从高到低"
_SAMPLE = 40  # reports asked, spread over the index
_OPENINGS, _AGAIN = 3, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds, and bytes of memory at most. ``open``: from the call to an assistant that answers.

    ``first``: the first question to a report (its names are gathered then), ``text``: the first that searches its
    passages; 0 where there is only the one report that is open from the start. ``named``, ``chosen``: the questions
    after it, the report named in the question or by its id: (median, p99). ``over_all``: questions over all reports;
    ``ranking_first``, ``ranking``: a ranking of the reports of one year, ``ranked`` of them, and once more.
    """

    open: float
    first: float
    text: float
    named: tuple[float, float]
    chosen: tuple[float, float]
    over_all: tuple[float, float]
    over_all_status: str
    ranking_first: float
    ranking: float
    ranked: int
    memory: int


def ask_all(data: Path, count: int) -> Asked:
    """Asks over the index of the first ``count`` copies."""
    settings = load_settings(data_dir=data)
    openings = [_seconds(lambda: Assistant.open(settings)) for _ in range(_OPENINGS)]
    assistant = Assistant.open(settings)
    copies = [copy_of(at * count // min(count, _SAMPLE)) for at in range(min(count, _SAMPLE))]
    _ask(assistant, _named(copies[-1], TEXTS[0]))  # loads what searches need
    first, texts, named, chosen = [], [], [], []
    for copy in copies[:-1]:
        first.append(_ask(assistant, _named(copy, FIGURES[0])))
        texts.append(_ask(assistant, _named(copy, TEXTS[0])))
    for copy in copies * (_SAMPLE // len(copies)):
        for question in (*FIGURES, *TEXTS):
            named.append(_ask(assistant, _named(copy, question)))
            chosen.append(_ask(assistant, question, copy.id))
    over_all = [_ask(assistant, question) for question in OVER_ALL * _AGAIN] if count > 1 else []
    ranking_first = _ask(assistant, RANKING)
    ranking = [_ask(assistant, RANKING) for _ in range(_AGAIN)]
    answer = assistant.ask(RANKING)
    return Asked(
        statistics.median(openings), _middle(first), _middle(texts), _spread(named), _spread(chosen), _spread(over_all),
        assistant.ask(OVER_ALL[0]).status, ranking_first, _middle(ranking), len({c.report for c in answer.citations}),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )  # fmt: skip


def _named(copy: Copy, question: str) -> str:
    return f"{copy.department}{copy.year}年{question}"


def _ask(assistant: Assistant, question: str, report: str | None = None) -> float:
    return _seconds(lambda: assistant.ask(question, (), report))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _middle(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) if seconds else 0.0


def _spread(seconds: Sequence[float]) -> tuple[float, float]:
    if len(seconds) < 2:
        return _middle(seconds), _middle(seconds)
    return statistics.median(seconds), statistics.quantiles(seconds, n=100, method="inclusive")[98]


if __name__ == "__main__":
    print(json.dumps(asdict(ask_all(Path(sys.argv[1]), int(sys.argv[2])))))
