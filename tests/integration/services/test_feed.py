"""The feed against plain Python: every condition, every order, every page, from wherever it is reached."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from core.domain.actor import Actor
from core.domain.feed import MOST_NAMES, STATUSES, Checked, FeedQuery, SortBy, StoryState
from core.domain.verdict import Reason
from core.errors import InvalidInput, NotFound
from core.services.feed import COUNTED_FOR
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import FeedRow
from core.storage import feed as feed_rows
from core.storage import feed_walks
from core.storage.database import Database, Row
from tests.integration.services.conftest import QuickClock
from tests.integration.services.feed_rows import fill, in_order, matches, state_of

COUNT = 300
SOME_QUERIES = (
    FeedQuery(),
    FeedQuery(niche=1),
    FeedQuery(niche=4),
    FeedQuery(stories=frozenset({StoryState.LIVE})),
    FeedQuery(niche=1, statuses=frozenset({"active"}), checked=Checked.DAY),
    FeedQuery(watched=True),
    FeedQuery(niche=1, watched=True, statuses=frozenset({"active"})),
)


WAYS: dict[str, dict[str, int]] = {
    "walking": {},
    "scanning": {"PASSED_OVER": 3},
    "sampling": {"PASSED_OVER": 3, "_LEAST_SAMPLED": 1, "_SAMPLE": COUNT, "_LEAST_HITS": 1},
}


@pytest.fixture(params=WAYS)
async def rows(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    database: Database,
    profiles: Profiles,
    viewer: Actor,
) -> list[FeedRow]:
    """All profiles; pages come along an index as far as there is one, or from a look at everything."""
    for name, value in WAYS[request.param].items():
        monkeypatch.setattr(feed_walks if name == "PASSED_OVER" else feed_rows, name, value)
    await fill(database, COUNT)
    return list((await profiles.feed(viewer, FeedQuery(), count=1_000)).rows)


def expected(rows: list[FeedRow], query: FeedQuery, clock: QuickClock) -> list[str]:
    return [row.username for row in in_order([row for row in rows if matches(row, query, clock.now())], query)]


async def paged(profiles: Profiles, actor: Actor, query: FeedQuery, offset: int, count: int) -> tuple[list[str], int]:
    page = await profiles.feed(actor, query, offset=offset, count=count)
    assert page.offset == offset
    return [row.username for row in page.rows], page.total


def some_query(random: Random) -> FeedQuery:
    def maybe(values: list[str] | list[StoryState] | list[Reason] | tuple[str, ...]) -> frozenset[str]:
        return frozenset(random.sample(list(values), random.randint(1, 2))) if random.random() < 0.4 else frozenset()

    low = random.randint(0, 100)
    return FeedQuery(
        niche=random.choice([None, None, 1, 2, 3, 4]),
        stories=frozenset(StoryState(each) for each in maybe(list(StoryState))),
        statuses=maybe(STATUSES),
        reasons=frozenset(Reason(each) for each in maybe([Reason.OK, Reason.TIMEOUT, Reason.NOT_FOUND])),
        checked=random.choice([None, None, None, *Checked]),
        seen_live=random.choice([None, None, None, (low, random.randint(low, 100))]),
        watched=random.random() < 0.2,
        username=random.choice(["", "", "", "ba", "@BAK", "c.", "zz", "b%"]),
        sort=random.choice(list(SortBy)),
        descending=random.random() < 0.5,
    )


async def test_the_rows_say_what_is_stored(rows: list[FeedRow], clock: QuickClock) -> None:
    assert len({row.username for row in rows}) == COUNT
    assert {row.story for row in rows} == set(StoryState)
    assert all(row.story is state_of(row, clock.now()) for row in rows)
    assert all(row.live_now == (row.story is StoryState.LIVE) for row in rows)
    assert {row.niche for row in rows} == {"Zoo", "art", "Food"}


@pytest.mark.parametrize(("sort", "descending"), [*product(SortBy, (False, True))])
async def test_every_order_is_the_same_on_every_page(
    rows: list[FeedRow], profiles: Profiles, viewer: Actor, clock: QuickClock, sort: SortBy, descending: bool
) -> None:
    for conditions in SOME_QUERIES:
        query = replace(conditions, sort=sort, descending=descending)
        whole = expected(rows, query, clock)
        # One after the other; the last one first; anyhow, with nothing remembered.
        for offset in [*range(0, COUNT, 70), COUNT - 20, 40, 139]:
            names, total = await paged(profiles, viewer, query, offset, 70)
            assert (names, total) == (whole[offset : offset + 70], len(whole)), (query, offset)
        for offset in (len(whole) - 10, 150):
            fresh = Profiles(profiles._database, profiles._clock, profiles._events)
            names, _ = await paged(fresh, viewer, query, max(0, offset), 33)
            assert names == whole[max(0, offset) : max(0, offset) + 33], (query, offset)


async def test_any_conditions_in_any_order_match_whom_they_should(
    rows: list[FeedRow], profiles: Profiles, viewer: Actor, clock: QuickClock
) -> None:
    random, hits = Random(4), 0
    for _ in range(400):
        query = some_query(random)
        whole = expected(rows, query, clock)
        hits += bool(whole)
        offset, count = random.choice([0, 0, random.randint(0, 60)]), random.choice([1, 5, 100])
        assert await paged(profiles, viewer, query, offset, count) == (whole[offset : offset + count], len(whole)), (
            query
        )
        assert await profiles.count(viewer, query) == len(whole)
        start = random.randint(0, 50)
        end = start + random.randint(0, 80)
        assert list(await profiles.between(viewer, query, start, end)) == whole[start : end + 1], query
    assert hits > 100


async def test_pages_go_on_where_the_last_one_ended_while_others_are_checked(
    database: Database, profiles: Profiles, viewer: Actor, clock: QuickClock
) -> None:
    await fill(database, 40)
    query = FeedQuery(sort=SortBy.LAST_CHECKED_AT, descending=True, checked=Checked.WEEK)
    first = await profiles.feed(viewer, query, count=10)
    # Somebody from far behind comes to the top, and pushes all others down by one.
    late = (await profiles.feed(viewer, query, offset=first.total - 1, count=1)).rows[0].username
    async with database.transaction() as tx:
        await tx.execute("UPDATE profile SET last_checked_at = '2027-01-01' WHERE username = ?", late)
    second = await profiles.feed(viewer, query, offset=10, count=10)
    assert not {row.username for row in first.rows} & {row.username for row in second.rows}
    clock.pass_by(61)
    again = await profiles.feed(viewer, query, count=10)
    assert [row.username for row in again.rows] == [late, *(row.username for row in first.rows[:9])]


async def test_a_total_is_counted_again_after_some_seconds(
    database: Database, profiles: Profiles, viewer: Actor, clock: QuickClock
) -> None:
    await fill(database, 20)
    query = FeedQuery(statuses=frozenset({"paused"}))
    before = (await profiles.feed(viewer, query)).total
    async with database.transaction() as tx:
        await tx.execute("UPDATE profile SET status = 'paused'")
    assert (await profiles.feed(viewer, query)).total == before
    clock.pass_by(COUNTED_FOR)
    assert (await profiles.feed(viewer, query)).total == 20


async def test_what_people_do_is_counted_at_once(database: Database, profiles: Profiles, operator: Actor) -> None:
    await fill(database, 20)
    query = FeedQuery(statuses=frozenset({"paused"}))
    before = (await profiles.feed(operator, query)).total
    active = (await profiles.feed(operator, FeedQuery(statuses=frozenset({"active"})), count=2)).rows
    await profiles.pause(operator, [row.username for row in active])
    assert (await profiles.feed(operator, query)).total == before + 2


async def test_a_story_that_ends_changes_its_state_with_nobody_writing(
    database: Database, profiles: Profiles, viewer: Actor, clock: QuickClock
) -> None:
    await fill(database, COUNT)
    live = FeedQuery(stories=frozenset({StoryState.LIVE}))
    before = await profiles.count(viewer, live)
    clock.pass_by(8 * 3600)
    assert before > 0
    assert await profiles.count(viewer, live) == 0


async def test_a_deleted_niche_is_said_so(
    database: Database, profiles: Profiles, niches: Niches, operator: Actor, viewer: Actor
) -> None:
    await fill(database, 10)
    await niches.delete(operator, "empty")
    for asked in (
        profiles.feed(viewer, FeedQuery(niche=4)),
        profiles.count(viewer, FeedQuery(niche=4)),
        profiles.between(viewer, FeedQuery(niche=4), 0, 1),
    ):
        with pytest.raises(NotFound, match=r"^This niche was deleted; choose another one\.$"):
            await asked


async def test_bounds_are_kept(profiles: Profiles, viewer: Actor) -> None:
    with pytest.raises(InvalidInput, match="a page has 1 to 1,000 profiles, not 1001"):
        await profiles.feed(viewer, FeedQuery(), count=1_001)
    with pytest.raises(InvalidInput, match="positions count from 0, so none is -1"):
        await profiles.feed(viewer, FeedQuery(), offset=-1)
    with pytest.raises(InvalidInput, match="the lower one first, not 5 and 4"):
        await profiles.between(viewer, FeedQuery(), 5, 4)
    with pytest.raises(InvalidInput, match="at most 100,000 at once, not 100,001"):
        await profiles.between(viewer, FeedQuery(), 0, MOST_NAMES)


async def test_positions_beyond_the_end_hold_nobody(database: Database, profiles: Profiles, viewer: Actor) -> None:
    await fill(database, 5)
    assert (await profiles.feed(viewer, FeedQuery(), offset=9)).rows == ()
    assert (await profiles.feed(viewer, FeedQuery(), offset=10_000)).rows == ()
    assert await profiles.between(viewer, FeedQuery(), 5, 90) == ()
    assert len(await profiles.between(viewer, FeedQuery(), 3, 90)) == 2


@pytest.mark.parametrize("query", [FeedQuery(), FeedQuery(niche=1), FeedQuery(sort=SortBy.LAST_CHECKED_AT)])
async def test_pages_along_an_index_do_not_wait_for_questions_that_look_at_everything(
    database: Database, profiles: Profiles, viewer: Actor, query: FeedQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(database, COUNT)
    whole = [row.username for row in (await profiles.feed(viewer, query, count=60)).rows]

    async def busy(self: Database, sql: str, *params: object) -> list[Row]:
        raise AssertionError(f"all connections for scans are taken, and this wants one: {sql}")

    monkeypatch.setattr(Database, "scan", busy)
    for offset in (0, 20, 40):
        assert [row.username for row in (await profiles.feed(viewer, query, offset=offset, count=20)).rows] == whole[
            offset : offset + 20
        ]
