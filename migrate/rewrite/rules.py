"""Every rewrite rule by name, in the order in which they run. Adding one is a module and a line.

Entries are imported when they are used: a run without rules loads none of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, Final

from migrate.errors import MappingError, UsageError
from migrate.rewrite.rule import Rule

RULES: Final[dict[str, str]] = {
    "control-characters": "control_characters:ControlCharacters",
    "mojibake": "mojibake:Mojibake",
    "entities": "entities:Entities",
    "liquid": "liquid:Liquid",
    "ad-markers": "ad_markers:AdMarkers",
    "feed-links": "feed_links:FeedLinks",
    "canonical": "canonical:Canonical",
    "source-attribution": "source_attribution:SourceAttribution",
    "categories": "categories:Categories",
    "tracking-pixels": "tracking_pixels:TrackingPixels",
    "self-closing": "self_closing:SelfClosing",
    "duplicate-ids": "duplicate_ids:DuplicateIds",
    "empty-markup": "empty_markup:EmptyMarkup",
    "shortcodes": "shortcodes:KnownShortcodes",
    "internal-links": "internal_links:InternalLinks",
    "markdown": "markdown:Markdown",
    "rst": "rst:Rst",
    "unautop": "unautop:Unautop",
    "autop": "autop:Autop",
    "unblocks": "unblocks:Unblocks",
    "blocks": "blocks:Blocks",
    "to-markdown": "to_markdown:ToMarkdown",
}

_NOWHERE: Final[Mapping[str, tuple[str, int]]] = {}


def rule_class(name: str) -> type[Rule]:
    """Import and give the class of a rule; UsageError with the known names where there is none."""
    if name not in RULES:
        raise UsageError(f"there is no rewrite rule {name!r}", fix=f"Known: {', '.join(RULES)}")
    module, _, attribute = RULES[name].partition(":")
    made: type[Rule] = getattr(importlib.import_module(f"migrate.rewrite.{module}"), attribute)
    return made


def make(
    chosen: Mapping[str, Mapping[str, Any]], places: Mapping[str, tuple[str, int]] = _NOWHERE
) -> tuple[tuple[str, Rule], ...]:
    """Make the chosen rules (name → options), each with its name, in the order of the table.

    Raises UsageError for a rule that there isn't, and for options that can't be used, with the file
    and the line that `places` has for the rule.
    """
    for name in chosen:
        rule_class(name)
    return tuple(
        (name, _made(name, chosen[name], places.get(name))) for name in RULES if name in chosen
    )


def _made(name: str, options: Mapping[str, Any], place: tuple[str, int] | None) -> Rule:
    try:
        return rule_class(name)(**options)
    except MappingError as error:
        if place is not None:
            error.path, error.line = place
        raise
