"""What the kinds of question answer from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus.stores import Facts
from qa.catalogue import Catalogue
from qa.retrieve import Hit

Search = Callable[[str, int], tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One report: its facts by name, its store, and a search over its passages (opened when first used)."""

    catalogue: Catalogue
    store: Facts
    search: Search

    @property
    def report(self) -> str:
        """The report's id."""
        return self.catalogue.info.id
