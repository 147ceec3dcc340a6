"""Our WXR of a site is core's own export of it, byte for byte but for what is listed here.

White space between elements isn't compared: core's is what its template happens to leave.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

import pytest
from lxml import etree
from msgspec.structs import replace

from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.writers.wxr.writer import WxrWriter
from tests.sources import NAMESPACES
from tests.wordpress.conftest import BootedSites
from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.records import records
from tests.wordpress.rich import fill

WP = f"{{{NAMESPACES['wp']}}}"
_TOKEN = re.compile(rb"<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+", re.DOTALL)
_CDATA = rb"(<!\[CDATA\[.*?\]\]>)"

Edit = Callable[[bytes], bytes]


class Difference(NamedTuple):
    """A difference that is meant, and the edits of core's file and of ours that take it away."""

    name: str
    reason: str
    core: Edit | None = None
    ours: Edit | None = None


def replaced(pattern: bytes, by: bytes = b"") -> Edit:
    """Replace the first match."""
    return lambda document: re.sub(pattern, by, document, count=1, flags=re.DOTALL)


def respelled(spellings: dict[bytes, bytes]) -> Edit:
    """Replace each spelling wherever it stands outside CDATA."""
    sought = re.compile(_CDATA + b"|" + b"|".join(map(re.escape, spellings)), re.DOTALL)
    return lambda document: sought.sub(lambda match: match[1] or spellings[match[0]], document)


DELIBERATE = [
    Difference(
        "comments before <rss>",
        "core explains how to import, and says when the file was made: our output has no clock",
        core=replaced(rb"(?<=\?>\n).*?(?=<rss )"),
    ),
    Difference(
        "pubDate of the channel",
        "core writes the moment of the export, we the newest record's date",
        core=replaced(rb"<pubDate>[^<]*</pubDate>"),
        ours=replaced(rb"<pubDate>[^<]*</pubDate>"),
    ),
    Difference(
        "image of the channel",
        "core adds the site icon as every RSS feed has it; no importer reads it, and the icon's "
        "attachment is an item of its own",
        core=replaced(rb"<image>\s*<url>.*?</image>"),
    ),
    Difference(
        "character references",
        "core writes numbers where we write XML's names; a parser reads the same",
        core=respelled(
            {
                b"&#38;": b"&amp;",
                b"&#038;": b"&amp;",
                b"&#34;": b"&quot;",
                b"&#60;": b"&lt;",
                b"&#62;": b"&gt;",
            }
        ),
    ),
    Difference(
        "taxonomy of a menu",
        "core leaves the CDATA out of this one term_taxonomy; a parser reads the same",
        core=replaced(rb"(<wp:term_taxonomy>)(nav_menu)(</)", rb"\1<![CDATA[\2]]>\3"),
    ),
    Difference(
        "a term named 0",
        "core takes the name for an empty one and leaves it out, which loses it",
        ours=replaced(rb"<wp:tag_name><!\[CDATA\[0\]\]></wp:tag_name>"),
    ),
    Difference(
        "carriage returns",
        "core writes them raw into CDATA, where every XML parser turns them into line feeds",
        ours=lambda document: document.replace(b"]]>&#13;<![CDATA[", b"\r"),
    ),
]


class Exports(NamedTuple):
    """One site's export by core and by us, and the records that ours was written from."""

    core: bytes
    ours: bytes
    posts: list[Post]
    findings: list[Finding]


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.wordpress) for name in FLAVOURS]
)
def exports(request: pytest.FixtureRequest, booted_sites: BootedSites) -> Exports:
    """The rich site, exported both ways."""
    site = booted_sites(FLAVOURS[request.param])
    site.reset()
    fill(site)
    core = site.export_wxr()
    head, posts = as_core_orders(core, *records(site))
    findings: list[Finding] = []
    ours = written(head, posts, f"https://wordpress.org/?v={site.version}", findings)
    return Exports(core, ours, posts, findings)


def as_core_orders(core: bytes, head: Head, posts: list[Post]) -> tuple[Head, list[Post]]:
    """Put authors, terms and posts into core's order, which depends on the database.

    Core names only authors with posts.
    """
    root = parsed(core)
    authors = {author.id: author for author in head.authors}
    terms = {term.id: term for term in head.terms}
    by_id = {post.id: post for post in posts}
    ordered = Head(
        head.site,
        [authors[number] for number in numbers(root, "author_id")],
        [terms[number] for number in numbers(root, "term_id")],
    )
    items = root.iter("item")
    return ordered, [as_core_says(i, by_id[int(i.findtext(WP + "post_id", ""))]) for i in items]


def as_core_says(item: etree._Element, post: Post) -> Post:
    """Put a post's terms into core's order; core shows the entities that are stored in a guid."""
    named = [(each.get("domain"), each.get("nicename")) for each in item.findall("category")]
    terms = sorted(post.terms or (), key=lambda term: named.index((term.taxonomy, term.slug)))
    return replace(post, terms=terms, guid=html.unescape(post.guid or ""))


def numbers(root: etree._Element, name: str) -> list[int]:
    """Give the numbers in all elements of that name."""
    return [int(element.text or "") for element in root.iter(WP + name)]


def written(head: Head, posts: list[Post], generator: str, findings: list[Finding]) -> bytes:
    """Write records as the command line does."""
    # What core leaves out of a head (a menu's parent) is named in the channel's provenance.
    writer = WxrWriter(Settings(generator=generator, provenance=False))
    joiner = writer.joiner(io.BytesIO(), head)
    for post in posts:
        joiner.add(writer.encode(post, findings.append), findings.append)
    out = io.BytesIO()
    joiner.finish(out, findings.append)
    return out.getvalue()


def parsed(document: bytes) -> etree._Element:
    """Parse a file of any size."""
    return etree.fromstring(document, etree.XMLParser(huge_tree=True))


def names(element: etree._Element) -> list[str]:
    """Give the names of all elements below one, in document order."""
    return [str(below.tag) for below in element.iterdescendants("*")]


def tokens(document: bytes) -> Iterator[bytes]:
    """Give tags, CDATA sections and text, without the white space between elements."""
    return (token for token in _TOKEN.findall(document) if token.strip())


def test_each_item_has_cores_elements_in_cores_order(exports: Exports) -> None:
    """Items of all types, with terms, metas, comments and their metas: no exception."""
    core, ours = (
        {item.findtext(WP + "post_id"): names(item) for item in parsed(document).iter("item")}
        for document in (exports.core, exports.ours)
    )

    assert core == ours
    assert len(core) == 74


def test_the_head_has_cores_elements_in_cores_order(exports: Exports) -> None:
    """Authors, categories, tags and other terms stand where core puts them."""
    core, ours = (
        [child.tag for child in parsed(document)[0]] for document in (exports.core, exports.ours)
    )
    core.remove("image")

    assert core == ours


def test_the_namespaces_are_cores(exports: Exports) -> None:
    """Prefixes and addresses alike."""
    assert parsed(exports.core).nsmap == parsed(exports.ours).nsmap


def test_nothing_differs_but_what_is_listed(exports: Exports) -> None:
    """Tags, attributes, CDATA and text of the two files are the same bytes."""
    core, ours = exports.core, exports.ours
    for difference in DELIBERATE:
        core = difference.core(core) if difference.core else core
        ours = difference.ours(ours) if difference.ours else ours
    pairs = zip_longest(tokens(core), tokens(ours))

    assert [pair for pair in pairs if pair[0] != pair[1]][:10] == []


@pytest.mark.parametrize("difference", DELIBERATE, ids=lambda difference: difference.name)
def test_what_is_listed_differs(exports: Exports, difference: Difference) -> None:
    """Each listed difference is one: its edits find something to edit, and a reason is given."""
    core = difference.core is None or difference.core(exports.core) != exports.core
    ours = difference.ours is None or difference.ours(exports.ours) != exports.ours

    assert (core, ours) == (True, True)
    assert difference.reason


def test_our_file_reads_back_as_the_database(exports: Exports) -> None:
    """Title, body, excerpt and metas of each post are what is stored, carriage returns too."""
    stored = [
        (
            post.title,
            (post.content or b"").decode(),
            post.excerpt,
            [tuple(row) for row in post.meta or ()],
        )
        for post in exports.posts
    ]

    assert stored == [texts(item) for item in parsed(exports.ours).iter("item")]


def texts(item: etree._Element) -> tuple[str, str, str, list[tuple[str, str]]]:
    """Give title, body, excerpt and metas of an item."""
    title, content, excerpt = (
        item.findtext(name, "", NAMESPACES)
        for name in ("title", "content:encoded", "excerpt:encoded")
    )
    metas = [
        (row.findtext(WP + "meta_key", ""), row.findtext(WP + "meta_value", ""))
        for row in item.findall(WP + "postmeta")
    ]
    return title, content, excerpt, metas


def test_records_that_state_everything_need_no_provenance(exports: Exports) -> None:
    """Nothing had to be taken out, and nothing is reported."""
    assert exports.findings == []
    assert b"<?wpmigrate" not in exports.ours
