"""The short ways through plain HTML come to what the exact scanner does, and rules change alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.rewrite import rules
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit, edited
from migrate.rewrite.source_lines import SourceLines
from migrate.syntax.html_markup import scan
from migrate.syntax.id_references import may_refer, referred_to
from migrate.syntax.plain_html import are_text, is_plain, tags_named

NAMES = ["p", "b", "i", "span", "BR", "Span", "img", "o:p", "pre", "prex", "h2"]
VALUES = [
    '"fog"',
    "'fog'",
    "fog",
    "/fog/",
    '"a>b"',
    "'\"'",
    '"\'"',
    '"fog',
    "'",
    "",
    "#fog",
    '"fog b"',
]
ATTRIBUTES = [
    *(f"{name}={value}" for name in ("id", "ID", "href", "for") for value in VALUES),
    *("hidden", 'x"', "x'y'", ' id = "fog"', "/", '="b', "a/id=fog"),
]
TAGS = st.builds(
    "<{}{}{}{}>".format,
    st.sampled_from(["", "/"]),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=3).map(
        lambda all_: "".join(f" {a}" for a in all_)
    ),
    st.sampled_from(["", "/", " /", " "]),
)
WORDS = st.sampled_from(
    [
        *(
            "fog",
            " ",
            "\n",
            "é",
            "â€œ",
            "Ã©",
            "[ad_1]",
            "[ad_2]",
            "<br />",
            "a > b",
            "a < b",
            '"',
            "'",
        ),
        *(
            "<!-- ",
            "-->",
            "<script>",
            "</script>",
            "[code]",
            "[/code]",
            "[codex]",
            "id=fog",
            "\x0c",
        ),
    ]
)
HTML = st.lists(TAGS | WORDS, max_size=25).map(lambda pieces: "".join(pieces).encode())
PLAIN = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", '<p id="fog">', '<b id="fog" class="x">', "<span/>", '<span id="s"/>'),
            *("</span>", '<a href="#fog">', "</a>", '<img alt="â€œfogâ€œ"/>', "fog", "\n", " "),
            *("[co", "de]", "[/code]", "<p id=fog/>", "<BR ID='fog' />", "<p id=fog hidden/>"),
            *("â€œ", "Ã©", "[ad_1]", "[ad_2]", "<br />", "<i/>", "<B ID=fog>", "\x0c"),
        ]
    ),
    max_size=25,
).map(lambda pieces: "".join(pieces).encode())
RULES = ("mojibake", "ad-markers", "self-closing", "duplicate-ids")


@given(html=HTML | PLAIN)
def test_what_is_plain_is_scanned_alike(html: bytes) -> None:
    """No raw spans, the same tags, and the same bytes that stand in text."""
    if not is_plain(html):
        return
    markup = scan(html)

    assert markup.raw == []
    names = {tag.name for tag in markup.tags}
    assert tags_named(html, names) == markup.tags
    for name in names:
        assert tags_named(html, [name]) == [tag for tag in markup.tags if tag.name == name]
    assert [*are_text(html, range(len(html)))] == [*map(markup.is_text, range(len(html)))]


@given(html=HTML | PLAIN)
def test_a_reference_is_seen_from_afar(html: bytes) -> None:
    """Where nothing may refer to an id, the exact look finds none."""
    assert may_refer(html) or not referred_to(html, scan(html))


class Exact(Draft):
    """A draft that knows of no plain bodies."""

    @property
    def is_plain(self) -> bool:
        """Say nothing."""
        return False


@given(html=HTML | PLAIN)
def test_rules_do_the_same_in_plain_bodies(html: bytes) -> None:
    """The body, what is told and the lines of it are those of the exact way."""
    for name, rule in rules.make({name: {} for name in RULES}):
        outcomes = []
        for kind in (Draft, Exact):
            post, found = Post(content=html, status="publish"), list[Finding]()
            rule.rewrite(kind(post, found.append, name))
            outcomes.append((post, found))

        assert outcomes[0] == outcomes[1]


@given(html=PLAIN)
def test_what_stays_plain_is_plain(html: bytes) -> None:
    """A draft that goes on taking a body for plain is right, whichever rules changed it."""
    draft = Draft(Post(content=html), lambda _: None, "")
    for _, rule in rules.make({name: {} for name in RULES}):
        rule.rewrite(draft)

        assert not draft.is_plain or is_plain(draft.body)


@given(body=st.text(alphabet="ab\n", max_size=60).map(str.encode), data=st.data())
def test_lines_are_the_same_one_by_one(body: bytes, data: st.DataObject) -> None:
    """To ask for all lines of a body at once gives what asking for each does, behind edits too."""
    lines = SourceLines()
    for _ in range(data.draw(st.integers(0, 3))):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=6)))
        news = st.sampled_from([b"", b"a", b"\n", b"a\n\nb"])
        edits = [Edit(*cut, data.draw(news)) for cut in zip(cuts[::2], cuts[1::2], strict=False)]
        if edits:
            lines.edited(body, edits)
            body = edited(body, edits)
    places = sorted(data.draw(st.lists(st.integers(0, len(body)), max_size=8)))

    assert [*lines.of_all(body, places)] == [lines.of(body, place) for place in reversed(places)][
        ::-1
    ]
