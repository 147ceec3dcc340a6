"""Bodies keep their words: from HTML to Markdown and back, and through WordPress's own filters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from migrate.model.post import Post
from migrate.rewrite.draft import Draft
from migrate.rewrite.liquid import Liquid
from migrate.syntax.autop import autop
from migrate.syntax.autop_proof import autop_proof
from migrate.syntax.html_canonical import canonical, visible_text
from migrate.syntax.markdown_flavours import FLAVOURS, Flavour
from migrate.syntax.markdown_html import to_html
from migrate.syntax.markdown_text import to_markdown

PIECES = [
    *("fog", "é", "&amp;", "&", "<", "\\", " ", "\t", "\n", "\n\n", "\r\n", "    "),
    *("# ", "- ", "1. ", "> ", "*", "_", "**", "~~", "`", "```", "|", "|-|\n", ": "),
    *("[", "]", "](#fog)", "[^1]", "<b>", "</b>", "<div>", "</div>", "<!-- ", " -->"),
    *("{: .a}", "{#b}", "{{ a }}", "{{ site.url }}", "{% b %}", "{% raw %}", "{% endraw %}"),
    *("{% highlight c %}", "{% endhighlight %}"),
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
WORDS = [
    *("fog", "é", " ", "\n", "\u00a0", "&nbsp;", "&lt;b&gt;", "&amp;amp;", "<br>"),
    *("1*2*3", "a_b_", "# ice", "[a](b)", "`x`", "1. ", "- ", "| ", '<img src="/a" alt="b">'),
]
INLINE = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["b", "em", "code", "a", "del", "sub", "span", "i"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
LINES = st.lists(INLINE, max_size=4).map("".join)
BLOCK = st.recursive(
    st.builds(
        "<{0}>{1}</{0}>\n".format,
        st.sampled_from(["p", "h2", "pre", "li", "div", "blockquote", "td", "figure"]),
        LINES,
    )
    | LINES.map("{}\n\n".format)
    | st.just("<!-- fog -->\n"),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>\n".format,
        st.sampled_from(["ul", "ol", "li", "blockquote", "div", "table", "tr", "td"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
HTML = st.lists(BLOCK, max_size=4).map("".join)


@given(html=HTML)
def test_markdown_of_html_says_the_same(html: str) -> None:
    """The words that a reader sees come back, whatever is Markdown in them."""
    shown = autop(html).encode()
    made = to_markdown(shown)

    if made is not None:
        back = to_html(made.text)
        assert back is not None
        assert visible_text(shown) == visible_text(back.html)


@given(markdown=MARKDOWN, flavour=st.sampled_from(FLAVOURS))
def test_what_wordpress_shows_is_what_was_made(markdown: str, flavour: Flavour) -> None:
    """No word of it goes, none gets a line break."""
    made = to_html(markdown, flavour)

    if made is not None and "<" not in markdown:
        assert canonical(made.html) == canonical(autop(made.html.decode()).encode())


@given(markdown=MARKDOWN | HTML)
def test_proof_against_autop_changes_no_element_and_no_word(markdown: str) -> None:
    """And finds nothing to do the second time."""
    html = markdown.replace("\r", "").encode()

    assert visible_text(html) == visible_text(autop_proof(html))
    assert autop_proof(html) == autop_proof(autop_proof(html))


@given(markdown=MARKDOWN)
def test_liquid_twice_is_once(markdown: str) -> None:
    """What was put in place of a tag is none."""
    post = Post(content=markdown.encode(), content_format="markdown", title="{% fog %}")
    Liquid().rewrite(Draft(post, lambda _: None, "liquid"))
    once = post.content
    Liquid().rewrite(Draft(post, lambda _: None, "liquid"))

    assert once == post.content
