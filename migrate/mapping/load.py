"""Mapping files by name or path, made into dialects."""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from migrate.errors import MappingError
from migrate.mapping import build, merge
from migrate.mapping.dialect import Dialect
from migrate.mapping.document import Document, parse
from migrate.mapping.merge import Mapping
from migrate.output import plain

_ENDINGS: Final = (".yaml", ".yml")


def names() -> list[str]:
    """Give the names of the built-in mappings, sorted."""
    found = (Path(entry.name) for entry in _builtin().iterdir())
    return sorted(path.stem for path in found if path.suffix == ".yaml")


def load(name_or_path: str) -> Dialect:
    """Give the dialect of a built-in mapping, or of the file that a path names.

    A path has a slash or ends in `.yaml` or `.yml`. Raises MappingError with everything that is
    wrong in the file, each with line and column.
    """
    return build.dialect(resolve(name_or_path))


def detected() -> tuple[Dialect, ...]:
    """Give the dialects of the built-in mappings that a file may be taken for unasked."""
    return tuple(dialect for dialect in map(load, names()) if dialect.manner.detected)


def resolve(name_or_path: str) -> Mapping:
    """Give a mapping laid over the ones that it extends, checked against the schema."""
    return _resolve(_Source.of(name_or_path, beside=""), ())


def is_path(name_or_path: str) -> bool:
    """Tell a mapping's path from its name."""
    return name_or_path.endswith(_ENDINGS) or "/" in name_or_path or os.sep in name_or_path


class _Source:
    """One mapping file, before it is read; `trusted` where the tests hold it to the schema."""

    def __init__(self, file: Traversable, path: str, *, trusted: bool = False) -> None:
        self.file = file
        self.path = path
        self.trusted = trusted

    @classmethod
    def of(cls, name_or_path: str, beside: str) -> _Source:
        """Find it; a relative path is taken from the folder of the file `beside` it."""
        if is_path(name_or_path):
            path = Path(beside).parent / name_or_path if beside else Path(name_or_path)
            return cls(path, os.path.normpath(path))
        if name_or_path not in names():
            raise MappingError(
                f"there is no mapping {name_or_path!r}",
                fix=f"Known: {', '.join(names())}; a file of your own ends in .yaml",
            )
        file = _builtin() / f"{name_or_path}.yaml"
        return cls(file, str(file), trusted=True)

    def read(self) -> Document:
        """Give its content; raise MappingError where it can't be read or breaks the schema."""
        try:
            text = self._text()
        except OSError as error:
            what = f"the mapping can't be read: {error.strerror or error}"
            raise MappingError(what, path=self.path, fix="Check the path") from error
        except UnicodeDecodeError as error:
            raise MappingError(
                "this isn't UTF-8", path=self.path, fix="Save it as UTF-8"
            ) from error
        document = parse(text, self.path)
        if not self.trusted:
            _check(document)
        return document

    def _text(self) -> str:
        return self.file.read_text(encoding="utf-8") if self.trusted else plain.text(self.path)


def _check(document: Document) -> None:
    """Raise MappingError with everything that the schema has against a mapping."""
    # Importing the validator takes longer than converting a hundred posts.
    from migrate.mapping import schema  # noqa: PLC0415

    schema_text = (_builtin() / "schema.json").read_text(encoding="utf-8")
    if complaints := schema.complaints(document, schema_text):
        raise document.error(complaints)


def _resolve(source: _Source, above: tuple[str, ...]) -> Mapping:
    document = source.read()
    extends = document.data.get("extends")
    if extends is None:
        if "drop" in document.data:
            text = "there is nothing to drop without `extends`: leave it out"
            raise document.error([document.at(("drop",), text, key=True)])
        return merge.alone(document)
    parent = _resolve(_parent(document, extends, (*above, source.path)), (*above, source.path))
    if complaints := list(merge.drop_complaints(parent, document)):
        raise document.error(complaints)
    return merge.extended(parent, document)


def _parent(document: Document, extends: str, above: tuple[str, ...]) -> _Source:
    """Find the extended mapping; raise MappingError if there is none or it is a child of ours."""
    try:
        parent = _Source.of(extends, beside=document.path)
    except MappingError as error:
        text = f"{error.message}. {error.fix}"
        raise document.error([document.at(("extends",), text)]) from error
    if parent.path in above:
        text = f"`{extends}` extends this mapping in turn: break the circle"
        raise document.error([document.at(("extends",), text)])
    return parent


def _builtin() -> Traversable:
    """Give the folder of the built-in mappings: inside the wheel, or that of a checkout."""
    in_wheel = files("migrate.mapping") / "builtin"
    return in_wheel if in_wheel.is_dir() else Path(str(files("migrate"))).parent / "mappings"
