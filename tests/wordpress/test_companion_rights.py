"""The companion does nothing for an account that the account couldn't do by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wordpress import companion
from tests.wordpress.importing import install_plugin
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, one_flavour("wp61-mariadb")]

WITHOUT = """
    add_filter( 'map_meta_cap', function ( $caps, $cap, $user, $of ) {
        $lacks = in_array( $cap, array( %s ), true ) && ( ! $of || 7 === (int) $of[0] );
        return $lacks ? array( 'do_not_allow' ) : $caps;
    }, 10, 4 );
"""
SCRIPT = "<script>alert(1)</script>"


def record(title: str, **more: Any) -> dict[str, Any]:
    """A post in canonical form."""
    return {"title": title, "type": "post", "status": "publish", **more}


def posts(site: Site) -> dict[str, Any]:
    """The posts of the site, by title."""
    lines = companion.read(site, "snapshot")
    return {line["record"]["title"]: line["record"] for line in lines if line["kind"] == "post"}


def test_takes_no_html_from_those_who_may_write_none(site: Site) -> None:
    """Texts and comments lose their scripts where an account lacks the right `unfiltered_html`."""
    companion.install(site)
    install_plugin(site, WITHOUT % "'unfiltered_html'")
    comment = {"author": f"A{SCRIPT}", "content": f"Nice{SCRIPT}", "date": "2018-03-01 10:00:00"}
    sent = record("One", content=f"<p>Text</p>{SCRIPT}", comments=[comment])

    made = companion.send(site, "records?run=1&fast=1", [{"key": "1", "record": sent}])

    (post,) = posts(site).values()
    assert "script" not in str(post)
    assert [each["content"] for each in post["comments"]] == ["Nicealert(1)"]
    held = [{**post["comments"][0], "content": f"Late{SCRIPT}", "there": post["comments"][0]["id"]}]
    change = {"key": "2", "id": made[0]["id"], "record": {"comments": held}}
    companion.send(site, "records?run=1", [change])
    (post,) = posts(site).values()
    assert [each["content"] for each in post["comments"]] == ["Latealert(1)"]


def test_asks_for_the_rights_of_each_record(site: Site) -> None:
    """What an account may not change or use costs that record, is named, and leaves no others."""
    companion.install(site)
    sent = [{"key": str(n), "record": record(f"Post {n}", id=str(n))} for n in (7, 8)]
    companion.send(site, "records?run=1", sent)
    install_plugin(site, WITHOUT % "'edit_post', 'assign_post_tags'")
    tagged = record("Tagged", terms=[{"taxonomy": "post_tag", "name": "Sea", "slug": "sea"}])
    changes = [
        {"key": "a", "id": "7", "record": {"title": "Changed 7"}},
        {"key": "b", "id": "8", "record": {"title": "Changed 8"}},
        {"key": "c", "record": tagged},
    ]

    answers = companion.send(site, "records?run=2", changes)

    assert {line["key"]: line.get("error", line["status"]) for line in answers[:-1]} == {
        "a": "you may not change post 7",
        "b": "updated",
        "c": "you may not relate posts to terms of post_tag",
    }
    assert sorted(posts(site)) == ["Changed 8", "Post 7"]
