"""WordPress as Debian packages it, unpacked into the cache without being installed.

Installing the package would bring an Apache with it that listens on every address.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.wordpress.cache import cache_folder, made_whole
from tests.wordpress.packages import download

# The package is full of links into those of the libraries that it shares with others.
PACKAGES = [
    "wordpress",
    "wordpress-theme-twentytwentythree",
    "libjs-cropper",
    "libjs-prototype",
    "libjs-scriptaculous",
    "libjs-underscore",
    "php-getid3",
]


def tree() -> Path:
    """Where the cache keeps WordPress; not there before `fetch`."""
    return cache_folder() / "wordpress-debian"


def fetch() -> None:
    """Put WordPress into the cache. Raises InstallError."""
    with made_whole(tree()) as draft, tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        for package in download(PACKAGES, Path(scratch)):
            subprocess.run(["dpkg-deb", "--extract", package, root], check=True)
        # What still dangles leads to /etc: .htaccess, which PHP's server doesn't read.
        shutil.copytree(
            root / "usr/share/wordpress", draft, dirs_exist_ok=True, ignore_dangling_symlinks=True
        )
