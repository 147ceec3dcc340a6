"""Rewrites: the rules that were switched on for a run, applied to one record after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from migrate.model.addresses import Addresses
from migrate.model.finding import Note
from migrate.model.link_target import LinkTarget
from migrate.model.post import Post
from migrate.model.site import Head
from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import Rule

NO_ARTICLES: Final = frozenset(
    {
        *("nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request"),
        *("wp_global_styles", "wp_font_family", "wp_font_face", "acf-field", "acf-field-group"),
    }
)
"""Post types whose content is no text for readers but JSON, CSS or a plugin's own."""

Chosen = tuple[tuple[str, Rule], ...]
"""Rules with their names, in the order in which they run."""


class Rewrites(Struct, frozen=True):
    """Picklable: the rules for every record, or for those that one dialect read.

    `by_dialect` wins over `rules` for a record of a dialect that it names.
    """

    rules: Chosen = ()
    by_dialect: Mapping[str, Chosen] = field(default_factory=dict)
    addresses: Addresses | None = None

    def __bool__(self) -> bool:
        """Say whether anything is switched on."""
        return bool(self.rules or any(self.by_dialect.values()))

    @property
    def need_addresses(self) -> bool:
        """Whether a rule wants to know the whole source first."""
        return any(rule.needs_addresses for rules in self._all() for _, rule in rules)

    def hidden_links(self, post: Post) -> set[str]:
        """Give the links of a post that only the network can tell the target of."""
        rules = self.by_dialect.get(post.provenance.dialect, self.rules)
        return {link for _, rule in rules for link in rule.hidden_in(post)}

    def knowing(self, targets: Mapping[str, LinkTarget]) -> Rewrites:
        """Give the same rules with what the network says about those links."""
        rules, *others = (
            tuple((name, rule.knowing(targets)) for name, rule in chosen) for chosen in self._all()
        )
        by_dialect = dict(zip(self.by_dialect, others, strict=True))
        return replace(self, rules=rules, by_dialect=by_dialect)

    @property
    def concern_all(self) -> bool:
        """Whether there is a rule for every record, whichever dialect read it."""
        return all(self._all())

    def concern(self, post: Post) -> bool:
        """Tell whether a rule looks at posts like this one."""
        rules = self.by_dialect.get(post.provenance.dialect, self.rules)
        return post.type not in NO_ARTICLES and any(
            post.content_format in rule.bodies for _, rule in rules
        )

    def rewrite(self, post: Post, note: Note) -> None:
        """Change the post as the rules say, with a finding for each change."""
        if post.type in NO_ARTICLES:
            return
        draft = Draft(post, note, "", self.addresses)
        for name, rule in self.by_dialect.get(post.provenance.dialect, self.rules):
            if post.content_format in rule.bodies:
                draft.rule = name
                if rule.is_too_much(draft.body):
                    draft.note_too_much()
                else:
                    rule.rewrite(draft)

    def rewrite_head(self, head: Head, note: Note) -> Head:
        """Give the head as the rules for every record want it."""
        for _, rule in self.rules:
            head = rule.rewrite_head(head, note)
        return head

    @property
    def follow_links(self) -> bool:
        """Whether a rule makes use of what the network says about links."""
        return any(rule.follows_links for rules in self._all() for _, rule in rules)

    def _all(self) -> tuple[Chosen, ...]:
        return (self.rules, *self.by_dialect.values())
