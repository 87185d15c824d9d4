"""推测: the smallest change of a single figure that would reconcile a substantive discrepancy, and what it would break.

A change is small by how many digits of the printed figure it touches (one replaced, added, dropped, or two neighbours
swapped, or the point shifted, is one edit); of equally small ones the one that contradicts least of the rest of the
report. Where no single edit of any figure will do, the value that the formula itself asks of each is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from corpus.checks.claims import Claim
from corpus.checks.discrepancy import Discrepancy, Hypothesis
from corpus.checks.verdict import claim_to_statement, judge
from corpus.facts import Fact

_SOUND = ("holds", "rounding")
_MOST_FIGURES = 40  # a sum of more addends than this is not searched
_DIGITS = "0123456789"


def with_hypothesis(found: Discrepancy, claim: Claim, claims: Sequence[Claim]) -> Discrepancy:
    """The discrepancy with its hypothesis, where a change of one figure would reconcile it; ``claims``: all of the report's."""
    figures = [fact for fact in claim.facts() if fact.value is not None and not _is_stated_rate(fact, claim)]
    if len(figures) > _MOST_FIGURES:
        return found
    best: list[Hypothesis] = []
    for fact in figures:
        others = [other for other in claims if other is not claim and any(f.id == fact.id for f in other.facts())]
        sound = [other for other in others if judge(other).outcome in _SOUND]
        for value in _reconciling(claim, fact):
            breaks = tuple(dict.fromkeys(text for other in sound if (text := _broken(other, fact, value))))
            assert fact.value is not None
            best.append(Hypothesis(fact.id, fact.value, value, edits_between(fact.value, value), 0, breaks))
    if not best:
        return found
    ranked = sorted(best, key=_size)
    alike = sum(_size(other) == _size(ranked[0]) for other in ranked) - 1
    return replace(found, hypothesis=replace(ranked[0], ties=alike))


def edits_between(old: Decimal, new: Decimal) -> int:
    """How many digits must be replaced, added, dropped or swapped with a neighbour to make one printed figure the other."""
    a, b = (format(value.copy_abs(), "f").replace(".", "") for value in (old, new))
    if a == b:
        return 1  # only the point or the sign differs
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y)))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def _size(guess: Hypothesis) -> tuple[int, int]:
    return guess.edits, len(guess.breaks)


def _is_stated_rate(fact: Fact, claim: Claim) -> bool:
    return fact in claim.also


def _reconciling(claim: Claim, fact: Fact) -> Iterator[Decimal]:
    """Values of the figure, one edit away, with which the claim holds; failing these, the one the formula asks for."""
    assert fact.value is not None
    near = [
        value
        for value in dict.fromkeys((*_one_edit(fact.value), *_other_sign(fact)))
        if _would_hold(claim, fact, value)
    ]
    if near:
        yield min(near, key=lambda value: (abs(value - fact.value), value))  # type: ignore[operator]
        return
    asked = _asked(claim, fact)
    if asked is not None and asked != fact.value and _would_hold(claim, fact, asked):
        yield asked


def _would_hold(claim: Claim, fact: Fact, value: Decimal) -> bool:
    return judge(claim.with_value(fact, value)).outcome in _SOUND


def _broken(claim: Claim, fact: Fact, value: Decimal) -> str:
    """The sentence about what would not hold any more; "" where it still would."""
    changed = claim.with_value(fact, value)
    verdict = judge(changed)
    return "" if verdict.outcome in (*_SOUND, "undecided") else claim_to_statement(changed, verdict)


def _one_edit(value: Decimal) -> Iterator[Decimal]:
    sign = "-" if value < 0 else ""
    text = format(value.copy_abs(), "f")
    whole, point, rest = text.partition(".")
    places = [i for i, char in enumerate(text) if char in _DIGITS]
    made = [text[:i] + digit + text[i + 1 :] for i in places for digit in _DIGITS if digit != text[i]]
    made += [text[:i] + digit + text[i:] for i in range(len(whole) + 1) for digit in _DIGITS]
    made += [text[:i] + text[i + 1 :] for i in range(len(whole)) if len(whole) > 1]
    made += [text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :] for i, j in pairwise(places)]
    if point:
        made += [f"{whole[:-1] or '0'}.{whole[-1]}{rest}", f"{whole}{rest[0]}.{rest[1:] or '0'}"]
    for each in made:
        if each != text and not (each.startswith("0") and each[1:2] in _DIGITS and each[1:2]):
            try:
                yield Decimal(sign + each)
            except InvalidOperation:  # pragma: no cover - every edit of a figure is a figure
                continue


def _other_sign(fact: Fact) -> Iterator[Decimal]:
    """增加 for 减少: only of what is printed with a direction."""
    if fact.value and fact.measure in ("change", "change_rate"):
        yield -fact.value


def _asked(claim: Claim, fact: Fact) -> Decimal | None:
    """What the formula makes of the figure when all others are taken as printed, with the digits it is printed with."""
    verdict = judge(replace(claim, others=()))
    assert fact.value is not None
    digits = Decimal(1).scaleb(int(fact.value.as_tuple().exponent))
    if claim.fact.id == fact.id:
        return verdict.computed.quantize(digits)
    sign = sum(term.sign for term in claim.formula.top if term.fact.id == fact.id)
    if claim.formula.bottom or claim.formula.scale != 1 or not sign or fact.unit != claim.fact.unit:
        return None
    return (fact.value + verdict.difference / sign).quantize(digits)
