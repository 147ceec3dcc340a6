"""Real exports, imported into a live site: whatever the site then holds otherwise was named."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.conftest import LONG
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(3600 if LONG else 300)]

CORPUS = Path(os.environ.get("WPMIGRATE_CORPUS", "/nonexistent")) / "wxr"
EXPORTS = Path(__file__).parent / "exports"
SMALL = 20_000  # bytes; an everyday run takes the largest file of each project that is smaller
KEPT = ("create", "update", "unchanged")
FAMILIES = ("loss-", "target-")
OF_KINDS = (
    *("loss-meta-not-registered", "loss-comment", "loss-author-unknown", "target-timezone-differs"),
    *("target-default-category",),
)
"""Codes that name a kind of thing with the first record alone."""

OF_WORDPRESS = {"_pingme", "_encloseme", "_wp_old_slug"}
"""Metas that WordPress makes when a post is published; and `_oembed_…`, when it shows one."""

CHANGE = """
    $id = get_page_by_path( 'two-boats-html', OBJECT, 'post' )->ID;
    wp_update_post( array( 'ID' => $id, 'post_content' => 'Other', 'comment_status' => 'closed' ) );
    foreach ( get_comments( array( 'post_id' => $id ) ) as $comment ) {
        'Jo' === $comment->comment_author
            ? wp_update_comment( array( 'comment_ID' => $comment->comment_ID,
                'comment_content' => 'Changed' ) )
            : wp_delete_comment( $comment->comment_ID, true );
    }
"""
"""A text, a setting and a comment of the site are others, and another comment is gone."""

Record = tuple[str, str]
"""A record's type and ID in its source, by which an import and `verify` speak of it."""


class Named(NamedTuple):
    """What an import said: fields of records, kinds of things, and what it did with each record.

    `places` are the addresses of posts by their records, `changed` the fields that were updated of
    those that were there, by address, and `terms` those that were changed, by taxonomy and slug.
    """

    fields: dict[Record, set[str]]
    kinds: set[tuple[str, str]]
    refused: set[Record]
    places: dict[Record, str]
    changed: dict[str, set[str]]
    terms: set[tuple[str, str]]

    @property
    def codes(self) -> set[str]:
        """Give the codes alone."""
        return {code for code, _ in self.kinds}


def files() -> list[Path]:
    """Give the exports of the corpus, all of them in a long run."""
    found = sorted(CORPUS.rglob("*.xml"))
    if LONG:
        return found
    small = [path for path in found if path.stat().st_size < SMALL]
    by_size = sorted(small, key=lambda path: path.stat().st_size)
    return sorted({path.relative_to(CORPUS).parts[0]: path for path in by_size}.values())


def report(site: Site, folder: Path, *arguments: str) -> dict[str, Any]:
    """Run a command and give its report."""
    path = folder / "report.json"
    done = wpmigrate(site, *arguments, "--show-private", "--quiet", "--report", f"json={path}")
    assert done.returncode in {0, 1}, done.stderr
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def named(report: dict[str, Any]) -> Named:
    """Give what an import named."""
    fields, kinds = defaultdict[Record, set[str]](set), set[tuple[str, str]]()
    for finding in report["findings"]:
        record = finding["record"] or {"type": "", "id": ""}
        if finding["code"].startswith(FAMILIES):
            fields[record["type"], record["id"]].add(finding["field"])
            kinds.add((finding["code"], finding["field"]))
    actions = report["actions"]
    updates = [action for action in actions if action["action"] == "update"]
    return Named(
        dict(fields),
        kinds,
        {of(action) for action in actions if action["action"] not in KEPT and action["reason"]},
        {of(action): action["target_url"] for action in actions},
        {
            action["target_url"]: {change["field"] for change in action["changes"]}
            for action in updates
        },
        {(action["type"], action["slug"]) for action in updates},
    )


def of(action: dict[str, Any]) -> Record:
    """Give the record that an action is about."""
    return action["type"], action["id"]


def unnamed(
    actions: Iterable[dict[str, Any]], said: Named, later: Sequence[Named] = ()
) -> Iterator[str]:
    """Give each difference between an export and the site's that no import said anything of.

    `later` are the imports after its own, which may have changed what it brought in.
    """
    for action in actions:
        record = f"{action['type']} “{action['title']}”"
        if of(action) in said.refused:
            continue  # what the site then holds under its slug is another record
        if action["action"] == "create":
            yield f"{record} is missing"
        place = said.places.get(of(action), "")
        changed = set().union(*(each.changed.get(place, set()) for each in later))
        for change in action["changes"] if action["action"] == "update" else ():
            is_later = change["field"] in changed or any(is_of_a_term(change, e) for e in later)
            if not (is_later or is_named(change, of(action), said)):
                said_here = f"{change['after']!r} here, {change['before']!r} there"
                yield f"{record}: {change['field']}: {said_here}"


def is_of_a_term(change: dict[str, Any], said: Named) -> bool:
    """Tell whether a term differs that an import changed, as its action said."""
    taxonomy = change["field"].removeprefix("terms.")
    text = change["after"] or change["before"]
    return any(
        name == taxonomy and (text.endswith(f"({slug})") or text.rpartition("/")[2] == slug)
        for name, slug in said.terms
    )


def is_named(change: dict[str, Any], record: Record, said: Named) -> bool:
    """Tell whether an import named a field, or can't but change it on a site of its own address."""
    field = change["field"]
    fields = said.fields.get(record, set())
    kinds = {name for code, name in said.kinds if code in OF_KINDS}
    if not change["after"] and field in {"slug", "link"}:
        return True  # what is published has both, whatever its source says
    if field == "link":
        here, there = (urlsplit(change[side]).path.strip("/") for side in ("after", "before"))
        by_number = "=" in urlsplit(change["after"]).query and "id" in fields
        is_not_public = "=" in urlsplit(change["before"]).query  # it has no other address then
        is_cut = change["cut"] and (here.startswith(there) or there.startswith(here))
        same = here == there or is_cut
        return same or by_number or is_not_public or bool({"link", "slug"} & fields)
    if field.startswith("author."):
        return "author" in kinds
    zone = "target-timezone-differs" in said.codes
    if field.startswith("modified"):
        return "modified" in fields or (field == "modified_gmt" and zone)
    if field.startswith("comments"):
        moved = field.endswith(".date_gmt") and zone
        return moved or is_comment_named(change, fields, kinds)
    if field.startswith("meta."):
        key = field.partition(".")[2]
        is_none = key == "_wp_page_template" and change["after"] in {"", "default"}
        is_embed = key.startswith("_oembed_") and not change["after"]
        return key in fields | kinds | OF_WORDPRESS or is_embed or is_none
    if field.startswith("terms."):
        taxonomy = field.partition(".")[2]
        is_of_term = any(
            name == taxonomy and taxonomy in said.fields[name, key] for name, key in said.fields
        )
        return is_of_term or bool({taxonomy, field} & (fields | kinds))
    return field in fields or (field == "date_gmt" and zone)


def is_comment_named(change: dict[str, Any], fields: set[str], kinds: set[str]) -> bool:
    """Tell whether what differs of a comment was named, of its record or as a kind of thing."""
    if "comments" in fields:
        return True  # none, or not all of them, were taken
    what = change["field"].split(".", 2)[2:][0] if change["field"].count(".") > 1 else ""
    if not what:
        kind, _, rest = change["after"].partition(" by ")
        has_text = change["cut"] or rest.partition(": ")[2].strip()
        what = "content" if kind == "comment" and not has_text else f"type.{kind}"
    return f"comments.{what}" in fields | kinds


def silent(site: Site, folder: Path, exports: Sequence[Path]) -> list[str]:
    """Import exports into one site; gives what its own export holds otherwise and nobody named."""
    said = [
        named(report(site, folder, "import", str(path), "--site", site.url, "--yes"))
        for path in exports
    ]
    exported = folder / "exported.xml"
    exported.write_bytes(site.export_wxr())
    found: list[str] = []
    for place, path in enumerate(exports):
        actions = report(site, folder, "verify", str(path), str(exported))["actions"]
        found += [
            f"{path.name}: {text}" for text in unnamed(actions, said[place], said[place + 1 :])
        ]
    return found


@one_flavour("wp61-mariadb")
@pytest.mark.skipif(not CORPUS.is_dir(), reason="WPMIGRATE_CORPUS names no folder with wxr/")
def test_every_difference_was_named(site: Site, tmp_path: Path) -> None:
    """All exports go into one site; its own export differs only where a finding had said so."""
    exports = files()
    assert exports
    assert silent(site, tmp_path, exports) == []


def test_old_blogs(site: Site, tmp_path: Path) -> None:
    """The same of two exports of one blog with the oddities that real ones have."""
    site.set_option("require_name_email", "")
    site.php("wp_insert_term( 'quay', 'post_tag' );")
    assert silent(site, tmp_path, [EXPORTS / "old-blog.xml", EXPORTS / "other-blog.xml"]) == []
    assert site.php("return get_term_by( 'slug', 'wind', 'post_tag' )->name;") == "WIND"


def test_silence_is_seen(site: Site, tmp_path: Path) -> None:
    """What the site holds otherwise without a word is found, whatever it is."""
    export = EXPORTS / "old-blog.xml"
    site.set_option("require_name_email", "")
    said = named(report(site, tmp_path, "import", str(export), "--site", site.url, "--yes"))
    site.php(CHANGE)
    exported = tmp_path / "exported.xml"
    exported.write_bytes(site.export_wxr())
    actions = report(site, tmp_path, "verify", str(export), str(exported))["actions"]
    assert [text.partition(": ")[2].partition(": ")[0] for text in unnamed(actions, said)] == [
        "content",
        "comment_status",
        "comments.0.content",
        "comments.0.parent",
        "comments.1",
    ]
