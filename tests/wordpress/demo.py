"""`make demo`: samples/ into a throwaway WordPress, step by step, with what was said and seen.

Run it as `python -m tests.wordpress.demo`. With KEEP=1 in the environment the site stays up until
Enter is pressed.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from tests.wordpress.demo_site import embedded_site
from tests.wordpress.packages import InstallError
from tests.wordpress.site import Site

ROOT = Path(__file__).parent.parent.parent
OUT = ROOT / ".cache" / "demo"

NOTICE_TYPE = """<?php
/* Registers the post type of the samples' notices. */
add_action( 'init', function () {
    register_post_type( 'notice', array( 'public' => true, 'label' => 'Notices', 'show_in_rest' => true,
        'supports' => array( 'title', 'editor', 'author', 'excerpt', 'custom-fields' ) ) );
} );
"""


def say(text: str) -> None:
    """Print a heading."""
    sys.stdout.write(f"\n\033[1m{text}\033[0m\n" if sys.stdout.isatty() else f"\n== {text}\n")
    sys.stdout.flush()


def wpmigrate(arguments: str, site: Site) -> int:
    """Run a command line as a user would, with the site's credentials in the environment."""
    sys.stdout.write(f"$ wpmigrate {arguments}\n")
    sys.stdout.flush()
    credentials = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    command = [str(Path(sys.executable).with_name("wpmigrate")), *shlex.split(arguments)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | credentials, check=False).returncode


def prepare(site: Site) -> None:
    """Give the site what a newspaper's would have: the post type and most of the writers."""
    plugins = site.docroot / "wp-content" / "mu-plugins"
    (plugins / "notice-type.php").write_text(NOTICE_TYPE)
    site.set_option("timezone_string", "Europe/Oslo")
    for name in ("Marit Vollan", "Åsne Løvik", "Staff Writer"):
        login = "".join(c for c in name.lower() if c.isascii() and c.isalnum())
        site.create_user("editor", login, name)


def show(site: Site) -> None:
    """Print what the site now holds, asked through WordPress itself."""
    rows = site.php(
        "$found = array(); foreach ( array( 'post', 'page', 'notice' ) as $type ) {"
        " foreach ( (array) wp_count_posts( $type ) as $status => $n ) {"
        " if ( $n > 0 && 'auto-draft' !== $status ) { $found[] = \"$n $type ($status)\"; } } }"
        " $newest = get_posts( array( 'numberposts' => 3 ) );"
        " foreach ( $newest as $post ) { $found[] = get_permalink( $post ) . '  ' . $post->post_title; }"
        " return $found;"
    )
    sys.stdout.write("".join(f"  {row}\n" for row in rows))


def steps(site: Site) -> int:
    """Go through the main job; give the first exit status that isn't 0."""
    prepare(site)
    source = "samples/wpghs"
    say("1. The plan: what an import would do. Nothing is changed.")
    status = wpmigrate(f"import {source} --site {site.url} --dry-run", site)
    say("2. The import.")
    status = status or wpmigrate(f"import {source} --site {site.url} --yes", site)
    say("3. What the site holds now, asked through WordPress itself.")
    show(site)
    say("4. The same import again: nothing is left to do.")
    status = status or wpmigrate(f"import {source} --site {site.url} --yes --quiet"
                                 f" --report json={OUT / 'second-import.json'} --report console", site)
    say("5. The same posts as a WXR file, for WordPress's own importer.")
    status = status or wpmigrate(
        f"export {source} -o {OUT / 'samples.xml'} --timezone Europe/Oslo", site
    )
    return status


def main() -> int:
    """Run the demo; the servers end with it."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "samples.xml").unlink(missing_ok=True)
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
        f"  samples/wpghs/          the posts\n"
        f"  {(OUT / 'samples.xml').relative_to(ROOT)}   what they became\n"
        f"  {(OUT / 'second-import.json').relative_to(ROOT)}   the report of the second import\n"
        "The WordPress is gone; `make demo KEEP=1` keeps it up until you press Enter.\n"
    )
    return status


if __name__ == "__main__":
    sys.exit(main())
