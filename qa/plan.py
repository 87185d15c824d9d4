"""Plan: the meaning of a question, typed. Answering reads the plan alone, never the question's words.

A question about figures becomes expressions: a ``Ref`` names printed figures, a ``Call`` computes
with them. What the report cannot honour is a ``Restriction``; a content word nobody understood stands
in ``unknown``. Either one blocks a figure from being asserted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, TypeAlias

Side = Literal["", "income", "expenditure"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the question: as written, and the items of the report or the classification it may mean."""

    surface: str
    items: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """Figures as the question names them. ``names``: all names of the noun phrase in order; one is the item
    itself, the others narrow it (基本支出 里的 公务接待费). ``tables``: table kinds named. ``measure`` "" takes the default.
    ``period``: "" the report's own year, "prior" the year before.
    """

    names: tuple[Name, ...] = ()
    measure: str = ""
    side: Side = ""
    tables: tuple[str, ...] = ()
    period: str = ""
    unit_hint: str = ""
    grain: str = ""
    alt: Name | None = None

    def __str__(self) -> str:
        parts = [*self.tables, *(name.surface for name in self.names), self.side, self.measure, self.period]
        return "·".join(part for part in parts if part) or "(空)"


@dataclass(frozen=True, slots=True)
class Call:
    """A computation over expressions: op in sum, difference, ratio, share, times, average, product…"""

    op: str
    args: tuple[Expr, ...]

    def __str__(self) -> str:
        return f"{self.op}({', '.join(str(arg) for arg in self.args)})"


Expr: TypeAlias = Ref | Call


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound on the figures of a group: ``op`` in gt, ge, lt, le, eq, some, blank, zero, filled, over, under, rise,
    fall. ``some`` is 十几, 300 多万: from ``value`` to below ``upper``."""

    op: str
    value: Decimal | None = None
    unit: str = ""
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """Something the question asks for that this report does not hold: the words, why, where it would stand."""

    surface: str
    reason: str
    usually_in: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole meaning. ``kind`` names the file in qa/kinds that answers.

    ``exprs``: one for each figure asked for; for rank/filter/count, ``exprs[0]`` is the group.
    ``order`` desc|asc, ``limit`` how many; ``grain``: 类|款|项|item — what is to be listed.
    ``topic``: for texts, which section or remark. ``unit``: unit the answer is wanted in.
    ``background``: clauses set aside as story or remark. ``carried``: slots taken from earlier turns, in words.
    """

    kind: str
    question: str
    exprs: tuple[Expr, ...] = ()
    conditions: tuple[Condition, ...] = ()
    order: Literal["", "desc", "asc"] = ""
    limit: int = 0
    grain: str = ""
    unit: str = ""
    topic: str = ""
    words: tuple[str, ...] = ()
    claim: Decimal | None = None
    carried: tuple[str, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    unknown: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    tokens: tuple[str, ...] = field(default=(), compare=False)

    def explain(self) -> str:
        """The plan in lines that a person can read."""
        rows = [("种类", self.kind), ("求", "；".join(str(expr) for expr in self.exprs))]
        rows += [("条件", "；".join(f"{c.op} {c.value or ''}{c.unit}" for c in self.conditions))]
        rows += [("排序", f"{self.order} {self.limit or ''}".strip()), ("粒度", self.grain), ("单位", self.unit)]
        rows += [("主题", self.topic), ("承前", "、".join(self.carried))]
        rows += [("背景", "；".join(self.background))]
        rows += [("报告不载", "、".join(f"{r.surface}（{r.reason}）" for r in self.restrictions))]
        rows += [("未理解", "、".join(self.unknown)), ("分词", " ".join(self.tokens))]
        return "\n".join(f"{name}：{value}" for name, value in rows if value)

    def with_(self, **changes: object) -> Plan:
        """A copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def refs(expr: Expr) -> tuple[Ref, ...]:
    """The leaves of an expression, left to right."""
    if isinstance(expr, Ref):
        return (expr,)
    return tuple(leaf for arg in expr.args for leaf in refs(arg))
