"""A small model of a site that is imported into: what it should hold, whatever is done to it.

It knows posts by their name, which their slug has, and nothing of HTTP, journals or WordPress.
"""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from msgspec import Struct, field


class Text(NamedTuple):
    """What a post says."""

    title: str
    body: str
    status: str


class Row(NamedTuple):
    """A post of the site; each change gives it another edition."""

    text: Text
    edition: int


class Known(NamedTuple):
    """What both sides were when they last agreed; `asked` is None where only values can tell."""

    asked: Text | None
    edition: int


class Deed(NamedTuple):
    """What an import did to a post: what it said before, None where the import made it."""

    was: Text | None


class Model(Struct):
    """Files and the site beside them.

    `unclear` are the posts of which a run that was killed may not have known what came of them.
    """

    files: dict[str, Text] = field(default_factory=dict)
    site: dict[str, Row] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)
    deeds: dict[str, Deed] = field(default_factory=dict)
    has_imported: bool = False
    _known: dict[str, Known] = field(default_factory=dict)
    _ours: dict[str, int] = field(default_factory=dict)
    _editions: count[int] = field(default_factory=lambda: count(1))

    def verbs(self) -> dict[str, str]:
        """Give what an import does to each file's post."""
        return {name: self._verb(name) for name in self.files}

    def texts(self) -> dict[str, Text]:
        """Give what the site holds."""
        return {name: row.text for name, row in self.site.items()}

    def edit_on_site(self, name: str, text: Text) -> None:
        """Somebody changes a post there."""
        self.site[name] = self._row(text)

    def import_(self) -> None:
        """All is brought in: no post twice, none over what somebody else has changed."""
        self._begin()
        for name, verb in self.verbs().items():
            if verb in ("create", "update"):
                self._bring(name)
            elif verb == "unchanged" and not self._asks_the_same(name):
                self._agree(name)
            if verb != "conflict":
                self.unclear.discard(name)

    def import_killed(self, held: dict[str, Text]) -> None:
        """Some of it is brought in, and the rest isn't touched: `held` is what the site has then.

        Raises AssertionError where it has something that is neither old nor new.
        """
        self._begin()
        for name, verb in self.verbs().items():
            if verb in ("create", "update"):
                self.unclear.add(name)
                if held.get(name) == self.files[name]:
                    self._bring(name)
        assert held == self.texts()

    def undo(self, *, force: bool, held: dict[str, Text] | None = None) -> set[str]:
        """The last import is taken back, but for what somebody has changed since: that is given.

        Where it was killed, `held` says what the site has then, as above.
        """
        edited = set()
        for name in list(self.deeds):
            wanted = self._undone(name, force=force)
            if self._is_edited(name, wanted):
                edited.add(name)
            elif held is None or held.get(name) == wanted:
                self._take_back(name, wanted)
            else:
                self.unclear.add(name)
        assert held is None or held == self.texts()
        return edited

    def _verb(self, name: str) -> str:
        row, known = self.site.get(name), self._known.get(name)
        if row is None:
            return "create"
        if row.text == self.files[name] or self._asks_the_same(name):
            return "unchanged"
        if known is None or known.asked is None or known.edition == row.edition:
            return "update"
        return "conflict"

    def _asks_the_same(self, name: str) -> bool:
        known = self._known.get(name)
        return known is not None and known.asked == self.files[name]

    def _begin(self) -> None:
        if "create" in self.verbs().values() or "update" in self.verbs().values():
            self.deeds = {}
            self.has_imported = True

    def _bring(self, name: str) -> None:
        before = self.site.get(name)
        self.deeds[name] = Deed(before.text if before else None)
        self.site[name] = self._row(self.files[name])
        self._ours[name] = self.site[name].edition
        self._agree(name)

    def _agree(self, name: str) -> None:
        self._known[name] = Known(self.files[name], self.site[name].edition)

    def _undone(self, name: str, *, force: bool) -> Text | None:
        """Give what an undo leaves of a post that nobody has changed since."""
        was, row = self.deeds[name].was, self.site.get(name)
        if row is None or (was is None and force):
            return None
        return was or row.text._replace(status="trash")

    def _is_edited(self, name: str, wanted: Text | None) -> bool:
        row = self.site.get(name)
        return row is not None and row.text != wanted and row.edition != self._ours[name]

    def _take_back(self, name: str, wanted: Text | None) -> None:
        del self.deeds[name]
        self.unclear.discard(name)
        if wanted is None:
            self.site.pop(name, None)
            self._known.pop(name, None)
            return
        if self.site[name].text != wanted:
            self.site[name] = self._row(wanted)
            self._ours[name] = self.site[name].edition
        self._known[name] = Known(None, 0)

    def _row(self, text: Text) -> Row:
        return Row(text, next(self._editions))
