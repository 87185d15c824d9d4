"""Answer -> HTML. Pure functions; everything that comes from a question or a report is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from qa.answer import Answer, Citation, Figure
from qa.ui.prose import citation_button, findings_to_buttons, line_to_html, markdown_to_html

_CARDS = 3  # up to so many asked-for figures stand as large cards; a longer list is a table
_OPEN_SOURCES = 4  # a longer list of citations starts folded
_GREETING = "<h2>想知道这份决算里的什么？</h2>"
_WHICH = "请在问题里写明部门和年度，或者先在上面选定一份报告。"


@dataclass(frozen=True, slots=True)
class Failure:
    """A turn that ended without an answer: the ``question`` and one ``sentence`` about what is wrong."""

    question: str
    sentence: str


Turn = Answer | Failure


def thread_to_html(turns: Sequence[Turn], pending: str | None = None, welcome: str = "") -> str:
    """The whole conversation; ``pending`` is a question not yet answered, ``welcome`` stands above all turns."""
    parts = [welcome, *(turn_to_html(number, turn) for number, turn in enumerate(turns))]
    if pending is not None:
        parts.append(
            f'<article class="turn">{_question(pending)}<p class="pending" role="status">正在查报告…</p></article>'
        )
    return "".join(parts)


def welcome_to_html(starters: Sequence[str], report: str = "", several: int = 0) -> str:
    """The greeting with starter questions as buttons; it names the ``report`` that was chosen, or how many there are."""
    greeting, which = _GREETING, ""
    if report:
        greeting = f"<h2>想知道《{escape(report)}》里的什么？</h2>"
    elif several:
        greeting, which = f"<h2>想知道这 {several} 份报告里的什么？</h2>", f"<p>{_WHICH}</p>"
    return (
        f'<section class="welcome">{greeting}{which}'
        "<p>每个数字都取自报告中的某一格或某一句，点角标 <b>[1]</b> 就能看到原表。可以这样问：</p>"
        f"{questions_to_html(starters)}</section>"
    )


def waiting_to_html() -> str:
    """What the page shows while the assistant is being opened."""
    return f'<section class="welcome">{_GREETING}<p class="pending" role="status">正在打开报告…</p></section>'


def trouble_to_html(sentence: str) -> str:
    """One clear sentence about what is wrong."""
    return f'<p class="trouble" role="alert">{escape(sentence)}</p>'


def questions_to_html(questions: Sequence[str]) -> str:
    """Questions as buttons that ask them."""
    buttons = (f'<button type="button" class="ask" data-ask="{escape(q)}">{escape(q)}</button>' for q in questions)
    return f'<div class="questions">{"".join(buttons)}</div>' if questions else ""


def turn_to_html(number: int, turn: Turn) -> str:
    """One question and its answer. ``number``: which turn it is, from 0, for its citation buttons."""
    if isinstance(turn, Failure):
        return f'<article class="turn">{_question(turn.question)}{trouble_to_html(turn.sentence)}</article>'
    return f'<article class="turn">{_question(turn.question)}{_answer(number, turn)}</article>'


def _question(question: str) -> str:
    return f'<p class="question">{escape(question)}</p>'


def _answer(turn: int, answer: Answer) -> str:
    body = [
        _figures(turn, answer),
        f'<div class="text">{_text(turn, answer)}</div>',
        *(_derivation(turn, answer, figure) for figure in answer.figures if figure.derivation),
        _context(turn, answer),
        _notes(turn, answer),
        questions_to_html(answer.options),
        _sources(turn, answer.citations),
        _suggestions(answer.suggestions),
    ]
    return f'<div class="answer {answer.status.replace("_", "-")}">{"".join(body)}</div>'


def _text(turn: int, answer: Answer) -> str:
    return findings_to_buttons(markdown_to_html(answer.text, turn, len(answer.citations)), turn)


def figure_to_text(figure: Figure) -> str:
    """A figure as printed in the page: thousands marked, exact; a blank cell is said to be blank."""
    return "未填列（空白）" if figure.value is None else f"{figure.value:,f}"


def _figures(turn: int, answer: Answer) -> str:
    asked = [figure for figure in answer.figures if figure.role == "answer"]
    if len(asked) > _CARDS:
        return _figure_table(turn, answer, asked, "figures")
    cards = "".join(_card(turn, answer, figure) for figure in asked)
    return f'<div class="cards">{cards}</div>' if cards else ""


def _card(turn: int, answer: Answer, figure: Figure) -> str:
    unit = "" if figure.value is None else f'<span class="unit">{escape(figure.unit)}</span>'
    computed = '<span class="badge">计算得出</span>' if figure.computed else ""
    return (
        f'<div class="card {figure.state}"><p class="value"><span class="number">{figure_to_text(figure)}</span>{unit}'
        f"{_buttons(turn, answer, figure.citations)}</p>"
        f'<p class="label">{escape(figure.label)}{computed}{_quote_button(turn, answer, figure)}</p></div>'
    )


def _figure_table(turn: int, answer: Answer, figures: Sequence[Figure], name: str) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(figure.label)}</th><td class="number">{figure_to_text(figure)}</td>'
        f"<td>{'' if figure.value is None else escape(figure.unit)}</td>"
        f"<td>{_buttons(turn, answer, figure.citations)}{_quote_button(turn, answer, figure)}</td></tr>"
        for figure in figures
    )
    return f'<table class="{name}"><tbody>{rows}</tbody></table>'


def _buttons(turn: int, answer: Answer, indices: Sequence[int]) -> str:
    return "".join(citation_button(turn, index + 1, _place(answer.citations[index])) for index in indices)


def _quote_button(turn: int, answer: Answer, figure: Figure) -> str:
    """Opens the card with which the figure can be quoted."""
    at = next(index for index, other in enumerate(answer.figures) if other is figure)
    label = escape(f"引用：{figure.label}")
    return (
        f'<button type="button" class="quote" data-turn="{turn}" data-figure="{at}" aria-label="{label}" title="{label}">'
        "引用</button>"
    )


def _derivation(turn: int, answer: Answer, figure: Figure) -> str:
    derivation = figure.derivation
    assert derivation is not None
    inputs = "".join(
        f"<li>{_operand(answer, index)}{_buttons(turn, answer, (index,))}</li>" for index in derivation.inputs
    )
    steps = "".join(f"<li>{escape(step)}</li>" for step in derivation.steps)
    return (
        '<details class="derivation"><summary>怎样算出来的</summary>'
        f'<p class="formula">{escape(derivation.formula)}</p><p>取数</p><ul class="inputs">{inputs}</ul>'
        f'<p>步骤</p><ol class="steps">{steps}</ol></details>'
    )


def _operand(answer: Answer, index: int) -> str:
    """The name of a printed figure with its value where the answer lists it, else with the quoted sentence."""
    citation = answer.citations[index]
    listed = (f for f in answer.figures if f.citations == (index,) and not f.computed)
    figure = next(listed, None)
    if figure:
        return f"{escape(_name(citation))}：{figure_to_text(figure)} {escape(figure.unit)}"
    return escape(_name(citation) if citation.table else f"{_name(citation)}：「{citation.quote}」")


def _context(turn: int, answer: Answer) -> str:
    beside = [figure for figure in answer.figures if figure.role == "context"]
    return f'<p class="caption">对照</p>{_figure_table(turn, answer, beside, "context")}' if beside else ""


def _notes(turn: int, answer: Answer) -> str:
    lines = (line_to_html(note, turn, len(answer.citations)) for note in answer.notes)
    notes = "".join(f"<li>{findings_to_buttons(line, turn)}</li>" for line in lines)
    return f'<ul class="notes">{notes}</ul>' if notes else ""


def _sources(turn: int, citations: Sequence[Citation]) -> str:
    rows = "".join(
        f"<li>{citation_button(turn, number, _place(citation))} {escape(_place(citation))}</li>"
        for number, citation in enumerate(citations, start=1)
    )
    opened = " open" if len(citations) <= _OPEN_SOURCES else ""
    return f'<details class="sources"{opened}><summary>出处</summary><ol>{rows}</ol></details>' if rows else ""


def _suggestions(suggestions: Sequence[str]) -> str:
    return f'<p class="caption">接着可以问</p>{questions_to_html(suggestions)}' if suggestions else ""


def _name(citation: Citation) -> str:
    return " · ".join(_row_and_column(citation)) or citation.section


def _place(citation: Citation) -> str:
    """「表名 · 行 · 列，第 6 页第 610 行」"""
    named = " · ".join((citation.table or citation.section, *_row_and_column(citation)))
    return f"{named}，第 {citation.page} 页第 {citation.line} 行"


def _row_and_column(citation: Citation) -> tuple[str, ...]:
    """What is printed of both; a row named by its columns (a table of one row) is not named twice."""
    row = "" if citation.row and citation.row in citation.column else citation.row
    return tuple(part for part in (row, citation.column) if part)
