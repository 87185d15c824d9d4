"""Findings -> HTML: substantive ones first with both figures and the hypothesis, rounding gaps by figures, the year before."""

from __future__ import annotations

from html import escape

from corpus.checks import Discrepancy, PriorAmount
from qa.amounts import written, written_with_unit
from qa.dossier import Dossier
from qa.findings import SEVERITIES, compared, group_title, hypothesis_text, rounding_groups
from qa.sheets import findings_sheet, place
from qa.spreadsheets import sheet_to_csv
from qa.ui.controls import fact_button, save_button


def findings_to_html(dossier: Dossier, marked: int = 0) -> str:
    """Everything the auditor found; finding number ``marked`` (from 1) is brought into view."""
    found = dossier.findings
    severe = [each for each in found if each.severity == "substantive"]
    groups = rounding_groups(found)
    head = (
        f"核对了 {dossier.checked} 条关系：{len(severe)} 处实质不一致，"
        f"{len(found) - len(severe)} 处四舍五入尾差（{len(groups)} 组）。"
    )
    body = [
        f'<p class="place">{head}</p>',
        save_button("核对结果.csv", sheet_to_csv(findings_sheet(found, dossier.facts)), "存为 CSV"),
    ]
    body += [_finding(dossier, each, found.index(each) + 1, marked) for each in severe]
    if not severe:
        body.append("<p>没有发现超出四舍五入误差的不一致。</p>")
    body += [_group(dossier, group, marked) for group in groups]
    body += [_undecided(dossier), _prior(dossier.prior)]
    return (
        f'<div class="evidence" data-view="findings"><p class="path">{escape(dossier.info.title)}</p>'
        f"<h3>报告自相矛盾之处</h3>{''.join(body)}</div>"
    )


def _finding(dossier: Dossier, found: Discrepancy, number: int, marked: int) -> str:
    unit = dossier.facts[found.cells[0]].unit
    rows = "".join(_operand(dossier, id_) for id_ in found.cells)
    guess = hypothesis_text(found, dossier.facts)
    told = f'<p class="guess">{escape(guess)}</p>' if guess else ""
    return (
        f'<article class="finding substantive{" hit" if number == marked else ""}">'
        f"<h4>{number}. {SEVERITIES[found.severity]}：相差 {written_with_unit(abs(found.difference), unit)}</h4>"
        f'<p>{escape(found.statement)}</p><p class="place">{escape(compared(found))}</p>{told}'
        f"<details{' open' if number == marked else ''}><summary>涉及的 {len(found.cells)} 个数字</summary>"
        f'<table class="figures"><tbody>{rows}</tbody></table></details></article>'
    )


def _operand(dossier: Dossier, id_: str) -> str:
    fact = dossier.facts[id_]
    value = "空白" if fact.value is None else written_with_unit(fact.value, fact.unit)
    return f'<tr><th scope="row">{escape(place(fact))}</th><td class="number">{fact_button(fact, value)}</td></tr>'


def _group(dossier: Dossier, group: tuple[Discrepancy, ...], marked: int) -> str:
    numbers = [dossier.findings.index(each) + 1 for each in group]
    lines = "".join(
        f"<li{' class=hit' if number == marked else ''}>{number}. {escape(each.statement)}"
        f"{fact_button(dossier.facts[each.cells[0]], '看原处')}</li>"
        for number, each in zip(numbers, group, strict=True)
    )
    title = group_title(group, dossier.facts[group[0].cells[0]].unit)
    opened = " open" if marked in numbers else ""
    return (
        f'<details class="finding"{opened}><summary>{SEVERITIES["rounding"]}：{escape(title)}</summary>'
        f"<ul>{lines}</ul></details>"
    )


def _undecided(dossier: Dossier) -> str:
    lines = "".join(f"<li>{escape(each)}</li>" for each in dossier.undecided)
    return (
        f"<details><summary>无法判断的 {len(dossier.undecided)} 处</summary><ul>{lines}</ul></details>" if lines else ""
    )


def _prior(amounts: tuple[PriorAmount, ...]) -> str:
    """The amounts of the year before, by each route with its interval."""
    rows = "".join(
        f'<tr><th scope="row">{escape(each.item)} {escape(each.period)} 年度</th><td>{escape(route.way)}</td>'
        f'<td class="number">{"" if route.value is None else written(route.value)}</td>'
        f'<td class="number">{written(route.low)} ～ {written(route.high)}</td>'
        f"<td>{'相符' if each.agree else '不相符'}</td></tr>"
        for each in amounts
        for route in each.routes
    )
    if not rows:
        return ""
    head = "<tr><th>项目</th><th>推算方法</th><th>推算值</th><th>四舍五入允许的区间</th><th>各方法</th></tr>"
    return (
        "<details><summary>由本年数和增减额、增减率推算的上年数</summary>"
        f'<div class="scroll"><table class="figures"><thead>{head}</thead><tbody>{rows}</tbody></table></div></details>'
    )
