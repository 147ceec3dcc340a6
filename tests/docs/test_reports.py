"""docs/reports.md knows every report format."""

import re

from migrate import formats
from tests.docs.rule_tables import ROOT

ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def test_the_table_has_every_format() -> None:
    """Each format has a row, and no row is of another one."""
    text = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")

    assert sorted(ROW.findall(text)) == sorted(formats.REPORTS)
