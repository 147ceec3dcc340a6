"""A test site's files: a copy of WordPress, and the settings beside it."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.wordpress.php import SERVER_FILES

UPLOADS = Path("wp-content/uploads")
MUST_USE = Path("wp-content/mu-plugins")


def lay(tree: Path, docroot: Path) -> None:
    """Copy WordPress's files to `docroot` and make them a test site's."""
    shutil.copytree(tree, docroot)
    shutil.copyfile(SERVER_FILES / "wp-config.php", docroot / "wp-config.php")
    empty_content(docroot)


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
