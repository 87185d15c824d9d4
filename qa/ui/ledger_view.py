"""The reasons ledger -> HTML: a row a difference, those that are large and not explained marked and first."""

from __future__ import annotations

from html import escape

from corpus.ledger import LARGE, LedgerEntry
from qa.amounts import written
from qa.dossier import Dossier
from qa.sheets import MARKS, against_text, ledger_sheet
from qa.spreadsheets import sheet_to_csv
from qa.ui.controls import fact_button, save_button


def ledger_to_html(dossier: Dossier) -> str:
    """The whole ledger, in the order of the report within those unexplained and the others."""
    entries = sorted(dossier.ledger, key=lambda each: not each.unexplained)
    bare = sum(each.unexplained for each in entries)
    head = (
        f"共 {len(entries)} 处与预算或上年的差异；差异达到 {LARGE} % 而没有说明原因（或原因只重复了变化）的 {bare} 处。"
        "原因照报告原文。"
    )
    names = "<tr><th>项目</th><th>决算</th><th>比较对象</th><th>增减</th><th>主要原因（原文）</th></tr>"
    rows = "".join(_row(dossier, each) for each in entries)
    save = save_button("原因台账.csv", sheet_to_csv(ledger_sheet(entries)), "存为 CSV")
    return (
        f'<div class="evidence" data-view="ledger"><p class="path">{escape(dossier.info.title)}</p>'
        f'<h3>差异与原因台账</h3><p class="place">{head}</p>{save}'
        f'<div class="scroll"><table class="figures ledger"><thead>{names}</thead><tbody>{rows}</tbody></table></div></div>'
    )


def _row(dossier: Dossier, entry: LedgerEntry) -> str:
    final, other = (dossier.facts[id_] for id_ in entry.cells)
    rate = "" if entry.rate is None else f"<br>{entry.rate:+f}%"
    mark = f'<span class="badge">{MARKS[entry.mark]}</span>' if entry.mark else ""
    stated = entry.about == "budget"
    against = fact_button(other, written(entry.against)) if stated else written(entry.against)
    change = f"{entry.change:+,f}" if stated else fact_button(other, f"{entry.change:+,f}")
    return (
        f'<tr{" class=unexplained" if entry.unexplained else ""}><th scope="row">{escape(entry.item)}</th>'
        f'<td class="number">{fact_button(final, written(entry.figure))}</td>'
        f"<td>{escape(against_text(entry))}<br>{against}</td>"
        f'<td class="number">{change}{rate}</td><td>{escape(entry.reason)}{mark}</td></tr>'
    )
