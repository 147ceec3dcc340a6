"""The generated posts as one WXR file, in the spelling of WordPress's own export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.posts import SITE, Post, posts
from bench.words import AUTHORS, CATEGORIES, TAGS

_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
	<title>The Wire</title>
	<link>{SITE}</link>
	<description></description>
	<pubDate>Thu, 01 Jan 2026 00:00:00 +0000</pubDate>
	<language>en-US</language>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>{SITE}</wp:base_site_url>
	<wp:base_blog_url>{SITE}</wp:base_blog_url>
"""
_AUTHOR: Final = """	<wp:author>\
<wp:author_id>{number}</wp:author_id>\
<wp:author_login><![CDATA[{slug}]]></wp:author_login>\
<wp:author_email><![CDATA[]]></wp:author_email>\
<wp:author_display_name><![CDATA[{name}]]></wp:author_display_name>\
<wp:author_first_name><![CDATA[]]></wp:author_first_name>\
<wp:author_last_name><![CDATA[]]></wp:author_last_name>\
</wp:author>
"""
_CATEGORY: Final = """	<wp:category>\
<wp:term_id>{number}</wp:term_id>\
<wp:category_nicename><![CDATA[{slug}]]></wp:category_nicename>\
<wp:category_parent><![CDATA[]]></wp:category_parent>\
<wp:cat_name><![CDATA[{name}]]></wp:cat_name>\
</wp:category>
"""
_TAG: Final = """	<wp:tag>\
<wp:term_id>{number}</wp:term_id>\
<wp:tag_slug><![CDATA[{slug}]]></wp:tag_slug>\
<wp:tag_name><![CDATA[{name}]]></wp:tag_name>\
</wp:tag>
"""
_ITEM: Final = """	<item>
		<title><![CDATA[{post.title}]]></title>
		<link>{post.link}</link>
		<pubDate>{post.date:%a, %d %b %Y %H:%M:%S} +0000</pubDate>
		<dc:creator><![CDATA[{creator}]]></dc:creator>
		<guid isPermaLink="false">{site}/?p={post.number}</guid>
		<description></description>
		<content:encoded><![CDATA[{post.body}]]></content:encoded>
		<excerpt:encoded><![CDATA[]]></excerpt:encoded>
		<wp:post_id>{post.number}</wp:post_id>
		<wp:post_date><![CDATA[{post.date:%Y-%m-%d %H:%M:%S}]]></wp:post_date>
		<wp:post_date_gmt><![CDATA[{post.date:%Y-%m-%d %H:%M:%S}]]></wp:post_date_gmt>
		<wp:post_modified><![CDATA[{post.date:%Y-%m-%d %H:%M:%S}]]></wp:post_modified>
		<wp:post_modified_gmt><![CDATA[{post.date:%Y-%m-%d %H:%M:%S}]]></wp:post_modified_gmt>
		<wp:comment_status><![CDATA[open]]></wp:comment_status>
		<wp:ping_status><![CDATA[open]]></wp:ping_status>
		<wp:post_name><![CDATA[{post.slug}]]></wp:post_name>
		<wp:status><![CDATA[publish]]></wp:status>
		<wp:post_parent>0</wp:post_parent>
		<wp:menu_order>0</wp:menu_order>
		<wp:post_type><![CDATA[post]]></wp:post_type>
		<wp:post_password><![CDATA[]]></wp:post_password>
		<wp:is_sticky>0</wp:is_sticky>
{terms}{metas}	</item>
"""
_TERM: Final = """\
		<category domain="{taxonomy}" nicename="{slug}"><![CDATA[{name}]]></category>
"""
_META: Final = """\
		<wp:postmeta>
		<wp:meta_key><![CDATA[{key}]]></wp:meta_key>
		<wp:meta_value><![CDATA[{value}]]></wp:meta_value>
		</wp:postmeta>
"""


def write_wxr(path: Path, count: int) -> None:
    """Write this many posts into a file."""
    with path.open("wb") as out:
        out.writelines(part.encode() for part in _parts(count))


def _parts(count: int) -> Iterator[str]:
    yield _HEAD
    for form, names in ((_AUTHOR, AUTHORS), (_CATEGORY, CATEGORIES), (_TAG, TAGS)):
        for number, name in enumerate(names, 1):
            yield form.format(number=number, slug=_slug(name), name=name)
    for post in posts(count):
        yield _item(post)
    yield "</channel>\n</rss>\n"


def _item(post: Post) -> str:
    named = [("category", post.category), *(("post_tag", tag) for tag in post.tags)]
    return _ITEM.format(
        post=post,
        site=SITE,
        creator=_slug(post.author),
        terms="".join(_TERM.format(taxonomy=t, slug=_slug(name), name=name) for t, name in named),
        metas="".join(_META.format(key=key, value=value) for key, value in post.metas.items()),
    )


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
