"""The page: a conversation and the evidence beside it. What a user has asked lives in ``gr.State`` alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from qa.answer import Answer
from qa.ui import beside, render
from qa.ui.beside import SAID
from qa.ui.chooser import chooser, opened
from qa.ui.desk import Desk
from qa.ui.evidence_view import EMPTY, evidence_to_html
from qa.ui.render import Failure, Turn

_HERE = Path(__file__).parent
TITLE = "决算问答"
_HEADER = f"<header class='masthead'><h1>{TITLE}</h1><p>部门决算里的每个数字，都带着它的出处</p></header>"
_MOST_TURNS = 20  # so many questions may an address ask
_UNEXPECTED = "出了意外，没有得到答案。请换个说法再问；若仍如此，请查看程序的输出。"

Update = tuple[list[Turn], str, str, str]  # turns, conversation, evidence, what stands in the question box


def build_page(desk: Desk) -> gr.Blocks:
    """The Gradio page over ``desk``; starts nothing by itself."""
    page: gr.Blocks
    with gr.Blocks(title=TITLE, fill_width=True, fill_height=True, analytics_enabled=False) as page:
        turns = gr.State([])
        kept = gr.State(
            None
        )  # the id of the report that every question of this page is asked of; None: the question says
        gr.HTML(_HEADER, js_on_load=None, apply_default_css=False)
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="conversation", scale=3, min_width=320):
                reports = chooser()
                thread = _pane("thread", render.waiting_to_html())
                box, send = _question_box()
            with gr.Column(elem_id="beside", scale=2, min_width=320):
                views = _pane("views", beside.bar_to_html())
                evidence = _pane("evidence", EMPTY)
        _connect(page, desk, turns, kept, reports, thread, box, send, evidence)
        _connect_beside(desk, turns, kept, reports, thread, views, evidence)
    return page


def _pane(name: str, value: str) -> gr.HTML:
    script = (_HERE / f"{name}.js").read_text(encoding="utf-8")
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def _question_box() -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="ask"):
        box = gr.Textbox(
            placeholder="例如：公务接待费花了多少？",
            label="问题",
            show_label=False,
            container=False,
            scale=8,
            autofocus=True,
            max_lines=4,
        )
        send = gr.Button("提问", variant="primary", scale=1, min_width=72)
    return box, send


def _connect(
    page: gr.Blocks,
    desk: Desk,
    turns: gr.State,
    kept: gr.State,
    reports: gr.Dropdown,
    thread: gr.HTML,
    box: gr.Textbox,
    send: gr.Button,
    evidence: gr.HTML,
) -> None:
    """Ties events to handlers; the handlers only fetch and render."""

    def start(request: gr.Request) -> Iterator[tuple[Any, ...]]:
        asked = request.query_params
        report = asked.get("report")
        for update in _start(desk, asked.getlist("q"), report):
            yield *update, report, gr.skip()
        yield *[gr.skip()] * 4, *opened(desk, report)

    def ask(question: str, before: list[Turn], report: str | None) -> Iterator[Update]:
        yield from _ask(desk, question, before, report)

    def press(before: list[Turn], report: str | None, event: gr.EventData) -> Iterator[Update]:
        yield from _ask(desk, str(event.question), before, report)

    def cite(before: list[Turn], event: gr.EventData) -> str:
        return _cite(desk, before, event.turn, event.citation)

    def fail(before: list[Turn]) -> str:
        return render.thread_to_html(before) + render.trouble_to_html(_UNEXPECTED)

    shown = [turns, thread, evidence, box]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    page.load(start, None, [*shown, kept, reports], **quiet)
    asked = gr.on([box.submit, send.click], ask, [box, turns, kept], shown, **quiet)
    pressed = thread.asked(press, [turns, kept], shown, **quiet)
    thread.cited(cite, turns, evidence, **quiet)
    for event in (asked, pressed):
        event.failure(fail, turns, thread, **quiet)


def _connect_beside(
    desk: Desk,
    turns: gr.State,
    kept: gr.State,
    reports: gr.Dropdown,
    thread: gr.HTML,
    views: gr.HTML,
    evidence: gr.HTML,
) -> None:
    """What changes the pane beside the chat; a report that is chosen changes the greeting too."""

    def view(before: list[Turn], report: str | None, event: gr.EventData) -> str:
        return beside.view(desk, before, str(event.view), report)

    def choose(report: str | None, before: list[Turn], shown: str) -> tuple[str | None, Any, str]:
        return _choose(desk, report or None, before, shown)

    def place(event: gr.EventData) -> str:
        return beside.place(desk, str(event.fact))

    def find(before: list[Turn], event: gr.EventData) -> str:
        return beside.findings(desk, before, int(event.finding), int(event.turn))

    def quote(before: list[Turn], event: gr.EventData) -> str:
        return beside.quote(desk, before, int(event.turn), int(event.figure))

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    reports.input(choose, [reports, turns, evidence], [kept, thread, evidence], **quiet)
    views.viewed(view, [turns, kept], evidence, **quiet)
    evidence.placed(place, None, evidence, **quiet)
    thread.found(find, turns, evidence, **quiet)
    thread.quoted(quote, turns, evidence, **quiet)


def _start(desk: Desk, questions: Sequence[str], report: str | None) -> Iterator[Update]:
    """What the page begins with: the greeting, or the questions that its address asks, each after those before it."""
    turns: list[Turn] = []
    if not any(question.strip() for question in questions):
        yield turns, _greeting(desk, report), EMPTY, ""
        return
    for question in questions[:_MOST_TURNS]:
        for update in _ask(desk, question, turns, report):
            yield update
        turns = update[0]


def _choose(desk: Desk, report: str | None, before: list[Turn], shown: str) -> tuple[str | None, Any, str]:
    """A report was chosen (None: all): what is kept, the greeting of a chat not yet begun, the view that was open."""
    thread = gr.skip() if before else _greeting(desk, report)
    return report, thread, beside.view(desk, before, beside.view_of(shown), report)


def _greeting(desk: Desk, report: str | None = None) -> str:
    try:
        assistant = desk.assistant()
        reports = assistant.reports()
        chosen = next((info for info in reports if info.id == report and len(reports) > 1), None)
        if chosen is not None:
            return render.welcome_to_html(assistant.starters(chosen.id), report=chosen.title)
        return render.welcome_to_html(assistant.starters(), several=len(reports) if len(reports) > 1 else 0)
    except SAID as error:
        return render.trouble_to_html(str(error))


def _ask(desk: Desk, question: str, before: list[Turn], report: str | None = None) -> Iterator[Update]:
    """The question at once, then its answer with the evidence of its first citation."""
    if not question.strip():
        yield before, render.thread_to_html(before) or _greeting(desk, report), EMPTY, ""
        return
    yield before, render.thread_to_html(before, pending=question), EMPTY, ""
    try:
        assistant = desk.assistant()
        history = [turn for turn in before if isinstance(turn, Answer)]
        answer = assistant.ask(question, history, report) if report else assistant.ask(question, history)
        shown = evidence_to_html(assistant.evidence(answer.citations[0])) if answer.citations else EMPTY
        after: list[Turn] = [*before, answer]
    except SAID as error:
        after, shown = [*before, Failure(question, str(error))], EMPTY
    yield after, render.thread_to_html(after), shown, ""


def _cite(desk: Desk, before: list[Turn], turn: int, citation: int) -> str:
    """The evidence of one citation of one turn; nothing where the page asks for one that is not there."""
    answer = before[turn] if 0 <= turn < len(before) else None
    if not isinstance(answer, Answer) or not 0 <= citation < len(answer.citations):
        return EMPTY
    try:
        return evidence_to_html(desk.assistant().evidence(answer.citations[citation]))
    except SAID as error:
        return render.trouble_to_html(str(error))
