"""The computations, each from values to a value with its formula and working."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from qa.amounts import MONEY, exact, written_with_unit
from qa.bases import base_of
from qa.catalogue import Entry
from qa.values import Undefined, Value


def like(values: list[Value]) -> list[Value]:
    """The values in the first one's unit. Raises Undefined when units cannot be brought together."""
    first = values[0]
    brought = [first]
    for value in values[1:]:
        if value.unit == first.unit:
            brought.append(value)
        elif value.unit in MONEY and first.unit in MONEY:
            factor = Fraction(MONEY[value.unit]) / Fraction(MONEY[first.unit])
            brought.append(replace(value, number=value.number * factor, unit=first.unit, printed=None))
        else:
            raise Undefined(
                f"「{value.label}」的单位是{value.unit}，「{first.label}」的单位是{first.unit}，不能这样计算"
            )
    return brought


def _leaves(values: list[Value]) -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(leaf for value in values for leaf in value.leaves))


def _steps(values: list[Value]) -> tuple[str, ...]:
    return tuple(step for value in values for step in value.steps)


def _made(
    number: Fraction, unit: str, label: str, values: list[Value], formula: str, working: str, quotient: bool = False
) -> Value:
    value = Value(number, unit, label, _leaves(values), formula, quotient=quotient or any(v.quotient for v in values))
    whole = exact(number)
    shown = value.written()
    sign = "=" if whole is not None and whole == value.shown else "≈"
    note = "" if sign == "=" else "（四舍五入到两位小数）"
    return replace(value, steps=(*_steps(values), f"{working} {sign} {shown}{note}"))


def _sum(values: list[Value]) -> Value:
    alike = like(values)
    label = "、".join(v.label for v in values) + " 合计"
    formula = " + ".join(v.label for v in values)
    working = " + ".join(v.written() for v in alike)
    return _made(sum((v.number for v in alike), Fraction(0)), alike[0].unit, label, values, formula, working)


def _difference(values: list[Value]) -> Value:
    """The larger less the smaller; the label says whether the first is more or less."""
    _distinct(values, "差额")
    first, second = like(values)[:2]
    a, b = values[:2]
    label = f"{a.label} 比 {b.label} {'多' if first.number > second.number else '少'}"
    if first.number < second.number:
        first, second, a, b = second, first, b, a
    unit = "个百分点" if first.unit == "%" else first.unit
    label = label if first.number != second.number else f"{a.label} 与 {b.label} 的差额（一样多）"
    working = f"{a.written()} − {b.written()}"
    return _made(first.number - second.number, unit, label, values, f"{a.label} − {b.label}", working)


def _excess(values: list[Value]) -> Value:
    """By how many percent the first is above or below the second; the label says which, the number has no sign."""
    a, b, quotient = _quotient(values, "超出比例")
    larger, smaller, word = (a, b, "高") if quotient >= 1 else (b, a, "低")
    label = f"{a.label} 比 {b.label} {word}"
    working = f"({larger.written()} − {smaller.written()}) ÷ {b.written()} × 100%"
    formula = f"({larger.label} − {smaller.label}) ÷ {b.label} × 100%"
    return _made(abs(quotient - 1) * 100, "%", label, values, formula, working, quotient=True)


def _quotient(values: list[Value], what: str) -> tuple[Value, Value, Fraction]:
    _distinct(values, what)
    first, second = like(values)[:2]
    if second.number == 0:
        raise Undefined(f"「{second.label}」为 0，不能作除数，{what}无法计算")
    return values[0], values[1], first.number / second.number


def _distinct(values: list[Value], what: str) -> None:
    """Raises Undefined where a figure would be set against itself: the question cannot have meant that."""
    if len(values) == 2 and values[0].printed is not None and values[0].printed is values[1].printed:
        raise Undefined(f"{what}的两边是同一个数字「{values[0].label}」，没有理解这个问题拿它和什么比")


def _share(values: list[Value]) -> Value:
    a, b, quotient = _quotient(values, "占比")
    label = f"{a.label} 占 {b.label} 的比例"
    return _made(
        quotient * 100,
        "%",
        label,
        values,
        f"{a.label} ÷ {b.label} × 100%",
        f"{a.written()} ÷ {b.written()} × 100%",
        quotient=True,
    )


def _completion(values: list[Value]) -> Value:
    a, b, quotient = _quotient(values, "完成率")
    label = f"{a.leaves[0].fact.item} 完成预算的比例"
    return _made(
        quotient * 100,
        "%",
        label,
        values,
        f"{a.label} ÷ {b.label} × 100%",
        f"{a.written()} ÷ {b.written()} × 100%",
        quotient=True,
    )


def _times(values: list[Value]) -> Value:
    a, b, quotient = _quotient(values, "倍数")
    return _made(
        quotient,
        "倍",
        f"{a.label} 是 {b.label} 的倍数",
        values,
        f"{a.label} ÷ {b.label}",
        f"{a.written()} ÷ {b.written()}",
        quotient=True,
    )


def _average(values: list[Value]) -> Value:
    amount, count = values[:2]
    if amount.leaves == count.leaves:
        raise Undefined(f"「{amount.label}」不能除以它自己来求平均；报告没有给出要平均的金额")
    if count.number == 0:
        raise Undefined(f"「{count.label}」为 0，不能求平均")
    quotient = amount.number / count.number
    unit, number = amount.unit, quotient
    if unit == "万元" and 0 < abs(quotient) < 1:
        unit, number = "元", quotient * 10**4
    per = count.unit or "个"
    label = f"{amount.label} 平均每{per}"
    working = f"{amount.written()} ÷ {count.written()}"
    return _made(number, unit, label, values, f"{amount.label} ÷ {count.label}", working, quotient=True)


def _monthly(values: list[Value]) -> Value:
    """A year's amount by its twelve months; the report prints no month's own."""
    return _spread(values[0], 12, "月")


def _daily(values: list[Value]) -> Value:
    """A year's amount by the days of that year."""
    year = values[0].leaves[0].fact.period[:4]
    return _spread(values[0], 366 if year.isdigit() and isleap(int(year)) else 365, "天")


def _spread(amount: Value, parts: int, per: str) -> Value:
    if amount.unit not in MONEY:
        raise Undefined(f"「{amount.label}」不是全年的金额，不能平均到每{per}")
    quotient = amount.number / parts
    unit, number = amount.unit, quotient
    if unit == "万元" and 0 < abs(quotient) < 1:
        unit, number = "元", quotient * 10**4
    label = f"{amount.label} 平均每{per}"
    working = f"{amount.written()} ÷ {parts} 个{per}" if per == "月" else f"{amount.written()} ÷ {parts} {per}"
    return _made(number, unit, label, [amount], f"{amount.label} ÷ {parts}", working, quotient=True)


def _mean(values: list[Value]) -> Value:
    alike = like(values)
    total = sum((v.number for v in alike), Fraction(0))
    working = f"({' + '.join(v.written() for v in alike)}) ÷ {len(alike)}"
    return _made(
        total / len(alike),
        alike[0].unit,
        "、".join(v.label for v in values) + " 平均",
        values,
        f"({' + '.join(v.label for v in values)}) ÷ {len(alike)}",
        working,
        quotient=True,
    )


def _prior(values: list[Value]) -> Value:
    """The prior-year amount: this year's less the stated change."""
    now, change = like(values)[:2]
    year = values[1].leaves[0].fact.basis or "上年"
    said = f"{year} 年度" if year.isdigit() else year
    if values[0].leaves[0].fact.measure == "budget":  # a budget says what its change is from
        said += {"budget": "预算", "final": "预算执行", "": ""}[base_of(values[1].leaves[0].fact)]
    label = f"{values[0].leaves[0].fact.item} {said}数"
    if change.number < 0:
        working = f"{now.written()} + {written_with_unit(abs(change.shown), change.unit)}"
    else:
        working = f"{now.written()} − {change.written()}"
    return _made(now.number - change.number, now.unit, label, values, "本年数 − 比上年增减额", working)


def _growth(values: list[Value]) -> Value:
    """The change in percent of the prior-year amount, from this year's amount and the stated change."""
    now, change = like(values)[:2]
    base = now.number - change.number
    if base == 0:
        raise Undefined("上年数为 0，增长率无法计算")
    label = f"{values[0].leaves[0].fact.item} 比上年增减率"
    working = f"{change.written()} ÷ ({now.written()} − {change.written()}) × 100%"
    return _made(
        change.number / base * 100, "%", label, values, "增减额 ÷ (本年数 − 增减额) × 100%", working, quotient=True
    )


OPERATIONS: dict[str, Callable[[list[Value]], Value]] = {
    "sum": _sum, "difference": _difference, "share": _share, "times": _times, "average": _average,
    "mean": _mean, "completion": _completion, "prior": _prior, "growth": _growth,
    "excess": _excess, "monthly": _monthly, "daily": _daily,
}  # fmt: skip
