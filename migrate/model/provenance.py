"""Provenance: what a format can't say and the way back needs. Never a post meta, never a key."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


class Provenance(Struct):
    """Where a record comes from and how it was spelled there; every leaf is a string.

    - `path`: its path below SOURCE, with `/`.
    - `dialect`, `variant`: the mapping that read it and the generation of its tool.
    - `encoding`: the file's encoding where it wasn't UTF-8.
    - `filled`: the fields that a writer had to fill in; the way back leaves them out.
    - `stated`: field → what the source stated where a writer had to write something else.
    - `spelling`: what the dialect's writer wouldn't choose by itself (syntax/ says how).
    - `removed`: field → {offset: characters} of text that the output format can't carry; offsets
      count in the bytes of the original text in UTF-8.
    - `mark`: what a site's listing said of the record, as a hash; a folder's manifest keeps it.
    - `origin`: the provenance that the record had in the form before this one, as `as_json` gives
      it.
    """

    path: str = ""
    dialect: str = ""
    variant: str = ""
    encoding: str = ""
    filled: list[str] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    spelling: dict[str, Any] = field(default_factory=dict)
    removed: dict[str, dict[str, str]] = field(default_factory=dict)
    origin: dict[str, Any] = field(default_factory=dict)
    mark: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the parts that have something to say, ready for `canonical.dumps`."""
        said = {name: value for name in self.__struct_fields__ if (value := getattr(self, name))}
        said.pop("mark", None)
        return said
