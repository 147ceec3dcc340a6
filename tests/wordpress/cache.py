"""Where downloads and prepared sites are kept between runs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


def cache_folder() -> Path:
    """The folder that WPMIGRATE_CACHE names, else .cache/wordpress of the checkout."""
    named = os.environ.get("WPMIGRATE_CACHE")
    return Path(named).absolute() if named else CHECKOUT / ".cache" / "wordpress"


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """An empty folder to fill; it becomes `target` in one rename when the block ends well.

    So a run that is interrupted leaves nothing half made. Of two runs that make the same
    folder at once, the first one's stays.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=target.parent) as scratch:
        draft = Path(scratch) / target.name
        draft.mkdir()
        yield draft
        try:
            draft.rename(target)
        except OSError:
            if not target.is_dir():
                raise
