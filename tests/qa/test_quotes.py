"""The card of a figure: all that a printed quotation needs, the same in text, JSON, sheet and page; by eye from line 621."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from corpus.build import build_index
from corpus.embedding import open_embedder
from corpus.originals import original_of
from qa.answer import Answer
from qa.assistant import Assistant
from qa.dossier import Dossier
from qa.quotes import Quote, figure_to_quote, quote_to_json, quote_to_sheet, quote_to_text
from qa.settings import load_settings
from qa.spreadsheets import sheet_to_csv
from qa.ui.quote_view import quote_to_html
from tests.qa.test_mutation import SHIPPED
from tests.qa.test_ui_render import HOSTILE, elements

SHA = "8882bce50e6ccc0e5caaa5f02ea91cd92f12348bae9ab3739bfc4a05f3b08dac"


@pytest.fixture(scope="module")
def dossier(assistant: Assistant) -> Dossier:
    return assistant.dossier()


def quoted(assistant: Assistant, dossier: Dossier, *turns: str) -> tuple[Quote, list[Answer]]:
    history: list[Answer] = []
    for turn in turns:
        history.append(assistant.ask(turn, history))
    return figure_to_quote(history, 0, dossier), history


def test_a_printed_figure(assistant: Assistant, dossier: Dossier) -> None:
    quote, _ = quoted(assistant, dossier, "公务接待费是多少？")
    assert (quote.department, quote.year, quote.value, quote.unit) == (
        "上海市口岸服务办公室",
        2016,
        Decimal("25.37"),
        "万元",
    )
    (place,) = quote.places
    assert (place.page, place.line, place.printed, place.row) == (14, 621, "25.37", "公务接待费")
    assert "三公" in place.table and place.column.endswith("决算数")
    assert (quote.file, quote.sha256, quote.warning) == ("shanghai-port-office-2016.txt", SHA, "")
    assert quote.reference == (
        "上海市口岸服务办公室. 上海市口岸服务办公室2016年度部门决算[R]. [出版地不详]: [出版者不详], [出版年不详]: 14."
    )


def test_digits_are_as_printed(assistant: Assistant, dossier: Dossier) -> None:
    assert quoted(assistant, dossier, "本年支出合计是多少？")[0].places[0].printed == "15,666.39"
    blank, _ = quoted(assistant, dossier, "取暖费是多少？")
    assert blank.value is None and blank.places[0].printed == ""
    assert "空白" in quote_to_text(blank) and quote_to_json(blank)["value"] is None


def test_a_computed_figure_has_its_operands_and_working(assistant: Assistant, dossier: Dossier) -> None:
    quote, _ = quoted(assistant, dossier, "2015年三公经费是多少？")
    assert quote.computed and quote.value == Decimal("130.45")
    assert [place.printed for place in quote.places] == ["94.27", "36.18"]
    assert quote.steps and "计算得出" in quote_to_text(quote)


def test_the_address_asks_the_same_again(assistant: Assistant, dossier: Dossier) -> None:
    quote, history = quoted(assistant, dossier, "公务接待费是多少？", "那预算呢？")
    asked = parse_qsl(urlsplit(quote.address).query)
    assert asked == [("q", "公务接待费是多少？"), ("q", "那预算呢？"), ("report", "shanghai-port-office-2016")]
    again: list[Answer] = []
    for name, value in asked:
        if name == "q":
            again.append(assistant.ask(value, again, dict(asked)["report"]))
    assert again[-1].figures[0] == history[-1].figures[0] and again[-1].figures[0].value == Decimal("47.36")


def test_text_json_and_sheet_say_the_same(assistant: Assistant, dossier: Dossier) -> None:
    quote, _ = quoted(assistant, dossier, "公务接待费是多少？")
    plain = json.loads(json.dumps(quote_to_json(quote)))
    header, row = csv.reader(io.StringIO(sheet_to_csv(quote_to_sheet(quote))[1:], newline=""))
    named = dict(zip(header, row, strict=True))
    assert plain["value"] == named["数值"] == "25.37" and plain["sha256"] == named["SHA-256"] == SHA
    assert plain["places"][0]["line"] == int(named["行号"]) == 621
    text = quote_to_text(quote)
    assert all(word in text for word in ("25.37 万元", "第 14 页", "621", SHA, quote.reference, quote.address))


def test_the_card_in_the_page(assistant: Assistant, dossier: Dossier) -> None:
    quote, _ = quoted(assistant, dossier, "公务接待费是多少？")
    html = quote_to_html(quote)
    page = elements(html)
    (address,) = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert address == quote.address
    acts = page.buttons("act")
    assert [name for each in acts for name in each if name.startswith("data-")] == [
        "data-copy", "data-save", "data-content", "data-save", "data-content", "data-address",
    ]  # fmt: skip
    assert json.loads(str(acts[0]["data-copy"])) == quote_to_text(quote)
    assert json.loads(str(acts[1]["data-content"])) == sheet_to_csv(quote_to_sheet(quote))
    assert json.loads(json.loads(str(acts[2]["data-content"]))) == quote_to_json(quote)
    assert 'role="alert"' not in html


def test_markup_in_a_card_is_text(assistant: Assistant, dossier: Dossier) -> None:
    quote, _ = quoted(assistant, dossier, "公务接待费是多少？")
    hostile = replace(quote, label=HOSTILE, title=HOSTILE, reference=HOSTILE, address="/?q=" + HOSTILE, file=HOSTILE)
    html = quote_to_html(hostile)
    assert not {tag for tag, _ in elements(html).tags} & {"script", "img"} and HOSTILE in unescape(html)


def test_a_file_that_changed_afterwards_is_said(tmp_path: Path) -> None:
    path = tmp_path / "report-2016.txt"
    path.write_bytes(SHIPPED.read_bytes())
    data = tmp_path / "data"
    build_index([path], data, open_embedder(""), keep_others=False, progress=lambda _: None)
    assistant = Assistant.open(load_settings(data_dir=data))
    answers = [assistant.ask("公务接待费是多少？")]
    assert figure_to_quote(answers, 0, assistant.dossier()).warning == ""
    path.write_bytes(SHIPPED.read_bytes().replace(b"25.37", b"26.37"))
    changed = figure_to_quote(answers, 0, assistant.dossier())
    assert "改变了" in changed.warning and 'role="alert"' in quote_to_html(changed)
    assert changed.value == Decimal("25.37")  # what was indexed
    path.unlink()
    assert "找不到" in figure_to_quote(answers, 0, assistant.dossier()).warning
    assert original_of(assistant.dossier().info, []) == "missing"


def test_an_index_keeps_where_its_reports_were(tmp_path: Path) -> None:
    other = tmp_path / "garden-2019.txt"
    other.write_text(re.sub("2016", "2019", SHIPPED.read_text(encoding="utf-8")), encoding="utf-8")
    data = tmp_path / "data"
    build_index([SHIPPED], data, open_embedder(""), keep_others=False, progress=lambda _: None)
    build_index([other], data, open_embedder(""), keep_others=True, progress=lambda _: None)
    assistant = Assistant.open(load_settings(data_dir=data))
    assert [assistant.dossier(name).original for name in (SHIPPED.stem, "garden-2019")] == ["same", "same"]
