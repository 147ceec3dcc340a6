"""The companion does nothing for an account that the account couldn't do by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wordpress import companion
from tests.wordpress.companion import Line
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
KEPT = """
    $id = wp_insert_post( array( 'post_title' => 'One', 'post_status' => 'publish' ) );
    return array( $id, wp_save_post_revision( $id ), wp_insert_post( array(
        'post_title' => 'a@example.org', 'post_type' => 'user_request',
        'post_status' => 'request-pending' ) ) );
"""
ROWS = """
    $names = array( 'active_plugins', 'admin_email', 'blogname', 'siteurl',
        $wpdb->prefix . 'user_roles' );
    $rows  = $wpdb->get_results( "SELECT * FROM $wpdb->options ORDER BY option_name", ARRAY_A );
    $found = array();
    foreach ( $rows as $row ) {
        if ( in_array( $row['option_name'], $names, true ) ) {
            $found[ $row['option_name'] ] = array( $row['option_id'], $row['option_value'] );
        }
    }
    return $found;
"""
SCRIPT = "<script>alert(1)</script>"


def record(title: str, **more: Any) -> dict[str, Any]:
    """A post in canonical form."""
    return {"title": title, "type": "post", "status": "publish", **more}


def posts(site: Site) -> dict[str, Any]:
    """The posts of the site, by title."""
    lines = companion.read(site, "snapshot")
    return {line["record"]["title"]: line["record"] for line in lines if line["kind"] == "post"}


def types(lines: list[Line]) -> list[str]:
    """The types of the posts of a stream."""
    return sorted(line["record"]["type"] for line in lines if line["kind"] == "post")


def options(site: Site, names: str) -> dict[str, str]:
    """What is told of options."""
    lines = companion.read(site, f"snapshot?ids=0&options={names}")
    told = [line["record"] for line in lines if line["kind"] == "option"]
    return {each["name"]: each["value"] for each in told}


def test_takes_no_html_from_those_who_may_write_none(site: Site) -> None:
    """Texts, comments and options lose scripts where the right `unfiltered_html` is lacking."""
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
    text = f's:{len(SCRIPT)}:"{SCRIPT}";'
    sent_options = {
        "tides": f"a:2:{{i:0;b:1;i:1;{text}}}",
        "harbour": f'O:4:"Boat":1:{{{text}{text}}}',
    }
    lines = [
        {"key": name, "kind": "option", "record": {"name": name, "value": value}}
        for name, value in sent_options.items()
    ]
    answers = companion.send(site, "records?run=1", lines)
    assert [each.get("error") for each in answers[:-1]] == [None, "you may store no objects"]
    assert options(site, "tides,harbour") == {"tides": 'a:2:{i:0;b:1;i:1;s:8:"alert(1)";}'}


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


def test_gives_no_types_that_an_account_may_not_edit(site: Site) -> None:
    """What WordPress doesn't export comes to those alone who may edit it, by type and by ID."""
    companion.install(site)
    ids = site.php(KEPT)
    asked = (f"snapshot?ids={','.join(map(str, ids))}", "snapshot?types=post,revision,user_request")
    before = [types(companion.read(site, each)) for each in asked]
    digests = "digest?fields=id&types=revision,user_request"
    assert len(companion.read(site, digests)) == 3

    for right, left in (
        ("export_others_personal_data", ["post", "revision"]),
        ("read_private_posts", ["post"]),
    ):
        install_plugin(site, WITHOUT % f"'{right}'")
        assert [types(companion.read(site, each)) for each in asked] == [left, left]

    assert before == [["post", "revision", "user_request"]] * 2
    assert len(companion.read(site, digests)) == 1


def test_options_are_for_those_who_manage_them(site: Site) -> None:
    """Others are told none and can set none; what belongs to its site alone is kept from all."""
    companion.install(site)
    own = site.php(ROWS)
    names = ",".join(own)
    lines = [
        {"key": name, "kind": "option", "record": {"name": name, "value": "x"}} for name in own
    ]
    kept = [name for name in own if name != "blogname"]

    assert options(site, names) == {"blogname": own["blogname"][1]}
    answers = companion.send(site, "records?run=1", lines)
    assert {line["key"]: line["status"] for line in answers[:-1]} == {
        **dict.fromkeys(kept, "failed"),
        "blogname": "stored",
    }
    account = (site.user, site.app_password)
    for name in kept:
        gone = companion.ask(site, "DELETE", f"options/{own[name][0]}", account)
        assert gone.status_code == 403
    install_plugin(site, WITHOUT % "'manage_options'")
    number = own["blogname"][0]
    assert companion.ask(site, "DELETE", f"options/{number}", account).status_code == 403
    assert companion.ask(site, "GET", "capabilities", account).json()["options"] is False
    assert options(site, "blogname") == {}
    assert companion.send(site, "records?run=1", lines)[0]["status"] == "failed"
    assert site.php(ROWS) == {**own, "blogname": [number, "x"]}
