"""A claimed figure against the report's: equal, equal when rounded as claimed, another, or not to be compared."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from qa.amounts import MONEY
from qa.answer import Figure
from qa.verification.spotting import Spotted

Outcome = Literal["match", "rounded", "mismatch", "undecided"]
_HUNDRED = Decimal(100)
_CLOSE, _DOUBTFUL = Decimal("0.1"), Decimal("0.05")
_FRACTION_CLOSE, _FRACTION_DOUBTFUL = Decimal("0.5"), Decimal(3)


def in_unit_of(claim: Spotted, figure: Figure) -> Decimal | None:
    """The report's figure in the unit of the claim, exactly; None where the two cannot be compared."""
    value, unit = figure.value, figure.unit
    if value is None:
        return None
    if claim.unit == "零":
        return value
    if claim.unit == "元" and unit in MONEY:
        return value * MONEY[unit]
    if claim.unit == "倍" and unit == "%":
        return value / _HUNDRED
    if claim.unit in {"%", "个百分点"} and unit == "倍":
        return value * _HUNDRED
    same = {claim.unit, unit} <= {"%", "个百分点"} or claim.unit == unit or (claim.unit == "" and unit == "分")
    return value if same else None


def judge(claim: Spotted, value: Decimal, slack: Decimal = Decimal(0)) -> Outcome:
    """``value``: the report's figure in the unit of the claim, without the sign that a direction word tells.

    ``slack``: how far a quotient, which is shown rounded, may lie from ``value``; where that decides, nothing is decided,
    and what equals the figure shown is equal after rounding.
    """
    if slack and value == claim.value and not claim.bound:
        return "rounded"
    if slack and value != claim.value:
        both = {_judge(claim, value - slack), _judge(claim, value + slack)}
        both = {"rounded" if outcome == "match" and not claim.bound else outcome for outcome in both}
        return both.pop() if len(both) == 1 else "undecided"
    return _judge(claim, value)


def _judge(claim: Spotted, value: Decimal) -> Outcome:
    if claim.bound in {"over", "under", "least", "most"}:
        return "match" if _holds(claim, value) else "mismatch"
    if claim.bound == "odd":
        assert claim.upper is not None
        return "rounded" if claim.value <= value < claim.upper else "mismatch"
    if claim.bound == "fraction":
        return _near_fraction(claim, value)
    if claim.bound == "near":
        return _nearly(claim, value)
    if value == claim.value:
        return "match"
    if _round(value, claim.step) == claim.value:
        return "rounded"
    return _coarser(claim, value)


def _holds(claim: Spotted, value: Decimal) -> bool:
    return {
        "over": value > claim.value,
        "least": value >= claim.value,
        "under": value < claim.value,
        "most": value <= claim.value,
    }[claim.bound]


def _near_fraction(claim: Spotted, value: Decimal) -> Outcome:
    """一半, 四分之一: said of what is close to it."""
    apart = abs(value - claim.value)
    if apart == 0:
        return "match"
    return "rounded" if apart <= _FRACTION_CLOSE else "undecided" if apart <= _FRACTION_DOUBTFUL else "mismatch"


def _nearly(claim: Spotted, value: Decimal) -> Outcome:
    """近 26 万: below it, by less than one in the last digit that counts."""
    if value > claim.value or value <= claim.value * (1 - 2 * _CLOSE):
        return "undecided" if _round(value, claim.step) == claim.value else "mismatch"
    close = claim.value - value < _last_counting(claim) and value >= claim.value * (1 - _CLOSE)
    return "rounded" if close else "undecided"


def _coarser(claim: Spotted, value: Decimal) -> Outcome:
    """Zeros at the end of a whole number may only fill up: 15,700 万元, 约 30 万元."""
    counting = _last_counting(claim)
    digits = abs(claim.value) / counting if counting else Decimal(0)
    money = claim.unit == "元" and digits >= 10
    if counting > claim.step and (claim.bound == "about" or money) and _round(value, counting) == claim.value:
        return "rounded" if abs(value - claim.value) <= abs(claim.value) * _CLOSE else "undecided"
    about = claim.bound == "about" and claim.step > 0
    if about and abs(value - claim.value) < 2 * claim.step and abs(value - claim.value) <= abs(value) * _DOUBTFUL:
        return "undecided"
    return "mismatch"


def _last_counting(claim: Spotted) -> Decimal:
    """The weight of the last digit that is not a filling zero of a whole number; a zero after the point counts."""
    step = claim.step
    if claim.value == 0 or claim.decimals:
        return step
    while (claim.value / step) % 10 == 0:
        step *= 10
    return step


def _round(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_HALF_UP) * step
