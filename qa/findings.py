"""Findings of the auditor in words: what was compared, how rounding gaps are grouped, what a hypothesis says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from corpus.checks import Discrepancy, PriorAmount
from corpus.facts import Fact
from qa.amounts import written, written_with_unit
from qa.wording import label_of, place_of

SEVERITIES = {"substantive": "实质不一致", "rounding": "四舍五入尾差"}
COMPARED = {
    "sum_in_table": "表内合计与分项",
    "between_tables": "表与表之间",
    "table_and_text": "表与文字之间",
    "repeated": "同一数字前后两处",
    "sum_in_text": "文字中的合计与分项",
    "part_above_whole": "部分与整体",
    "completion": "预算完成率",
    "share": "占比",
    "change_rate": "增减率",
    "change": "增减额",
    "rate_on_zero": "以零为基数的比率",
    "direction": "大于、小于、增加、减少的说法",
    "procurement": "政府采购",
    "performance": "绩效评价汇总",
    "prior_year": "推算的上年数",
    "between_years": "与上年报告之间",
}


def compared(found: Discrepancy) -> str:
    """What kind of figures were set against each other, in words."""
    return COMPARED.get(found.kind, found.kind)


def rounding_groups(found: Iterable[Discrepancy]) -> tuple[tuple[Discrepancy, ...], ...]:
    """The rounding gaps, those of the same two figures together, in the order of the first of each."""
    groups: dict[tuple[Decimal, Decimal], list[Discrepancy]] = {}
    for each in found:
        if each.severity == "rounding":
            pair = sorted((abs(each.printed), abs(each.computed)))
            groups.setdefault((pair[0], pair[1]), []).append(each)
    return tuple(tuple(group) for group in groups.values())


def group_title(group: Sequence[Discrepancy], unit: str) -> str:
    """「94.14 万元 / 94.13 万元，相差 0.01，7 处」"""
    first = group[0]
    apart = written(abs(first.difference))
    times = f"，{len(group)} 处" if len(group) > 1 else ""
    return f"印 {written_with_unit(first.printed, unit)}，算得 {written_with_unit(first.computed, unit)}，相差 {apart}{times}"


def group_places(group: Sequence[Discrepancy], facts: Mapping[str, Fact]) -> str:
    """Where the gaps of a group are: table or section, and row."""
    named = (facts[each.cells[0]] for each in group if each.cells[0] in facts)
    return "；".join(dict.fromkeys(f"{place_of(fact)}{fact.row or fact.item}" for fact in named))


def hypothesis_text(found: Discrepancy, facts: Mapping[str, Fact]) -> str:
    """The hypothesis of a finding as sentences that say that it is one; "" where there is none."""
    guess = found.hypothesis
    if guess is None or guess.fact not in facts:
        return ""
    fact = facts[guess.fact]
    other = f"（另有 {guess.ties} 处同样小的改动也能对上）" if guess.ties else ""
    text = (
        f"推测，不是结论：只改一个数字的最小改动，是把{place_of(fact)}的「{label_of(fact)}」"
        f"由 {written_with_unit(guess.printed, fact.unit)} 改为 {written_with_unit(guess.instead, fact.unit)}{other}。"
    )
    if not guess.breaks:
        return text + "这样改不与报告其他数字矛盾。"
    return text + f"但这样改会使另外 {len(guess.breaks)} 处对不上：" + "".join(guess.breaks)


def notes_on(
    asserted: Iterable[Fact], findings: Sequence[Discrepancy], operands: Iterable[Fact] = ()
) -> tuple[str, ...]:
    """One line for each finding that an asserted figure takes part in, with the finding's number; substantive first.

    ``operands``: figures that an asserted one was computed from; of these only substantive findings are told.
    """
    told: dict[int, str] = {}
    named = {fact.id: fact for fact in asserted}
    used = {fact.id for fact in operands}
    for number, found in enumerate(findings, start=1):
        mine = [id_ for id_ in found.cells if id_ in named]
        if found.severity == "substantive" and (mine or used.intersection(found.cells)):
            told[number] = f"{SEVERITIES[found.severity]}：{found.statement}（核对第 {number} 处）"
        elif mine:
            told.setdefault(number, _rounding_note(named[mine[0]], found, number))
    lines = list(dict.fromkeys(told.values()))
    if len(lines) > _MOST_NOTES:
        rest = len(lines) - _MOST_NOTES
        lines = [*lines[:_MOST_NOTES], f"这里的数字还涉及另外 {rest} 处四舍五入尾差，见核对结果。"]
    return tuple(lines)


_MOST_NOTES = 3


def _rounding_note(fact: Fact, found: Discrepancy, number: int) -> str:
    apart = f"印出 {written(found.printed)}，按报告其他数字计算为 {written(found.computed)}"
    ends = f"相差 {written(abs(found.difference))}，在四舍五入误差之内（核对第 {number} 处）。"
    if fact.id == found.cells[0]:
        return f"四舍五入尾差：{label_of(fact)}{apart}，{ends}"
    return f"四舍五入尾差：{label_of(fact)}所在的{compared(found)}，{apart}，{ends}"


def prior_note(amounts: Sequence[PriorAmount], change: Fact, value: Decimal) -> str:
    """What rounding allows an amount of the year before to be, and whether its other routes agree; ``change``: the
    stated difference it was worked out from, ``value``: what was worked out. "" where the report implies no such."""
    found = next((a for a in amounts if change.id in a.routes[0].cells and a.routes[0].value == value), None)
    if found is None:
        return ""
    first, *others = found.routes
    text = f"{found.period} 年度数由报告的差额推算，四舍五入允许的范围是 {written(first.low)} ～ {written(first.high)} {found.unit}"
    for route in others:
        verdict = "与它相符" if route.low <= first.high and first.low <= route.high else "与它不符"
        text += f"；按{route.way}推算是 {written(route.low)} ～ {written(route.high)} {found.unit}，{verdict}"
    return text + "。"
