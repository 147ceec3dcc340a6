"""Fingerprint: by what a finding is known again in another run, though its line has moved."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from migrate.model.finding import Finding

LENGTH: Final = 16
"""Hexadecimal digits: 64 bits, enough to tell a million findings apart."""

_NUMBER: Final = re.compile(r"\d+")


def fingerprint(finding: Finding) -> str:
    """Give what stays of a finding while others come and go: code, file, record, field, message.

    Lines don't count, nor do the numbers in a message, which count and measure what else is there.
    A record of a file of many is told by its slug, or its ID where it has none. Nothing that isn't
    public goes in: the hash of a guess would tell whether it is right. The same finding twice in
    one place has one fingerprint: whoever compares runs compares how often it comes.
    """
    record = finding.record
    named = (record.slug or record.id) if record else ""
    message = _NUMBER.sub("0", finding.said())
    said = f"{finding.code}\n{finding.path}\n{named}\n{finding.field}\n{message}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
