"""Answer -> HTML: the figure first, every citation a button, everything escaped."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Figure
from qa.ui.prose import markdown_to_html
from qa.ui.render import Failure, questions_to_html, thread_to_html, turn_to_html, welcome_to_html
from tests.qa.fakes import FakeAssistant, cell_citation

HOSTILE = "<script>alert(1)</script>&\"'<img src=x onerror=alert(2)>{{value}}${x}`"
VOID = {"br", "hr", "img", "input"}


class Elements(HTMLParser):
    """Every start tag with its attributes, and whether tags nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag

    def buttons(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == "button" and attrs.get("class") == name]


def elements(html: str) -> Elements:
    parsed = Elements(html)
    assert parsed.open == []
    return parsed


def test_the_figure_stands_first_with_its_unit_label_and_citation() -> None:
    html = turn_to_html(4, FakeAssistant().ask("公务接待费是多少？"))
    answer = html[html.index('class="answer') :]
    text = re.sub(r"<[^>]+>", "|", answer)
    assert re.sub(r"\|+", "|", text).startswith('class="answer answered">|25.37|万元|[1]|公务接待费 决算数|')
    cites = elements(html).buttons("cite")
    assert {(c["data-turn"], c["data-cite"]) for c in cites} == {("4", "0")}
    assert "第 15 页第 621 行" in str(cites[0]["aria-label"])


def test_a_computed_figure_shows_formula_operands_with_citations_and_steps() -> None:
    html = turn_to_html(0, FakeAssistant().ask("公务接待费的预算执行率是多少？"))
    details = html[html.index('<details class="derivation"') :].split("</details>")[0]
    assert "计算得出" in html
    assert "决算数 ÷ 预算数" in details
    assert "：47.36 万元" in details and 'data-cite="1"' in details
    assert "<li>25.37 ÷ 47.36 = 0.535684…</li>" in details
    assert "对照" in html and "47.36" in html.split("对照")[1]


@pytest.mark.parametrize(
    ("value", "state", "shown"),
    [
        (Decimal("13800.61"), "number", "13,800.61"),
        (Decimal("0"), "zero", "0"),
        (None, "blank", "未填列（空白）"),
        (Decimal("-36.18"), "number", "-36.18"),
        (Decimal("1E+3"), "number", "1,000"),
        (Decimal("99.9970"), "number", "99.9970"),
    ],
)
def test_values_are_shown_exactly_and_a_blank_is_not_a_zero(value: Decimal | None, state: str, shown: str) -> None:
    figure = Figure(value, "万元", "项", state, ())  # type: ignore[arg-type]
    html = turn_to_html(0, Answer("问", "answered", "lookup", "", (figure,)))
    assert f'<span class="number">{shown}</span>' in html
    assert ('<span class="unit">' in html) is (value is not None)


def test_a_long_list_is_a_table_in_the_order_given() -> None:
    figures = tuple(Figure(Decimal(n), "万元", f"第{n}项", "number", (0,)) for n in (9, 7, 5, 3))
    html = turn_to_html(0, Answer("排名", "answered", "rank", "", figures, (cell_citation(5),)))
    assert 'class="card' not in html
    assert [int(n) for n in re.findall(r'<td class="number">(\d)</td>', html)] == [9, 7, 5, 3]


def test_a_refusal_is_marked_asserts_nothing_and_offers_questions() -> None:
    html = turn_to_html(0, FakeAssistant().ask("上半年花了多少？"))
    parsed = elements(html)
    assert 'class="answer not-in-report"' in html
    assert 'class="card' not in html and parsed.buttons("cite") == []
    assert [b["data-ask"] for b in parsed.buttons("ask")] == ["公务接待费是多少？"]


def test_the_readings_of_a_clarification_are_buttons() -> None:
    parsed = elements(turn_to_html(0, FakeAssistant().ask("花了多少钱")))
    assert [b["data-ask"] for b in parsed.buttons("ask")] == ["公务接待费是多少？", "公务接待费的预算执行率是多少？"]


def test_everything_is_escaped_wherever_it_stands() -> None:
    figure = Figure(Decimal(1), HOSTILE, HOSTILE, "number", ())
    answer = Answer(HOSTILE, "answered", "x", HOSTILE, (figure,), (), (HOSTILE,), (HOSTILE,), (HOSTILE,))
    html = thread_to_html([answer, Failure(HOSTILE, HOSTILE)], pending=HOSTILE, welcome=welcome_to_html([HOSTILE]))
    parsed = elements(html)
    assert not {tag for tag, _ in parsed.tags} & {"script", "img", "iframe", "a"}
    assert not [name for _, attrs in parsed.tags for name in attrs if name.startswith("on")]
    assert {b["data-ask"] for b in parsed.buttons("ask")} == {HOSTILE}


@given(st.text(st.characters(exclude_characters="\r\0"), max_size=200))
def test_no_text_makes_markup_that_does_not_nest(text: str) -> None:
    tags = elements(markdown_to_html(text, 0, 3)).tags
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]
    assert elements(questions_to_html([text])).buttons("ask")[0]["data-ask"] == text


def test_only_citations_the_answer_has_become_buttons() -> None:
    html = markdown_to_html("见 [1]、[2] 与 [3]，**粗**。[链接](http://x.example)", 7, 2)
    assert [b["data-cite"] for b in elements(html).buttons("cite")] == ["0", "1"]
    assert "[3]" in html and "<strong>粗</strong>" in html and "<a" not in html


def test_a_note_may_cite() -> None:
    answer = Answer("问", "answered", "lookup", "", (), (cell_citation(5),), (), ("同名数字见 [1]，不见 [2]",))
    html = turn_to_html(3, answer).split('<ul class="notes">')[1].split("</ul>")[0]
    assert [(b["data-turn"], b["data-cite"]) for b in elements(html).buttons("cite")] == [("3", "0")]


def test_a_failure_is_one_sentence_with_an_alert_role() -> None:
    html = turn_to_html(0, Failure("问", "索引不可用。"))
    assert '<p class="trouble" role="alert">索引不可用。</p>' in html
