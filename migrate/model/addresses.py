"""Addresses: where the records of a source were and where they will be, for rules about links."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit


class Addresses(Protocol):
    """What is known of all records before the first of them is rewritten."""

    def new_address(self, path: str) -> str | None:
        """Give the permalink of the record at this path of SOURCE or of its site, if one is."""

    def is_own(self, host: str) -> bool:
        """Say whether a host is one under which the source's site is or was found."""


def is_address(text: str) -> bool:
    """Say whether a text can be taken apart as an address, as `http://[a` can't."""
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True
