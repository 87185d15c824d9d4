"""Batches: lines of JSON in, one job each, its turns answered in order. Reads and answers; prints nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qa.answer import Answer
from qa.errors import BadBatchLine

Ask = Callable[[str, tuple[Answer, ...]], Answer]


@dataclass(frozen=True, slots=True)
class Job:
    """One conversation to answer. ``id`` is given back as it came (text, or a whole number)."""

    id: str | int
    turns: tuple[str, ...]


def lines_to_jobs(lines: Iterable[bytes]) -> Iterator[Job | BadBatchLine]:
    """A job for each line, or what is wrong with it; blank lines are passed over."""
    for number, line in enumerate(lines, start=1):
        stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not stripped:
            continue
        try:
            yield _line_to_job(number, stripped)
        except BadBatchLine as error:
            yield error


def answer_job(job: Job, ask: Ask) -> dict[str, Any]:
    """``{"id": …, "answers": […]}``: one answer a turn, each asked with the answers before it."""
    answers: tuple[Answer, ...] = ()
    for turn in job.turns:
        answers = (*answers, ask(turn, answers))
    return {"id": job.id, "answers": [answer.to_json() for answer in answers]}


def _line_to_job(number: int, line: bytes) -> Job:
    try:
        plain = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadBatchLine(number, "不是 UTF-8 文本") from error
    except json.JSONDecodeError as error:
        raise BadBatchLine(number, f"不是 JSON（第 {error.colno} 个字符：{error.msg}）") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets nested beyond reason
        raise BadBatchLine(number, "JSON 无法解析") from error
    if not isinstance(plain, dict):
        raise BadBatchLine(number, "不是 JSON 对象")
    id_, turns = plain.get("id"), plain.get("turns")
    if not isinstance(id_, str | int) or isinstance(id_, bool):
        raise BadBatchLine(number, "缺少文字的 id")
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise BadBatchLine(number, "turns 不是文字的列表")
    return Job(id_, tuple(turns))
