"""Files of a site's media: each has a place of its own or is named, and one's oddity is its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate.live.api import Api
from migrate.live.http.client import Client
from migrate.live.lanes import Lanes
from migrate.model.finding import Finding
from migrate.model.progress import unwatched
from migrate.readers.rest.media import File, fetch, files
from migrate.readers.rest.media_places import places
from migrate.syntax.upload_names import upload
from tests.told_server import Told, ToldServer, told_server

UPLOADS = "/wp-content/uploads/"
HOME = "https://example.org"


@pytest.fixture
def server() -> Iterator[ToldServer]:
    """Give a server on this machine."""
    with told_server() as told:
        yield told


def fetched(server: ToldServer, out: Path, *names: str) -> tuple[dict[str, str], list[Finding]]:
    """Fetch files, each of which says its own address; gives what lies in OUT, and the findings."""
    for name in names:
        path = UPLOADS + name
        server.answers[f"GET {path}"] = Told(200, body=name.ljust(300).encode())
    said: list[Finding] = []
    wanted = [File(server.at(UPLOADS + name), 300) for name in names]
    lanes = Lanes(Api(Client(), server.at("/wp-json/")), 2)
    try:
        fetch(lanes, server.at("/"), wanted, out, said.append, unwatched)
    finally:
        lanes.close()
    root = out / UPLOADS.strip("/")
    found = [path for path in sorted(root.rglob("*")) if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_text().strip() for path in found}, said


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a%FF.png", "a%FE.png"),
        ("a%FF.png", "a%25FF.png"),
        ("a%FF.png", "a%EF%BF%BD.png"),
        ("a.png?v=1", "a.png?v=2"),
        ("a.png", "a.png?v=2"),
        ("a%FF.png?v=1", "a%25FF.png?v=1"),
        ("a%2Fb.png", "a/b.png"),
        ("a%2Fb.png", "a%252Fb.png"),
    ],
)
def test_two_files_are_two_files(
    server: ToldServer, tmp_path: Path, first: str, second: str
) -> None:
    """Whichever comes first, they lie in the same places, and again so when run again."""
    held, said = fetched(server, tmp_path / "one", first, second)

    assert sorted(held.values()) == sorted([first, second])
    assert fetched(server, tmp_path / "one", first, second)[0] == held
    assert fetched(server, tmp_path / "two", second, first)[0] == held
    assert {found.code for found in said} == {"source-site-media-name"}
    for found in said:
        name = found.message.rpartition(UPLOADS.lstrip("/"))[2]
        assert found.path == server.at(UPLOADS + held[name])


@pytest.mark.parametrize(("name", "place"), [("b.png?v=1", "b.png"), ("%C3%A5.png", "å.png")])
def test_one_file_keeps_its_name(server: ToldServer, tmp_path: Path, name: str, place: str) -> None:
    """A query makes no other name where no other file has that; nothing is said of it."""
    assert fetched(server, tmp_path, name) == ({place: name}, [])


def test_what_lay_there_for_another_is_fetched_anew(server: ToldServer, tmp_path: Path) -> None:
    """A file that came when it was alone is no other one with the same name and length."""
    fetched(server, tmp_path, "c.png?v=1")
    held, _ = fetched(server, tmp_path, "c.png?v=1", "c.png")

    assert held["c.png"] == "c.png"


def test_a_made_name_that_is_anothers() -> None:
    """What the site calls so keeps its name, and the other is told why it has none."""
    base = f"{HOME}{UPLOADS}"
    own = upload("d.png", "v=1").own
    found = places([f"{base}d.png", f"{base}d.png?v=1", f"{base}{own}"], HOME)

    assert [(place.path, bool(place.fault)) for place in found.values()] == [
        ("d.png", False),
        ("", True),
        (own, False),
    ]


ODD = (
    "%2e%2e/%2e%2e/%2e%2e/x.png",
    "a%00.png",
    "a%0a.png",
    "a\n.png",
    "a%5cb.png",
    f"{'a' * 300}.png",
    "",
    "folder/",
    "e.png.part",
    "E.PNG.PART",
    "\ud800.png",
)


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_one_odd_name_stops_nothing(server: ToldServer, tmp_path: Path, odd: str) -> None:
    """That file is named, and all others are fetched."""
    for name in ("e.png", odd, "f.png"):
        server.answers[f"GET {UPLOADS}{name}"] = Told(200, body=b"of a file")
    said: list[Finding] = []
    wanted = [File(server.at(UPLOADS + name)) for name in ("e.png", odd, "f.png")]
    lanes = Lanes(Api(Client(), server.at("/wp-json/")), 2)

    came = fetch(lanes, server.at("/"), wanted, tmp_path, said.append, unwatched)

    lanes.close()
    assert came == 2
    assert sorted(path.name for path in tmp_path.rglob("*.png")) == ["e.png", "f.png"]
    assert [(found.code, found.path) for found in said] == [("loss-site-media", wanted[1].url)]


def test_a_disk_that_folds_letters(
    server: ToldServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies there in another spelling is the other file, whichever is asked for first."""
    fetched(server, tmp_path, "i.png")
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([folder / "I.png"]))

    held, said = fetched(server, tmp_path, "i.png", "I.png")

    assert [(found.code, found.path) for found in said] == [
        ("loss-site-media", server.at(f"{UPLOADS}i.png"))
    ]
    assert held["I.png"] == "I.png"


def test_a_file_where_another_has_a_folder(server: ToldServer, tmp_path: Path) -> None:
    """One of the two can be kept, always the same, and the other is named."""
    names = ("g.png", "g.png/h.png")

    ended = [fetched(server, tmp_path / str(n), *names[:: 1 - 2 * n]) for n in (0, 1)]

    assert [held for held, _ in ended] == [{"g.png/h.png": "g.png/h.png"}] * 2
    lost = [(found.code, found.path) for _, said in ended for found in said]
    assert lost == [("loss-site-media", server.at(f"{UPLOADS}g.png"))] * 2


@pytest.mark.parametrize(
    "row",
    [
        {"source_url": "http://[", "media_details": {"original_image": "a.png"}},
        {"source_url": [1]},
        {"source_url": f"{HOME}{UPLOADS}a.png", "media_details": {"sizes": {"a": "x"}}},
        {"source_url": f"{HOME}{UPLOADS}a.png", "media_details": {"sizes": 5}},
        {"source_url": f"{HOME}{UPLOADS}a.png", "media_details": {"original_image": "//["}},
    ],
    ids=str,
)
def test_odd_rows(row: dict[str, object]) -> None:
    """What a site says of an attachment may be anything; each address has a place or a fault."""
    found = places([file.url for file in files(row, "all")], HOME)

    assert found
    assert all(bool(place.path) != bool(place.fault) for place in found.values())
