"""WordPress's database as one SQLite file, through the SQLite integration plugin."""

import shutil
from pathlib import Path


class Sqlite:
    """One database file; PHP itself is the server."""

    server = None

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "wordpress.sqlite"
        self._clean = folder / "clean.sqlite"

    @property
    def constants(self) -> dict[str, str]:
        """What wp-config.php has to define: the plugin's DB_DIR and DB_FILE."""
        return {"DB_DIR": str(self._folder), "DB_FILE": self._file.name}

    @property
    def made_by(self) -> str:
        """Nothing: SQLite reads the files of all its versions."""
        return ""

    def create(self) -> None:
        """Make room; the plugin creates the file."""
        self._folder.mkdir()

    def start(self) -> None:
        """Nothing to start."""

    def snapshot(self) -> None:
        """Keep the present state as the one that `reset` goes back to."""
        shutil.copyfile(self._file, self._clean)

    def reset(self) -> None:
        """Go back to the snapshot."""
        self._folder.joinpath(f"{self._file.name}-journal").unlink(missing_ok=True)
        fresh = self._folder / "fresh.sqlite"
        shutil.copyfile(self._clean, fresh)
        fresh.replace(self._file)

    def stop(self) -> None:
        """Nothing to stop."""
