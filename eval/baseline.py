"""The pipeline most people would write, to compare with: split the text, embed, take the four nearest pieces.

LangChain's RecursiveCharacterTextSplitter (500 characters, 50 of overlap) into Chroma with the same embedding
model; no language model. It gives passages and no answer, so what is measured is whether a reader of
the four could tell the figure.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.facts import Fact

SIZE, OVERLAP, TOP = 500, 50, 4
_BLANKS = re.compile(r"\s+")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it stands in the report: ``figure`` as printed, and the words without which it says nothing."""

    figure: str
    row: str
    table: str
    column: str


def fact_to_printed(fact: Fact) -> Printed:
    """The fact's figure and words as printed; of a sentence the name only."""
    figure = _FIGURE.match(fact.text[max(fact.start, 0) :])
    column = fact.column.split(" › ")[-1] if fact.table else ""
    return Printed(figure.group() if figure else fact.text, fact.row, fact.table or "", column)


class Baseline:
    """The four nearest pieces of one report's text."""

    def __init__(self, text: str, embeddings: Embeddings) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP)
        self.pieces = splitter.split_text(text)
        self._store = Chroma("baseline", embedding_function=embeddings, collection_metadata={"hnsw:space": "cosine"})
        self._store.add_texts(self.pieces)

    def ask(self, question: str) -> list[str]:
        """The pieces a language model would be given."""
        return [document.page_content for document in self._store.similarity_search(question, k=TOP)]


def identifies(pieces: list[str], printed: Printed) -> bool:
    """Strict: one of the pieces holds the figure, its row's name, its table's title and its column's header.

    Of a figure in a sentence there is a name only; blanks and line breaks never count.
    """
    words = [squeeze(each) for each in (printed.row, printed.table, printed.column) if each]
    return any(contains(piece, printed.figure) and all(word in squeeze(piece) for word in words) for piece in pieces)


def contains(piece: str, figure: str) -> bool:
    """The figure stands in the piece as a number of its own, not as a part of another."""
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d.,]*\d)", piece) is not None


def squeeze(text: str) -> str:
    """Without any blank: names wrap over lines."""
    return _BLANKS.sub("", text)
