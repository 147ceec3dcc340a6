"""Posts that rewrite rules are tried on: what they look for, and what must come through them."""

from __future__ import annotations

from hypothesis import strategies as st

from migrate.model.finding import Finding
from migrate.model.post import Meta, Post, TermRef
from migrate.model.site import Site
from migrate.rewrite import rules
from migrate.rewrite.address_index import AddressIndex
from migrate.rewrite.rewrites import Rewrites

BAITS = (
    "[ad_1]",
    "<br>[ad_2]\n",
    '<span id="midArticle_1"/>',
    '<h2 id="fog">Fog</h2>',
    '<a href="#fog">up</a>',
    "<p>&nbsp;</p>",
    "<p></p>",
    "<b><i> </i></b>",
    '<a href="http://feeds.example.org/~ff/x"><img src="http://feeds.example.org/~ff/y"></a>',
    '<img src="http://b.scorecardresearch.com/p" width="1" height="1"/>',
    '<a href="http://feeds.reuters.com/~r/reuters/topNews/~3/x/story01.htm">Source </a>',
    '<a href="https://old.example.org/tide/?utm_source=feed">tide</a>',
    "<p>The post <a href='https://a.example.org/x'>Fog</a> appeared first on Quay.</p>",
    "canâ€™t",
    "&amp;#8217;",
    "&#039;",
    "\x08\x0c",
    "{% post_url 2016-07-16-tide %}",
    "{{ site.url }}",
    '[caption width="9"]<img src="a.jpg"/> Fog[/caption]',
    "[gallery ids='1,2']",
    "![Fog](fog.jpg)",
    "[Tide](/tide)",
    "::",
)
BROKEN = ("<", "</", "<a ", "<!--", "-->", "<![CDATA[", "]]>", '"', "'", ">", "/>", "<span", "=")
PLAIN = (
    "The ferry sails. ",
    "<p>High water at six.</p>\n",
    "<strong>Calm</strong>, ",
    "\n\n",
    "\r\n",
    "- mackerel\n",
    "東 ",
    "<br />",
    "<hr/>\n",
    '<img src="fog.jpg" alt="Fog" width="640" height="480" />',
)
PROTECTED = (
    ("<pre>", "</pre>"),
    ('<pre class="x"><code>', "</code></pre>"),
    ("<code>", "</code>"),
    ("<script>", "</script>"),
    ("<style>", "</style>"),
    ("<textarea>", "</textarea>"),
    ("<!-- ", " -->"),
    ("<![CDATA[", "]]>"),
    ('<!-- wp:quay/tide {"a":"', '"} /-->'),
)
"""What stands before and behind text that no rule has business with."""

odd = st.text("aé東 \n\r\t\0\x0b\x7f\x85\ufeff\U0001f600:#-'\"|>%&*!{}[]\\/.,?@0<`_~=", max_size=12)
enclosed = st.builds(
    "{0[0]}{1}{0[1]}".format,
    st.sampled_from(PROTECTED),
    st.lists(st.sampled_from(BAITS), max_size=2).map(" ".join),
)
bodies = st.lists(
    st.sampled_from(BAITS) | st.sampled_from(BROKEN) | st.sampled_from(PLAIN) | enclosed | odd,
    max_size=10,
).map("".join)
plain_bodies = st.lists(st.sampled_from(PLAIN), max_size=8).map("".join)
texts = st.lists(st.sampled_from(BAITS) | odd, max_size=3).map(" ".join)
metas = st.lists(
    st.builds(
        Meta,
        st.sampled_from(["original_link", "canonical_url", "original_cats", "original_title", "x"]),
        texts | st.sampled_from(['s:3:"a\x01b";', "https://quay.example.org/fog", "topNews,fog"]),
    ),
    max_size=4,
)
terms = st.lists(
    st.builds(TermRef, st.sampled_from(["category", "post_tag"]), name=st.none() | texts),
    max_size=2,
)
posts = st.builds(
    Post,
    title=st.none() | texts,
    excerpt=st.none() | texts,
    content=st.none() | bodies.map(str.encode),
    content_format=st.sampled_from(["html", "markdown", "rst"]),
    status=st.sampled_from([None, "publish", "draft"]),
    link=st.sampled_from([None, "https://old.example.org/fog/"]),
    terms=st.none() | terms,
    meta=st.none() | metas,
)


def rewrite(name: str, post: Post) -> list[Finding]:
    """Change a post by a rule with its own options; give what it says."""
    found: list[Finding] = []
    addresses = AddressIndex(Site(url="https://old.example.org"), "https://new.example.org")
    Rewrites(rules.make({name: {}}), addresses=addresses).rewrite(post, found.append)
    return found
