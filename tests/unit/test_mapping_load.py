"""Mapping files: found by name or path, checked, laid over the ones that they extend."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import MappingError
from migrate.mapping.load import load, names, resolve
from migrate.mapping.show import as_yaml
from migrate.model.finding import Finding
from migrate.model.post import Meta

SMALL = """\
name: small
title: A small dialect
spelling: spyc
body: html
recognised_by: [heading]
fields:
  heading: {field: title}
"""


def write(folder: Path, text: str, name: str = "small.yaml") -> str:
    """Write a mapping file and give its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def error_of(path: str) -> str:
    """Give the message of a mapping that can't be loaded, without its folder."""
    with pytest.raises(MappingError) as caught:
        load(path)
    return str(caught.value).replace(f"{Path(path).parent}/", "")


def ignore(_finding: Finding) -> None:
    """Drop a finding."""


def test_the_built_in_mappings() -> None:
    """Every built-in mapping loads under the name of its file."""
    assert "wpghs" in names()
    assert names() == [load(name).name for name in names()]


def test_an_unknown_name_lists_the_known_ones() -> None:
    """A name that isn't there is answered with those that are."""
    with pytest.raises(MappingError, match=r"there is no mapping 'wphgs'\. Known: .*wpghs"):
        load("wphgs")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """A path names a mapping file anywhere."""
    assert load(write(tmp_path, SMALL)).title == "A small dialect"


def test_what_is_shown_loads_as_the_same(tmp_path: Path) -> None:
    """`show` gives a whole mapping file that means the same as the built-in one."""
    copy = write(tmp_path, as_yaml(resolve("wpghs")))

    shown = resolve(copy).data
    original = resolve("wpghs").data

    assert original == shown
    assert list(original["fields"]) == list(shown["fields"])


WRONG = {
    "a tab": ("name: x\n\ttitle: y\n", "small.yaml:2:1: this isn't YAML: "),
    "nothing": ("# no content\n", "small.yaml: the file is empty. A mapping needs name and title"),
    "a control character": ("name: \x00\n", "small.yaml: this isn't YAML. Save it as YAML"),
    "a list": ("- a\n", "small.yaml:1:1: this must be a map (`key: value`)"),
    "endless nesting": ("[" * 5000, "small.yaml:1:1: lists or maps are nested too deeply"),
    "more than a mapping can need": (
        "".join(f"a{number}: b\n" for number in range(25_001)),
        "small.yaml:1:1: a mapping holds 50,000 keys and values at most",
    ),
    "a key twice": (
        SMALL + "  heading: {field: slug}\n",
        "small.yaml:8:3: `heading` stands on line 7 already: keep one of them",
    ),
    "an alias": (
        SMALL.replace("[heading]", "&a [*a]"),
        "small.yaml:5:16: anchors and aliases aren't used in mappings: write it out",
    ),
    "a tag": (
        SMALL.replace("A small", "!python/none A small"),
        "small.yaml:2:8: the tag !python/none isn't used in mappings: leave it out",
    ),
    "a key that is a list": (SMALL + "[a]: b\n", "small.yaml:8:1: a key must be text"),
    "a key too many": (
        SMALL + "colour: red\n",
        "small.yaml:8:1: `colour` is no key of a mapping here: use one of name, title, extends,",
    ),
    "a rule key too many": (
        SMALL.replace("title}", "title, az: text}"),
        "small.yaml:7:27: `az` is no key of a mapping here: use one of field, as,",
    ),
    "no title": (SMALL.replace("title: A", "body: A"), "small.yaml:4:1: `body` stands on line 2"),
    "a part missing": (
        SMALL.replace("spelling: spyc\n", ""),
        "small.yaml:1:1: `spelling` is missing: add it, or extend a mapping",
    ),
    "an unknown spelling": (
        SMALL.replace("spyc", "xml"),
        "small.yaml:3:11: `xml` isn't known: use one of spyc",
    ),
    "a number as title": (
        SMALL.replace("A small dialect", "5"),
        "small.yaml:2:8: this must be text (in quotes, if it looks like a number",
    ),
    "a bad name": (SMALL.replace("small\n", "Small\n"), "small.yaml:1:7: `Small` must be of a-z"),
    "an unknown field": (
        SMALL.replace("field: title", "field: titel"),
        "small.yaml:7:20: a record has no field `titel`: use one of type, status, title,",
    ),
    "a converter that doesn't fit": (
        SMALL.replace("field: title", "field: title, as: integer"),
        "small.yaml:7:31: `title` can't be read as integer: write `as: text or word or choice",
    ),
    "an unknown converter": (
        SMALL.replace("field: title", "field: title, as: number"),
        "small.yaml:7:31: `number` isn't known: use one of text, word,",
    ),
    "a parameter of another converter": (
        SMALL.replace("field: title", "field: title, minimum: 1"),
        "small.yaml:7:27: `minimum` belongs to `as: integer`: leave it out",
    ),
    "a choice without choices": (
        SMALL.replace("field: title", "field: title, as: choice"),
        "small.yaml:7:3: `choices` is missing: add it",
    ),
    "an `otherwise` that is no choice": (
        SMALL.replace("title}", "status, as: choice, choices: {a: [x]}, otherwise: b}"),
        "small.yaml:7:70: `b` is none of the choices: add it to them",
    ),
    "a text with two meanings": (
        SMALL.replace("title}", "status, as: choice, choices: {a: [x], b: [x]}}"),
        "small.yaml:7:62: `x` already means a: it can't mean b too",
    ),
    "a word that quotes don't change": (
        SMALL.replace("title}", "status, as: choice, choices: {a: [x]}, unquoted: true}"),
        "small.yaml:7:54: `x` is text with or without quotes: leave `unquoted` out",
    ),
    "two rules for one field": (
        SMALL + "  name: {field: title}\n",
        "small.yaml:8:3: `heading` writes `title` too: give one of them `one_way: true`",
    ),
    "an `also` that doesn't fit": (
        SMALL.replace("title}", "title, also: [id]}"),
        "small.yaml:7:34: `id` can't hold what `heading` states: leave it out",
    ),
    "a slug from what is no permalink": (
        SMALL.replace("title}", "title, also: [slug]}"),
        "small.yaml:7:34: `slug` can't hold what `heading` states: leave it out",
    ),
    "`always` without a rule": (
        SMALL + "always: [heading, body]\n",
        "small.yaml:8:19: no rule names `body`: add one to `fields`, or leave it out here",
    ),
    "an order without a rule": (
        SMALL + 'key_order: {"2": [body]}\n',
        "small.yaml:8:19: no rule names `body`: add one to `fields`, or leave it out here",
    ),
    "an unknown placeholder": (
        SMALL + 'file_names: ["{year}.md"]\n',
        "small.yaml:8:14: `{year}` is no placeholder; there are `{date}`, `{slug}`, `?` and `*`",
    ),
    "a pattern that would take without end": (
        SMALL + 'file_names: ["*-*-*-*-{slug}.md"]\n',
        "small.yaml:8:14: `*-*-*-*-{slug}.md` has more than 3 of `*` and `{slug}` in one name",
    ),
    "a drop without extends": (
        SMALL + "drop: [x]\n",
        "small.yaml:8:1: there is nothing to drop without `extends`: leave it out",
    ),
    "an unknown parent": (
        SMALL + "extends: nobody\n",
        "small.yaml:8:10: there is no mapping 'nobody'. Known: ",
    ),
    "a missing parent file": (SMALL + "extends: gone.yaml\n", "gone.yaml: the mapping can't be"),
    "itself as parent": (
        SMALL + "extends: small.yaml\n",
        "small.yaml:8:10: `small.yaml` extends this mapping in turn: break the circle",
    ),
    "a drop of nothing": (
        "name: a\ntitle: A\nextends: wpghs\ndrop: [tags, colour]\n",
        "small.yaml:4:14: `wpghs` has no rule for `colour`: leave it out here",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, case: str) -> None:
    """Each mistake is one message with file, line, column and what to do."""
    text, message = WRONG[case]

    assert error_of(write(tmp_path, text)).startswith(message)


def test_all_mistakes_of_a_file_at_once(tmp_path: Path) -> None:
    """A file is mended once, not once a mistake; the places stand in order."""
    text = SMALL.replace("spyc", "xml").replace("field: title", "feld: title") + "colour: red\n"

    places = [line.split(": ")[0] for line in error_of(write(tmp_path, text)).splitlines()]

    assert places == ["small.yaml:3:11", "small.yaml:7:12", "small.yaml:7:13", "small.yaml:8:1"]


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    """A file in another encoding is refused by name."""
    path = tmp_path / "small.yaml"
    path.write_bytes(SMALL.replace("A small", "Ein größerer").encode("latin-1"))

    assert error_of(str(path)) == "small.yaml: this isn't UTF-8. Save it as UTF-8"


def test_a_circle_of_two(tmp_path: Path) -> None:
    """Two mappings that extend each other are refused where the circle closes."""
    write(tmp_path, "name: b\ntitle: B\nextends: small.yaml\n", "b.yaml")

    message = error_of(write(tmp_path, SMALL + "extends: b.yaml\n"))

    assert message == "b.yaml:3:10: `small.yaml` extends this mapping in turn: break the circle"


CHILD = """\
name: child
title: A child
extends: wpghs
drop: [author, tags]
skip_folders: [public]
folder_status: {_hidden: private}
fields:
  post_excerpt: {field: excerpt, one_way: true}
  summary: {field: excerpt}
"""


def test_a_child_replaces_and_adds(tmp_path: Path) -> None:
    """Rules of the same key are replaced in their place, new ones follow, dropped ones go."""
    child = resolve(write(tmp_path, CHILD))

    expected = [key for key in resolve("wpghs").data["fields"] if key not in {"author", "tags"}]
    assert [*expected, "summary"] == list(child.data["fields"])
    assert child.data["skip_folders"] == ["_layouts", "_includes", "_site", "public"]
    assert child.data["folder_status"] == {"_drafts": "draft", "_hidden": "private"}
    assert "author" not in child.data["always"]


def test_a_dropped_key_is_post_meta(tmp_path: Path) -> None:
    """A key whose rule was dropped is a meta of that name; a one-way key isn't written."""
    child = load(write(tmp_path, CHILD))

    post = child.decode({"ID": "7", "author": "Bob", "post_excerpt": "Short"}, "a.md", ignore)

    assert post.author is None
    assert post.meta == [Meta("author", "Bob")]
    assert post.excerpt == "Short"
    assert "post_excerpt" not in child.encode(post)


def test_mistakes_of_a_parent_name_the_parent(tmp_path: Path) -> None:
    """A mistake is named in the file that holds it."""
    write(tmp_path, SMALL.replace("title}", "titel}"), "parent.yaml")

    message = error_of(write(tmp_path, "name: a\ntitle: A\nextends: parent.yaml\n"))

    assert message.startswith("parent.yaml:7:20: a record has no field `titel`")


def test_a_key_may_state_more_than_one_field(tmp_path: Path) -> None:
    """`also` fills further fields, one-way, where no key of their own does."""
    text = SMALL.replace("title}", "title, also: [excerpt]}") + "  summary: {field: excerpt}\n"
    dialect = load(write(tmp_path, text))

    alone = dialect.decode({"heading": "A"}, "", ignore)
    both = dialect.decode({"summary": "B", "heading": "A"}, "", ignore)

    assert (alone.title, alone.excerpt) == ("A", "A")
    assert (both.title, both.excerpt) == ("A", "B")
    assert dialect.encode(alone) == {"heading": "A"}
