"""Runs pelican-import once for each list of arguments in the JSON on standard input.

Pelican has to be in PYTHONPATH. Each run is a process of its own, forked from this one,
which has loaded all that it needs. Prints as JSON which of them ended well.
"""

import json
import os
import sys
from typing import Any

from pelican.tools import (  # type: ignore[import-not-found]  # it lies outside of this environment
    pelican_import,
)


def ended_well(arguments: list[Any]) -> bool:
    """Run it once; what it prints goes nowhere."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.argv = ["pelican-import", *arguments]
    pelican_import.main()
    sys.exit(0)


print(json.dumps([ended_well(arguments) for arguments in json.load(sys.stdin)]))
