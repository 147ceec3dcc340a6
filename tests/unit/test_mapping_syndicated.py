"""The mapping for sites that republish feeds: what it makes of a sample, and of a real post."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html

from migrate.model.finding import Finding
from migrate.model.post import Post
from tests.posts_folders import write, writer
from tests.rewriting import read_rewritten
from tests.sources import SAMPLES, read_all, to_wxr

MISREAD = re.compile("[ÂÃâ][\u0080-\u00bf\u0152-\u0178\u02c6-\u2122]")


def syndicated(source: Path) -> tuple[list[Post], list[Finding]]:
    """Read a folder as `--mapping syndicated` does on its way to WordPress."""
    return read_rewritten(source, "syndicated")


def metas(post: Post) -> dict[str, str]:
    """Give a post's metas, the last row of each key."""
    return {meta.key: meta.value for meta in post.meta or ()}


def test_the_sample_becomes_the_golden_file(golden: Any) -> None:
    """samples/syndicated gives exactly samples/syndicated.expected.xml."""
    posts, _ = syndicated(SAMPLES / "syndicated")
    document, _ = to_wxr(posts, ZoneInfo("Europe/Oslo"))

    golden(SAMPLES / "syndicated.expected.xml", document)


def test_nothing_is_taken_for_it_unasked() -> None:
    """Without its name the same files are wpghs, and not a byte of a body changes."""
    folder = SAMPLES / "syndicated"
    posts, _ = read_all(folder)

    assert {post.provenance.dialect for post in posts} == {"wpghs"}
    assert [post.content for post in posts] == [
        (folder / post.provenance.path).read_bytes().split(b"\n---\n", 1)[1] for post in posts
    ]


def test_a_folder_written_in_it_is_wpghs(tmp_path: Path) -> None:
    """What a run with it wrote is read again as what it is, with no rule switched on."""
    posts, _ = syndicated(SAMPLES / "syndicated")
    write(posts, tmp_path, made_by=writer(dialect="syndicated"))
    back, _ = read_all(tmp_path)

    assert [post.provenance.dialect for post in back] == ["wpghs"] * 3


def test_the_feeds_sections_become_categories() -> None:
    """What the table knows is a category; what it doesn't is named once and stays a meta."""
    posts, found = syndicated(SAMPLES / "syndicated")

    assert [[term.name for term in post.terms or ()] for post in posts] == [
        ["Top News"],
        ["Technology"],
        ["Business"],
    ]
    assert [f.message for f in found if f.code == "rewrite-category-unmapped"] == [
        "Lighthouses is in no table of the rule",
        "Science &#038; Optics is in no table of the rule",
    ]


def test_the_seed_comes_out_clean(corpus: Path) -> None:
    """No marker, misread character, feed proxy or entity is left of those that were there."""
    seed = corpus.parent / "seed"
    (before,), _ = read_all(seed)
    (after,), found = syndicated(seed)

    assert leftovers(before) == {
        "marker": 2,
        "misread": 1,
        "proxy": 1,
        "entity": 1,
        "swallowing": 28,
        "doubled": 8,
    }
    assert not any(leftovers(after).values())
    assert [f.code for f in found if f.severity != "note"] == []


def test_the_seed_ends_in_one_source_line(corpus: Path) -> None:
    """The article's paragraphs and its source line are what a browser would show."""
    (post,), _ = syndicated(corpus.parent / "seed")
    paragraphs = lxml.html.fragment_fromstring((post.content or b"").decode(), "div").iter("p")

    texts = ["".join(paragraph.itertext()) for paragraph in paragraphs]

    assert len(texts) == len([text for text in texts if text.strip()])
    assert [text for text in texts if "Source" in text] == ["Source: reuters.com"]
    assert texts[-1] == "Source: reuters.com"


def leftovers(post: Post) -> dict[str, int]:
    """Count what feed imports leave behind."""
    text = (post.content or b"").decode()
    ids = re.findall(r' id="([^"]*)"', text)
    return {
        "swallowing": len(re.findall(r"<span[^>]*/>", text)),
        "doubled": len(ids) - len(set(ids)),
        "marker": text.count("[ad_"),
        "misread": len(MISREAD.findall(text)),
        "proxy": text.count("//feeds."),
        "entity": (post.title or "").count("&#"),
    }


def test_the_seed_gets_a_category_and_a_canonical_address(corpus: Path) -> None:
    """The feed's section is a category; each SEO plugin finds canonical_url in its own field."""
    (post,), _ = syndicated(corpus.parent / "seed")
    rows = metas(post)

    assert [(term.taxonomy, term.name) for term in post.terms or ()] == [("category", "Top News")]
    assert rows["original_cats"] == "topNews"
    assert {
        key: value == rows["canonical_url"] for key, value in rows.items() if "canonical" in key
    } == {
        "canonical_url": True,
        "_yoast_wpseo_canonical": True,
        "rank_math_canonical_url": True,
        "_seopress_robots_canonical": True,
    }
