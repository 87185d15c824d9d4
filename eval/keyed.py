"""``python -m eval.keyed``: questions with a short key, over reports of other departments and templates.

eval/others/sets.toml lists the sets: a report (one invented for this, with its file there; the shipped one; or a real
one that lies beside a checkout, in ../shared, and is left out where it is missing), its questions, and the gate. All
were written, and keyed by eye, by authors who had not seen the program; ``first`` is how the first run came out.

A case: ``{"id", "kind", "turns", "expect": [{"status", "values", "may", "phrases", "place"}]}``, an expectation a turn.
``status`` as in eval/cases.py. ``values``: plain decimals, "blank" or "0", each of which must be asserted; an element
may be a list of alternatives. ``may``: what may be asserted besides. ``phrases``: what must stand in the text.
Signs do not count, and 元, 万元 and 亿元 are one. ``place``: for the reader.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from eval.__main__ import AskError, qa

OTHERS = Path(__file__).parent / "others"
ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "reports" / "more"
SHIPPED = ROOT / "corpus" / "reports" / "shanghai-port-office-2016.txt"
_MONEY = {"亿元": Decimal(100_000_000), "万元": Decimal(10_000), "千元": Decimal(1_000), "元": Decimal(1)}
_ROUNDED = Decimal("0.006")  # of the unit a key is given in: computed figures are keyed to two decimals


@dataclass(frozen=True, slots=True)
class KeyedSet:
    """Questions over one report, with the least that must come out right and the most that may come out wrong."""

    name: str
    report: Path
    cases: Path
    first: str
    right: int
    wrong_figure: int
    answered_unanswerable: int


@dataclass(frozen=True, slots=True)
class Graded:
    """How one case came out: right, wrong_figure, answered_unanswerable, wrong_refusal or other; ``why`` in words."""

    id: str
    outcome: str
    why: str = ""


def sets() -> list[KeyedSet]:
    """The sets of eval/others/sets.toml; a report that is not there is still listed."""
    raw = tomllib.loads((OTHERS / "sets.toml").read_text(encoding="utf-8"))
    return [
        KeyedSet(
            row["name"], _report(row["report"]), OTHERS / f"{row['name']}.jsonl", row["first"], row["right"],
            row.get("wrong_figure", 0), row.get("answered_unanswerable", 0),
        )
        for row in raw["set"]
    ]  # fmt: skip


def _report(said: str) -> Path:
    where, _, name = said.rpartition(":")
    return SHIPPED if said == "shipped" else SHARED / name if where == "shared" else OTHERS / said


def run(chosen: KeyedSet, data: Path) -> list[Graded]:
    """Indexes the report in ``data`` and asks every question. Raises ``AskError``."""
    qa("index", str(chosen.report), "--data", str(data))
    lines = [json.loads(line) for line in chosen.cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    batch = "".join(json.dumps({"id": c["id"], "turns": c["turns"]}, ensure_ascii=False) + "\n" for c in lines)
    said = qa("ask", "--batch", "-", "--data", str(data), given=batch).splitlines()
    answers = {each["id"]: each["answers"] for each in map(json.loads, said)}
    return [grade(case, answers.get(case["id"], [])) for case in lines]


def grade(case: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Graded:
    """How the answers of a case fare, by the first turn that is not right."""
    if len(answers) != len(case["expect"]):
        return Graded(case["id"], "other", f"{len(answers)} answers to {len(case['expect'])} turns")
    for expected, answer in zip(case["expect"], answers, strict=True):
        outcome, why = _turn(expected, answer)
        if outcome != "right":
            return Graded(case["id"], outcome, why)
    return Graded(case["id"], "right")


def _turn(expected: Mapping[str, Any], answer: Mapping[str, Any]) -> tuple[str, str]:
    given = expected.get("status", "answered")
    allowed = [given] if isinstance(given, str) else given
    if answer["status"] not in allowed:
        wrongly = "answered_unanswerable" if answer["status"] == "answered" else "wrong_refusal"
        return wrongly, f"{answer['status']} where {allowed} is wanted: {answer['text'][:120]}"
    if answer["status"] != "answered":
        return "right", ""
    asserted = [f for f in answer["figures"] if f.get("role", "answer") == "answer"]
    wanted = [_alternatives(v) for v in expected.get("values") or ()]
    allowed_too = [key for each in (*wanted, *map(_alternatives, expected.get("may") or ())) for key in each]
    lacking = [keys for keys in wanted if not any(_same(key, f) for key in keys for f in asserted)]
    others = [f for f in asserted if f["unit"] != "项" and not any(_same(key, f) for key in allowed_too)]
    told = "; ".join(f"{f['value']} {f['unit']}" for f in others)
    if others:
        return "wrong_figure", f"{told}, wanted {lacking or 'none besides'}"
    if lacking:
        return "other", f"{lacking} is not asserted"
    text = re.sub(r"\s", "", answer["text"])
    unsaid = [
        p for p in expected.get("phrases") or () if not any(re.sub(r"\s", "", w) in text for w in _alternatives(p))
    ]
    return ("other", f"the text lacks {unsaid}") if unsaid else ("right", "")


def _alternatives(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def _same(key: str, figure: Mapping[str, Any]) -> bool:
    """Whether a figure is the one of the key, whatever its sign and its unit of money."""
    if key in {"blank", "空白"} or figure["value"] is None:
        return key in {"blank", "空白"} and figure["value"] is None
    try:
        meant = abs(Decimal(key.replace(",", "").rstrip("%")))
    except InvalidOperation:
        return False
    value, unit = abs(Decimal(figure["value"])), figure["unit"]
    if meant == value or unit not in _MONEY:
        return meant == value or (meant != 0 and abs(meant - value) <= _ROUNDED)
    amount = value * _MONEY[unit]
    return meant != 0 and any(abs(meant * scale - amount) <= _ROUNDED * scale for scale in _MONEY.values())


def breaches(chosen: KeyedSet, graded: Iterable[Graded]) -> Iterator[str]:
    """What of a set's gate does not hold."""
    counts = Counter(each.outcome for each in graded)
    if counts["right"] < chosen.right:
        yield f"{chosen.name}: {counts['right']} right, at least {chosen.right} is wanted"
    for outcome, most in (
        ("wrong_figure", chosen.wrong_figure),
        ("answered_unanswerable", chosen.answered_unanswerable),
    ):
        if counts[outcome] > most:
            yield f"{chosen.name}: {counts[outcome]} {outcome}, at most {most}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0; 1 when a set is below its gate (``--gate``); 2 when nothing could be asked."""
    parser = argparse.ArgumentParser(prog="python -m eval.keyed", description=__doc__)
    parser.add_argument("names", nargs="*", help="sets to run; all by default")
    parser.add_argument("--gate", action="store_true", help="exit with 1 when a set is below its gate")
    parser.add_argument("--failures", action="store_true", help="print each case that is not right, and why")
    options = parser.parse_args(arguments)
    below: list[str] = []
    print("| set | report | first run | right | wrong figure | unanswerable answered | wrong refusal | other |")
    print("|-|-|-|-|-|-|-|-|")
    for each in sets():
        if (options.names and each.name not in options.names) or not each.report.exists():
            continue
        try:
            with tempfile.TemporaryDirectory() as folder:
                graded = run(each, Path(folder) / "data")
        except AskError as error:
            print(error, file=sys.stderr)
            return 2
        counts = Counter(one.outcome for one in graded)
        outcomes = ("wrong_figure", "answered_unanswerable", "wrong_refusal", "other")
        cells = " | ".join(str(counts[outcome]) for outcome in outcomes)
        print(f"| {each.name} | {each.report.name} | {each.first} | {counts['right']}/{len(graded)} | {cells} |")
        below += breaches(each, graded)
        if options.failures:
            print("\n".join(f"  {one.id} {one.outcome}: {one.why}" for one in graded if one.outcome != "right"))
    for breach in below if options.gate else ():
        print(f"below the gate: {breach}", file=sys.stderr)
    return 1 if below and options.gate else 0


if __name__ == "__main__":
    sys.exit(main())
