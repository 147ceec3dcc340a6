"""Reading back: is what the site stored what was sent?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrate.live.api import Row
from migrate.live.site_facts import SiteFacts
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.compare import META, changed_by_site, site_value
from migrate.writers.rest.actions import finding, link_differs

__all__ = ["became_another", "differences"]


def became_another(sent: Mapping[str, Any], row: Row) -> bool:
    """Return whether the site gave the post another slug, as it does with one that is taken."""
    slug = stored.slug(sent.get("slug", ""))
    return bool(slug) and slug != stored.slug_of_row(str(row.get("slug", "")))


def differences(
    post: Post,
    sent: Mapping[str, Any],
    row: Row,
    status: stored.Status | None,
    facts: SiteFacts,
) -> Iterator[Finding]:
    """Give a finding for each field that the site holds otherwise than it was sent."""
    for name in changed_by_site(sent, row, status):
        field = name.removeprefix(META)
        yield finding("loss-field-changed", f"the site stored another {field}", post, field)
    moment, meant = site_value(row, "date_gmt"), stored.gmt(str(sent.get("date", "")), facts.zone)
    if moment and meant and moment != meant:
        # As where the dates were written in another zone and the hour happens twice in the site's.
        message = f"the site takes {sent['date']} for {moment} GMT instead of {meant}"
        yield finding("loss-field-changed", message, post, "date_gmt")
    differs = link_differs(post, row, facts.home)
    if differs:
        yield differs
