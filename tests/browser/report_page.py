"""The HTML report open in the browser, as a person has it: with keys, a pointer and a console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from playwright.sync_api import Browser, Dialog, Page, ViewportSize, sync_playwright

from tests.browser import chromium

PHONE: ViewportSize = {"width": 390, "height": 844}


class Opened(Struct):
    """A page, what it asked the network for, and what it said to the console or asked a person."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def titles(self) -> list[str]:
        """Give the titles of the rows that are in view."""
        return self.page.locator("#list .row > div:first-child").all_inner_texts()

    def post(self) -> str:
        """Give the text of the post that is open."""
        return self.page.locator("#post").inner_text()

    def view(self, name: str) -> None:
        """Press the button of one of the views of a body."""
        self.page.get_by_role("button", name=name).last.click()


@contextmanager
def driven() -> Iterator[Browser]:
    """Start the browser to be driven; of all addresses it reaches 127.0.0.1 alone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(), args=list(chromium.SWITCHES[1:])
        )
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, **options: Any) -> Iterator[Opened]:
    """Open a report in a window of its own."""
    context = browser.new_context(**options)
    page = context.new_page()
    here = Opened(page)

    def dismiss(dialog: Dialog) -> None:
        here.said.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: here.asked.append(request.url))
    page.on("console", lambda message: here.said.append(message.text))
    page.on("pageerror", lambda error: here.said.append(str(error)))
    page.on("dialog", dismiss)
    page.goto(path.as_uri())
    yield here
    context.close()
