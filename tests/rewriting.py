"""Rewrite rules run over one record, or over a folder as a mapping has them, for the tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from migrate import rewriting
from migrate.mapping import load
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.site import Head
from migrate.readers.posts import PostsReader
from migrate.rewrite import rules
from migrate.rewrite.rewrites import Rewrites
from migrate.rewriting import RewritingReader


def rewritten(rule: str, post: Post, **options: Any) -> list[Finding]:
    """Run a rule with its options over a post, and give what was found."""
    found: list[Finding] = []
    Rewrites(rules.make({rule: options})).rewrite(post, found.append)
    return found


def rewritten_head(rule: str, head: Head, **options: Any) -> tuple[Head, list[Finding]]:
    """Run a rule over a site's authors and terms, and give them with what was found."""
    found: list[Finding] = []
    return Rewrites(rules.make({rule: options})).rewrite_head(head, found.append), found


def read_rewritten(source: Path, mapping: str) -> tuple[list[Post], list[Finding]]:
    """Read a folder as `--mapping` of that name does on its way to WordPress."""
    dialects = (load.load(mapping),)
    plain = PostsReader(source, dialects, True, "utf-8", Counter())
    reader = RewritingReader(plain, rewriting.choose((), dialects, "wordpress", named=True))
    found: list[Finding] = []
    posts = [reader.read(handle, found.append).post for handle in reader.locate(found.append)]
    return [post for post in posts if post], found
