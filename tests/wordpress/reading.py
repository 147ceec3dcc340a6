"""Reading a test site over REST, and holding sources against it."""

from __future__ import annotations

from typing import NamedTuple

from migrate.errors import RecordError
from migrate.live.credentials import Credentials
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.site import Head
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.reader import RestReader
from migrate.readers.site import SiteReader
from migrate.report.totals import Totals
from migrate.run import Run
from migrate.stages import Reader
from migrate.verify import Other, verify
from tests.identity.conversions import Said
from tests.wordpress.site import Site

ALL = RestOptions(trash=True, templates=True, lanes=2, at_once=True)


class Read(NamedTuple):
    """All that a site gave: head, records, what was passed over, findings, errors of records."""

    head: Head
    posts: list[Post]
    passed_over: list[str]
    findings: list[Finding]
    errors: list[RecordError]

    def post(self, number: int) -> Post:
        """The record with this ID."""
        return next(post for post in self.posts if post.id == number)

    def of_type(self, name: str) -> list[Post]:
        """The records of a type."""
        return [post for post in self.posts if post.type == name]

    def lost(self) -> list[tuple[str, str]]:
        """Code and field of each finding, once, sorted."""
        return sorted({(finding.code, finding.field) for finding in self.findings})


def opened(
    site: Site, options: RestOptions = ALL, url: str = "", user: tuple[str, str] | None = None
) -> RestReader:
    """A reader of the site, signed in as its administrator or as `user`."""
    known = Credentials(*(user or (site.user, site.app_password)))
    return RestReader(Connection.open(url or site.url, known, options.lanes), options)


def as_visitor(site: Site) -> RestReader:
    """A reader of what the site shows to everybody."""
    return RestReader(Connection.open(site.url, None, ALL.lanes), ALL)


def everything(reader: SiteReader) -> Read:
    """Read all records and close the reader."""
    read = Read(Head(), [], [], [], [])
    with reader:
        read = read._replace(head=reader.head(read.findings.append))
        for handle in reader.locate(read.findings.append):
            try:
                reading = reader.read(handle, read.findings.append)
            except RecordError as error:
                read.errors.append(error)
                continue
            if reading.post:
                read.posts.append(reading.post)
            else:
                read.passed_over.append(reading.passed_over)
    return read


def verified(site: Site, source: Reader) -> tuple[Said, Totals]:
    """What verify says of a source and the site."""
    said, totals = Said(), Totals()
    with opened(site) as reader:
        run = Run(source, [said], totals, lambda *_: None, dry_run=False)
        verify(run, Other(reader, site.url, reader.shown()))
    return said, totals


def differing(site: Site, source: Reader) -> list[tuple[str, str]]:
    """Code and field of each difference between a source and the site."""
    said, _ = verified(site, source)
    wanted = ("target-differs", "target-missing", "target-extra")
    return [(f.code, f.field) for f in said.findings if f.code in wanted]
