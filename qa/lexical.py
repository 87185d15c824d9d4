"""BM25 over single characters and pairs of them: Chinese needs no segmenter, and none knows these words.

The query is widened by what people call things: a question that holds an everyday name or a cue
of a topic (corpus/taxonomy) is searched for the report's own words too, at less weight.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import bm25s
import numpy as np

from corpus.embedding.topics import load_names, load_topics
from corpus.passages import Passage

_RUN = re.compile(r"[^\W_]+")
# How often a passage's title and headings are counted, beside its body.
TITLE_WEIGHT, PATH_WEIGHT = 2, 1
# What a word of the report's that the question only implies counts, beside a word of the question: 1.
IMPLIED_WEIGHT = 0.5


class LexicalIndex:
    """BM25 over the passages of one report."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        if self.passages:
            self._bm25.index([passage_to_tokens(passage) for passage in passages], show_progress=False)

    def rank(self, query: str) -> list[str]:
        """Ids of the passages that share a token with the query, best first, equals in the report's order."""
        if not self.passages:
            return []
        scores = self._scores(tokens_of(query))
        for phrase in implied(normalize(query)):
            scores = scores + IMPLIED_WEIGHT * self._scores(tokens_of(phrase))
        order = np.argsort(-np.round(scores, 6), kind="stable")
        return [self.passages[at].id for at in order if scores[at] > 0]

    def _scores(self, tokens: list[str]) -> np.ndarray:
        known = [token for token in tokens if token in self._bm25.vocab_dict]
        if not known:
            return np.zeros(len(self.passages), dtype=np.float32)
        return self._bm25.get_scores(known)


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
    return list(_tokens(normalize(text)))


def normalize(text: str) -> str:
    """Full-width forms to half-width, lower case, nothing else."""
    return unicodedata.normalize("NFKC", text).lower()


def _tokens(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        for part in re.findall(r"[0-9a-z]+|[^0-9a-z]+", run):
            if part[0].isascii():
                yield part
                continue
            yield from part
            yield from (part[at : at + 2] for at in range(len(part) - 1))


def implied(query: str) -> tuple[str, ...]:
    """The report's own words for what a normalised query says otherwise; each once, longest cue first."""
    found = [(cue, terms) for cue, terms in _cues() if cue in query]
    return tuple(dict.fromkeys(term for _, terms in found for term in terms if term not in query))


@cache
def _cues() -> tuple[tuple[str, tuple[str, ...]], ...]:
    cues: dict[str, list[str]] = {}
    for name in load_names():
        for wording in name.everyday:
            cues.setdefault(normalize(wording), []).append(name.official)
    for topic in load_topics():
        for cue in topic.cues:
            cues.setdefault(normalize(cue), []).extend(topic.terms[:2])
    return tuple(
        sorted(((cue, tuple(terms)) for cue, terms in cues.items()), key=lambda pair: (-len(pair[0]), pair[0]))
    )
