"""A test site's files: WordPress, and the settings beside it."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.wordpress.php import SERVER_FILES

UPLOADS = Path("wp-content/uploads")
MUST_USE = Path("wp-content/mu-plugins")

# Nothing changes there and nothing looks for the site from there: PHP compiles it once for all.
_SHARED = ("wp-includes", *(f"wp-admin/{name}" for name in ("css", "images", "includes", "js")))


def lay(tree: Path, docroot: Path) -> None:
    """Make `docroot` a test site's: a copy of WordPress, with links to what all sites share."""
    shared = [tree / folder for folder in _SHARED]
    shutil.copytree(tree, docroot, ignore=_but(shared))
    for folder in shared:
        docroot.joinpath(folder.relative_to(tree)).symlink_to(folder)
    shutil.copyfile(SERVER_FILES / "wp-config.php", docroot / "wp-config.php")
    empty_content(docroot)


def _but(folders: list[Path]) -> Callable[[str, list[str]], list[str]]:
    """What makes `copytree` leave these out."""
    return lambda place, names: [name for name in names if Path(place, name) in folders]


def empty_content(docroot: Path) -> None:
    """Remove uploads, and must-use plugins other than the one that keeps the site quiet."""
    for folder in (UPLOADS, MUST_USE):
        shutil.rmtree(docroot / folder, ignore_errors=True)
        (docroot / folder).mkdir()
    shutil.copyfile(SERVER_FILES / "must-use.php", docroot / MUST_USE / "quiet.php")


def configure(docroot: Path, url: str, database: Mapping[str, str]) -> None:
    """Write what wp-config.php reads: the site's address and the database's constants."""
    constants = {"WP_HOME": url, "WP_SITEURL": url, **database}
    (docroot.parent / "settings.json").write_text(json.dumps(constants), "utf-8")
