"""Markdown made of HTML says the same as the HTML; blocks that can't be said stay."""

from __future__ import annotations

import pytest

from migrate.model.post import Post
from migrate.syntax.html_canonical import canonical, visible_text
from migrate.syntax.markdown_html import to_html
from migrate.syntax.markdown_text import to_markdown
from tests.rewriting import rewritten


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("<p>1. fog</p>", "1\\. fog\n"),
        ("<ul><li>fog</li></ul><ul><li>ice</li></ul>", "- fog\n\n<ul><li>ice</li></ul>\n"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n    - b\n"),
        ("<div><pre>a\n\nb</pre>\n\n</div>", "<div><pre>a&#10;\nb</pre>\n</div>\n"),
        ("<p>a <b>fog</b>, <i class=x>ice</i></p>", "a **fog**, <i class=x>ice</i>\n"),
        ("<p><!--more--></p>", "<!--more-->\n"),
        ("<p><img src=/a alt=a class=b></p>", "<p><img src=/a alt=a class=b></p>\n"),
        ("<h2 id=a>fog</h2>", "<h2 id=a>fog</h2>\n"),
        ("<p>xraw0x xnext</p>", "xraw0x xnext\n"),
        ("fog <video src=/a></video>", "fog <video src=/a></video>\n"),
        ("<p>5\u00a0m <code>a\u00a0b</code></p>", "5\u00a0m `a\u00a0b`\n"),
    ],
)
def test_what_stays_html(html: str, markdown: str) -> None:
    """Whatever Markdown would lose, or take for something else."""
    made = to_markdown(html.encode())

    assert made is not None
    assert markdown == made.text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p><b>fog</p><p>ice</b></p>", "<b>fog\n\nice</b>\n"),
        ("<p><b><i>fog</b></i></p>", "**<i>fog**</i>\n"),
        ("<p><u>fog</x></u></p>", "<u>fog</x></u>\n"),
        ("<p>fog</br>ice</p>", "fog</br>ice\n"),
        ("<ul><li><b>fog</li></ul><p>ice!</p>", "- <b>fog\n\nice!\n"),
        ("<ul>\n<li><b></li>\n</ul>", "<ul>\n<li><b></li>\n</ul>\n"),
        ("<table><thead><tr><th>a<tbody><tr><td>b</table>", "| a |\n| --- |\n| b |\n"),
    ],
)
def test_a_tag_without_its_other_stays_one(html: str, markdown: str) -> None:
    """To a browser it reaches beyond its block: no `**` says that, and no tag may be dropped."""
    made = to_markdown(html.encode())

    assert made is not None
    assert markdown == made.text


def test_what_no_markdown_says_is_left_and_named() -> None:
    """Tags that cross each other come back otherwise."""
    body = b"<table><p>a</table></p><p><table>"
    post = Post(content=body)
    found = [said.code for said in rewritten("to-markdown", post)]

    assert (post.content, post.content_format) in ((body, "html"), (post.content, "markdown"))
    assert found in (["rewrite-to-markdown-left"], ["rewrite-html-kept", "rewrite-to-markdown"])


def test_markdown_is_left_alone() -> None:
    """A second run finds no HTML body any more."""
    post = Post(content=b"<p>fog</p>")
    rewritten("to-markdown", post)

    assert rewritten("to-markdown", post) == []
    assert post.content == b"fog\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"<p>a\n b</p>", b"<p> a b </p>\n"),
        (b"<b>a</b>", b"<strong>a</strong>"),
        (b'<img src="a" alt="b">', b'<img alt="b" src="a" />'),
        (b"<pre><code>a</code></pre>", b"<pre><code>a\n</code></pre>"),
    ],
)
def test_two_spellings_of_one_thing_are_the_same(one: bytes, other: bytes) -> None:
    """Order of attributes, blanks next to blocks, and names with one meaning don't count."""
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"<p>a b</p>", b"<p>ab</p>"),
        (b"<pre>a  b</pre>", b"<pre>a b</pre>"),
        (b"<p>a</p>", b"<div>a</div>"),
        (b"<a href=x>a</a>", b"<a>a</a>"),
        (b"<!-- a -->", b""),
    ],
)
def test_two_things_are_told_apart(one: bytes, other: bytes) -> None:
    """A blank, an element, an attribute or a comment more is a difference."""
    assert canonical(one) != canonical(other)


def test_no_word_is_lost() -> None:
    """What a reader sees of the HTML is what a reader sees of the Markdown."""
    html = b"<p>fog &amp; <b>ice</b><br>thaw</p><table><tr><td>a</td><td>b</td></tr></table>"
    made = to_markdown(html)
    assert made is not None
    back = to_html(made.text)
    assert back is not None

    assert visible_text(html) == "fog & ice thaw a b"
    assert visible_text(back.html) == "fog & ice thaw a b"
