"""Session: requests' own, without what it does of its own accord, and its connections."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import HTTPAdapter

from migrate import __version__
from migrate.live.http.limits import CONNECTIONS
from migrate.live.http.patience import patience
from migrate.live.http.public_hosts import PUBLIC_POOLS

__all__ = ["Session"]


class Session(requests.Session):
    """Leaves redirects alone: requests would prepare the next request, and fail on odd targets.

    With `public_only` it connects to public hosts only, and asks once.
    """

    def __init__(self, *, public_only: bool) -> None:
        super().__init__()
        self.headers["User-Agent"] = f"wpmigrate/{__version__}"
        adapter = (
            _PublicAdapter()
            if public_only
            else HTTPAdapter(max_retries=patience(), pool_maxsize=CONNECTIONS)
        )
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Give nothing, so that requests doesn't look for one."""
        del resp


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *sizes: Any, **named: Any) -> None:
        super().init_poolmanager(*sizes, **named)
        self.poolmanager.pool_classes_by_scheme = PUBLIC_POOLS
