"""Whatever happens on the way to the making of terms and users, each is there once."""

from __future__ import annotations

import os
import random
import threading
from typing import Any

import pytest

from migrate.live.http import limits
from migrate.model.post import Author, TermRef
from migrate.writers.rest.options import ImportOptions
from tests.conftest import LONG
from tests.wordpress.fault_proxy import FAULTS, PASS, FaultProxy, behind
from tests.wordpress.importing import imported, record, stored
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(1200)]

MOST = len(FAULTS) if LONG else 4
SILENCE = 3.0  # seconds
TIMEOUT = 2.0
MADE = """
return array(
    'terms' => array_map( fn( $term ) => $term->name, get_terms( array(
        'taxonomy' => array( 'category', 'post_tag' ), 'hide_empty' => false, 'exclude' => 1 ) ) ),
    'users' => array_map( fn( $user ) => $user->user_login, get_users() ),
);
"""


class Alternating:
    """Lets every second request to each route meet the next fault, until there are none left."""

    def __init__(self, routes: list[str], faults: list[str]) -> None:
        self.left = {route: list(faults) for route in routes}
        self._bad = dict.fromkeys(routes, False)
        self._lock = threading.Lock()

    def __call__(self, line: str) -> str:
        """Say what happens to a request."""
        with self._lock:
            for route, faults in self.left.items():
                if line.startswith(f"POST /wp-json/wp/v2/{route}"):
                    self._bad[route] = not self._bad[route]
                    return faults.pop() if self._bad[route] and faults else PASS
            return PASS


def made(site: Site) -> dict[str, list[str]]:
    """The names of all terms and the logins of all users, in order."""
    found: dict[str, Any] = site.php(MADE)
    return {kind: sorted(names) for kind, names in found.items()}


@one_flavour("wp67-sqlite")
def test_terms_and_users(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers get lost, come cut or not at all: each term and user is made, and none twice."""
    seed = int(os.environ.get("WPMIGRATE_FAULT_SEED", random.randrange(2**32)))
    print(f"repeat with WPMIGRATE_FAULT_SEED={seed}")
    happening = random.Random(seed).sample(sorted(FAULTS), MOST)
    monkeypatch.setattr(limits, "READ_TIMEOUT", TIMEOUT)
    numbers = range(2 * MOST)
    posts = [
        record(
            f"{n:02}.md",
            slug=f"n-{n}",
            date="2016-07-16 00:22:22",
            author=Author(f"writer{n}", f"Writer {n}", f"writer{n}@example.org"),
            terms=[TermRef("category", f"Kind {n}"), TermRef("post_tag", f"Tag {n}")],
        )
        for n in numbers
    ]
    faults = Alternating(["tags", "categories", "users"], happening)
    options = ImportOptions(create_authors=True)

    with FaultProxy(site.url, faults, SILENCE) as proxy, behind(site, proxy):
        done = imported(site, posts, options)

    assert (done.verbs, [f.message for f in done.findings if f.severity == "error"]) == (
        ["create"] * len(posts),
        [],
    )
    assert faults.left == {"tags": [], "categories": [], "users": []}
    names = [f"{kind} {n}" for kind in ("Kind", "Tag") for n in numbers]
    assert made(site) == {
        "terms": sorted(names),
        "users": sorted([site.user, *(f"writer{n}" for n in numbers)]),
    }
    held = [(row["author"], row["category"], row["post_tag"]) for row in stored(site)]
    assert sorted(held) == sorted((f"Writer {n}", [f"Kind {n}"], [f"Tag {n}"]) for n in numbers)
    lost = [found for found in done.findings if found.code == "target-answer-lost"]
    assert len(lost) >= 3 * MOST
