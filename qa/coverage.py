"""How much of a question's unknown words a text holds. A text that holds too little of them does not answer it."""

from __future__ import annotations

from collections.abc import Iterable

from qa.understand.normalise import normalise

_ENOUGH = 0.6


def uncovered(words: Iterable[str], text: str) -> tuple[str, ...]:
    """The words that ``text`` holds too little of, in order."""
    plain = normalise(text).replace(" ", "")
    return tuple(word for word in words if coverage(word, plain) < _ENOUGH and (len(word) > 1 or word.isalnum()))


def coverage(word: str, plain: str) -> float:
    """The share of ``word``'s characters that stand in ``plain`` (in matching form) in runs of two or more."""
    if word in plain:
        return 1.0
    held = [False] * len(word)
    for start in range(len(word) - 1):
        if word[start : start + 2] in plain:
            held[start] = held[start + 1] = True
    return sum(held) / len(word)
