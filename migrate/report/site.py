"""A surveyed site, for people as text and for machines as the JSON report's `site`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from migrate.live.companion.standing import PURPOSES, Standing
from migrate.live.survey import Offer, Survey
from migrate.live.xml_rpc import XmlRpc
from migrate.report.totals import SiteReport

__all__ = ["site_report"]

_RIGHTS: Final = {
    "edit_posts": "write posts",
    "publish_posts": "publish posts",
    "edit_others_posts": "change others' posts",
    "edit_pages": "write pages",
    "publish_pages": "publish pages",
    "upload_files": "upload files",
    "manage_categories": "create terms",
    "create_users": "create users",
}
"""WordPress's rights, in the words of the summary."""

_XML_RPC: Final[dict[XmlRpc, str]] = {
    "works": "on, and takes our password",
    "refuses us": "on, but doesn't take our password",
    "off": "off",
    "hidden": "doesn't answer us",
    "answers": "on; whether it takes a password isn't known without one",
}

_VISITOR: Final = "a visitor (WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD say who else)"


def site_report(site: Survey) -> SiteReport:
    """Return what the reports say of a site."""
    return SiteReport("".join(f"{line}\n" for line in _lines(site)), _as_json(site))


def _lines(site: Survey) -> Iterator[str]:
    yield site.facts.name or site.facts.home
    for label, said in _facts(site):
        yield f"  {label:11} {said}"
    yield ""
    yield "Post types" + (", and the statuses that we may set" if site.account else "")
    for offer in site.offers:
        yield from _offer(offer)
    yield ""
    yield "Taxonomies"
    for taxonomy in site.taxonomies:
        tree = "terms with parents" if taxonomy.hierarchical else "terms"
        yield f"  {taxonomy.name}  {taxonomy.route}  {tree} of {_listed(taxonomy.types)}"


def _facts(site: Survey) -> Iterator[tuple[str, str]]:
    facts = site.facts
    yield "address", facts.home
    if site.asked.rstrip("/") != facts.page.rstrip("/"):
        yield "redirected", f"{site.asked} → {facts.page}"
    yield "REST API", f"{facts.root} (found by {facts.found_by})"
    yield "WordPress", facts.version or "its version isn't told"
    yield from _account(site)
    yield "time zone", facts.zone_name
    yield "permalinks", _permalinks(site)
    yield "editor", _editor(site)
    yield "batches", f"of {facts.batch} requests" if facts.batch else "none: WordPress before 5.6"
    yield "XML-RPC", _XML_RPC[site.xml_rpc]
    yield "companion", _companion(site)
    if site.account:
        yield "imports", _imports(site)
    if site.noise:
        yield "warnings", "text that is no JSON stands beside answers; turn display_errors off"


def _account(site: Survey) -> Iterator[tuple[str, str]]:
    if site.account is None:
        yield "we are", _VISITOR
        return
    may = [words for right, words in _RIGHTS.items() if site.account.may(right)]
    may_not = [words for right, words in _RIGHTS.items() if not site.account.may(right)]
    yield "we are", f"{site.account.name} ({_listed(site.account.roles, kept=True) or 'no role'})"
    yield "we may", ", ".join(may) or "nothing but read"
    if may_not:
        yield "we may not", ", ".join(may_not)
    kept = "kept as we send it" if site.keeps_html else "cleaned: scripts, forms, iframes go"
    yield "HTML", kept
    may_upload = site.account.may("upload_files")
    yield "uploads", f"{'taken' if may_upload else 'refused'}; types and size limit are not told"


def _companion(site: Survey) -> str:
    """Say whether the site has our plugin, and whether it is used."""
    standing = site.companion
    match standing.state:
        case "absent":
            return "not there: what REST can't carry is lost (wpmigrate companion)"
        case "asks who we are":
            return "there; whether it takes us isn't known without a password"
        case "older" | "newer":
            return f"{standing.version}, {standing.state} than this program, so it isn't used"
    used = [purpose for purpose in PURPOSES if standing.may(purpose)]
    return f"{standing.version}, used to {' and '.join(used)}" if used else "there, but refuses us"


def _imports(site: Survey) -> str:
    """Say by which way an import would send what; what a run sends its own report says."""
    if site.companion.may("import") and site.companion.may("export"):
        return "all fields by the companion"
    if site.xml_rpc == "works":
        return "fields by REST, metas that aren't registered by XML-RPC"
    return "fields by REST; metas that aren't registered stay behind"


def _permalinks(site: Survey) -> str:
    if site.permalinks or not site.sample.link:
        return site.permalinks or "not told: there is no post to tell them by"
    return f"with parts of their own, such as {site.sample.link}"


def _editor(site: Survey) -> str:
    if site.sample.with_blocks is None:
        return site.editor
    newest = f"{site.sample.with_blocks} of the newest {site.sample.posts} posts hold blocks"
    return f"{site.editor}; {newest}" if site.sample.posts else site.editor


def _offer(offer: Offer) -> Iterator[str]:
    tree = "  with parents" if offer.type.hierarchical else ""
    yield f"  {offer.type.name}  {offer.type.route}{tree}"
    for label, said in (
        ("supports", _listed(offer.type.supports)),
        ("taxonomies", _listed(offer.type.taxonomies)),
        ("statuses", _listed(offer.statuses)),
        ("metas", ", ".join(_metas(offer))),
    ):
        if said:
            yield f"    {label:11} {said}"


def _metas(offer: Offer) -> Iterator[str]:
    for key, rule in sorted(offer.schema.meta.items()):
        yield f"{key} ({_type(rule)})"


def _type(rule: dict[str, Any]) -> str:
    named = rule.get("type") or "any"
    if named == "array":
        items = rule.get("items")
        return f"several of {_type(items)}" if isinstance(items, dict) else "several"
    return " or ".join(map(str, named)) if isinstance(named, list) else str(named)


def _listed(names: Iterable[str], *, kept: bool = False) -> str:
    return ", ".join(names if kept else sorted(names))


def _as_json(site: Survey) -> dict[str, Any]:
    """Give the site as the JSON report holds it: of the user no more than login and roles."""
    facts, account = site.facts, site.account
    return {
        "asked": site.asked,
        "home": facts.home,
        "rest_root": facts.root,
        "name": facts.name,
        "wordpress": facts.version,
        "timezone": facts.zone_name,
        "permalinks": site.permalinks,
        "editor": site.editor,
        "batch": facts.batch,
        "xml_rpc": site.xml_rpc,
        "companion": _companion_as_json(site.companion),
        "user": account and {"login": account.name, "roles": list(account.roles)},
        "rights": sorted(account.capabilities) if account else [],
        "keeps_html": site.keeps_html,
        "types": {offer.type.name: _offer_as_json(offer) for offer in site.offers},
        "taxonomies": {
            taxonomy.name: {
                "route": taxonomy.route,
                "hierarchical": taxonomy.hierarchical,
                "types": sorted(taxonomy.types),
            }
            for taxonomy in site.taxonomies
        },
    }


def _companion_as_json(standing: Standing) -> dict[str, Any]:
    used = [purpose for purpose in PURPOSES if standing.may(purpose)]
    return {"state": standing.state, "version": standing.version, "used_to": used}


def _offer_as_json(offer: Offer) -> dict[str, Any]:
    return {
        "route": offer.type.route,
        "hierarchical": offer.type.hierarchical,
        "supports": sorted(offer.type.supports),
        "taxonomies": sorted(offer.type.taxonomies),
        "statuses": sorted(offer.statuses),
        "meta": {key: _type(rule) for key, rule in sorted(offer.schema.meta.items())},
    }
