"""Answers of sites, read tolerantly."""

from typing import Any

import pytest

from migrate.errors import AnswerError
from migrate.live.answer import Answer, NoJsonError, json_in, plain_text


@pytest.mark.parametrize(
    ("body", "value", "noise"),
    [
        (b'{"a": 1}', {"a": 1}, False),
        (b"\xef\xbb\xbf[]", [], True),
        (b"\xef\xbb\xbf\xef\xbb\xbf{}", {}, True),
        (b" \n[1]\n", [1], False),
        (b'<br />\n<b>Notice</b>: x[1] {y} in /a.php\n{"id": 7}', {"id": 7}, True),
        (b"{broken} [1, {}]", [1, {}], True),
        (b'{"id": 7', None, False),
        (b'{"id": 7, "title": {"raw": "x"}', None, False),
        (b'[{"id": 7}, {"title": {"raw": "x"}', None, False),
        (b'{"id": "\xc3\xa9"}\n<!-- cached -->', {"id": "é"}, True),
        (b"[]<!-- cached -->", [], True),
        (b'{"id": 7} {"id": 8}', None, False),
        (b'<script>{"id": 7}</script>', None, False),
        (b"", None, False),
        (b"<html>{}</html>", None, False),
        (b"[" * 100_000, None, False),
        (b"\xff\xfe{", None, False),
    ],
)
def test_json(body: bytes, value: Any, noise: bool) -> None:
    """The JSON that begins or ends an answer counts, and what stands beside it is said."""
    assert json_in(body) == (value, noise)


def test_error_of_wordpress() -> None:
    """WordPress's error comes with its code, status and data, its message as plain text."""
    body = b'{"code":"no","message":"<b>Not<\\/b> \\u001b[31mhere &amp; now","data":{"status":403}}'
    with pytest.raises(AnswerError) as caught:
        Answer("https://x.example/r", 403, {}, body).content()
    error = caught.value
    assert (error.status, error.code, error.data) == (403, "no", {"status": 403})
    assert error.message == "Not here & now (HTTP 403, no)"
    assert error.path == "https://x.example/r"


def test_error_with_status_200() -> None:
    """An error that some server sends as a success is still an error."""
    for more in (b"", b',"additional_errors":[]'):
        body = b'{"code":"no","message":"No","data":null' + more + b"}"
        with pytest.raises(AnswerError, match="No"):
            Answer("", 200, {}, body).content()


@pytest.mark.parametrize(
    ("status", "reason"),
    [(403, "firewall"), (401, "asks for a password"), (503, "maintenance"), (500, "HTML page")],
)
def test_error_without_json(status: int, reason: str) -> None:
    """An error page of something else than WordPress is named by its status."""
    with pytest.raises(AnswerError, match=reason):
        Answer("", status, {}, b"<html>Error</html>").content()


def test_success_without_json() -> None:
    """A success that holds no JSON is told apart: it may have been done."""
    with pytest.raises(NoJsonError, match="an empty answer"):
        Answer("", 200, {}, b"").content()
    with pytest.raises(NoJsonError, match="an HTML page"):
        Answer("", 200, {}, b"<!doctype html>").content()


def test_plain_text() -> None:
    """A message is one line of limited length, whatever the site sends."""
    assert plain_text("<p>a\r\n\x00b</p>\u202e&lt;c&gt;") == "a b <c>"
    assert (
        plain_text("<strong>Error:</strong> one.<br/>Two &#8220;x&#8221;") == "Error: one. Two “x”"
    )
    assert len(plain_text("x" * 10_000)) == 301
