"""The served page over two reports in a real browser: one is chosen, and the page follows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, serve_app

WAIT = 30_000  # milliseconds
OTHER = "江南市青禾区农业农村局 2019 年决算"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat over two reports."""
    data = tmp_path_factory.mktemp("two")
    sources = [str(ROOT / "corpus/reports"), *map(str, (ROOT / "tests/qa/another").glob("*.txt"))]
    command = [sys.executable, "-m", "qa", "index", *sources, "--data", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    yield from serve_app(Path(data) / "app.log", QA_DATA_DIR=str(data))


def open_page(browser: Browser, address: str, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.locator(".welcome button.ask").first.wait_for()
    return page


def choose(page: Page, typed: str, name: str) -> None:
    """Search the list and take the report of that name."""
    page.get_by_label("报告", exact=True).fill(typed)
    page.get_by_role("option", name=name).click()
    expect(page.get_by_label("报告", exact=True)).to_have_value(name)


def ask(page: Page, question: str) -> None:
    turns = page.locator("article.turn .answer")
    before = turns.count()
    page.get_by_label("问题").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1, timeout=WAIT)


def test_the_chat_follows_the_chosen_report(browser: Browser, served_two: str) -> None:
    page = open_page(browser, served_two)
    expect(page.get_by_label("报告", exact=True)).to_have_value("全部报告（2 份）")
    expect(page.locator(".welcome h2")).to_contain_text("2 份报告")
    ask(page, "差旅费是多少？")
    expect(page.locator("article.turn .answer.clarify")).to_have_count(1)

    choose(page, "农业", OTHER)
    ask(page, "差旅费是多少？")
    expect(page.locator("article.turn").last.locator(".card .number").first).to_have_text("11.07")
    page.locator("#views button[data-view=findings]").click()
    expect(page.locator("#evidence [data-view=findings] .path")).to_contain_text("农业农村局")

    choose(page, "口岸", "上海市口岸服务办公室 2016 年决算")
    expect(page.locator("#evidence [data-view=findings] .path")).to_contain_text("口岸服务办公室")
    ask(page, "差旅费是多少？")
    expect(page.locator("article.turn").last.locator(".card .number").first).to_have_text("8.34")
    expect(page.locator("#evidence td.hit")).to_have_text("8.34")
    expect(page.locator("article.turn")).to_have_count(3)
    page.close()


def test_the_opening_follows_and_two_readers_choose_apart(browser: Browser, served_two: str) -> None:
    page, other = open_page(browser, served_two), open_page(browser, served_two, 390)
    choose(page, "农业", OTHER)
    expect(page.locator(".welcome h2")).to_contain_text("青禾区农业农村局 2019")
    expect(page.locator(".welcome button.ask").first).to_have_text("本年支出合计是多少？")
    expect(other.get_by_label("报告", exact=True)).to_have_value("全部报告（2 份）")
    assert other.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
    other.close()


def test_an_address_names_the_report(browser: Browser, served_two: str) -> None:
    page = browser.new_page()
    page.goto(f"{served_two}/?q=差旅费是多少？&report=qinghe-agriculture-2019")
    expect(page.locator("article.turn .card .number").first).to_have_text("11.07", timeout=WAIT)
    expect(page.get_by_label("报告", exact=True)).to_have_value(OTHER)
    page.close()


def test_one_report_shows_no_list(browser: Browser, served: str) -> None:
    page = open_page(browser, served)
    expect(page.get_by_label("报告", exact=True)).to_have_count(0)
    expect(page.locator(".welcome h2")).to_have_text("想知道这份决算里的什么？")
    page.close()
