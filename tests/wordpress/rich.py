"""The rich site: everything that an export, an import or a reader may stumble over, in one place.

What it holds stands in server/rich/, a file for each kind of thing.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Literal

from migrate.model.post import Post
from migrate.model.site import Head
from tests.wordpress.cache import cache_folder, made_whole
from tests.wordpress.conftest import require
from tests.wordpress.docroot import MUST_USE
from tests.wordpress.flavours import Flavour
from tests.wordpress.php import SERVER_FILES
from tests.wordpress.records import RECORDS_FILE, of_rows, rows
from tests.wordpress.site import Site
from tests.wordpress.template import prepared

RICH_FILES = SERVER_FILES / "rich"
OWN_TYPES, REVISIONS = "own-types.php", "revisions.php"
_REQUIRE = "return require $file;"

Variant = Literal["plain", "control", "unregistered", "revisions"]

Made = dict[str, dict[str, int]]
"""Group → name → ID: `made["statuses"]["draft"]` is a post, `made["terms"]["harbour"]` a term."""


def fill(site: Site, *, control_characters: bool = False) -> Made:
    """Put everything into an empty site through WordPress's own functions; returns the IDs.

    The groups: `users`, `terms` (of any taxonomy), `comments` (and the `post` that they are on),
    `menu` (the term `menu` and three items); the posts are in `statuses`, `slugs`, `pages`, `own`,
    `texts`, `metas`, `media`, `posts`, and with control characters `control` (a post, a comment).
    With `control_characters` the site's own export is ill-formed, in two ways.
    """
    register_own_types(site, on=True)
    made: Made = site.php(_REQUIRE, file=str(RICH_FILES / "fill.php"))
    if control_characters:
        made["control"] = _spoil(site, made)
    return made


def _spoil(site: Site, made: Made) -> dict[str, int]:
    file, commented = str(RICH_FILES / "control.php"), made["comments"]["post"]
    added: dict[str, int] = site.php(_REQUIRE, file=file, commented=commented)
    return added


def register_own_types(site: Site, *, on: bool) -> None:
    """Register the own post types, taxonomies and status, as a plugin would, or no longer.

    The database keeps what is in them either way; `Site.reset` switches them off.
    """
    _switch(site, OWN_TYPES, on=on)


def _switch(site: Site, plugin: str, *, on: bool) -> None:
    placed = site.docroot / MUST_USE / plugin
    if on:
        shutil.copyfile(RICH_FILES / plugin, placed)
    else:
        placed.unlink(missing_ok=True)


def rich_wxr(flavour: Flavour, variant: Variant = "plain") -> bytes:
    """What WordPress's own export_wp() writes of the rich site.

    `control` is the ill-formed export of the site with control characters. In `unregistered` the
    own types' plugin is gone: no post of them, and all terms as wp:term, categories a second time.
    `revisions` has the revisions too, which WordPress leaves out unless a plugin wants them.
    Made once and kept in the cache until WordPress or a file of server/rich/ changes; only then
    a site is booted. Skips the test where the flavour can't boot.
    """
    return (_exports(flavour) / f"{variant}.xml").read_bytes()


def rich_records(flavour: Flavour, variant: Variant = "plain") -> tuple[Head, list[Post]]:
    """What the database held when `rich_wxr` was exported; see `records`."""
    rows = json.loads((_exports(flavour) / f"{variant}.json").read_text("utf-8"))
    return of_rows(rows)


def rich_made(flavour: Flavour) -> Made:
    """What `fill` with control characters returned for the site that `rich_wxr` is the export of.

    The other variants have the same IDs, and nothing of the group `control`.
    """
    made: Made = json.loads((_exports(flavour) / "made.json").read_text("utf-8"))
    return made


def _exports(flavour: Flavour) -> Path:
    require(flavour)
    folder = cache_folder() / "rich" / f"{prepared(flavour).name}-{_fingerprint()}"
    if not folder.is_dir():
        with made_whole(folder) as draft, Site(flavour) as site:
            _export_each(site, draft)
    return folder


def _export_each(site: Site, folder: Path) -> None:
    made = fill(site)
    _export(site, folder, "plain")
    _switch(site, REVISIONS, on=True)
    _export(site, folder, "revisions")
    _switch(site, REVISIONS, on=False)
    register_own_types(site, on=False)
    _export(site, folder, "unregistered")
    register_own_types(site, on=True)
    made["control"] = _spoil(site, made)
    _export(site, folder, "control")
    (folder / "made.json").write_text(json.dumps(made), "utf-8")


def _export(site: Site, folder: Path, variant: Variant) -> None:
    (folder / f"{variant}.xml").write_bytes(site.export_wxr())
    (folder / f"{variant}.json").write_text(json.dumps(rows(site)), "utf-8")


def _fingerprint() -> str:
    """Changes with each file that the rich site is made from."""
    made_from = hashlib.sha256()
    for file in (*sorted(RICH_FILES.glob("*.php")), RECORDS_FILE):
        made_from.update(file.read_bytes())
    return made_from.hexdigest()[:12]
