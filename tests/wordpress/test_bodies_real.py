"""What the rules make of Markdown and reStructuredText is what a real WordPress shows."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrate.errors import RecordError
from migrate.mapping import load
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.readers.posts import PostsReader
from migrate.rewriting import choose
from migrate.syntax.autop_proof import autop_proof
from migrate.syntax.html_canonical import canonical
from tests.sources import SAMPLES

if TYPE_CHECKING:
    from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

CASES = Path(__file__).parent.parent / "cases" / "rewrite"
AFTER = re.compile(r"^````after\n(.*?)^````$", re.MULTILINE | re.DOTALL)

THE_CONTENT = """
    // What changes words and attributes and no element is left out.
    foreach ( array( 'wptexturize', 'capital_P_dangit', 'convert_smilies',
        'wp_filter_content_tags' ) as $filter ) {
        remove_filter( 'the_content', $filter, has_filter( 'the_content', $filter ) );
    }
    return array_map( fn( $html ) => apply_filters( 'the_content', $html ), $bodies );
"""
FOLDERS = {"eleventy": 9, "jekyll": 168, "pelican": 50}
"""Folders of the corpus, named as their dialect, and how many bodies of theirs are turned."""


def differing(site: Site, bodies: dict[str, bytes]) -> list[str]:
    """Give the names of the bodies of which WordPress shows other elements or words."""
    shown = site.php(THE_CONTENT, bodies=[body.decode() for body in bodies.values()])
    pairs = zip(bodies.items(), shown, strict=True)
    return [name for (name, body), seen in pairs if canonical(body) != canonical(seen.encode())]


def turned(folder: Path, dialect: str) -> dict[str, bytes]:
    """Turn each Markdown or reStructuredText body of a folder, as its mapping asks."""
    made = load.load(dialect)
    reader = PostsReader(folder, (made,), True, "utf-8", Counter())
    rewrites = choose((), (made,), "wordpress", named=True)
    bodies: dict[str, bytes] = {}
    for handle in reader.locate(_ignore):
        try:
            post = reader.read(handle, _ignore).post
        except RecordError:
            continue
        if post is not None and post.content_format != "html":
            rewrites.rewrite(post, _ignore)
            bodies[post.provenance.path] = _html(post)
    return bodies


def _html(post: Post) -> bytes:
    assert post.content_format == "html"
    return post.content or b""


def _ignore(_finding: Finding) -> None:
    pass


def test_what_the_cases_show(site: Site) -> None:
    """Tables, lists, code, footnotes and raw HTML come out without a stray line break."""
    bodies = {
        f"{rule} {number}": after.encode()
        for rule in ("markdown", "rst")
        for number, after in enumerate(AFTER.findall((CASES / f"{rule}.md").read_text("utf-8")))
    }

    assert len(bodies) == 9
    assert differing(site, bodies) == []


def test_wordpress_would_change_it_otherwise(site: Site) -> None:
    """Each thing that is spelled otherwise for WordPress's sake needs to be."""
    needy = {
        "line": b"<p>fog\nice</p>",
        "list": b"<ul>\n<li>fog\nice</li>\n</ul>",
        "script": b"<div><script>\nfog;\n\nice;\n</script></div>",
        "shortcode": b"<pre><code>[gallery]</code></pre>",
    }

    assert differing(site, needy) == list(needy)
    assert differing(site, {name: autop_proof(html) for name, html in needy.items()}) == []


@pytest.mark.parametrize("dialect", load.names())
def test_samples(site: Site, dialect: str) -> None:
    """Every sample that is no HTML."""
    bodies = turned(SAMPLES / dialect, dialect)

    assert bool(bodies) == (dialect in ("eleventy", "hugo", "jekyll", "pelican"))
    assert differing(site, bodies) == []


@pytest.mark.parametrize("dialect", FOLDERS)
def test_real_bodies(site: Site, corpus: Path, dialect: str) -> None:
    """Every real body that is no HTML."""
    bodies = turned(corpus / "frontmatter" / dialect, dialect)

    print(f"{dialect}: {len(bodies)} bodies")
    assert len(bodies) == FOLDERS[dialect]
    assert differing(site, bodies) == []
