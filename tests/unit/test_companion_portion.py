"""Requests to the companion grow with a quick site, and shrink where it gets slow."""

from __future__ import annotations

from migrate.writers.companion.portion import Portion

TEXT, BODY = 1_000_000, 200_000  # bytes of a request's lines, and of them packed


def test_grows_while_answers_are_quick() -> None:
    """Each full request that is answered quickly allows twice as many records, up to a bound."""
    portion = Portion()

    sizes = []
    for _ in range(5):
        portion.answered(portion.records, TEXT, BODY, 0.5)
        sizes.append(portion.records)

    assert sizes == [200, 400, 800, 800, 800]


def test_small_requests_say_nothing() -> None:
    """That one record was stored quickly doesn't tell how long many take."""
    portion = Portion()

    portion.answered(1, TEXT, BODY, 0.1)

    assert portion.records == 100


def test_shrinks_where_the_site_is_slow() -> None:
    """An answer that took long, or none, halves what is sent at once, down to a bound."""
    portion = Portion()

    portion.answered(100, TEXT, BODY, 12.0)
    slow = portion.records
    for _ in range(5):
        portion.lost()

    assert (slow, portion.records) == (50, 25)


def test_bodies_stay_under_a_megabyte() -> None:
    """How much text goes at once follows from how well it packs."""
    portion = Portion()

    portion.answered(100, TEXT, BODY, 1.0)
    well = portion.text
    portion.answered(100, TEXT, TEXT, 1.0)

    assert (well, portion.text) == (4_500_000, 900_000)
