"""The passage search and the embedding model in LangChain's terms: for chains that other people write.

Kept apart from ``qa.retrieve`` because importing LangChain costs half a second that a question does not need.
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.embedding import Embedder
from qa.retrieve import Hit, PassageSearch


class PassageRetriever(BaseRetriever):
    """``PassageSearch`` of one report as a LangChain retriever: a passage's text is the page's content."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: PassageSearch
    report: str
    k: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [hit_to_document(hit) for hit in self.search.search(query, self.report, self.k)]


def hit_to_document(hit: Hit) -> Document:
    """A LangChain document whose metadata says where the passage stands."""
    passage = hit.passage
    metadata = {
        "report": passage.report,
        "section": " › ".join(passage.path),
        "title": passage.title,
        "page": passage.page,
        "line": passage.line,
        "last_line": passage.last_line,
        "score": hit.score,
    }
    return Document(page_content=passage.text, metadata=metadata, id=passage.id)


class LangChainEmbeddings(Embeddings):
    """An ``Embedder`` where LangChain wants ``Embeddings``."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text."""
        return self._embedder.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self._embedder.embed_query(text)
