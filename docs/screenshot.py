"""Takes docs/screenshot.png of a running chat: .venv/bin/python docs/screenshot.py [http://127.0.0.1:7860]"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

QUESTIONS = ("2016年公务接待费花了多少？", "平均每批次接待花了多少元？")


def main(url: str) -> None:
    """Ask the questions, open the last answer's working and write the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5)
        page.goto(url)
        page.locator(".welcome button.ask").first.wait_for()
        for number, question in enumerate(QUESTIONS, start=1):
            page.get_by_label("问题").fill(question)
            page.keyboard.press("Enter")
            page.locator(".turn .answer").nth(number - 1).wait_for()
        page.locator("details.derivation summary").last.click()
        page.locator("article.turn").last.locator("button.cite").first.click()
        page.locator("#evidence .hit").first.wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=Path(__file__).with_name("screenshot.png"))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860")
