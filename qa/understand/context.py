"""What the rules that read a question are given, and the plan they begin from."""

from __future__ import annotations

from dataclasses import dataclass

from qa.catalogue import Catalogue
from qa.plan import Call, Expr, Name, Plan, Ref
from qa.understand.phrases import Phrase, Sketch

TOTAL_EXPENDITURE = Name("支出合计", ("本年支出合计",))
TOTAL_INCOME = Name("收入合计", ("本年收入合计",))


@dataclass(frozen=True, slots=True)
class Reading:
    """One question being read: its words, its phrases after lending, and the report it is asked of."""

    question: str
    text: str
    sketch: Sketch
    phrases: tuple[Phrase, ...]
    catalogue: Catalogue
    unit: str

    def has(self, *marks: str) -> bool:
        """Whether one of ``marks`` stands in the question."""
        return self.sketch.has(*marks)

    @property
    def named(self) -> tuple[Phrase, ...]:
        """The phrases that name an item."""
        return tuple(phrase for phrase in self.phrases if phrase.names)

    @property
    def amount(self) -> bool:
        """Whether an amount is asked for."""
        return self.has("ask.amount", "ask.where")

    @property
    def yesno(self) -> bool:
        """Whether yes or no is asked for, and no amount or choice."""
        return self.has("ask.yesno") and not self.has("ask.amount", "ask.why") and not self.has("ask.which")

    @property
    def grain(self) -> str:
        """What is to be listed or ranked (class, group, leaf, economic, item …), joined by +; "" where it is not said."""
        said = [p.grain for p in self.phrases if p.grain]
        said += [m.removeprefix("grain.") for m in self.sketch.marks if m.startswith("grain.")]
        return "+".join(g for g in ("unit", "functional", "economic", "leaf", "group", "class", "item") if g in said)

    def plan(self, kind: str, *exprs: Expr, **more: object) -> Plan:
        """A plan of this question."""
        return Plan(kind, self.question, exprs, unit=self.unit).with_(**more)


def measured(phrase: Phrase, measure: str) -> Ref:
    """The phrase's figures in ``measure``."""
    ref = phrase.ref()
    return Ref(ref.names, measure, ref.side, ref.tables, ref.period, ref.unit_hint if measure == "count" else "")


def operand(phrase: Phrase) -> Expr:
    """The figures of a phrase, or their average where the phrase says per what (人均, 每辆)."""
    ref = phrase.ref()
    if not phrase.per or phrase.unit:
        return ref
    return call("average", ref, Ref(phrase.names, "count", unit_hint="" if phrase.per == "?" else phrase.per))


def call(op: str, *args: Expr) -> Call:
    """A computation. A sum adds no item twice that a table named later only lends: 「A 加 B，跟收入决算表上的合计」."""
    return Call(op, _each_once(args) if op == "sum" else args)


def _each_once(args: tuple[Expr, ...]) -> tuple[Expr, ...]:
    kept: list[Expr] = []
    for arg in args:
        again = isinstance(arg, Ref) and any(
            isinstance(k, Ref) and k.names == arg.names and k.measure == arg.measure and not k.tables and k != arg
            for k in kept
        )
        if not again:
            kept.append(arg)
    return tuple(kept)
