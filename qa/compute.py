"""Expressions of the plan -> values with their working, down to printed figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from qa.amounts import MONEY
from qa.bases import base_of
from qa.catalogue import Catalogue, Entry
from qa.members import members
from qa.operations import OPERATIONS, like
from qa.pairing import budget_beside, final_beside, in_one_table, within
from qa.plan import Call, Expr, Name, Ref, refs
from qa.resolve import Found, Missing, resolve, said
from qa.standins import parts_of_total, stand_ins
from qa.values import Several, Undefined, Value, value_of

__all__ = ["Several", "Undefined", "Value", "comparable", "derived", "evaluate", "in_unit", "stated", "value_of"]

_LOOSELY = {
    "收入总计": "本年收入合计",
    "支出总计": "本年支出合计",
}  # 「占总收入的比重」 means the share that is printed
_OF_BEFORE = frozenset({"prior", "growth"})
_SAID_OF_BASE = {"budget": "预算数", "final": "执行数"}
_OF_COUNTS = frozenset("量数")  # 保有量, 团组数: asked of these, a stand-in must give a number of things


def evaluate(expr: Expr, catalogue: Catalogue) -> Value | Missing:
    """The value of ``expr``; Missing when an operand is not in the report. Raises Undefined.

    Where the report prints nothing under a name, the name that stands in its place is tried, for every operand alike.
    """
    value = _evaluate(expr, catalogue)
    if not isinstance(value, Missing):
        return value
    for other in substituted(expr):
        if isinstance(expr, Call) and expr.op in _OF_BEFORE and differ(expr, other, catalogue):
            continue
        tried = _evaluate(other, catalogue)
        if not isinstance(tried, Missing):
            return tried
    return value


def differ(expr: Expr, other: Expr, catalogue: Catalogue) -> bool:
    """Whether the report prints another amount for what ``other`` names: what is said of that is not said of ``expr``."""
    for a, b in zip(refs(expr), refs(other), strict=True):
        own, theirs = amount_of(a, catalogue), amount_of(b, catalogue)
        if a.names == b.names or own is None or theirs is None or own[0] is None or theirs[0] is None:
            continue
        if {own[1], theirs[1]} <= set(MONEY):
            coarser = max(abs(_step(*own)), abs(_step(*theirs)))
            if abs(own[0] * MONEY[own[1]] - theirs[0] * MONEY[theirs[1]]) > coarser / 2:
                return True
        elif own[1] == theirs[1] and own[0] != theirs[0]:
            return True
    return False


def _step(value: Decimal | None, unit: str) -> Decimal:
    """One unit of the last printed digit, in 元."""
    assert value is not None
    return Decimal(1).scaleb(int(value.as_tuple().exponent)) * MONEY[unit]


def evaluate_all(exprs: tuple[Expr, ...], catalogue: Catalogue) -> list[Value] | Missing:
    """The values of several expressions that are set against each other: a stand-in is taken for all or for none."""
    together = Call("together", exprs)
    missing: Missing | None = None
    for call in (together, *substituted(together)):
        assert isinstance(call, Call)
        pair = _alike(Call("pair", call.args), catalogue)
        values = [value_of(arg) if isinstance(arg, Entry) else _evaluate(arg, catalogue) for arg in pair]
        lacking = next((v for v in values if isinstance(v, Missing)), None)
        if lacking is None:
            return [v for v in values if isinstance(v, Value)]
        missing = missing or lacking
    assert missing is not None
    return missing


def substituted(expr: Expr, counted: bool = True) -> Iterator[Expr]:
    """``expr`` with a name exchanged for its stand-in, in every reference that has it.

    ``counted``: a stand-in for a number of things (保有量) must give a number of things, too.
    """
    for names in dict.fromkeys(ref.names for ref in refs(expr)):
        for other in stand_ins(names):
            yield _exchanged(expr, names, other, counted)


def _exchanged(expr: Expr, old: tuple[Name, ...], new: tuple[Name, ...], counted: bool) -> Expr:
    if isinstance(expr, Call):
        return Call(expr.op, tuple(_exchanged(arg, old, new, counted) for arg in expr.args))
    if expr.names != old:
        return expr
    number = counted and not expr.measure and any(item[-1] in _OF_COUNTS for name in old for item in name.items)
    return replace(expr, names=new, measure="count" if number else expr.measure)


def _evaluate(expr: Expr, catalogue: Catalogue) -> Value | Missing:
    if isinstance(expr, Ref):
        if expr.period == "prior" and expr.measure in {"", "final"}:
            now = replace(expr, measure="final", period="")
            return _evaluate(Call("prior", (now, replace(now, measure="change"))), catalogue)
        return _value_of_ref(expr, catalogue)
    if expr.op == "prior" and (printed := _printed_before(expr.args[0], catalogue)) is not None:
        return printed
    if expr.op == "parts":
        return _parts(expr.args[0], catalogue)
    values: list[Value] = []
    for arg in _alike(expr, catalogue):
        value = value_of(arg) if isinstance(arg, Entry) else _evaluate(arg, catalogue)
        if isinstance(value, Missing):
            return value
        values.append(value)
    return OPERATIONS[expr.op](values)


def _of_a_budget(call: Call, catalogue: Catalogue) -> tuple[Expr | Entry, ...]:
    """A budget's own figures are budgets; the one told with its change is taken, in the unit of that. Raises Undefined where
    the year before's budget is asked of a change from what was spent then, or the other way round."""
    now, change = call.args
    if not (isinstance(now, Ref) and isinstance(change, Ref)):
        return call.args
    found = resolve(change, catalogue)
    if not isinstance(found, Found):
        return replace(now, measure="budget"), change
    base = base_of(found.entry.fact)
    if base and now.measure in _SAID_OF_BASE and now.measure != base:
        raise Undefined(
            f"报告给出的「{said(now)}」是与上年{_SAID_OF_BASE[base]}相比的增减，推不出上年{_SAID_OF_BASE[now.measure]}"
        )
    own = budget_beside(found.entry, catalogue)
    return own or replace(now, measure="budget"), change


def _printed_before(expr: Expr, catalogue: Catalogue) -> Value | None:
    """The figure of the year before where a table prints it; None where it has to be computed."""
    if catalogue.before is None or not isinstance(expr, Ref):
        return None
    value = _value_of_ref(expr, catalogue.before)
    return None if isinstance(value, Missing) else value


def _alike(call: Call, catalogue: Catalogue) -> tuple[Expr | Entry, ...]:
    """The operands of a call, those of two set against each other in one 口径."""
    if len(call.args) != 2 or call.op == "together":
        return call.args
    if call.op in _OF_BEFORE and catalogue.info.document == "预算":
        return _of_a_budget(call, catalogue)
    first, second = call.args
    if not (isinstance(first, Ref) and isinstance(second, Ref)):
        return call.args
    if call.op in {"difference", "excess", "completion", "share", "pair"} and (
        own := final_beside(first, second, catalogue)
    ):
        return own, second
    return in_one_table(within(first, second, catalogue), second, catalogue) if call.op == "share" else call.args


def _parts(group: Expr, catalogue: Catalogue) -> Value | Missing:
    """The sum of the figures of a group; blanks add nothing."""
    assert isinstance(group, Ref)
    found = [e for e in members(replace(group, grain=""), group.grain, catalogue) if e.fact.state != "blank"]
    if not found:
        return Missing("item", said(group))
    return OPERATIONS["sum"]([value_of(entry) for entry in found])


def _value_of_ref(ref: Ref, catalogue: Catalogue) -> Value | Missing:
    found = resolve(ref, catalogue)
    if isinstance(found, Missing):
        return found
    if ref.measure == "count" and len(found.chosen) > 1:
        return Missing("count", said(ref), found.chosen)
    if len(found.chosen) > 1:
        raise Several(said(ref), found.chosen)
    return value_of(found.entry, found.others)


def derived(ref: Ref, catalogue: Catalogue, exact: bool = False) -> Value | None:
    """A measure the report does not print for this item, from what it does print; None where that is not possible.

    A total from all of its printed parts (“三公”经费);
    完成率 = 决算 ÷ 预算; 增减率 = 增减额 ÷ (本年数 − 增减额); 占比 = 本项 ÷ 所在表的合计. ``exact``: only under the
    name asked, without a stand-in. Raises Undefined.
    """
    final, budget, change = (replace(ref, measure=m) for m in ("final", "budget", "change"))
    run = _evaluate if exact else evaluate
    made: Value | Missing | None = None
    if ref.measure in {"", "final", "budget"} and (parts := parts_of_total(ref.names)):
        made = run(Call("sum", tuple(replace(ref, names=(part,)) for part in parts)), catalogue)
    elif ref.measure == "completion":
        made = run(Call("completion", (final, budget)), catalogue)
    elif ref.measure == "change_rate":
        now = replace(ref, measure="") if catalogue.info.document == "预算" else final
        made = run(Call("growth", (now, change)), catalogue)
    elif ref.measure == "share" and (whole := _whole_of(final, catalogue)) is not None:
        made = run(Call("share", (final, whole)), catalogue)
    return made if isinstance(made, Value) else None


def _whole_of(ref: Ref, catalogue: Catalogue) -> Ref | None:
    """The total that an item is a part of in its table."""
    found = resolve(ref, catalogue)
    if isinstance(found, Missing):
        return None
    if not found.entry.fact.parents:
        total = "本年收入合计" if found.entry.side == "income" else "本年支出合计"
        return None if total in found.entry.own else Ref((Name(total, (total,)),), "final")
    fact = found.entry.fact
    total = fact.parents[0] if fact.level == 2 and fact.table_kind == "basic_expenditure" else fact.parents[-1]
    return Ref((Name(total, (catalogue.names.canonical(total),)),), "final")


def stated(call: Call, catalogue: Catalogue) -> Value | None:
    """The printed percentage that a computed share or completion repeats, None where the report prints none."""
    if call.op not in {"share", "completion"} or not all(isinstance(arg, Ref) and not arg.period for arg in call.args):
        return None
    part, whole = call.args
    assert isinstance(part, Ref) and isinstance(whole, Ref)
    same = part.names == whole.names
    if not same and whole.measure not in {"", "final"}:
        return None
    if (same and whole.measure != "budget") or part.measure not in {"", "final"} or (part.side == "income" and same):
        return None
    if not same and len(whole.names) == 1 and part.names[:1] == whole.names:
        part = replace(part, names=part.names[1:])  # named within the whole itself
    found = resolve(replace(part, measure="completion" if same else "share"), catalogue)
    if isinstance(found, Missing):
        return None
    items = {item for name in whole.names for item in name.items}
    items |= {_LOOSELY[item] for n in whole.names if "总计" not in n.surface for item in n.items if item in _LOOSELY}
    amount = amount_of(whole, catalogue)
    equal = (names for names in stand_ins(whole.names) if amount_of(Ref(names), catalogue) == amount or amount is None)
    items |= {item for names in equal for name in names for item in name.items}
    for entry in (*found.chosen, *found.others):
        of = catalogue.names.canonical(entry.fact.basis)
        if len(whole.names) > 1 and not same and differ(whole, Ref((Name(of, (of,)),)), catalogue):
            continue  # 「占港航管理中心收入的几成」 is no share of all income
        if same or of in items:
            return value_of(entry)
    return None


def amount_of(ref: Ref, catalogue: Catalogue) -> tuple[Decimal | None, str] | None:
    """The amount of what ``ref`` names and its unit, whatever measure is asked; None where none is printed."""
    found = resolve(replace(ref, measure=""), catalogue)
    return (found.entry.fact.value, found.entry.fact.unit) if isinstance(found, Found) else None


def comparable(values: list[Value]) -> bool:
    """Whether the values can be compared: all of one unit, or all money."""
    try:
        like(values)
    except Undefined:
        return False
    return True


def in_unit(value: Value, unit: str) -> Value:
    """``value`` brought to ``unit`` of money, exactly; as it is where that is not possible."""
    if value.unit not in MONEY or unit not in MONEY or value.unit == unit:
        return value
    factor = Fraction(MONEY[value.unit]) / Fraction(MONEY[unit])
    before = value.written()
    changed = replace(value, number=value.number * factor, unit=unit, printed=None)
    whole = value.shown == value.number
    # What was rounded for show is not what is converted: the working is said again with the new unit.
    left = value.steps[-1].split(" ≈ ")[0] if value.steps else before
    step = f"{before} = {changed.written()}" if whole else f"{left} ≈ {changed.written()}（四舍五入到两位小数）"
    return replace(changed, formula=value.formula or f"{value.label} 换算为{unit}", steps=(*value.steps, step))
