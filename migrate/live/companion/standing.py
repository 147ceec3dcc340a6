"""Standing: whether a site has the companion, and whether we and it understand each other."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from migrate.errors import AnswerError
from migrate.live.api import Api, Row
from migrate.live.companion import FILE_NAME, PROTOCOL, ROUTES
from migrate.live.site_facts import SiteFacts
from migrate.model.finding import Finding

__all__ = ["ABSENT", "PURPOSES", "Purpose", "Standing", "State", "standing"]

Purpose = Literal["import", "export"]
PURPOSES: Final[tuple[Purpose, ...]] = ("import", "export")
State = Literal["absent", "works", "older", "newer", "refuses us", "asks who we are"]
"""`older` and `newer` speak of its protocol, beside ours. Visitors aren't told anything."""

_OTHER: Final = f"Put the plugin of this version there: wpmigrate companion -o {FILE_NAME}"
_REFUSED: Final = (
    "doesn't let this account use it",
    "Set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD to an account whose role is Administrator",
)


class Standing(Struct, frozen=True):
    """How we stand to a site's companion; `version` is its own, empty where it isn't told.

    `imports` and `exports` tell whether the account may use it for that, `is_fast` whether it may
    have posts stored without hooks. `largest` is how many bytes a request may hold, 0 if untold.
    `options` tells whether it may read and set options.
    `types` and `taxonomies` are those that the site has registered, `hierarchical` the types whose
    posts may have parents.
    """

    state: State
    version: str = ""
    protocol: int = 0
    imports: bool = False
    exports: bool = False
    is_fast: bool = False
    options: bool = False
    largest: int = 0
    types: tuple[str, ...] = ()
    hierarchical: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()

    def may(self, purpose: Purpose) -> bool:
        """Tell whether it can be used for this."""
        allowed = self.imports if purpose == "import" else self.exports
        return self.state == "works" and allowed

    def unused(self, purpose: Purpose, site: str) -> Finding | None:
        """Say why the companion of `site` isn't used for this, if there is one."""
        if self.state == "absent" or self.may(purpose):
            return None
        why, fix = _REFUSED
        if self.state in {"older", "newer"}:
            spoken = f"it speaks protocol {self.protocol}, this program {PROTOCOL}"
            why, fix = f"{self.version} is {self.state} than this program: {spoken}", _OTHER
        return Finding("target-companion-unused", f"the site's companion {why}", path=site, fix=fix)


ABSENT: Final = Standing("absent")


def standing(api: Api, facts: SiteFacts, *, signed: bool) -> Standing:
    """Ask a site's companion what it is, if there is one. Raises SiteError.

    A site without it isn't asked anything: its REST root has told already.
    """
    if not facts.companion:
        return ABSENT
    if not signed:
        return Standing("asks who we are")
    try:
        return _told(api.get(f"{ROUTES}/capabilities"))
    except AnswerError as error:
        if error.status not in {401, 403}:
            raise
        return Standing("refuses us")


def _told(row: Row) -> Standing:
    said = row.get("protocol")
    protocol = said if isinstance(said, int) else 0
    known: State = "works" if protocol == PROTOCOL else "older"
    largest = row.get("largest")
    return Standing(
        "newer" if protocol > PROTOCOL else known,
        str(row.get("version", "")),
        protocol,
        imports=row.get("import") is True,
        exports=row.get("export") is True,
        is_fast=row.get("fast") is True,
        options=row.get("options") is True,
        largest=largest if isinstance(largest, int) and largest > 0 else 0,
        types=_names(row.get("types")),
        hierarchical=_names(row.get("hierarchical")),
        taxonomies=_names(row.get("taxonomies")),
    )


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, list) else ()
