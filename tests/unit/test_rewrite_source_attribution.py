"""The line that names a source is found at either end of a body, and settled without guessing."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from migrate.errors import MappingError
from migrate.model.post import Meta, Post
from migrate.rewrite.source_attribution import SourceAttribution
from migrate.syntax.html_markup import scan
from migrate.syntax.text_lines import lines
from tests.rewriting import rewritten

LINK = '<a href="https://tidings.example/fog">Tidings</a>'
LINE = (
    '<p class="source">Source: <a href="https://tidings.example/fog" rel="external">'
    "tidings.example</a></p>"
)
KNOWN = Meta("original_link", "https://tidings.example/fog")
BITS = (
    "<p>", "</p>", "<br>", "<br/>", "\n", "\n\n", "text ", "Source: ", "Source", "via ", LINK, LINE,
    '<a href="https://gazette.example/x">', "</a>", "<em>", "</em>", "<div>", "</div>", "<small>",
    "<blockquote>", "</blockquote>", "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->",
    "Originally published at ", "The post x appeared first on ", "<pre>", "<!--", "<code>", "<img>",
    '<link rel="canonical" href="https://tidings.example/fog">', "<span id='a'/>", ".", "(", ")",
)  # fmt: skip
BODIES = st.lists(st.sampled_from(BITS), max_size=14).map("".join)
OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"add": True},
    {"do": "remove"},
    {"do": "move", "meta": "source"},
    {"template": "<em>{{ name }}</em>", "add": True},
    {"template": "<hr><p>Source: <a href='{{ link }}'>{{ name }}</a></p><p>via {{ name }}</p>"},
    {"template": ""},
)


def body(html: str, *metas: Meta, **options: Any) -> tuple[str, list[str]]:
    """Give what a body becomes, and what was said about it."""
    post = Post(content=html.encode(), meta=list(metas))
    found = rewritten("source-attribution", post, **options)
    return (post.content or b"").decode(), [f.message for f in found]


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Source: {LINK}</p>",
        f"<p><strong>Source:</strong> {LINK}.</p>",
        f"<p><em>— source - {LINK}</em></p>",
        f"<div>\n(via {LINK})\n</div>",
        f"<p>This story was first published by {LINK}</p>",
        f'<p class="x">Originally appeared on&nbsp;{LINK}</p>',
        "<p>Read the original at <a href='http://www.tidings.example/fog/'>Tidings</a> »</p>",
        "<a href=https://tidings.example/fog>SOURCE</a>",
        '<link rel="canonical" href="https://tidings.example/fog">',
        "<p>The article Fog appeared first on <a href='https://tidings.example'>Tidings</a>.</p>",
        "<p>Source: Tidings</p>",
        LINE,
    ],
)
def test_one_line_for_all(line: str) -> None:
    """However a post names the source that its metas know, the same line comes out."""
    expected = LINE if "http://www" not in line else LINE.replace("https://tid", "http://www.tid")
    expected = expected.replace("/fog", "/fog/") if "http://www" in line else expected

    assert body(f"<p>Fog.</p>\n{line}", KNOWN)[0] == f"<p>Fog.</p>\n{expected}"


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Sources: {LINK}, <a href='https://gazette.example/'>Gazette</a></p>",
        f"<p>Source: {LINK} and its readers</p>",
        f"<p>Source: {LINK}</p>" * 11,
        "<p>Source: Gazette</p>",
        "<p>Source: <a href='/about'>Gazette</a></p>",
        "<p>Source: <a href='https://gazette.example/fog'>Gazette</a></p>",
        f"<p>It was, as first published at {LINK}, foggy.</p>",
    ],
)
def test_a_question_is_left(line: str) -> None:
    """What isn't the metas' source for certain stays, with one warning."""
    text, said = body(f"<p>Fog.</p>{line}", KNOWN)

    assert (text, len(said)) == (f"<p>Fog.</p>{line}", 1)


def test_metas_that_differ_are_no_answer() -> None:
    """A line that names the site alone stays where the metas name two of its pages."""
    html = "<p>Source: <a href='https://tidings.example/'>Tidings</a></p>"
    other = Meta("canonical_url", "https://tidings.example/other")

    assert body(html, KNOWN, other) == (html, ["the line may mean several pages"])


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Write to us via {LINK} or come by.</p>",
        f"<p>Fog.</p><pre>Source: {LINK}</pre>",
        f"<p>Fog.</p><!-- Source: {LINK} -->",
        f"<p>Fog.</p><p><code>Source: {LINK}</code></p>",
        f"<p>Fog.</p><blockquote>Source: {LINK}</blockquote>",
        f"<p>1</p><p>2</p><p>Source: {LINK}</p><p>3</p><p>4</p><p>5</p><p>6</p>",
        "<p>Source of all rivers</p>",
    ],
)
def test_no_attribution(html: str) -> None:
    """Running text, quotations, code and the middle of a body name no source of the post."""
    assert body(html) == (html, [])


def test_two_lines_to_one_page_become_one() -> None:
    """The last of several lines that agree stays; what stood between is kept apart."""
    text, _ = body(f"one<p>Source: {LINK}</p>two<br><br>{LINK.replace('Tidings', 'Source')}")

    assert text == f"one\n\ntwo{LINE}"


def test_the_body_names_the_source_in_its_text() -> None:
    """Where the body links to the source already, no line is added."""
    html = f"<p>Fog, says {LINK}, fog.</p>"

    assert body(html, KNOWN, add=True) == (html, [])


def test_line_ends_are_kept() -> None:
    """A line is added with the body's own line ends; an empty or unset body stays."""
    assert body("<p>Fog.</p>\r\n", KNOWN, add=True)[0] == f"<p>Fog.</p>\r\n{LINE}\r\n"
    assert body("", KNOWN, add=True) == ("", [])
    unset = Post(meta=[KNOWN])
    assert (rewritten("source-attribution", unset, add=True), unset.content) == ([], None)


def test_an_address_moves_to_a_meta() -> None:
    """A meta that isn't there is made; one that says something else keeps the line in its place."""
    line = f"<p>Source: {LINK}</p>"
    post = Post(content=line.encode())
    rewritten("source-attribution", post, do="move")

    assert (post.content, post.meta) == (b"", [KNOWN])
    assert body(line, Meta("from", "https://a.example/"), do="move", meta="from")[0] == line


def test_the_address_is_kept() -> None:
    """What looks like a reference in an address but has no `;` is a parameter."""
    text, _ = body(
        "Source: <a href='https://a.example/?a=1&copy=2&amp;b'>A</a>", template="{{ link }}"
    )

    assert text == "https://a.example/?a=1&amp;copy=2&amp;b"


def test_names() -> None:
    """The name of the nearest host in the table counts, for hosts below it too, and is escaped."""
    names = {"tidings.example": "Tidings <b>", "example": "All"}
    text, _ = body(f"Source: {LINK.replace('//', '//blog.')}", names=names, template="{{ name }}")

    assert text == "Tidings &lt;b&gt;"


@pytest.mark.parametrize(
    "options",
    [
        {"patterns": ["{name}"]},
        {"patterns": ["by {name} {title}"]},
        {"patterns": ["from {name} or {name}"]},
        {"patterns": ["from {writer}"]},
        {"template": "{{ nmae }}"},
        {"template": "{{ link "},
        {"template": "{{ 1 / 0 }}"},
        {"template": "<a href='{{ link }}?from=us'>{{ name }}</a>"},
        {"template": "{{ ''.__class__.__mro__[1].__subclasses__() }}"},
        {"template": "{{ title['upper'] }}"},
        {"template": "{{ title[link] }}"},
        {"add": True, "do": "remove"},
    ],
)
def test_options_that_can_not_be_used(options: dict[str, Any]) -> None:
    """A pattern or template that can't be used is refused before the first post, with a way out."""
    with pytest.raises(MappingError) as refused:
        SourceAttribution(**options)

    assert refused.value.fix != ""


def test_a_template_that_fails_on_one_post() -> None:
    """A template that fails on a post leaves it, with a warning."""
    html = f"<p>Source: {LINK}</p>"
    template = "{% if title == '' %}{{ title[0] }}{% endif %}"

    assert body(html, template=template)[0] == html


def test_lines() -> None:
    """A line knows its text, its links, and whether it can be cut out."""
    html = (
        b"<p>A  &amp;\nb <a href='/c?d&amp;e' rel=X>c</a></p>one<br><em>two<p>three</em> four\n\n "
    )
    found = list(lines(html, scan(html)))

    assert [(line.text, line.is_whole) for line in found] == [
        ("A & b c", True),
        ("one", True),
        ("two", True),
        ("three four", False),
    ]
    assert found[0].anchors == ((6, 7, "/c?d&e", "x"),)
    assert html[found[0].start : found[0].end].endswith(b"</a>")


@example(f"<p>Source: {LINK}</p>" * 9)
@example(f"{LINK}<p>Source: {LINK}</p>Source: {LINK}")
@example("<!-- wp:paragraph -->Source: <!--")
@given(BODIES)
def test_twice_is_once(html: str) -> None:
    """What came out is left alone, whatever becomes of the line."""
    for options in OPTIONS:
        for metas in ([], [KNOWN]):
            post = Post(content=html.encode(), meta=list(metas))
            rewritten("source-attribution", post, **options)

            assert [
                f for f in rewritten("source-attribution", post, **options) if f.is_change
            ] == []


@given(st.binary())
def test_any_bytes_will_do(data: bytes) -> None:
    """A body that isn't UTF-8 comes through without an exception."""
    post = Post(content=b"<p>Source: " + data + LINK.encode())
    rewritten("source-attribution", post, add=True)

    assert post.content is not None


def test_it_pickles() -> None:
    """The rule goes to other processes, its template too."""
    rule = pickle.loads(pickle.dumps(SourceAttribution(patterns=["Quelle: {name}"])))

    assert rule._own == ("Quelle: {name}",)


@pytest.mark.parametrize(
    "piece",
    [
        f"Source: {LINK}<br>", "Source: <b>", "<br>", "<!-- wp:paragraph -->", "The post ",
        "x</em>", "<p>Source: ", "via <a href='https://a.example'>", "Source: {name} ", "<p ",
        "<p>a</p>", "\n\n Source",
    ],
)  # fmt: skip
def test_a_big_body_takes_no_longer_a_piece(piece: str) -> None:
    """Plenty of the worst is done within the time limit of a test."""
    text = piece * (200_000 // len(piece)) + f"<p>Source: {LINK}</p>"
    patterns = ["a {name} a {title} a {date} a"]

    assert body(text, patterns=patterns)[0] is not None


PIXEL = '<img src="https://tidings.example/dot.gif">'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>Fog.<br />Source: {LINK}</p><p>x</p>", f"<p>Fog.</p>\n{LINE}<p>x</p>"),
        (f"<p>{PIXEL}via {LINK}</p>", f"<p>{PIXEL}</p>\n{LINE}"),
        (f"<p>via {LINK}{PIXEL}</p>", f"{LINE}\n<p>{PIXEL}</p>"),
        (f'<p class="a">via {LINK}<br>Fog.</p>', f'{LINE}\n<p class="a">Fog.</p>'),
        (f"<p>a<br>Source: {LINK}<br/>b</p>\r\n", f"<p>a</p>\r\n{LINE}\r\n<p>b</p>\r\n"),
        (f"<div>Fog.<br>Source: {LINK}</div>", f"<div>Fog.{LINE}</div>"),
    ],
)
def test_a_paragraph_that_holds_more_is_parted(before: str, after: str) -> None:
    """HTML has no paragraph in a paragraph: the line gets its own, and the rest keeps its own."""
    assert body(before, KNOWN)[0] == after


def test_a_paragraph_block_is_not_parted() -> None:
    """The editor would find another block than it wrote."""
    html = f"<!-- wp:paragraph -->\n<p>Fog.<br>Source: {LINK}</p>\n<!-- /wp:paragraph -->"

    said = "the line that names the source shares a paragraph block with other text"
    assert body(html, KNOWN) == (html, [said])


@pytest.mark.parametrize(
    "line",
    [
        f'{LINK.replace("Tidings", "Source")} | <a href="https://tidings.example/bin">Binary</a>',
        f'Source: <a href="mailto:bell@harbour.example">the bell</a> {LINK}',
        f'The post {LINK} appeared first on <a href="https://tidings.example/tides">Tidings</a>.',
    ],
)
def test_no_link_goes_with_a_line_that_holds_another(line: str) -> None:
    """A link to another page than the source's would be lost."""
    html = f"<p>Fog.</p><p>{line}</p>"

    assert body(html) == (html, ["the line names several sources"])


@pytest.mark.parametrize(
    "home", ["https://tidings.example/?utm_source=rss", "https://bell.example"]
)
def test_a_link_to_a_home_page_is_part_of_the_line(home: str) -> None:
    """Feeds name the site beside the post."""
    line = f'The post {LINK} appeared first on <a href="{home}">Tidings</a>.'

    assert body(f"<p>{line}</p>")[0] == LINE
