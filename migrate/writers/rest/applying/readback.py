"""Reading back: is what the site stored what was sent?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrate.live.answer import plain_text
from migrate.live.api import Row
from migrate.live.site_facts import SiteFacts
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding
from migrate.plan import stored
from migrate.plan.compare import META, changed_by_site, site_value
from migrate.writers.rest.actions import action, finding, is_public, link_differs
from migrate.writers.rest.applying.sending import Sending

__all__ = ["became_another", "differences", "done"]


def became_another(sent: Mapping[str, Any], row: Row) -> bool:
    """Return whether the site gave the post another slug, as it does with one that is taken."""
    slug = stored.slug(sent.get("slug", ""))
    return bool(slug) and slug != stored.slug_of_row(str(row.get("slug", "")))


def differences(sending: Sending, facts: SiteFacts) -> Iterator[Finding]:
    """Give a finding for each field that the site refused, or holds otherwise than it was sent."""
    post, row = sending.post, sending.row
    for name, reason in sending.refused.items():
        message = f"the site refused it: {plain_text(reason)}"
        yield finding("loss-field-refused", message, post, name.removeprefix(META))
    names = sending.sent if sending.creates else sending.fields.keys() & sending.sent.keys()
    fields = {name: sending.fields.get(name, sending.sent[name]) for name in names}
    fields |= {"status": "trash"} if sending.trashes else {}
    for name in changed_by_site(fields, row, sending.wanted.status):
        field = name.removeprefix(META)
        yield finding("loss-field-changed", f"the site stored another {field}", post, field)
    moment, meant = site_value(row, "date_gmt"), stored.gmt(str(fields.get("date", "")), facts.zone)
    if moment and meant and moment != meant:
        # As where the dates were written in another zone and the hour happens twice in the site's.
        message = f"the site takes {fields['date']} for {moment} GMT instead of {meant}"
        yield finding("loss-field-changed", message, post, "date_gmt")
    differs = link_differs(post, row, facts.home)
    if differs:
        yield differs


def done(verb: Verb, sending: Sending, reason: str = "") -> Action:
    """Return the action of a record that the site holds now."""
    row = sending.row
    public = is_public(sending.before or row) and is_public(row)
    return action(verb, sending.post, reason, link=str(row.get("link", "")), public=public)
