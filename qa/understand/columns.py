"""「其中项目支出」: the column of the row spoken of before, in this question or the turn before it."""

from __future__ import annotations

from dataclasses import replace

from qa.catalogue import Catalogue
from qa.plan import Name
from qa.resolve import Missing, resolve
from qa.understand.followup import Before
from qa.understand.phrases import Phrase, Sketch


def column_within(row: tuple[Name, ...], phrase: Phrase, catalogue: Catalogue) -> Phrase:
    """``phrase`` within ``row`` where it points there and the row has such a column; else as it is."""
    if phrase.refer != "it" or len(phrase.names) != 1 or not row:
        return phrase
    inner = replace(phrase, names=(*row, *phrase.names), refer="")
    found = resolve(inner.ref(), catalogue)
    if isinstance(found, Missing) or not found.entry.facet:
        return phrase
    meant = catalogue.names.both_sides(found.entry.facet)
    return phrase if meant.isdisjoint(phrase.names[0].items) else inner


def columns_of_before(sketch: Sketch, before: Before, catalogue: Catalogue) -> list[Phrase]:
    """The phrases, the first that names something within the one row spoken of in the turn before."""
    phrases = list(sketch.phrases)
    at = next((i for i, phrase in enumerate(phrases) if phrase.names), None)
    if at is not None and len(before.subjects) == 1:
        phrases[at] = column_within(before.subjects[0].names, phrases[at], catalogue)
    return phrases
