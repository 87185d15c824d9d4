"""The served page in a real browser: three questions typed, each with its figure, citation and highlighted place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

WAIT = 30_000  # milliseconds; the first question may wait for the index to be opened

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """The chat in a fresh browser profile; fails on script errors and on requests that leave the machine."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.set_default_timeout(WAIT)
    errors: list[str] = []
    hosts: set[str | None] = set()
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    tab.goto(served)
    tab.locator(".welcome button.ask").first.wait_for()
    yield tab
    tab.close()
    assert errors == []
    assert hosts - {"127.0.0.1", None} == set()


def ask(page: Page, question: str) -> None:
    """Type the question and wait for its answer."""
    turns = page.locator("article.turn .answer")
    before = turns.count()
    page.get_by_label("问题").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1, timeout=WAIT)


def test_three_questions_are_answered_with_figure_citation_and_highlighted_place(page: Page) -> None:
    # Gold by eye: the three-public table's row, line 621; the sentence on line 913.
    ask(page, "“三公”经费里的公务接待费决算数是多少？")
    answer = page.locator("article.turn").last
    expect(answer.locator(".card .number").first).to_have_text("25.37")
    expect(answer.locator(".card .unit").first).to_have_text("万元")
    answer.locator(".card button.cite").first.click()
    expect(page.locator("#evidence td.hit")).to_have_text("25.37")
    expect(page.locator("#evidence td.hit")).to_be_in_viewport()

    # The row 行政运行 of the expenditure table.
    ask(page, "支出决算表中行政运行的支出合计是多少？")
    answer = page.locator("article.turn").last
    expect(answer.locator(".card .number").first).to_have_text("1,484.73")
    answer.locator(".card button.cite").first.click()
    expect(page.locator("#evidence td.hit")).to_have_text("1,484.73")
    expect(page.locator("#evidence tr.cited th.name")).to_contain_text("行政运行")
    expect(page.locator("#evidence td.hit")).to_be_in_viewport()

    ask(page, "国内公务接待了多少批次？")
    answer = page.locator("article.turn").last
    expect(answer.locator(".card .number").first).to_have_text("59")
    answer.locator(".card button.cite").first.click()
    expect(page.locator("#evidence mark.hit")).to_contain_text("59")
    expect(page.locator("article.turn")).to_have_count(3)


def test_every_starter_is_answerable_by_one_press(page: Page) -> None:
    starters = page.locator(".welcome button.ask").all_inner_texts()
    assert len(starters) >= 3
    page.locator(".welcome button.ask").first.click()
    expect(page.locator("article.turn .answer.answered")).to_have_count(1)
    for starter in starters[1:]:
        ask(page, starter)
    expect(page.locator("article.turn .answer.answered")).to_have_count(len(starters))


def test_markup_in_a_question_is_shown_as_text(page: Page) -> None:
    question = "<img src=x onerror=\"document.title='x'\"> {{value}} ${document.title='y'} & <b>费</b>"
    ask(page, question)
    expect(page.locator("article.turn .question")).to_have_text(question)
    expect(page).to_have_title("决算问答")


def test_two_readers_do_not_see_each_other(page: Page, browser: Browser, served: str) -> None:
    ask(page, "公务接待费预算数是多少？")
    other = browser.new_page()
    other.goto(served)
    other.locator(".welcome button.ask").first.wait_for()
    expect(other.locator("article.turn")).to_have_count(0)
    other.close()


def test_with_the_keyboard_alone(page: Page) -> None:
    page.locator(".welcome button.ask").first.focus()
    page.keyboard.press("Enter")
    page.locator(".card button.cite").first.wait_for()
    page.locator(".card button.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence .hit").first).to_be_in_viewport()


def test_on_a_phone_the_evidence_lies_under_the_chat(browser: Browser, served: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 800})
    phone.set_default_timeout(WAIT)
    phone.goto(served)
    phone.locator(".welcome button.ask").first.click()
    phone.locator(".card button.cite").first.wait_for()
    chat, pane = phone.locator("#conversation").bounding_box(), phone.locator("#evidence").bounding_box()
    assert chat and pane and pane["y"] >= chat["y"] + chat["height"] - 1
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator(".card button.cite").first.click()
    expect(phone.locator("#evidence .hit").first).to_be_in_viewport()
    phone.close()


def test_without_an_index_the_page_says_so_in_one_sentence(browser: Browser, served_without_index: str) -> None:
    tab = browser.new_page()
    tab.goto(served_without_index)
    expect(tab.get_by_role("alert")).to_have_text(re.compile("python -m qa index"), timeout=WAIT)
    tab.close()


def test_findings_ledger_and_card_beside_the_chat(page: Page) -> None:
    ask(page, "公务接待费是多少？")
    answer = page.locator("article.turn").last
    answer.locator(".notes button.finding-link").first.click()
    expect(page.locator("#evidence [data-view=findings] .hit")).to_be_in_viewport()
    expect(page.locator("#views button[data-view=findings]")).to_have_attribute("aria-selected", "true")
    page.locator("#views button[data-view=ledger]").click()
    expect(page.locator("#evidence table.ledger tbody tr")).to_have_count(23)
    page.locator("#evidence table.ledger button.fact").first.click()
    expect(page.locator("#evidence mark.hit")).to_be_in_viewport()
    answer.locator("button.quote").first.click()
    expect(page.locator("#evidence .quote .number")).to_have_text("25.37 万元")


def test_a_card_can_be_saved_copied_and_asked_again(page: Page) -> None:
    ask(page, "公务接待费是多少？")
    ask(page, "那预算呢？")
    page.locator("article.turn").last.locator("button.quote").first.click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#evidence button[data-copy]").click()
    expect(page.locator("#evidence button[data-copy]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "47.36 万元" in copied and "地址：http://127.0.0.1" in copied
    with page.expect_download() as saved:
        page.locator("#evidence button[data-save$='.csv']").click()
    raw = saved.value.path().read_bytes()
    assert saved.value.suggested_filename == "引用.csv" and raw.startswith(b"\xef\xbb\xbf") and b"47.36" in raw
    page.goto(page.locator("#evidence a.address").evaluate("link => link.href"))
    expect(page.locator("article.turn .answer")).to_have_count(2)
    expect(page.locator("article.turn").last.locator(".card .number").first).to_have_text("47.36")
