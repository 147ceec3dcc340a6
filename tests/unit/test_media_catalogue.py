"""Which file an address in a post means: two files of the old site are never taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.model.action import Action
from migrate.model.post import Post
from migrate.plan.media.files import Files
from migrate.syntax.upload_names import upload
from migrate.writers.rest.media.catalogue import Catalogue
from migrate.writers.rest.media.item import Item
from migrate.writers.rest.media.options import MediaOptions

OLD = "https://old.example"
UPLOADS = "/wp-content/uploads/"
PAIRS = [
    ("2016/a%FF.png", "2016/a%FE.png"),
    ("2016/a%ff.png", "2016/a%25FF.png"),
    ("2016/a.png?v=1", "2016/a.png?v=2"),
    ("2016/a.png?v=1", "2016/a.png"),
    ("2016/a.png", "2016/a.png?v=1"),
    ("2016/a-scaled.png", "2016/a.png"),
    ("2016/a%2Fb.png", "2016/a/b.png"),
]


def catalogue(root: Path | None = None) -> Catalogue:
    """The catalogue of a source that comes from the old site."""
    options = MediaOptions(wanted=True, root=root, source_site=OLD)
    return Catalogue(Files(root), options, "https://new.example")


def item(name: str) -> Item:
    """An attachment that the source has as a record."""
    return Item(name, name, Action("create", "attachment"), is_record=True)


@pytest.mark.parametrize("names", PAIRS, ids=str)
def test_each_record_is_meant_by_its_own_address(names: tuple[str, str]) -> None:
    """Also where addresses differ in what can't be decoded, or behind the `?`, alone."""
    known, post = catalogue(), Post(type="post")
    for name in names:
        known.add(item(name), OLD + UPLOADS + name)

    for before in (OLD, ""):
        meant = [known.meant(before + UPLOADS + name, post).item for name in names]
        assert [one and one.key for one in meant] == list(names)


@pytest.mark.parametrize(
    ("record", "address", "width"),
    [
        ("2016/a.png?v=1", "2016/a.png", 0),
        ("2016/a.png", "2016/a.png?v=9", 0),
        ("2016/a-scaled.png", "2016/a.png", 0),
        ("2016/a.png?v=1", "2016/a-300x200.png", 300),
        ("2016/a.png?v=1", "2016/a-300x200.png?v=1", 300),
        ("2016/a%ff.png", "2016/a%FF-300x200.png", 300),
        ("2016/%C3%A5.png", "2016/å.png", 0),
    ],
)
def test_a_likely_address(record: str, address: str, width: int) -> None:
    """Where there is one such file alone, a query or a missing one leads to no other."""
    known = catalogue()
    known.add(item(record), OLD + UPLOADS + record)

    meant = known.meant(OLD + UPLOADS + address, Post(type="post"))

    assert (meant.item and meant.item.key, meant.width) == (record, width)


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("old.example", True),
        ("www.old.example", True),
        ("cdn.old.example", True),
        ("proxy.example/old.example", True),
        ("other.example", False),
        ("bold.example", False),
        ("example", False),
    ],
)
def test_another_sites_file_of_the_same_name(host: str, *, is_ours: bool) -> None:
    """Many sites have a logo of the same month: theirs isn't ours."""
    known = catalogue()
    known.add(item("logo"), f"{OLD}{UPLOADS}2016/07/logo.png")

    meant = known.meant(f"https://{host}{UPLOADS}2016/07/logo.png", Post(type="post"))

    assert bool(meant.item) == is_ours


def test_files_of_two_sites_in_one_source() -> None:
    """Each site's address means its own file."""
    known, hosts = catalogue(), ("one.example", "two.example")
    for host in hosts:
        known.add(item(host), f"https://{host}{UPLOADS}2016/07/logo.png")

    for name in ("logo.png", "logo-300x200.png", "logo.png?v=1"):
        addresses = [f"https://{host}{UPLOADS}2016/07/{name}" for host in hosts]
        meant = [known.meant(address, Post(type="post")).item for address in addresses]
        assert [one and one.key for one in meant] == list(hosts)


@pytest.mark.parametrize("names", [pair for pair in PAIRS if "scaled" not in pair[0]], ids=str)
def test_files_lie_where_an_export_put_them(tmp_path: Path, names: tuple[str, str]) -> None:
    """The body still names them as the old site did, and each is found."""
    for name in names:
        file = upload(*name.partition("?")[::2])
        path = tmp_path / UPLOADS.strip("/") / file.own
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    known = catalogue(tmp_path)

    meant = [known.meant(OLD + UPLOADS + name, Post(type="post")).item for name in names]
    found = [Files(tmp_path).uploaded(OLD + UPLOADS + name) for name in names]

    assert [one and one.path and one.path.read_text() for one in meant] == list(names)
    assert [path and path.read_text() for path in found] == list(names)


def test_a_number_without_end_is_nobodys() -> None:
    """It stands in a class of a body, or in a meta, as long as anybody likes."""
    known = catalogue()
    held = item("a.png")
    held.source_id = 12
    known.add(held, f"{OLD}{UPLOADS}a.png")

    assert [known.numbered(said) for said in ("12", "9" * 5000, "", "x")] == [
        held,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("address", ["http://[", "//[/a.png", "a\0.png", "\ud800.png", "%", "?"])
@pytest.mark.parametrize("link", ["http://[", "", "https://old.example/a/"])
def test_an_odd_address_stops_nothing(tmp_path: Path, address: str, link: str) -> None:
    """It means no file that is here, in a post with any address and as that of an attachment."""
    options = MediaOptions(wanted=True, root=tmp_path, fetch=True)
    known = Catalogue(Files(tmp_path), options, "https://new.example")
    meant = known.meant(address, Post(type="post", link=link))
    known.add(item("odd"), address)

    assert meant.item is None or not meant.item.path
    assert Files(tmp_path).uploaded(address) is None
