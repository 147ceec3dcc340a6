"""Links that hide their target are followed politely, to public hosts only, and remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.errors import OutputError
from migrate.live.http.public_hosts import is_public
from migrate.live.resolve import resolve
from migrate.model.link_target import LinkTarget
from migrate.model.post import Meta, Post
from migrate.rewrite.feed_links import FeedLinks
from migrate.rewrite.rewrites import Rewrites
from tests.told_server import Told, ToldServer, told_server


def leading(answers: dict[str, tuple[int, str]]) -> dict[str, Told]:
    """Give answers of a status and where it leads."""
    return {
        asked: Told(status, {"Location": target} if target else {})
        for asked, (status, target) in answers.items()
    }


@pytest.fixture
def proxy() -> Iterator[ToldServer]:
    """Give a server on this machine."""
    with told_server() as server:
        yield server


@pytest.fixture
def ask(proxy: ToldServer, tmp_path: Path) -> Callable[[str], LinkTarget]:
    """Give what is found out about a path of the proxy."""

    def asked(path: str) -> LinkTarget:
        address = proxy.at(path)
        cache = tmp_path / "cache" / "links.json"
        return resolve([address], cache, not_kept, allow_private=True)[address]

    return asked


Ask = Callable[[str], LinkTarget]


def not_kept(error: OutputError) -> None:
    """Fail the test: what was found out could have been kept."""
    raise error


def test_redirects_are_followed(proxy: ToldServer, ask: Ask) -> None:
    """Each redirect is a question of its own, relative ones too; the page itself isn't read."""
    proxy.answers = leading(
        {
            "HEAD /a": (302, "/b"),
            "HEAD /b": (301, "c?\xc3\xa9"),
            "HEAD /c?%C3%A9": (200, ""),
        }
    )

    assert ask("/a") == LinkTarget(proxy.at("/c?%C3%A9"))
    assert proxy.asked == ["HEAD /a", "HEAD /b", "HEAD /c?%C3%A9"]


def test_a_server_without_head(proxy: ToldServer, ask: Ask) -> None:
    """Where HEAD is refused, GET is asked."""
    proxy.answers = leading({"HEAD /a": (405, ""), "GET /a": (302, "/b"), "HEAD /b": (200, "")})

    assert ask("/a") == LinkTarget(proxy.at("/b"))


def test_a_page_that_refuses_programs_is_there(proxy: ToldServer, ask: Ask) -> None:
    """Where the proxy led is known, though the page lets nobody in."""
    proxy.answers = leading({"HEAD /a": (302, "/b"), "HEAD /b": (403, ""), "GET /b": (403, "")})

    assert ask("/a") == LinkTarget(proxy.at("/b"))


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({}, "nothing is there (HTTP 404)"),
        ({"HEAD /a": (302, "/gone")}, "nothing is there (HTTP 404)"),
        ({"HEAD /a": (200, "")}, "it leads no further (HTTP 200)"),
        ({"HEAD /a": (302, "/a")}, "it is redirected more than 10 times"),
        ({"HEAD /a": (302, "ftp://a.example/")}, "it leads to no web page"),
        ({"HEAD /a": (302, "http://u:p@a.example/")}, "it leads to no web page"),
        ({"HEAD /a": (302, "http://[")}, "it leads to no web page"),
    ],
)
def test_dead_links(
    proxy: ToldServer, ask: Ask, answers: dict[str, tuple[int, str]], fault: str
) -> None:
    """What leads to no page is said to be dead, and why."""
    proxy.answers = leading(answers)

    assert ask("/a") == LinkTarget("", fault)


def test_what_was_found_out_is_remembered(proxy: ToldServer, ask: Ask) -> None:
    """A target is asked for once; what failed is asked for again."""
    proxy.answers = leading({"HEAD /a": (302, "/b"), "HEAD /b": (200, "")})
    first, failed = ask("/a"), ask("/c")
    proxy.asked.clear()
    proxy.answers |= leading({"HEAD /c": (302, "/b")})

    assert (first, ask("/a")) == (LinkTarget(proxy.at("/b")), LinkTarget(proxy.at("/b")))
    assert (failed.address, ask("/c").address) == ("", proxy.at("/b"))
    assert proxy.asked == ["HEAD /c", "HEAD /b"]


def test_a_spoilt_cache_is_begun_anew(tmp_path: Path) -> None:
    """A cache that holds something else stops nobody."""
    (tmp_path / "links.json").write_text("[1")

    assert resolve([], tmp_path / "links.json", not_kept) == {}


def test_no_private_hosts(proxy: ToldServer, tmp_path: Path) -> None:
    """This machine isn't asked unless that is allowed, by no name that it has."""
    port = proxy.server_port
    links = [proxy.at("/a"), f"http://localhost:{port}/a", f"http://0x7f.1:{port}/a"]
    found = resolve(links, tmp_path / "links.json", not_kept)

    assert set(found.values()) == {LinkTarget("", "it leads into a private network")}
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("fec0::1", False),
        ("64:ff9b::5db8:d822", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("::7f00:1", False),
        ("::ffff:0:7f00:1", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
        ("5f00::1", False),
        ("192.0.0.8", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    """Loopback, private, link-local and multicast addresses are nobody else's, in IPv6 too."""
    assert is_public(address) is public


def test_the_rule_uses_what_is_known() -> None:
    """A hidden link gets its target; a dead one is named; one that nobody asked about is hidden."""
    known, dead, other = (f"http://feedproxy.google.com/~r/a/~3/{name}/" for name in "kdo")
    wrapped = "http://news.google.com/news/url?url="
    targets = {known: LinkTarget(f"{wrapped}https://a.example/?utm_source=x"),
               dead: LinkTarget("", "gone")}  # fmt: skip
    body = f'<a href="{known}"></a><a href="{dead}"></a>\n<a href="{other}"></a>'
    post = Post(content=body.encode(), meta=[Meta("original_link", known)])
    rewrites = Rewrites((("feed-links", FeedLinks()),)).knowing(targets)
    found: list[tuple[str, str | None]] = []
    hidden = rewrites.hidden_links(post)
    rewrites.rewrite(post, lambda said: found.append((said.code, said.field)))

    assert hidden == {dead, other}
    assert (post.content or b"").startswith(b'<a href="https://a.example/"></a>')
    assert found == [
        ("rewrite-link-dead", "content"),
        ("rewrite-link-hidden", "content"),
        ("rewrite-feed-links", "content"),
        ("rewrite-feed-links", "meta.0.value"),
    ]


def test_resolving_on_the_command_line(
    proxy: ToldServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--resolve-links` asks about the links that are hidden, and writes where they lead."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    proxy.answers = leading({"HEAD /~r/a/~3/b/": (302, "/c"), "HEAD /c": (200, "")})
    post = "---\npost_title: Fog\nlayout: post\npublished: true\n---\n"
    (tmp_path / "a.md").write_text(f'{post}<a href="{proxy.at("/~r/a/~3/b/")}">Source</a>\n')
    report = f"--report=json={tmp_path / 'report.json'}"
    asked = ["export", str(tmp_path / "a.md"), "-o", str(tmp_path / "a.xml"), report]
    asked += ["--resolve-links", "--allow-private", "--rewrite", "feed-links"]
    done = CliRunner().invoke(commands, asked, catch_exceptions=False)

    assert done.exit_code == 0, done.output
    assert f'<a href="{proxy.at("/c")}">' in (tmp_path / "a.xml").read_text()
    found = json.loads((tmp_path / "report.json").read_text())["findings"]
    assert "rewrite-feed-links" in {said["code"] for said in found}


def test_what_cant_be_kept_is_used(
    proxy: ToldServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the folder for it can't be made, that is said and the run goes on."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    proxy.answers = leading({"HEAD /~r/a/~3/b/": (302, "/c"), "HEAD /c": (200, "")})
    post = "---\npost_title: Fog\nlayout: post\npublished: true\n---\n"
    (tmp_path / "a.md").write_text(f'{post}<a href="{proxy.at("/~r/a/~3/b/")}">Source</a>\n')
    asked = ["export", str(tmp_path / "a.md"), "-o", str(tmp_path / "a.xml"), "--resolve-links"]
    asked += ["--allow-private", "--rewrite", "feed-links"]
    done = CliRunner().invoke(commands, asked, catch_exceptions=False)

    assert done.exit_code == 0, done.output
    assert f'<a href="{proxy.at("/c")}">' in (tmp_path / "a.xml").read_text()
    assert "links.json: can't be written: Not a directory. What was found out is" in done.output


def test_nothing_to_resolve_for(tmp_path: Path) -> None:
    """Asking the network without a rule that makes use of it is wrong usage."""
    (tmp_path / "a.md").write_text("---\npost_title: Fog\nlayout: post\n---\n")
    asked = ["export", str(tmp_path / "a.md"), "-o", str(tmp_path / "a.xml"), "--resolve-links"]
    done = CliRunner().invoke(commands, asked, catch_exceptions=False)

    assert done.exit_code == 2
    assert "--rewrite feed-links" in done.output
