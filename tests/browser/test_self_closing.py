"""What elements that seem to close themselves do to a page, and what the rule makes of them."""

from __future__ import annotations

from typing import Final, NamedTuple

import pytest

from migrate.model.post import Post
from tests.browser.conftest import Show
from tests.rewriting import rewritten

pytestmark = pytest.mark.browser


class Case(NamedTuple):
    """A body, the elements that a browser builds of it as it is and once mended, and its text."""

    body: str
    swallowed: str
    mended: str
    text: str


CASES: Final = {
    "span": Case(
        '<span id="a"/><p>The fog stays.</p><p>The ferry waits.</p>',
        "span(p(The fog stays.)p(The ferry waits.))",
        "span()p(The fog stays.)p(The ferry waits.)",
        "The fog stays.\n\nThe ferry waits.",
    ),
    "i in a paragraph": Case(
        '<p>A lamp<i class="lamp"/> in the fog</p><p>shows the mole.</p>',
        "p(A lampi( in the fog))p(i(shows the mole.))",
        "p(A lampi() in the fog)p(shows the mole.)",
        "A lamp in the fog\n\nshows the mole.",
    ),
    "anchor": Case(
        '<p>See<a name="tides"/> the tides.</p><p>They turn at noon.</p>',
        "p(Seea( the tides.))p(a(They turn at noon.))",
        "p(Seea() the tides.)p(They turn at noon.)",
        "See the tides.\n\nThey turn at noon.",
    ),
    "heading": Case(
        '<h2 class="kicker"/><p>The crane is sold.</p>',
        "h2(p(The crane is sold.))",
        "h2()p(The crane is sold.)",
        "The crane is sold.",
    ),
    "div": Case(
        '<div class="divider"/><p>One boat.</p><p>Two boats.</p>',
        "div(p(One boat.)p(Two boats.))",
        "div()p(One boat.)p(Two boats.)",
        "One boat.\n\nTwo boats.",
    ),
    "iframe": Case(
        '<iframe src="about:blank"/><p>The film shows the pier.</p>',
        "iframe(<p>The film shows the pier.</p></main>)",
        "iframe()p(The film shows the pier.)",
        "The film shows the pier.",
    ),
    "script": Case(
        '<script src="about:blank"/><p>Nobody reads this.</p>',
        "script(<p>Nobody reads this.</p></main>)",
        "script()p(Nobody reads this.)",
        "Nobody reads this.",
    ),
    "lists": Case(
        '<ul><li><i class="ok"/>Bread</li><li><i class="ok"/>Fish</li></ul><p>Bring both.</p>',
        "ul(li(i(Bread))li(i(i(Fish))))p(i(i(Bring both.)))",
        "ul(li(i()Bread)li(i()Fish))p(Bring both.)",
        "Bread\nFish\n\nBring both.",
    ),
    "one in the other": Case(
        '<div><span/><div><a id="x"/><span/><p>Deep water.</p></div></div><p>Shallow water.</p>',
        "div(span(div(a(span(p(Deep water.))))))p(a(Shallow water.))",
        "div(span()div(a()span()p(Deep water.)))p(Shallow water.)",
        "Deep water.\n\nShallow water.",
    ),
}


def mended(body: str) -> str:
    """Give a body as the rule leaves it."""
    post = Post(content=body.encode(), content_format="html")
    rewritten("self-closing", post)
    return (post.content or b"").decode()


def test_what_they_swallow_stands_beside_them_afterwards(show: Show) -> None:
    """Before, each holds what follows it, to the end of a page even; after, each is empty."""
    bodies = [case.body for case in CASES.values()]
    before, after = show(bodies), show([mended(body) for body in bodies])

    for name, case, was, now in zip(CASES, CASES.values(), before, after, strict=True):
        assert (name, f"body(main({case.swallowed}))") == (name, was.body.outline())
        assert (name, f"body(main({case.mended}))") == (name, now.body.outline())
        assert (name, case.text) == (name, now.text)


def test_what_html_closes_is_left(show: Show) -> None:
    """Void elements, and what svg holds, are the same in the browser and to the byte."""
    body = '<p>Low<br/>tide<img src="data:,"/></p><svg><circle r="4"/><g/></svg><p>High tide.</p>'
    (shown,) = show([body])

    assert mended(body) == body
    assert shown.body.outline() == ("body(main(p(Lowbr()tideimg())svg(circle()g())p(High tide.)))")
