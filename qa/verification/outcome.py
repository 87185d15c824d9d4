"""Checked: what became of one figure of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.answer import Citation, Figure

Verdict = Literal["match", "rounded", "mismatch", "not_in_report", "undecided"]


@dataclass(frozen=True, slots=True)
class Checked:
    """One figure of the text, in the text's order.

    ``figure``: as it stands in the text; ``claim``: what it is said of and, where it helps, why the verdict is so;
    ``printed``: the report's figure with its unit, "" where there is none; ``citation``: its cell or sentence.
    ``shown`` and ``citations`` are the answer's own figure and places, for the chat.
    """

    figure: str
    claim: str
    verdict: Verdict
    printed: str = ""
    citation: Citation | None = None
    shown: Figure | None = None
    citations: tuple[Citation, ...] = ()
