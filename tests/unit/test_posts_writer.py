"""A folder of posts: what its tool wrote by itself, no collision, no leak, safe to write again."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.model import canonical
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post
from migrate.model.provenance import Provenance
from migrate.model.settings import Settings
from migrate.model.site import Head
from tests import posts_folders
from tests.newsroom import HEAD, RECORDS
from tests.posts_folders import files, reader, write, writer
from tests.sources import SAMPLES

OSLO = ZoneInfo("Europe/Oslo")
GOLDEN = SAMPLES / "newsroom.expected"
PUBLIC = {"_posts", "_pages", "_notices"}


def verbs(actions: list[Action]) -> dict[str, int]:
    """Count actions by what they do."""
    return dict(Counter(action.verb for action in actions))


def codes(findings: list[Finding]) -> list[str]:
    """Give the codes of findings, sorted."""
    return sorted(finding.code for finding in findings)


def test_the_newsroom_is_written_as_expected(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every kind of record, in files and beside them, byte for byte."""
    out = GOLDEN if request.config.getoption("--accept") else tmp_path
    actions, findings = write(RECORDS, out, HEAD, writer(overwrite=True))

    assert files(GOLDEN) == files(out)
    assert verbs(actions) in ({"create": len(RECORDS)}, {"unchanged": len(RECORDS)})
    assert codes(findings) == ["target-name-taken", "target-name-taken"]


def test_the_newsroom_comes_back() -> None:
    """Each record and all that stands beside them is read again as it was."""
    posts, findings = posts_folders.read(GOLDEN)
    written = {post.id: canonical.record(post) for post in RECORDS}

    assert {post.id: canonical.record(post) for post in posts} == written
    assert reader(GOLDEN).head(findings.append) == HEAD
    assert findings == []


def test_records_beside_have_lines() -> None:
    """A finding about a menu item or an attachment can say where it is."""
    made = reader(GOLDEN)
    handles = {handle.path: handle for handle in made.locate(lambda _: None)}
    handle = handles[".wordpress/nav_menu_item.yaml"]

    assert made.line_of(handle, "id") == 2
    assert made.line_of(handle, "meta.0.value") == 20
    assert made.line_of(handle, "sticky") == 1


def test_nothing_private_is_public() -> None:
    """Outside the hidden folder there is no e-mail, no password, no comment and no IP.

    Whatever isn't published, or has a password, is in `_drafts/` and says `published: false`.
    """
    for path, data in files(GOLDEN).items():
        if path.startswith(".wordpress/"):
            continue
        for secret in (b"@lantern.example", b"sesame", b"192.0.2.7", b"Buy clocks"):
            assert secret not in data
        is_public = b"\npublished: true\n" in data
        assert is_public == (path.split("/")[0] in PUBLIC)
        assert not (is_public and any(text in data for text in (b"Names.", b"Yes.", b"Soon.")))


def test_samples_are_written_again_byte_for_byte(tmp_path: Path) -> None:
    """Posts, records, posts: the same bytes under the same names, and nothing beside them."""
    assert assert_same_folder(SAMPLES / "wpghs", tmp_path) == 49


@pytest.mark.parametrize(
    ("folder", "count"), [("wpghs/easyengine-docs", 399), ("wpghs/gamajo-blog", 28)]
)
def test_real_posts_are_written_again(
    corpus: Path, tmp_path: Path, folder: str, count: int
) -> None:
    """Every post that the plugin wrote in these repositories, and their file names."""
    assert assert_same_folder(corpus / folder, tmp_path) == count


def test_the_seed_is_written_again(corpus: Path, tmp_path: Path) -> None:
    """The post that it all began with."""
    assert assert_same_folder(corpus.parent / "seed", tmp_path) == 1


def assert_same_folder(source: Path, out: Path) -> int:
    """Check that what can be read of a folder is the same in another; give the number of posts."""
    posts, _ = posts_folders.read(source)
    actions, findings = write(posts, out)
    paths = [post.provenance.path for post in posts]

    assert files(out) == {path: (source / path).read_bytes() for path in sorted(paths)}
    assert verbs(actions) == {"create": len(posts)}
    assert findings == []
    return len(posts)


def head_of(post: Post, out: Path, variant: str = "") -> str:
    """Write one post; give its file's text."""
    write([post], out, made_by=writer(variant=variant))
    (path,) = (path for path in files(out) if not path.startswith(".w"))
    return (out / path).read_text()


PLAIN = Post(
    id=7,
    type="post",
    status="publish",
    title="Tide: 100% right",
    excerpt="Four hundred tides and not one of them was 100% on time.",
    author=Author(display_name="Mara"),
    date="2016-07-16 00:22:22",
    link="https://a.org/tide/",
    slug="tide",
    content=b"Body",
)


def test_without_provenance_it_is_the_seeds_generation(tmp_path: Path) -> None:
    """Key order A, the first YAML library: a `%` doesn't keep a text from being folded."""
    assert head_of(PLAIN, tmp_path) == (
        "---\n"
        "ID: 7\n"
        "post_title: 'Tide: 100% right'\n"
        "author: Mara\n"
        "post_date: 2016-07-16 00:22:22\n"
        "post_excerpt: >\n"
        "  Four hundred tides and not one of them\n"
        "  was 100% on time.\n"
        "layout: post\n"
        "permalink: https://a.org/tide/\n"
        "published: true\n"
        "---\n"
        "Body"
    )


@pytest.mark.parametrize(
    ("variant", "line"), [("1.7", "post_date: 2016-07-16 00:22:22"), ("2.0", "layout: post")]
)
def test_another_generation_can_be_named(tmp_path: Path, variant: str, line: str) -> None:
    """1.7 quotes what holds a `%`; 2.0 writes the date last."""
    text = head_of(PLAIN, tmp_path, variant=variant)

    assert f"post_excerpt: '{PLAIN.excerpt}'\n" in text
    assert text.splitlines()[4 if variant == "1.7" else 5] == line


def test_what_the_yaml_cannot_carry_is_said_nearly_and_exactly_beside(tmp_path: Path) -> None:
    """A title with a last line end is shown without it; a meta like that is only in the sidecar."""
    post = replace(PLAIN, title="Tide\nclock\n", meta=[Meta("m", "\n"), Meta("n", "x")])
    text = head_of(post, tmp_path, variant="1.7")

    assert "post_title: |\n  Tide\n  clock\n" in text
    assert "n:\n  - x\n" in text
    assert "m:" not in text
    assert posts_folders.read(tmp_path)[0][0].meta == post.meta


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ({}, "_posts/2016-07-16-tide.md"),
        ({"type": "page"}, "_pages/tide.md"),
        ({"type": "product"}, "_products/tide.md"),
        ({"type": "layout"}, "__layouts/tide.md"),
        ({"type": "draft"}, "__drafts/tide.md"),
        ({"status": "pending"}, "_drafts/2016-07-16-tide.md"),
        ({"type": "page", "status": "private"}, "_drafts/tide.md"),
        ({"password": "x"}, "_drafts/2016-07-16-tide.md"),
        ({"status": None}, "_drafts/2016-07-16-tide.md"),
        ({"slug": ""}, "_posts/2016-07-16-tide-100-right.md"),
        ({"slug": "", "title": "?"}, "_posts/2016-07-16-7.md"),
        ({"date": ""}, "_posts/tide.md"),
        ({"date": None, "date_gmt": "2016-07-15 22:22:22"}, "_posts/2016-07-16-tide.md"),
        ({"slug": "../../x"}, "_posts/2016-07-16-..-..-x.md"),
        ({"type": "page", "slug": "readme"}, "_pages/_readme.md"),
        ({"type": "../x"}, "_..-xs/tide.md"),
    ],
)
def test_where_a_post_is_written(tmp_path: Path, stated: dict[str, object], path: str) -> None:
    """By type, status and date, under names that a reader finds again."""
    post = replace(PLAIN, **stated)
    zone = posts_folders.writer(Settings(timezone=OSLO))
    actions, _ = write([post], tmp_path, made_by=zone)

    assert [action.target_url for action in actions] == [path]
    assert [canonical.record(p) for p in posts_folders.read(tmp_path)[0]] == [
        canonical.record(post)
    ]


@pytest.mark.parametrize(
    ("kept", "path"),
    [
        ("_posts/2016-07-16-old-name.md", "_posts/2016-07-16-old-name.md"),
        ("elsewhere/x.html", "elsewhere/x.html"),
        ("_drafts/2016-07-16-tide.md", "_posts/2016-07-16-tide.md"),
        ("../x.md", "_posts/2016-07-16-tide.md"),
        (".git/x.md", "_posts/2016-07-16-tide.md"),
        ("x.php", "_posts/2016-07-16-tide.md"),
        ("_layouts/x.md", "_posts/2016-07-16-tide.md"),
        ("/etc/x.md", "_posts/2016-07-16-tide.md"),
    ],
)
def test_a_post_keeps_its_file_as_long_as_that_says_the_same(
    tmp_path: Path, kept: str, path: str
) -> None:
    """A name that says another status, leads out or isn't a post's isn't taken over."""
    post = replace(PLAIN, provenance=Provenance(path=kept, dialect="wpghs"))
    actions, _ = write([post], tmp_path)

    assert [action.target_url for action in actions] == [path]


@pytest.mark.parametrize("post_type", ["post", "page"])
def test_jekyll_gets_a_layout(tmp_path: Path, post_type: str) -> None:
    """It follows from the type, which the file's place tells as well, so it is no meta."""
    (action,), _ = write(
        [replace(PLAIN, type=post_type)], tmp_path, made_by=writer(dialect="jekyll")
    )

    assert f"layout: {post_type}" in (tmp_path / action.target_url).read_text().splitlines()
    assert posts_folders.read(tmp_path, "jekyll")[0][0].meta == PLAIN.meta


@pytest.mark.parametrize(
    ("post_type", "kept", "path"),
    [
        ("page", "pages/x.md", "pages/x.md"),
        ("post", "pages/x.md", "tide.md"),
        ("post", "news/x.md", "news/x.md"),
        ("page", "news/x.md", "pages/tide.md"),
        ("notice", "notice/x.md", "notice/x.md"),
    ],
)
def test_a_file_moves_where_its_folder_says_another_type(
    tmp_path: Path, post_type: str, kept: str, path: str
) -> None:
    """Pelican has no key for the type: only the folder can say it."""
    provenance = Provenance(path=kept, dialect="pelican")
    post = replace(PLAIN, type=post_type, link=None, provenance=provenance)
    post.content_format = "markdown"
    actions, _ = write([post], tmp_path, made_by=writer(dialect="pelican"))

    assert [action.target_url for action in actions] == [path]


@pytest.mark.parametrize(
    ("dialect", "folder"),
    [("jekyll", ""), ("hugo", "content/"), ("pelican", "pages/"), ("eleventy", "pages/")],
)
def test_a_child_page_lies_in_its_parents_folder(tmp_path: Path, dialect: str, folder: str) -> None:
    """Where the permalink shows the pages above it; the parent itself comes back by its ID."""
    about = replace(PLAIN, id=8, type="page", slug="about", link="https://example.org/about/")
    link = "https://example.org/about/staff/"
    staff = replace(PLAIN, id=9, type="page", slug="staff", link=link, parent=8)
    actions, _ = write([about, staff], tmp_path, made_by=writer(dialect=dialect))
    back, _ = posts_folders.read(tmp_path, dialect)

    assert [action.target_url for action in actions] == [
        f"{folder}about.html",
        f"{folder}about/staff.html",
    ]
    assert {post.id: post.parent for post in back} == {8: None, 9: 8}


@pytest.mark.parametrize(
    "spelling",
    [
        {"frame": {"opening": "x\n"}},
        {"frame": {"closing": "---"}},
        {"frame": "x"},
        {"raw": {"ID": "ID: 8\n"}},
        {"raw": ["x"]},
        {"order": "ID"},
        {"values": [1]},
    ],
)
def test_a_spelling_that_does_not_fit_is_not_used(
    tmp_path: Path, spelling: dict[str, object]
) -> None:
    """People can edit what keeps it; the record is written all the same."""
    odd = replace(PLAIN, provenance=Provenance(dialect="wpghs", spelling=dict(spelling)))

    assert head_of(odd, tmp_path / "odd") == head_of(PLAIN, tmp_path / "plain")


@pytest.mark.parametrize("dialect", ["eleventy", "hugo", "jekyll", "pelican", "wpghs"])
def test_a_slug_comes_back_from_a_file_of_another_name(tmp_path: Path, dialect: str) -> None:
    """Neither a name that Windows keeps for itself nor a taken one changes the slug."""
    posts = [replace(PLAIN, id=number, slug="con", link=None, type="page") for number in (7, 8, 9)]
    write(posts, tmp_path, made_by=writer(dialect=dialect))
    back, findings = posts_folders.read(tmp_path, dialect)

    assert [(post.id, post.slug) for post in sorted(back, key=lambda post: post.id or 0)] == [
        (7, "con"),
        (8, "con"),
        (9, "con"),
    ]
    assert findings == []


def test_an_encoding_is_kept_where_it_can_be(tmp_path: Path) -> None:
    """A Latin-1 file stays one, until it gets a letter that isn't in it."""
    kept = Provenance(path="a.md", dialect="wpghs", encoding="latin-1")
    post = replace(PLAIN, title="Ærø", provenance=kept)
    _, findings = write([post, replace(post, title="東", id=8)], tmp_path)

    assert b"post_title: \xc6r\xf8\n" in (tmp_path / "a.md").read_bytes()
    assert "post_title: 東\n" in (tmp_path / "a-8.md").read_text()
    assert codes(findings) == ["target-encoding", "target-name-taken"]


def test_half_a_surrogate_pair_is_an_error_of_its_record() -> None:
    """No file can hold it."""
    with pytest.raises(RecordError, match=r"half of a surrogate pair \(U\+D800\)"):
        writer().encode(replace(PLAIN, title="\ud800"), lambda _: None)


def test_only_posts_says_what_is_lost(tmp_path: Path) -> None:
    """No `.wordpress/`; each field that is lost is named with its record."""
    actions, findings = write(RECORDS, tmp_path, HEAD, writer(only_posts=True))
    lost = Counter(f.field for f in findings if f.code == "loss-no-place")

    assert verbs(actions) == {"create": 10, "skip": 3}
    assert not (tmp_path / ".wordpress").exists()
    assert (tmp_path / ".wpmigrate" / "manifest.jsonl").exists()
    assert lost == {
        "": 4,
        "author": 10,
        "comments": 1,
        "date_gmt": 10,
        "meta": 1,
        "parent": 1,
        "password": 1,
        "slug": 1,
        "status": 4,
        "sticky": 1,
        "terms": 1,
        "type": 3,
    }


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """The same source again is all unchanged, whoever encoded it."""
    write(RECORDS, tmp_path, HEAD)
    before = files(tmp_path)
    manifest = (tmp_path / ".wordpress" / "manifest.jsonl").read_bytes()
    made = pickle.loads(pickle.dumps(writer()))
    actions, _ = write(RECORDS, tmp_path, HEAD, made)

    assert verbs(actions) == {"unchanged": len(RECORDS)}
    assert before == files(tmp_path)
    assert manifest == (tmp_path / ".wordpress" / "manifest.jsonl").read_bytes()


def test_a_change_is_an_update(tmp_path: Path) -> None:
    """Of a post, of its sidecar alone, and of a record beside."""
    write(RECORDS, tmp_path, HEAD)
    changed = [
        replace(record, title="New") if record.id in (11, 15) else record for record in RECORDS
    ]
    changed[1] = replace(changed[1], menu_order=3)
    actions, _ = write(changed, tmp_path, HEAD)

    assert {a.id: a.verb for a in actions if a.verb != "unchanged"} == {
        "11": "update",
        "12": "update",
        "15": "update",
    }


@pytest.mark.parametrize("edited", ["_pages/about.md", ".wordpress/posts/_pages/about.md.yaml"])
def test_what_was_edited_is_left(tmp_path: Path, edited: str) -> None:
    """Neither the post nor its sidecar is touched, until the user says so."""
    write(RECORDS, tmp_path, HEAD)
    file = tmp_path / edited
    file.write_bytes(file.read_bytes() + b"# mine\n")
    before = files(tmp_path)
    changed = [replace(r, title="New", menu_order=9) if r.id == 12 else r for r in RECORDS]
    actions, findings = write(changed, tmp_path, HEAD)

    assert {a.id: a.verb for a in actions if a.verb != "unchanged"} == {"12": "conflict"}
    assert codes([f for f in findings if f.family == "target"]).count("target-file-conflict") == 1
    assert before == files(tmp_path)

    actions, _ = write(changed, tmp_path, HEAD, writer(overwrite=True))
    assert {a.id: a.verb for a in actions if a.verb != "unchanged"} == {"12": "update"}
    assert b"# mine" not in file.read_bytes()


def test_files_of_the_user_are_left(tmp_path: Path) -> None:
    """A file that nobody of ours wrote is in nobody's way for long."""
    (tmp_path / "_pages").mkdir()
    (tmp_path / "_pages" / "about.md").write_text("mine")
    actions, findings = write(RECORDS[:2], tmp_path)

    assert [a.verb for a in actions] == ["create", "conflict"]
    assert [f.message for f in findings] == [
        "_pages/about.md was left as it is: wpmigrate didn't write it"
    ]
    assert (tmp_path / "_pages" / "about.md").read_text() == "mine"


@pytest.mark.parametrize(
    "name", ["attachment.yaml", "authors.yaml", "terms.yaml", "site.yaml", "nav_menu_item.yaml"]
)
def test_edited_files_beside_the_posts_are_left(tmp_path: Path, name: str) -> None:
    """They are there to be edited."""
    write(RECORDS, tmp_path, HEAD)
    file = tmp_path / ".wordpress" / name
    file.write_bytes(file.read_bytes() + b"# mine\n")
    changed = [replace(record, title="New") for record in RECORDS]
    head = Head(replace(HEAD.site, title="New"), [Author(login="new")], HEAD.terms[:1])
    actions, findings = write(changed, tmp_path, head)
    conflicts = [f"{a.type}.yaml" for a in actions if a.verb == "conflict"]
    records = ("attachment.yaml", "nav_menu_item.yaml")

    assert file.read_bytes().endswith(b"# mine\n")
    assert codes(findings).count("target-file-conflict") == 1
    assert conflicts == ([name] if name in records else [])

    write(changed, tmp_path, head, writer(overwrite=True))
    assert not file.read_bytes().endswith(b"# mine\n")


WHO_PAID = (
    "_drafts/2016-01-30-who-paid.md of an earlier run isn't in the source any more; it was left"
)
GONE = [record for record in RECORDS if record.id not in (14, 15, 19)]


def test_records_gone_from_the_source_are_named(tmp_path: Path) -> None:
    """They stay as they are, and every run says so."""
    write(RECORDS, tmp_path, HEAD)
    before = files(tmp_path)
    for _ in range(2):
        actions, findings = write(GONE, tmp_path, HEAD)

        assert verbs(actions) == {"unchanged": len(GONE)}
        assert [f.message for f in findings if f.code == "target-record-gone"] == [
            "_notices/water-off.md of an earlier run isn't in the source any more; it was left",
            WHO_PAID,
            "attachment 15 of an earlier run isn't in the source any more; it was left",
        ]
        assert before == files(tmp_path)


def test_pruning_removes_what_is_gone(tmp_path: Path) -> None:
    """With its sidecar, but not what somebody edited; the folder is then as if never written."""
    write(RECORDS, tmp_path / "a", HEAD)
    edited = tmp_path / "a" / "_notices" / "water-off.md"
    edited.write_text("mine")
    actions, findings = write(GONE, tmp_path / "a", HEAD, writer(prune=True))
    removed = [(a.type, a.id, a.target_url) for a in actions if a.verb == "delete"]

    assert removed == [
        ("post", "19", "_drafts/2016-01-30-who-paid.md"),
        ("attachment", "15", ".wordpress/attachment.yaml"),
    ]
    assert codes(findings).count("target-file-conflict") == 1
    edited.unlink()
    write(GONE, tmp_path / "a", HEAD, writer(prune=True))
    write(GONE, tmp_path / "b", HEAD)
    assert files(tmp_path / "b") == files(tmp_path / "a")


def test_a_record_that_moved_leaves_nothing_behind(tmp_path: Path) -> None:
    """Its old file and sidecar go, unless somebody edited them."""
    write([PLAIN, replace(PLAIN, id=8, slug="ebb", link="https://a.org/ebb/")], tmp_path)
    moved = replace(PLAIN, slug="flood", link="https://a.org/flood/", menu_order=1)
    (tmp_path / "_posts" / "2016-07-16-ebb.md").write_text("mine")
    actions, findings = write([moved, replace(moved, id=8, slug="x", link="/x/")], tmp_path)

    assert [a.verb for a in actions] == ["update", "update"]
    assert [f.message for f in findings] == [
        "_posts/2016-07-16-ebb.md was left as it is: it was edited since it was written"
    ]
    assert [path for path in files(tmp_path) if path.startswith("_")] == [
        "_posts/2016-07-16-ebb.md",
        "_posts/2016-07-16-flood.md",
        "_posts/2016-07-16-x.md",
    ]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says what would happen, in a folder that isn't there and in one that is."""
    out = tmp_path / "out"
    actions, _ = write(RECORDS, out, HEAD, writer(dry_run=True))

    assert verbs(actions) == {"create": len(RECORDS)}
    assert not out.exists()

    write(RECORDS, out, HEAD)
    before = files(out)
    actions, _ = write(GONE, out, HEAD, writer(dry_run=True, prune=True))
    assert verbs(actions) == {"unchanged": len(GONE), "delete": 3}
    assert before == files(out)


def test_a_planted_manifest_removes_nothing_of_ours(tmp_path: Path) -> None:
    """Lines that claim a post to be a file of many records are passed over."""
    write([PLAIN], tmp_path)
    manifest = tmp_path / ".wordpress" / "manifest.jsonl"
    planted = '{"in":"_posts/2016-07-16-tide.md","key":"x 1","sha256":"%s"}\n' % ("0" * 64)
    manifest.write_text(manifest.read_text() + planted)
    write([PLAIN], tmp_path, made_by=writer(prune=True))

    assert (tmp_path / "_posts" / "2016-07-16-tide.md").exists()


def test_an_edited_file_of_a_post_made_private_is_named(tmp_path: Path) -> None:
    """It was left at its public path, where a generator would publish it."""
    post = Post(
        id=7, type="post", status="publish", slug="tide", title="Tide", date="2020-01-02 00:00:00"
    )
    write([post], tmp_path, made_by=writer(dialect="jekyll"))
    (old,) = (tmp_path / "_posts").iterdir()
    old.write_bytes(old.read_bytes() + b"Edited\n")
    _, (finding,) = write(
        [replace(post, status="private")], tmp_path, made_by=writer(dialect="jekyll")
    )

    assert f"target-file-conflict _posts/{old.name}:1" == (
        f"{finding.code} {finding.path}:{finding.line}"
    )
    assert finding.message == (
        f"_posts/{old.name} was left as it is: it was edited since it was written; "
        "its record isn't public, and what stands there may be published"
    )


def test_an_edited_file_of_a_record_that_isnt_public_is_named(tmp_path: Path) -> None:
    """Where the path stays the same, what was left there may be published just so."""
    post = Post(
        id=7, type="post", status="publish", slug="tide", title="Tide", date="2020-01-02 00:00:00"
    )
    write([post], tmp_path, made_by=writer(dialect="hugo"))
    (old,) = (path for path in tmp_path.rglob("*tide*") if ".wordpress" not in path.parts)
    old.write_bytes(old.read_bytes() + b"Edited\n")
    _, (finding,) = write(
        [replace(post, status="private")], tmp_path, made_by=writer(dialect="hugo")
    )

    assert finding.message.endswith(
        "its record isn't public, and what stands there may be published"
    )
