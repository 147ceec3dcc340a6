"""`internal-links`: what in a body leads to another post, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.provenance import Provenance
from migrate.model.site import Site
from migrate.rewrite.address_index import AddressIndex
from migrate.rewrite.draft import Draft
from migrate.rewrite.internal_links import InternalLinks

FOG = Post(
    id=8,
    type="page",
    link="https://old.example/fog/",
    provenance=Provenance(path="_posts/2016-07-02-fog.md"),
)


def rewritten(body: bytes, content_format: str = "html") -> tuple[bytes, list[Finding]]:
    """Give a body of a post beside the one about fog, on its way to another domain."""
    index = AddressIndex(Site(url="https://old.example"), "https://new.example")
    index.add(FOG)
    post = Post(
        content=body,
        link="https://old.example/ferry/",
        provenance=Provenance(path="_posts/2016-07-01-ferry.md"),
    )
    post.content_format = "markdown" if content_format == "markdown" else "html"
    found: list[Finding] = []
    InternalLinks(hosts=["older.example"]).rewrite(
        Draft(post, found.append, "internal-links", index)
    )
    return post.content or b"", found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"https://old.example/fog/", b"https://new.example/fog/"),
        (b"http://old.example/fog", b"https://new.example/fog/"),
        (b"//old.example/fog/#bank", b"https://new.example/fog/#bank"),
        (b"http://older.example/fog/", b"https://new.example/fog/"),
        (b"https://old.example/fog/?by=sea", b"https://new.example/fog/?by=sea"),
        (b"/fog/", b"/fog/"),
        (b"../fog/", b"https://new.example/fog/"),
        (b"/2016-07-02-fog", b"/2016-07-02-fog"),
        (b"https://new.example/f%6Fg", b"https://new.example/f%6Fg"),
        (b"/?page_id=8", b"https://new.example/fog/"),
        (b"https://old.example/?p=8&amp;x", b"https://old.example/?p=8&amp;x"),
        (b"2016-07-02-fog.md", b"https://new.example/fog/"),
        (b"https://far.example/fog/", b"https://far.example/fog/"),
        (b"mailto:fog@old.example", b"mailto:fog@old.example"),
        (b"#bank", b"#bank"),
        (b"https://old.example/", b"https://old.example/"),
        (b"http://[broken", b"http://[broken"),
    ],
)
def test_links_in_html(before: bytes, after: bytes) -> None:
    """A link to a post gets its new address, with the fragment; any other link stays."""
    body = b'<p class="a"><a title="href=/fog/" href="%s">fog</a></p>'

    assert rewritten(body % before)[0] == body % after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"[fog](/?p=8 'thick')", b"[fog](https://new.example/fog/ 'thick')"),
        (b"[fog](<2016-07-02-fog.md>)", b"[fog](<https://new.example/fog/>)"),
        (b"[fog][1]\n\n[1]: /?p=8\n", b"[fog][1]\n\n[1]: https://new.example/fog/\n"),
        (b"`[fog](/?p=8)`", b"`[fog](/?p=8)`"),
        (b"```\n[fog](/?p=8)\n```\n", b"```\n[fog](/?p=8)\n```\n"),
        (b"<a href=/?p=8>fog</a>", b"<a href=https://new.example/fog/>fog</a>"),
    ],
)
def test_links_in_markdown(before: bytes, after: bytes) -> None:
    """Inline links, references and HTML in Markdown count; code doesn't."""
    assert rewritten(before, "markdown")[0] == after


def test_what_leads_to_no_post_is_named_where_it_stands() -> None:
    """Archives and files of the site are no posts, so they aren't looked for."""
    body = (
        b'<a href="https://old.example/category/boats/">a</a>\n'
        b'<a href="https://old.example/wp-content/uploads/map.pdf">b</a>\n'
        b'<a href="https://old.example/lost/">c</a>\n'
    )

    after, found = rewritten(body)

    assert after == body
    assert [(one.code, one.line) for one in found] == [("rewrite-link-broken", 3)]


def test_a_post_whose_own_permalink_is_none() -> None:
    """A relative link of a post that has no address can mean a file only."""
    index = AddressIndex(Site())
    index.add(FOG)
    provenance = Provenance(path="_posts/a.md")
    body = b'<a href="2016-07-02-fog.md">a</a> <a href="fog">b</a>'
    post = Post(content=body, link="http://[broken", provenance=provenance)

    InternalLinks().rewrite(Draft(post, lambda _: None, "internal-links", index))

    assert post.content == b'<a href="https://old.example/fog/">a</a> <a href="fog">b</a>'


def test_it_works_through_the_whole_program(tmp_path: Path) -> None:
    """The first pass over the source knows where each file's post will be."""
    posts = tmp_path / "in" / "_posts"
    posts.mkdir(parents=True)
    (posts / "2016-07-01-ferry.md").write_text(
        "---\nlayout: post\ntitle: Ferry\npermalink: /ferry/\nredirect_from: /boat.html\n---\n"
        "[Fog](2016-07-02-fog.md)\n"
    )
    (posts / "2016-07-02-fog.md").write_text(
        "---\nlayout: post\ntitle: Fog\npermalink: /fog/\n---\nFog.\n"
    )
    asked = f"export {tmp_path}/in -o {tmp_path}/out --from jekyll --to hugo --base-url"
    asked += f" https://new.example --rewrite internal-links --redirects {tmp_path}/_redirects"

    done = CliRunner().invoke(commands, asked.split(), catch_exceptions=False)

    assert done.exit_code == 0, done.output
    assert "[Fog](/fog/)" in next((tmp_path / "out").rglob("*ferry.md")).read_text()
    assert (tmp_path / "_redirects").read_text() == "/boat.html /ferry/ 301\n"
