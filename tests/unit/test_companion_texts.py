"""Digests and comments as the companion's client reckons them: what is the same, what is sent."""

from __future__ import annotations

import hashlib

import pytest

from migrate.live.companion.digests import Digests, columns_of, of_record, whole
from migrate.writers.companion import comments

FIRST = {
    "author": "Ragna",
    "content": "First",
    "date": "2018-03-02 10:00:00",
    "date_gmt": "2018-03-02 10:00:00",
    "id": "7",
    "meta": [{"key": "rating", "value": "5"}],
    "parent": "0",
}
ANSWER = FIRST | {"content": "Answer", "id": "8", "meta": [], "parent": "7"}
HELD = [FIRST | {"id": "21"}, ANSWER | {"id": "22", "parent": "21"}]


def test_a_digest_is_that_of_one_order() -> None:
    """Terms are sorted and known by slug, metas a map, comments without their numbers."""
    record = {
        "terms": [
            {"taxonomy": "post_tag", "slug": "b", "name": "B"},
            {"taxonomy": "category", "slug": "c", "name": "C"},
        ],
        "meta": [
            {"key": "z", "value": "1"},
            {"key": "a", "value": "2"},
            {"key": "z", "value": "0"},
        ],
        "comments": [{"id": "7", "parent": "0"}, {"id": "9", "parent": "7"}],
    }
    text = (
        '{"comments":[{"parent":""},{"parent":"0"}],"meta":{"a":["2"],"z":["1","0"]},'
        '"terms":[{"slug":"c","taxonomy":"category"},{"slug":"b","taxonomy":"post_tag"}]}'
    )

    assert of_record(record) == hashlib.sha256(text.encode()).hexdigest()


def test_a_content_stands_behind_the_rest_as_it_is() -> None:
    """An empty one is another thing than none."""
    text = '{"title":"Tall"}\n<p>"Sæt"\n</p>'

    said = {"content": '<p>"Sæt"\n</p>', "title": "Tall"}
    assert of_record(said) == hashlib.sha256(text.encode()).hexdigest()
    assert of_record({"content": "", "title": "Tall"}) != of_record({"title": "Tall"})


def test_the_numbers_of_comments_count_where_they_are_asked_for() -> None:
    """Then two records that differ in them alone have different digests."""
    records = [{"comments": [{"id": number, "parent": "0"}]} for number in ("7", "8")]

    assert len({of_record(record) for record in records}) == 1
    assert len({of_record(record, numbered=True) for record in records}) == 2


def test_visits_change_no_digest_of_all() -> None:
    """Comments and addresses come and go without anybody editing the post."""
    post = {"title": "Title"}

    assert whole(post | {"comments": [FIRST], "link": "x"}) == whole(post)
    assert whole(post | {"guid": "x"}) != whole(post)


def test_every_column_is_asked_for_that_a_comment_states() -> None:
    """Without comments any will do."""
    stated = [{"id": "7", "author": "Ragna"}, {"id": "8", "agent": "Browser"}]

    assert columns_of(stated, numbered=False) == ["comments.agent", "comments.author"]
    assert columns_of(stated, numbered=True)[-1] == "comments.id"
    assert columns_of([], numbered=True) == ["comments"]


def test_digests_are_found_by_number() -> None:
    """One that isn't there has none."""
    known = Digests([(3, "ab" * 32), (5, "cd" * 32)])

    assert [known.of(number) for number in (3, 4, 5, 6)] == ["ab" * 32, "", "cd" * 32, ""]


def test_a_comment_is_changed_in_its_place() -> None:
    """It is known by two of date, author and text; who answers it still does."""
    said = [FIRST | {"content": "First, corrected"}, ANSWER]

    assert comments.changed(said, HELD, b"")
    assert list(comments.to_send(said, HELD, b"")) == [
        {"id": "7", "there": "21", "content": "First, corrected"},
        {"id": "8", "there": "22"},
    ]


def test_comments_that_are_as_they_were_are_left_alone() -> None:
    """What the site made of one since stays, and one that is gone stays away."""
    held = [HELD[0] | {"approved": "0"}]
    said = [FIRST | {"approved": "1"}, ANSWER | {"approved": "1"}]
    known = comments.agreed(said)

    assert not comments.changed(said, held, known)
    assert list(comments.to_send(said, held, known)) == [{"id": "7", "there": "21"}]
    assert comments.changed(said, held, b"")


def test_a_comment_that_both_sides_changed_is_in_conflict() -> None:
    """Nothing of it is sent, now or later; what else the source says anew is."""
    known = comments.agreed([FIRST, ANSWER])
    held = [HELD[0] | {"content": "There"}, HELD[1]]
    said = [FIRST | {"content": "Here"}, ANSWER | {"content": "Answer, corrected"}]

    stuck = comments.in_conflict(said, held, known)
    again = comments.agreed(said, [each for each, _ in stuck], known)

    assert stuck == [(said[0], "21")]
    assert list(comments.to_send(said, held, known)) == [
        {"id": "7", "there": "21"},
        {"id": "8", "there": "22", "content": "Answer, corrected"},
    ]
    assert comments.in_conflict(said, [held[0], said[1] | {"id": "22", "parent": "21"}], again) == [
        (said[0], "21")
    ]


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({"content": "Here"}, {}),
        ({"content": "Here"}, {"content": "Here"}),
        ({"meta": [{"key": "rating", "value": "4"}]}, {}),
        ({"parent": "5"}, {}),
        ({"agent": "Mosaic"}, {"agent": "Lynx"}),
    ],
    ids=["changed here", "alike", "meta", "parent", "stated first"],
)
def test_a_change_on_one_side_is_no_conflict(
    said: dict[str, object], held: dict[str, object]
) -> None:
    """Nor is one that both made alike, or of what the source hadn't said anything of."""
    known = comments.agreed([FIRST])

    assert comments.in_conflict([FIRST | said], [HELD[0] | held], known) == []


def test_comments_without_numbers_or_dates_are_themselves() -> None:
    """What a digest proves is compared with itself."""
    said = [{"author": "Ragna", "content": "First"}, {"author": "Nanna", "parent": ""}]

    assert not comments.changed(said, said, b"")


def test_the_empty_type_and_the_address_of_nobody_change_nothing() -> None:
    """WordPress stored comments without a type once, and takes no empty address over REST."""
    held = [FIRST | {"type": "", "author_ip": "0.0.0.0"}]

    assert not comments.changed([FIRST | {"type": "comment", "author_ip": ""}], held, b"")
