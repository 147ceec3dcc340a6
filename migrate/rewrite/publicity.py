"""Which fields of a post the visitors of a site see."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.model.post import Comment, Meta, Post


def is_public(post: Post, field: str) -> bool:
    """Say whether visitors see a field, which for one row of a list is named as in `meta.2.value`.

    Nobody sees a protected meta (is_protected_meta()) or a comment that wasn't approved.
    """
    if post.status != "publish" or post.password:
        return False
    if "." not in field:
        return True
    name, _, place = field.partition(".")
    rows: dict[str, Sequence[Meta | Comment]] = {
        "meta": post.meta or (),
        "comments": post.comments or (),
    }
    number = place.partition(".")[0]
    if name not in rows or not number.isdecimal() or int(number) >= len(rows[name]):
        return True
    row = rows[name][int(number)]
    return row.approved == "1" if isinstance(row, Comment) else not row.key.startswith("_")
