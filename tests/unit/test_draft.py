"""What a draft says about the changes that rules make through it."""

from __future__ import annotations

from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.rewrite.draft import Draft

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
