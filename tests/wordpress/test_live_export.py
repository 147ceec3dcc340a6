"""Exporting a live site says what WordPress's own export says, but for what is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.readers.wxr.reader import WxrReader
from tests.identity.conversions import compared
from tests.sources import items
from tests.wordpress.conftest import BootedSites
from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.reading import everything, opened, verified
from tests.wordpress.rich import fill
from tests.wordpress.site import Site

DOCS = Path(__file__).parents[2] / "docs/live-export.md"
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)


def documented() -> set[tuple[str, str]]:
    """Type and field of each difference that the table in docs/live-export.md lists."""
    rows = _ROW.findall(DOCS.read_text("utf-8"))[1:]
    return {
        (record, field)
        for records, fields in rows
        for record in records.split(", ")
        for field in fields.split(", ")
    }


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.wordpress) for name in FLAVOURS]
)
def rich_site(request: pytest.FixtureRequest, booted_sites: BootedSites) -> Site:
    """The rich site, which the tests only read."""
    site = booted_sites(FLAVOURS[request.param])
    site.reset()
    fill(site)
    return site


def sign_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands work as the site's administrator."""
    monkeypatch.setenv("WPMIGRATE_USER", site.user)
    monkeypatch.setenv("WPMIGRATE_APP_PASSWORD", site.app_password)


def exported(site: Site, out: Path, *options: str) -> str:
    """Export a site; gives what the command says."""
    asked = ["export", "--site", site.url, "-o", str(out), *options]
    done = CliRunner().invoke(commands, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def held(folder: Path) -> dict[str, bytes]:
    """Each file below a folder, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def uploads_asked_for(site: Site) -> list[str]:
    """Each request for an uploaded file since the site was reset."""
    return [line for line in site.requests() if "/wp-content/uploads/" in line]


def differing(said: Path, other: Path) -> set[tuple[str, str]]:
    """Type and field of each difference between two sources, as the table names them."""
    found = compared(said, other)
    wanted = [f for f in found.findings if f.code.startswith("target-")]
    return {(_record(f.record), _field(f.field or f.message, f.code)) for f in wanted}


def _record(ref: object) -> str:
    return getattr(ref, "type", "") or "the site"


def _field(name: str, code: str) -> str:
    if code == "target-missing":
        return "all"
    name = re.sub(r"^comments\.\d+\.", "comments.", name)
    name = re.sub(r"^(comments\.meta|authors|terms(?=\.[a-z_]+/)).*", r"\1", name)
    return name.removesuffix(".login")


def test_an_export_says_what_wordpress_own_export_says(
    rich_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the differences that docs/live-export.md lists, each of which is there and named."""
    sign_in(rich_site, monkeypatch)
    core, ours = tmp_path / "core.xml", tmp_path / "ours.xml"
    core.write_bytes(rich_site.export_wxr())
    exported(rich_site, ours, "--trash", "--no-provenance")

    assert differing(core, ours) == documented()
    assert everything(opened(rich_site)).lost() == [
        ("loss-site-field", "date_gmt"),
        ("loss-site-meta", "comments"),
        ("loss-site-meta", "meta"),
        ("loss-site-meta", "terms"),
    ]


def test_a_folder_is_exported_once_and_holds_what_the_site_does(
    rich_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second export changes no file, and verify finds nothing that the site has otherwise."""
    sign_in(rich_site, monkeypatch)
    exported(rich_site, tmp_path / "posts", "--trash")
    before = held(tmp_path / "posts")
    downloads = len(uploads_asked_for(rich_site))
    said = exported(rich_site, tmp_path / "posts", "--trash")
    asked = ["verify", str(tmp_path / "posts"), "--site", rich_site.url]
    verified = CliRunner().invoke(commands, asked, catch_exceptions=False)

    assert held(tmp_path / "posts") == before
    assert len(before) > 70
    assert len(uploads_asked_for(rich_site)) - downloads == 2  # one is missing, of one its length
    uploads = {path for path in before if path.startswith("wp-content/uploads/")}
    stored = held(rich_site.docroot / "wp-content/uploads")
    originals = {path for path in stored if not re.search(r"-\d+x\d+\.", path)}
    assert uploads == {f"wp-content/uploads/{path}" for path in originals}
    assert all((rich_site.docroot / path).read_bytes() == before[path] for path in uploads)
    assert "done      74 unchanged" in said
    assert verified.exit_code == 0, verified.output


def test_a_sites_own_export_says_what_the_site_holds(rich_site: Site, tmp_path: Path) -> None:
    """Core's WXR of the rich site against that site: what REST doesn't show is named, no error."""
    path = tmp_path / "site.xml"
    path.write_bytes(rich_site.export_wxr())
    said, totals = verified(rich_site, WxrReader(path))

    assert [(f.code, f.field) for f in said.findings if f.code.startswith("target")] == []
    hidden = [f.message for f in said.findings if "the site doesn't show us:" in f.message]
    assert [message.split(" the site ")[0].rpartition(" ")[2] for message in hidden] == ["post"]
    assert totals.actions == {"unchanged": 74}


_SMALL = """
    $made = array();
    foreach ( array( 'text', 'term', 'meta', 'comment', 'gone', 'same' ) as $name ) {
        $made[ $name ] = wp_insert_post( array(
            'post_title' => $name, 'post_status' => 'publish', 'post_date' => '2018-03-01 08:00:00',
        ) );
    }
    wp_insert_post( array( 'post_title' => 'File', 'post_type' => 'attachment',
        'post_status' => 'inherit' ) );
    return $made;
"""
_CHANGES = """
    wp_update_post( array( 'ID' => $made['text'], 'post_content' => 'New text' ) );
    wp_set_object_terms( $made['term'], 'newly tagged', 'post_tag' );
    update_post_meta( $made['meta'], 'plain', 'new' );
    wp_insert_comment( array( 'comment_post_ID' => $made['comment'],
        'comment_content' => 'New', 'comment_approved' => '1' ) );
    wp_trash_post( $made['gone'] );
    wp_insert_post( array( 'post_title' => 'Backdated', 'post_status' => 'publish',
        'post_date' => '2001-01-01 00:00:00' ) );
"""


def test_a_day_is_asked_of_the_site(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--since DATE fetches what was changed since, and says what that can't see."""
    sign_in(site, monkeypatch)
    made = site.php(_SMALL)
    site.php(_CHANGES, made=made)
    said = exported(site, tmp_path / "new.xml", "--since", "2018-03-02", "--type", "post")

    assert [item["title"] for item in items((tmp_path / "new.xml").read_bytes())] == ["text"]
    assert "source-site-since" in said
    asked = [line for line in site.requests() if "/wp/v2/posts?" in line]
    assert asked
    assert all("modified_after=2018-03-01T23%3A59%3A59" in line for line in asked)


def test_a_folder_is_brought_up_to_date(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--since last sees a text, a term, a meta, a comment, what is gone and what is backdated.

    It fetches these alone, and the folder ends as a whole export would have made it.
    """
    sign_in(site, monkeypatch)
    made = site.php(_SMALL)
    options = ("--media", "none")
    exported(site, tmp_path / "posts", *options)
    before = held(tmp_path / "posts")
    nothing = exported(site, tmp_path / "posts", *options, "--since", "last")
    assert held(tmp_path / "posts") == before
    assert "left out  6 by --since" in nothing
    site.php(_CHANGES, made=made)
    said = exported(site, tmp_path / "posts", *options, "--since", "last", "--prune")
    exported(site, tmp_path / "whole", *options)

    assert "left out  1 by --since" in said
    assert "1 create, 4 update, 1 unchanged, 1 delete" in said
    assert held(tmp_path / "posts") == held(tmp_path / "whole")
