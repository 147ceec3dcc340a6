"""The oldest libraries that pyproject.toml allows: `python -m tests.builds.lowest TEST...`.

They are installed into a virtual environment of their own in the cache, and the tests run there.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Final

from tests.builds.tools import cache_folder
from tests.wordpress.cache import CHECKOUT, made_whole

_BOUND: Final = re.compile(r"([A-Za-z0-9_.-]+)>=([0-9.]+)")
_TESTERS: Final = (
    *("pytest", "pytest-timeout", "pytest-xdist", "hypothesis", "junitparser"),
    *("build", "hatchling"),
)


def lower_bounds() -> list[str]:
    """Give every dependency at its lower bound, as `name==version`; those of extras too."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [project["dependencies"], *(extras[name] for name in extras if name != "dev")]
    bounds = [_BOUND.match(text) for texts in wanted for text in texts]
    return [f"{bound[1]}=={bound[2]}" for bound in bounds if bound]


def folder() -> Path:
    """Give where the environment of these bounds lies; other bounds have another."""
    mark = hashlib.sha256("\n".join(lower_bounds()).encode()).hexdigest()[:12]
    return cache_folder() / f"lowest-{mark}"


def python() -> Path:
    """Give the environment's Python, after making the environment if it isn't there yet."""
    if not folder().exists():
        with made_whole(folder()) as place:
            venv.create(place, with_pip=True)
            pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, *lower_bounds(), *_TESTERS], check=True)
    return folder() / "bin" / "python"


if __name__ == "__main__":
    command = [str(python()), "-m", "pytest", "-n", "2", *sys.argv[1:]]
    known = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    sys.exit(subprocess.run(command, cwd=CHECKOUT, env=known, check=False).returncode)
