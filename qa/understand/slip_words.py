"""What a mistyped word may have been meant for."""

from __future__ import annotations

from functools import cache

from corpus.taxonomy import taxonomy
from qa.catalogue import Catalogue
from qa.understand.normalise import normalise_name
from qa.understand.spoken import spoken_forms
from qa.understand.words import grammar


def slip_surfaces(catalogue: Catalogue) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The surfaces a mistyped word may have been meant for (names this report holds, measures); and its printed labels."""
    held = set(catalogue.vocabulary)
    entries = [e for e in taxonomy().entries if e.name in held]
    labels = {form for entry in entries for printed in entry.names for form in spoken_forms(printed)}
    labels |= {form for entry in catalogue.entries for form in spoken_forms(entry.fact.item)}
    words = {normalise_name(w) for entry in entries for w in entry.everyday}
    return tuple(labels | words | _shared_slips()), tuple(labels)


_PLAIN_OPS = frozenset({("op", "times"), ("filler", "total"), ("op", "sum"), ("op", "up"), ("op", "down")})


@cache
def _shared_slips() -> frozenset[str]:
    """What a mistyped word may have been meant for whatever the report: measures and words of the grammar."""
    words = {normalise_name(w) for m in taxonomy().measures for w in m.words}
    words |= {
        word
        for kind, value, word in grammar()
        if kind in {"named", "section", "ask", "count"} or (kind, value) in _PLAIN_OPS
    }
    return frozenset(words)
