"""Inputs made 1 MB long, and what each takes of the processor: `python -m tests.fuzz.magnified`.

What the fuzzers began with, found or kept (`--corpus`, libFuzzer's own folder) is repeated, and so
is what parsers are known to stumble over. The command names what takes longer than `--limit`
seconds, and ends with 1 where anything did. TARGET may be one rule: `rules:unautop`.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

from migrate.rewrite.rules import RULES, rule_class
from tests.fuzz.__main__ import FOUND, seeds
from tests.fuzz.fragments import HEADS, MARKUP, SERIALIZED, WORDS
from tests.fuzz.targets import FORMATS, TARGETS

SIZE: Final = 1_000_000
_GIVES_UP: Final = 10  # times the limit


class Input(NamedTuple):
    """What a target gets, and what to call it."""

    name: str
    data: bytes


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
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _give_up)
    slow = 0
    for target in asked.targets:
        name, _, rule = target.partition(":")
        inputs = _fragments(name, rule, asked.size)
        if not asked.fragments_only:
            inputs = itertools.chain(inputs, _kept(name, rule, asked))
        slow += _measured(name, inputs, asked.limit * asked.size / SIZE)
    return int(slow > 0)


def _measured(target: str, inputs: Iterator[Input], limit: float) -> int:
    """Run a target over inputs; give how many of them took too long."""
    count = slow = 0
    worst = 0.0
    for one in inputs:
        taken = _seconds(target, one.data, limit * _GIVES_UP)
        count, worst = count + 1, max(worst, taken)
        if taken > limit:
            slow += 1
            print(f"{target}: {taken:.1f} s for {one.name}", flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{target}: {count} inputs, {slow} over {limit:g} s, longest {worst:.2f} s, {most} MB")
    return slow


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


def _fragments(target: str, rule: str, size: int) -> Iterator[Input]:
    match target:
        case "rules":
            for place, name in enumerate(RULES):
                if rule in ("", name):
                    yield from _for_rule(place, name, size)
        case "php":
            for text in SERIALIZED:
                yield Input(repr(text), _repeated(text, size))
        case _:
            for head, text, tail in HEADS[target]:
                yield Input(f"{head!r} {text!r}", head + _repeated(text, size) + tail)


def _for_rule(place: int, name: str, size: int) -> Iterator[Input]:
    kinds = [at for at, kind in enumerate(FORMATS) if kind in rule_class(name).bodies]
    for kind, text in itertools.product(kinds, MARKUP):
        for end in (b"", b"\n", b"\n\n", WORDS, WORDS + b"\n\n"):
            body = _repeated(text + end, size)
            yield Input(f"{name} {FORMATS[kind]} {text + end!r}", bytes((place, kind)) + body)


def _kept(target: str, rule: str, asked: argparse.Namespace) -> Iterator[Input]:
    paths = sorted((FOUND / target).glob("*"))
    if asked.corpus is not None:
        kept = sorted((asked.corpus / target).glob("*"))
        paths += random.Random(1).sample(kept, min(asked.most, len(kept)))
    named = [(path.name, path.read_bytes()) for path in paths]
    named += [(f"seed {at}", data) for at, data in enumerate(seeds(target))]
    for name, data in named:
        if target != "rules":
            yield Input(name, _magnified(target, data, asked.size))
        elif len(data) > len("rf"):
            chosen = list(RULES)[data[0] % len(RULES)]
            if rule in ("", chosen):
                kind = FORMATS[data[1] % len(FORMATS)]
                big = data[:2] + _repeated(data[2:], asked.size)
                yield Input(f"{chosen} {kind} {name}", big)


def _magnified(target: str, data: bytes, size: int) -> bytes:
    """Repeat an input, or of a file with a head a piece in the middle."""
    if target == "php":
        return _repeated(data, size)
    half = len(data) // 2
    return data[:half] + _repeated(data[half // 2 : half + half // 2], size) + data[half:]


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
