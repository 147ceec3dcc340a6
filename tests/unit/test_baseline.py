"""A baseline that can't be used is named, whatever is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import UsageError
from migrate.report.baseline import Baseline

HEAD = '{"schema": "wpmigrate-baseline/1", "findings": '


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 99_999,
        HEAD + "3}",
        HEAD + '[{"fingerprint": "a"}]}',
        HEAD + '[{"fingerprint": [], "count": 1}]}',
        HEAD + '[{"fingerprint": "a", "count": "x"}]}',
        HEAD + '[{"fingerprint": "a", "count": 1e999}]}',
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    """With its name and a way out."""
    path = tmp_path / "known.json"
    path.write_text(text)

    with pytest.raises(UsageError) as caught:
        Baseline.read(path)

    assert str(caught.value).startswith(str(path))
    assert caught.value.fix == "Write one with --write-baseline"
