"""The wpghs mapping: what front matter of WordPress GitHub Sync means, and how it is written."""

from __future__ import annotations

import pickle

import pytest

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.mapping.load import load
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.syntax.values import Plain, Value

LINK = "https://example.org/2016/07/hello-world/"
CANONICAL: dict[str, Value] = {
    "ID": Plain("5477"),
    "post_title": "What&#039;s needed",
    "author": "Staff Writer",
    "post_date": "2016-07-16 00:22:22",
    "post_excerpt": "",
    "layout": "post",
    "permalink": LINK,
    "published": Plain("true"),
    "original_cats": ["topNews"],
    "colour": ["red", "2018"],
}
PATH = "_posts/2016-07-16-hello-world.md"


@pytest.fixture(scope="module")
def wpghs() -> Dialect:
    """Give the built-in mapping."""
    return load("wpghs")


def decode(dialect: Dialect, path: str = PATH, **changed: Value) -> Post:
    """Read the canonical front matter with some values changed."""
    return dialect.decode(CANONICAL | changed, path, _nothing)


def without(*keys: str) -> dict[str, Value]:
    """Give the canonical front matter without some keys."""
    return {key: value for key, value in CANONICAL.items() if key not in keys}


def _nothing(finding: Finding) -> None:
    pytest.fail(f"unexpected: {finding}")


def test_every_key_gives_its_field(wpghs: Dialect) -> None:
    """Front matter as the plugin writes it gives each field as it stands, entities included."""
    post = decode(wpghs)

    assert post.id == 5477
    assert post.title == "What&#039;s needed"
    assert post.author == Author(display_name="Staff Writer")
    assert post.date == "2016-07-16 00:22:22"
    assert post.date_gmt is None
    assert post.excerpt == ""
    assert post.type == "post"
    assert post.link == LINK
    assert post.slug == "hello-world"
    assert post.status == "publish"
    assert post.content_format == "html"
    assert post.terms is None
    assert post.meta == [
        Meta("original_cats", "topNews"),
        Meta("colour", "red"),
        Meta("colour", "2018"),
    ]


def test_canonical_front_matter_needs_no_spelling(wpghs: Dialect) -> None:
    """Nothing goes to the provenance but path and dialect where the plugin would write the same."""
    provenance = decode(wpghs).provenance

    assert provenance.as_json() == {"path": PATH, "dialect": "wpghs"}


def test_canonical_front_matter_comes_back(wpghs: Dialect) -> None:
    """Writing a record gives the keys that were read, in order, numbers and words unquoted."""
    values = wpghs.encode(decode(wpghs))

    assert list(values.items()) == list(CANONICAL.items())
    assert [key for key, value in values.items() if isinstance(value, Plain)] == [
        "ID",
        "post_date",
        "published",
    ]


def test_a_dialect_survives_pickling(wpghs: Dialect) -> None:
    """A dialect can be sent to another process."""
    copy = pickle.loads(pickle.dumps(wpghs))

    assert decode(copy) == decode(wpghs)


def test_own_keys_are_recognised(wpghs: Dialect) -> None:
    """A key that only the plugin writes is enough; keys shared with Jekyll aren't."""
    assert wpghs.recognises(["post_title"])
    assert not wpghs.recognises(["title", "layout", "permalink", "published"])


def test_what_the_mapping_says_of_itself(wpghs: Dialect) -> None:
    """Name, spelling, body and folders are those of the mapping file."""
    assert wpghs.name == "wpghs"
    assert wpghs.title == "WordPress GitHub Sync"
    assert wpghs.spelling == "spyc"
    assert wpghs.body_format == "html"
    assert wpghs.skip_folders == {"_layouts", "_includes", "_site"}


@pytest.mark.parametrize("word", ["true", "True", "TRUE", "yes", "on", "y"])
def test_true_is_published(wpghs: Dialect, word: str) -> None:
    """What the plugin's YAML reader takes for true is published."""
    assert decode(wpghs, published=Plain(word)).status == "publish"


@pytest.mark.parametrize(
    ("value", "noted"),
    [
        (Plain("false"), []),
        ("", []),
        ("true", ["mapping-status-guessed"]),
        (Plain("1"), ["mapping-status-guessed"]),
        ("publish", ["mapping-status-guessed"]),
        (["true"], ["mapping-status-guessed"]),
        ({"a": "true"}, ["mapping-status-guessed"]),
    ],
)
def test_anything_else_is_a_draft(wpghs: Dialect, value: Value, noted: list[str]) -> None:
    """The plugin publishes only what is true itself: `'true'` in quotes is a draft, with a note."""
    found: list[Finding] = []

    assert wpghs.decode(CANONICAL | {"published": value}, PATH, found.append).status == "draft"
    assert [finding.code for finding in found] == noted


def test_no_key_states_no_status(wpghs: Dialect) -> None:
    """Without `published` and outside `_drafts/` the status is unset."""
    assert wpghs.decode(without("published"), PATH, _nothing).status is None


def test_the_drafts_folder_wins_over_published(wpghs: Dialect) -> None:
    """The more private of folder and key is taken, with a finding that names both."""
    findings: list[Finding] = []

    post = wpghs.decode(CANONICAL, "site/_drafts/hello.md", findings.append)

    assert post.status == "draft"
    assert [(f.code, f.field, f.path) for f in findings] == [
        ("mapping-status", "published", "site/_drafts/hello.md")
    ]
    assert findings[0].message == (
        "`published` says publish, the folder says draft: taken as draft, the more private"
    )


def test_a_draft_in_the_drafts_folder_is_no_finding(wpghs: Dialect) -> None:
    """Folder and key agree, or only the folder speaks: nothing is said."""
    assert decode(wpghs, "_drafts/a.md", published=Plain("false")).status == "draft"
    assert wpghs.decode(without("published"), "_drafts/a.md", _nothing).status == "draft"


def test_empty_values(wpghs: Dialect) -> None:
    """An empty author or date is stated to be empty; an empty ID or type states nothing."""
    post = decode(wpghs, author="", post_date="", ID="", layout="")

    assert post.author == Author(display_name="")
    assert post.date == ""
    assert post.id is None
    assert post.type is None


@pytest.mark.parametrize(
    ("key", "value", "code", "message"),
    [
        ("ID", "seven", "mapping-value", "`seven` isn't a whole number from 1 on"),
        ("ID", "0", "mapping-value", "`0` isn't a whole number from 1 on"),
        ("ID", "9" * 30, "mapping-value", f"`{'9' * 30}` isn't a whole number from 1 on"),
        ("ID", "\u0667", "mapping-value", "`\u0667` isn't a whole number from 1 on"),
        ("author", ["A", "B"], "mapping-value", "a list stands where one value belongs"),
        ("post_title", {"a": "b"}, "mapping-value", "a map stands where one value belongs"),
        ("post_date", "soon", "mapping-date", None),
        ("post_date", "2016-02-30 10:00:00", "mapping-date", None),
        ("post_date", "0001-01-01 00:00:00 +1400", "mapping-date", None),
        ("tags", ["a", ["b"]], "mapping-value", None),
        ("tags", [""], "mapping-value", None),
        ("categories", ["News//World"], "mapping-value", None),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    wpghs: Dialect, key: str, value: Value, code: str, message: str | None
) -> None:
    """The error names the finding and the key, so that the reader can find the line."""
    with pytest.raises(RecordError) as caught:
        wpghs.decode(CANONICAL | {key: value}, PATH, _nothing)

    assert (code, key) == (caught.value.code, caught.value.field)
    assert caught.value.fix
    if message is not None:
        assert message == caught.value.message


def test_a_stated_zone_gives_an_instant(wpghs: Dialect) -> None:
    """A date with a zone is date_gmt; the wall clock is unset, the spelling kept by its field."""
    post = decode(wpghs, post_date="2016-07-16T02:22:22+02:00")

    assert post.date is None
    assert post.date_gmt == "2016-07-16 00:22:22"
    assert post.provenance.spelling == {"dates": {"date": "2016-07-16T02:22:22+02:00"}}
    assert wpghs.encode(post)["post_date"] == "2016-07-16T02:22:22+02:00"


def test_an_instant_comes_back_after_the_wall_clock_was_worked_out(wpghs: Dialect) -> None:
    """The stated spelling holds as long as the instant is the same."""
    post = decode(wpghs, post_date="2016-07-16T02:22:22+02:00")
    post.date = "2016-07-16 09:22:22"

    assert wpghs.encode(post)["post_date"] == "2016-07-16T02:22:22+02:00"


def test_a_changed_instant_is_written_anew(wpghs: Dialect) -> None:
    """An old spelling never hides a change."""
    post = decode(wpghs, post_date="2016-07-16T02:22:22+02:00")
    post.date_gmt = "2017-01-01 00:00:00"

    assert wpghs.encode(post)["post_date"] == "2017-01-01 00:00:00+00:00"


def test_a_zero_date_is_stated_to_be_none(wpghs: Dialect) -> None:
    """MySQL's zero date is the empty date, and comes back as it stood."""
    post = decode(wpghs, post_date="0000-00-00 00:00:00")

    assert post.date == ""
    assert wpghs.encode(post)["post_date"] == "0000-00-00 00:00:00"


def test_tags_and_categories_are_terms(wpghs: Dialect) -> None:
    r"""Tags are names; categories are paths, where `\/` is a slash that belongs to a name."""
    post = decode(wpghs, tags=["one, two", "a/b"], categories=["News/World/Asia", r"AC\/DC"])

    assert post.terms == [
        TermRef("post_tag", "one, two"),
        TermRef("post_tag", "a/b"),
        TermRef("category", "Asia", None, ("News", "World")),
        TermRef("category", "AC/DC"),
    ]


def test_terms_come_back(wpghs: Dialect) -> None:
    """The keys of terms are written behind those that are always there."""
    terms: dict[str, Value] = {"tags": ["one"], "categories": ["News/World", r"AC\/DC"]}
    values = without("original_cats", "colour") | terms

    assert list(wpghs.encode(wpghs.decode(values, PATH, _nothing)).items()) == list(values.items())


@pytest.mark.parametrize("value", ["one tag", [], ""])
def test_odd_forms_of_terms_come_back_as_they_stood(wpghs: Dialect, value: Value) -> None:
    """A single text is one name, an empty list or text no term; no key is added beside it."""
    values = CANONICAL | {"tags": value}

    post = wpghs.decode(values, PATH, _nothing)

    assert post.terms == ([TermRef("post_tag", "one tag")] if value else [])
    assert wpghs.encode(post) == values


def test_absent_keys_stay_absent(wpghs: Dialect) -> None:
    """A key that the plugin always writes and that wasn't there isn't added on the way back."""
    values = without("post_date", "published", "layout")

    assert wpghs.encode(wpghs.decode(values, "notes.md", _nothing)) == values


def test_a_date_from_the_file_name_adds_no_key(wpghs: Dialect) -> None:
    """The file's name states a date where no key does, and goes on stating it."""
    values = without("post_date")

    post = wpghs.decode(values, PATH, _nothing)

    assert post.date == "2016-07-16 00:00:00"
    assert wpghs.encode(post) == values


def test_a_changed_field_gets_its_key(wpghs: Dialect) -> None:
    """A key that wasn't there is written once the record says more than the path does."""
    post = wpghs.decode(without("post_date"), PATH, _nothing)
    post.date = "2016-07-16 12:00:00"

    assert wpghs.encode(post)["post_date"] == "2016-07-16 12:00:00"


def test_release_two_is_told_by_its_order(wpghs: Dialect) -> None:
    """Release 2 writes the date last: its order names the variant and comes back by it."""
    values = without("post_date", "original_cats", "colour")
    values |= {"post_date": CANONICAL["post_date"]}

    post = wpghs.decode(values, PATH, _nothing)

    assert post.provenance.variant == "2.0"
    assert post.provenance.spelling == {}
    assert list(wpghs.encode(post)) == list(values)


def test_any_other_order_is_kept(wpghs: Dialect) -> None:
    """An order that no release writes goes to the provenance, metas between the keys included."""
    values = dict(reversed(CANONICAL.items()))

    post = wpghs.decode(values, PATH, _nothing)

    assert list(wpghs.encode(post).items()) == list(values.items())


def test_a_foreign_record_gets_every_key(wpghs: Dialect) -> None:
    """A record that states almost nothing is written with the eight keys, as the plugin would."""
    assert wpghs.encode(Post(title="Hello")) == {
        "ID": "",
        "post_title": "Hello",
        "author": "",
        "post_date": "",
        "post_excerpt": "",
        "layout": "",
        "permalink": "",
        "published": "false",
    }


@pytest.mark.parametrize("status", ["pending", "private", "future", "trash", "of-a-plugin"])
def test_nothing_but_publish_is_published(wpghs: Dialect, status: str) -> None:
    """A status that the dialect can't say is written as draft, and named for the sidecar."""
    post = Post(status=status)

    assert wpghs.encode(post)["published"] == "false"
    assert wpghs.unsaid(post) == ["status"]


def test_what_has_no_key_is_unsaid(wpghs: Dialect) -> None:
    """Fields without a key, and parts that a key can't hold, are named for the sidecar."""
    post = Post(
        title="Said",
        author=Author(login="bob", display_name="Bob"),
        slug="another",
        link=LINK,
        parent=3,
        password="secret",
        terms=[TermRef("post_tag", "One", "one")],
        meta=[Meta("_thumbnail_id", "7")],
        comments=[],
    )

    expected = ["slug", "author", "parent", "password", "terms", "meta", "comments"]
    assert expected == wpghs.unsaid(post)


def test_a_record_of_the_dialect_is_said_in_full(wpghs: Dialect) -> None:
    """What was read from front matter needs no sidecar."""
    assert wpghs.unsaid(decode(wpghs), PATH) == []
