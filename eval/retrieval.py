"""``python -m eval.retrieval [--misses]``: which way of searching finds the passage, over the retrieval cases.

A hit: a passage that covers one of the case's gold lines. R@k: share of questions with a hit among the
first k; MRR: mean of 1/rank of the first hit. Prints a Markdown table and writes it to
``eval/results/retrieval.md``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.embedding import Embedder, open_embedder
from corpus.embedding.pairs import read_pairs
from corpus.index import Index
from corpus.passages import Passage
from eval.cases import Case, load_cases
from qa.retrieve import DEPTH, PassageSearch
from qa.settings import Settings, load_settings

RESULT = Path(__file__).parent / "results" / "retrieval.md"
GOAL_AT_1, GOAL_AT_5 = 0.90, 0.98
Ranker = Callable[[str], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Score:
    """One way of searching, measured. ``misses``: the cases whose first passage is not a hit, with the hit's rank."""

    name: str
    at_1: float
    at_5: float
    mean_reciprocal: float
    misses: tuple[tuple[Case, int | None], ...]


def rank_of_gold(found: Iterable[Passage], lines: Iterable[int]) -> int | None:
    """Rank, from 1, of the first passage that covers one of the lines; None when there is none."""
    gold = frozenset(lines)
    for rank, passage in enumerate(found, 1):
        if any(passage.line <= line <= passage.last_line for line in gold):
            return rank
    return None


def measure(name: str, ranker: Ranker, cases: Sequence[Case]) -> Score:
    """Ask every case of the ranker. Raises ValueError when there is no case."""
    if not cases:
        raise ValueError("no retrieval cases: eval/cases holds none of the category")
    ranks = [rank_of_gold(ranker(case.turns[0]), case.expect[0].cited) for case in cases]
    total = len(cases)
    return Score(
        name,
        sum(rank == 1 for rank in ranks) / total,
        sum(rank is not None and rank <= 5 for rank in ranks) / total,
        sum(1 / rank for rank in ranks if rank) / total,
        tuple((case, rank) for case, rank in zip(cases, ranks, strict=True) if rank != 1),
    )


def scores_to_markdown(scores: Sequence[Score], questions: int, passages: int) -> str:
    """The table, with what it was measured over."""
    rows = [f"| {s.name} | {s.at_1:.2f} | {s.at_5:.2f} | {s.mean_reciprocal:.2f} |" for s in scores]
    head = f"{questions} text questions, written by hand, unseen in training; {passages} passages of one report."
    return "\n".join([head, "", "| search | R@1 | R@5 | MRR |", "| --- | --- | --- | --- |", *rows]) + "\n"


def retrieval_cases() -> tuple[Case, ...]:
    """The cases that are searched, not asked."""
    return tuple(case for case in load_cases() if case.category == "retrieval")


def unseen(cases: Sequence[Case], trained_on: Iterable[str]) -> tuple[Case, ...]:
    """Without those whose question, spaces and end marks aside, is a text the embedding model was trained on.

    A name that is asked for as it is printed (「国有资本经营预算」) is one of the names the model learns.
    """
    seen = {bare(text) for text in trained_on}
    return tuple(case for case in cases if bare(case.turns[0]) not in seen)


def bare(text: str) -> str:
    """The text without blanks and the marks at its end."""
    return "".join(text.split()).rstrip("？?。！!")


def rankers(search: PassageSearch, report: str) -> dict[str, Ranker]:
    """The ways of searching that are compared, of which the last is the one in use."""
    return {
        "BM25, characters and pairs": lambda question: search.by_words(question, report),
        "static embedding": lambda question: search.by_meaning(question, report),
        "fused 2:1": lambda question: [hit.passage for hit in search.search(question, report, DEPTH)],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure over the index; exit status 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name the questions whose first passage is not a hit")
    options = parser.parse_args(arguments)
    settings = load_settings()
    index = Index.open(settings.data_dir)
    try:
        report = settings.report or index.facts.reports()[0].id
        search = PassageSearch(index.passages, open_settings_embedder(settings))
        texts = (text for pair in read_pairs() for text in (pair.question, pair.passage))
        cases = unseen(retrieval_cases(), texts)
        scores = [measure(name, ranker, cases) for name, ranker in rankers(search, report).items()]
        table = scores_to_markdown(scores, len(cases), len(index.passages.all(report)))
    finally:
        index.close()
    print(table)
    missed = [f"- {c.turns[0]} (gold {c.line}: rank {rank or 'none'})" for c, rank in scores[-1].misses]
    table += "\n".join(["", "Not found first by the fused search:", "", *missed]) + "\n"
    if options.misses:
        print("\n".join(missed))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(table, encoding="utf-8")
    return 0 if scores[-1].at_1 >= GOAL_AT_1 and scores[-1].at_5 >= GOAL_AT_5 else 1


def open_settings_embedder(settings: Settings) -> Embedder:
    """The embedding model the settings name."""
    return open_embedder(
        settings.embedding_model,
        query_prompt=settings.embedding_query_prompt,
        normalize=settings.embedding_normalize,
    )


if __name__ == "__main__":
    sys.exit(main())
