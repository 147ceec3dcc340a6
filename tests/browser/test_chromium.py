"""The browser that the tests use is a real one, and reaches nothing but this machine."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.conftest import Show

pytestmark = pytest.mark.browser


def test_no_other_address_is_reached(show: Show) -> None:
    """Not even one of this machine's own, other than 127.0.0.1: nobody calls there."""
    with socket.create_server(("127.0.0.2", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        onerror = "onerror=\"this.replaceWith('not reached')\""
        (shown,) = show([f'<img src="http://127.0.0.2:{port}/a.png" {onerror}>'])
        with pytest.raises(BlockingIOError):
            listener.accept()

    assert shown.text == "not reached"


@pytest.mark.usefixtures("browser")
def test_a_picture_is_as_large_as_asked(tmp_path: Path) -> None:
    """A PNG states its width and height in its head."""
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text("<!DOCTYPE html><p>The fog stays.</p>")
    chromium.screenshot(page.as_uri(), picture, width=600, height=400)

    assert struct.unpack(">8x8xII", picture.read_bytes()[:24]) == (600, 400)
