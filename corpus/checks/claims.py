"""Claim: what one figure of a report should be, given others; and the exact bounds that rounding leaves it.

Arithmetic is exact (``Fraction`` over the printed ``Decimal``); an operand may be off by half a unit of its last
printed digit and by no more, so a formula has a lowest and a highest worth, and nothing outside them is rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from itertools import product
from typing import Literal

from corpus.checks.discrepancy import slack_in, value_in
from corpus.facts import Fact

WORKING = "按 {formula} 计算"  # a claim's ``way`` that shows the figures of its formula
_EXACT = Context(prec=200, traps=[Inexact])  # a sum that would have to be rounded is an error
Relation = Literal["equal", "at_most", "above", "below"]


@dataclass(frozen=True, slots=True)
class Term:
    """One operand, added or (``sign`` -1) taken away."""

    fact: Fact
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Formula:
    """(sum of ``top``) ÷ (sum of ``bottom``, where there is one) × ``scale``; no terms at all is 0.

    Amounts are brought to ``unit`` first. ``rounded``: the worth is shown with as many digits as what is compared.
    """

    top: tuple[Term, ...]
    unit: str
    bottom: tuple[Term, ...] = ()
    scale: Fraction = Fraction(1)
    rounded: bool = False

    def facts(self) -> tuple[Fact, ...]:
        """The operands in order, each once."""
        return tuple({term.fact.id: term.fact for term in (*self.top, *self.bottom)}.values())

    def worth(self) -> Fraction | None:
        """The exact result; None where the divisor is nothing."""
        if not self.bottom:
            return self._sum((term.sign, value_in(term.fact, self.unit)) for term in self.top)
        return self._at({fact.id: _exact(value_in(fact, self.unit)) for fact in self.facts()})

    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and highest result that rounding of the operands allows; None where the divisor may be nothing."""
        if not self.bottom:
            middle = self.worth() or Fraction(0)
            slack = abs(self._sum((abs(self._sign(fact.id)), slack_in(fact, self.unit)) for fact in self.facts()))
            return middle - slack, middle + slack
        spans = {
            fact.id: (_exact(value_in(fact, self.unit)), _exact(slack_in(fact, self.unit))) for fact in self.facts()
        }
        divisor = sum((term.sign * spans[term.fact.id][0] for term in self.bottom), Fraction(0))
        give = sum((spans[term.fact.id][1] for term in self.bottom), Fraction(0))
        if abs(divisor) <= give:
            return None
        corners = product(*((value - width, value + width) for value, width in spans.values()))
        results = [self._at(dict(zip(spans, corner, strict=True))) for corner in corners]
        found = [result for result in results if result is not None]
        return min(found), max(found)

    def with_value(self, fact: Fact) -> Formula:
        """The formula with that fact in the place of the one of the same id."""
        top, bottom = (tuple(_put(term, fact) for term in terms) for terms in (self.top, self.bottom))
        return replace(self, top=top, bottom=bottom)

    def __str__(self) -> str:
        """The formula with its figures: 9.65 ÷ 94.27."""
        above, below = (_terms_to_text(terms) for terms in (self.top, self.bottom))
        if not self.bottom:
            return above
        return f"{above} ÷ {below}" if len(self.bottom) == 1 else f"{above} ÷ ({below})"

    def _sum(self, parts: Iterable[tuple[int, Decimal]]) -> Fraction:
        """Signs times amounts, added, times ``scale``. Decimals are added as they are, which is many times faster."""
        total = Decimal(0)
        for sign, value in parts:
            total = _EXACT.add(total, _EXACT.multiply(sign, value))
        return Fraction(total) if self.scale == 1 else Fraction(total) * self.scale

    def _sign(self, id_: str) -> int:
        return sum(term.sign for term in self.top if term.fact.id == id_)

    def _at(self, values: Mapping[str, Fraction]) -> Fraction | None:
        above = sum((term.sign * values[term.fact.id] for term in self.top), Fraction(0))
        below = sum((term.sign * values[term.fact.id] for term in self.bottom), Fraction(0))
        return above / below * self.scale if below else None


@dataclass(frozen=True, slots=True)
class Claim:
    """``fact`` should stand in ``relation`` to the worth of ``formula``; ``way`` says in words how that is computed.

    ``others``: formulas that the report may mean as well, where it does not say which figures it computed with: a
    difference that one of them explains is no error. ``said``: the report's words that state the relation, where it
    does. ``also``: facts cited beside the operands.
    """

    kind: str
    fact: Fact
    formula: Formula
    way: str
    relation: Relation = "equal"
    others: tuple[Formula, ...] = ()
    said: str = ""
    also: tuple[Fact, ...] = ()

    def facts(self) -> tuple[Fact, ...]:
        """Every figure that takes part, the one in question first."""
        return tuple({fact.id: fact for fact in (self.fact, *self.formula.facts(), *self.also)}.values())

    def with_value(self, fact: Fact, value: Decimal) -> Claim:
        """The claim as it would be if ``fact`` were printed as ``value``; no other readings are considered."""
        changed = replace(fact, value=value)
        own = changed if self.fact.id == fact.id else self.fact
        return replace(self, fact=own, formula=self.formula.with_value(changed), others=())


def sum_of(facts: Sequence[Fact], unit: str) -> Formula:
    """The sum of the facts, in ``unit``."""
    return Formula(tuple(Term(fact) for fact in facts), unit)


def percent_of(top: Fact, bottom: Sequence[Term]) -> Formula:
    """``top`` in percent of the sum of ``bottom``."""
    return Formula((Term(top),), top.unit, tuple(bottom), Fraction(100), rounded=True)


def readings(claim: Claim) -> Iterator[Claim]:
    """The claim with each of its other formulas in turn."""
    for formula in claim.others:
        yield replace(claim, formula=formula, others=())


def _terms_to_text(terms: Sequence[Term]) -> str:
    text = ""
    for term in terms:
        value = f"{term.fact.value or 0:,}"
        sign = " - " if term.sign < 0 else " + "
        text += (sign if text else sign.strip("+ ")) + (f"({value})" if text and value.startswith("-") else value)
    return text


def _put(term: Term, fact: Fact) -> Term:
    return replace(term, fact=fact) if term.fact.id == fact.id else term


def _exact(value: Decimal) -> Fraction:
    return Fraction(value)
