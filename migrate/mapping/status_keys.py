"""The status of a post in a dialect whose tool publishes whatever isn't held back by a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from msgspec import Struct, field

from migrate.syntax.typed import FALSE, TRUE
from migrate.syntax.values import Plain, Value, plain

_WORDPRESS: Final = frozenset(
    ("publish", "future", "draft", "pending", "private", "trash", "auto-draft", "inherit")
)
_OTHER_WORDS: Final = {"published": "publish"}


class Stated(NamedTuple):
    """What the keys say: the status, None for nothing; the keys that said so; what they quarrel."""

    status: str | None
    keys: frozenset[str]
    quarrel: str = ""


class StatusKeys(Struct, frozen=True):
    """Which keys hold a post back, and which one says its exact status.

    `hidden` are keys with the values that make the tool publish nothing, each by itself; `beside`
    are written with them and say nothing alone. `key` holds WordPress's name of the status; it is
    written where that is neither `publish` nor `draft`. `unstated` is what a post without any of
    them is. `shared` are those of the keys that have a rule of their own as well.

    Where the tool has words of its own under `key`, `words` says which status each stands for, and
    `written` which one is written for a status, `otherwise` being any other but publish. `without`
    are keys that a post which is held back doesn't get: they would show it at its old address.
    """

    unstated: str | None = None
    hidden: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    shared: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """All keys that speak of the status."""
        return frozenset((*self.hidden, *self.beside, *filter(None, [self.key])))

    def read(self, values: Mapping[str, Value]) -> Stated:
        """Give what front matter says of the status; a value that says nothing isn't ours."""
        speaking = {key: said for key in self.hidden if (said := self._hides(key, values))}
        is_hidden = "hides" in speaking.values()
        named = self._named(values, hidden=is_hidden)
        keys = {*speaking, *(key for key in self._beside(values) if is_hidden)}
        if named:
            keys.add(self.key)
        return self._settled(named, is_hidden=is_hidden, keys=frozenset(keys))

    def write(self, status: str | None) -> dict[str, Value]:
        """Give the keys for a status; what is unset is held back, as WordPress's own drafts are."""
        if status == "publish":
            return {}
        if self.written:
            return {self.key: self.written.get(status or "draft", self.written["otherwise"])}
        values: dict[str, Value] = {
            key: Plain(text) for key, text in (*self.hidden.items(), *self.beside.items())
        }
        if self.key and status not in (None, "", "draft"):
            values[self.key] = plain(str(status))
        return values

    def _settled(self, named: str, *, is_hidden: bool, keys: frozenset[str]) -> Stated:
        if is_hidden:
            quarrel = self.key if named == "publish" else ""
            return Stated(named if named and not quarrel else "draft", keys, quarrel)
        if named:
            return Stated(named, keys)
        return Stated("publish" if keys else None, keys)

    def _hides(self, key: str, values: Mapping[str, Value]) -> str:
        """Tell whether a key's value hides the post, shows it, or says nothing (empty)."""
        value = values.get(key)
        if not isinstance(value, str):
            return ""
        text, hiding = str(value), self.hidden[key]
        if key in self.shared:  # shows a post by its own meaning
            return "hides" if text == hiding else ""
        same, other = (TRUE, FALSE) if hiding in TRUE else (FALSE, TRUE)
        if text in same:
            return "hides"
        return "shows" if text in other else ""

    def _named(self, values: Mapping[str, Value], *, hidden: bool) -> str:
        """Give the status that the exact key names; a plugin's own counts where keys hide."""
        value = values.get(self.key) if self.key else None
        if not isinstance(value, str):
            return ""
        if self.words:
            return self.words.get(value.lower(), "")
        text = _OTHER_WORDS.get(value, str(value))
        return text if text in _WORDPRESS or (hidden and text) else ""

    def _beside(self, values: Mapping[str, Value]) -> list[str]:
        return [key for key, text in self.beside.items() if values.get(key) == text]
