"""Claim check: each figure of a text of others is set against what the report prints of the same thing.

``spotting`` finds the figures, ``segments`` the words that say what each is of, ``questions`` makes a question of them,
``asking`` asks it and keeps the thread of the passage, ``judging`` compares; ``showing`` writes the outcome.
"""

from __future__ import annotations

from qa.verification.asking import verify_text
from qa.verification.incoming import LONGEST_TEXT, bytes_to_text, text_to_check
from qa.verification.outcome import Checked, Verdict
from qa.verification.showing import NO_FIGURE, checked_to_answer, checked_to_json, checked_to_lines, too_long

__all__ = [
    "LONGEST_TEXT",
    "NO_FIGURE",
    "Checked",
    "Verdict",
    "bytes_to_text",
    "checked_to_answer",
    "checked_to_json",
    "checked_to_lines",
    "text_to_check",
    "too_long",
    "verify_text",
]
