"""What is said about rewrites that nobody asked for: each names the rule, and nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.chunk import Advised, keep, process
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.settings import Handle
from tests.sources import posts_reader

MARKDOWN = "---\nlayout: post\ntitle: A\nredirect_from: /b\n---\n*Text*\n"
RST = "Tide\n####\n\n:date: 2020-01-02\n:slug: a\n\n*Text*\n"


def advice(folder: Path, name: str, text: str, *, to_wordpress: bool = True) -> list[Finding]:
    """Write a file and give what is advised about its record."""
    (folder / "pelicanconf.py").touch()
    (folder / name).write_text(text, encoding="utf-8")
    encode: Advised[Post] = Advised(keep, to_wordpress=to_wordpress)
    (result,) = process(posts_reader(folder), encode, [Handle(name)])
    return [finding for finding in result.findings if "-body-" in finding.code]


@pytest.mark.parametrize(
    ("name", "text", "code", "option", "line"),
    [
        ("a.md", MARKDOWN, "mapping-body-is-markdown", "--rewrite markdown", 6),
        ("a.rst", RST, "mapping-body-is-rst", "--rewrite rst", 7),
    ],
)
def test_a_body_that_is_no_html_is_a_warning(
    name: str, text: str, code: str, option: str, line: int, tmp_path: Path
) -> None:
    """It stands on the line where the body begins, and names the option that mends it."""
    (finding,) = advice(tmp_path, name, text)

    assert (finding.code, finding.severity) == (code, "warning")
    assert (finding.path, finding.line, finding.field) == (name, line, "content")
    assert option in finding.fix


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", MARKDOWN),
        ("a.md", MARKDOWN.replace("*Text*", "")),
        ("a.rst", RST.replace("*Text*", "")),
    ],
)
def test_html_and_no_body_at_all_are_no_trouble(name: str, text: str, tmp_path: Path) -> None:
    """There is nothing that WordPress wouldn't show as it is meant."""
    assert advice(tmp_path, name, text) == []


def test_posts_may_be_markdown(tmp_path: Path) -> None:
    """Only what goes to WordPress has to be HTML."""
    assert advice(tmp_path, "a.md", MARKDOWN, to_wordpress=False) == []
