"""The rich site's own export, imported into an empty site by the command, compared through PHP."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from migrate.model.post import Comment, Post
from migrate.model.site import Head
from tests.wordpress.importing import write_requests
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.records import records
from tests.wordpress.rich import register_own_types, rich_records, rich_wxr
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

Said = list[dict[str, Any]]
"""The findings of a JSON report."""


def imported(site: Site, folder: Path) -> Said:
    """Import the rich site's export twice; gives what was found at the first time."""
    source = folder / "rich.xml"
    source.write_bytes(rich_wxr(site.flavour))
    register_own_types(site, on=True)
    site.set_option("timezone_string", "Europe/Oslo")
    site.set_option("require_name_email", "")
    command = ("import", str(source), "--site", site.url, "--yes", "--create-authors")
    report = folder / "report.json"
    done = wpmigrate(site, *command, "--report", f"json={report}")
    assert "Traceback" not in done.stderr
    sent = len(write_requests(site))
    assert "Traceback" not in wpmigrate(site, *command).stderr
    assert write_requests(site)[sent:] == []
    said: Said = json.loads(report.read_text("utf-8"))["findings"]
    return said


def test_relations_arrive(site: Site, tmp_path: Path) -> None:
    """What differs afterwards in orders, terms, metas and comments was named.

    A second import sends nothing.
    """
    said = imported(site, tmp_path)
    before, posts = rich_records(site.flavour)
    after, held = records(site)
    assert orders(held) == orders(posts)
    refused_fields = [f["field"] for f in said if f["code"] == "loss-field-refused"]
    lost = {field.removeprefix("terms.") for field in refused_fields}
    assert terms(after) == [term for term in terms(before) if term[0] not in lost]
    named = {(finding["code"], finding["field"]) for finding in said}
    arrived = {known_by(post): post for post in held}
    refused = {"loss-record-refused", "target-conflict"}
    stayed = {finding["record"]["id"] for finding in said if finding["code"] in refused}
    assert [post for post in posts if (known_by(post) in arrived) == (str(post.id) in stayed)] == []
    for post in (post for post in posts if known_by(post) in arrived):
        there = arrived[known_by(post)]
        assert metas(there, named) == metas(post, named)
        if ("loss-field-refused", "comments") not in named or post.status != "trash":
            assert comments(there, named) == comments(post, named)


def orders(posts: list[Post]) -> list[tuple[str | None, int | None]]:
    """Slug and order of each page."""
    return sorted((post.slug, post.menu_order) for post in posts if post.type == "page")


def terms(head: Head) -> list[tuple[str, ...]]:
    """Taxonomy, slug, name, parent and description of each term."""
    return sorted(
        (term.taxonomy, term.slug, term.name or "", term.parent or "", term.description or "")
        for term in head.terms
    )


def known_by(post: Post) -> tuple[str | None, ...]:
    """What tells a post on both sites."""
    return (post.type, post.slug, post.title)


def metas(post: Post, named: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Key and value of each meta, but for the keys that a finding named."""
    lost = {field for code, field in named if code == "loss-meta-not-registered"}
    return sorted((meta.key, meta.value) for meta in post.meta or () if meta.key not in lost)


def comments(post: Post, named: set[tuple[str, str]]) -> list[tuple[str | None, ...]]:
    """Author, date, status, text and the text that is answered, of comments whose type travels.

    A date that is none, and a text that the site changed, don't count where a finding named them;
    how WordPress escapes and trims never does.
    """
    changed = ("loss-field-changed", "comments.content") in named
    texts = {comment.id: plain(comment.content) for comment in post.comments or ()}
    return sorted(
        (
            *(plain(comment.author), comment.author_email, comment.author_url, comment.approved),
            "" if undated(comment, named) else comment.date,
            "" if undated(comment, named) and changed else plain(comment.content),
            texts.get(comment.parent or 0, ""),
        )
        for comment in post.comments or ()
        if ("loss-comment", f"comments.type.{comment.type}") not in named
    )


def undated(comment: Comment, named: set[tuple[str, str]]) -> bool:
    """Tell whether a comment has no date, or the import's, as a finding said."""
    named_so = ("loss-comment", "comments.date") in named
    return named_so and not (comment.date or "").startswith("2018-")


def plain(text: str | None) -> str:
    """A text as people read it."""
    return html.unescape(text or "").strip()
