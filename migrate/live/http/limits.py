"""Limits: how long a request may take, and how large its answer may be."""

from __future__ import annotations

from typing import Final

__all__ = [
    "CONNECTIONS",
    "CONNECT_TIMEOUT",
    "LARGEST_ANSWER",
    "LONGEST_ANSWER",
    "LONGEST_HEAD",
    "PEEK_TIMEOUT",
    "READ_TIMEOUT",
    "REDIRECTS",
]

LARGEST_ANSWER: Final = 64 * 1024 * 1024
CONNECT_TIMEOUT: Final = 10.0
LONGEST_ANSWER: Final = 600.0  # seconds for a whole answer, however steadily it comes
LONGEST_HEAD: Final = 120.0  # seconds for all that comes before the body
READ_TIMEOUT: Final = 60.0  # WordPress may be slow to store; PHP gives up after 30 s as a rule
PEEK_TIMEOUT: Final = 15.0
REDIRECTS: Final = 5
CONNECTIONS: Final = 8  # kept open to one host; more are closed after their answer
