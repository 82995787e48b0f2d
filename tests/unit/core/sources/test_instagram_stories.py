"""Who has a live story, in every shape in which reels come."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.domain.verdict import Blame, Reason
from core.sources.base import Reading, Story
from tests.unit.core.sources.answers import HOUR, NOW, OK, SECONDS, STORIES, item, read, reel

LIVE = {"1": Story(NOW - timedelta(hours=1), NOW + timedelta(hours=23))}
REEL = reel("1", item())


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def stories(*reels: object) -> Reading:
    """An answer that holds *reels* in a list."""
    return read(STORIES, {"reels_media": list(reels), **OK})


@pytest.mark.parametrize(
    "body",
    [
        {"reels": {"1": REEL}, "reels_media": [REEL], **OK},
        {"reels": {"1": REEL}, **OK},
        {"reels_media": [REEL], **OK},
        {"reels_media": {"1": REEL}, **OK},
        {"reels": {}, "reels_media": [REEL], **OK},
        {"reels": None, "reels_media": [REEL], **OK},
        {"reels": {"1": reel(1, item())}, **OK},
        {"reels": {"1": {"items": [item()]}}, **OK},
        {"reels_media": [{"user": {"pk": 1}, "items": [item()]}], **OK},
        {"reels_media": [{"owner": {"id": "1"}, "items": [item()]}], **OK},
        {"reel": REEL, **OK},
        {"data": {"reels_media": [REEL]}, **OK},
        {"data": {"xdt_api__v1__feed__reels_media": {"reels_media": [REEL]}}},
        {"data": {"xdt_api__v1__feed__reels_media__connection": {"edges": [{"node": REEL}]}}},
    ],
)
def test_a_live_story_is_found_in_every_container(body: object) -> None:
    assert read(STORIES, body) == Reading(Reason.OK, live=LIVE)


@pytest.mark.parametrize(
    "body",
    [
        {"reels": {}, "reels_media": [], **OK},
        {"reels": {"1": None}, **OK},
        {"reels_media": [None], **OK},
        {"reel": None, "broadcast": None, **OK},
        {"reels": {"1": reel("1")}, **OK},
        {"reels": {"1": reel("1", items=None)}, **OK},
        {"reels": {"1": reel("1", items=None, latest_reel_media=0)}, **OK},
        {"reels": {"1": reel("1", item(25))}, **OK},
        {"reels": {"1": reel("1", items=None, latest_reel_media=SECONDS - 25 * HOUR)}, **OK},
    ],
)
def test_an_answer_without_a_live_story_is_understood_and_shows_nobody(body: object) -> None:
    assert read(STORIES, body) == Reading(Reason.OK)


def test_the_expiry_of_a_reel_is_no_proof_of_a_story() -> None:
    assert stories(reel("1", items=None), reel("2", latest_reel_media=0), reel("3", item(30))).live == {}


def test_a_story_lasts_from_its_oldest_live_part_to_the_end_of_its_newest() -> None:
    assert stories(reel("1", item(30), item(20), item(2))).live == {"1": Story(hours(-20), hours(22))}


@pytest.mark.parametrize(
    ("part", "story"),
    [
        ({"taken_at": SECONDS - HOUR}, Story(hours(-1), hours(23))),
        ({"taken_at": str(SECONDS - HOUR)}, Story(hours(-1), hours(23))),
        ({"expiring_at": SECONDS + HOUR}, Story(None, hours(1))),
        ({"taken_at": SECONDS - HOUR, "expiring_at": SECONDS + HOUR}, Story(hours(-1), hours(1))),
        (
            {"taken_at_timestamp": SECONDS - HOUR, "expiring_at_timestamp": SECONDS + HOUR},
            Story(hours(-1), hours(1)),
        ),
    ],
)
def test_a_part_tells_its_times_in_several_ways(part: dict[str, object], story: Story) -> None:
    assert stories(reel("1", part)).live == {"1": story}


@pytest.mark.parametrize(
    ("expires", "ends"), [(SECONDS + 24 * HOUR, 22), (SECONDS + HOUR, 1), (None, 22), ((SECONDS + HOUR) * 1000, 22)]
)
def test_without_items_the_newest_part_tells_and_the_end_is_the_earlier_one(expires: object, ends: float) -> None:
    lite = reel("1", items=None, latest_reel_media=SECONDS - 2 * HOUR, expiring_at=expires)
    assert stories(lite).live == {"1": Story(None, hours(ends))}


def test_a_story_that_ends_now_is_over() -> None:
    assert stories(reel("1", item(24))).live == {}


def test_the_clock_is_the_platforms_own() -> None:
    body = {"reels": {"1": reel("1", item(23.5))}, **OK}
    assert set(read(STORIES, body).live) == {"1"}
    assert read(STORIES, body, headers={"date": "Sun, 01 Mar 2026 12:40:00 GMT"}).live == {}
    assert set(read(STORIES, body, headers={"date": "Tue, 03 Mar 2026 12:40:00 GMT"}).live) == {"1"}
    assert set(read(STORIES, body, headers={"date": "whenever"}).live) == {"1"}


def test_several_are_seen_at_once_and_who_is_missing_is_left_out() -> None:
    assert set(stories(reel("1", item()), reel(3, item())).live) == {"1", "3"}


def test_reels_of_others_are_ignored_and_counted_once_each() -> None:
    body = {"reels": {"1": REEL, "8": reel("8", item()), "9": reel("9", item())}, "reels_media": [reel(8, item())]}
    reading = read(STORIES, body)
    assert (set(reading.live), reading.unasked) == ({"1"}, 2)


@pytest.mark.parametrize(
    "other",
    [
        reel("1", item(), reel_type="highlight_reel"),
        reel("1", item(), reel_type="archive_day_reel"),
        reel("1", item(), reel_type="mas_reel"),
        reel("highlight:17900", item(), user={"pk": "1"}, reel_type="highlight_reel"),
        reel("highlight:17900", item(), user={"pk": "1"}, reel_type=None),
    ],
)
def test_a_highlight_or_another_collection_is_no_story(other: object) -> None:
    assert stories(other) == Reading(Reason.OK)
    assert read(STORIES, {"reels": {"highlight:17900": other}, **OK}) == Reading(Reason.OK)


@pytest.mark.parametrize(
    "torn",
    [
        "text",
        [],
        17,
        {},
        {"items": [item()]},
        {"id": 1.5, "items": [item()]},
        {"id": True, "items": [item()]},
        {"id": "-1", "items": [item()]},
        reel("1", {"pk": "9"}),
        reel("1", "text"),
        reel("1", None),
        reel("1", {"taken_at": True}),
        reel("1", {"taken_at": "yesterday"}),
        reel("1", {"taken_at": SECONDS * 1000}),
        reel("1", {"taken_at": 1e300}),
        reel("1", item(30), {"pk": "9"}),
        reel("1", items={"a": item()}),
        reel("1", items="text"),
        reel("1", items=None, latest_reel_media="text"),
        reel("1", items=None, latest_reel_media=SECONDS * 1000),
        reel("1", item(), user={"pk": "2"}),
        reel("1", item(), reel_type="something_new"),
        reel("1", item(), reel_type=["user_reel"]),
    ],
)
def test_a_reel_that_cannot_be_read_is_not_taken_for_absence(torn: object) -> None:
    reading = stories(reel("2", item()), torn)
    assert (reading.reason, reading.blame, set(reading.live)) == (Reason.WRONG_SHAPE, Blame.PLATFORM, {"2"})
    assert reading.sample is not None


@pytest.mark.parametrize("torn", ["text", [], 17, reel("2", item()), reel("1", {"pk": "9"})])
def test_what_stands_under_the_id_of_somebody_asked_and_cannot_be_read_is_not_absence(torn: object) -> None:
    assert read(STORIES, {"reels": {"1": torn}, **OK}).reason is Reason.WRONG_SHAPE


def test_presence_is_nobody_elses() -> None:
    assert read(STORIES, {"reels": {"1": reel("2", item())}, **OK}).live == {}


def test_a_reel_that_cannot_be_read_does_no_harm_where_another_one_tells() -> None:
    body = {"reels": {"1": "text"}, "reels_media": [REEL], **OK}
    assert read(STORIES, body) == Reading(Reason.OK, live=LIVE)


def test_a_strangers_reel_need_not_be_read() -> None:
    assert stories(reel("8", "text")) == Reading(Reason.OK, unasked=1)


def test_containers_that_cannot_be_read_are_the_platforms_new_shape() -> None:
    reading = read(STORIES, {"reels": "text", **OK})
    assert (reading.reason, reading.blame, reading.row) == (Reason.WRONG_SHAPE, Blame.PLATFORM, 0)
