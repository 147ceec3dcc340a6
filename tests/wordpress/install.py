"""Installs what the test sites need and doesn't find: `python -m tests.wordpress.install`."""

import argparse
import sys
from collections.abc import Iterable

from tests.wordpress import packages, sniffer
from tests.wordpress.cache import cache_folder
from tests.wordpress.flavours import FLAVOURS, WORDPRESS67_SQLITE, Flavour


def install(flavours: Iterable[Flavour]) -> None:
    """Make these flavours ready to boot, saying what comes. Raises InstallError."""
    wanted = list(flavours)
    lacking = sorted({name for flavour in wanted for name in flavour.missing_packages()})
    if lacking:
        packages.check_installable(lacking)
        _say(f"Installing with apt-get: {' '.join(lacking)}")
        packages.install(lacking)
    for flavour in wanted:
        if not flavour.tree().is_dir():
            _say(f"Fetching {flavour.title} into {cache_folder()}")
            flavour.fetch()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Run the command: 0 where everything is there now, 1 after saying what can't be had."""
    parser = argparse.ArgumentParser(prog="python -m tests.wordpress.install", description=__doc__)
    parser.add_argument(
        "--embedded",
        action="store_true",
        help="only WordPress on SQLite, which needs no database server",
    )
    embedded: bool = parser.parse_args().embedded
    try:
        install([WORDPRESS67_SQLITE] if embedded else FLAVOURS.values())
    except packages.InstallError as error:
        _say(str(error))
        return 1
    if not (embedded or sniffer.folder().is_dir()):
        _fetch_sniffer()
    return 0


def _fetch_sniffer() -> None:
    """Have PHP_CodeSniffer where Debian has it; the one test that asks it skips without."""
    _say(f"Fetching PHP_CodeSniffer into {cache_folder()}")
    try:
        sniffer.fetch()
    except packages.InstallError as error:
        _say(str(error))


if __name__ == "__main__":
    sys.exit(main())
