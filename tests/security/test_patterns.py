"""Patterns of ours over texts that are made for them to start again and again.

A child has three seconds of the processor for what takes it a small part of one: where time grew
by the square it would take ten and more.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

LIMIT = """
import resource, time
limit = int(time.process_time()) + 4
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
N = 100_000
ITEM = b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>a</title>'
"""
WXR = "from tests.fuzz.targets import TARGETS"
TRIED = {
    "a line of front matter": (
        "from migrate.syntax import heads",
        'heads.cut("yaml", b"---\\na" + b" " * N + b"b\\n---\\n").keys()',
    ),
    "comments in an item": (WXR, 'TARGETS["wxr"](ITEM + b"<!--" * (N // 2))'),
    "instructions in an item": (WXR, 'TARGETS["wxr"](ITEM + b"<?a " * (N // 2))'),
    "sections before one end": (
        WXR,
        'TARGETS["wxr"](ITEM + b"<a><![CDATA[<item>" * (N // 4) + b"]]>")',
    ),
    "comments before one end": (WXR, 'TARGETS["wxr"](ITEM + b"<a><!--</a>" * (N // 2) + b"-->")'),
    "comments that hold an end": (
        WXR,
        'TARGETS["wxr"](ITEM + b"<a>" + b"<!--</a><item>-->" * (N // 4))',
    ),
    "bodies before one end": (
        WXR,
        'TARGETS["wxr"](ITEM + b"<item><content:encoded><![CDATA[]" * (N // 4) + b"]]>")',
    ),
    "declarations of a document's type": (
        WXR,
        'TARGETS["wxr"](b"<!DOCTYPE a><item/>" * (N // 5) + ITEM)',
    ),
    "terms below each other": (
        "from migrate.model.site import Term\nfrom migrate.readers.wxr import terms",
        'terms.parents_first([Term("a", str(at), parent=str(at - 1)) for at in range(N // 10)])',
    ),
    "a comment": (
        "from migrate.plan import comments",
        'comments.plain("content", "a" + " " * N + "b")',
    ),
    "blocks": (
        "from migrate.plan import rendered",
        'rendered.may_be_filled_in("<!-- wp:a { " * (N // 4), "")',
    ),
    "blank lines": (
        "from migrate.plan import rendered",
        'rendered.may_be_filled_in("\\n" * N + "a", "")',
    ),
    "a list of names": (
        "from migrate.mapping import name_lists",
        'name_lists.Names("words").decode("a," + " " * N + "b")',
    ),
    "a pattern for file names": (
        "from migrate.mapping import file_names",
        'file_names._TOKEN.findall("{" * N)',
    ),
    "a place with placeholders": (
        "from migrate.mapping import places",
        'places._PLACEHOLDER.findall("{" * N)',
    ),
    "a settings file": (
        "from migrate.cli import settings_file",
        'settings_file._place("# a long line of words\\n" * 4_000 + "yes = 1", ["yes"])',
    ),
    "scripts in a login": (
        "from migrate.model import sanitize",
        'sanitize.sanitize_user("<style><script>" * (N // 4))',
    ),
    "a login": ("from migrate.model import sanitize", 'sanitize.sanitize_user("&" * N)'),
    "a page": (
        "from migrate.live import answer, causes",
        'causes.instead_of_rest(answer.Answer("", 200, {}, b"<input " * (N // 4)))',
    ),
}
"""What is imported, and what is then tried."""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX's")
@pytest.mark.parametrize(("imported", "call"), TRIED.values(), ids=TRIED)
def test_a_text_is_gone_through_once(imported: str, call: str) -> None:
    """No line of blanks, and no row of what begins something, keeps a pattern busy."""
    code = f"{imported}\n{LIMIT}\n{call}\n"

    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stderr) == (0, "")
