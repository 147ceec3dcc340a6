"""PHP_CodeSniffer, Debian's package of it, which isn't installed: what is wrong with a PHP file."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from tests.wordpress import packages
from tests.wordpress.cache import cache_folder, made_whole
from tests.wordpress.php import SERVER_FILES

PACKAGE: Final = "php-codesniffer"
STANDARD: Final = SERVER_FILES / "sniffs.xml"


def folder() -> Path:
    """Where the cache keeps it; not there before `fetch`."""
    return cache_folder() / PACKAGE


def fetch() -> None:
    """Unpack it below the cache. Raises InstallError."""
    with made_whole(folder()) as draft, tempfile.TemporaryDirectory() as scratch:
        for package in packages.download([PACKAGE], Path(scratch)):
            subprocess.run(["dpkg-deb", "--extract", package, draft], check=True)


def faults(file: Path) -> list[str]:
    """Give what it finds, a line each."""
    root = folder() / "usr"
    program = ["php", f"-dinclude_path={root / 'share' / 'php'}", str(root / "bin" / "phpcs")]
    asked = [f"--standard={STANDARD}", "--report=emacs", "-q"]
    done = subprocess.run(
        [*program, *asked, str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr  # 1 where it found something
    return done.stdout.splitlines()
