"""`make demo`: samples/ into a throwaway WordPress, step by step, with what was said and seen.

Run it as `python -m tests.wordpress.demo`. With KEEP=1 in the environment the site stays up until
Enter is pressed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

from tests.wordpress.demo_site import embedded_site
from tests.wordpress.newspaper import ROOT, SAMPLES, ZONE, command, prepare
from tests.wordpress.packages import InstallError
from tests.wordpress.site import Site

OUT = ROOT / ".cache" / "demo"
HOLDINGS = """
$found = array();
foreach ( array( 'post', 'page', 'notice' ) as $type ) {
    foreach ( array( 'publish', 'draft' ) as $status ) {
        $found[] = wp_count_posts( $type )->$status . " $type ($status)";
    }
}
foreach ( get_posts( array( 'numberposts' => 3 ) ) as $post ) {
    $found[] = get_permalink( $post ) . '  ' . $post->post_title;
}
return $found;
"""


def say(text: str) -> None:
    """Print a heading."""
    sys.stdout.write(f"\n\033[1m{text}\033[0m\n" if sys.stdout.isatty() else f"\n== {text}\n")
    sys.stdout.flush()


def wpmigrate(site: Site, typed: str) -> int:
    """Run a command line as a user would, and show it."""
    sys.stdout.write(f"$ wpmigrate {typed}\n")
    sys.stdout.flush()
    line, environment = command(site, *shlex.split(typed))
    return subprocess.run(line, cwd=ROOT, env=environment, check=False).returncode


def show(site: Site) -> None:
    """Print what the site now holds, asked through WordPress itself."""
    for row in site.php(HOLDINGS):
        sys.stdout.write(f"  {row}\n")


def steps(site: Site) -> int:
    """Go through the main job; give the first exit status that isn't 0."""
    prepare(site, ["maritvollan", "asnelovik", "staffwriter"])
    source, out = SAMPLES.relative_to(ROOT), OUT.relative_to(ROOT)
    say("1. The plan: what an import would do. Nothing is changed.")
    status = wpmigrate(site, f"import {source} --site {site.url} --dry-run")
    say("2. The import.")
    report = f"--report json={out}/import.json --report console"
    status = status or wpmigrate(site, f"import {source} --site {site.url} --yes {report}")
    say("3. What the site holds now, asked through WordPress itself.")
    show(site)
    say("4. The same import again: nothing is left to do.")
    status = status or wpmigrate(site, f"import {source} --site {site.url} --yes")
    say("5. The same posts as a WXR file, for WordPress's own importer.")
    return status or wpmigrate(site, f"export {source} -o {out}/samples.xml --timezone {ZONE}")


def main() -> int:
    """Run the demo; the servers end with it."""
    OUT.mkdir(parents=True, exist_ok=True)
    say("A throwaway WordPress starts (SQLite, on this machine only).")
    try:
        with embedded_site() as site:
            status = steps(site)
            if os.environ.get("KEEP") and sys.stdin.isatty():
                say(f"Look at {site.url} ; Enter ends it.")
                sys.stdin.readline()
    except InstallError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    say("Where to look")
    sys.stdout.write(
        "  samples/wpghs            the posts\n"
        "  .cache/demo/samples.xml  the file that they became\n"
        "  .cache/demo/import.json  the report of the import\n"
        "The WordPress is gone; `make demo KEEP=1` keeps it up until you press Enter.\n"
    )
    return status


if __name__ == "__main__":
    sys.exit(main())
