"""Undo: the last import is taken back, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest

from migrate import report
from migrate.errors import SiteError, SiteLost
from migrate.live.credentials import Credentials
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.plan.journal.journal import Journal
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.undo.undo import Undo
from tests.wordpress.fault_proxy import FaultProxy, InTurn, behind
from tests.wordpress.importing import imported, plan, record, stored, target, write_requests
from tests.wordpress.newspaper import journal_of, wpmigrate
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site
from tests.wordpress.state import differing, state
from tests.wordpress.test_import_journal import EXIT_AT_SECOND, edit, rename_home

SCHEMA = json.loads((Path(report.__file__).parent / "schema.json").read_text("utf-8"))
POST = """---
post_title: {title}
layout: post
published: true
permalink: https://old.example/{title}/
post_date: 2016-07-16 00:22:22
---
The body of {title}.
"""

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"
OLD = """
$town  = wp_insert_term( 'Town', 'category' )['term_id'];
$draft = wp_insert_term( 'Draft only', 'post_tag' )['term_id'];
wp_insert_post( array( 'post_title' => 'Old &amp; good', 'post_name' => 'old',
    'post_status' => 'publish', 'post_content' => wp_slash( "Old\\r\\n\\\\text " ),
    'post_excerpt' => 'E', 'post_date' => '2001-02-03 04:05:06', 'comment_status' => 'closed',
    'post_category' => array( $town ) ) );
stick_post( 1 );
wp_insert_post( array( 'post_title' => 'Old draft', 'post_status' => 'draft',
    'post_content' => 'Draft', 'post_date' => '2001-02-03 04:05:07',
    'post_date_gmt' => '2001-02-03 04:05:07', 'post_password' => 'pw',
    'tags_input' => array( $draft ) ) );
wp_insert_post( array( 'post_title' => 'Old page', 'post_name' => 'page', 'post_type' => 'page',
    'post_status' => 'publish', 'post_date' => '2001-02-03 04:05:08' ) );
wp_insert_post( array( 'post_title' => 'Left', 'post_name' => 'left', 'post_status' => 'publish',
    'post_category' => array( $town ) ) );
return 1;
"""


class TakenBack(NamedTuple):
    """What an undo said."""

    actions: list[Action]
    findings: list[Finding]

    @property
    def verbs(self) -> list[str]:
        """What happened to each object, the latest first."""
        return [action.verb for action in self.actions]


def taken_back(
    site: Site,
    journal: Journal,
    *,
    force: bool = False,
    overwrite: bool = False,
    number: int = 0,
) -> TakenBack:
    """Undo the last import of a journal, or the one with this number."""
    findings: list[Finding] = []
    connection = Connection.open(site.url, Credentials(site.user, site.app_password))
    try:
        home = connection.facts.home
        run = number or journal.deeds(home).last_run()
        history = journal.of_site(home, undoes=run)
        undo = Undo(connection, history, findings.append, force=force, overwrite=overwrite)
        planned = list(undo.plan(journal.deeds(home).of(run)))
        actions = list(undo.apply())
    finally:
        connection.close()
    assert len(planned) == len(actions)
    return TakenBack(actions, findings)


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal that imports and undos share."""
    with Journal.in_memory() as shared:
        yield shared


def source() -> list[Post]:
    """Three records that are new, three that change what the site holds."""
    return [
        record(
            "new.md",
            slug="new",
            date=DATE,
            sticky=True,
            terms=[
                TermRef("category", "Sub", ancestors=("Town", "Part")),
                TermRef("post_tag", "N"),
            ],
        ),
        record("draft.md", status="draft", title="New draft", date=DATE),
        record("trash.md", status="trash", title="New trash", slug="gone", date=DATE),
        record(
            "old.md",
            slug="old",
            date="2001-02-03 04:05:06",
            title="Changed",
            content=b"Changed",
            excerpt="",
            sticky=False,
            comment_status="open",
            terms=[TermRef("category", "Sub", ancestors=("Town", "Part"))],
        ),
        record(
            "old-draft.md",
            status="publish",
            title="Old draft",
            slug="",
            date="2001-02-03 04:05:07",
            content=b"Draft",
            password="",
            terms=[TermRef("post_tag", "N")],
        ),
        record("page.md", type="page", slug="page", date="2001-02-03 04:05:08", status="trash"),
    ]


def test_as_it_was(site: Site, journal: Journal) -> None:
    """A forced undo brings the whole database back to what it was, WordPress's own apart."""
    site.php(OLD)
    before = state(site)
    done = imported(site, source(), journal=journal)
    assert done.verbs == ["create"] * 3 + ["update"] * 3
    assert state(site) != before
    undone = taken_back(site, journal, force=True)
    assert (undone.findings, differing(state(site), before)) == ([], [])
    assert set(undone.verbs) == {"delete", "update"}


def test_into_the_trash(site: Site, journal: Journal) -> None:
    """A plain undo leaves the same, but for the posts in the trash."""
    site.php(OLD)
    before = state(site)
    imported(site, source(), journal=journal)
    assert taken_back(site, journal).findings == []
    after = state(site)
    trashed = [post for post in after["posts"] if post["post_status"] == "trash"]
    assert sorted(post["post_title"] for post in trashed) == ["New draft", "New trash", "new.md"]
    after["posts"] = [post for post in after["posts"] if post not in trashed]
    assert differing(after, before) == []


def test_again(site: Site, journal: Journal) -> None:
    """A second undo sends nothing; a forced one deletes what a plain one left in the trash."""
    imported(site, source()[:2], journal=journal)
    taken_back(site, journal)
    sent = len(write_requests(site))
    assert taken_back(site, journal).actions == []
    assert len(write_requests(site)) == sent
    assert len(stored(site)) == 2


@one_flavour("wp61-mariadb")
def test_imported_again(site: Site, journal: Journal) -> None:
    """What an undo took back comes in again with the next import: out of the trash, once."""
    posts = source()
    site.php(OLD)
    imported(site, posts, journal=journal)
    whole = state(site)
    taken_back(site, journal)
    again = imported(site, posts, journal=journal)
    assert (set(again.verbs), again.found("target-conflict")) == ({"update", "unchanged"}, [])
    assert differing(state(site), whole) == []
    assert set(imported(site, posts, journal=journal).verbs) == {"unchanged"}
    taken_back(site, journal, force=True)
    assert imported(site, posts, journal=journal).found("target-journal-stale") == []


def test_edited_since(site: Site, journal: Journal) -> None:
    """What someone changed on the site since the import is left and named, unless told."""
    posts = [record(path, slug=path[0], date=DATE) for path in ("a.md", "b.md")]
    imported(site, posts[:1])
    posts[0].title = "Updated"
    imported(site, posts, journal=journal)
    for row in stored(site):
        edit(site, int(row["ID"]), post_content="Edited there")
    sent = len(write_requests(site))
    refused = taken_back(site, journal)
    assert refused.verbs == ["conflict", "conflict"]
    assert [(f.code, f.path) for f in refused.findings] == [
        ("target-not-undone", "b.md"),
        ("target-not-undone", "a.md"),
    ]
    assert len(write_requests(site)) == sent
    assert taken_back(site, journal, overwrite=True).verbs == ["delete", "update"]
    assert [(row["post_title"], row["post_status"]) for row in stored(site)] == [
        ("a.md", "publish"),
        ("b.md", "trash"),
    ]


def test_custom_fields(site: Site, journal: Journal) -> None:
    """Custom fields that went over XML-RPC get their earlier rows back."""
    site.php(
        "wp_insert_post( array( 'post_title' => 'A', 'post_name' => 'a',"
        " 'post_status' => 'publish', 'post_date' => $date ) ); add_post_meta( 1, 'mood', 'calm' );"
        " add_post_meta( 1, 'mood', ' twice ' ); return 1;",
        date=DATE,
    )
    before = state(site)
    metas = [Meta("mood", "wild"), Meta("place", "here")]
    posts = [record("a.md", slug="a", date=DATE, title="B", content=b"", meta=metas)]
    assert imported(site, posts, journal=journal).verbs == ["update"]
    assert state(site)["posts"][0]["meta"] == [["mood", "wild"], ["place", "here"]]
    undone = taken_back(site, journal)
    assert (undone.verbs, undone.findings) == (["update"], [])
    assert differing(state(site), before) == []


def test_authors(site: Site, journal: Journal) -> None:
    """Users that the import made go, too; what stays in the trash becomes the importing user's."""
    before = state(site)
    options = ImportOptions(create_authors=True)
    jane, joe = (
        Author("jane", "Jane Doe", "jane@example.org"),
        Author("joe", "Joe", "j@example.org"),
    )
    posts = [record("a.md", author=jane, date=DATE), record("b.md", author=joe, date=DATE)]
    imported(site, posts, options, journal)
    site.php(
        "wp_insert_post( array( 'post_title' => 'Hers', 'post_status' => 'draft',"
        " 'post_author' => get_user_by( 'login', 'jane' )->ID ) );"
        " $joe = get_user_by( 'login', 'joe' )->ID;"
        " wp_update_user( array( 'ID' => $joe, 'first_name' => 'J' ) );"
    )
    undone = taken_back(site, journal)
    assert [(action.type, action.verb) for action in undone.actions] == [
        ("post", "delete"),
        ("post", "delete"),
        ("user", "conflict"),
        ("user", "conflict"),
    ]
    site.php("wp_delete_post( $id, true );", id=3)
    assert taken_back(site, journal, overwrite=True).verbs == ["delete", "delete"]
    assert {row["author"] for row in stored(site)} == {site.user}
    again = imported(site, posts, options, journal)
    assert (again.verbs, again.found("target-conflict")) == (["update", "update"], [])
    assert [row["author"] for row in stored(site)] == ["Jane Doe", "Joe"]
    assert taken_back(site, journal).verbs == ["update", "update", "delete", "delete"]
    assert state(site)["users"] == before["users"]


def test_term_in_use(site: Site, journal: Journal) -> None:
    """A term that the import made stays where another post has it by now, a draft too."""
    imported(site, [record("a.md", terms=[TermRef("post_tag", "T")])], journal=journal)
    site.php(
        "wp_insert_post( array( 'post_title' => 'X', 'tags_input' => array( 'T' ) ) ); return 1;"
    )
    assert taken_back(site, journal, force=True).verbs == ["delete", "conflict"]
    assert [term["name"] for term in state(site)["terms"] if term["taxonomy"] == "post_tag"] == [
        "T"
    ]


def test_one_import_after_another(site: Site, journal: Journal) -> None:
    """An earlier import can be taken back once the later one is, not before."""
    posts = [record("a.md", slug="a", date=DATE)]
    imported(site, posts, journal=journal)
    posts[0].title = "Second"
    imported(site, posts, journal=journal)
    assert taken_back(site, journal, number=1).verbs == ["conflict"]
    assert taken_back(site, journal).verbs == ["update"]
    assert [row["post_title"] for row in stored(site)] == ["a.md"]
    assert taken_back(site, journal, number=1, force=True).verbs == ["delete"]
    assert stored(site) == []


def test_cut_off(site: Site, journal: Journal) -> None:
    """A post whose request nobody answered is found and taken back as well."""
    posts = [record(path, title="Same", date=DATE) for path in ("a.md", "b.md", "c.md")]
    findings: list[Finding] = []
    with (
        FaultProxy(site.url, InTurn("pass", gone=True)) as proxy,
        behind(site, proxy, EXIT_AT_SECOND),
        target(site, findings, journal=journal) as live,
    ):
        decided = [decision for _, decision in plan(live, posts)]
        with pytest.raises(SiteLost):
            list(live.apply(zip(posts, decided, strict=True)))
    rename_home(journal, site)
    assert len(stored(site)) == 2
    undone = taken_back(site, journal, force=True)
    assert (undone.findings, stored(site)) == ([], [])


def test_undo_cut_off(site: Site, journal: Journal) -> None:
    """An undo that lost the site midway is gone on with, whatever had arrived."""
    site.php(OLD)
    before = state(site)
    imported(site, source(), journal=journal)
    faults = InTurn("pass", "pass", "cut after", gone=True)
    with FaultProxy(site.url, faults) as proxy, behind(site, proxy):
        rename_home(journal, site, site.url)
        connection = Connection.open(site.url, Credentials(site.user, site.app_password))
        deeds = journal.deeds(site.url)
        history = journal.of_site(site.url, undoes=deeds.last_run())
        undo = Undo(connection, history, lambda _: None, force=True, overwrite=False)
        list(undo.plan(deeds.of(deeds.last_run())))
        with pytest.raises(SiteLost):
            list(undo.apply())
        connection.close()
    rename_home(journal, site)
    assert taken_back(site, journal, force=True).findings == []
    assert differing(state(site), before) == []


@one_flavour("wp67-sqlite")
def test_imported_behind_an_undo_cut_off(site: Site, journal: Journal) -> None:
    """What an undo put into the trash unseen, before it was cut off, comes out with an import."""
    posts = [record(path, slug=path[0], date=DATE) for path in ("a.md", "b.md")]
    imported(site, posts, journal=journal)
    before = state(site)
    with FaultProxy(site.url, InTurn("cut after", gone=True)) as proxy, behind(site, proxy):
        rename_home(journal, site, site.url)
        with pytest.raises(SiteError):
            taken_back(site, journal)
    rename_home(journal, site)
    assert sorted(row["post_status"] for row in stored(site)) == ["publish", "trash"]
    again = imported(site, posts, journal=journal)
    assert (sorted(again.verbs), again.found("target-conflict")) == (["unchanged", "update"], [])
    assert differing(state(site), before) == []


def test_command(site: Site, tmp_path: Path) -> None:
    """The command shows its plan, does it, and says each time how it ended; the lock follows."""
    folder, lock = tmp_path / "posts", tmp_path / "posts.lock"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(POST.format(title=name), "utf-8")
    options = ("--site", site.url, "--lock", str(lock))

    nothing = wpmigrate(site, "undo", str(folder), *options)
    assert (nothing.returncode, "there is no journal here" in nothing.stderr) == (2, True)
    assert wpmigrate(site, "import", str(folder), *options).returncode == 0
    sent = len(write_requests(site))
    dry = wpmigrate(site, "undo", str(folder), *options, "--dry-run")
    assert (dry.returncode, len(write_requests(site))) == (0, sent)
    assert "plan      2 delete" in dry.stdout

    edit(site, 1, post_content="Edited there")
    refused = wpmigrate(site, "undo", str(folder), *options, "--force")
    assert (refused.returncode, len(stored(site))) == (1, 1)
    assert "done      1 delete, 1 conflict" in refused.stdout
    assert lock.read_text("utf-8").splitlines()[1:] == ["post 1 one.md"]
    said = ("--report", f"json={tmp_path / 'report.json'}")
    done = wpmigrate(site, "undo", str(folder), *options, "--force", "--overwrite", *said)
    assert (done.returncode, stored(site)) == (0, [])
    document = json.loads((tmp_path / "report.json").read_text("utf-8"))
    jsonschema.validate(document, SCHEMA)
    assert (document["command"], document["totals"]["delete"]) == ("undo", 1)

    shown = wpmigrate(site, "journal", "show", "--journal", str(journal_of(site)))
    assert "undo of 1" in shown.stdout
    again = wpmigrate(site, "undo", str(folder), *options)
    assert (again.returncode, "Nothing is left to take back." in again.stderr) == (0, True)
