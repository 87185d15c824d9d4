"""The scripted questions: format and loader. One case a line of JSON in ``eval/cases/*.jsonl``.

A case::

    {"id": "fig-001", "category": "lookup", "tags": ["everyday"], "turns": ["公务接待费花了多少？"],
     "expect": [{"status": "answered", "figures": [{"value": "25.37", "line": [621, 847]}]}], "line": "L621"}

``id``        unique over all files; prefix by file (fig-, cmp-, rnk-, txt-, una-, fol-, evd-, ret-).
``category``  one of ``CATEGORIES``. "retrieval" is not asked but searched: see ``Expect.cited``.
``tags``      free words; optional.
``turns``     what is said, in order; each turn is asked with the turns before as history.
``expect``    one object a turn, each key optional:

  ``status``     "answered" (default), "clarify", "not_in_report", or a list of acceptable ones.
  ``figures``    figures that must be asserted (role "answer"), in this order, the first of them first of all.
                 An element may be a list: alternatives, one of which must stand there.
  ``ordered``    false where the order of the figures is of no matter (a list, a filter). Default true.
  ``may``        figures that may be asserted besides, same shape. Any other asserted figure fails the case.
  ``phrases``    must stand in the text; an element may be a list: one of these. Spaces, Markdown marks, full-width
                 forms and thousands commas make no difference.
  ``forbidden``  must not stand in the text.
  ``cited``      lines, at one of which a citation must stand (text, reason and list answers; the passage's or
                 sentence's lines: give the whole paragraph, "884-890"). For "retrieval": a passage that covers one
                 of them is a hit.

  A figure: ``value`` a plain decimal string, null for a blank; ``unit`` default "万元"; ``state`` "number" (default),
  "blank", "zero". Printed ones: ``line`` where a citation must stand: 621, "511-515" (a wrapped row), or a list of
  these where the same figure of the same item and measure stands equally well elsewhere. Computed ones:
  ``"computed": true`` and ``lines``, one element an operand, each of the same forms as ``line``: all operands must be
  among the derivation's inputs. Changes that are a decrease are negative ("-36.18"), as in the facts.
``line``      where the gold stands, for the human reader ("L621"; several: "L621, L847").

With "not_in_report" (alone or beside "clarify") nothing may be asserted: see ``eval.grade``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, get_args

Category = Literal[
    "lookup",
    "compute",
    "compare",
    "rank",
    "filter",
    "count",
    "yesno",
    "reason",
    "list",
    "text",
    "check",
    "blank",
    "unanswerable",
    "followup",
    "chitchat",
    "clarify",
    "retrieval",
]
CATEGORIES: tuple[str, ...] = get_args(Category)
STATUSES = frozenset({"answered", "clarify", "not_in_report"})
STATES = frozenset({"number", "blank", "zero"})
FOLDER = Path(__file__).parent / "cases"


class CaseError(ValueError):
    """A case that does not follow the format; the message names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One figure as it should be asserted. ``lines``: acceptable places of a printed one;
    ``operands``: of a computed one, for each operand its acceptable places."""

    value: Decimal | None
    unit: str
    state: str
    computed: bool
    lines: frozenset[int]
    operands: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Expect:
    """What one turn's answer must be; see the module's docstring. ``figures`` and ``phrases``: alternatives inside."""

    status: frozenset[str]
    figures: tuple[tuple[Gold, ...], ...]
    ordered: bool
    may: tuple[Gold, ...]
    phrases: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    cited: frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """One scripted conversation and what each of its turns must be answered with."""

    id: str
    category: str
    tags: tuple[str, ...]
    turns: tuple[str, ...]
    expect: tuple[Expect, ...]
    line: str


def load_cases(paths: Iterable[Path] | None = None) -> tuple[Case, ...]:
    """Every case of the given files (default: all of ``eval/cases``), in file order. Raises CaseError."""
    files = sorted(FOLDER.glob("*.jsonl")) if paths is None else list(paths)
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for file in files:
        for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not text.strip():
                continue
            place = f"{file.name}:{number}"
            case = parse_case(text, place)
            if case.id in seen:
                raise CaseError(f"{place}: the id {case.id} is taken by {seen[case.id]}; give it another")
            seen[case.id] = place
            cases.append(case)
    return tuple(cases)


def parse_case(text: str, place: str = "case") -> Case:
    """One line of JSON to a Case; ``place`` names it in messages. Raises CaseError."""
    try:
        raw = json.loads(text)
        _only(raw, {"id", "category", "tags", "turns", "expect", "line"})
        case = Case(
            id=str(raw["id"]),
            category=str(raw["category"]),
            tags=tuple(raw.get("tags", ())),
            turns=tuple(raw["turns"]),
            expect=tuple(_expect(each) for each in raw["expect"]),
            line=str(raw.get("line", "")),
        )
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise CaseError(f"{place}: {type(error).__name__}: {error}") from error
    if case.category not in CATEGORIES:
        raise CaseError(f"{place}: no category {case.category!r}; one of {', '.join(CATEGORIES)}")
    if not case.turns or len(case.turns) != len(case.expect):
        raise CaseError(f"{place}: {len(case.turns)} turns but {len(case.expect)} expected answers; one a turn")
    return case


def _expect(raw: Mapping[str, Any]) -> Expect:
    _only(raw, {"status", "figures", "ordered", "may", "phrases", "forbidden", "cited"})
    status = frozenset(_listed(raw.get("status", "answered")))
    if not status or not status <= STATUSES:
        raise ValueError(f"status {sorted(status)} is none of {sorted(STATUSES)}")
    return Expect(
        status=status,
        figures=tuple(tuple(_gold(one) for one in _listed(each)) for each in raw.get("figures", ())),
        ordered=bool(raw.get("ordered", True)),
        may=tuple(_gold(each) for each in raw.get("may", ())),
        phrases=tuple(tuple(_listed(each)) for each in raw.get("phrases", ())),
        forbidden=tuple(raw.get("forbidden", ())),
        cited=parse_lines(raw.get("cited", ())),
    )


def _gold(raw: Mapping[str, Any]) -> Gold:
    _only(raw, {"value", "unit", "state", "line", "computed", "lines"})
    state, computed = str(raw.get("state", "number")), bool(raw.get("computed", False))
    value = None if raw["value"] is None else Decimal(raw["value"])
    if state not in STATES or (value is None) != (state == "blank"):
        raise ValueError(f"value {value} does not go with state {state!r}; null goes with blank only")
    if ("lines" if computed else "line") not in raw:
        raise ValueError("a printed figure needs line, a computed one lines")
    lines = frozenset[int]() if computed else parse_lines(raw["line"])
    operands = tuple(parse_lines(each) for each in raw["lines"]) if computed else ()
    return Gold(value, str(raw.get("unit", "万元")), state, computed, lines, operands)


def parse_lines(raw: int | str | Sequence[int | str]) -> frozenset[int]:
    """621, "511-515" or a list of these, to the set of line numbers."""
    if isinstance(raw, int):
        return frozenset({raw})
    if isinstance(raw, str):
        first, _, last = raw.removeprefix("L").partition("-")
        return frozenset(range(int(first), int(last or first) + 1))
    return frozenset(line for each in raw for line in parse_lines(each))


def _listed(raw: Any) -> list[Any]:
    return list(raw) if isinstance(raw, (list, tuple)) else [raw]


def _only(raw: Mapping[str, Any], known: set[str]) -> None:
    """A misspelt key would silently test nothing, so it is an error."""
    if unknown := set(raw) - known:
        raise ValueError(f"unknown {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
