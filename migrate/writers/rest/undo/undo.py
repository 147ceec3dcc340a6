"""Undo: takes back what one import did to a site, the latest first, and keeps that in the journal.

What the import made is put into the trash, or deleted for good; what it changed gets its earlier
values back. What someone has changed since is left alone. Everything is decided by what the site
holds, so that an undo which was cut off can simply be run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from migrate.errors import AnswerError, SiteError, SiteLost
from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding, Note
from migrate.plan.compare import changes, differing, site_value
from migrate.plan.journal import marks
from migrate.plan.journal.deeds import Deed
from migrate.plan.journal.history import FAILED, SiteHistory
from migrate.plan.recall import made_by
from migrate.plan.site_index import Listed
from migrate.writers.rest.applying.along import sent_along
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.undo.places import Place, place_of
from migrate.writers.rest.undo.planned import Planned, is_done, new_action, ref, surely_undone

__all__ = ["Undo"]

_GROUP: Final = 100  # objects that are looked at together
_EDITED: Final = "someone changed it on the site since the import"
_LATER: Final = "a later import changed it as well"
_OVERWRITE: Final = "Look at it on the site, then run again with --overwrite to take it back anyway"
_UNCLEAR: Final = "the import was cut off, and several posts may be the one that it made"
_BY_HAND: Final = "Look among the site's newest posts"
_LATER_FIRST: Final = "Take the later import back first"


class Undo:
    """Plans, then does what was planned; `force` deletes for good, `overwrite` minds no edit."""

    def __init__(
        self,
        connection: Connection,
        history: SiteHistory,
        note: Note,
        *,
        force: bool,
        overwrite: bool,
    ) -> None:
        self._connection = connection
        self._history = history
        self._note = note
        self._force = force
        self._overwrite = overwrite
        self._places: dict[tuple[str, str], Place | None] = {}
        self._planned: list[Planned] = []
        self._unclear: set[int] = set()
        self._leaving: set[int] = set()

    def plan(self, deeds: Sequence[Deed]) -> Iterator[Action]:
        """Give what would happen to each object, in order; reads only. Raises SiteError."""
        self._look_up(deeds)
        for start in range(0, len(deeds), _GROUP):
            group = deeds[start : start + _GROUP]
            found = self._rows(group)
            for deed in group:
                planned = self._plan(deed, found)
                for finding in planned.findings:
                    self._note(finding)
                if deed.object == "post" and planned.verb:
                    self._leaving.add(deed.site_id)
                self._planned.append(planned)
                yield planned.action

    def apply(self) -> Iterator[Action]:
        """Do what was planned, giving each action when it is done.

        Raises SiteLost where the site went away after something was changed, SiteError before.
        """
        try:
            for planned in self._planned:
                yield self._done(planned)
        except SiteError as error:
            if not self._connection.changed:
                raise
            raise SiteLost(
                f"the site went away: {error.message}",
                path=error.path,
                fix="Run again when it is back: what was taken back is known",
            ) from error

    def _look_up(self, deeds: Sequence[Deed]) -> None:
        """Find what requests made which nobody answered."""
        for deed in deeds:
            place = self._place(deed) if deed.asked and deed.object != "post" else None
            if deed.asked and place:
                deed.site_id = place.made_by(deed.asked)
        asked = [
            (deed, deed.asked, kind)
            for deed in deeds
            if deed.asked
            and deed.object == "post"
            and (kind := self._connection.unlisted(deed.type)) is not None
        ]
        if not asked:
            return
        kinds = {kind.route: kind for _, _, kind in asked}
        self._connection.settle(list(kinds.values()), min(step.after for _, step, _ in asked))
        taken: set[int] = set()
        for deed, step, _ in asked:
            found = made_by(step, self._connection.index, self._is_others)
            made = [post.id for post in found if post.id not in taken]
            if len(made) > self._history.unanswered_alike(step):
                self._unclear.add(id(deed))
            elif made:
                deed.site_id = made[0]
                taken.add(made[0])

    def _is_others(self, key: str, post: Listed) -> bool:
        owner = self._history.owner(post.id)
        return owner is not None and owner.key != key

    def _place(self, deed: Deed) -> Place | None:
        key = (deed.object, deed.type)
        if key not in self._places:
            self._places[key] = place_of(deed, self._connection)
        return self._places[key]

    def _rows(self, deeds: Sequence[Deed]) -> dict[tuple[str, str, int], Row]:
        """Return what the site holds of these objects."""
        wanted: dict[tuple[str, str], list[int]] = {}
        for deed in deeds:
            if deed.site_id:
                wanted.setdefault((deed.object, deed.type), []).append(deed.site_id)
        rows: dict[tuple[str, str, int], Row] = {}
        for deed in deeds:
            key = (deed.object, deed.type)
            place = self._place(deed)
            ids = wanted.pop(key, [])
            if place and ids:
                place.look_for(each for each in deeds if (each.object, each.type) == key)
            found = place.rows(ids) if place and ids else {}
            rows |= {(*key, number): row for number, row in found.items()}
        return rows

    def _plan(self, deed: Deed, rows: dict[tuple[str, str, int], Row]) -> Planned:
        place = self._place(deed)
        if place is None:
            reason = f"the site offers no way to take back what was done to this {deed.object}"
            return self._refused(deed, {}, "skip", reason, "")
        if id(deed) in self._unclear:
            return self._refused(deed, {}, "conflict", _UNCLEAR, _BY_HAND)
        row = rows.get((deed.object, deed.type, deed.site_id))
        if row is None:
            reason = "the site doesn't hold it any more" if deed.site_id else "it was never made"
            return Planned(deed, new_action("unchanged", deed, reason), settled=True)
        planned = Planned(deed, Action("unchanged", deed.type), place, row)
        self._decide(planned, place, row)
        title, public = place.title(row)
        planned.action.title, planned.action.public = title, public
        planned.action.target_url = str(row.get("link", ""))
        if planned.verb and not self._overwrite:
            return self._unless_edited(planned, place, row)
        return planned

    def _decide(self, planned: Planned, place: Place, row: Row) -> None:
        """Fill in what taking back needs, going by what the site holds."""
        deed, in_trash = planned.deed, row.get("status") == "trash"
        if deed.created:
            gone = place.has_trash and not self._force
            if in_trash and gone:
                planned.action = new_action("unchanged", deed, "it lies in the trash")
                planned.settled = True
                return
            planned.verb = "trash" if gone else "delete"
            reason = "the import made it: into the trash" if gone else "the import made it"
            planned.action = new_action("delete", deed, reason)
            return
        was = {name: value for name, value in deed.was.items() if value is not None or "." in name}
        names = tuple(differing(was, row, None))
        if not names:
            planned.action = new_action("unchanged", deed, "the site holds the earlier values")
            planned.settled = True
            return
        along = sent_along(was, row, self._connection.facts.zone)
        planned.fields = {name: was[name] for name in names} | along
        planned.verb = "trash" if planned.fields == {"status": "trash"} else "update"
        planned.action = new_action("update", deed, f"earlier: {', '.join(names)}")
        planned.action.changes = changes(names, was, row)

    def _unless_edited(self, planned: Planned, place: Place, row: Row) -> Planned:
        """Return what was planned, but for what isn't our doing any more."""
        deed = planned.deed
        if deed.overtaken:
            return self._refused(deed, row, "conflict", _LATER, _LATER_FIRST)
        if deed.held and place.held(row) != deed.held:
            return self._refused(deed, row, "conflict", _EDITED, _OVERWRITE)
        needed = place.in_use(deed.site_id, self._leaving) if deed.created else ""
        if needed:
            return self._refused(deed, row, "conflict", needed, _OVERWRITE)
        return planned

    def _refused(self, deed: Deed, row: Row, verb: Verb, reason: str, fix: str) -> Planned:
        planned = Planned(deed, new_action(verb, deed, reason))
        if row:
            planned.action.public = False
        found = Finding("target-not-undone", reason, path=deed.key, record=ref(deed), fix=fix)
        planned.findings.append(found)
        return planned

    def _done(self, planned: Planned) -> Action:
        deed, place = planned.deed, planned.place
        if not planned.verb or place is None:
            if planned.settled:
                self._settle(planned, 0, planned.row)
            return planned.action
        earlier = {name: site_value(planned.row, name) for name in planned.fields}
        if planned.verb == "trash":
            earlier = {"status": planned.row.get("status")}
        said = marks.as_json(earlier) if earlier else ""
        number = self._history.intend(deed.step(planned.verb, said))
        try:
            row = self._sent(planned, place)
        except AnswerError as error:
            if 0 < error.status < 500:  # noqa: PLR2004 - HTTP's own boundary
                self._history.settle(number, FAILED)
            return self._failed(planned, error.message)
        self._settle(planned, number, row)
        return self._read_back(planned, row)

    def _sent(self, planned: Planned, place: Place) -> Row:
        """Send one request; gives the object as the site holds it then, nothing if it is gone.

        Where no good answer comes, the site is asked what it holds.
        """
        number = planned.deed.site_id
        route = f"{place.route}/{number}"
        try:
            if planned.verb == "update":
                sent = {n: v for n, v in planned.fields.items() if (n, v) != ("status", "trash")}
                row = place.update(number, sent)
                if sent == planned.fields:
                    return row
            forced = planned.verb == "delete"
            self._connection.delete(route, force=forced, told=place.told)
        except SiteError as error:
            row = place.rows([number]).get(number, {})
            if not is_done(planned, row):
                raise surely_undone(error) from None
            return row
        return {} if planned.verb == "delete" else place.rows([number]).get(number, {})

    def _settle(self, planned: Planned, number: int, row: Row) -> None:
        deed, place = planned.deed, planned.place
        held = place.held(row) if place and row else b""
        self._history.take_back(number, deed.steps, deed.step(planned.verb), held)

    def _read_back(self, planned: Planned, row: Row) -> Action:
        names = differing(planned.fields, row, None) if planned.verb == "update" else []
        for name in names:
            message = f"the site stored another {name} than the earlier one"
            self._note(
                Finding(
                    "loss-field-changed",
                    message,
                    path=planned.deed.key,
                    record=ref(planned.deed),
                    field=name,
                )
            )
        return planned.action

    def _failed(self, planned: Planned, reason: str) -> Action:
        deed = planned.deed
        self._note(Finding("target-record-failed", reason, path=deed.key, record=ref(deed)))
        planned.action.verb, planned.action.reason = "failed", reason
        return planned.action
