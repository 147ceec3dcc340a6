"""A live site into WXR, beside WordPress's own export of it: `python -m bench.export_live`.

The site is the tests' WordPress 6.1 on MariaDB; its posts have 11 KB, four metas and a category.
WordPress's own export_wp() runs in PHP's command line, without HTTP. Only ratios of a round count;
seconds of the processor, of client, PHP and database, are less blurred by a load.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.live_sites import processor_time
from bench.measured import Measured, measure
from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.site import Site

_FILL: Final = """
    $line = "<p>The ferry came in at the pier, and the keeper wrote it down.</p>\\n\\n";
    $text = str_repeat( $line, 165 );
    $wpdb->query( 'START TRANSACTION' );
    for ( $number = $from; $number < $from + $count; $number++ ) {
        $wpdb->insert( $wpdb->posts, array(
            'ID' => $number, 'post_title' => "Post $number", 'post_name' => "post-$number",
            'post_author' => 1, 'post_date' => '2018-03-01 08:00:00',
            'post_date_gmt' => '2018-03-01 08:00:00', 'post_modified' => '2018-03-01 08:00:00',
            'post_modified_gmt' => '2018-03-01 08:00:00', 'post_content' => "$number $text",
            'post_excerpt' => '', 'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '',
            'guid' => home_url( "/?p=$number" ),
        ) );
        $wpdb->query( "INSERT INTO $wpdb->postmeta ( post_id, meta_key, meta_value ) VALUES
            ( $number, 'original_title', 'Title $number' ), ( $number, 'canonical_url', 'x' ),
            ( $number, 'original_link', 'https://example.org/$number' ),
            ( $number, 'original_cats', 'Ferries' )" );
        $wpdb->query( "INSERT INTO $wpdb->term_relationships VALUES ( $number, 1, 0 )" );
    }
    $wpdb->query( 'COMMIT' );
"""
_EXPORT: Final = """
    require_once ABSPATH . 'wp-admin/includes/export.php';
    $start = microtime( true );
    ob_start( function ( $part ) use ( $file ) {
        file_put_contents( $file, $part, FILE_APPEND );
        return '';
    }, 65536 );
    export_wp();
    ob_end_flush();
    return microtime( true ) - $start;
"""
_BATCH: Final = 2000


def main() -> None:
    """Run the command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--posts", type=int, default=20_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    rounds = list(measured(given.posts, given.rounds))
    print(table(rounds, given.posts))
    print(json.dumps(rounds), file=sys.stderr)


def measured(posts: int, rounds: int) -> Iterator[dict[str, float]]:
    """Fill a site, and export it each way in turn; give what each round took."""
    with Site(FLAVOURS["wp61-mariadb"]) as site, tempfile.TemporaryDirectory() as folder:
        for start in range(1, posts + 1, _BATCH):
            site.php(_FILL, **{"from": start, "count": min(_BATCH, posts + 1 - start)})
        os.environ |= {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
        for _ in range(rounds):
            yield _round(site, Path(folder))


def _round(site: Site, folder: Path) -> dict[str, float]:
    core = folder / "core.xml"
    core.unlink(missing_ok=True)
    start = processor_time(site)
    took = {"export_wp()": float(site.php(_EXPORT, file=str(core)))}
    took["export_wp() CPU"] = processor_time(site) - start
    for connections in (1, 4):
        start = processor_time(site)
        measured = _ours(site, folder, connections)
        took[f"{connections} CPU"] = processor_time(site) - start
        took[f"{connections} CPU here"] = measured.cpu
        took[f"{connections}"] = measured.seconds
        took[f"{connections} MB"] = measured.peak / 1e6
    took["load"] = os.getloadavg()[0]
    return took


def _ours(site: Site, folder: Path, connections: int) -> Measured:
    out = folder / f"{time.monotonic_ns()}.xml"
    command = [sys.executable, "-m", "migrate", "export", "--site", site.url, "-o", str(out)]
    command += ["--connections", str(connections), "--quiet", "--no-progress"]
    try:
        return measure(command, folder)
    finally:
        out.unlink(missing_ok=True)


def table(rounds: Sequence[dict[str, float]], posts: int) -> str:
    """Give medians, and the ratios to WordPress's own export within each round."""
    rows = [
        "| way | s, median | posts/s | times the speed of export_wp() | CPU s | here | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for way in ("export_wp()", "1", "4"):
        seconds = statistics.median(each[way] for each in rounds)
        ratio = statistics.median(each["export_wp()"] / each[way] for each in rounds)
        peak = max(each.get(f"{way} MB", 0) for each in rounds)
        cpu, here = (
            statistics.median(each.get(f"{way} {what}", 0) for each in rounds)
            for what in ("CPU", "CPU here")
        )
        name = way if way == "export_wp()" else f"wpmigrate, {way} connection(s)"
        speed = f"{seconds:.1f} | {posts / seconds:.0f} | {ratio:.2f}"
        rows.append(f"| {name} | {speed} | {cpu:.1f} | {here:.1f} | {peak:.0f} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
