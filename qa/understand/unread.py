"""The words of a question that nobody understood, in the runs they are printed in."""

from __future__ import annotations

from qa.understand.lexer import Token
from qa.understand.places import is_soft


def unread_runs(tokens: tuple[Token, ...], whole_words: bool) -> list[str]:
    """For questions of words: unknown runs, joined over single characters and soft words between and beside them."""
    runs: list[list[Token]] = []
    for token in tokens:
        joins = (
            token.unknown
            or is_soft(token)
            or (
                token.end - token.start == 1
                and not token.has("join")
                and not token.has("filler", "particles")
                and not token.has("filler", "punctuation")
            )
        )
        if not joins or not token.text.strip():
            continue
        if runs and runs[-1][-1].end == token.start:
            runs[-1].append(token)
        else:
            runs.append([token])
    told = (("".join(t.text for t in _trimmed(run)), run) for run in runs if any(t.unknown for t in run))
    return [
        text if len(text) > 1 or not whole_words else "".join(t.text for t in run) for text, run in told
    ]  # one character is part of a word


def _trimmed(run: list[Token]) -> list[Token]:
    """A run without the soft words at its ends."""
    while run and is_soft(run[0]):
        run = run[1:]
    while run and is_soft(run[-1]):
        run = run[:-1]
    return run


def unread_word(token: Token, tokens: tuple[Token, ...]) -> str:
    """An unknown run with the single characters next to it, which are likely part of the same word."""
    text, at = token.text, tokens.index(token)
    if len(text) == 1 and token.unknown:
        for neighbour in (tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None):
            if (
                neighbour is not None
                and neighbour.end - neighbour.start == 1
                and neighbour.has("filler")
                and not neighbour.has("join")
            ):
                text = neighbour.text + text if neighbour.end == token.start else text + neighbour.text
    return text
