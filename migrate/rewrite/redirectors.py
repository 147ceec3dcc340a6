"""Tables: who led readers through an address of his own, and where the real one stands in it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Redirector(NamedTuple):
    """A page that does nothing but send a reader on to the address in one of `parameters`.

    `own` are the parameters that are never a part of that address, should it stand there unescaped.
    """

    hosts: re.Pattern[str]
    path: str
    parameters: tuple[str, ...]
    own: frozenset[str] = frozenset()


class Publisher(NamedTuple):
    """A publisher whose feeds end in the ID of a story, and his address for such an ID."""

    feed: re.Pattern[str]
    story: re.Pattern[str]
    address: str


def _host(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


_GOOGLE: Final = frozenset({
    "authuser", "bvm", "cad", "cd", "cid", "clid", "ct", "ct2", "did", "ei", "esrc", "fd", "hl",
    "ned", "rct", "rja", "sa", "sig2", "source", "t", "uact", "usg", "ved",
})  # fmt: skip

REDIRECTORS: Final = (
    # Google News' feeds until 2017, and what people copied from a page of results
    Redirector(_host(r"news\.google\.[a-z.]{2,6}"), "/news/url", ("url", "q"), _GOOGLE),
    Redirector(_host(r"www\.google\.[a-z.]{2,6}"), "/url", ("url", "q"), _GOOGLE),
    Redirector(_host(r"(?:www\.)?bing\.com"), "/news/apiclick.aspx", ("url",)),
    Redirector(_host(r"(?:www\.)?duckduckgo\.com"), "/l/", ("uddg",)),
    # what social networks put before links that lead away from them
    Redirector(_host(r"(?:www|lm?|m)\.facebook\.com"), "/l.php", ("u",)),
    Redirector(_host(r"l\.instagram\.com"), "/", ("u",)),
    Redirector(_host(r"(?:www\.|m\.)?youtube\.com"), "/redirect", ("q",)),
    Redirector(_host(r"(?:www\.)?linkedin\.com"), "/redir/redirect", ("url",)),
    Redirector(_host(r"out\.reddit\.com"), "/", ("url",)),
    Redirector(_host(r"t\.umblr\.com"), "/redirect", ("z",)),
    Redirector(_host(r"(?:www\.|m\.)?vk\.com"), "/away.php", ("to",)),
    Redirector(_host(r"steamcommunity\.com"), "/linkfilter/", ("u", "url")),
    Redirector(_host(r"slack-redir\.net"), "/link", ("url",)),
    Redirector(_host(r"(?:exit|gate)\.sc"), "/", ("url",)),
)
"""Affiliate links aren't among them: who leads a reader through those is paid for it."""

PUBLISHERS: Final = (
    # Reuters: its feeds ended in the page's own last part, `us-harbour-idUSKCN0AB1CD`; of that
    # the ID alone is enough, `www.reuters.com/article/idUSKCN0AB1CD`, as Reuters itself cites it.
    Publisher(
        re.compile(r"(?:\w+\.)*feeds\.reuters\.com/~r/|feed(?:proxy\.google|s\.feedburner)"
                   r"\.com/~r/reuters/", re.ASCII),
        re.compile(r"(?:.*-)?(id[A-Z]{2}[0-9A-Z]{6,40})", re.ASCII),
        "https://www.reuters.com/article/{}",
    ),
)  # fmt: skip

FEEDSPORTAL: Final = {
    "A": "0", "B": ".", "C": "/", "D": "?", "E": "-", "F": "=", "G": "&", "H": ",", "I": "_",
    "J": "%", "K": "+", "L": "http://", "M": "https://", "N": ".com", "O": ".co.uk", "P": ";",
    "Q": "|", "R": ":", "S": "www.", "T": "#", "U": "$", "V": "~", "W": "!", "X": "(", "Y": ")",
}  # fmt: skip
"""Mediafed's escapes in an address, each a letter behind a `0`, by feedsportal.com and others."""
