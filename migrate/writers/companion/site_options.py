"""SiteOptions: the options that were named, held against those of the site, and set at the end.

What an option is on the site is compared as the site stores it: of one that was set before, the
journal knows what was asked and what came of it, as it does of terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from msgspec import Struct

from migrate.live.api import Row
from migrate.live.companion.streams import Option, options
from migrate.model.action import Action, Verb, cut
from migrate.model.finding import Finding, Note
from migrate.model.post import RecordRef
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Marks, Step
from migrate.plan.journal.history import DONE, FAILED, SiteHistory
from migrate.plan.option_numbers import Named, hides_numbers, named, with_numbers
from migrate.plan.stored import same_site
from migrate.writers.companion.sender import Sender
from migrate.writers.companion.wanted import Builder
from migrate.writers.rest import site_options
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.options import ImportOptions

__all__ = ["OPTION", "SiteOptions", "held_mark", "line", "name_of"]

OPTION: Final = "option"
"""What the journal, plans and reports call one."""

_FORBIDDEN: Final = "this account may not set options"
_THERE: Final = "it was changed on the site since the last import"
_HIDDEN: Final = "numbers of records within it stay as they are: it can't be read exactly"
_BOTH: Final = "the source and the site both changed it since the last import"


class _Planned(Struct):
    """An option and what becomes of it.

    `value` is what the site should hold, None where the number of a record has yet to show; it is
    looked at again before it is sent.
    """

    name: str
    said: str
    held: Option | None
    value: str | None
    action: Action


class SiteOptions:
    """Plans what becomes of each, then sets those that differ."""

    def __init__(
        self,
        connection: Connection,
        builder: Builder,
        sender: Sender,
        history: SiteHistory,
        asked: ImportOptions,
        note: Note,
    ) -> None:
        self._connection = connection
        self._numbers = builder.numbers
        self._terms = builder.terms
        self._sender = sender
        self._history = history
        self._asked = asked
        self._note = note
        self._planned: list[_Planned] = []
        self._equal: list[Marks] = []
        self._unknown: set[tuple[str, Named]] = set()

    def planned(self) -> list[Action]:
        """Give an action for each, which goes on to say what became of it. Raises SiteError.

        To be asked once it is decided about every record.
        """
        wanted = site_options.named(self._asked, self._note)
        home = self._connection.facts.home
        if wanted and not self._connection.companion.options:
            self._note(site_options.refused(wanted, _FORBIDDEN, home))
        elif wanted:
            held = options(self._connection.api, wanted)
            for name, said in wanted.items():
                self._plan(name, said, held.get(name))
        return [each.action for each in self._planned]

    def apply(self) -> None:
        """Set them, when all records are through. Raises SiteError."""
        going = [each for each in self._planned if each.action.verb in {"create", "update"}]
        going = [each for each in going if self._settled(each)]
        steps = [self._history.intend(_step(each)) for each in going]
        lines = [line(self._sender, each.name, each.value or "") for each in going]
        answers = self._sender.send(lines) if lines else []
        for each, step, told in zip(going, steps, answers, strict=True):
            self._settle(each, step, told)
        self._history.keep_equal(OPTION, self._equal)

    def _plan(self, name: str, said: str, held: Option | None) -> None:
        found = {each: self._there(each, final=False) for each in named(name, said)}
        if hides_numbers(name, said):
            self._note(_finding("loss-option-number", name, _HIDDEN))
        if not self._can_be(name, found):
            return
        numbers = {each: number for each, number in found.items() if number is not None}
        value = with_numbers(said, numbers) if len(numbers) == len(found) else None
        now = Marks(OPTION, held.id if held else 0, _asked_mark(value), held_mark(held))
        known = self._known.get(now.id) if held else None
        verb, reason = self._decided(name, now, known, held, value)
        action = Action(verb, OPTION, slug=name, title=name, reason=reason)
        if verb in {"create", "update", "conflict"}:
            change = cut("value", held.value if held else "", said if value is None else value)
            action.changes = [change._replace(public=False)]
        elif verb == "unchanged" and known is None:
            self._equal.append(now)
        self._planned.append(_Planned(name, said, held, value, action))

    def _decided(
        self, name: str, now: Marks, known: Marks | None, held: Option | None, value: str | None
    ) -> tuple[Verb, str]:
        """Give what becomes of an option, and why; names what isn't done."""
        if held is None:
            return "create", ""
        if value == held.value:
            return "unchanged", "the site holds the same"
        changed = known is not None and known.held != now.held
        if known and value is not None and known.said == now.said:
            if changed:
                self._note(_finding("target-changed-on-site", name, _THERE))
            return "unchanged", _THERE if changed else "the site stores it otherwise"
        if known and changed:
            self._note(_finding("target-conflict", name, _BOTH))
            return "conflict", _BOTH
        if self._asked.create_only or self._asked.on_existing != "update":
            fails = self._asked.on_existing == "fail" and not self._asked.create_only
            reason = "it is there with another value"
            code = "target-conflict" if fails else "target-option-left"
            self._note(_finding(code, name, reason))
            return ("conflict" if fails else "skip"), reason
        return "update", "differing: value"

    def _settled(self, each: _Planned) -> bool:
        """Put in the numbers of records that were made; gives whether the option can be set."""
        found = {one: self._there(one, final=True) or 0 for one in named(each.name, each.said)}
        if not self._can_be(each.name, found):
            each.action.verb, each.action.reason = "skip", "its record didn't go in"
            each.action.changes = []
            return False
        each.value = with_numbers(each.said, found)
        return True

    def _can_be(self, name: str, found: Mapping[Named, int | None]) -> bool:
        """Name the records of an option that nobody knows here; gives whether it can be set.

        Within an array nought stands for one, which WordPress takes for none.
        """
        unknown = [each for each, number in found.items() if number == 0]
        for each in unknown:
            if (name, each) in self._unknown:
                continue
            self._unknown.add((name, each))
            what = f"the {each.taxonomy or 'post'} {each.number} of the source, unknown here"
            message = f"it names {what}" + ("; it has none instead" if each.place else "")
            self._note(_finding("loss-option-number", name, message))
        return all(each.place for each in unknown)

    def _there(self, each: Named, *, final: bool) -> int | None:
        """Give the number that a record has on this site; 0 for an unknown one.

        None, unless this is `final`, for one that has yet to be made.
        """
        if each.taxonomy:
            waits = not final and self._terms.comes(each.taxonomy, each.number)
            return self._terms.number(each.taxonomy, each.number) or (None if waits else 0)
        if not self._numbers.knows(each.number):
            return self._before(each.number)
        if final:
            is_stored = self._numbers.is_stored(each.number)
            return self._numbers.of(each.number) if is_stored else 0
        return self._numbers.of(each.number) or None

    def _before(self, number: int) -> int:
        """Give the post of a record that this run leaves out: from the journal, or the same site's.

        0 where there is none.
        """
        index, home = self._connection.index, self._connection.facts.home
        earlier = [entry.id for entry in self._history.alike(number, b"")]
        own = self._asked.head.site.url
        likely = [*earlier, number] if own and same_site(own, home) else earlier
        return next((each for each in likely if index.by_id(each)), 0)

    def _settle(self, each: _Planned, step: int, told: Row) -> None:
        if told.get("status") == "failed":
            reason = str(told.get("error", ""))
            if not told.get("unclear"):
                self._history.settle(step, FAILED)
            each.action.verb, each.action.reason = "failed", reason
            self._note(_finding("target-record-failed", each.name, reason))
            return
        held = Option(int(told["id"]), str(told["value"]))
        self._history.settle(step, DONE, held.id, held_mark(held))
        if held.value != each.value:
            message = "the site stored another value than the source's"
            self._note(_finding("loss-field-changed", each.name, message))

    @cached_property
    def _known(self) -> dict[int, Marks]:
        """The marks of options, by their numbers, when both sides last agreed."""
        equal = {each.id: each for each in self._history.equal(OPTION)}
        return equal | {
            step.site_id: Marks(OPTION, step.site_id, step.title, step.held)
            for step in self._history.done_to(OPTION)
        }


def held_mark(held: Option | None) -> bytes:
    """Return the mark by which a later change of an option is seen."""
    return marks.asked({"value": held.value}) if held else b""


def line(sender: Sender, name: str, value: str) -> Row:
    """Return what has the companion set an option."""
    record = {"name": name, "value": value}
    return {"kind": OPTION, "key": sender.key(_step_key(name)), "record": record}


def _step_key(name: str) -> str:
    """Return what the journal calls an option; no file is called so."""
    return f"{OPTION}:{name}"


def name_of(key: str) -> str:
    """Return the option that the journal calls so."""
    return key.removeprefix(f"{OPTION}:")


def _asked_mark(value: str | None) -> bytes:
    return b"" if value is None else marks.asked({"value": value})


def _step(each: _Planned) -> Step:
    key, title = _step_key(each.name), _asked_mark(each.value)
    if each.held is None:
        return Step(key, "create", OPTION, slug=each.name, title=title, object=OPTION)
    earlier = marks.as_json({"value": each.held.value})
    step = Step(key, "update", OPTION, each.held.id, each.name, title=title, object=OPTION)
    return step._replace(earlier=earlier)


def _finding(code: str, name: str, message: str) -> Finding:
    record = RecordRef(OPTION, "", name)
    return Finding(code, f"option {name}: {message}", record=record, field=name)
