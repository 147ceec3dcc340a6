"""Markdown and reStructuredText become HTML whole, or the body stays what it was."""

from __future__ import annotations

import pytest

from migrate.errors import MappingError
from migrate.model.post import ContentFormat, Post
from migrate.rewrite.markdown import Markdown
from migrate.syntax.autop_proof import autop_proof
from migrate.syntax.markdown_flavours import Flavour
from migrate.syntax.markdown_html import to_html
from tests.rewriting import rewritten


def post(body: bytes | None, content_format: ContentFormat = "markdown") -> Post:
    """Make a post with a body."""
    return Post(content=body, content_format=content_format)


def html(markdown: str, flavour: Flavour) -> str:
    """Turn a text that can be turned."""
    made = to_html(markdown, flavour)
    assert made is not None
    return made.html.decode()


@pytest.mark.parametrize("rule", ["markdown", "rst"])
def test_a_body_that_is_unset_stays_unset(rule: ContentFormat) -> None:
    """No rule states a body where the source states none."""
    unset = post(None, rule)

    assert rewritten(rule, unset) == []
    assert unset.content is None


@pytest.mark.parametrize("rule", ["markdown", "rst"])
def test_html_stays_as_it_is(rule: str) -> None:
    """Only bodies of the rule's own format are turned."""
    held = post(b"*Fog*", "html")

    assert rewritten(rule, held) == []
    assert held.content == b"*Fog*"


@pytest.mark.parametrize("rule", ["markdown", "rst"])
def test_windows_line_ends_are_line_ends(rule: ContentFormat) -> None:
    """A body with CRLF and without a last line end is read like any other."""
    held = post(b"Fog\r\nand *ice*.\r\n\r\nThaw", rule)
    rewritten(rule, held)

    assert held.content == b"<p>Fog and <em>ice</em>.</p>\n<p>Thaw</p>\n"
    assert held.content_format == "html"


@pytest.mark.parametrize("text", ["> " * 150 + "fog", "[" * 600])
def test_what_is_too_deep_is_left_and_named(text: str) -> None:
    """The parser would drop what lies deeper than a hundred lists, so nothing is turned."""
    held = post(text.encode())

    assert [found.code for found in rewritten("markdown", held)] == ["rewrite-body-deep"]
    assert held == post(text.encode())


def test_an_unknown_flavour_is_named() -> None:
    """The error says which ones there are."""
    with pytest.raises(MappingError, match="no Markdown 'multi'"):
        Markdown(flavour="multi")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("flavour", "markdown", "expected"),
    [
        ("kramdown", "{: .lead}\nFog.", '<p class="lead">Fog.</p>\n'),
        ("kramdown", "Fog.\n{: .lead #top}", '<p class="lead" id="top">Fog.</p>\n'),
        ("kramdown", "- fog\n{: .wide}", '<ul class="wide">\n<li>fog</li>\n</ul>\n'),
        ("kramdown", "# Fog\n{: .wide}", '<h1 class="wide">Fog</h1>\n'),
        ("kramdown", "{: .wide}\n# Fog", '<h1 class="wide">Fog</h1>\n'),
        ("kramdown", "{: .nobody's}", "<p>{: .nobody's}</p>\n"),
        ("kramdown", '![f](/f.png){: onload="x"}', '<p><img src="/f.png" alt="f" /></p>\n'),
        ("goldmark", "# Fog {#top .wide}", '<h1 id="top" class="wide">Fog</h1>\n'),
        ("goldmark", "Fog.\n{: .lead}", "<p>Fog. {: .lead}</p>\n"),
        ("commonmark", "# Fog {#top}", "<h1>Fog {#top}</h1>\n"),
        ("python-markdown", "    #!c\n    x", '<pre><code class="language-c">x\n</code></pre>\n'),
    ],
)
def test_each_tool_has_its_own_markdown(flavour: Flavour, markdown: str, expected: str) -> None:
    """What one of them reads as an attribute list is text to the next."""
    assert expected == html(markdown, flavour)


@pytest.mark.parametrize(
    ("written", "proof"),
    [
        (b"<p>fog\nand\n  ice</p>\n", b"<p>fog and ice</p>\n"),
        (b"<p>fog<br />\nice</p>", b"<p>fog<br />\nice</p>"),
        (b"<p><b>fog</b>\n<i>ice</i></p>", b"<p><b>fog</b> <i>ice</i></p>"),
        (b"<ul>\n\n<li>fog</li>\n</ul>", b"<ul>\n<li>fog</li>\n</ul>"),
        (b"<pre>fog\n\nice</pre>", b"<pre>fog\n\nice</pre>"),
        (b"<pre>\nhttps://fog.example/\n</pre>", b"<pre>\nhttps:&#47;&#47;fog.example/\n</pre>"),
        (b"<code>[fog]\na[1]</code>", b"<code>&#91;fog] a[1]</code>"),
        (b"<textarea>fog\nice</textarea>", b"<textarea>fog&#10;ice</textarea>"),
        (b"<script>\nfog\n\n\nice</script>", b"<script>\nfog\nice</script>"),
        (b'<a\nhref="/"\n>fog</a>', b'<a\nhref="/"\n>fog</a>'),
        (b"<!-- fog\n\nice -->", b"<!-- fog\n\nice -->"),
        (b"", b""),
    ],
)
def test_line_ends_that_wordpress_would_break_go(written: bytes, proof: bytes) -> None:
    """Those that mean something, in code and scripts, stay or are spelled otherwise."""
    assert proof == autop_proof(written)
    assert proof == autop_proof(proof)
