"""Action: what a run would do, or did, to one record of the target."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple

from msgspec import Struct, field

HIDDEN: Final = "(hidden)"
"""What stands in a report for text that isn't public."""

Verb = Literal["create", "update", "unchanged", "delete", "skip", "conflict", "failed"]


class Change(NamedTuple):
    """One field's value before and after; `cut` says that long values were shortened.

    `public` is false for what no visitor sees even of a published record: reports hide it. `whole`
    are both values uncut, unless they are too long to be shown.
    """

    field: str
    before: str
    after: str
    cut: bool = False
    public: bool = True
    whole: tuple[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the change as the JSON report holds it."""
        return {"field": self.field, "before": self.before, "after": self.after, "cut": self.cut}


CONTEXT: Final = 60
"""How many characters of a long value are shown on each side of the first difference."""

LONGEST_WHOLE: Final = 400_000
"""How many characters two values may have together to be kept uncut beside what is shown."""


def cut(field_name: str, before: str, after: str) -> Change:
    """Give a change with long values cut round their first difference."""
    pairs = enumerate(zip(before, after, strict=False))
    first = next((at for at, (a, b) in pairs if a != b), min(len(before), len(after)))
    start = max(first - CONTEXT, 0)
    end = start + 2 * CONTEXT
    shortened = start > 0 or end < max(len(before), len(after))
    shown = before[start:end], after[start:end]
    fits = len(before) + len(after) <= LONGEST_WHOLE
    whole = (before, after) if shortened and fits else None
    return Change(field_name, *shown, cut=shortened, whole=whole)


class Action(Struct):
    """What happens to one record; reads as a sentence: would `verb` `title`: `reason`.

    `public` is false where the record isn't published: reports then hide its text.
    """

    verb: Verb
    type: str
    path: str = ""
    line: int | None = None
    id: str = ""
    slug: str = ""
    title: str = ""
    target_url: str = ""
    reason: str = ""
    public: bool = True
    changes: list[Change] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Give the action as the JSON report holds it."""
        return {
            "action": self.verb,
            "type": self.type,
            "path": self.path,
            "line": self.line,
            "id": self.id,
            "slug": self.slug,
            "title": self.title,
            "target_url": self.target_url,
            "reason": self.reason,
            "changes": [change.as_json() for change in self.changes],
        }
