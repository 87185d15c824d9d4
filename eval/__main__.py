"""``python -m eval``: asks the scripted questions, prints how many are right by category, and can gate CI.

Asks through ``python -m qa`` (the fixed interface), so that what is measured is what scripts outside get.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from eval.cases import CATEGORIES, Case, load_cases
from eval.grade import Answer, Printed, grade_case
from eval.report import Result, failures_to_text, gate_breaches, results_to_markdown, right_share, write_results


class AskError(RuntimeError):
    """``python -m qa`` failed or left its interface; the message holds the end of what it said."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0; 1 when below the gate (``--gate``); 2 when nothing could be asked."""
    options = _parser().parse_args(arguments)
    cases = [case for case in load_cases(options.files or None) if case.category != "retrieval"]
    if options.category:
        cases = [case for case in cases if case.category in options.category]
    try:
        answers, printed = ask_cases(cases), printed_figures()
    except AskError as error:
        print(error, file=sys.stderr)
        return 2
    results = [Result(case, grade_case(case, answers.get(case.id, ()), printed)) for case in cases]
    print(results_to_markdown(results))
    print(f"\n{right_share(results)} % right")
    if options.failures:
        print(failures_to_text(results))
    if options.json:
        options.json.write_text(_to_json_lines(results, answers), encoding="utf-8")
    if options.category or options.files:
        return 0  # a part of the set says nothing about the gate, and is not the page for the README
    write_results(results)
    breaches = gate_breaches(results) if options.gate else []
    for breach in breaches:
        print(f"below the gate: {breach}", file=sys.stderr)
    return 1 if breaches else 0


def ask_cases(cases: Sequence[Case], options: Sequence[str] = ()) -> dict[str, list[Answer]]:
    """The answers of every case by its id, in one batch. ``options``: of ``qa ask``, which report and which index."""
    batch = "".join(json.dumps({"id": c.id, "turns": c.turns}, ensure_ascii=False) + "\n" for c in cases)
    lines = (json.loads(line) for line in qa("ask", "--batch", "-", *options, given=batch).splitlines())
    return {each["id"]: each["answers"] for each in lines}


def printed_figures() -> Printed:
    """Where which figure stands, as the report's own facts have it."""
    facts = (json.loads(line) for line in qa("facts", "--format", "jsonl").splitlines())
    return frozenset(
        (int(f["line"]), None if f["value"] in (None, "") else Decimal(f["value"]), f["unit"], f["state"])
        for f in facts
    )


def qa(*arguments: str, given: str = "") -> str:
    """What ``python -m qa ARGUMENTS`` writes to stdout. Raises AskError."""
    command = [sys.executable, "-m", "qa", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise AskError(f"{' '.join(command[1:])} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def _to_json_lines(results: Sequence[Result], answers: dict[str, list[Answer]]) -> str:
    rows: list[dict[str, Any]] = [
        {
            "id": result.case.id,
            "category": result.case.category,
            "outcome": result.verdict.outcome,
            "why": result.verdict.why,
            "turns": result.case.turns,
            "answers": answers.get(result.case.id, []),
        }
        for result in results
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Ask and grade the scripted question set.")
    parser.add_argument("files", nargs="*", type=Path, help="case files; default: all of eval/cases")
    parser.add_argument("--category", action="append", choices=CATEGORIES, help="only this one; may be repeated")
    parser.add_argument("--failures", action="store_true", help="print each case that is not right, and why")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write questions, answers and verdicts there")
    parser.add_argument("--gate", action="store_true", help="exit 1 when below eval/gate.toml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
