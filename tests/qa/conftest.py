"""Shared by the tests of the question side: one assistant over the shipped report, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.answer import Answer
from qa.assistant import Assistant
from qa.settings import load_settings


@pytest.fixture(scope="session")
def assistant(built_index: Path) -> Assistant:
    """The assistant over the shipped report."""
    return Assistant.open(load_settings(data_dir=built_index))


@pytest.fixture(scope="session")
def talk(assistant: Assistant) -> Callable[..., Answer]:
    """``talk(question, follow-up, …)``: the answer to the last turn."""

    def last_of(*turns: str) -> Answer:
        history: list[Answer] = []
        for question in turns:
            history.append(assistant.ask(question, history))
        return history[-1]

    return last_of


@pytest.fixture(scope="session")
def told(talk: Callable[..., Answer]) -> Callable[..., list[tuple[str | None, str, int]]]:
    """``told(question, …)``: value, unit and printed line of every figure that the last answer asserts."""

    def figures_of(*turns: str) -> list[tuple[str | None, str, int]]:
        answer = talk(*turns)
        return [
            (None if f.value is None else format(f.value, "f"), f.unit, answer.citations[f.citations[0]].line)
            for f in answer.figures
            if f.role == "answer"
        ]

    return figures_of
