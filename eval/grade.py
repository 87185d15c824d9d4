"""Grades one answer against what was expected: right, or which of four ways it is wrong, and why in a line.

Strict: the status; every expected figure asserted (role "answer") in order, the first one first of all; nothing
else asserted unless the case allows it; value as Decimal, unit and state exactly; a citation at the right cell, for
computed figures every operand's; every context figure true; asserted figures and key phrases readable in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from eval.cases import Case, Expect, Gold

Outcome = Literal["right", "wrong_figure", "wrong_refusal", "answered_unanswerable", "other_wrong"]
Answer = Mapping[str, Any]  # the fixed JSON form of qa.answer.Answer
Printed = frozenset[tuple[int, Decimal | None, str, str]]  # (line, value, unit, state) of every fact

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?\s*(?:万元|亿元|万|亿|元|%|个百分点|人次|批次|辆|台|分(?![别类项])|人(?!民))")
_DROPPED = str.maketrans("", "", "*`#|>\"'“”‘’「」『』")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one case (or turn) went; ``why`` is "" when right."""

    outcome: Outcome
    why: str = ""


RIGHT = Verdict("right")


class _Fail(Exception):
    """Ends the grading of a turn with its verdict."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.verdict = Verdict(outcome, why)


def grade_case(case: Case, answers: Sequence[Answer], printed: Printed | None = None) -> Verdict:
    """The verdict of the first turn that is wrong, else right. ``printed`` None: context figures go unchecked."""
    if len(answers) != len(case.turns):
        return Verdict("other_wrong", f"{len(answers)} answers to {len(case.turns)} turns")
    for number, (expect, answer) in enumerate(zip(case.expect, answers, strict=True), 1):
        verdict = grade(expect, answer, printed)
        if verdict.outcome != "right":
            prefix = f"turn {number}: " if len(case.turns) > 1 else ""
            return Verdict(verdict.outcome, prefix + verdict.why)
    return RIGHT


def grade(expect: Expect, answer: Answer, printed: Printed | None = None) -> Verdict:
    """Grade one turn."""
    try:
        _status(expect, answer)
        _well_formed(answer)
        if answer["status"] == "not_in_report":
            _refusal(answer)
        elif answer["status"] == "clarify" and expect.status != {"clarify"}:
            _question_back(answer)
        else:
            _figures(expect, answer)
            _shown(answer)
            _cited(expect, answer)
        if printed is not None:
            _context(answer, printed)
        _phrases(expect, answer)
    except _Fail as fail:
        return fail.verdict
    return RIGHT


def plain(text: str) -> str:
    """Text for comparing: half-width, without spaces, quotes, Markdown marks and thousands commas."""
    return re.sub(r"\s+", "", _half_width(text)).translate(_DROPPED)


def _half_width(text: str) -> str:
    """Half-width and without thousands commas, but spaces kept: they part the figures of a row."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))


def _status(expect: Expect, answer: Answer) -> None:
    status = answer["status"]
    if status in expect.status:
        return
    wanted = " or ".join(sorted(expect.status))
    why = f"status {status}, wanted {wanted}"
    if "answered" in expect.status:
        raise _Fail("wrong_refusal", why)
    raise _Fail("answered_unanswerable" if status == "answered" else "other_wrong", why)


def _well_formed(answer: Answer) -> None:
    """Indices in range, derivations where something is computed: the rest relies on both."""
    count = len(answer["citations"])
    for figure in answer["figures"]:
        derivation = figure["derivation"]
        indices = [*figure["citations"], *(derivation["inputs"] if derivation else ())]
        if any(not 0 <= index < count for index in indices):
            raise _Fail("other_wrong", f"{_of(figure)} cites beyond the {count} citations")
        if figure["computed"] and not (derivation and derivation["inputs"]):
            raise _Fail("wrong_figure", f"{_of(figure)} is computed from nothing")
        if not figure["computed"] and not figure["citations"]:
            raise _Fail("wrong_figure", f"{_of(figure)} has no citation")


def _refusal(answer: Answer) -> None:
    if answer["figures"] or answer["citations"]:
        raise _Fail("answered_unanswerable", "a refusal with figures or citations")
    question = plain(answer["question"])
    for match in _AMOUNT.finditer(plain(answer["text"])):
        if match.group() not in question:  # repeating what was asked asserts nothing
            raise _Fail("answered_unanswerable", f"a refusal that says {match.group()}")


def _question_back(answer: Answer) -> None:
    if not answer.get("options"):
        raise _Fail("other_wrong", "asks back without options")
    if asserted := _asserted(answer):
        raise _Fail("wrong_figure", f"asks back and asserts {_of(asserted[0])}")


def _figures(expect: Expect, answer: Answer) -> None:
    """Expected figures against asserted ones. An asserted figure that is nowhere expected is the worse fault."""
    asserted, citations = _asserted(answer), answer["citations"]
    known = [gold for group in expect.figures for gold in group] + list(expect.may)
    for figure in asserted:
        if not any(_fits(gold, figure, citations) for gold in known):
            raise _Fail("wrong_figure", _misfit(figure, known, citations))
    rest, first = list(asserted), True
    for group in expect.figures:
        at = next((i for i, f in enumerate(rest) if any(_fits(gold, f, citations) for gold in group)), None)
        if at is None:
            where = " in its place" if any(_fits(g, f, citations) for g in group for f in asserted) else ""
            raise _Fail("other_wrong", f"{_gold(group[0])} is not asserted{where}")
        if first and expect.ordered and rest[at] is not answer["figures"][0]:
            raise _Fail("other_wrong", f"{_gold(group[0])} is not the first figure")
        rest, first = rest[at + 1 :] if expect.ordered else rest[:at] + rest[at + 1 :], False


def _fits(gold: Gold, figure: Mapping[str, Any], citations: Sequence[Mapping[str, Any]]) -> bool:
    return _same(gold, figure) and _placed(gold, figure, citations)


def _same(gold: Gold, figure: Mapping[str, Any]) -> bool:
    value = None if figure["value"] is None else Decimal(figure["value"])
    return (gold.value, gold.unit, gold.state) == (value, figure["unit"], figure["state"])


def _placed(gold: Gold, figure: Mapping[str, Any], citations: Sequence[Mapping[str, Any]]) -> bool:
    if gold.computed != figure["computed"]:
        return False
    if not gold.computed:
        return any(citations[index]["line"] in gold.lines for index in figure["citations"])
    inputs = {citations[index]["line"] for index in figure["derivation"]["inputs"]}
    return all(operand & inputs for operand in gold.operands)


def _misfit(figure: Mapping[str, Any], known: Sequence[Gold], citations: Sequence[Mapping[str, Any]]) -> str:
    """Why an asserted figure is not an expected one: another figure, or the right one from the wrong place."""
    indices = figure["derivation"]["inputs"] if figure["computed"] else figure["citations"]
    at = ", ".join(f"L{citations[index]['line']}" for index in indices)
    if any(_same(gold, figure) for gold in known):
        return f"{_of(figure)} rests on {at}: not the right cell, or computed where it is printed"
    wanted = "; ".join(_gold(gold) for gold in known[:4]) or "none"
    return f"{_of(figure)} ({figure['label']}, {at}), wanted {wanted}"


def _shown(answer: Answer) -> None:
    """A figure asserted in the data must be readable in the text (its sign may be a word: 减少)."""
    shown = {Decimal(number) for number in _NUMBER.findall(_half_width(answer["text"]))}
    for figure in _asserted(answer):
        if figure["value"] is not None and abs(Decimal(figure["value"])) not in shown:
            raise _Fail("other_wrong", f"{_of(figure)} is not in the text")


def _cited(expect: Expect, answer: Answer) -> None:
    if expect.cited and not any(citation["line"] in expect.cited for citation in answer["citations"]):
        got = ", ".join(f"L{citation['line']}" for citation in answer["citations"]) or "nothing"
        raise _Fail("other_wrong", f"cites {got}, wanted L{min(expect.cited)}–{max(expect.cited)}")


def _context(answer: Answer, printed: Printed) -> None:
    """Context is not asked for but must be true: computed with a derivation, or printed where it says."""
    for figure in answer["figures"]:
        if figure["role"] == "answer" or figure["computed"]:
            continue
        value = None if figure["value"] is None else Decimal(figure["value"])
        lines = {answer["citations"][index]["line"] for index in figure["citations"]}
        if not any((line, value, figure["unit"], figure["state"]) in printed for line in lines):
            raise _Fail("wrong_figure", f"context {_of(figure)} ({figure['label']}) does not stand at {sorted(lines)}")


def _phrases(expect: Expect, answer: Answer) -> None:
    text = plain(answer["text"])
    for group in expect.phrases:
        if not any(plain(phrase) in text for phrase in group):
            raise _Fail("other_wrong", f"the text lacks {' / '.join(group)}")
    for phrase in expect.forbidden:
        if plain(phrase) in text:
            raise _Fail("other_wrong", f"the text says {phrase}")


def _asserted(answer: Answer) -> list[Mapping[str, Any]]:
    return [figure for figure in answer["figures"] if figure["role"] == "answer"]


def _of(figure: Mapping[str, Any]) -> str:
    return f"{figure['value'] if figure['value'] is not None else figure['state']} {figure['unit']}".strip()


def _gold(gold: Gold) -> str:
    places = f"L{min(gold.lines)}" if gold.lines else "computed"
    return f"{gold.state if gold.value is None else format(gold.value, 'f')} {gold.unit} ({places})"
