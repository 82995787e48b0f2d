"""The numbers beside the niches: what the rows say, in the zone of the people, and not counted for everybody anew."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.actor import Actor
from core.domain.day import day_began
from core.domain.feed import FeedQuery, StoryState
from core.events import Events
from core.services.feed import Feed
from core.services.niches import Niches
from core.services.overview import COUNTED_FOR
from core.services.profiles import Profiles
from core.services.views import FeedRow, NichesOverview
from core.storage.database import Database
from tests.integration.services.batch_rows import know
from tests.integration.services.conftest import QuickClock
from tests.integration.services.feed_rows import NICHES, fill


@pytest.fixture
def feed(database: Database, clock: QuickClock) -> Feed:
    return Feed(database, clock)


@pytest.fixture
def profiles(database: Database, clock: QuickClock, events: Events, feed: Feed) -> Profiles:
    return Profiles(database, clock, events, feed)


@pytest.fixture
def niches(database: Database, clock: QuickClock, events: Events, feed: Feed) -> Niches:
    return Niches(database, clock, events, feed)


async def rows_of(profiles: Profiles, actor: Actor) -> list[FeedRow]:
    return list((await profiles.feed(actor, FeedQuery(), count=1_000)).rows)


def numbers(overview: NichesOverview) -> dict[str, tuple[int, int, int]]:
    return {each.name: (each.profiles, each.live_now, each.seen_live_today) for each in overview.niches}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
async def test_the_numbers_are_those_of_the_rows(
    database: Database, profiles: Profiles, events: Events, viewer: Actor, clock: QuickClock, zone: str
) -> None:
    clock.pass_by(13 * 3600)
    await fill(database, 200)
    overview = await Niches(database, clock, events, None, ZoneInfo(zone)).overview(viewer)
    rows, day = await rows_of(profiles, viewer), day_began(clock.now(), ZoneInfo(zone))
    assert overview.day_began == day
    assert overview.profiles == 200
    assert overview.live_now == sum(row.live_now for row in rows)
    assert overview.unknown == sum(row.story is StoryState.UNKNOWN for row in rows)
    assert overview.never_checked == sum(row.story is StoryState.NEVER for row in rows)
    assert numbers(overview) == {
        name: (
            len(mine := [row for row in rows if row.niche == name]),
            sum(row.live_now for row in mine),
            sum(row.last_story_at is not None and row.last_story_at >= day for row in mine),
        )
        for name in NICHES
    }


async def test_a_profile_seen_live_counts_for_the_day_until_midnight(
    database: Database, niches: Niches, profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    await niches.create(operator, "food", daily_story_target=1)
    await profiles.add(operator, ["ann", "bob"], "food")
    await know(database, "ann", last_story_at=clock.now() + timedelta(hours=1))
    (food,) = (await niches.overview(operator)).niches
    assert (food.seen_live_today, food.target_met) == (1, True)
    clock.pass_by(24 * 3600)
    (food,) = (await niches.overview(operator)).niches
    assert (food.seen_live_today, food.target_met) == (0, False)


async def test_a_niche_without_a_target_has_met_none(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    assert not (await niches.overview(operator)).niches[0].target_met


async def test_numbers_hold_for_some_seconds_but_what_people_do_is_in_them_at_once(
    database: Database, niches: Niches, profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann", "bob"], "food")
    first = await niches.overview(operator)
    await know(database, "ann", story_until=clock.now() + timedelta(hours=1))
    assert await niches.overview(operator) is first
    clock.pass_by(COUNTED_FOR)
    assert (await niches.overview(operator)).live_now == 1
    await profiles.remove(operator, ["ann"])
    assert numbers(await niches.overview(operator)) == {"food": (1, 0, 0)}
    await niches.create(operator, "art")
    assert list(numbers(await niches.overview(operator))) == ["food", "art"]
