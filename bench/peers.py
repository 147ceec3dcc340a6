"""What people would turn WXR into Markdown with: wordpress-export-to-markdown and pelican-import.

The first waits between any two files on purpose, so its processor's seconds are told as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.peers import packages
from tests.wordpress.cache import made_whole
from tests.wordpress.packages import download

PANDOC: Final = ("pandoc", "pandoc-data", "liblua5.3-0")
TO_MARKDOWN: Final = (
    "node",
    str(packages.npm_folder() / "node_modules/wordpress-export-to-markdown/index.js"),
    *("--wizard=false", "--post-folders=false", "--save-attached-images=false"),
    *("--save-scraped-images=false", "--input=SOURCE", "--output=OUT"),
)
PELICAN: Final = (
    *(sys.executable, "-c", "from pelican.tools.pelican_import import main; main()"),
    *("--wpfile", "--markup=markdown", "--output=OUT", "SOURCE"),
)


def pandoc_folder() -> Path:
    """Where Debian's pandoc lies, not installed."""
    return packages.cache_folder() / "pandoc"


def install() -> None:
    """Have all of them in the cache. Raises InstallError."""
    if not packages.npm_folder().is_dir():
        packages.install_npm_package(packages.NPM_PACKAGE, packages.npm_folder())
    if not packages.python_folder().is_dir():
        packages.install_python_packages()
    if not pandoc_folder().is_dir():
        with made_whole(pandoc_folder()) as draft, tempfile.TemporaryDirectory() as scratch:
            for package in download([*PANDOC], Path(scratch)):
                subprocess.run(["dpkg-deb", "--extract", package, draft], check=True)


def environment() -> dict[str, str]:
    """Give what they need to find what is theirs; ours isn't touched by it."""
    root = pandoc_folder() / "usr"
    library = root / "lib" / f"{os.uname().machine}-linux-gnu"
    return {
        "PATH": f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(packages.python_folder()),
        "PYTHONUTF8": "1",
        "LD_LIBRARY_PATH": str(library),
        "pandoc_datadir": str(root / "share" / "pandoc"),  # where else it looks at /usr/share
    }
