"""`source-attribution`: under construction."""
from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import Rule


class SourceAttribution(Rule):
    """Nothing yet."""

    looks_for = "-"
    does = "-"

    def rewrite(self, draft: Draft) -> None:
        """Do nothing."""
        del draft
