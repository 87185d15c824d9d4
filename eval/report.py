"""Counts verdicts by category, draws them as Markdown and holds them against the gate."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

from eval.cases import CATEGORIES, Case
from eval.grade import Verdict

GATE = Path(__file__).parent / "gate.toml"
RESULTS = Path(__file__).parent / "results" / "eval.md"
_COLUMNS = (
    ("right", "right"),
    ("wrong figure", "wrong_figure"),
    ("wrong refusal", "wrong_refusal"),
    ("answered the unanswerable", "answered_unanswerable"),
    ("otherwise wrong", "other_wrong"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """One case and how it went."""

    case: Case
    verdict: Verdict


def results_to_markdown(results: Sequence[Result]) -> str:
    """A table, one row a category and one for all, for the terminal and the README."""
    head = ["category", "cases", *(title for title, _ in _COLUMNS)]
    rows = [head, ["---"] + ["---:"] * (len(head) - 1)]
    for category in CATEGORIES:
        if part := [each for each in results if each.case.category == category]:
            rows.append(_row(category, part))
    rows.append(_row("**all**", results))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def failures_to_text(results: Sequence[Result]) -> str:
    """A line a case that is not right: id, outcome, the last thing asked, why."""
    lines = []
    for result in results:
        verdict = result.verdict
        if verdict.outcome != "right":
            asked = " → ".join(result.case.turns)
            lines.append(f"{result.case.id} [{verdict.outcome}] {asked}\n    {verdict.why}  ({result.case.line})")
    return "\n".join(lines)


def outcome_counts(results: Sequence[Result]) -> Counter[str]:
    """How many cases went which way."""
    return Counter(result.verdict.outcome for result in results)


def right_share(results: Sequence[Result]) -> Decimal:
    """Share of right cases in percent, rounded down to two places so that 100 means all."""
    if not results:
        return Decimal(0)
    share = Decimal(100 * outcome_counts(results)["right"]) / len(results)
    return share.quantize(Decimal("0.01"), ROUND_FLOOR)


def gate_breaches(results: Sequence[Result], gate_file: Path = GATE) -> list[str]:
    """What is below the gate, a sentence each; empty when the gate holds.

    ``gate_file``: ``min_cases`` (a set that shrank proves less), ``min_right_percent``, and ``max_<outcome>`` counts; the
    same in a table ``[group.<name>]`` for the cases whose ids begin with its ``prefix``, which then count there alone.
    """
    gate = tomllib.loads(gate_file.read_text(encoding="utf-8"))
    breaches, rest = [], list(results)
    for name, group in gate.get("group", {}).items():
        own = [result for result in rest if result.case.id.startswith(group["prefix"])]
        rest = [result for result in rest if not result.case.id.startswith(group["prefix"])]
        breaches += [f"{name}: {breach}" for breach in _breaches(own, group)]
    return _breaches(rest, gate) + breaches


def _breaches(results: Sequence[Result], gate: Mapping[str, Any]) -> list[str]:
    counts = outcome_counts(results)
    breaches = []
    if len(results) < gate["min_cases"]:
        breaches.append(f"{len(results)} cases, the gate asks for at least {gate['min_cases']}")
    if right_share(results) < Decimal(str(gate["min_right_percent"])):
        breaches.append(f"{right_share(results)} % right, the gate asks for {gate['min_right_percent']} %")
    for outcome in ("wrong_figure", "answered_unanswerable", "wrong_refusal", "other_wrong"):
        limit = gate.get(f"max_{outcome}")
        if limit is not None and counts[outcome] > limit:
            breaches.append(f"{counts[outcome]} {outcome}, the gate allows {limit}")
    return breaches


def write_results(results: Sequence[Result], path: Path = RESULTS) -> None:
    """Write the Markdown page the README shows."""
    path.parent.mkdir(exist_ok=True)
    turns = sum(len(result.case.turns) for result in results)
    text = f"# The scripted question set\n\n{len(results)} cases, {turns} questions; written by `python -m eval`.\n\n"
    path.write_text(text + results_to_markdown(results) + "\n", encoding="utf-8")


def _row(name: str, part: Sequence[Result]) -> list[str]:
    counts = outcome_counts(part)
    return [name, str(len(part)), *(str(counts[key]) for _, key in _COLUMNS)]
