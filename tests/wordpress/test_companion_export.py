"""An export of a site that has the companion says everything that the site holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from migrate.cli.main import commands
from migrate.live import companion as plugin
from migrate.live.credentials import Credentials
from migrate.model import canonical
from migrate.model.post import Post
from migrate.readers.companion.reader import CompanionReader
from migrate.readers.rest.options import RestOptions
from migrate.readers.site import open_site
from tests.identity.conversions import compared
from tests.wordpress import companion, rich
from tests.wordpress.docroot import MUST_USE
from tests.wordpress.one_flavour import EVERY_FLAVOUR
from tests.wordpress.reading import everything
from tests.wordpress.records import records
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, EVERY_FLAVOUR]

EVERYTHING = RestOptions(trash=True, spam=True)
LONG_POSTS = """
    for ( $number = 1; $number <= 60; $number++ ) {
        wp_insert_post( array( 'post_title' => "Post $number", 'post_status' => 'publish',
            'post_content' => bin2hex( random_bytes( 10000 ) ) ) );
    }
"""
DIES_ONCE = """<?php
    add_filter( 'post_link', function ( $link, $post ) {
        if ( 'Post 41' === $post->post_title && add_option( 'died', 1 ) ) {
            exit;
        }
        return $link;
    }, 10, 2 );
"""


def run(site: Site, *words: str) -> tuple[int, str]:
    """Run the command as the site's administrator; gives its status and what it says."""
    known = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    done = CliRunner().invoke(commands, list(words), env=known, catch_exceptions=False)
    return done.exit_code, done.output


def install_other(site: Site, protocol: int) -> None:
    """Give the site a companion of another protocol."""
    ours = f"const PROTOCOL  = {plugin.PROTOCOL};".encode()
    other = plugin.php().replace(ours, f"const PROTOCOL  = {protocol};".encode())
    assert other != plugin.php()
    (site.docroot / MUST_USE / plugin.FILE_NAME).write_bytes(other)


def comparable(post: Post) -> str:
    """A record's canonical form, with terms in one order, without the note of who edits it."""
    post.terms = sorted(post.terms or [])
    post.meta = [row for row in post.meta or [] if row.key != "_edit_lock"]
    return canonical.record(post)


def test_reads_what_wordpress_holds(site: Site) -> None:
    """Every field of every record is as WordPress itself says it, and nothing is called lost."""
    rich.fill(site)
    companion.install(site)
    reader = open_site(site.url, Credentials(site.user, site.app_password), EVERYTHING)
    assert isinstance(reader, CompanionReader)

    read = everything(reader)

    head, expected = records(site)
    assert (read.findings, read.errors, read.passed_over) == ([], [], [])
    known = {author.login: author for author in head.authors}
    for post in expected:
        found = read.post(post.id or 0)
        assert found.author == known.get(post.author.login if post.author else "", post.author)
        found.author = post.author
        found.comments = [each for each in found.comments or [] if each.approved != "spam"]
        assert comparable(found) == comparable(post)
    writers = {post.author for post in expected} - {None}
    assert {author.login for author in read.head.authors} == {
        author.login for author in writers if author and author.login
    }
    assert sorted(map(canonical.dumps, read.head.terms)) == sorted(
        canonical.dumps(replace(term, parent=term.parent or ""))  # of menus WordPress states none
        for term in head.terms
        if term.taxonomy != "post_format"
    )


def test_wxr_is_what_wordpress_exports(site: Site, tmp_path: Path) -> None:
    """A WXR file that comes through the companion lacks nothing of WordPress's own.

    Two values differ: a guid with an entity, which WordPress exports as if it were none, and its
    note of who has a post open, which it leaves out.
    """
    rich.fill(site)
    companion.install(site)
    core, ours = tmp_path / "core.xml", tmp_path / "ours.xml"
    core.write_bytes(site.export_wxr())

    status, said = run(site, "export", "--site", site.url, "-o", str(ours), "--trash")

    assert status == 0, said
    assert "loss" not in said
    found = compared(core, ours).findings
    differing = [(f.code, f.field) for f in found if f.code.startswith("target-")]
    assert differing == [("target-differs", "guid"), ("target-differs", "meta._edit_lock")]


def test_other_protocols_are_named(site: Site, tmp_path: Path) -> None:
    """A companion that is older or newer is left alone, and `check` and `export` say so."""
    out = str(tmp_path / "site.xml")
    for protocol, word in ((plugin.PROTOCOL + 1, "newer"), (0, "older")):
        install_other(site, protocol)
        asked = len(site.requests())
        _, checked = run(site, "check", "--site", site.url)
        _, exported = run(site, "export", "--site", site.url, "-o", out)

        assert f"companion   1.0, {word} than this program, so it isn't used" in checked
        assert f"the site's companion 1.0 is {word} than this program" in exported
        assert "target-companion-unused" in exported
        assert not any("snapshot" in line for line in site.requests()[asked:])


def test_can_be_left_alone(site: Site, tmp_path: Path) -> None:
    """With --no-companion REST is read, and nothing is said of the companion; else it is used."""
    companion.install(site)
    _, checked = run(site, "check", "--site", site.url)
    assert "  imports     all fields by the companion\n" in checked
    site.php("wp_insert_post( array( 'post_title' => 'One', 'post_status' => 'publish' ) );")
    asked = len(site.requests())
    out = str(tmp_path / "site.xml")

    status, said = run(site, "export", "--site", site.url, "-o", out, "--no-companion")

    assert (status, "companion" in said) == (0, False)
    assert not any("snapshot" in line for line in site.requests()[asked:])


def test_goes_on_after_a_break(site: Site) -> None:
    """A stream that breaks off in the middle is gone on with, and every post is there once."""
    companion.install(site)
    site.php(LONG_POSTS)
    (site.docroot / MUST_USE / "dies.php").write_text(DIES_ONCE)

    read = everything(open_site(site.url, Credentials(site.user, site.app_password), EVERYTHING))

    titles = [post.title for post in read.of_type("post")]
    assert titles == [f"Post {number}" for number in range(1, 61)]
    streams = [line for line in site.requests() if "snapshot" in line]
    assert len(streams) == 2
    assert "after=0" not in streams[1]
