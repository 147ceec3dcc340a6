"""Conversions on one screen: chunk by chunk, each record read, mapped and encoded, then joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO

from migrate.chunk import AdvisedRows, Result, Together
from migrate.output import Replacement, spool
from migrate.run import Run
from migrate.stages import FileWriter, FolderJoiner, FolderWriter, Joiner


def export(
    run: Run,
    writer: FileWriter,
    opened: Callable[[int], AbstractContextManager[BinaryIO]],
    split: int | None = None,
) -> None:
    """Convert the source into one file, or with `split` into files of that many bytes at most.

    `opened` opens the first, second, ... of them once everything is known to be there.
    """
    with spool() as scratch:
        joiner = writer.joiner(scratch, run.head)
        if written := _joined(run, writer, joiner):
            if split is not None:
                joiner.finish_parts(opened, split, run.note, run.progress)
            else:
                with opened(1) as stream:
                    joiner.finish(stream, run.note, run.progress)
            run.totals.written.update(written)


def export_in_place(run: Run, writer: FileWriter, out: Replacement) -> Counter[str]:
    """Convert the source into one file, whose stream can be read and written anywhere.

    Gives how many records of each type it holds, once it has its place.
    """
    joiner = writer.joiner(out.stream, run.head)
    if written := _joined(run, writer, joiner):
        joiner.finish_in_place(run.note, run.progress)
    else:
        out.drop()
    return written


def _joined(run: Run, writer: FileWriter, joiner: Joiner) -> Counter[str]:
    """Let a joiner see all records; count those that it took by type."""
    written: Counter[str] = Counter()
    encode: AdvisedRows[Any] = AdvisedRows(writer)
    for chunk in run.rows(encode):
        for result in chunk:
            if not isinstance(result, Together):
                joiner.add(result.made, run.noting(result))
                written[result.type] += 1
                continue
            written.update(result.types)
            joiner.add_rows(result.made, run.noting_rows(result))
    return written


def export_folder(run: Run, writer: FolderWriter, root: Path) -> None:
    """Convert the source into a folder of files, with an action for each record."""
    with writer.joiner(root, run.head) as joiner:
        encoder = writer.encoder(root)
        encode: AdvisedRows[Any] = AdvisedRows(encoder, to_wordpress=False)
        for chunk in run.rows(encode, memory=encoder):
            for result in chunk:
                if not isinstance(result, Together):
                    _add(run, joiner, result)
                elif joiner.add_rows(result.made):
                    run.create(result, joiner)
                else:
                    for single in run.singly(encode, result):
                        _add(run, joiner, single)
        for action in joiner.finish(run.note):
            run.act(action)


def _add(run: Run, joiner: FolderJoiner, result: Result[Any]) -> None:
    """Write one record, and report what became of it."""
    action = joiner.add(result.made, run.noting(result))
    action.path = result.handle.path
    if action.verb != "unchanged":  # of what is, no report shows any
        run.show_bodies(result)
    run.act(action)
