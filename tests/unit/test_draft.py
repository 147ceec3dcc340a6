"""What a draft says about the changes that rules make through it."""

from __future__ import annotations

import pytest

from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.rewrite import draft
from migrate.rewrite.draft import Draft
from tests.rewritten_posts import rewrite

SAME = "The fog stayed. " * 100


def converted(before: str, after: str, status: str = "publish") -> list[Finding]:
    """Put one body in the place of another and give what was found."""
    found: list[Finding] = []
    post = Post(content=before.encode(), status=status)
    Draft(post, found.append, "markdown").convert(after.encode(), "html")
    return found


def test_a_change_far_inside_is_shown_where_it_is() -> None:
    """Long texts are cut round their first difference, so that they never look alike."""
    (said,) = converted(SAME + "old", SAME + "new")

    assert (said.is_change, said.before[-3:], said.after[-3:]) == (True, "old", "new")
    assert said.before[0] == said.after[0] == "…"
    assert len(said.before) == 104


def test_a_body_that_stays_is_no_change() -> None:
    """The same bytes in the same format: nothing to say."""
    assert converted(SAME, SAME) == []


def test_only_what_is_published_is_public() -> None:
    """Reports hide what was changed in any other record."""
    said = {status: converted("a", "b", status)[0].public for status in ("publish", "draft")}

    assert said == {"publish": True, "draft": False}


def test_so_many_changes_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """All are made; behind the last that is told stands how many more there are, and where."""
    monkeypatch.setattr(draft, "MOST_SHOWN", 3)
    post = Post(content=b"a\x01\nb\x02\nc\x03\nd\x04\ne\x05\n", status="publish")

    found = rewrite("control-characters", post)

    assert post.content == b"a\nb\nc\nd\ne\n"
    assert [one.line for one in found] == [1, 2, 3, 4]
    assert found[-1].message == "2 more in this body aren't shown one by one"
