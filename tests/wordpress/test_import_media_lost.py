"""What becomes of media that a site can't have is a loss, with its place and at --fail-on loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wordpress.pictures import Run, post, ran, write
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


def test_a_number_of_a_file_that_nobody_has(site: Site, tmp_path: Path) -> None:
    """A gallery's number that no attachment of the source has is left and named."""
    runs = imported(site, tmp_path, '[gallery ids="77"]')

    assert runs[0].found("loss-media-number") == [
        ("one.md", 8, "the attachment 77 isn't in the source")
    ]
    assert runs[0].status == 0
