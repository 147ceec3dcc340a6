"""What parsers stumble over when it comes again and again; `{n}` is a number that grows."""

from __future__ import annotations

from typing import Final

WORDS: Final = (
    b" The tide turned at noon and the boats came in one after the other with all their fish"
)
"""What stands between two of them, so that few come to a megabyte."""

MARKUP: Final = (
    # HTML
    b"<", b"<p>", b"</p>", b"<p>a</p>", b"<p>a{n}</p>", b"<p>a<p>", b"<p> a\nb </p>", b"<br>",
    b"<br />\n", b"a<br />", b"<b>", b"</b>", b"<b>a</b>", b"<i><b>", b"<div>", b"<div>a",
    b"</div>",
    b"<div>a</div>", b"<p><div>", b"<blockquote>", b"<blockquote><p>a", b"<ul><li>a",
    b"<ul><li>a</li></ul>", b"<table><tr><td>a", b"<table>", b"<td>a</td>", b"<a", b"<a ", b"<a a",
    b"<a a=", b"<a a='", b'<a a="', b"<a/", b"<a/>", b"<img>", b'<img src="a">',
    b'<img src="http://a.example/{n}" width=1 height=1>', b'<a href="#a{n}" id="b{n}">a</a>',
    b'<p id="a">a</p>', b"<!", b"<!--", b"<!-->", b"<!-- a -->", b"<![CDATA[", b"<?", b"<!a",
    b"<script>", b"<script><!--", b"<script/>", b"<style>", b"<svg>", b"<svg/>", b"<pre>",
    b"</pre>",
    b"<pre>a</pre>", b"<pre><code>\n\na", b"<textarea>", b"<title/>", b"<xmp/><title/>",
    b"<object>",
    b"<param>", b"<option> ", b" <option", b"<video> <source> <track>", b"<figcaption>",
    b"<object ",
    b"<embed", b"<source", b"<p><li", b"<p><blockquote", b"<font>", b"<span/>", b"<span>",
    b"<p></p>",
    b"<p>&nbsp;</p>", b"<div><span></span></div>", b"&", b"&amp;", b"&#8217;", b"&#", b"&a{n};",
    # blanks and controls
    b" ", b"\n", b"\t", b"\r", b"\r\n", b"a\n", b"a ", b"a  \n", b"\0", b"\x0c", b"\xff",
    b"\xc3\xa9",
    "â€œa".encode(), "Ã©".encode(), "Ãƒâ€{n}".encode(), b"\xef\xbf\xbf",
    # blocks and shortcodes
    b"<!-- wp:a -->", b"<!-- /wp:a -->", b"<!-- wp:a -->a<!-- /wp:a -->", b"<!-- wp:a /-->",
    b'<!-- wp:a {"b":', b"<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->\n",
    b"[", b"]", b"[]", b"[a]", b"[/a]", b"[a]b[/a]", b"[a ", b"[[a]]", b"[code]", b"[/code]",
    b"[caption]", b"[caption width=1]<img>a[/caption]", b"[gallery", b"[ad_1]", b"[ad_1] ", b"[ad_",
    # Markdown
    b"*", b"**", b"***", b"_", b"*a ", b" *a", b"*a_", b"**a", b"*a*", b"*a **b", b"_a*b", b"~",
    b"~~",
    b"~~a~~", b"`", b"` ", b"`a`", b"``{n}`", b"```\n", b"```", b"~~~\n", b"![", b"![a](", b"[a](",
    b"[a](b)", b"[a](<", b"[a](b '", b"[a][b]", b"[a]: b\n", b"[a{n}]: b\n", b"[a{n}]", b"[^{n}]",
    b"[^{n}]: a\n", b"[^a]", b"[^1]: a\n\n    b\n", b"^[", b"(", b")", b"\\", b"\\\n", b"> ", b">",
    b"> a\n",
    b">>>>>>>>>>a\n", b"> > > > > > > > > > > > a\n", b"- ", b"-", b"- a\n", b"  - a\n", b"* a\n\n",
    b"- - - - - - - - - - - - a\n", b"1. ", b"1. a\n", b"{n}. a\n", b"   1. a\n", b"# ", b"# a\n",
    b"#",
    b"a\n=\n", b"a\n-\n", b"=", b"---\n", b"    a\n", b"\ta\n", b"|", b"|a", b"|-", b"a|b\n-|-\n",
    b"a|b\n-|-\nc|d\n", b"|a|b|c|d|e|f|\n", b"|-|-|-|-|\n", b"a\n: b\n", b":", b": a\n\n",
    b"a\n\n: b\n\n",
    b"<a@b.c>", b"<http://a.b>", b"http://a.b ", b"www.a.b ", b"a@b.c ", b"<a<", b"{", b"}", b"{{",
    b"{{ a }}", b"{%", b"{% a %}", b"{% highlight a %}", b"{% endhighlight %}", b"{% raw %}",
    b"{#a", b"{: ",
    b"{: .a}", b"a\n{: .a}\n\n", b"# a {#b}\n", b"{: #a{n}}\n", b"- [ ] a\n", b"[x]", b"$", b"$$",
    b"!",
    b"@", b"'", b'"', b"--", b"...", b"/", b"a", b"0", b"{n} ",
    # reStructuredText
    b"a_ ", b"a__ ", b"`a`_ ", b"`a", b"``a", b"|a| ", b"|a", b"[1]_ ", b"[#]_ ", b"[a]_ ",
    b"_`a` ",
    b".. [1] a\n", b".. _a: b\n", b".. _a{n}: b\n", b".. a:: b\n", b".. a\n",
    b".. code::\n\n   a\n\n",
    b".. |a| image:: b\n", b"a\n====\n\n", b"====\na\n====\n\n", b"+-+\n|a|\n+-+\n",
    b"= =\na b\n= =\n\n",
    b"+---+---+\n", b":a: b\n", b":a:`b` ", b"-a  b\n", b"--a=b  c\n", b">>> a\n", b"a::\n\n b\n\n",
    b"| a\n", b"a\n  b\n", b" a\n  b\n   c\n", b"(a) b\n", b"i. a\n", b"#. a\n", b"a\n    b\n",
    b"http://a.b/ ", b"<http://a>`_ ", b"a_b_", b"**a*",
)  # fmt: skip
"""Bodies of posts in all formats."""

SERIALIZED: Final = (
    b"a", b"a:1:{", b"a:1:{i:0;", b'a:1:{s:1:"a";i:1;}', b's:1:"', b's:9:"a";', b'O:1:"a":1:{',
    b"i:1;",
    b"{", b"}", b"\0", b"\xff", b"N;", b"d:0.5;", b"b:1;", b":", b'"', b"s:", b"s:1", b";", b"0",
)  # fmt: skip
"""Values of metas."""

_YAML: Final = (
    b"a: b\n", b"a{n}: b\n", b"a{n}: [b, c]\n", b"a{n}: >\n  b\n", b"a{n}: |\n b\n\n", b"- a\n",
    b"a:\n- b\n",
    b"a{n}:\n  - b\n  - c: d\n", b"[", b"{", b"a: ", b"? ", b"&a{n} ", b"*a ", b"'", b'"', b"#",
    b"# a\n", b"!",
    b"!!a ", b"%", b"---\n", b"...\n", b"a{n}: 'b''c'\n", b'a{n}: "b\\n"\n', b"\t", b" ", b"\n",
    b"a", b"a b",
    b"a\n", b" a\n", b"a{n}: 2016-07-16\n", b"tags: a\n", b"a{n}: {b: c, d: e}\n", b"a{n}: 1_0\n",
    b"a,",
    b"1:", b"<<: ", b"\xc3\xa9", b"\xff", b"\0", b"@", b"`", b"|\n", b">\n", b": ", b"-", b"- ",
    b"- - ",
)  # fmt: skip

_TOML: Final = (b"a{n} = 1\n", b"[a{n}]\n", b"a{n}.b = 1\n", b"a = [", b"a.", b'"', b"#\n")

_XML: Final = (
    b"<item>", b"<item><title>a</title></item>\n", b"</item>", b"<item><content:encoded><![CDATA[",
    b"<item><wp:post_id>{n}</wp:post_id><content:encoded><![CDATA[a]]></content:encoded></item>\n",
    b"<![CDATA[", b"]]>", b"<![CDATA[a]]>", b"<!--", b"<!-- a -->", b"<?", b"<?a?>", b"&", b"&amp;",
    b"&a;",
    b"&#0;", b"<", b">", b"<a>", b"</a>", b"<a/>", b"<a b='c'>", b'<a b="', b"<wp:author>",
    b"<wp:author><wp:author_login>a{n}</wp:author_login></wp:author>\n", b"<wp:category>", b"\0",
    b"\x0c",
    b"<item><category domain='category' nicename='a{n}'>a</category></item>",
    b"<category>a</category>",

    b"<item><wp:postmeta><wp:meta_key>a</wp:meta_key><wp:meta_value>b</wp:meta_value></wp:postmeta></item>",
    b"<wp:postmeta><wp:meta_key>a</wp:meta_key><wp:meta_value>b</wp:meta_value></wp:postmeta>",
    b"<wp:comment><wp:comment_id>{n}</wp:comment_id></wp:comment>", b"<wp:comment>", b"\xff", b"\n",
    b" ",
    b"<channel>", b"<rss>", b"<item ", b"</", b"<item></channel>", b"a", b"<item>a", b"<item><a>",
    b"<a><![CDATA[</a>", b"<a><![CDATA[<item>", b"<a><!--</a>", b"<a><!--</a><item>",
    b"<!--</a><item>-->", b"<a><!--<item></a>-->", b"<a{n}><!--<item>", b"<a><?</a>",
    b"<a><?</a><item>",
    b"<a><!--</a><item><b><![CDATA[</b><item>", b"<item><content:encoded><![CDATA[]",
    b"<item><content:encoded><![CDATA[a]]></content:encoded>", b"<!DOCTYPE a><item/>", b"<item/>",
    b"<!DOCTYPE a>", b"<rss><item><title>a</title></item></rss>", b"<item><?wpmigrate {}?></item>",
    b"<item><title>\0</title></item>", b"<wp:postmeta/>", b"<a xmlns:wp='b'/>",
)  # fmt: skip
_CHANNEL: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
    b' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    b' xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>'
)
_ENDS: Final = (
    (_CHANNEL, b"</channel></rss>"),
    (_CHANNEL + b"<item><title>", b"</title></item></channel></rss>"),
    (_CHANNEL + b"<item>", b"</item></channel></rss>"),
    (_CHANNEL + b"<item>", b"]]>-->?></item></channel></rss>"),
    (_CHANNEL + b"<item><a>", b"</a>]]>-->?>a</item></channel></rss>"),
)

HEADS: Final[dict[str, tuple[tuple[bytes, bytes, bytes], ...]]] = {
    "front-matter": (
        *((b"---\ntitle: a\n", text, b"\n---\nb\n") for text in _YAML),
        *((b"---\n", text, b"\n---\nb\n") for text in _YAML),
        *((b"---\nlayout: post\nid: 1\n", text, b"\n---\nb\n") for text in _YAML),
        *((b"+++\n", text, b"\n+++\nb\n") for text in _TOML),
        *((b"Title: a\n", text, b"\n\nb\n") for text in _YAML),
        *((b"a\n=\n\n", text, b"\n\nb\n") for text in (b":a: b\n", b":a{n}: b\n", b":a:\n")),
        *((b'{"a": ', text, b"}\n\nb\n") for text in (b"[", b'{"a":', b'"', b"1", b'["a", ')),
        *((b"", text, b"") for text in _YAML),
    ),
    "mapping": (
        *((b"fields:\n", text, b"\n") for text in _YAML),
        *((b"", text, b"") for text in _YAML),
    ),
    "wxr": tuple((head, text, tail) for head, tail in _ENDS for text in _XML),
}
"""Files: what stands before, what is repeated, and what stands behind."""
