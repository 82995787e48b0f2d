"""What checking costs, from what the last batches cost, and what the routes may do beside what they have done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.budget_plan import Fit
from core.domain.day import UTC_ZONE
from core.domain.limits import DAY, HOUR, Limits
from core.errors import Conflict, InvalidInput
from core.services.batches import Batches
from core.services.estimates import Estimates
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.proxies import Proxies
from core.services.schedule_drafts import Drafting
from core.services.sessions import Sessions
from core.services.views import ScheduleDraft
from core.storage.database import Database, sql_time
from tests.integration.services.batch_rows import settle
from tests.integration.services.conftest import QuickClock, cookies

WithRoutes = Callable[[int], Awaitable[None]]


@pytest.fixture
def estimates(database: Database, clock: Clock) -> Estimates:
    """Over the limits of a real platform."""
    return Estimates(database, clock, Limits(), Drafting(UTC_ZONE, frozenset()))


@pytest.fixture
def with_routes(proxies: Proxies, sessions: Sessions, admin: Actor, clock: QuickClock) -> WithRoutes:
    """Adds so many sessions, each on a proxy of its own, and lets time pass until they are new no longer."""

    async def add(count: int) -> None:
        await proxies.import_lines(admin, "\n".join(f"10.0.0.{number}:8080" for number in range(1, count + 1)))
        lines = "\n".join(cookies(number) for number in range(11, 11 + count))
        await sessions.import_lines(admin, lines, bind_in_order=True)
        clock.pass_by(4 * DAY)

    return add


async def sent(database: Database, at: datetime, session: int, count: int, look_ups: int = 0) -> None:
    """Note that a session sent so much at a moment."""
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO sends (session_id, proxy_id, minute, sent, look_ups) VALUES (?, ?, ?, ?, ?)",
            session,
            session,
            sql_time(at.replace(second=0, microsecond=0)),
            count,
            look_ups,
        )


async def settled(database: Database, batches: Batches, operator: Actor, niche: str, **outcomes: str) -> None:
    """A done batch of a niche in which profiles got these outcomes."""
    batch = await batches.create(operator, niche=niche, recheck=True)
    await batches.start(operator, [batch.id])
    await settle(database, batch, outcomes)


async def test_without_any_batch_the_usual_share_is_told_and_no_time_without_a_route(
    estimates: Estimates, viewer: Actor
) -> None:
    told = await estimates.budget(viewer, 37)
    assert (told.profiles, told.requests, told.plan.seconds, told.plan.fit) == (37, 10, None, Fit.NO_ROUTE)


async def test_the_last_done_batches_tell_what_a_verdict_takes(
    database: Database,
    estimates: Estimates,
    viewer: Actor,
    operator: Actor,
    niches: Niches,
    profiles: Profiles,
    batches: Batches,
) -> None:
    await niches.create(operator, "Food")
    await profiles.add(operator, [f"name{number}" for number in range(50)], "Food")
    batch = await batches.create(operator, niche="Food")
    await batches.start(operator, [batch.id])
    await settle(database, batch, {f"name{number}": "none" for number in range(50)})
    async with database.transaction() as tx:
        await tx.execute("UPDATE batch SET status = 'done', requests = 20 WHERE id = ?", batch.id)
    told = await estimates.budget(viewer, 10)
    assert told.requests == 4


async def test_what_the_routes_sent_in_the_last_day_is_used_up(
    database: Database, clock: QuickClock, estimates: Estimates, viewer: Actor, with_routes: WithRoutes
) -> None:
    await with_routes(2)
    await sent(database, clock.now() - timedelta(minutes=59), 1, 20, look_ups=3)
    await sent(database, clock.now() - timedelta(hours=5), 2, 100, look_ups=10)
    await sent(database, clock.now() - timedelta(hours=25), 2, 300)
    await sent(database, clock.now(), 77, 300)
    told = await estimates.budget(viewer, 1_000)
    assert (told.spent_hour, told.spent_day, told.spent_look_ups) == (20, 120, 13)
    assert (told.plan.routes, told.plan.an_hour, told.plan.a_day, told.requests) == (2, 60, 600, 250)
    assert told.plan.day_share == pytest.approx(370 / 600)


async def test_what_was_spent_is_added_up_again_after_a_while(
    database: Database, clock: QuickClock, estimates: Estimates, viewer: Actor, with_routes: WithRoutes
) -> None:
    await with_routes(1)
    await estimates.budget(viewer, 100)
    await sent(database, clock.now(), 1, 20)
    assert (await estimates.budget(viewer, 100)).spent_day == 0
    clock.pass_by(15)
    assert (await estimates.budget(viewer, 100)).spent_day == 20


async def test_of_a_niche_those_are_counted_who_would_be_asked(
    database: Database,
    clock: QuickClock,
    estimates: Estimates,
    viewer: Actor,
    operator: Actor,
    niches: Niches,
    profiles: Profiles,
    batches: Batches,
) -> None:
    await niches.create(operator, "Food")
    await profiles.add(operator, ["ann", "bob", "cy", "dee", "eve"], "Food")
    await profiles.pause(operator, ["eve"])
    told = await estimates.budget_of_niche(viewer, "food")
    assert (told.profiles, told.look_ups, told.requests) == (4, 4, 5)
    await settled(database, batches, operator, "Food", ann="none", bob="private", cy="unknown")
    told = await estimates.budget_of_niche(viewer, "Food")
    assert told.profiles == 2, "two verdicts are fresh"
    told = await estimates.budget_of_niche(viewer, "Food", recheck=True)
    assert (told.profiles, told.look_ups) == (4, 2), "one is new, and one is private"
    clock.pass_by(2 * HOUR)
    assert (await estimates.budget_of_niche(viewer, "Food")).profiles == 4


async def test_new_profiles_that_bring_an_id_are_not_looked_up(
    database: Database, estimates: Estimates, viewer: Actor, operator: Actor, niches: Niches, profiles: Profiles
) -> None:
    await niches.create(operator, "Food")
    await profiles.add(operator, ["ann", "bob", "cy", "dee"], "Food")
    async with database.transaction() as tx:
        await tx.execute("UPDATE profile SET platform_id = '1' WHERE username IN ('ann', 'bob', 'cy')")
    assert (await estimates.budget_of_niche(viewer, "Food")).look_ups == 1


async def test_of_a_batch_what_is_left_counts(
    database: Database,
    estimates: Estimates,
    viewer: Actor,
    operator: Actor,
    niches: Niches,
    profiles: Profiles,
    batches: Batches,
) -> None:
    await niches.create(operator, "Food")
    await profiles.add(operator, ["ann", "bob", "cy", "dee"], "Food")
    async with database.transaction() as tx:
        await tx.execute("UPDATE profile SET platform_id = '1' WHERE username = 'cy'")
    batch = await batches.create(operator, niche="Food")
    await batches.start(operator, [batch.id])
    await settle(database, batch, {"ann": "none"})
    told = await estimates.budget_of_batch(viewer, batch.id[:8])
    assert (told.profiles, told.look_ups) == (3, 2)


async def test_a_schedule_is_counted_by_the_day(
    clock: QuickClock,
    estimates: Estimates,
    viewer: Actor,
    operator: Actor,
    niches: Niches,
    profiles: Profiles,
    with_routes: WithRoutes,
) -> None:
    await with_routes(1)
    await niches.create(operator, "Food")
    await profiles.add(operator, [f"name{number}" for number in range(80)], "Food")
    told = await estimates.budget_of_schedule(viewer, ScheduleDraft(("food",), every="30m"))
    assert (told.requests, told.runs_a_day, told.interval) == (20, 24.0, HOUR), "every other run finds fresh verdicts"
    assert told.warning == "It needs 480 requests a day; 1 route gives 300; 2 would do."
    told = await estimates.budget_of_schedule(viewer, ScheduleDraft(("food",), every="30m", fresh="4h"))
    assert told.plan.requests_a_day == 120
    told = await estimates.budget_of_schedule(viewer, ScheduleDraft(("food",), every="30m", fresh="0"))
    assert (told.runs_a_day, told.interval) == (48.0, HOUR / 2)
    for only, profiles_asked in (("with_story", 0), ("without_story", 80)):
        told = await estimates.budget_of_schedule(viewer, ScheduleDraft(("food",), every="1d", only=only))
        assert told.profiles == profiles_asked


async def test_the_busiest_day_of_a_schedule_counts(
    estimates: Estimates, viewer: Actor, operator: Actor, niches: Niches, profiles: Profiles
) -> None:
    await niches.create(operator, "Food")
    await profiles.add(operator, ["ann"], "Food")
    told = await estimates.budget_of_schedule(viewer, ScheduleDraft(("food",), cron="0 9-16 * * sat"))
    assert (told.runs_a_day, told.interval) == (8.0, HOUR)
    told = await estimates.budget_of_schedule(viewer, ScheduleDraft(("food",), every="10m", active="09:00-12:00"))
    assert told.runs_a_day == pytest.approx(3.0, abs=1)
    told = await estimates.budget_of_schedule(viewer, ScheduleDraft(("food",), cron="0 4 29 2 *"))
    assert told.interval is not None
    assert told.interval > 365 * DAY


async def test_a_schedule_that_the_routes_cannot_do_is_refused(
    estimates: Estimates, viewer: Actor, operator: Actor, niches: Niches, profiles: Profiles, with_routes: WithRoutes
) -> None:
    await niches.create(operator, "Food")
    await profiles.add(operator, [f"name{number}" for number in range(80)], "Food")
    draft = ScheduleDraft(("food",), every="1h")
    assert (await estimates.must_fit(viewer, draft)).plan.fit is Fit.NO_ROUTE, "routes can still come"
    await with_routes(1)
    with pytest.raises(Conflict, match=r"gives 300; 2 would do\. To have the schedule all the same, say anyway\."):
        await estimates.must_fit(viewer, draft)
    assert (await estimates.must_fit(viewer, ScheduleDraft(("food",), every="2h"))).plan.fit is Fit.FITS
    with pytest.raises(InvalidInput, match="never comes"):
        await estimates.must_fit(viewer, ScheduleDraft(("food",), cron="0 0 31 2 *"))


async def test_a_batch_meets_new_sessions_as_they_are_and_a_schedule_as_they_will_be(
    estimates: Estimates,
    proxies: Proxies,
    sessions: Sessions,
    niches: Niches,
    admin: Actor,
) -> None:
    await niches.create(admin, "Food")
    await proxies.import_lines(admin, "10.0.0.1:8080")
    await sessions.import_lines(admin, cookies(11), bind_in_order=True)
    assert (await estimates.budget(admin, 100)).plan.a_day == 99
    assert (await estimates.budget_of_schedule(admin, ScheduleDraft(("food",), every="4h"))).plan.a_day == 300
