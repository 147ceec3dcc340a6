"""Records that are gone from the source: named, and with --prune put into the trash."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate.errors import UsageError
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan.journal.entry import Entry
from migrate.plan.journal.journal import Journal
from migrate.plan.journal.keys import Keys
from migrate.writers.rest.options import ImportOptions
from tests.wordpress.importing import imported, plan, record, stored, target, write_requests
from tests.wordpress.site import Site
from tests.wordpress.test_import_journal import edit
from tests.wordpress.test_undo import taken_back

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"


class Folder:
    """A folder of posts, of which only the paths are asked for, and its journal."""

    def __init__(self, root: Path, journal: Journal) -> None:
        self.root = root
        self.journal = journal
        self.keys = Keys.of_folder(root, root / ".wpmigrate" / "journal.sqlite")

    def write(self, *names: str) -> list[Post]:
        """Put these files into the folder; gives the records that they are."""
        for name in names:
            (self.root / name).write_text("", "utf-8")
        return [record(name, slug=name[0], date=DATE) for name in names]

    def gone(
        self, site: Site, posts: list[Post], *, prune: bool = True
    ) -> tuple[list[Action], list[Finding]]:
        """Import posts, and remove those whose records are gone."""
        findings: list[Finding] = []
        options = ImportOptions(keys=self.keys, prune=prune)
        with target(site, findings, options, self.journal) as live:
            decisions = [decision for _, decision in plan(live, posts)]
            gone = live.gone(whole=True)
            list(live.apply(zip(posts, decisions, strict=True)))
            return list(live.remove(gone)), findings


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    """An empty folder."""
    with Journal.in_memory() as journal:
        yield Folder(tmp_path, journal)


def statuses(site: Site) -> list[tuple[str, str]]:
    """Title and status of each post, in the order of their IDs."""
    return [(row["post_title"], row["post_status"]) for row in stored(site)]


def test_gone(site: Site, folder: Folder) -> None:
    """What is gone is named, deleted only where asked, and comes back with its record."""
    site.php("wp_insert_post( array( 'post_title' => 'Theirs', 'post_status' => 'publish' ) );")
    posts = folder.write("a.md", "b.md")
    assert folder.gone(site, posts) == ([], [])
    (folder.root / "b.md").unlink()
    sent = len(write_requests(site))
    removed, findings = folder.gone(site, posts[:1], prune=False)
    assert (removed, [(f.code, f.path) for f in findings]) == (
        [],
        [("target-record-gone", "b.md")],
    )
    assert len(write_requests(site)) == sent

    removed, findings = folder.gone(site, posts[:1])
    assert [(action.verb, action.path, action.title) for action in removed] == [
        ("delete", "b.md", "b.md")
    ]
    assert statuses(site) == [("Theirs", "publish"), ("a.md", "publish"), ("b.md", "trash")]
    assert folder.gone(site, posts[:1]) == ([], [])
    folder.write("b.md")
    options = ImportOptions(keys=folder.keys)
    assert imported(site, posts, options, folder.journal).verbs == ["unchanged", "update"]
    assert statuses(site)[2] == ("b.md", "publish")


def test_taken_back(site: Site, folder: Folder) -> None:
    """An undo takes what was pruned out of the trash."""
    posts = folder.write("a.md", "b.md")
    folder.gone(site, posts)
    (folder.root / "b.md").unlink()
    folder.gone(site, posts[:1])
    assert statuses(site)[1] == ("b.md", "trash")
    assert taken_back(site, folder.journal).verbs == ["update"]
    assert [(row["post_name"], row["post_status"]) for row in stored(site)] == [
        ("a", "publish"),
        ("b", "publish"),
    ]


def test_edited_since(site: Site, folder: Folder) -> None:
    """What someone changed on the site stays, as a conflict, though its record is gone."""
    posts = folder.write("a.md", "b.md")
    folder.gone(site, posts)
    edit(site, int(stored(site)[1]["ID"]), post_content="Edited there")
    (folder.root / "b.md").unlink()
    removed, findings = folder.gone(site, posts[:1])
    assert (removed, [f.code for f in findings]) == ([], ["target-conflict"])


def test_not_gone(site: Site, folder: Folder) -> None:
    """A file that was left out or renamed isn't gone, nor is another folder's."""
    posts = folder.write("a.md", "b.md", "c.md")
    folder.gone(site, posts)
    (folder.root / "c.md").rename(folder.root / "d.md")
    posts[2].provenance.path = "d.md"
    other = folder.root / "other"
    other.mkdir()
    beside = Folder(other, folder.journal)
    beside.keys = Keys.of_folder(other, folder.root / ".wpmigrate" / "journal.sqlite")
    assert folder.gone(site, [posts[0], posts[2]]) == ([], [])
    assert beside.gone(site, [record("x.md", slug="x", date=DATE)]) == ([], [])


def test_known_by_the_lock(site: Site, folder: Folder) -> None:
    """A fresh checkout knows what is gone by its lock alone."""
    imported(site, [record("a.md", slug="a", date=DATE), record("b.md", slug="b", date=DATE)])
    posts = folder.write("a.md")
    history = folder.journal.of_site(site.url, "", folder.keys)
    history.learn([Entry("a.md", "post", 1), Entry("b.md", "post", 2)])
    removed, _ = folder.gone(site, posts)
    assert [action.path for action in removed] == ["b.md"]


def test_export_file(site: Site, folder: Folder) -> None:
    """Of an export's records those are gone that it doesn't hold, unless some were left out."""
    folder.keys = Keys(wxr_site="https://old.example")
    posts = [record("x.xml", id=number, slug=f"s{number}") for number in (1, 2)]
    folder.gone(site, posts)
    options = ImportOptions(keys=folder.keys, prune=True)
    with target(site, [], options, folder.journal) as live:
        plan(live, posts[:1])
        with pytest.raises(UsageError, match="--prune"):
            live.gone(whole=False)
    removed, _ = folder.gone(site, posts[:1])
    assert [action.path for action in removed] == ["https://old.example post 2"]
