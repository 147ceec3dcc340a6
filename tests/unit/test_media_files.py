"""Where the files are that posts name, and where nobody looks."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from migrate.plan.media.files import Files, below_uploads, without_size
from migrate.plan.media.library import Library, file_name
from migrate.plan.media.sizes import Shown, shown


def folder(root: Path, *names: str) -> Path:
    """A folder with these files."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return root


@pytest.mark.parametrize(
    ("named", "post", "expected"),
    [
        ("a.png", "posts/one.md", "posts/a.png"),
        ("../up.png", "posts/one.md", "up.png"),
        ("up.png", "posts/one.md", "up.png"),
        ("/up.png", "posts/one.md", "up.png"),
        ("/img/s.png", "posts/one.md", "static/img/s.png"),
        ("/img/s.png", "", "static/img/s.png"),
        ("posts/a.png", "posts/one.md", "posts/a.png"),
        ("gone.png", "posts/one.md", None),
        ("one.md", "posts/one.md", None),
        (".hidden/h.png", "", None),
        ("../../outside.png", "posts/one.md", None),
        ("/../outside.png", "posts/one.md", None),
        ("a.png\0", "posts/one.md", None),
        ("x" * 5000 + ".png", "posts/one.md", None),
    ],
)
def test_find(tmp_path: Path, named: str, post: str, expected: str | None) -> None:
    """A file is looked for beside its post, at the root and where generators keep such files."""
    names = ("posts/a.png", "posts/one.md", "up.png", "static/img/s.png", ".hidden/h.png")
    root = folder(tmp_path / "site", *names).resolve()
    folder(tmp_path, "outside.png")

    found = Files(root).find(named, post)

    assert found == (root / expected if expected else None)


def test_links_that_lead_out(tmp_path: Path) -> None:
    """A link to a file outside isn't followed, nor is one to a file that is no media."""
    root = folder(tmp_path / "site", "secret.txt")
    folder(tmp_path, "outside.png")
    (root / "a.png").symlink_to(tmp_path / "outside.png")
    (root / "b.png").symlink_to(root / "secret.txt")

    assert [Files(root).find(name) for name in ("a.png", "b.png")] == [None, None]


def test_accents_in_either_form(tmp_path: Path) -> None:
    """A name is found however the disk spells its accents."""
    root = folder(tmp_path, unicodedata.normalize("NFD", "å.png"))

    assert Files(root).find(unicodedata.normalize("NFC", "å.png")) is not None


def test_uploads_beside(tmp_path: Path) -> None:
    """A copy of the uploads is known at any of its levels, and its files are called by it."""
    for place in ("", "uploads/", "wp-content/uploads/"):
        root = folder(tmp_path / f"at-{len(place)}", f"{place}2016/07/a.png")
        files = Files(None, root)

        found = files.upload("2016/07/a.png")

        assert found is not None
        assert files.named(found) == f"--media-dir/{place}2016/07/a.png"


def test_without_size() -> None:
    """What WordPress appends to smaller copies is told from what only looks like it."""
    assert [
        without_size(name) for name in ("a-300x200.jpg", "a-scaled.jpg", "a-0x5.jpg", "a.jpg")
    ] == [
        ("a.jpg", 300, 200),
        ("a.jpg", 0, 0),
        None,
        None,
    ]
    assert below_uploads("/blog/wp-content/uploads/2016/a.png") == "2016/a.png"
    assert below_uploads("/myuploads/a.png") == ""


def row(number: int, name: str, size: int | None, **details: object) -> dict[str, object]:
    """An attachment as a listing tells it."""
    told = details | ({"filesize": size} if size is not None else {})
    url = f"https://x.example/wp-content/uploads/2026/11/{name}"
    return {"id": number, "slug": "s", "date": "", "source_url": url, "media_details": told}


def test_library() -> None:
    """A file is looked for by its size, and by its name where the site doesn't tell that."""
    library = Library()
    library.add(
        [
            row(1, "a.png", 10),
            row(2, "B%C3%A5t-1.png", None),
            row(3, "big-scaled.jpg", 5, original_image="big.jpg"),
        ]
    )

    assert [one["id"] for one in library.like("other.png", 10)] == [1]
    assert [one["id"] for one in library.like("båt.png", 99)] == [2]
    assert [one["id"] for one in library.like("Big.jpg", 99)] == [3]
    assert file_name(library.like("big.jpg", 99)[0]) == "big.jpg"
    assert library.highest_id() == 3
    library.close()


@pytest.mark.parametrize(
    ("name", "held", "same"),
    [
        ("photo.jpg", "photo.jpg", True),
        ("photo.jpg", "photo-1.jpg", True),
        ("photo.jpg", "photo-scaled-1.jpg", True),
        ("photo-2.jpg", "photo-2-1.jpg", True),
        ("photo-2.jpg", "photo-1.jpg", False),
        ("photo-2.jpg", "photo.jpg", False),
        ("photo-scaled.jpg", "photo.jpg", True),
        ("photo-e1500000000000.jpg", "photo.jpg", True),
        ("Photo of it.jpg", "Photo-of-it-3.jpg", True),
        ("2016-1.jpg", "2016-2.jpg", False),
        ("-1.jpg", "-2.jpg", False),
    ],
)
def test_what_a_name_became(name: str, held: str, *, same: bool) -> None:
    """Pictures of one second are told apart: WordPress appends, and takes nothing away."""
    library = Library()
    library.add([row(1, held, None) | {"date": "2016-07-16T00:22:22"}])

    assert [one["id"] for one in library.by_name(name, "2016-07-16 00:22:22")] == [1] * same
    library.close()


@pytest.mark.parametrize(
    "odd",
    [
        {"source_url": "http://["},
        {"media_details": {"filesize": 10**30}},
        {"media_details": {"filesize": -1}},
        {"media_details": ["x"]},
        {"media_details": {"sizes": {"a": "x"}, "original_image": 5}},
        {"source_url": None, "media_details": None, "slug": None},
    ],
    ids=str,
)
def test_an_odd_attachment_stops_nothing(odd: dict[str, Any]) -> None:
    """Whatever a site says of one, the others are found."""
    library = Library()
    library.add([row(1, "a.png", 10), row(2, "b.png", 20) | odd])

    assert [one["id"] for one in library.like("a.png", 10)] == [1]
    odd_one = library.by_id(2)
    assert odd_one
    assert not shown(odd_one, 300, 200).exact
    library.close()


def test_sizes() -> None:
    """A size that the site made has an address of its own; the others are the whole image."""
    sizes = {"medium": {"width": 300, "height": 150, "source_url": "https://x.example/m.png"}}
    held = row(1, "a.png", 10, width=400, height=200, sizes=sizes)
    whole = "https://x.example/wp-content/uploads/2026/11/a.png"

    assert shown(held) == Shown(whole, 400)
    assert shown(held, 300, 150) == Shown("https://x.example/m.png", 300)
    assert shown(held, 400, 200) == Shown(whole, 400)
    assert shown(held, 320, 160) == Shown(whole, 400, exact=False)
