"""File names: taken by every file system, never leading out, each one record's alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.output.names import folded, is_safe, not_as_made, safe_name, safe_path, with_suffix
from migrate.writers.posts.draft import FileDraft
from migrate.writers.posts.names import Names


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("tide-clock.md", "tide-clock.md"),
        ("%e6%b8%af.md", "%e6%b8%af.md"),
        ("港.md", "港.md"),
        ("what?.md", "what-.md"),
        ("a\\b:c*.md", "a-b-c-.md"),
        ("nul.md", "_nul.md"),
        ("COM1", "_COM1"),
        ("com¹.txt", "_com¹.txt"),
        ("console.md", "console.md"),
        (".htaccess", "_htaccess"),
        ("..md", "_md"),
        ("ends. . ", "ends"),
        ("\0\x1f\x7f\x85", "----"),
        ("\ud800", "-"),
        ("", "_"),
        ("...", "_"),
    ],
)
def test_a_name_that_every_system_takes(wanted: str, safe: str) -> None:
    """What a system refuses, hides or keeps for a device becomes something else."""
    assert safe_name(wanted) == safe


@pytest.mark.parametrize(
    ("wanted", "safe"),
    [
        ("_posts/a.md", "_posts/a.md"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a/./b/../c.md", "a/b/c.md"),
        ("C:\\windows\\x.md", "C--windows-x.md"),
        ("//", "_"),
        (".wordpress/manifest.jsonl", "_wordpress/manifest.jsonl"),
    ],
)
def test_a_path_never_leads_out(wanted: str, safe: str) -> None:
    """Steps up, roots and drives are taken out of a path."""
    assert safe_path(wanted) == safe


def test_long_names_keep_their_ending() -> None:
    """240 bytes at most, cut between letters and between percent-escapes."""
    assert safe_name("x" * 300 + ".markdown") == "x" * 231 + ".markdown"
    assert safe_name("港" * 100 + ".md") == "港" * 79 + ".md"
    assert safe_name("%e6" * 100 + ".md") == "%e6" * 79 + ".md"


@given(st.text(max_size=300))
def test_any_text_becomes_a_safe_path(text: str) -> None:
    """Whatever a slug holds, its path is safe, and stays as it is when made safe again."""
    path = safe_path(text)

    assert is_safe(path)
    assert safe_path(path) == path
    assert all(len(name.encode()) <= 240 for name in path.split("/"))


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("_posts/what?.md", True),
        ("a" * 255, True),
        ("a" * 256, False),
        ("../a.md", False),
        ("/a.md", False),
        ("a//b.md", False),
        (".git/hooks/x.md", False),
        ("a\\b.md", False),
        ("C:a.md", False),
        ("a\0.md", False),
        ("", False),
    ],
)
def test_a_path_that_a_file_had(path: str, safe: bool) -> None:
    """A name from an earlier run is kept if it can neither lead out nor hide."""
    assert is_safe(path) is safe


@pytest.mark.parametrize(
    ("path", "suffix", "expected"),
    [
        ("_posts/a.md", "-7", "_posts/a-7.md"),
        ("a.b.md", "-7", "a.b-7.md"),
        ("name", "-2", "name-2"),
        ("content/tide/index.md", "-7", "content/tide-7/index.md"),
        ("tide/_index.md", "-7", "tide-7/_index.md"),
        ("index.md", "-7", "index-7.md"),
    ],
)
def test_a_suffix_stands_behind_the_name(path: str, suffix: str, expected: str) -> None:
    """The ending stays, and a folder that is one post is the one that is renamed."""
    assert with_suffix(path, suffix) == expected


def test_a_suffix_never_makes_a_name_too_long() -> None:
    """The name is cut to make room."""
    assert with_suffix("x" * 238 + ".md", "-12345") == "x" * 231 + "-12345.md"


def draft(path: str, number: str = "") -> FileDraft:
    """Make the draft of a post that wants this path."""
    return FileDraft("file", number, RecordRef("post", number, ""), "", public=True, path=path)


def test_the_first_keeps_the_plain_name() -> None:
    """Later records get their ID behind it, or a number, and a warning each."""
    names, found = Names(), list[Finding]()
    wanted = [
        draft("a.md", "7"),
        draft("a.md", "8"),
        draft("A.MD"),
        draft("a.md"),
        draft("a.md", "8"),
        draft("b.md", "9"),
    ]

    assert [names.settle(each, found.append) for each in wanted] == [
        "a.md",
        "a-8.md",
        "A-2.MD",
        "a-3.md",
        "a-4.md",
        "b.md",
    ]
    assert [f.code for f in found] == ["target-name-taken"] * 4


def test_names_that_a_file_system_folds_are_one() -> None:
    """Upper and lower case, and composed and decomposed letters, are one file on a Mac."""
    composed, decomposed = "é.md", unicodedata.normalize("NFD", "É.md")

    assert folded(composed) == folded(decomposed)
    assert folded("straße") == folded("STRASSE")


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [*"abCON.-_ ~é:", "con", "aux", "com1", "nul.", "/", "..", "x" * 200, "\n", ".md"]
            ),
            max_size=6,
        ).map("".join),
        min_size=1,
        max_size=6,
    )
)
def test_paths_that_would_be_made_others_are_found(paths: list[str]) -> None:
    """A look at all of them finds what asking for each does."""
    assert not_as_made(paths) == [at for at, one in enumerate(paths) if safe_path(one) != one]
