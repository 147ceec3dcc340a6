"""Requests that nobody answers, and sites that go away half way."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from migrate.errors import INCOMPLETE, UNREACHABLE, SiteError, SiteLost
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import Post, TermRef
from tests.wordpress.fault_proxy import PASS, FaultProxy, InTurn, behind
from tests.wordpress.importing import (
    imported,
    install_plugin,
    plan,
    record,
    stored,
    target,
    write_requests,
)
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

EXIT_ONCE = """
add_action( 'save_post', function () {
    static $posts = 0;
    if ( 3 === ++$posts && ! file_exists( 'MARK' ) ) {
        touch( 'MARK' );
        exit;
    }
} );
"""


def through(
    site: Site, faults: Callable[[str], str], posts: Sequence[Post]
) -> tuple[list[Action], list[Finding]]:
    """Import posts through a proxy; return what was done, and the findings."""
    findings: list[Finding] = []
    with (
        FaultProxy(site.url, faults) as proxy,
        behind(site, proxy),
        target(site, findings) as live,
    ):
        decisions = [decision for _, decision in plan(live, posts)]
        return list(live.apply(zip(posts, decisions, strict=True))), findings


def records(count: int) -> list[Post]:
    """Some records with a slug each."""
    return [record(f"{n}.md", slug=f"s{n}", date="2016-07-16 00:22:22") for n in range(count)]


def verbs(actions: Sequence[Action]) -> list[str]:
    """What happened to each record."""
    return [action.verb for action in actions]


def codes(findings: Sequence[Finding]) -> list[str]:
    """The codes of findings."""
    return [finding.code for finding in findings]


def test_answer_lost(site: Site) -> None:
    """Creates whose answer got lost are looked up, found, and not sent again."""
    done, findings = through(site, InTurn("cut after"), records(3))
    assert verbs(done) == ["create"] * 3
    assert [row["post_name"] for row in stored(site)] == ["s0", "s1", "s2"]
    assert [finding.message for finding in findings] == [
        "the server can't be reached, or closed the connection; 3 of 3 had been done all the same"
    ]
    assert len(write_requests(site)) == 1


def test_request_lost(site: Site) -> None:
    """Creates that never arrived are sent again once the site shows that it has none of them."""
    done, findings = through(site, InTurn("cut before"), records(3))
    assert verbs(done) == ["create"] * 3
    assert codes(findings) == ["target-answer-lost"]
    assert [row["post_name"] for row in stored(site)] == ["s0", "s1", "s2"]


def test_alike_records_are_not_one(site: Site) -> None:
    """Two records that say the same are two posts, also where their request is sent again."""
    same = {"title": "Same", "date": "2016-07-16 00:22:22"}
    done, _ = through(site, InTurn("cut before"), [record("a.md", **same), record("b.md", **same)])
    assert verbs(done) == ["create", "create"]
    assert [row["post_title"] for row in stored(site)] == ["Same", "Same"]


def test_a_request_that_came_twice_late(site: Site) -> None:
    """Of three posts the one with the slug that was asked for stays."""
    made = "wp_insert_post( array( 'post_title' => 'T', 'post_name' => 's', 'post_status' => "
    made += "'publish', 'post_date' => '2016-07-16 00:22:22', 'post_content' => 'C' ) );"
    sent: list[str] = []

    def late(line: str) -> str:
        if not line.startswith("POST"):
            return PASS
        sent.append(line)
        if len(sent) == 1:
            return "cut before"
        site.php(made + made)
        return PASS

    posts = [record("a.md", title="T", content=b"C", slug="s", date="2016-07-16 00:22:22")]
    done, _ = through(site, late, posts)
    assert verbs(done) == ["create"]
    assert [row["post_name"] for row in stored(site)] == ["s"]


def test_stored_in_part(site: Site) -> None:
    """Where a plugin ends a batch half way, what is stored is found and the rest goes in once."""
    install_plugin(site, EXIT_ONCE.replace("MARK", str(site.docroot / "exited")))
    done = imported(site, records(5))
    assert done.verbs == ["create"] * 5
    assert sorted(row["post_name"] for row in stored(site)) == ["s0", "s1", "s2", "s3", "s4"]


def test_poisoned_record(site: Site) -> None:
    """A record over which the site breaks off each time fails alone."""
    install_plugin(
        site,
        "add_filter( 'wp_insert_post_data', function ( $data ) {"
        " if ( 's1' === $data['post_name'] ) { exit; } return $data; } );",
    )
    done = imported(site, records(4))
    assert done.verbs == ["create", "failed", "create", "create"]
    assert sorted(row["post_name"] for row in stored(site)) == ["s0", "s2", "s3"]


def test_trash_answer_lost(site: Site) -> None:
    """The second step of a trashed post is looked up as well when its answer gets lost."""
    posts = [record("a.md", slug="a", status="trash")]
    done, findings = through(site, InTurn("pass", "cut after"), posts)
    assert (verbs(done), codes(findings)) == (["create"], ["target-answer-lost"])
    assert [row["post_status"] for row in stored(site)] == ["trash"]


def test_trash_arrives_late(site: Site) -> None:
    """A request that came after all while it was sent again has done its work: that counts."""
    sent: list[str] = []

    def late(line: str) -> str:
        if not line.startswith("DELETE"):
            return PASS
        sent.append(line)
        if len(sent) == 1:
            return "cut before"
        site.php("wp_trash_post( get_page_by_path( 'a', OBJECT, 'post' )->ID );")
        return PASS

    done, findings = through(site, late, [record("a.md", slug="a", status="trash")])
    assert (verbs(done), len(sent)) == (["create"], 2)
    assert codes(findings) == ["target-answer-lost", "target-answer-lost"]
    assert [row["post_status"] for row in stored(site)] == ["trash"]


def test_taking_back_fails(site: Site) -> None:
    """A post that should be taken back and can't be is named with its number."""
    site.php(
        "wp_insert_post( array( 'post_title' => 'x', 'post_name' => 'held',"
        " 'post_status' => 'auto-draft' ) );"
    )
    install_plugin(site, "add_filter( 'pre_delete_post', '__return_false' );")
    done = imported(site, [record("a.md", slug="held", date="2016-07-16 00:22:22")])
    assert done.verbs == ["failed"]
    assert done.actions[0].reason.startswith(
        "the site gave it the slug held-2 instead, and post 2 couldn't be deleted"
    )
    assert codes(done.findings) == ["target-record-failed"]


def test_update_answer_lost(site: Site) -> None:
    """An update whose answer got lost is looked up, and counts where it was done."""
    imported(site, [record("a.md", slug="a")])
    posts = [record("a.md", slug="a", title="New")]
    done, findings = through(site, InTurn("cut after"), posts)
    assert (verbs(done), codes(findings)) == (["update"], ["target-answer-lost"])
    assert [row["post_title"] for row in stored(site)] == ["New"]


def test_term_answer_lost(site: Site) -> None:
    """A term whose answer got lost is looked up too, and there is one of it."""
    posts = [record("a.md", terms=[TermRef("post_tag", "Tag")], date="2016-07-16 00:22:22")]
    done, findings = through(site, InTurn("cut after"), posts)
    assert (verbs(done), codes(findings)) == (
        ["create"],
        ["target-default-category", "target-answer-lost"],
    )
    assert stored(site)[0]["post_tag"] == ["Tag"]
    assert len(write_requests(site)) == 2


def test_site_gone_half_way(site: Site) -> None:
    """A site that goes away after something was changed ends the run as incomplete."""
    with pytest.raises(SiteLost, match="the site went away") as caught:
        through(site, InTurn("pass", "cut before", gone=True), records(40))
    assert caught.value.exit_status == INCOMPLETE
    there = len(stored(site))
    assert 0 < there < 40
    again = Counter(imported(site, records(40)).verbs)
    assert again == {"unchanged": there, "create": 40 - there}


def test_site_gone_before_anything(site: Site) -> None:
    """A site that goes away before the first change ends the run as unreachable."""
    findings: list[Finding] = []
    posts = records(1)
    with (
        FaultProxy(site.url, lambda _line: PASS) as proxy,
        behind(site, proxy),
        target(site, findings) as live,
    ):
        decisions = [decision for _, decision in plan(live, posts)]
        proxy.close()
        with pytest.raises(SiteError) as caught:
            list(live.apply(zip(posts, decisions, strict=True)))
    assert caught.value.exit_status == UNREACHABLE
    assert stored(site) == []


@pytest.mark.parametrize(
    "hook",
    ["exit;", "throw new Error( 'plugin' );", "wp_die( 'No <b>way</b>', '', 500 );"],
)
def test_plugin_that_fails_after_storing(site: Site, hook: str) -> None:
    """A post that is stored although the answer is empty or an error is found, not doubled."""
    install_plugin(
        site,
        "add_action( 'save_post', function ( $id, $post ) {"
        f" if ( 'publish' === $post->post_status ) {{ {hook} }} }}, 10, 2 );",
    )
    done = imported(site, [record("a.md", slug="a", date="2016-07-16 00:22:22")])
    assert done.verbs == ["create"]
    assert len(stored(site)) == 1
    assert len(write_requests(site)) == 1


def test_refused_post(site: Site) -> None:
    """A post that the site refuses is named with the site's words; the others go in."""
    install_plugin(
        site,
        "add_filter( 'rest_pre_insert_post', fn( $post ) => 'Bad' === $post->post_title"
        " ? new WP_Error( 'no', 'Not <b>here</b>', array( 'status' => 403 ) ) : $post );",
    )
    done = imported(site, [record("a.md", title="Bad"), record("b.md", title="Good")])
    assert done.verbs == ["failed", "create"]
    assert done.actions[0].reason == "Not here (HTTP 403, no)"
    assert done.found("target-record-failed") == [("a.md", "title")]
