"""A TCP proxy in front of a test site that cuts the line when told to."""

import socket
from collections.abc import Callable
from typing import Literal

from tests.wordpress.listener import Listener, ask, whole_request

Fault = Literal["pass", "cut before", "cut after"]
"""What happens to a request: nothing, cut before it reaches the site, cut before its answer."""


class CutProxy(Listener):
    """Passes each request on to the site; `fault` decides by its first line, "METHOD PATH".

    Once `closed` nothing can be reached any more, as if the site had gone.
    """

    def __init__(self, site_url: str, fault: Callable[[str], Fault]) -> None:
        super().__init__()
        self._site = site_url
        self._fault = fault

    def answer(self, client: socket.socket) -> None:
        """Pass a request on, unless the line is cut."""
        request = whole_request(client)
        line = request.split(b"\r\n", 1)[0].decode().rpartition(" ")[0]
        fault = self._fault(line)
        if fault == "cut before":
            return
        answer = ask(self._site, request)
        if fault == "pass":
            client.sendall(answer)
