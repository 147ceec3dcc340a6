"""Bodies: what a body names, led to the site's own attachments.

It works through a Draft, as rewrite rules do: nothing but the addresses and numbers changes, and
each change is a finding with its line, before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct, field

from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.plan.media.sizes import copied_size, shown
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.quoting import quoting
from migrate.syntax.media_references import Reference, may_have_references, references
from migrate.writers.rest.media.catalogue import Catalogue, Meant
from migrate.writers.rest.media.item import Item

__all__ = ["RULE", "Bodies", "Led"]

RULE: Final = "media"
"""What the reports call these changes, as they do a rewrite rule's."""

_CHANGED: Final = "address or number became that of the file on the site"
_MISSING: Final = "Add the file, or name the folder that has it with --media-dir"
_REMOTE: Final = "Fetch it with --fetch-media, or name a folder that has it with --media-dir"
_NUMBER: Final = "Add the attachment to the source, or choose the file again on the site"

Locate = Callable[[str], int | None]
"""Gives the line of the source file on which a text stands."""


class Led(Struct):
    """A body with its references led to the site, and the files that it names."""

    content: bytes | None
    items: list[Item] = field(default_factory=list)

    def named(self, item: Item) -> None:
        """Take a file that the post names."""
        if item not in self.items:
            self.items.append(item)


class Bodies:
    """Leads references to attachments; those of files that aren't there yet, to where they'll be.

    `final` leaves the latter as they are written, and says nothing that planning has said.
    """

    def __init__(self, catalogue: Catalogue, home: str, look_up: Callable[[Item], None]) -> None:
        self._catalogue = catalogue
        self._home = home
        self._look_up = look_up

    def led(self, post: Post, note: Note, locate: Locate, *, final: bool = False) -> Led:
        """Give a post's body as the site is to get it; `post` itself is changed as well."""
        led = Led(post.content)
        if post.content is None or not may_have_references(post.content):
            return led
        placing = _Placing(post, note, locate)
        draft = Draft(post, placing, RULE)
        body = _Body(draft, placing, led, final=final)
        found = [
            (one, self._meant(one, post))
            for one in references(draft.body, draft.markup, post.content_format)
        ]
        numbers = self._numbers(found)
        edits: list[Edit] = []
        for one, meant in found:
            if one.role == "id":
                new = self._number(body, one, numbers)
            else:
                new = self._address(body, one, meant)
            if new is not None:
                edits.append(Edit(one.start, one.end, new))
        draft.edit(edits, _CHANGED)
        led.content = post.content
        return led

    def _meant(self, one: Reference, post: Post) -> Meant:
        if one.role == "id":
            return Meant()
        meant = self._catalogue.meant(one.value, post, linked=one.role == "linked")
        if meant.item:
            self._look_up(meant.item)
            if one.alt and not meant.item.is_record:
                meant.item.fields.setdefault("alt_text", one.alt)
        return meant

    def _numbers(self, found: Iterable[tuple[Reference, Meant]]) -> dict[str, Item]:
        """Return which file each number means, as far as a tag or a block names it beside it."""
        pairs = list(found)
        owned = {one.owner: meant.item for one, meant in pairs if meant.item and one.owner >= 0}
        return {
            one.value: item
            for one, _ in pairs
            if one.role == "id" and (item := owned.get(one.owner)) is not None
        }

    def _number(self, body: _Body, one: Reference, numbers: dict[str, Item]) -> bytes | None:
        item = self._catalogue.numbered(one.value) or numbers.get(one.value)
        if item is None:
            if one.owner < 0 and not self._catalogue.is_own(body.draft.post):
                body.say("loss-media-number", "the attachment {} isn't in the source", one, _NUMBER)
            return None
        self._look_up(item)
        if item.is_lacking:
            body.say("source-media-remote", "the file of attachment {} isn't here", one, _REMOTE)
            return None
        body.led.named(item)
        return one.spelled(str(item.id)) if item.row or not body.final else None

    def _address(self, body: _Body, one: Reference, meant: Meant) -> bytes | None:
        item = meant.item
        if item is None or item.is_lacking:
            if meant.fault == "missing":
                body.say("source-media-missing", "the file {} isn't here", one, _MISSING)
            elif meant.fault == "remote" or item:
                body.say("source-media-remote", "the file {} stays where it is", one, _REMOTE)
            return None
        body.led.named(item)
        if not item.row:
            return self._not_there(body, one, item)
        if item.is_of_a_copy and (meant.width, meant.height) != copied_size(item.row):
            if item.made or not body.final:
                body.say("loss-media-refused", "of {} another size alone could be fetched", one)
            return None
        place = shown(item.row, meant.width, meant.height)
        if not place.exact and (item.made or not body.final):
            text = f"the site made no {meant.width}x{meant.height} of {{}}: it shows the whole"
            body.say("rewrite-media-size", text, one)
        is_width = one.descriptor.endswith("w") and not place.exact and place.width
        part = f"#{meant.fragment}" if meant.fragment else ""
        descriptor = f"{place.width}w" if is_width else one.descriptor
        return one.spelled(place.url + part, descriptor)

    def _not_there(self, body: _Body, one: Reference, item: Item) -> bytes | None:
        if body.final:
            body.say("loss-media-refused", f"the file {{}} wasn't uploaded: {item.problem}", one)
            return None
        return one.spelled(f"{self._home.rstrip('/')}/…/{item.name}", one.descriptor)


class _Body(Struct):
    draft: Draft
    placing: _Placing
    led: Led
    final: bool

    def say(self, code: str, text: str, one: Reference, fix: str = "") -> None:
        """Note something about a reference; `{}` in the text stands for what it says."""
        self.placing.about(self.draft.body[one.start : one.end].decode("utf-8", "replace"))
        self.draft.note(code, quoting(text, one.value), at=one.start, fix=fix)


class _Placing:
    """Places findings on the line of the source file: rules may have made another body of it."""

    def __init__(self, post: Post, note: Note, locate: Locate) -> None:
        self._post = post
        self._note = note
        self._locate = locate
        self._text = ""

    def about(self, text: str) -> None:
        """Take what the next finding is about, as it is written."""
        self._text = text

    def __call__(self, found: Finding) -> None:
        """Place and note a finding; a change is about what stood there before."""
        found.path, found.record = self._post.provenance.path, self._post.ref()
        line = self._locate(found.before if found.is_change else self._text)
        if line is not None:
            found.line, found.placed = line, True
        self._note(found)
