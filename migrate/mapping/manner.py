"""What a mapping says about its dialect as a whole, apart from the rules for keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrate.mapping import metas
from migrate.mapping.file_names import Types
from migrate.mapping.places import Places
from migrate.mapping.status_keys import StatusKeys
from migrate.model.post import ContentFormat


@dataclass(frozen=True, slots=True)
class Ending:
    """What the ending of a file's name says: what the body is, and how the head is spelled.

    Without spellings the head is spelled as the dialect's others are.
    """

    body_format: ContentFormat
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """How a folder looks whose posts are the dialect's.

    `files` lie at the root of a site, and beside them the folders `skips`, which hold no posts.
    `folders` are names that only this tool gives to folders of posts. `guess_order` ranks the
    dialects where nothing tells them apart: the smallest number is taken.
    """

    files: frozenset[str] = frozenset()
    skips: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    guess_order: int = 100


@dataclass(frozen=True, slots=True)
class Manner:
    """What a mapping says about its dialect as a whole, apart from the rules for keys.

    `spelling` names the syntax of its heads, `also_spelled` others that its tool reads, `endings`
    what the ending of a name changes; `body_format` is what a body is. `recognised_by` are the keys
    that only this dialect has, `home` how its folders look, `skip_folders` what its tool keeps for
    itself. `always` are the keys that are written even when empty, `meta` how it writes a post
    meta, `meta_map` the key of a map that holds metas. `key_order` holds the order of the keys for
    each generation of the tool that has one of its own; `places` says where a post's file belongs,
    `types` which post type its place states, `status` which keys speak of the status.
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
    types: Types = field(default_factory=Types)
    status: StatusKeys = field(default_factory=StatusKeys)
