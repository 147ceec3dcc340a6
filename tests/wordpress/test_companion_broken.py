"""What is serialized wrongly, which no PHP can read, costs nothing that was there before."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.wordpress import companion
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, one_flavour("wp67-sqlite")]

BROKEN: Final = 'a:1:{s:3:"longer than three";i:1;}'


def option(name: str, value: str) -> dict[str, Any]:
    """A line that sets an option."""
    return {"key": name, "kind": "option", "record": {"name": name, "value": value}}


def test_a_broken_option_is_refused(site: Site) -> None:
    """WordPress would read `false` and keep nothing of what the site holds."""
    companion.install(site)
    site.php("update_option( 'tides', array( 'high' => 1 ) );")

    answers = companion.send(site, "records?run=1", [option("tides", BROKEN), option("fog", "x")])

    assert [each.get("status") for each in answers] == ["failed", "created", None]
    assert "serialized wrongly" in answers[0]["error"]
    assert site.php("return array( get_option( 'tides' ), get_option( 'fog' ) );") == [
        {"high": 1},
        "x",
    ]


def test_a_broken_meta_of_a_term_is_kept(site: Site) -> None:
    """It comes as it is, beside others of its key."""
    companion.install(site)
    metas = [{"key": "tide", "value": value} for value in (BROKEN, "a:1:{i:0;b:0;}", "high")]
    record = {"taxonomy": "category", "slug": "sea", "name": "Sea", "meta": metas}

    companion.send(site, "records?run=1", [{"key": "1", "kind": "term", "record": record}])

    (held,) = [
        line["record"]["meta"]
        for line in companion.read(site, "snapshot")
        if line["kind"] == "term" and line["record"]["slug"] == "sea"
    ]
    assert held == metas
