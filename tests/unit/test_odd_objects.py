"""Odd answers to what an import sends: named, or looked up; none is a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.odd_site import OddSite, Row, odd_site, post, run

NO_NUMBERS: list[Any] = [None, "x", "", [1], {"a": 1}, 0, -1, 1.5, 10**30, 10**400]


class Stored:
    """What the site stores of what it is sent; `odd` is what it answers otherwise, by route."""

    def __init__(self, site: OddSite) -> None:
        self.site = site
        self.odd: dict[str, Any] = {}
        self.forgets = False

    def __call__(self, route: str, said: Row) -> Any:
        """Store something, and answer it oddly."""
        name, _, number = route.partition("wp/v2/")[2].partition("/")
        rows = self.site.held[f"wp/v2/{name}"]
        if number:
            row = next(each for each in rows if str(each["id"]) == number)
            row |= _as_rows(said)
        else:
            row = post(20 + len(rows)) | _as_rows(said)
            rows += [] if self.forgets else [row]
        odd = self.odd.get(name, {})
        return row | odd if isinstance(odd, dict) else odd


def _as_rows(said: Row) -> Row:
    texts = {"title", "content", "excerpt"}
    return {n: {"raw": v, "rendered": v} if n in texts else v for n, v in said.items()}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[OddSite]:
    """A site into which posts go, at once."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    with odd_site() as server:
        server.signed_in()
        server.held["wp/v2/posts"] = []
        server.held["wp/v2/users"] = [{"id": 1, "name": "A", "username": "a"}]
        yield server


def bring(site: OddSite, folder: Path, *words: str) -> Result:
    """Import two posts, of which one has a new category."""
    source = folder / "_posts"
    source.mkdir()
    for number, more in ((1, "categories: [New]"), (2, "")):
        head = f"title: T{number}\nslug: t{number}\ndate: 2020-01-01\n{more}"
        (source / f"2020-01-0{number}-t{number}.md").write_text(
            f"---\n{head}\n---\nbody {number}\n"
        )
    return run(site, "import", str(source), "-m", "jekyll", "--yes", "--verbose", *words)


def slugs(site: OddSite) -> list[str]:
    """Give the slugs of the posts that the site holds."""
    return sorted(row["slug"] for row in site.held["wp/v2/posts"])


def test_all_goes_in(site: OddSite, tmp_path: Path) -> None:
    """As it is, all of it goes in."""
    site.sent = Stored(site)
    found = bring(site, tmp_path)
    assert slugs(site) == ["t1", "t2"]
    assert "is odd" not in found.output
    assert len(site.held["wp/v2/categories"]) == 2


ODD: list[Any] = [
    *({"id": odd} for odd in NO_NUMBERS),
    *({"author": odd} for odd in ("x", [1], -1)),
    *({"title": odd} for odd in (None, 5, "x", [1], {"raw": [1]})),
    *({"categories": odd} for odd in (5, "x", [[1]], {"a": 1})),
    *({"status": odd} for odd in ([1], {"a": 1})),
    *({name: [1]} for name in ("slug", "link", "meta", "date", "modified_gmt")),
    *(5, None, "x", [1], [[]]),
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_post_is_looked_up(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """Each is there once, whatever was answered."""
    stored = Stored(site)
    stored.odd["posts"] = odd
    site.sent = stored

    found = bring(site, tmp_path)

    assert slugs(site) == ["t1", "t2"]
    assert found.exit_code in {0, 1}
    assert ("an answer is odd" in found.output) == (isinstance(odd, dict) and _matters(odd))


def _matters(odd: Row) -> bool:
    return bool(odd.keys() & {"id", "author", "status", "date", "modified_gmt"})


@pytest.mark.parametrize("odd", [{"id": 0}, {"id": "x"}, 5])
def test_odd_posts_that_are_not_there(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """They are named, each by itself."""
    stored = Stored(site)
    stored.odd["posts"], stored.forgets = odd, True
    site.sent = stored

    found = bring(site, tmp_path)

    assert "done      2 failed" in found.output
    assert found.exit_code == 3


@pytest.mark.parametrize("odd", [*({"id": odd} for odd in NO_NUMBERS), {"parent": "x"}, 5])
def test_an_odd_term(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """It is looked up, and both posts go in."""
    stored = Stored(site)
    stored.odd["categories"] = odd
    site.sent = stored
    bring(site, tmp_path)
    assert slugs(site) == ["t1", "t2"]
    assert len(site.held["wp/v2/categories"]) == 2


@pytest.mark.parametrize("odd", [5, "x", {"raw": [1]}, [1]])
def test_odd_titles_of_posts_that_are_there(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """They are as good as none; all else is written."""
    site.held["wp/v2/posts"] = [post(8) | {"title": odd, "categories": odd}]
    site.sent = Stored(site)
    bring(site, tmp_path)
    assert slugs(site) == ["p8", "t1", "t2"]


ODD_FIELDS: list[Any] = [
    *(5, "x", [5], {"a": 5}, [{}], [{"id": "x", "key": "k", "value": "v"}]),
    [{"id": "1", "key": [1], "value": "v"}],
]


@pytest.mark.parametrize("odd", ODD_FIELDS)
def test_odd_custom_fields(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """Nothing can be compared with them: the run ends, and says where and of which post."""
    site.called = {
        "wp.getUsersBlogs": [],
        "wp.getPost": {"post_id": "21", "custom_fields": odd},
        "wp.editPost": True,
    }
    site.sent = Stored(site)
    source = tmp_path / "2020-01-01-one.md"
    source.write_text("---\ntitle: T\ndate: 2020-01-01\nmore: x\n---\nbody\n")
    found = run(site, "import", str(source), "-m", "jekyll", "--yes")
    assert "custom_fields" in found.output + found.stderr
    assert f"{site.url}/xmlrpc.php" in found.output + found.stderr
    assert found.exit_code == 3
