"""The site of the samples' newspaper: the post type of its notices, its zone, its writers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.conftest import LONG
from tests.wordpress.site import Site

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples" / "wpghs"
NOTICE_TYPE = Path(__file__).parent / "server" / "notice-type.php"
ZONE = "Europe/Oslo"
_GENERATED = 24  # characters of a password that WordPress made
WRITERS = {
    "maritvollan": "Marit Vollan",
    "asnelovik": "Åsne Løvik",
    "staffwriter": "Staff Writer",
    "harbouroffice": "Harbour Office",
    "tuva": "Tuva of the Island",
}


def prepare(site: Site, writers: Iterable[str] = tuple(WRITERS)) -> None:
    """Give an empty site the post type, the zone and the writers of these logins."""
    plugins = site.docroot / "wp-content" / "mu-plugins"
    shutil.copy(NOTICE_TYPE, plugins / NOTICE_TYPE.name)
    site.set_option("timezone_string", ZONE)
    for login in writers:
        site.create_user("editor", login, WRITERS[login])


def command(site: Site, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """Give the command line of wpmigrate and the environment with the site's credentials.

    Imports keep their journal with the site's uploads, which a reset empties, not beside the
    samples, unless they are told where.
    """
    if arguments[0] in {"import", "undo"} and "--journal" not in arguments:
        arguments = (*arguments, "--journal", str(journal_of(site)))
    credentials = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    line = [str(Path(sys.executable).with_name("wpmigrate")), *arguments]
    return line, os.environ | credentials


def wpmigrate(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command line as a user would and give what it printed."""
    return ended(*command(site, *arguments))


def ended(line: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, without a terminal, and give what it printed: no password."""
    done = subprocess.run(
        line,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1800 if LONG else 300,
        check=False,
    )
    password = environment.get("WPMIGRATE_APP_PASSWORD", "")
    assert len(password) < _GENERATED or password not in done.stdout + done.stderr
    return done


def journal_of(site: Site) -> Path:
    """Give the place of the journal of imports into a site."""
    return site.docroot / "wp-content" / "uploads" / "journal.sqlite"
