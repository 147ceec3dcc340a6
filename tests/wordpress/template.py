"""Installed empty sites, made once and kept in the cache for later runs."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

from tests.wordpress import docroot, php
from tests.wordpress.cache import cache_folder, made_whole
from tests.wordpress.flavours import Flavour

# Nothing listens there: a request that the installation makes of itself ends at once.
NO_SERVER = "http://127.0.0.1:9"


def prepared(flavour: Flavour) -> Path:
    """A folder with `database/`, as a fresh installation leaves it, and `account.json`."""
    template = cache_folder() / "templates" / f"{flavour.name}-{_fingerprint(flavour)}"
    if not template.is_dir():
        with made_whole(template) as draft:
            _install(flavour, draft)
    return template


def _install(flavour: Flavour, template: Path) -> None:
    # A Unix socket's path has about 100 characters: a short folder, then the finished files.
    with tempfile.TemporaryDirectory(prefix="wpmigrate-") as scratch:
        site = Path(scratch) / "wordpress"
        database = flavour.database(Path(scratch) / "database")
        docroot.lay(flavour.tree(), site)
        docroot.configure(site, NO_SERVER, database.constants)
        try:
            database.create()
            installation = {"installation": str(php.SERVER_FILES / "install.php")}
            account = php.run(site, "return require $installation;", installation, installing=True)
            database.snapshot()
        finally:
            database.stop()
        shutil.copytree(Path(scratch) / "database", template / "database")
    (template / "account.json").write_text(json.dumps(account), "utf-8")


def _fingerprint(flavour: Flavour) -> str:
    """Changes with whatever a prepared site is made from."""
    made_from = hashlib.sha256((flavour.tree() / "wp-includes/version.php").read_bytes())
    for file in sorted(php.SERVER_FILES.glob("*.php")):
        made_from.update(file.read_bytes())
    made_from.update(flavour.database(Path()).made_by.encode())
    return made_from.hexdigest()[:12]
