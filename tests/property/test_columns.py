"""What is asked about many at once is what is asked about each."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from migrate.mapping.file_names import FileNames
from migrate.mapping.slugs import settle, settle_all
from migrate.output.names import are_safe, is_safe
from migrate.syntax import spyc_fast
from migrate.syntax.post_files import are_at, are_readable, is_readable, place_of
from migrate.syntax.spyc_dump import (
    ALL,
    all_spell_by_all,
    spell,
    spell_by_all,
    spelled_by,
    spelled_by_all,
)
from migrate.syntax.spyc_load import load
from migrate.syntax.values import TYPED_WORDS
from tests.property.test_spyc import TEXTS

NAME = st.sampled_from(
    ["a.md", "2016-07-16-a.md", "b.MD", "_drafts", ".md", "a b.md", "README.md", "readme", ".a.md"]
) | st.text(alphabet="a-./\n\\é", max_size=8)
FOLDER = st.sampled_from(["", "_posts", "_drafts", "a/_posts", "_a", ".a", "_site", "a/../b", "/a"])
SKIPPED = frozenset(["_site", "b.md"])
PATTERNS = st.lists(
    st.sampled_from(
        [
            *("_drafts/*", "_posts/{date}-{slug}.md", "_*/{slug}.md", "{date}-{slug}.md"),
            *("{slug}/index.md", "{slug}.md", "*", "a/_posts/{slug}.md", "?.md"),
        ]
    ),
    max_size=4,
)
ORDINARY = st.text(
    alphabet=st.sampled_from('aB -:.,!?"|>=\\é~0@`^') | st.sampled_from(" a"), max_size=90
) | st.sampled_from(sorted(TYPED_WORDS))
SLUG = st.sampled_from([None, "", "a", "b", "a.html"])
LINK = st.sampled_from(
    [None, "", "https://x.org/a/", "/b/", "/b", "?p=7", "/a/?x", "/b/#a", "/a.html/", "//"]
)


@given(st.lists(TEXTS | ORDINARY, min_size=1, max_size=5), st.sampled_from([0, 2]))
@example(["a&b", "a: b & c"], 0)
@example(["x" * 41, "https://example.org/" + "y" * 30], 2)
@example(["Words that are folded, and of which no line is longer than forty bytes: no"], 2)
@example(["yes", "Yes ", "no: ", "a:", "- a", "~", "x" * 40, "x" * 39 + " "], 0)
@example(["a&b\nc", "a&b"], 0)
def test_texts_are_spelled_as_each_is(texts: list[str], indent: int) -> None:
    """Where it is plain to see, and all spell it so, who read the text again."""
    spelled = all_spell_by_all(texts, indent)
    assert spelled == [spell_by_all(text, indent) for text in texts]
    for text, plain in zip(texts, spelled, strict=True):
        if plain is not None:
            assert spell(text, "1.0", indent) == (plain, ALL)
            assert read_again(plain, indent) == text
            assert spelled_by_all(plain, indent) in (None, text)


def read_again(spelled: str, indent: int) -> str:
    """Give what a reader finds in a scalar behind a key, or in a list."""
    head = f"a: {spelled}\nb: c\n" if not indent else f"a:\n  - {spelled}\n  - c\nb: c\n"
    values = load(head)
    assert values == spyc_fast.read(head)
    assert values is not None
    value = values["a"]
    text = value[0] if isinstance(value, list) else value
    assert type(text) is str
    return text


@given(TEXTS | ORDINARY, st.sampled_from([0, 2]))
def test_what_is_plainly_spelled_is_read_so(spelled: str, indent: int) -> None:
    """By the exact way as well, and all spell it so."""
    text = spelled_by_all(spelled, indent)
    if text is not None:
        assert read_again(spelled, indent) == text
        assert spelled_by(text, spelled, indent) == ALL


@given(PATTERNS, FOLDER, st.lists(NAME, min_size=1, max_size=4))
def test_files_of_a_folder_state_what_each_states(
    patterns: list[str], folder: str, names: list[str]
) -> None:
    """Whichever patterns fit some of them."""
    paths = [f"{folder}/{name.replace('/', '')}".removeprefix("/") for name in names]
    rules = FileNames(patterns, {})
    assert rules.slugs(paths) == [rules.facts(path).slug for path in paths]


@given(st.lists(st.tuples(LINK, SLUG, st.none() | st.just(7)), min_size=1, max_size=4))
def test_slugs_are_settled_as_each_is(
    stated: list[tuple[str | None, str | None, int | None]],
) -> None:
    """Whatever links and names say."""
    links, names, ids = map(list, zip(*stated, strict=True))
    states = ["publish", "draft"] * 2
    assert settle_all(links, names, ids, states[: len(links)]) == [
        settle(*each, state) for each, state in zip(stated, states, strict=False)
    ]


@given(st.lists(st.tuples(FOLDER, NAME), min_size=1, max_size=4))
def test_paths_are_as_good_as_each_is(parts: list[tuple[str, str]]) -> None:
    """Safe to write, and where a reader finds them; none is taken for elsewhere than it is."""
    paths = [f"{folder}/{name}".removeprefix("/") for folder, name in parts]
    assert are_safe(paths) == all(map(is_safe, paths))
    place = place_of(paths[0])
    if are_at(place, paths):
        assert {*map(place_of, paths)} == {place}
    if {*map(place_of, paths)} == {place}:
        assert are_readable(paths, SKIPPED) == all(is_readable(path, SKIPPED) for path in paths)
