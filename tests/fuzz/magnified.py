"""Inputs made 1 MB long, and what each takes of the processor: `python -m tests.fuzz.magnified`.

What the fuzzers began with, found or kept (`--corpus`, libFuzzer's own folder) is repeated, and so
is what parsers are known to stumble over. The command names what takes longer than `--limit`
seconds, and ends with 1 where anything did, or took over 1 GB. TARGET may be one rule:
`rules:unautop`. There are some 60,000 inputs; one whose time at 2 and 4 % of the size lets less
than half the limit be expected isn't made whole, unless `--whole` asks for it. With `--seconds` a
target has so much of the processor, and tries as many of them, in any order, as that lets it.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

from migrate.rewrite.rules import RULES, rule_class
from tests.fuzz.__main__ import FOUND, seeds
from tests.fuzz.fragments import HEADS, MARKUP, SERIALIZED, WORDS
from tests.fuzz.targets import FORMATS, TARGETS

SIZE: Final = 1_000_000
_GIVES_UP: Final = 10  # times the limit
_PARTS: Final = 50  # of an input; one and two of them are tried first
_MOST_MEMORY: Final = 1024  # MB


class Input(NamedTuple):
    """What a target gets at a size in bytes, and what to call it."""

    name: str
    made: Callable[[int], bytes]


class _TooLongError(BaseException):
    pass


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.magnified", description=__doc__)
    parser.add_argument("targets", nargs="*", default=list(TARGETS), metavar="TARGET")
    parser.add_argument("--corpus", type=Path, help="with a folder of inputs for each target")
    parser.add_argument("--most", type=int, default=200, help="how many inputs of the corpus")
    parser.add_argument("--limit", type=float, default=2.0, help="seconds for 1 MB")
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of an input")
    parser.add_argument("--fragments-only", action="store_true", help="no samples, no corpus")
    parser.add_argument("--seconds", type=float, help="of the processor, for each target")
    parser.add_argument("--whole", action="store_true", help="each input in its whole size")
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _give_up)
    bad = [target for target in asked.targets if not _keeps_limits(target, asked)]
    return int(bool(bad))


def _keeps_limits(target: str, asked: argparse.Namespace) -> bool:
    """Run a target over its inputs; say whether all kept to the time and the memory."""
    name, _, rule = target.partition(":")
    inputs = list(_fragments(name, rule))
    if not asked.fragments_only:
        inputs += _kept(name, rule, asked)
    if asked.seconds is not None:
        random.Random(1).shuffle(inputs)
    end = time.process_time() + (asked.seconds or float("inf"))
    limit = asked.limit * asked.size / SIZE
    count = whole = slow = 0
    worst = 0.0
    for one in inputs:
        if time.process_time() > end:
            break
        count += 1
        if not asked.whole and _expected(name, one, asked.size, limit / 2) < limit / 2:
            continue
        taken = _seconds(name, one.made(asked.size), limit * _GIVES_UP)
        whole, worst = whole + 1, max(worst, taken)
        if taken > limit:
            slow += 1
            print(f"{target}: {taken:.1f} s for {one.name}", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    tried = f"{count} of {len(inputs)} inputs, {whole} of them whole, {slow} over {limit:g} s"
    print(f"{target}: {tried}, longest {worst:.2f} s, {most} MB", flush=True)
    return slow == 0 and most <= _MOST_MEMORY


def _expected(target: str, one: Input, size: int, enough: float) -> float:
    """Say what seconds an input may take whose time has a part that grows by the square.

    Where all of it growing so would take less than `enough`, that is what is said.
    """
    less = _seconds(target, one.made(size // _PARTS), _GIVES_UP)
    if _PARTS**2 * less < enough:
        return _PARTS**2 * less
    more = _seconds(target, one.made(2 * size // _PARTS), _GIVES_UP)
    squared = max(0.0, more - 2 * less) / 2  # of one part
    return _PARTS * more / 2 + (_PARTS**2 - 2 * _PARTS) * squared


def _seconds(target: str, data: bytes, at_most: float) -> float:
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, at_most)
    try:
        TARGETS[target](data)
    except _TooLongError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def _give_up(*_: object) -> NoReturn:
    raise _TooLongError


def _fragments(target: str, rule: str) -> Iterator[Input]:
    match target:
        case "rules":
            for place, name in enumerate(RULES):
                if rule in ("", name):
                    yield from _for_rule(place, name)
        case "php":
            for text in SERIALIZED:
                yield Input(repr(text), partial(_repeated, text))
        case _:
            for head, text, tail in HEADS[target]:
                yield Input(f"{head!r} {text!r}", partial(_between, head, text, tail))


def _for_rule(place: int, name: str) -> Iterator[Input]:
    kinds = [at for at, kind in enumerate(FORMATS) if kind in rule_class(name).bodies]
    for kind, text in itertools.product(kinds, MARKUP):
        for end in (b"", b"\n", b"\n\n", WORDS, WORDS + b"\n\n"):
            made = partial(_between, bytes((place, kind)), text + end, b"")
            yield Input(f"{name} {FORMATS[kind]} {text + end!r}", made)


def _kept(target: str, rule: str, asked: argparse.Namespace) -> Iterator[Input]:
    paths = sorted((FOUND / target).glob("*"))
    if asked.corpus is not None:
        kept = sorted((asked.corpus / target).glob("*"))
        paths += random.Random(1).sample(kept, min(asked.most, len(kept)))
    named = [(path.name, path.read_bytes()) for path in paths]
    named += [(f"seed {at}", data) for at, data in enumerate(seeds(target))]
    for name, data in named:
        if target == "php":
            yield Input(name, partial(_repeated, data))
        elif target != "rules":
            half = len(data) // 2  # of a file with a head a piece in the middle
            piece = data[half // 2 : half + half // 2]
            yield Input(name, partial(_between, data[:half], piece, data[half:]))
        elif len(data) > len("rf"):
            chosen = list(RULES)[data[0] % len(RULES)]
            if rule in ("", chosen):
                kind = FORMATS[data[1] % len(FORMATS)]
                made = partial(_between, data[:2], data[2:], b"")
                yield Input(f"{chosen} {kind} {name}", made)


def _between(head: bytes, text: bytes, tail: bytes, size: int) -> bytes:
    return head + _repeated(text, size) + tail


def _repeated(text: bytes, size: int) -> bytes:
    """Give a text again and again, each with its number where it says `{n}`."""
    if not text:
        return b""
    if b"{n}" not in text:
        return text * (size // len(text))
    pieces, length = list[bytes](), 0
    for number in itertools.count():
        if length >= size:
            return b"".join(pieces)
        pieces.append(text.replace(b"{n}", b"%d" % number))
        length += len(pieces[-1])
    raise AssertionError


if __name__ == "__main__":
    sys.exit(main())
