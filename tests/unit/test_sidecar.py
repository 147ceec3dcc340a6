"""Front matter and sidecar: together they are the record; where they disagree, one wins, aloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.model.finding import Finding
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.settings import Settings
from migrate.model.site import Head
from tests import posts_folders
from tests.posts_folders import reader, write, writer

POST = Post(
    id=7,
    type="post",
    status="publish",
    title="Tide",
    content=b"Body",
    excerpt="",
    slug="tide",
    author=Author(login="mara", display_name="Mara Lind"),
    date="2016-07-16 00:22:22",
    date_gmt="2016-07-15 22:22:22",
    link="https://a.org/tide/",
    terms=[
        TermRef("category", "Sea", "sea"),
        TermRef("post_tag", "Moon", "moon-2"),
        TermRef("genre", "Essay", "essay"),
    ],
    meta=[Meta("mood", "calm"), Meta("_thumbnail_id", "12"), Meta("mood", "wet")],
    comments=[Comment(id=1, author="Jon", author_email="jon@a.org", approved="0", content="?")],
)
PATH = "_posts/2016-07-16-tide.md"
SIDECAR = f".wordpress/posts/{PATH}.yaml"


def edit(file: Path, before: str, after: str) -> None:
    """Replace text that stands in a file."""
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def read(root: Path) -> tuple[Post, list[str]]:
    """Read the only post of a folder; give it with the findings as `code path:line`."""
    (post,), findings = posts_folders.read(root)
    return post, [f"{f.code} {f.path}:{f.line}" for f in findings]


def test_together_they_are_the_record(tmp_path: Path) -> None:
    """All that front matter can't say comes back from the sidecar, in its order."""
    write([POST], tmp_path)
    post, findings = read(tmp_path)

    assert replace(post, provenance=POST.provenance) == POST
    assert findings == []


def test_the_sidecar_is_readable(tmp_path: Path) -> None:
    """It names the post, then each field; a row that front matter has is its key alone."""
    write([POST], tmp_path)

    assert (tmp_path / SIDECAR).read_text() == (
        'id: "7"\n'
        "type: post\n"
        "author:\n"
        "  login: mara\n"
        "  display_name: Mara Lind\n"
        'date: "2016-07-16 00:22:22"\n'
        'date_gmt: "2016-07-15 22:22:22"\n'
        "terms:\n"
        "  - taxonomy: category\n"
        "    name: Sea\n"
        "    slug: sea\n"
        "  - taxonomy: post_tag\n"
        "    name: Moon\n"
        "    slug: moon-2\n"
        "  - taxonomy: genre\n"
        "    name: Essay\n"
        "    slug: essay\n"
        "meta:\n"
        "  - mood\n"
        '  - _thumbnail_id: "12"\n'
        "  - mood\n"
        "comments:\n"
        '  - id: "1"\n'
        "    author: Jon\n"
        "    author_email: jon@a.org\n"
        '    content: "?"\n'
        '    approved: "0"\n'
    )


def test_no_sidecar_where_there_is_nothing_to_say(tmp_path: Path) -> None:
    """A post that its front matter says whole has none."""
    post = Post(id=7, type="post", status="publish", title="Tide", content=b"", excerpt="")
    post = replace(post, author=Author(display_name=""), date="", link="https://a.org/tide/")
    write([replace(post, slug="tide")], tmp_path)

    assert not (tmp_path / ".wordpress" / "posts").exists()


def test_an_edited_value_wins_without_a_word(tmp_path: Path) -> None:
    """What only the front matter states was never the sidecar's."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "post_title: Tide", "post_title: Ebb")
    edit(tmp_path / PATH, "Body", "New body")
    post, findings = read(tmp_path)

    assert (post.title, post.content) == ("Ebb", b"New body")
    assert post.comments == POST.comments
    assert findings == []


def test_an_edited_date_takes_its_gmt_along(tmp_path: Path) -> None:
    """The GMT of another moment isn't kept; both are named with their lines."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "2016-07-16 00:22:22", "2017-01-01 10:00:00")
    post, findings = read(tmp_path)

    assert (post.date, post.date_gmt) == ("2017-01-01 10:00:00", None)
    assert findings == [f"mapping-sidecar {SIDECAR}:6", f"mapping-sidecar {SIDECAR}:7"]


def test_an_edited_author_wins(tmp_path: Path) -> None:
    """The login belongs to the name that was there before."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "author: Mara Lind", "author: Jon")
    post, findings = read(tmp_path)

    assert post.author == Author(display_name="Jon")
    assert findings == [f"mapping-sidecar {SIDECAR}:3"]


def test_an_added_tag_keeps_the_slugs_of_the_others(tmp_path: Path) -> None:
    """Front matter's terms win; slugs and other taxonomies come from the sidecar."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "  - Moon\n", "  - Moon\n  - Stars\n")
    post, findings = read(tmp_path)

    assert post.terms == [
        TermRef("post_tag", "Moon", "moon-2"),
        TermRef("post_tag", "Stars"),
        TermRef("category", "Sea", "sea"),
        TermRef("genre", "Essay", "essay"),
    ]
    assert findings == [f"mapping-sidecar {SIDECAR}:8"]


def test_removed_tags_stay_removed(tmp_path: Path) -> None:
    """A taxonomy that was emptied in the front matter isn't filled again."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "tags:\n  - Moon\n", "tags: [ ]\n")
    post, findings = read(tmp_path)

    assert post.terms == [TermRef("category", "Sea", "sea"), TermRef("genre", "Essay", "essay")]
    assert findings == [f"mapping-sidecar {SIDECAR}:8"]


def test_added_rows_of_meta_stand_behind_the_others(tmp_path: Path) -> None:
    """The order of the rows that were there stays."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "  - wet\n", "  - wet\n  - cold\nwind:\n  - west\n")
    post, findings = read(tmp_path)

    assert post.meta == [
        Meta("mood", "calm"),
        Meta("_thumbnail_id", "12"),
        Meta("mood", "wet"),
        Meta("mood", "cold"),
        Meta("wind", "west"),
    ]
    assert findings == []


def test_a_meta_in_both_is_the_front_matters(tmp_path: Path) -> None:
    """A protected meta that somebody wrote into the front matter wins."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "mood:\n", "_thumbnail_id:\n  - 99\nmood:\n")
    post, findings = read(tmp_path)

    assert [row for row in post.meta or () if row.key == "_thumbnail_id"] == [
        Meta("_thumbnail_id", "99")
    ]
    assert findings == [f"mapping-sidecar {SIDECAR}:18"]


PRIVATE = replace(POST, status="private")
LOCKED = replace(POST, password="sesame")


@pytest.mark.parametrize(
    "post", [PRIVATE, LOCKED, *(replace(POST, status=s) for s in ("pending", "future", "trash"))]
)
def test_the_sidecar_explains_the_exact_status(tmp_path: Path, post: Post) -> None:
    """The file looks like a draft; the record comes back with its own status, without a word."""
    write([post], tmp_path)
    back, findings = read(tmp_path)

    assert "published: false" in (tmp_path / "_drafts" / "2016-07-16-tide.md").read_text()
    assert (back.status, back.password) == (post.status, post.password)
    assert findings == []


def test_the_more_private_status_wins(tmp_path: Path) -> None:
    """Front matter that was made public by hand doesn't publish what the sidecar calls private."""
    write([PRIVATE], tmp_path)
    folder = tmp_path / "_posts"
    folder.mkdir()
    (tmp_path / "_drafts" / "2016-07-16-tide.md").rename(tmp_path / PATH)
    edit(tmp_path / PATH, "published: false", "published: true")
    post, findings = read(tmp_path)

    assert post.status == "private"
    assert findings == ["mapping-status .wordpress/posts/_drafts/2016-07-16-tide.md.yaml:3"]


def test_a_renamed_post_finds_its_sidecar_by_id(tmp_path: Path) -> None:
    """Nothing is lost by a new file name."""
    write([POST], tmp_path)
    (tmp_path / PATH).rename(tmp_path / "_posts" / "2016-07-16-ebb.md")
    post, findings = read(tmp_path)

    assert (post.comments, post.slug) == (POST.comments, "tide")
    assert findings == []


def test_a_sidecar_whose_post_is_gone_is_named(tmp_path: Path) -> None:
    """Its comments aren't read, and that is said."""
    write([POST, replace(POST, id=8, slug="ebb", link="https://a.org/ebb/")], tmp_path)
    (tmp_path / PATH).unlink()
    post, findings = read(tmp_path)

    assert post.id == 8
    assert findings == [f"source-sidecar-alone {SIDECAR}:1"]


def test_a_sidecar_of_another_post_is_not_used(tmp_path: Path) -> None:
    """A file that was replaced by a post with another ID doesn't get the old one's comments."""
    write([POST], tmp_path)
    edit(tmp_path / PATH, "ID: 7", "ID: 9")
    post, findings = read(tmp_path)

    assert (post.id, post.comments) == (9, None)
    assert findings == [f"source-sidecar-alone {SIDECAR}:1"]


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("type: post\n", "type: post\ntype: page\n", "source-yaml-syntax", 1),
        ("type: post\n", "type: [post\n", "source-yaml-syntax", 3),
        ("type: post\n", "type:\n  - post\n", "mapping-value", 2),
        ("type: post\n", "kind: post\n", "mapping-value", 2),
        ('id: "1"', "id: one", "mapping-value", 22),
        ("  - mood\n", "  - - mood\n", "mapping-value", 18),
        ("author:\n", "author: &a\n", "", 0),
    ],
)
def test_a_broken_sidecar_is_an_error_with_its_line(
    tmp_path: Path, before: str, after: str, code: str, line: int
) -> None:
    """The post isn't read without it: what it says may be private."""
    write([POST], tmp_path)
    edit(tmp_path / SIDECAR, before, after)
    posts, findings = posts_folders.read(tmp_path)

    assert [(f.code, f.path, f.line) for f in findings] == ([(code, SIDECAR, line)] if code else [])
    assert len(posts) == (0 if code else 1)


def test_filled_fields_are_unset_again(tmp_path: Path) -> None:
    """Keys that the dialect always writes don't make a value of none."""
    post = Post(id=7, type="page", title="About", status="publish")
    write([post], tmp_path)
    back, _ = read(tmp_path)

    assert (back.excerpt, back.author, back.link, back.content, back.slug) == (None,) * 5


def test_a_filled_field_that_was_stated_since_is_kept(tmp_path: Path) -> None:
    """An excerpt that somebody wrote counts, and so does a body."""
    write([Post(id=7, type="page", title="About", status="publish")], tmp_path)
    (file,) = (tmp_path / "_pages").iterdir()
    edit(file, 'post_excerpt: ""', "post_excerpt: Short")
    file.write_text(file.read_text() + "\nBody")
    back, findings = read(tmp_path)

    assert (back.excerpt, back.content, back.author) == ("Short", b"Body", None)
    assert findings == []


def test_without_provenance_nothing_is_said_of_it(tmp_path: Path) -> None:
    """--no-provenance leaves out what only the way back needs."""
    post = Post(id=7, type="page", title="About", status="publish")
    write([post], tmp_path, made_by=writer(Settings(provenance=False)))

    assert not (tmp_path / ".wordpress" / "posts").exists()


def test_a_name_is_shown_for_a_login(tmp_path: Path) -> None:
    """Front matter has the name that the site's authors tell; the record keeps to the login."""
    post = replace(POST, author=Author(login="mara"))
    head = Head(authors=[Author(login="mara", display_name="Mara Lind", email="m@a.org")])
    write([post], tmp_path, head)
    back, findings = read(tmp_path)

    assert "\nauthor: Mara Lind\n" in (tmp_path / PATH).read_text()
    assert back.author == Author(login="mara")
    assert findings == []


def test_a_login_survives_without_the_authors_file(tmp_path: Path) -> None:
    """Where authors.yaml is gone, name and login are both known of the author."""
    post = replace(POST, author=Author(login="mara"))
    write([post], tmp_path, Head(authors=[Author(login="mara", display_name="Mara Lind")]))
    (tmp_path / ".wordpress" / "authors.yaml").unlink()
    back, findings = read(tmp_path)

    assert back.author == Author(login="mara", display_name="Mara Lind")
    assert findings == []


def test_no_link_is_followed(tmp_path: Path) -> None:
    """A sidecar that is a link isn't read, nor a `.wordpress/` that is one."""
    root, elsewhere = tmp_path / "posts", tmp_path / "elsewhere"
    write([POST], root, Head(authors=[Author(login="mara")]))
    (root / ".wordpress").rename(elsewhere)
    (root / ".wordpress").symlink_to(elsewhere)
    found: list[Finding] = []

    assert read(root)[0].comments is None
    assert reader(root).head(found.append) == Head()


def test_broken_site_files_are_named(tmp_path: Path) -> None:
    """What can be read is read, and the others are findings with their lines."""
    write([POST], tmp_path, Head(authors=[Author(login="mara")]))
    (tmp_path / ".wordpress" / "site.yaml").write_text("title: A\nurl: [\n")
    (tmp_path / ".wordpress" / "terms.yaml").write_text("- taxonomy: genre\n  name: Essay\n")
    found: list[Finding] = []
    head = reader(tmp_path).head(found.append)

    assert head == Head(authors=[Author(login="mara")])
    assert [(f.code, f.path, f.line) for f in found] == [
        ("source-yaml-syntax", ".wordpress/site.yaml", 3),
        ("mapping-value", ".wordpress/terms.yaml", 1),
    ]


def test_a_record_that_vanished_is_an_error(tmp_path: Path) -> None:
    """A file of records that became shorter is named."""
    write([Post(id=1, type="attachment", title="A")], tmp_path)
    made = reader(tmp_path)
    (handle,) = made.locate(lambda _: None)
    (tmp_path / handle.path).write_bytes(b"---\n")

    with pytest.raises(RecordError) as caught:
        made.read(handle, lambda _: None)
    assert caught.value.code == "source-changed"


def test_nesting_without_end_ends_no_run(tmp_path: Path) -> None:
    """In a sidecar it costs that post, in the site's file what that says, each named."""
    (tmp_path / ".wordpress" / "posts").mkdir(parents=True)
    for name in ("posts/a.md", "posts/b.md", "site"):
        deep = "x" if name == "posts/b.md" else "[" * 100_000
        (tmp_path / ".wordpress" / f"{name}.yaml").write_text(f"title: {deep}\n")
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("---\nID: 7\npost_title: T\n---\nText\n")
    noted: list[Finding] = []

    posts, findings = posts_folders.read(tmp_path)
    head = reader(tmp_path).head(noted.append)

    assert [post.provenance.path for post in posts] == ["b.md"]
    assert [(f.code, f.path, f.line) for f in [*findings, *noted] if f.severity == "error"] == [
        ("source-yaml-syntax", ".wordpress/posts/a.md.yaml", 1),
        ("source-yaml-syntax", ".wordpress/site.yaml", 1),
    ]
    assert head.site.title is None
