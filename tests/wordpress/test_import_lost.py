"""Requests that nobody answers, and sites that go away half way."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from migrate.errors import INCOMPLETE, UNREACHABLE, SiteError, SiteLost
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import Post, TermRef
from tests.wordpress.cut_proxy import CutProxy, Fault
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


class Faults:
    """Cuts the n-th write request (from 1) in a given way; with `gone`, everything after it."""

    _WRITES = ("POST", "DELETE")

    def __init__(self, fault: Fault, nth: int, *, gone: bool = False) -> None:
        self._fault = fault
        self._nth = nth
        self._gone = gone
        self._writes = 0

    def __call__(self, line: str) -> Fault:
        """Say what happens to a request."""
        if line.startswith(self._WRITES):
            self._writes += 1
            if self._writes == self._nth:
                return self._fault
        return "cut before" if self._gone and self._writes >= self._nth else "pass"


@contextmanager
def behind(site: Site, proxy: CutProxy) -> Iterator[None]:
    """Let the site be found at the proxy's address, which it takes for its own meanwhile."""
    address = site.url
    site.url = f"http://127.0.0.1:{proxy.port}"
    install_plugin(
        site,
        "foreach ( array( 'home', 'siteurl' ) as $option ) {"
        f" add_filter( \"option_$option\", fn() => '{site.url}', 99 ); }}",
    )
    try:
        yield
    finally:
        site.url = address
        install_plugin(site, "")


def through(
    site: Site, faults: Faults, posts: Sequence[Post]
) -> tuple[list[Action], list[Finding]]:
    """Import posts through a proxy; return what was done, and the findings."""
    findings: list[Finding] = []
    with (
        CutProxy(site.url, faults) as proxy,
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


def test_answer_lost(site: Site) -> None:
    """A create whose answer got lost is looked up, found, and not sent again."""
    done, findings = through(site, Faults("cut after", 2), records(3))
    assert (verbs(done), findings) == (["create"] * 3, [])
    assert [row["post_name"] for row in stored(site)] == ["s0", "s1", "s2"]
    assert len(write_requests(site)) == 3


def test_request_lost(site: Site) -> None:
    """A create that never arrived fails by itself; running again brings it in."""
    done, findings = through(site, Faults("cut before", 2), records(3))
    assert verbs(done) == ["create", "failed", "create"]
    assert [finding.code for finding in findings] == ["target-record-failed"]
    assert imported(site, records(3)).verbs == ["unchanged", "create", "unchanged"]


def test_trash_answer_lost(site: Site) -> None:
    """The second step of a trashed post is looked up as well when its answer gets lost."""
    posts = [record("a.md", slug="a", status="trash")]
    done, findings = through(site, Faults("cut after", 2), posts)
    assert (verbs(done), findings) == (["create"], [])
    assert [row["post_status"] for row in stored(site)] == ["trash"]


def test_taking_back_fails(site: Site) -> None:
    """A post that should be taken back and can't be is named with its number."""
    site.php(
        "wp_insert_post( array( 'post_title' => 'x', 'post_name' => 'held',"
        " 'post_status' => 'auto-draft' ) );"
    )
    done, findings = through(
        site, Faults("cut before", 2), [record("a.md", slug="held", date="2016-07-16 00:22:22")]
    )
    assert verbs(done) == ["failed"]
    assert done[0].reason.startswith(
        "the site gave it the slug held-2 instead, and post 2 couldn't be deleted"
    )
    assert [finding.code for finding in findings] == ["target-record-failed"]


def test_update_answer_lost(site: Site) -> None:
    """An update whose answer got lost is looked up, and counts where it was done."""
    imported(site, [record("a.md", slug="a")])
    posts = [record("a.md", slug="a", title="New")]
    done, findings = through(site, Faults("cut after", 1), posts)
    assert (verbs(done), findings) == (["update"], [])
    assert [row["post_title"] for row in stored(site)] == ["New"]


def test_term_answer_lost(site: Site) -> None:
    """A term whose answer got lost is looked up too, and there is one of it."""
    posts = [record("a.md", terms=[TermRef("post_tag", "Tag")], date="2016-07-16 00:22:22")]
    done, findings = through(site, Faults("cut after", 1), posts)
    assert (verbs(done), findings) == (["create"], [])
    assert stored(site)[0]["post_tag"] == ["Tag"]
    assert len(write_requests(site)) == 2


def test_site_gone_half_way(site: Site) -> None:
    """A site that goes away after something was changed ends the run as incomplete."""
    with pytest.raises(SiteLost, match="the site went away") as caught:
        through(site, Faults("cut after", 4, gone=True), records(5))
    assert caught.value.exit_status == INCOMPLETE
    assert len(stored(site)) == 4
    assert imported(site, records(5)).verbs == ["unchanged"] * 4 + ["create"]


def test_site_gone_before_anything(site: Site) -> None:
    """A site that goes away before the first change ends the run as unreachable."""
    findings: list[Finding] = []
    posts = records(1)
    with (
        CutProxy(site.url, lambda _line: "pass") as proxy,
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
