"""What every rewrite rule promises, whatever it is about."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import typing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model import canonical
from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.model.post import ContentFormat, Post
from migrate.rewrite import rules
from migrate.rewrite.rewrites import Rewrites
from migrate.rewrite.rule import Rule
from tests.conftest import LONG
from tests.rewritten_posts import BAITS, PROTECTED, bodies, plain_bodies, posts, rewrite

SCHEMA = Path(__file__).parents[2] / "mappings" / "schema.json"
FIELDS = set(Post.__struct_fields__)
FORMATS: tuple[ContentFormat, ...] = ("html", "markdown", "rst")

EVERYWHERE = {
    "autop": "wpautop() puts line breaks into inline code as well",
    "unautop": "takes out what wpautop() puts in",
    "blocks": "the editor's own tags stand round code too",
    "control-characters": "no WXR file can hold them, code or not",
    "liquid": "Jekyll works out its tags in code as well",
    "markdown": "reads the whole body, and writes it anew",
    "rst": "reads the whole body, and writes it anew",
    "unblocks": "block delimiters are what it takes out",
    "to-markdown": "writes the whole body anew",
}
"""Rules whose business is also what others must not touch, and why."""

WHOLE = {"markdown", "rst", "autop", "unautop", "blocks", "unblocks", "to-markdown"}
"""Rules that turn a body into another form: each body concerns them."""

SIZE = 1_000_000 if LONG else 100_000
ADVERSARIAL = (
    "<a ",
    "<!--",
    '"',
    "<i/>",
    "<p>",
    "<p></p>",
    "[ad_1]",
    "[ad_",
    "<a id=x>",
    '<a href="',
    "[caption]",
    "{% ",
    "`a ",
    " \n",
    "&amp;",
    "â€",
)


def options(rule: type[Rule]) -> set[str]:
    """Give the names of a rule's options."""
    names: set[str] = set()
    for one in list(inspect.signature(rule.__init__).parameters.values())[1:]:
        if one.kind in (one.KEYWORD_ONLY, one.POSITIONAL_OR_KEYWORD):
            names.add(one.name)
        elif one.kind is one.VAR_KEYWORD and rule.__init__ is not object.__init__:
            (said,) = typing.get_args(typing.get_type_hints(rule.__init__)[one.name])
            names |= set(typing.get_type_hints(said))
    return names


def is_of_a_post(field: str) -> bool:
    """Say whether a finding's field is one of a post, or one row of it."""
    return field.partition(".")[0] in FIELDS


@pytest.mark.parametrize("name", rules.RULES)
class TestRule:
    """One class of promises, run on each rule."""

    def test_it_says_what_it_is_for(self, name: str) -> None:
        """A rule names what it looks for, what becomes of it, and the bodies that it knows."""
        rule = rules.rule_class(name)

        assert all((rule.looks_for, rule.does, rule.bodies, rule.__doc__))

    def test_its_change_has_a_code(self, name: str) -> None:
        """A change is a note that `explain` knows."""
        assert CODES[f"rewrite-{name}"].severity == "note"

    def test_mappings_can_state_its_options(self, name: str) -> None:
        """The schema has the options that the rule takes, and whom it is for."""
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        stated = schema["properties"]["rewrite"]["properties"][name]["properties"]

        assert {"for", *options(rules.rule_class(name))} == set(stated)

    def test_it_can_be_handed_to_another_process(self, name: str) -> None:
        """A rule in another process does the same."""
        (made,) = rules.make({name: {}})
        post = Post(content=" ".join(BAITS).encode(), title="Fog&#039;s end", status="publish")
        other, found, found_there = copy.deepcopy(post), list[Finding](), list[Finding]()
        Rewrites((made,)).rewrite(post, found.append)
        Rewrites((pickle.loads(pickle.dumps(made)),)).rewrite(other, found_there.append)

        assert (post, found) == (other, found_there)

    @given(post=posts)
    def test_twice_is_once(self, name: str, post: Post) -> None:
        """What a rule has changed it leaves as it is."""
        rewrite(name, post)
        once = canonical.record(post)
        again = rewrite(name, post)

        assert canonical.record(post) == once
        assert [found for found in again if found.is_change] == []

    @given(post=posts)
    def test_what_it_says_has_its_name_and_place(self, name: str, post: Post) -> None:
        """A change carries the rule's code, a field of the post, and a line where it has one."""
        before = copy.deepcopy(post)
        found = rewrite(name, post)
        changes = [one for one in found if one.is_change]

        assert {f"rewrite-{name}"} >= {one.code for one in changes}
        assert all(is_of_a_post(one.field) for one in changes)
        assert all(one.family == "rewrite" for one in found)
        changed = {key for key in FIELDS if getattr(before, key) != getattr(post, key)}
        assert changed - {"content_format"} <= {one.field.partition(".")[0] for one in changes}

    @given(content=st.binary(max_size=40), content_format=st.sampled_from(FORMATS))
    def test_no_bytes_are_too_odd(
        self, name: str, content: bytes, content_format: ContentFormat
    ) -> None:
        """A body that isn't even UTF-8 raises nothing."""
        rewrite(name, Post(content=content, content_format=content_format))

    @given(
        before=plain_bodies,
        around=st.sampled_from(PROTECTED),
        baits=st.lists(st.sampled_from(BAITS), min_size=1, max_size=3).map(" ".join),
        after=bodies,
    )
    def test_code_and_comments_come_through(
        self, name: str, before: str, around: tuple[str, str], baits: str, after: str
    ) -> None:
        """What is shown or run as it stands is nobody's business."""
        if name in EVERYWHERE:
            return
        kept = f"{around[0]}{baits}{around[1]}"
        post = Post(content=f"{before}{kept}{after}".encode())
        rewrite(name, post)

        assert kept.encode() in (post.content or b"")

    @given(body=plain_bodies, content_format=st.sampled_from(FORMATS))
    def test_a_body_that_does_not_concern_it_stays(
        self, name: str, body: str, content_format: ContentFormat
    ) -> None:
        """A rule finds nothing in a post that has nothing for it; not even a copy is made."""
        if name in WHOLE:
            return
        content = body.encode()
        post = Post(title="Fog", content=content, content_format=content_format)

        assert rewrite(name, post) == []
        assert post.content is content

    @pytest.mark.timeout(60)
    @pytest.mark.parametrize("piece", ADVERSARIAL)
    def test_a_big_body_takes_no_more_than_its_share(self, name: str, piece: str) -> None:
        """The time grows as the body does: a megabyte of anything comes to an end."""
        for content_format in FORMATS if LONG else FORMATS[:1]:
            body = piece * (SIZE // len(piece))
            rewrite(name, Post(content=body.encode(), content_format=content_format))


@given(post=posts)
def test_nothing_changes_unasked(post: Post) -> None:
    """With no rule switched on, not a byte of a post changes, and nothing is said."""
    before, found = copy.deepcopy(post), list[Finding]()
    Rewrites().rewrite(post, found.append)

    assert (before, []) == (post, found)


def test_exceptions_are_rules() -> None:
    """Each rule that is excepted from a promise is one."""
    assert set(rules.RULES) >= EVERYWHERE.keys() | WHOLE
