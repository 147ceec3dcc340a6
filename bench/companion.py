"""The companion's speed beside WordPress's own: `python -m bench.companion`.

Each round has every way in turn, so that only ratios within a round are compared:

- `--posts` into an empty site: `wp_insert_post()` in a PHP loop; the companion's `records`, with
  hooks and with `fast`, over HTTP; a whole `wpmigrate import`;
- reading `--read` of them: `export_wp()`; `snapshot`, unpacked and counted;
- and knowing what of them changed: REST listings of dates, and of all fields that `verify` reads
  of a site without the companion; `digest`.

`--ways` names some of these three. The processor's time is PHP's, the database's and our own: a
busy machine lengthens it least. Last comes how much more memory PHP took at most for each route,
`records` with all posts in one request, than for one that asks for nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from bench import live_sites
from bench.posts import Post as Generated
from bench.posts import posts as generated
from migrate.live.companion.streams import digests, snapshot
from migrate.live.credentials import Credentials
from migrate.live.entrance import Entered, enter
from migrate.live.http.bodies import PackedLines
from migrate.live.http.client import Client
from migrate.live.post_types import taxonomies
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import kinds
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.options import RestOptions
from tests.wordpress import companion
from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.site import Site

_DATES: Final = "id,slug,modified_gmt,status,date"
_FIELDS: Final = ("title", "content", "slug", "status", "date", "meta", "terms")
_WAYS: Final = ("write", "read", "know")
_GZIP: Final = 31  # zlib's word for its format
_AT_ONCE: Final = 400  # lines in a request: what an import comes to with posts of this size
Way = Callable[[], float]
"""Goes one way, and gives the seconds that it took."""

_ROOM: Final = """
    is_callable( array( $wpdb->dbh, 'get_pdo' ) ) ||
        $wpdb->query( 'SET GLOBAL innodb_buffer_pool_size = 1024 * 1024 * 1024' );
"""
"""What is read fits into the database's memory: the disk's speed would blur all ways alike."""
_EXPORT: Final = """
    require_once ABSPATH . 'wp-admin/includes/export.php';
    $start = microtime( true );
    ob_start( function () { return ''; }, 1000000 );
    export_wp();
    ob_end_clean();
    return microtime( true ) - $start;
"""


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.companion", description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--read", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--flavours", nargs="*", default=list(FLAVOURS), choices=list(FLAVOURS))
    parser.add_argument("--ways", nargs="*", default=_WAYS, choices=_WAYS)
    asked = parser.parse_args()
    print("| site | way | seconds | posts/s | times | processor, ms a post | times |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in asked.flavours:
        with Site(FLAVOURS[name]) as site:
            for _ in range(asked.rounds):
                if "write" in asked.ways:
                    _write(site, list(islice(generated(asked.posts), asked.posts)))
                if {"read", "know"}.intersection(asked.ways):
                    _look(site, asked.read, asked.ways)
    return 0


def _write(site: Site, posts: Sequence[Generated]) -> None:
    """Fill the site in every way once."""
    _empty(site)
    _records(site, posts[:1], {})  # PHP compiles WordPress before anything is measured
    ways: dict[str, Way] = {
        "wp_insert_post() in a loop": lambda: live_sites.insert_in_a_loop(site, posts),
        "records, with hooks": lambda: _records(site, posts, {}),
        "records, fast": lambda: _records(site, posts, {"fast": 1}),
        "wpmigrate import, with hooks": lambda: _import(site, posts),
        "wpmigrate import, fast": lambda: _import(site, posts, "--fast"),
    }
    _compare(site, len(posts), ways, before=lambda: _empty(site))


def _look(site: Site, count: int, ways: Collection[str]) -> None:
    """Fill a site with so many posts; read them in every way once, and learn what changed."""
    _empty(site)
    site.php(_ROOM)
    companion.tell_peaks(site)
    companion.read(site, "capabilities")
    packer = zlib.compressobj(1, wbits=_GZIP)
    lines = (packer.compress(line.encode()) for line in _lines(generated(count)))
    _send(site, [PackedLines(b"".join([*lines, packer.flush()]))], {"fast": 1})
    with Client() as client:
        entered = enter(client, site.url, Credentials(site.user, site.app_password))
        reading: dict[str, Way] = {
            "export_wp()": lambda: float(site.php(_EXPORT)),
            "snapshot": lambda: _timed(lambda: sum(1 for _ in snapshot(entered.api))),
        }
        if "read" in ways:
            _compare(site, count, reading)
        contents = _read_by_verify(site)
        knowing: dict[str, Way] = {
            "listing of dates": lambda: _timed(lambda: _listed(entered, _DATES)),
            "listing with contents": lambda: _timed(lambda: _listed(entered, contents)),
            "digest": lambda: _timed(lambda: digests(entered.api, _FIELDS)),
        }
        if "know" in ways:
            _compare(site, count, knowing)
    print(f"PHP's memory on {site.flavour.name}, {count} posts: {_peaks(site)}", flush=True)


def _peaks(site: Site) -> str:
    """Say how many megabytes each route took more than a request that asks for nothing."""
    (_, own), *others = companion.peaks(site)
    most: dict[str, int] = {}
    for route, peak in others:
        if route == "capabilities":
            continue
        most[route] = max(most.get(route, 0), peak - own)
    return ", ".join(f"{route} {peak / 1e6:.1f} MB" for route, peak in most.items())


def _empty(site: Site) -> None:
    site.reset()
    companion.install(site)


def _compare(
    site: Site, count: int, ways: Mapping[str, Way], before: Callable[[], None] = lambda: None
) -> None:
    """Go each way once and print what it took, beside what the first one did."""
    first: tuple[float, float] | None = None
    for name, way in ways.items():
        before()
        start = live_sites.processor_time(site)
        seconds = way()
        processor = live_sites.processor_time(site) - start
        first = first or (seconds, processor)
        print(
            f"| {site.flavour.name} | {name} | {seconds:.2f} | {count / seconds:.0f} "
            f"| {first[0] / seconds:.1f} | {1000 * processor / count:.2f} "
            f"| {first[1] / processor:.1f} |",
            flush=True,
        )


def _records(site: Site, posts: Sequence[Generated], told: dict[str, str | int]) -> float:
    """Send posts to the companion, one request after the other; gives the seconds."""
    lines = list(_lines(posts))
    packed = [
        PackedLines(gzip.compress("".join(lines[start : start + _AT_ONCE]).encode(), 1))
        for start in range(0, len(lines), _AT_ONCE)
    ]
    return _send(site, packed, told)


def _send(site: Site, packed: Sequence[PackedLines], told: Mapping[str, str | int]) -> float:
    with Client() as client:
        entered = enter(client, site.url, Credentials(site.user, site.app_password))
        url = entered.api.url("wpmigrate/v1/records")
        start = time.perf_counter()
        for body in packed:
            answer = client.send("POST", url, {"run": "bench", **told}, body)
            if answer.body.count(b'"status":"created"') != answer.body.count(b'"key"'):
                raise RuntimeError(f"a post wasn't made: {answer.body[:300]!r}")
        return time.perf_counter() - start


def _lines(posts: Iterable[Generated]) -> Iterator[str]:
    for post in posts:
        line = {"key": post.slug, "record": _record(post)}
        yield f"{json.dumps(line, ensure_ascii=False)}\n"


def _record(post: Generated) -> dict[str, Any]:
    return {
        "type": "post",
        "status": "publish",
        "title": post.title,
        "slug": post.slug,
        "content": post.body,
        "date": f"{post.date:%Y-%m-%d %H:%M:%S}",
        "terms": [{"taxonomy": "category", "name": post.category}],
        "meta": [{"key": key, "value": value} for key, value in post.metas.items()],
    }


def _import(site: Site, posts: Sequence[Generated], *options: str) -> float:
    """Import posts by the command, its start and reading the source included."""
    with tempfile.TemporaryDirectory() as folder:
        for post in posts:
            head = {"title": post.title, "categories": [post.category], **post.metas}
            text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
            path = Path(folder) / "_posts" / f"{post.date:%Y-%m-%d}-{post.slug}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"---\n{text}---\n{post.body}", encoding="utf-8")
        start = time.perf_counter()
        done = wpmigrate(site, "import", folder, "--site", site.url, "--yes", "-q", *options)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return time.perf_counter() - start


def _listed(entered: Entered, fields: str) -> int:
    asked: dict[str, str | int] = {"context": "edit", "_fields": fields}
    return sum(1 for _ in entered.api.every("wp/v2/posts", asked, ahead=1))


def _read_by_verify(site: Site) -> str:
    """Return the `_fields` of posts, their texts among them, that `verify` asks for over REST."""
    known, options = Credentials(site.user, site.app_password), RestOptions(at_once=True)
    with Connection.open(site.url, known, lanes=1) as connection:
        shown = taxonomies(connection.api)
        found = kinds(connection, shown, options, Losses(site.url, lambda _finding: None))
        return next(kind.fields() for kind in found if kind.name == "post")


def _timed(way: Callable[[], object]) -> float:
    start = time.perf_counter()
    way()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
