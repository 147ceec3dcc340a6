"""The rich site: everything that an export, an import or a reader may stumble over, in one place.

What it holds stands in server/rich/, a file for each kind of thing.
"""

import hashlib
import json
import shutil
from pathlib import Path

from tests.wordpress.cache import cache_folder, made_whole
from tests.wordpress.conftest import require
from tests.wordpress.docroot import MUST_USE
from tests.wordpress.flavours import Flavour
from tests.wordpress.php import SERVER_FILES
from tests.wordpress.site import Site
from tests.wordpress.template import prepared

RICH_FILES = SERVER_FILES / "rich"
OWN_TYPES = "own-types.php"

Made = dict[str, dict[str, int]]
"""Group → name → ID: `made["statuses"]["draft"]` is a post, `made["terms"]["harbour"]` a term."""


def fill(site: Site, *, control_characters: bool = False) -> Made:
    """Put everything into an empty site through WordPress's own functions; returns the IDs.

    The groups: `users`, `terms` (of any taxonomy), `comments` (and the `post` that they are on),
    `menu` (the term `menu` and three items); the posts are in `statuses`, `slugs`, `pages`, `own`,
    `texts`, `metas`, `media`, `posts`, and with control characters `control`.
    With `control_characters` the site's own export is ill-formed, in two ways.
    """
    own_types(site, on=True)
    made: Made = site.php(
        "return require $fill;",
        fill=str(RICH_FILES / "fill.php"),
        control_characters=control_characters,
    )
    return made


def own_types(site: Site, *, on: bool) -> None:
    """Register the own post types, taxonomies and status, as a plugin would, or no longer.

    The database keeps what is in them either way; `Site.reset` switches them off.
    """
    plugin = site.docroot / MUST_USE / OWN_TYPES
    if on:
        shutil.copyfile(RICH_FILES / OWN_TYPES, plugin)
    else:
        plugin.unlink(missing_ok=True)


def rich_wxr(flavour: Flavour, *, control_characters: bool = False) -> bytes:
    """What WordPress's own export_wp() writes of the rich site.

    Made once and kept in the cache until WordPress or a file of server/rich/ changes; only then
    a site is booted. Skips the test where the flavour can't boot.
    """
    return (_export(flavour, control_characters) / "export.xml").read_bytes()


def rich_made(flavour: Flavour, *, control_characters: bool = False) -> Made:
    """What `fill` returned for the site that `rich_wxr` gives the export of."""
    kept = _export(flavour, control_characters) / "made.json"
    made: Made = json.loads(kept.read_text("utf-8"))
    return made


def _export(flavour: Flavour, control_characters: bool) -> Path:
    require(flavour)
    variant = "control" if control_characters else "plain"
    folder = cache_folder() / "rich" / f"{prepared(flavour).name}-{_fingerprint()}-{variant}"
    if not folder.is_dir():
        with made_whole(folder) as draft, Site(flavour) as site:
            made = fill(site, control_characters=control_characters)
            (draft / "made.json").write_text(json.dumps(made), "utf-8")
            (draft / "export.xml").write_bytes(site.export_wxr())
    return folder


def _fingerprint() -> str:
    """Changes with each file that the rich site is made from."""
    made_from = hashlib.sha256()
    for file in sorted(RICH_FILES.glob("*.php")):
        made_from.update(file.read_bytes())
    return made_from.hexdigest()[:12]
