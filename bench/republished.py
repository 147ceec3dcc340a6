"""Records of about 11 KB for each rewrite rule: some that it concerns, and some that it doesn't."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from bench.posts import Post as Generated
from bench.posts import posts
from migrate.model.post import Meta, Post

SIZE: Final = 11_000
"""Bytes of a body at most; it has a paragraph less than that would take."""

_SPAN: Final = re.compile(rb"<span [^>]*/>")
_MISREAD: Final = (("â€œ".encode(), "“".encode()), ("â€\x9d".encode(), "”".encode()))

_PROXY: Final = "http://feeds.example.net/~r/top/~3/"
_PUBLISHER: Final = "https://coast.example.net/"

_ALSO: Final = {
    "control-characters": b"<p>The teleprinter \x0c spoke.</p>\n",
    "liquid": b'<p><a href="{{ site.url }}/tides/">Tides</a></p>\n',
    "tracking-pixels": b'<img src="http://feeds.feedburner.com/~r/t/~4/x" width="1" height="1"/>\n',
    "feed-links": b'<a href="http://news.google.com/news/url?url=http://a.example/b">B</a>\n',
    "duplicate-ids": b'<p id="pulled">One.</p>\n<p id="pulled">Two.</p>\n',
    "empty-markup": b"<p></p>\n<p>&nbsp;</p>\n",
    "shortcodes": b'[caption width="300"]<img src="/lens.jpg" alt=""/> The lens[/caption]\n',
    "internal-links": b'<p><a href="/?p=1">The first post</a></p>\n',
}
"""What a rule looks for and the feed's posts haven't got."""


def concerned(rule: str, count: int) -> list[Post]:
    """Give posts as a feed importer leaves them, with what the rule looks for."""
    return [_for(rule, _record(post, following)) for post, following in _pairs(count)]


def unconcerned(count: int) -> list[Post]:
    """Give posts of the same size in which there is nothing to mend."""
    return [_clean(_record(post, following)) for post, following in _pairs(count)]


def _pairs(count: int) -> list[tuple[Generated, Generated]]:
    return list(pairwise(posts(count + 1)))


def _record(post: Generated, following: Generated) -> Post:
    """Give a post as a reader gives it, filled up with the paragraphs of the next one."""
    first, _, last = post.body.rpartition("</div>")
    body, end = first.encode(), f"</div>{last}".encode()
    for line in following.body.splitlines(keepends=True)[2:-2]:
        if len(body) + len(line.encode()) + len(end) > SIZE:
            break
        body += line.encode()
    source = f'\n<br><a href="{html.escape(post.metas["original_link"])}">Source </a>'.encode()
    return Post(
        id=post.number,
        type="post",
        status="publish",
        title=post.title,
        slug=post.slug,
        link=post.link,
        content=body + end + source,
        meta=[Meta(key, value) for key, value in post.metas.items()],
    )


def _for(rule: str, post: Post) -> Post:
    body = post.content or b""
    if rule in ("markdown", "rst"):
        plain = b"\n\n".join(re.findall(rb"<p>(.*?)</p>", body))
        return replace(post, content=plain, content_format="rst" if rule == "rst" else "markdown")
    if rule == "unblocks":
        return replace(post, content=_in_blocks(_clean(post).content or b""))
    if rule == "source-attribution":  # behind `feed-links`, the proxy is gone
        meta = [Meta(row.key, row.value.replace(_PROXY, _PUBLISHER)) for row in post.meta or ()]
        return replace(post, content=body.replace(_PROXY.encode(), _PUBLISHER.encode()), meta=meta)
    if rule == "autop":
        return replace(post, content=b"\n\n".join(re.findall(rb"<p>(.*?)</p>", body)))
    return replace(post, content=body.replace(b"\n", b"\n" + _ALSO.get(rule, b""), 1))


def _clean(post: Post) -> Post:
    body = _SPAN.sub(b"", post.content or b"")
    for misread, meant in _MISREAD:
        body = body.replace(misread, meant)
    lines = [line for line in body.splitlines(keepends=True) if line.startswith(b"<p>")]
    return replace(post, title=html.unescape(post.title or ""), content=b"".join(lines), meta=[])


def _in_blocks(body: bytes) -> bytes:
    around = rb"<!-- wp:paragraph -->\n\1\n<!-- /wp:paragraph -->\n"
    return re.sub(rb"(<p>.*?</p>)", around, body)
