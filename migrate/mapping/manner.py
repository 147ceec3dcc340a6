"""What a mapping says about its dialect as a whole, apart from the rules for keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field

from migrate.mapping import metas
from migrate.mapping.file_names import Types
from migrate.mapping.places import Places
from migrate.mapping.status_keys import StatusKeys
from migrate.model.post import ContentFormat
from migrate.syntax.post_files import suffix

_TYPED: Final = frozenset(("yaml", "toml", "json", "dashed-toml", "dashed-json"))


class Ending(Struct, frozen=True):
    """What the ending of a file's name says: what the body is, and how the head is spelled.

    Without spellings the head is spelled as the dialect's others are.
    """

    body_format: ContentFormat
    spellings: tuple[str, ...] = ()


class Home(Struct, frozen=True):
    """How a folder looks whose posts are the dialect's.

    `files` lie at the root of a site, and beside them the folders `skips`, which hold no posts.
    `folders` are names that only this tool gives to folders of posts. `guess_order` ranks the
    dialects where nothing tells them apart: the smallest number is taken.
    """

    files: frozenset[str] = frozenset()
    skips: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    guess_order: int = 100


class Manner(Struct, frozen=True):
    """What a mapping says about its dialect as a whole, apart from the rules for keys.

    `spelling` names the syntax of its heads, `also_spelled` others that its tool reads, `endings`
    what the ending of a name changes; `body_format` is what a body is. `recognised_by` are the keys
    that only this dialect has, `home` how its folders look, `skip_folders` what its tool keeps for
    itself. `always` are the keys that are written even when empty, `meta` how it writes a post
    meta, `meta_map` the key of a map that holds metas, `featured_image` the metas that may name a
    post's image, with a dot before a key of a map; with `any_case` its tool takes `Draft` for
    `draft`. `key_order` holds the order of the keys for
    each generation of the tool that has one of its own; `places` says where a post's file belongs,
    `types` which post type its place states, `status` which keys speak of the status. `rewrite`
    holds the rewrite rules that are switched on for its posts, each with its options, and
    `rewrite_places` the file and the line where each stands. No file is taken for a dialect that
    isn't `detected`: the user has to name it.
    """

    name: str
    title: str
    spelling: str
    body_format: ContentFormat
    recognised_by: frozenset[str]
    skip_folders: frozenset[str]
    always: frozenset[str]
    meta: metas.Style
    key_order: Mapping[str, tuple[str, ...]]
    places: Places
    also_spelled: tuple[str, ...] = ()
    endings: Mapping[str, Ending] = field(default_factory=dict)
    home: Home = field(default_factory=Home)
    meta_map: str = ""
    featured_image: tuple[str, ...] = ()
    any_case: bool = False
    types: Types = field(default_factory=Types)
    status: StatusKeys = field(default_factory=StatusKeys)
    rewrite: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rewrite_places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    detected: bool = True

    @property
    def is_typed(self) -> bool:
        """Whether its heads know null and more types than text."""
        return self.spelling in _TYPED

    def spelling_of(self, variant: str) -> str:
        """Give the syntax that a variant names, or the usual one: `toml` is one of Hugo's."""
        more = [name for ending in self.endings.values() for name in ending.spellings]
        return variant if variant in (*self.also_spelled, *more) else self.spelling

    def spellings_at(self, path: str) -> tuple[str, ...]:
        """Give the syntaxes that a file of this name may have, the usual one first."""
        ending = self.endings.get(suffix(path))
        if ending and ending.spellings:
            return ending.spellings
        return (self.spelling, *self.also_spelled)

    def variant_for(self, body: ContentFormat, wanted: str = "") -> str:
        """Give the variant that a new file with such a body has: the wanted one if it can be."""
        for ending in self.endings.values():
            if ending.body_format == body and ending.spellings:
                return ending.spellings[0]
        return wanted

    def body_format_at(self, path: str) -> ContentFormat:
        """Give what the body of a file of this name is."""
        ending = self.endings.get(suffix(path))
        return ending.body_format if ending else self.body_format

    def can_hold(self, body: ContentFormat, path: str) -> bool:
        """Say whether a file of this name may hold such a body, or no other one could."""
        known = {self.body_format, *(ending.body_format for ending in self.endings.values())}
        return not path or body not in known or self.body_format_at(path) == body
