"""BM25 over single characters and pairs of them: Chinese needs no segmenter, and none knows these words.

The query is widened by what people call things: a question that holds an everyday name or a cue
of a topic (corpus/taxonomy) is searched for the report's own words too, at less weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import bm25s  # type: ignore[import-untyped]
import numpy as np

from corpus.embedding.topics import load_names, load_topics
from corpus.passages import Passage
from qa.understand.normalise import normalise

_RUN = re.compile(r"[^\W_]+")
# How often a passage's title and headings are counted, beside its body.
TITLE_WEIGHT, PATH_WEIGHT = 2, 1
# What a word of the report's that the question only implies counts, beside a word of the question: 1.
IMPLIED_WEIGHT = 0.5
SINGLE_WEIGHT = 0.6
# BM25's own: a word said again in a passage tells little, and long passages are held back somewhat.
K1, B = 0.6, 0.6
# Questions about figures are answered from the facts; who searches wants sentences, unless he says 表.
# Cells repeat every name a report has, so without this they stand before the sentence that says it.
CELLS_WEIGHT = 0.7
TABLE_WORD = "表"


class LexicalIndex:
    """BM25 over the passages of one report."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self._bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        if self.passages:
            self._bm25.index([passage_to_tokens(passage) for passage in passages], show_progress=False)
        self._cells = frozenset(passage.id for passage in passages if passage.kind in ("table", "row-group"))

    def prior(self, id: str, query: str) -> float:
        """What a passage counts before a word of it is looked at."""
        return CELLS_WEIGHT if id in self._cells and TABLE_WORD not in query else 1.0

    def rank(self, query: str) -> list[str]:
        """Ids of the passages that share a token with the query, best first, equals in the report's order."""
        if not self.passages:
            return []
        query = normalise(query)
        scores = self._scores(query)
        for terms in implied(query):
            for term in terms:
                scores = scores + IMPLIED_WEIGHT / len(terms) * self._scores(term)
        scores = scores * np.array([self.prior(passage.id, query) for passage in self.passages], dtype=np.float32)
        order = np.argsort(-np.round(scores, 6), kind="stable")
        return [self.passages[at].id for at in order if scores[at] > 0]

    def passages_of(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids, in their order."""
        by_id = {passage.id: passage for passage in self.passages}
        return [by_id[id_] for id_ in ids]

    def _scores(self, text: str) -> np.ndarray:
        total = np.zeros(len(self.passages), dtype=np.float32)
        tokens = [token for token in tokens_of(text) if token in self._bm25.vocab_dict]
        for weight, some in (
            (SINGLE_WEIGHT, [token for token in tokens if is_single(token)]),
            (1.0, [token for token in tokens if not is_single(token)]),
        ):
            if some:
                total += weight * self._bm25.get_scores(some)
        return total


def is_single(token: str) -> bool:
    """One Chinese character: half a word, so it counts less than two together."""
    return len(token) == 1 and not token.isascii()


def passage_to_tokens(passage: Passage) -> list[str]:
    """The body's tokens, and the title's and headings' as often as they weigh."""
    path = " ".join(passage.path)
    return [
        *tokens_of(passage.body),
        *(tokens_of(passage.title) * TITLE_WEIGHT),
        *(tokens_of(path) * PATH_WEIGHT),
    ]


def tokens_of(text: str) -> list[str]:
    """Characters and pairs of neighbouring ones, never over punctuation; a number or Latin word stays whole."""
    return list(_tokens(normalise(text)))


def _tokens(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        for part in re.findall(r"[0-9a-z]+|[^0-9a-z]+", run):
            if part[0].isascii():
                yield part
                continue
            yield from part
            yield from (part[at : at + 2] for at in range(len(part) - 1))


def implied(query: str) -> tuple[tuple[str, ...], ...]:
    """The report's own words for what a normalised query says otherwise, one group a cue.

    Longer wordings first, and what one has used no shorter one sees: 「绩效评价」 does not imply 绩效工资
    by its 「绩效」. An official name uses its characters and implies nothing.
    """
    used = [False] * len(query)
    groups: list[tuple[str, ...]] = []
    for cue, start in _wordings_in(query):
        if any(used[start : start + len(cue)]):
            continue
        used[start : start + len(cue)] = [True] * len(cue)
        fresh = tuple(term for term in _cues()[cue] if term not in query)
        if fresh and fresh not in groups:
            groups.append(fresh)
    return tuple(groups)


def _wordings_in(query: str) -> list[tuple[str, int]]:
    """(wording, where it begins) of every known wording in the query, the longest first, then from left to right."""
    found = [
        (cue, start)
        for start in range(len(query) - 1)
        for cue in _cues_by_start().get(query[start : start + 2], ())
        if query.startswith(cue, start) and _is_whole(query, start, cue)
    ]
    return sorted(found, key=lambda each: (-len(each[0]), each[1]))


def _is_whole(query: str, start: int, cue: str) -> bool:
    """A Latin cue must begin where a word begins; it may be the stem of a longer one."""
    return not cue[0].isascii() or start == 0 or not query[start - 1].isalnum()


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    """Normalised wording -> the report's words it implies; none for an official name."""
    cues: dict[str, list[str]] = {}
    for name in load_names():
        cues.setdefault(normalise(name.official), [])
        for wording in name.everyday:
            cues.setdefault(normalise(wording), []).append(name.official)
    for topic in load_topics():
        for cue in topic.cues:
            cues.setdefault(normalise(cue), []).extend(topic.terms[:2])
    return {cue: tuple(dict.fromkeys(map(normalise, terms))) for cue, terms in cues.items() if len(cue) > 1}


@cache
def _cues_by_start() -> dict[str, list[str]]:
    starts: dict[str, list[str]] = {}
    for cue in _cues():
        starts.setdefault(cue[:2], []).append(cue)
    return starts
