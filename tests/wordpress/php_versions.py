"""Other versions of PHP than the machine's, from npm: `python -m tests.wordpress.php_versions`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.wordpress.cache import cache_folder, made_whole
from tests.wordpress.php import SERVER_FILES

VERSIONS: Final = ("7.4", "8.0", "8.1", "8.3", "8.4")
_RELEASE: Final = "3.1.56"


def folder() -> Path:
    """Where the cache keeps them; not there before `fetch`."""
    return cache_folder() / f"php-wasm-{_RELEASE}"


def fetch() -> None:
    """Install them below the cache, some 200 MB."""
    names = ["universal", *(f"node-{version.replace('.', '-')}" for version in VERSIONS)]
    packages = [f"@php-wasm/{name}@{_RELEASE}" for name in names]
    with made_whole(folder()) as draft:
        (draft / "package.json").write_text('{"private": true}', "utf-8")
        options = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")
        subprocess.run(["npm", "install", *options, *packages], cwd=draft, check=True)


def compiled(version: str, code: bytes) -> list[str]:
    """The whole version, and what PHP says of a file that ends at once: "ok" where it has none."""
    command = ["node", str(SERVER_FILES / "compile.mjs"), version.replace(".", "-")]
    done = subprocess.run(command, input=code, cwd=folder(), capture_output=True, check=True)
    return done.stdout.decode().splitlines()


if __name__ == "__main__":
    fetch()
    sys.exit(0)
