"""Quote -> HTML: the card of one figure, to be copied, saved, or asked again at its address."""

from __future__ import annotations

import json
from html import escape

from qa.amounts import written
from qa.quotes import Place, Quote, quote_to_json, quote_to_sheet, quote_to_text
from qa.spreadsheets import sheet_to_csv
from qa.ui.controls import copy_button, save_button


def quote_to_html(quote: Quote) -> str:
    """The card; a warning stands first where the report's file is not what it was."""
    value = "空白（未填列）" if quote.value is None else f"{written(quote.value)} {quote.unit}"
    warning = f'<p class="trouble" role="alert">{escape(quote.warning)}</p>' if quote.warning else ""
    badge = '<span class="badge">计算得出</span>' if quote.computed else ""
    working = "".join(f"<li>{escape(step)}</li>" for step in quote.steps)
    rows = [("部门", quote.department), ("年度", str(quote.year)), ("报告", quote.title)]
    rows += [("算式", quote.formula)] if quote.computed else []
    head = "".join(_row(name, escape(text)) for name, text in rows)
    tail = (
        _row("参考文献", escape(quote.reference))
        + _row("文件", escape(quote.file))
        + _row("SHA-256", escape(quote.sha256))
    )
    address = f'<a class="address" href="{escape(quote.address)}">打开即重新提问</a>'
    return (
        f'<div class="evidence quote" data-view="quote"><h3>引用卡片</h3>{warning}'
        f'<p class="value hit"><span class="number">{escape(value)}</span></p><p>{escape(quote.label)}{badge}</p>'
        f"<p>{_buttons(quote)}</p>"
        f'<table class="figures"><tbody>{head}{"".join(_place(place) for place in quote.places)}{tail}'
        f"{_row('地址', address)}</tbody></table>{f'<ol class=steps>{working}</ol>' if working else ''}</div>"
    )


def _buttons(quote: Quote) -> str:
    text, plain = quote_to_text(quote), json.dumps(quote_to_json(quote), ensure_ascii=False, indent=1)
    return (
        f"{copy_button(text)}{save_button('引用.csv', sheet_to_csv(quote_to_sheet(quote)), 'CSV')}"
        f"{save_button('引用.json', plain, 'JSON')}"
        '<button type="button" class="act" data-address="1">复制地址</button>'
    )


def _place(place: Place) -> str:
    named = " › ".join(part for part in (place.table or place.section, place.row, place.column) if part)
    printed = place.printed or "空白"
    unit = f" {place.unit}" if place.printed else ""
    return _row(
        f"第 {place.page} 页第 {place.line} 行",
        f"{escape(named)}<br>印作「{escape(printed)}」{escape(unit)}<br><q>{escape(place.text)}</q>",
    )


def _row(name: str, html: str) -> str:
    return f'<tr><th scope="row">{escape(name)}</th><td>{html}</td></tr>'
