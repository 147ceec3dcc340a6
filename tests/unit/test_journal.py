"""The journal: kept at once, held by one run, read without touching it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from migrate.errors import OutputError, UsageError
from migrate.model.post import Post
from migrate.model.provenance import Provenance
from migrate.model.site import Site
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry, Marks, Step
from migrate.plan.journal.history import SiteHistory
from migrate.plan.journal.journal import Journal
from migrate.plan.journal.keys import Keys
from migrate.plan.journal.place import default_path
from migrate.plan.journal.schema import prepare
from migrate.plan.site_index import SiteIndex
from tests.unit.at_work import at_work

HOME = "http://127.0.0.1"
HELLO = Entry("hello.md", "post", 7, "hello", "2016-07-16 00:22:22", b"t", 3, b"x", b"a", b"h")

FIRST_FORM = """
CREATE TABLE run (id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL,
    at TEXT NOT NULL);
CREATE TABLE entry (site TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, id INTEGER NOT NULL,
    slug TEXT NOT NULL, date TEXT NOT NULL, title BLOB NOT NULL, source_id INTEGER NOT NULL,
    text BLOB NOT NULL, asked BLOB NOT NULL, held BLOB NOT NULL,
    PRIMARY KEY (site, key)) WITHOUT ROWID;
CREATE INDEX entry_by_id ON entry (site, id);
CREATE INDEX entry_by_text ON entry (site, text) WHERE text <> x'';
CREATE INDEX entry_by_source_id ON entry (site, source_id) WHERE source_id <> 0;
CREATE TABLE step (id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id),
    site TEXT NOT NULL, key TEXT NOT NULL, verb TEXT NOT NULL, type TEXT NOT NULL,
    site_id INTEGER NOT NULL, slug TEXT NOT NULL, date TEXT NOT NULL, title BLOB NOT NULL,
    after INTEGER NOT NULL, earlier TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL);
CREATE INDEX step_open ON step (site, key) WHERE outcome = '';
INSERT INTO run VALUES (1, 'http://127.0.0.1', 'posts', '2026-01-01');
INSERT INTO entry VALUES ('http://127.0.0.1', 'hello.md', 'post', 7, 'hello',
    '2016-07-16 00:22:22', CAST('t' AS BLOB), 3, CAST('x' AS BLOB), CAST('a' AS BLOB),
    CAST('h' AS BLOB));
INSERT INTO step VALUES (1, 1, 'http://127.0.0.1', 'hello.md', 'create', 'post', 7, '', '', x'',
    0, '', '', 'done');
INSERT INTO step VALUES (2, 1, 'http://127.0.0.1', '', 'create', 'category', 3, '', '', x'',
    0, '', '', 'done');
PRAGMA user_version = 1;
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from migrate.plan.journal.entry import Entry, Marks, Step
from migrate.plan.journal.journal import Journal
history = Journal.open(Path(sys.argv[1])).of_site("http://127.0.0.1", "posts")
for number in range(50):
    history.keep(Entry(f"{number}.md", "post", number + 1))
history.intend(Step("late.md", "create", "post"))
print("ready", flush=True)
sys.stdin.read()
"""


def kill(process: subprocess.Popen[str]) -> None:
    """End it as nothing else does."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


def files(folder: Path) -> list[tuple[str, bytes]]:
    """The files of a folder, with what is in them."""
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


def work_of_one_more(path: Path, count: int) -> int:
    """SQLite's steps, in hundreds, to keep and look up one record in a journal of so many."""
    hundreds = 0

    def count_on() -> None:
        nonlocal hundreds
        hundreds += 1

    with Journal.open(path) as journal:
        history = journal.of_site(HOME)
        with history.at_once():
            for number in range(count):
                text = marks.text(Post(content=b"%d" % number))
                history.keep(Entry(f"{number}.md", "post", number + 1, "", "", b"", number, text))
        journal._database.set_progress_handler(count_on, 100)
        history.keep(Entry("last.md", "post", 5, source_id=9, text=b"another"))
        assert history.owner(5) == Entry("last.md", "post", 5, source_id=9, text=b"another")
        assert {entry.key for entry in history.alike(9, b"another")} == {"9.md", "last.md"}
    return hundreds


def test_kept_for_later(tmp_path: Path) -> None:
    """What one run keeps, a later one of the same site finds, and none of another site."""
    path = tmp_path / ".wpmigrate/journal.sqlite"
    with Journal.open(path) as journal:
        journal.of_site(f"{HOME}/").keep(HELLO)
    with Journal.open(path) as journal:
        assert journal.of_site(HOME).entry("hello.md") == HELLO
        assert journal.of_site(HOME).owner(7) == HELLO
        assert journal.of_site("http://localhost").entry("hello.md") is None


def test_private_file(tmp_path: Path) -> None:
    """Nobody else can read the journal, and no repository takes it in."""
    path = tmp_path / ".wpmigrate/journal.sqlite"
    with Journal.open(path) as journal:
        journal.of_site(HOME).keep(HELLO)
        modes = {file.stat().st_mode & 0o777 for file in path.parent.glob("journal*")}
        assert modes == {0o600}
    assert [name for name, _ in files(path.parent)] == [".gitignore", "journal.sqlite"]
    assert (path.parent / ".gitignore").read_text() == "*\n"


def test_killed(tmp_path: Path) -> None:
    """After a kill the file holds all that was said before it."""
    path = tmp_path / "journal.sqlite"
    kill(at_work(KILLED, path))
    with Journal.open(path) as journal:
        history = journal.of_site(HOME)
        assert len(list(history.entries())) == 50
        assert history.unanswered("late.md") is not None
        assert [(run.site, run.source) for run in journal.runs()] == [(HOME, "posts")]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """A second run on one journal is told so and stops; reading a copy goes on."""
    path = tmp_path / "journal.sqlite"
    process = at_work(KILLED, path)
    try:
        with pytest.raises(UsageError) as caught:
            Journal.open(path)
        who = f" (process {process.pid})" if Path("/proc/locks").exists() else ""
        said = f"another import{who} is at work with this journal"
        assert (caught.value.message, caught.value.exit_status) == (said, 2)
        with Journal.open(path, dry_run=True) as copy:
            assert len(list(copy.of_site(HOME).entries())) == 50
    finally:
        kill(process)


def test_dry_run_touches_nothing(tmp_path: Path) -> None:
    """A copy takes over what a killed run left; nothing beside the journal changes, or is made."""
    path = tmp_path / "journal.sqlite"
    kill(at_work(KILLED, path))
    before = files(tmp_path)
    with Journal.open(path, dry_run=True) as copy:
        assert len(list(copy.of_site(HOME).entries())) == 50
        copy.of_site(HOME).keep(HELLO)
    assert files(tmp_path) == before
    with Journal.open(tmp_path / "none/journal.sqlite", dry_run=True) as copy:
        assert list(copy.of_site(HOME).entries()) == []
    assert files(tmp_path) == before


def _text(path: Path) -> None:
    path.write_text("This is a text, and longer than the head of a database file is" * 20)


def _of_the_future(path: Path) -> None:
    with Journal.open(path) as journal:
        journal._database.execute("PRAGMA user_version = 99")


def _anothers(path: Path, form: int) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(f"CREATE TABLE bookmark (id); PRAGMA user_version = {form}")


@pytest.mark.parametrize(
    "make", [_text, _of_the_future, *(partial(_anothers, form=form) for form in (0, 5, -1))]
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_no_journal_of_ours(tmp_path: Path, make: Callable[[Path], None], *, dry_run: bool) -> None:
    """A file that is something else, or of a later version, is refused and stays as it is."""
    path = tmp_path / "journal.sqlite"
    make(path)
    before = path.read_bytes()
    with pytest.raises(UsageError):
        Journal.open(path, dry_run=dry_run)
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", ["", "-wal", "-journal"])
@pytest.mark.parametrize("dry_run", [False, True])
def test_no_link_is_followed(tmp_path: Path, ending: str, *, dry_run: bool) -> None:
    """What one leads to is neither taken for the journal, nor read, nor made."""
    folder, other = tmp_path / ".wpmigrate", tmp_path / "other.sqlite"
    folder.mkdir()
    for place in (other, tmp_path / "nothing", Path("/dev/zero")):
        other.write_bytes(b"")
        (folder / f"journal.sqlite{ending}").symlink_to(place)
        with pytest.raises(UsageError, match="a link, a pipe or a device stands in the place"):
            Journal.open(folder / "journal.sqlite", dry_run=dry_run)
        (folder / f"journal.sqlite{ending}").unlink()
        assert [(path.name, path.stat().st_size) for path in tmp_path.glob("[!.]*")] == [
            ("other.sqlite", 0)
        ]


def test_no_link_leads_its_folder_elsewhere(tmp_path: Path) -> None:
    """Neither the folder itself nor the file that Git asks what to leave out."""
    (tmp_path / "posts").mkdir()
    away = tmp_path / "away"
    away.mkdir()
    path = tmp_path / "posts/.wpmigrate/journal.sqlite"
    path.parent.symlink_to(away)
    with pytest.raises(UsageError, match="a link, a pipe or a device stands in the place"):
        Journal.open(path)
    path.parent.unlink()
    path.parent.mkdir()
    (path.parent / ".gitignore").symlink_to(away / "made")
    Journal.open(path).close()
    assert list(away.iterdir()) == []


def test_no_place_for_it(tmp_path: Path) -> None:
    """Where the journal can't be made, the message names the way out."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="--journal"):
        Journal.open(tmp_path / "file/journal.sqlite")
    for dry_run in (False, True):
        with pytest.raises(OutputError, match="--journal"):
            Journal.open(tmp_path, dry_run=dry_run)


def test_one_post_one_record(tmp_path: Path) -> None:
    """A post that became another record's isn't the former one's any more; requests are settled."""
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        history = journal.of_site(HOME)
        history.keep(HELLO)
        number = history.intend(Step("new.md", "create", "post"))
        assert history.unanswered("new.md") is not None
        history.keep(HELLO._replace(key="new.md"), number)
        assert history.unanswered("new.md") is None
        assert [entry.key for entry in history.entries()] == ["new.md"]
        assert [(step.outcome, step.site_id) for step in journal.steps(1)] == [("done", 7)]


def test_found_by_id_and_text(tmp_path: Path) -> None:
    """Entries are found by the record's ID or text; what has neither is like nothing."""
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        history = journal.of_site(HOME)
        history.keep(HELLO)
        history.keep(Entry("bare.md", "post", 8))
        assert history.alike(3, b"") == [HELLO]
        assert history.alike(0, b"x") == [HELLO]
        assert history.alike(0, b"") == []


def test_learning_from_a_lock(tmp_path: Path) -> None:
    """A lock adds what the journal doesn't know, and renames what has another path there."""
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        history = journal.of_site(HOME)
        history.keep(HELLO)
        history.learn([Entry("renamed.md", "post", 7), Entry("other.md", "post", 9)])
        assert list(history.entries()) == [
            Entry("other.md", "post", 9),
            HELLO._replace(key="renamed.md"),
        ]
        history.learn([Entry("other.md", "post", 10)])
        assert history.owner(9) == Entry("other.md", "post", 9)


def test_two_sites_of_a_network() -> None:
    """Two exports of one network, as of WordPress.com, have records of their own."""
    sites = [Site(url=f"https://{name}.example", network_url="https://example") for name in "ab"]
    keys = {Keys.of_export(site).of(Post(id=1, type="page")) for site in sites}
    assert keys == {"https://a.example page 1", "https://b.example page 1"}


def test_two_sources(tmp_path: Path) -> None:
    """One path in two folders of a journal is two records; a moved folder keeps its own."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    path = tmp_path / ".wpmigrate/journal.sqlite"
    with Journal.open(path) as journal:
        old = journal.of_site(HOME, "old", Keys.of_folder(tmp_path / "old", path))
        new = journal.of_site(HOME, "new", Keys.of_folder(tmp_path / "new", path))
        old.keep(HELLO)
        old.intend(Step("late.md", "create", "post"))
        assert (new.entry("hello.md"), new.alike(3, b"x")) == (None, [])
        assert new.unanswered("late.md") is None
        new.keep(HELLO._replace(id=8))
        known = [history.entry("hello.md") for history in (old, new)]
        assert [(entry.scope, entry.id) for entry in known if entry] == [("old", 7), ("new", 8)]

        (tmp_path / "old").rename(tmp_path / "moved")
        moved = journal.of_site(HOME, "moved", Keys.of_folder(tmp_path / "moved", path))
        assert moved.entry("hello.md") == HELLO._replace(scope="old")
        assert moved.unanswered("late.md") is not None


def test_older_form(tmp_path: Path) -> None:
    """A journal in the first form is brought to this one, with all that it knows."""
    path = tmp_path / "journal.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript(FIRST_FORM)
    database.close()
    with Journal.open(path) as journal:
        history = journal.of_site(HOME)
        assert history.entry("hello.md") == HELLO
        assert [run.source for run in journal.runs()] == ["posts"]
        assert [(step.key, step.object) for step in journal.steps(1)] == [
            ("hello.md", "post"),
            ("", "term"),
        ]


def test_form_without_terms(tmp_path: Path) -> None:
    """A journal in the third form gets what it lacks: a place for equal terms, and for grounds."""
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        journal.of_site(HOME).keep(HELLO)
    with sqlite3.connect(path) as database:
        database.executescript(
            "DROP TABLE equal; ALTER TABLE entry DROP COLUMN ground; PRAGMA user_version = 3;"
        )
    database.close()
    marks = Marks("category", 7, b"said", b"held")
    with Journal.open(path) as journal:
        history = journal.of_site(HOME)
        assert (history.entry("hello.md"), history.equal("term")) == (HELLO, [])
        history.keep_equal("term", [marks])
        assert history.equal("term") == [marks]
        assert journal.of_site("https://other.example").equal("term") == []


def test_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal lies with the nearest wpmigrate.toml, else in SOURCE or beside it."""
    posts = tmp_path / "blog/posts"
    posts.mkdir(parents=True)
    (posts / "a.md").write_text("")
    name = ".wpmigrate/journal.sqlite"
    assert default_path(posts) == posts / name
    assert default_path(posts / "a.md") == posts / name
    (tmp_path / "blog/wpmigrate.toml").write_text("")
    assert default_path(posts / "a.md") == tmp_path / "blog" / name
    monkeypatch.chdir(posts.parent)
    assert default_path(Path("-")).resolve() == tmp_path / "blog" / name


def test_keys(tmp_path: Path) -> None:
    """A post's key is its path, one of a WXR file site, type and ID; a second one is numbered."""
    post = Post(id=5, type="page", provenance=Provenance(path="a.md"))
    assert Keys(tmp_path).of(post) == "a.md"
    assert Keys(wxr_site="https://old.example").of(post) == "https://old.example page 5"
    assert Keys().of(Post(provenance=Provenance(path=os.fsdecode(b"\xff.md")))) == "\\udcff.md"
    assert Keys(wxr_site="wxr").of(Post(provenance=Provenance(path="a.md"))) == "a.md"
    assert Keys(wxr_site="wxr").of(Post(slug="a")) == "wxr post a"
    untold = [Keys(wxr_site="wxr").of(Post(title=title)) for title in "ABA"]
    assert (untold[0] == untold[2], untold[0] == untold[1]) == (True, False)
    index = SiteIndex()
    assert [index.take_key("a.md") for _ in range(3)] == ["a.md", "a.md #2", "a.md #3"]
    index.close()


def test_gone_files(tmp_path: Path) -> None:
    """A file that isn't there any more is gone; of a WXR file's records none is."""
    (tmp_path / "a.md").write_text("")
    assert not Keys(tmp_path).is_gone("a.md")
    assert Keys(tmp_path).is_gone("b.md")
    assert not Keys(wxr_site="https://old.example").is_gone("b.md")


def test_text_marks() -> None:
    """Records of one title and body are alike, whatever else they say; without body none are."""
    post = Post(title="A", content=b"Text")
    assert marks.text(post) == marks.text(Post(title="A", content=b"Text", slug="other"))
    assert marks.text(post) != marks.text(Post(title="B", content=b"Text"))
    assert marks.text(Post(title="A", content=b" \n")) == b""


def test_a_record_is_found_by_its_key() -> None:
    """To know of a record or not takes as many steps of SQLite among few records as among many."""

    def steps(records: int) -> int:
        taken = 0

        def count() -> int:
            nonlocal taken
            taken += 1
            return 0

        with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
            prepare(database, "")
            history = SiteHistory(database, Path(), HOME)
            for number in range(records):
                history.keep(HELLO._replace(key=f"{number}.md", id=number + 1))
            history.entry("first.md")
            database.set_progress_handler(count, 1)
            assert (history.entry("3.md"), history.entry("new.md")) == (
                HELLO._replace(key="3.md", id=4),
                None,
            )
        return taken

    assert steps(500) == steps(5)


def test_what_a_record_costs_doesnt_grow_with_the_journal(tmp_path: Path) -> None:
    """To keep a record and to look it up takes the same work among 20 others and among 2,000."""
    few, many = (work_of_one_more(tmp_path / f"{count}.sqlite", count) for count in (20, 2_000))
    assert many <= few + 2
