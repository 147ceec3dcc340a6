"""Tests that take long: on one flavour as a rule, on every one with the full counts."""

import pytest

from tests.conftest import LONG
from tests.wordpress.flavours import FLAVOURS


def one_flavour(name: str) -> pytest.MarkDecorator:
    """Give a test's `site` this flavour alone, unless the full counts are asked for."""
    return pytest.mark.parametrize("flavour", list(FLAVOURS) if LONG else [name], indirect=True)
