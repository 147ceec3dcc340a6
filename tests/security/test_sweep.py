"""What times the regular expressions of the package finds those that begin again, and no others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import checkout
from tests.conftest import LONG

SLOW = {
    "a repeat of repeats": (r"(?:a+)+;", "match"),
    "two repeats of one thing": (r"a+\s*\s*;", "fullmatch"),
    "blanks before something": (r"\s*;", "search"),
    "a name before a sign": (rb"(\w+)=", "search"),
    "what opens and never closes": (r"<!--.*?-->", "search"),
    "a text that nothing closes": (r'"(?:[^"\\]|\\.)*+"', "search"),
    "parts that share blanks": (r"(?:\s*\|[^|;]*)+", "fullmatch"),
    "a look ahead over a row": (r"\n(?=\s*;)", "search"),
}
QUICK = {
    "a repeat that gives nothing back": (r"(?<!\s)\s*+;", "search"),
    "blanks at the beginning": (r"\s*;", "match"),
    "words": (rb"[^\s,]++", "search"),
    "a tag that ends at the next": (r"<[^<>]*+>", "search"),
    "a text with its end": (r'"[^"]*+(?:"|\Z)', "search"),
}


def run(code: str, timeout: int = 120) -> str:
    """Give what a Python of its own prints, which is alone with its time of the processor."""
    command = [sys.executable, "-c", code]
    ended = subprocess.run(
        command, cwd=checkout.ROOT, check=False, capture_output=True, text=True, timeout=timeout
    )
    assert ended.stderr == ""
    return ended.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="timers of the processor are POSIX's")
def test_what_begins_again_is_found() -> None:
    """Each of these expressions has a text that it is slow with, or none."""
    code = f"""
import re, signal
from tests.security import patterns
from tests.security.made_patterns import Made
signal.signal(signal.SIGVTALRM, patterns._give_up)
for name, (text, way) in {SLOW | QUICK!r}.items():
    if patterns.slow(Made(name, text, re.DOTALL, frozenset({{way}}))):
        print(name)
"""

    assert run(code).splitlines() == [*SLOW]


@pytest.mark.skipif(sys.platform == "win32", reason="timers of the processor are POSIX's")
def test_every_reason_belongs_to_an_expression() -> None:
    """What is left out is there, and so is each function that compiles something."""
    code = """
from tests.security.harmless_patterns import HARMLESS, IN_FUNCTIONS
from tests.security.made_patterns import collected, in_functions
print(HARMLESS.keys() - {one.name for one in collected()}, in_functions() ^ IN_FUNCTIONS.keys())
"""

    assert run(code) == "set() set()\n"


@pytest.mark.skipif(not LONG or sys.platform == "win32", reason="takes a minute; make test-long")
@pytest.mark.timeout(900)
def test_none_of_ours_begins_again() -> None:
    """But for those with a reason, none of the package's expressions has such a text."""
    said = run("from tests.security import patterns; patterns.main([])", timeout=900)

    assert said.count("\n") == 1, said
