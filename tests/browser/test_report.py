"""The HTML report in a real browser: found, read and used by keys, with nothing that leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from migrate.model.action import Action, cut
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Bodies, Seen
from tests.browser.report_page import PHONE, Opened, driven, opened
from tests.reported import HOSTILE, Said, hostile, report

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser")]

ATTACKS = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)></svg>"
    "<a href='javascript:alert(4)'>link</a><iframe src='http://127.0.0.1:9/frame'></iframe>"
    "<p style='background: url(http://127.0.0.1:9/style)' onclick=alert(5)>shown text</p>"
    "<style>@import 'http://127.0.0.1:9/css';</style><link rel=stylesheet href=http://127.0.0.1:9/>"
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href=http://127.0.0.1:9/>"
    "<video src=http://127.0.0.1:9/v poster=http://127.0.0.1:9/p></video></body></html></script>"
    "<form action=http://127.0.0.1:9/><input autofocus onfocus=alert(6)></form><p/style=color:red>"
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(7)></style></mglyph></table>"
)
"""Markup that would run or load something in a page that let it."""


def posts() -> list[Said]:
    """Make what a dry run says of 3,000 posts: most stay, one changes, one lost something."""
    said: list[Said] = []
    for number in range(3000):
        ref = RecordRef("post", str(number), f"post-{number}")
        path = f"{number:04}.md"
        title = f"Post {number:04}"
        bodies = None
        action = Action("unchanged", "post", path, None, ref.id, ref.slug, title)
        if number == 1500:
            bodies = Bodies("a &amp; b", "<p>a b</p><p>more</p>", "html", "html")
            said.append(Finding("loss-meta-not-registered", "mood was lost", path, 4, record=ref))
        elif number == 2000:
            change = cut("title", "The old title", "The new title")
            action = Action("update", "post", path, None, ref.id, ref.slug, title, changes=[change])
        said += [Seen(path, ref, title, bodies=bodies), action]
    return said


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report about 3,000 posts."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report("html", *posts()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def chrome(browser: None) -> Iterator[Browser]:
    """The browser, driven."""
    del browser
    with driven() as made:
        yield made


@pytest.fixture
def here(chrome: Browser, page: Path) -> Iterator[Opened]:
    """Open the report about 3,000 posts."""
    with opened(chrome, page) as made:
        yield made


def test_losses_come_first(here: Opened) -> None:
    """Then what changes, then what stays as it is."""
    assert here.titles()[:3] == ["Post 1500", "Post 2000", "Post 0000"]


def test_only_what_is_in_view_is_drawn(here: Opened) -> None:
    """Of 3,000 posts some dozens are in the document, at the end of the list as well."""
    assert len(here.titles()) < 60

    here.page.locator("#list").evaluate("list => list.scrollTo(0, list.scrollHeight)")
    here.page.get_by_text("Post 2999", exact=True).wait_for()

    assert len(here.titles()) < 60


def test_search_and_filter(here: Opened) -> None:
    """Words find titles, paths and codes; the marks of a kind show that kind alone."""
    here.page.get_by_label("Search").fill("1500 loss-meta")
    assert here.titles() == ["Post 1500"]

    here.page.get_by_label("Search").fill("")
    here.page.get_by_text("Changed 1").click()
    assert here.titles() == ["Post 2000"]


def test_it_is_used_by_keys_alone(here: Opened) -> None:
    """/ searches, Escape leaves the search, arrows move, Enter opens, Escape closes."""
    keys = here.page.keyboard
    keys.press("/")
    keys.type("post")
    keys.press("Escape")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert here.post().startswith("Post 2000\n")
    assert "The old title" in here.post()
    assert "The new title" in here.post()

    keys.press("Escape")

    assert here.post() == ""
    assert here.page.evaluate("document.activeElement.id") == "list"


def test_a_post_is_shown_with_its_loss_and_its_text(here: Opened) -> None:
    """What was found, then the text: changes in place, side by side, and as it looks."""
    here.page.get_by_text("Post 1500", exact=True).click()
    assert "warning loss-meta-not-registered line 4" in here.post()

    assert here.page.locator("#post del").all_inner_texts() == ["&amp; "]
    assert here.page.locator("#post ins").all_inner_texts() == ["<p>", "</p><p>more</p>"]
    here.view("Rendered")
    frames = [frame.locator("body") for frame in here.page.frames[1:]]

    assert [frame.inner_text() for frame in frames] == ["a & b", "a b\n\nmore"]


def test_nothing_leaves_and_nothing_runs(chrome: Browser, tmp_path: Path) -> None:
    """Posts full of attacks: no request, no dialog, no word on the console; their text is shown."""
    ref = RecordRef("post", "1", "a")
    path = tmp_path / "report.html"
    bodies = Bodies(ATTACKS, ATTACKS + HOSTILE, "html", "html")
    change = cut("content", ATTACKS, ATTACKS + HOSTILE)
    action = Action("update", "post", "b.md", None, "1", "a", ATTACKS, changes=[change])
    said = [*hostile(), Seen("b.md", ref, ATTACKS, bodies=bodies), action]
    path.write_text(report("html", *said), encoding="utf-8")

    texts = list[str]()
    with opened(chrome, path) as here:
        for row in range(len(here.titles())):
            here.page.locator(f"#row-{row}").click()
            for name in ("Rendered", "Side by side", "Changes in place", "Rendered"):
                for button in here.page.get_by_role("button", name=name).all():
                    button.click()
            for frame in here.page.frames[1:]:
                frame.locator("body").wait_for()
            texts += [frame.locator("body").inner_text() for frame in here.page.frames[1:]]

    assert (here.asked[1:], here.said) == ([], [])
    assert sum("shown text" in text for text in texts) == 4


def test_on_a_phone_a_post_covers_the_list(chrome: Browser, page: Path) -> None:
    """A tap opens it over the whole screen, a button leads back; nothing is wider than that."""
    with opened(chrome, page, viewport=PHONE, is_mobile=True, has_touch=True) as here:
        here.page.get_by_text("Post 1500", exact=True).tap()
        box = here.page.locator("#post").bounding_box()
        width = here.page.evaluate("document.documentElement.scrollWidth")
        here.page.get_by_text("← Posts").tap()

        assert box == {"x": 0, "y": 0, **PHONE}
        assert width == PHONE["width"]
        assert not here.page.locator("#post").is_visible()


def test_in_dark_mode_it_is_dark(chrome: Browser, page: Path) -> None:
    """The page follows the system's colours."""
    with opened(chrome, page, color_scheme="dark") as here:
        colour = here.page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")

    assert colour == "rgb(21, 24, 27)"
