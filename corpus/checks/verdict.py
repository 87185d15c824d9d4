"""Claim -> verdict: does it hold, does rounding explain the difference, or is it substantive?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from corpus.checks.claims import Claim, Relation, readings
from corpus.checks.discrepancy import Discrepancy, fact_name, figure_text, slack_in, value_in

Severity = Literal["rounding", "substantive"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``computed``: as shown, in the unit of the claim's fact; ``difference``: printed less computed.

    ``outcome``: "undecided" where the report may mean figures that agree; otherwise as in ``Discrepancy``.
    """

    outcome: Literal["holds", "rounding", "substantive", "undecided"]
    computed: Decimal
    difference: Decimal


def judge(claim: Claim) -> Verdict:
    """The verdict on one claim. Rounding: half a unit of the last printed digit of each operand, exactly."""
    exact = claim.formula.worth()
    bounds = claim.formula.bounds() if claim.formula.bottom else None  # of a sum only where they are needed
    if exact is None or (bounds is None and claim.formula.bottom):
        return Verdict("undecided", Decimal(0), Decimal(0))
    printed = claim.fact.value or Decimal(0)
    computed = _shown(exact, claim)
    difference = printed - computed
    holds = difference == 0 if claim.relation == "equal" else _stands(claim.relation, Fraction(printed), exact)
    if holds:
        return Verdict("holds", computed, difference)
    bounds = bounds or claim.formula.bounds()
    assert bounds is not None
    if _within_rounding(claim, bounds):
        return Verdict("rounding", computed, difference)
    if any(judge(other).outcome in ("holds", "rounding") for other in readings(claim)):
        return Verdict("undecided", computed, difference)
    return Verdict("substantive", computed, difference)


def claim_to_discrepancy(claim: Claim) -> Discrepancy | None:
    """The discrepancy that a claim is; None where it holds or cannot be decided."""
    verdict = judge(claim)
    if verdict.outcome == "holds" or verdict.outcome == "undecided":
        return None
    printed = claim.fact.value or Decimal(0)
    cells = tuple(fact.id for fact in claim.facts())
    statement = claim_to_statement(claim, verdict)
    return Discrepancy(claim.kind, verdict.outcome, statement, printed, verdict.computed, verdict.difference, cells)


def claim_to_statement(claim: Claim, verdict: Verdict) -> str:
    """The verdict as a sentence: both figures, how the second was computed, the difference, what it is."""
    unit, value = claim.fact.unit, claim.fact.value
    stated = figure_text(value, unit) if value is not None else "空白"
    apart = figure_text(abs(verdict.difference), "个百分点" if unit == "%" else unit)
    ends = {
        "rounding": "在四舍五入误差之内",
        "substantive": "超出四舍五入误差",
        "undecided": "所指的数字不明，无法判断",
        "holds": "相符",
    }
    way = claim.way.replace("{formula}", str(claim.formula))
    cut = "，与直接舍去尾数的结果相同" if _is_cut_off(claim, verdict) else ""
    said = f"{claim.said}，而" if claim.said else ""
    return (
        f"{said}{fact_name(claim.fact)}为 {stated}，{way}为 {figure_text(verdict.computed, unit)}，"
        f"相差 {apart}，{ends[verdict.outcome]}{cut}。"
    )


def _is_cut_off(claim: Claim, verdict: Verdict) -> bool:
    """Is what is printed the exact result with its further digits cut off, where it should have been rounded up?"""
    exact, value = claim.formula.worth(), claim.fact.value
    if verdict.outcome != "substantive" or not claim.formula.rounded or exact is None or value is None:
        return False
    step = Fraction(Decimal(1).scaleb(int(value.as_tuple().exponent)))
    return Fraction(abs(value)) == abs(exact) // step * step


def _stands(relation: Relation, value: Fraction, other: Fraction) -> bool:
    return {"equal": value == other, "at_most": value <= other, "above": value > other, "below": value < other}[
        relation
    ]


def _within_rounding(claim: Claim, bounds: tuple[Fraction, Fraction]) -> bool:
    if claim.fact.value is None:
        return False
    low, high = bounds
    value, give = Fraction(claim.fact.value), Fraction(slack_in(claim.fact, claim.fact.unit))
    if claim.relation == "equal":
        return value - give <= high and value + give >= low
    if claim.relation == "above":
        return _stands("above", value + give, low)
    return _stands(claim.relation, value - give, high)


def _shown(exact: Fraction, claim: Claim) -> Decimal:
    """A quotient with the digits of what is printed, rounded half up; a sum exactly, with the digits of its operands."""
    plain = Decimal(exact.numerator) / Decimal(exact.denominator)
    values = [claim.fact.value or Decimal(0)]
    if not claim.formula.rounded:
        values += [value_in(fact, claim.formula.unit) for fact in claim.formula.facts()]
    digits = min(int(value.as_tuple().exponent) for value in values)
    return plain.quantize(Decimal(1).scaleb(min(digits, 0)), rounding=ROUND_HALF_UP)
