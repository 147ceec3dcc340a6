"""How much is asked of a site at once, by how it answers."""

from __future__ import annotations

from migrate.writers.rest.applying.pace import Pace


def run(pace: Pace, workers: int, batches: int = 60) -> list[int]:
    """Let a site of some workers answer; give the connections that there were in turn."""
    seen = []
    for _ in range(batches):
        seen.append(pace.connections)
        waiting = max(1.0, pace.connections / workers)
        pace.answered(pace.size, 0.02 * pace.size * waiting, pace.era)
    return seen


def test_connections_grow_as_long_as_that_pays() -> None:
    """With four workers at the other end it ends at four, having tried one more."""
    seen = run(Pace(25, 8), workers=4)

    assert (seen[0], max(seen), seen[-1]) == (2, 5, 4)


def test_one_writer_gets_two_connections() -> None:
    """Where a third connection brings nothing it is two again: one is at work, one waits."""
    assert run(Pace(25, 8), workers=1)[-1] == 2


def test_never_more_than_asked_for() -> None:
    """The most connections that were named are never exceeded."""
    assert max(run(Pace(25, 3), workers=8)) == 3
    assert max(run(Pace(25, 1), workers=8)) == 1


def test_a_site_that_stumbles_is_asked_for_half() -> None:
    """Batch and connections are halved, down to one, and come back with good answers."""
    pace = Pace(25, 8)
    run(pace, workers=4)
    pace.stumbled()
    assert (pace.size, pace.connections) == (12, 2)
    for _ in range(5):
        pace.stumbled()
    assert (pace.size, pace.connections) == (1, 1)
    run(pace, workers=4)
    assert (pace.size, pace.connections) == (25, 4)


def test_old_answers_say_nothing_of_new_connections() -> None:
    """An answer to what was sent under fewer connections isn't held against the new ones."""
    pace = Pace(25, 8)
    era = pace.era
    for _ in range(3):
        pace.answered(25, 0.5, era)
    assert pace.connections == 3
    for _ in range(9):
        pace.answered(25, 50.0, era)
    assert pace.connections == 3


def test_four_connections_after_five_batches() -> None:
    """Each step takes one answer of each connection, so a small import gains by them as well."""
    assert run(Pace(25, 8), workers=4, batches=6) == [2, 2, 3, 3, 3, 4]


def test_a_slow_batch_makes_the_next_ones_smaller() -> None:
    """No answer is to take so long that a host ends it."""
    pace = Pace(25, 8)
    pace.answered(25, 9.0, pace.era)
    assert pace.size == 12


def test_a_site_without_batches_gets_single_requests() -> None:
    """Where the site states no limit a batch is one record, however it answers."""
    pace = Pace(0, 8)
    run(pace, workers=4)
    assert pace.size == 1
