"""Files edited, imported, killed, edited on the site and taken back, in any order, beside a model.

The model (`site_model.py`) says after each step what the site should hold; the site is asked.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from migrate.live.http.session import Session
from tests.conftest import LONG
from tests.forked import Done, forked
from tests.wordpress.importing import install_plugin, write_requests
from tests.wordpress.newspaper import command
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site
from tests.wordpress.site_model import Model, Text

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(7200 if LONG else 600)]

EXAMPLES: Final = 150 if LONG else 3
STEPS: Final = 25 if LONG else 12
SMALL_BATCHES: Final = "add_filter( 'rest_get_max_batch_size', fn() => 2 );"
NAMES: Final = ("one", "two", "three", "four", "five")
TEXTS: Final = ("a", "b", "c")
STATUSES: Final = {"publish": "true", "draft": "false"}
POST: Final = """---
post_title: {title}
layout: post
published: {published}
permalink: https://old.example/{name}/
post_date: 2016-07-{day:02} 00:22:22
---
{body}"""
THEIRS: Final = """
return wp_insert_post( array( 'post_title' => 'Theirs', 'post_name' => 'theirs',
    'post_status' => 'publish', 'post_content' => 'Nobody imported this' ) );
"""
POSTS: Final = """
SELECT post_title, post_content, post_status FROM wp_posts WHERE post_type = 'post' ORDER BY ID
"""
EDIT: Final = """
UPDATE wp_posts SET post_title = ?, post_content = ?, post_modified_gmt = ? WHERE post_title = ?
"""


def text(name: str, letter: str, status: str = "publish") -> Text:
    """Give a text of a post; no two names have the same."""
    return Text(f"{name} {letter}", f"The body {letter} of {name}", status)


def killing(due: int, *, after: bool) -> Callable[[], None]:
    """Give what kills the process at a request that changes something, before it or behind it.

    One request at a time is under way, so that the site has settled by then.
    """

    def lay() -> None:
        plain, turn, numbers = Session.request, threading.Lock(), itertools.count(1)

        def request(self: Session, method: str, *asked: Any, **named: Any) -> Any:
            with turn:
                is_due = method in ("POST", "DELETE") and next(numbers) == due
                if is_due and not after:
                    os.kill(os.getpid(), signal.SIGKILL)
                response = plain(self, method, *asked, **named)
                if is_due:
                    os.kill(os.getpid(), signal.SIGKILL)
                return response

        Session.request = request  # type: ignore[method-assign, assignment]

    return lay


names = st.sampled_from(NAMES)
texts = st.builds(
    lambda letter, status: (letter, status), st.sampled_from(TEXTS), st.sampled_from(list(STATUSES))
)
kills = st.builds(lambda due, after: killing(due, after=after), st.integers(1, 4), st.booleans())


class Sequences(RuleBasedStateMachine):
    """One folder, one site and one model, to which the same things are done."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site, self.model = site, Model()
        self.folder = Path(tempfile.mkdtemp(prefix="wpmigrate-sequences-"))
        constants = site._database.constants
        self.database = Path(constants["DB_DIR"], constants["DB_FILE"])
        self.edits = itertools.count()

    def teardown(self) -> None:
        """Remove the files."""
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        """The site has a post of somebody else's."""
        self.site.reset()
        install_plugin(self.site, SMALL_BATCHES)
        self.site.php(THEIRS)
        self.theirs = Text("Theirs", "Nobody imported this", "publish")

    @rule(name=names, new=texts)
    def write(self, name: str, new: tuple[str, str]) -> None:
        """Write a post, or change it."""
        said = text(name, *new)
        self.model.files[name] = said
        filled = POST.format(
            title=said.title,
            body=said.body,
            published=STATUSES[said.status],
            name=name,
            day=NAMES.index(name) + 1,
        )
        (self.folder / f"{name}.md").write_text(filled, "utf-8")

    @precondition(lambda self: self.model.files)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Remove a post's file; without --prune that is nothing to the site."""
        name = data.draw(st.sampled_from(sorted(self.model.files)))
        del self.model.files[name]
        (self.folder / f"{name}.md").unlink()

    @precondition(lambda self: self._editable())
    @rule(data=st.data(), letter=st.sampled_from(("a", "x", "y")))
    def edit_on_site(self, data: st.DataObject, letter: str) -> None:
        """Somebody changes a post on the site."""
        name = data.draw(st.sampled_from(self._editable()))
        before = self.model.site[name].text
        new = text(name, letter, before.status)
        when = f"2030-01-01 00:{next(self.edits):02}:00"
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute(EDIT, (new.title, new.body, when, before.title))
        self.model.edit_on_site(name, new)

    @precondition(lambda self: self.model.files)
    @rule()
    def plan(self) -> None:
        """A dry run says what an import would do, and does nothing."""
        sent, path = len(write_requests(self.site)), self.folder / "plan.json"
        self._run("import", "--dry-run", f"--report=json={path}")
        actions = json.loads(path.read_text("utf-8"))["actions"]
        path.unlink()
        found = {Path(each["path"]).stem: each["action"] for each in actions}
        assert (found, len(write_requests(self.site))) == (self.model.verbs(), sent)

    @precondition(lambda self: self.model.files)
    @rule()
    def import_(self) -> None:
        """Bring everything in; once more brings nothing."""
        verbs = self.model.verbs()
        done = self._run("import", "--yes")
        assert done.status == ("conflict" in verbs.values()), done.said
        self.model.import_()
        sent = len(write_requests(self.site))
        self._run("import", "--yes")
        assert len(write_requests(self.site)) == sent

    @precondition(lambda self: self.model.files)
    @rule(kill=kills)
    def import_killed(self, kill: Callable[[], None]) -> None:
        """Kill an import at one of its requests."""
        if self._run("import", "--yes", prepare=kill).status == -signal.SIGKILL:
            self.model.import_killed(self._held())
        else:
            self.model.import_()

    @precondition(lambda self: self.model.has_imported)
    @rule(force=st.booleans())
    def undo(self, force: bool) -> None:
        """Take the last import back."""
        before = dict(self.model.deeds)
        done = self._run("undo", *(["--force"] if force else []))
        edited = self.model.undo(force=force)
        assert done.status == bool(edited), (done.said, before)

    @precondition(lambda self: self.model.has_imported)
    @rule(force=st.booleans(), kill=kills)
    def undo_killed(self, force: bool, kill: Callable[[], None]) -> None:
        """Kill an undo at one of its requests."""
        done = self._run("undo", *(["--force"] if force else []), prepare=kill)
        killed = done.status == -signal.SIGKILL
        self.model.undo(force=force, held=self._held() if killed else None)

    @invariant()
    def holds_what_it_should(self) -> None:
        """Each post is there once, as the model says, and that of somebody else as it was."""
        if hasattr(self, "theirs"):
            assert self._held() == self.model.texts()

    def _editable(self) -> list[str]:
        rows = self.model.site.items()
        unclear = self.model.unclear
        return sorted(n for n, row in rows if n not in unclear and row.text.status != "trash")

    def _run(self, *words: str, prepare: Callable[[], None] = lambda: None) -> Done:
        verb, *options = words
        line, environment = command(
            self.site, verb, str(self.folder), *options, "--site", self.site.url
        )
        done = forked(line[1:], environment, prepare)
        assert "Traceback" not in done.said, done.said
        return done

    def _held(self) -> dict[str, Text]:
        with closing(sqlite3.connect(self.database)) as database:
            rows = [Text(*row) for row in database.execute(POSTS)]
        assert rows.count(self.theirs) == 1
        ours = [row for row in rows if row != self.theirs]
        held = {row.title.split()[0]: row for row in ours}
        assert len(held) == len(ours), rows
        return held


@one_flavour("wp67-sqlite")
def test_any_sequence(site: Site) -> None:
    """Nothing is lost, nothing comes twice, no edit is overwritten, undo gives back what was."""
    if site.flavour.name != "wp67-sqlite":
        pytest.skip("the model reads SQLite's file")
    run_state_machine_as_test(
        lambda: Sequences(site),  # type: ignore[arg-type] # any callable that makes one
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
