"""The generated posts as files with front matter, as WordPress GitHub Sync writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bench.posts import Post, posts

_LONGEST_PLAIN: Final = 40
_FILE: Final = """---
ID: {post.number}
post_title: {title}
author: {post.author}
post_date: {post.date:%Y-%m-%d %H:%M:%S}
post_excerpt: ""
layout: post
permalink: {link}
published: true
{metas}---
{post.body}"""


def write_posts(folder: Path, count: int) -> None:
    """Write this many posts into `_posts/` of a folder, a file each."""
    target = folder / "_posts"
    target.mkdir(parents=True)
    for post in posts(count):
        (target / f"{post.date:%Y-%m-%d}-{post.slug}.md").write_bytes(_file(post).encode())


def _file(post: Post) -> str:
    metas = "".join(f"{key}:\n  - {_value(value, 4)}\n" for key, value in post.metas.items())
    return _FILE.format(
        post=post, title=_value(post.title, 2), link=_value(post.link, 2), metas=metas
    )


def _value(value: str, indent: int) -> str:
    """Give a value as the plugin's YAML library writes it: quoted, folded if long, or plain."""
    if ": " in value:
        return f"'{value}'"
    return f">\n{' ' * indent}{value}" if len(value) > _LONGEST_PLAIN else value
