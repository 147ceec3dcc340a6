"""The password is in no output, journal, report, log or traceback, whatever is asked and said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.wordpress import spilled
from tests.wordpress.importing import install_plugin
from tests.wordpress.newspaper import command, ended
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.pictures import png, write
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

POST = "---\npost_title: One\nlayout: post\npublished: true\n---\nText <img src='a.png'>\n"
TELLS_ALL = """
add_filter( 'rest_pre_dispatch', function ( $answer, $server, $request ) {
    if ( 'POST' === $request->get_method() ) {
        error_log( 'a plugin logs ' . $request->get_route() );
        return new WP_Error( 'odd', 'You said ' . ( $_SERVER['PHP_AUTH_PW'] ?? 'nothing' ) );
    }
    return $answer;
}, 10, 3 );
"""
REPORTS = ("json", "junit", "sarif", "gitlab", "markdown", "html", "github")
COMMANDS = {
    "a look": ("check", "--site", "{url}"),
    "a dry run": ("import", "{posts}", "--dry-run", "--site", "{url}"),
    "a saved plan": ("import", "{posts}", "--plan-out", "{out}/plan", "--site", "{url}"),
    "an import": ("import", "{posts}", "--yes", "--lock", "{out}/lock", "--site", "{url}"),
    "a comparison": ("verify", "{posts}", "--site", "{url}"),
    "an export": ("export", "--site", "{url}", "-o", "{out}/posts"),
    "an undo": ("undo", "{posts}", "--yes", "--force", "--site", "{url}"),
    "no site": ("export", "--site", "http://127.0.0.1:9", "-o", "{out}/none.xml"),
}


class Desk:
    """A folder in which every command leaves all that it writes, its output too."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.folder = site, folder
        self._number = 0
        for name in ("posts", "out", "home", "tmp"):
            (folder / name).mkdir()
        (folder / "posts" / "one.md").write_text(POST)
        write(folder / "posts", {"a.png": png(2, 2, 1)})

    def run(self, words: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        """Run a command, with everything that can be told told."""
        self._number += 1
        known = {"url": self.site.url, "posts": self.folder / "posts", "out": self.folder / "out"}
        asked = [word.format(**known) for word in words]
        reports = [f"--report={name}={self.folder}/{self._number}.{name}" for name in REPORTS]
        journal = ["--journal", str(self.folder / "journal.sqlite")]
        asked += journal if words[0] in {"import", "undo"} else []
        line, environment = command(self.site, *asked, "--verbose", "--report=console", *reports)
        places = {"HOME": "home", "XDG_CACHE_HOME": "home", "TMPDIR": "tmp"}
        environment |= {name: str(self.folder / place) for name, place in places.items()}
        done = ended(line, environment | {"PYTHONFAULTHANDLER": "1", "PYTHONDEVMODE": "1"})
        (self.folder / f"{self._number}.txt").write_text(done.stdout + done.stderr)
        return done

    def spilled(self) -> list[str]:
        """Give the files that hold the password, the site's logs among them."""
        return spilled.places(self.site, [self.folder, *self.site.folders_written()])


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Desk:
    """Give one beside an empty site."""
    return Desk(site, tmp_path)


@one_flavour("wp67-sqlite")
def test_no_command_spills_it(desk: Desk) -> None:
    """Every command that signs in, with --verbose and all reports; then what they wrote."""
    ends = {name: desk.run(words).returncode for name, words in COMMANDS.items()}

    assert [name for name, status in ends.items() if status not in (0, 1)] == ["no site"]
    assert (desk.folder / "journal.sqlite").is_file()
    assert desk.spilled() == []


@one_flavour("wp67-sqlite")
def test_what_a_site_says_back(desk: Desk) -> None:
    """A site that quotes the password in its answers has it shown nowhere."""
    install_plugin(desk.site, TELLS_ALL)

    done = desk.run(COMMANDS["an import"])

    assert done.returncode != 0
    assert "You said" in done.stdout + done.stderr
    assert desk.spilled() == []


@one_flavour("wp67-sqlite")
def test_the_search_finds_it(desk: Desk) -> None:
    """Each way to spell it is found, in a file and in a file's name."""
    for number, spelling in enumerate(sorted(spilled.spellings(desk.site))):
        (desk.folder / f"spilled-{number}").write_bytes(b"before " + spelling + b" after")
    (desk.folder / desk.site.app_password).touch()

    found = [Path(place) for place in desk.spilled()]
    for path in found:
        path.unlink()

    assert [path.name for path in found] == sorted(
        [desk.site.app_password, *(f"spilled-{number}" for number in range(5))]
    )
