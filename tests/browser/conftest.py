"""Fixtures: the browser, where it is installed, and what it shows of bodies."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.browser import chromium, frames
from tests.browser.frames import Frame

Show = Callable[[Sequence[str]], list[Frame]]


@pytest.fixture(scope="session")
def browser() -> None:
    """Skip where there is no browser; under CI=true that is a failure."""
    if chromium.program() is not None:
        return
    reason = "Chromium isn't here: `python -m tests.browser.install` installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def show(browser: None, tmp_path: Path) -> Show:
    """What opens bodies of posts in the browser, each in a page of its own."""
    del browser
    page = tmp_path / "page.html"

    def shown(bodies: Sequence[str]) -> list[Frame]:
        page.write_text(frames.of_bodies(bodies), encoding="utf-8")
        return chromium.frames(page.as_uri())

    return shown
