"""Times the package's regular expressions on texts made against them.

`python -m tests.security.patterns` names those whose time grows by the square of a text's length
or worse, each with such a text; words behind it choose those whose names hold one of them. What
HARMLESS gives a reason for is left out; with `--all` it is tried too, and named if it needs none.
"""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, Final, NoReturn

from tests.security.adversarial import Text, texts
from tests.security.harmless_patterns import HARMLESS, IN_FUNCTIONS
from tests.security.made_patterns import Made, collected, in_functions

_ALL: Final = "--all"
_SHORT: Final = 2_000
_NOTICED: Final = 0.00015
"""Seconds of the clock, which is the finer one, that a short text may take without another look."""

_LENGTHS: Final = (16_000, 64_000)
_WORSE: Final = 8
"""How many times as long as the shorter of these the longer takes at least: 4 is in step."""

_MOST: Final = 0.5
_LEAST: Final = 0.02


class _TooLongError(BaseException):
    pass


def main(words: list[str]) -> int:
    """Run the command; 1 where there is something to look at."""
    signal.signal(signal.SIGVTALRM, _give_up)
    made = collected()
    asked = [word for word in words if word != _ALL]
    chosen = [one for one in made if not asked or any(word in one.name for word in asked)]
    tried = [one for one in chosen if _ALL in words or one.name not in HARMLESS]
    bad = {one.name: found for one in tried if (found := slow(one))}
    said = [
        f"{name} {way}: {tuple(text)!a}"
        for name, found in bad.items()
        if name not in HARMLESS
        for way, text in found.items()
    ]
    named = {one.name for one in (tried if _ALL in words else made)}
    needed = bad if _ALL in words else named
    said += [f"{name}: has a reason, and needs none" for name in HARMLESS.keys() - needed]
    said += [f"{name}: compiles what?" for name in in_functions() ^ IN_FUNCTIONS.keys()]
    print(*sorted(said), sep="\n", end="\n" if said else "")
    print(f"{len(tried)} of {len(made)} expressions, {time.process_time():.0f} s of the processor")
    return int(bool(said))


def slow(made: Made) -> dict[str, Text]:
    """Give a text for each way of use in which its time grows by the square or worse."""
    compiled = re.compile(made.expression, made.flags)
    found = dict[str, Text]()
    for text in texts(made.expression, made.flags):
        short = _of(text, _SHORT, made)
        for way in made.ways - found.keys():
            start = time.perf_counter()
            _seconds(compiled, way, short)
            if time.perf_counter() - start > _NOTICED and _grows(compiled, way, text, made):
                found[way] = text
    return found


def _grows(compiled: re.Pattern[Any], way: str, text: Text, made: Made) -> bool:
    """Say so of a longer text, and of what takes longer than the clock's noise."""
    shorter, longer = (_of(text, size, made) for size in _LENGTHS)
    more = _seconds(compiled, way, longer)
    if more < _LEAST or more >= _MOST:
        return more >= _MOST
    more = min(more, _seconds(compiled, way, longer))
    return more > _WORSE * min(_seconds(compiled, way, shorter) for _ in range(3))


def _of(text: Text, size: int, made: Made) -> Any:
    whole = text.of(size)
    return whole if isinstance(made.expression, str) else whole.encode("latin-1", "replace")


def _seconds(compiled: re.Pattern[Any], way: str, text: Any) -> float:
    """Give what of the processor it takes, at most half a second."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _MOST)
    try:
        _USED[way](compiled, text)
    except _TooLongError:
        return _MOST
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def _searched(compiled: re.Pattern[Any], text: Any) -> None:
    for _ in compiled.finditer(text):
        pass


_USED: Final[dict[str, Callable[[re.Pattern[Any], Any], object]]] = {
    "search": _searched,
    "match": lambda compiled, text: compiled.match(text),
    "fullmatch": lambda compiled, text: compiled.fullmatch(text),
}


def _give_up(*_: object) -> NoReturn:
    raise _TooLongError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
