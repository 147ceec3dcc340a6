"""The site generators: where they lie, how they come, and how each builds a folder of posts.

`python -m tests.builds.tools` installs Hugo and Jekyll, which are Debian's, and puts Pelican and
Eleventy into the cache.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.wordpress import packages
from tests.wordpress.cache import CHECKOUT, made_whole

PELICAN: Final = ("pelican==4.12.0", "markdown==3.11.3")
ELEVENTY: Final = "@11ty/eleventy@3.1.8"
DEBIAN: Final = ("hugo", "jekyll")


def cache_folder() -> Path:
    """Give the folder `builds` in the one that WPMIGRATE_CACHE names, else .cache/builds."""
    named = os.environ.get("WPMIGRATE_CACHE")
    return (Path(named).absolute() if named else CHECKOUT / ".cache") / "builds"


def program(tool: str) -> str | None:
    """Give the path of a tool's command; None where it isn't installed."""
    if tool == "pelican":
        found = cache_folder() / "pelican" / "bin" / "pelican"
    elif tool == "eleventy":
        found = cache_folder() / "eleventy" / "node_modules" / ".bin" / "eleventy"
    else:
        return shutil.which(tool)
    return str(found) if found.exists() else None


def install() -> None:
    """Have every generator that isn't here yet; where Debian's can't be had it says why."""
    _install_debians([tool for tool in DEBIAN if program(tool) is None])
    if program("pelican") is None:
        folder = cache_folder() / "pelican"
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", *PELICAN], check=True)
    if program("eleventy") is None:
        with made_whole(cache_folder() / "eleventy") as folder:
            npm = ["npm", "install", "--silent", "--prefix", str(folder), ELEVENTY]
            subprocess.run(npm, check=True)


def _install_debians(missing: list[str]) -> None:
    if not missing:
        return
    try:
        packages.check_installable(missing)
        print(f"Installing with apt-get: {' '.join(missing)}", file=sys.stderr, flush=True)
        packages.install(missing)
    except packages.InstallError as error:
        print(f"Their tests are skipped. {error}", file=sys.stderr, flush=True)


def _hugo(site: Path) -> Path:
    (site / "hugo.toml").write_text('baseURL = "https://example.org/"\ntitle = "Site"\n')
    (site / "config.toml").write_text('baseURL = "https://example.org/"\ntitle = "Site"\n')
    layouts = site / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text("{{ .Title }} {{ .Content }} {{ .Params }}")
    everything = "{{ range .Site.RegularPages }}{{ .Title }} {{ .Permalink }}\n{{ end }}"
    (layouts / "list.html").write_text(everything)
    _run("hugo", site, "--quiet")
    return site / "public"


def _jekyll(site: Path) -> Path:
    (site / "_config.yml").write_text("title: Site\n")
    everything = "{% for p in site.posts %}{{ p.title }} {{ p.url }} {{ p.content }}\n{% endfor %}"
    (site / "index.html").write_text(f"---\n---\n{everything}")
    _run("jekyll", site, "build", "--quiet")
    return site / "_site"


def _pelican(site: Path) -> Path:
    settings = "SITENAME = 'Site'\nSITEURL = ''\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\n"
    (site.parent / "pelicanconf.py").write_text(settings)
    built = site.parent / "output"
    _run("pelican", site.parent, str(site), "-o", str(built), "-s", "pelicanconf.py", "-q")
    return built


def _eleventy(site: Path) -> Path:
    everything = "{% for p in collections.all %}{{ p.url }} {{ p.data.title }}\n{% endfor %}"
    (site / "everything.njk").write_text(f"---\npermalink: /everything.html\n---\n{everything}")
    _run("eleventy", site, "--quiet")
    return site / "_site"


BUILD: Final[dict[str, Callable[[Path], Path]]] = {
    "hugo": _hugo,
    "jekyll": _jekyll,
    "pelican": _pelican,
    "eleventy": _eleventy,
}
"""Tool → what builds a folder of posts and gives the folder of the site."""


def _run(tool: str, folder: Path, *arguments: str) -> None:
    command = program(tool)
    assert command is not None
    done = subprocess.run(
        [command, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


if __name__ == "__main__":
    install()
    sys.exit(0)
