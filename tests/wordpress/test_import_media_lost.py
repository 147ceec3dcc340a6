"""What becomes of media that a site can't have is a loss, with its place and at --fail-on loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wordpress.fault_proxy import PASS, FaultProxy, behind
from tests.wordpress.pictures import Run, bodies, png, post, ran, write
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress


def imported(site: Site, folder: Path, body: str) -> list[Run]:
    """Bring a post and a file that is no picture into a site, once for each --fail-on."""
    write(folder, {"one.md": post("One", body), "a.png": "<html>no picture</html>"})
    return [ran(site, folder, "--fail-on", word) for word in ("error", "warning", "loss", "never")]


def test_a_file_that_the_site_refuses(site: Site, tmp_path: Path) -> None:
    """The post goes in and names the file as before."""
    runs = imported(site, tmp_path, '<img src="a.png">')

    path, line, message = runs[0].found("loss-media-refused")[0]
    assert (path, line) == ("one.md", 8)
    assert message.startswith("the file a.png wasn't uploaded: ")
    assert [run.status for run in runs] == [0, 1, 1, 0]


def _is_upload(line: str) -> bool:
    return line.startswith("POST") and "/wp/v2/media" in line


def test_a_file_over_which_the_connection_breaks_off(site: Site, tmp_path: Path) -> None:
    """As often as it is sent: it is named, and all else goes in."""
    write(tmp_path, {"one.md": post("One", '<img src="a.png">'), "a.png": png(2, 2, 1)})
    write(tmp_path, {"two.md": post("Two", "Text")})
    proxy = FaultProxy(site.url, lambda line: "cut before" if _is_upload(line) else PASS)

    with proxy, behind(site, proxy):
        run = ran(site, tmp_path)

    ((path, line, message),) = run.found("loss-media-refused")
    assert (path, line) == ("one.md", 8)
    assert "the site answers all else" in message
    assert run.verbs() == ["create"] * 2
    assert sorted(bodies(site)) == ["One", "Two"]


def test_a_number_of_a_file_that_nobody_has(site: Site, tmp_path: Path) -> None:
    """A gallery's number that no attachment of the source has is left and named."""
    runs = imported(site, tmp_path, '[gallery ids="77"]')

    assert runs[0].found("loss-media-number") == [
        ("one.md", 8, "the attachment 77 isn't in the source")
    ]
    assert runs[0].status == 0
