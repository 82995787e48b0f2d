"""What people are told went on: figures of a span, error patterns, proxies and hours; never more than fits a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.actor import Actor
from core.domain.hourly_count import HourlyCount
from core.domain.limits import Limits
from core.domain.minute_count import MinuteCount
from core.domain.transition import Kind, Transition
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import Events
from core.services.figures import Figures
from core.services.niches import Niches
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.services.views.monitoring import Span
from core.storage import engine_state, hourly_stats, minute_stats, resource_events, results
from core.storage.database import Database, sql_time
from core.storage.results import ErrorSighting
from tests.integration.services.conftest import Ledger, QuickClock, cookies
from tests.minute_rows import count_verdicts

NO_TIMES = (0,) * 8
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> QuickClock:
    """Half past ten, so that hours and minutes have a part behind and a part before them."""
    clock = QuickClock()
    now = clock.now()
    noon = now.replace(hour=10, minute=30, second=30, microsecond=0) + timedelta(days=1)
    clock.pass_by((noon - now).total_seconds())
    return clock


@pytest.fixture
def figures(database: Database, clock: QuickClock, events: Events) -> Figures:
    return Figures(database, clock, events, Limits(), ZoneInfo("Europe/Berlin"))


@pytest.fixture
async def routes(proxies: Proxies, sessions: Sessions, admin: Actor) -> None:
    """Five proxies, each with a session."""
    await proxies.import_lines(admin, "\n".join(f"127.0.0.1:{4000 + n}" for n in range(5)))
    await sessions.import_lines(admin, "\n".join(cookies(n) for n in range(1, 6)), bind_in_order=True)
    await proxies.set_label(admin, "2", "nl-03")


async def finished(database: Database, at: datetime, outcome: str, count: int, reason: str = "ok") -> None:
    async with database.transaction() as tx:
        await count_verdicts(tx, at, outcome, count, reason)


async def spent(database: Database, *counts: MinuteCount) -> None:
    async with database.transaction() as tx:
        await minute_stats.add(tx, counts)


async def failed(database: Database, at: datetime, proxy: int, reason: str, blame: str, count: int) -> None:
    async with database.transaction() as tx:
        hour = at.replace(minute=0, second=0, microsecond=0)
        await hourly_stats.add(tx, [HourlyCount(hour, proxy, reason, blame, count, NO_TIMES, at)])


async def paused(database: Database, clock: QuickClock, reason: str) -> None:
    """The breaker opened three minutes ago; its next probe is due in 40 seconds."""
    now = clock.now()
    until = now + timedelta(seconds=40)
    told = {"reason": reason, "look_ups_alone": False, "failed_probes": 2, "until": until.isoformat()}
    counts = {"ready": 3, "leased": 1, "cooling": 2, "quarantined": 1, "frozen": 1}
    snapshot = {"breaker": told, "counts": counts, "busy": 6, "workers": 9}
    async with database.transaction() as tx:
        await engine_state.take(tx, holder="run:1", pid=1, at=now, sandbox_url=None, snapshot=snapshot)
        opened = Transition(now - timedelta(minutes=3), Kind.BREAKER, None, "closed", "open", reason, until, "platform")
        await resource_events.add(tx, [opened])


# -- tiles and charts -----------------------------------------------------------------


async def test_a_fresh_database_shows_empty_figures(figures: Figures, viewer: Actor) -> None:
    view = await figures.monitor(viewer)
    assert (view.tiles.finished, view.tiles.success_rate, view.tiles.p50_ms, view.pause) == (0, None, None, None)
    assert len(view.points) == 60
    assert (await figures.patterns(viewer)).patterns == ()
    assert (await figures.heat(viewer)).rows == ()


@pytest.mark.parametrize(
    ("span", "points", "seconds"), [(Span.HOUR, 60, 60), (Span.DAY, 144, 600), (Span.MONTH, 120, 21_600)]
)
async def test_charts_cover_their_span_in_even_steps(
    figures: Figures, clock: QuickClock, viewer: Actor, span: Span, points: int, seconds: int
) -> None:
    view = await figures.monitor(viewer, span)
    assert len(view.points) == points
    assert {later.at - earlier.at for earlier, later in zip(view.points, view.points[1:], strict=False)} == {
        timedelta(seconds=seconds)
    }
    last = view.points[-1]
    assert last.at <= clock.now() < last.at + timedelta(seconds=seconds)


async def test_checks_are_shown_in_their_minute_and_add_up(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    now = clock.now()
    await finished(database, now - timedelta(minutes=5), "live", 30)
    await finished(database, now - timedelta(minutes=5), "none", 60)
    await finished(database, now - timedelta(minutes=5), "unknown", 10, "timeout")
    await finished(database, now - timedelta(minutes=90), "none", 40)
    view = await figures.monitor(viewer)
    point = view.points[-6]
    assert (point.live, point.none, point.unknown, point.checks) == (30, 60, 10, 100)
    assert point.checks_per_second == pytest.approx(100 / 60)
    assert (view.tiles.finished, view.tiles.success_rate, view.tiles.success_before) == (100, 0.9, 1.0)
    assert [(each.reason, each.words, each.count) for each in view.unknown] == [("timeout", "timed out", 10)]


async def test_the_present_rate_is_that_of_the_last_60_seconds(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    now = clock.now()  # half of the present minute is over
    await finished(database, now, "none", 60)
    await finished(database, now - timedelta(minutes=1), "none", 60)
    assert (await figures.monitor(viewer)).tiles.checks_per_second == 1.5


async def test_lost_time_is_told_beside_all_worker_time(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    minute = clock.now().replace(second=0) - timedelta(minutes=2)
    count = MinuteCount(minute, workers=4, busy_ms=60_000, limited_ms=120_000, paused_ms=60_000, cpu_ms=30_000)
    await spent(database, count, MinuteCount(minute + timedelta(minutes=2), workers=4, memory_mb=200))
    view = await figures.monitor(viewer)
    assert (view.tiles.limited_seconds, view.tiles.paused_seconds) == (120, 60)
    # Two whole minutes would be 480 s; half of the present one is still to come.
    assert view.tiles.worker_seconds == 360
    assert (view.points[-3].limited_share, view.points[-3].paused_share, view.points[-3].cpu_share) == (0.5, 0.25, 0.5)
    assert view.tiles.memory_mb == 200


async def test_response_times_are_told_from_the_buckets(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    times = (0, 0, 90, 0, 10, 0, 0, 0)
    await spent(database, MinuteCount(clock.now().replace(second=0), exchanges=100, times=times))
    tiles = (await figures.monitor(viewer)).tiles
    assert tiles.p50_ms == pytest.approx(250 + 250 * 50 / 90)
    assert tiles.p95_ms == 1_750
    assert tiles.p99_ms == 2_350


async def test_an_open_breaker_says_since_when_why_and_what_comes_next(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    await paused(database, clock, "wrong_shape")
    for proxy in (1, 2, 3):
        await failed(database, clock.now() - timedelta(minutes=4), proxy, "wrong_shape", "platform", 3)
    await finished(database, clock.now() - timedelta(minutes=5), "none", 600)
    async with database.transaction() as tx:
        sighting = ErrorSighting("f" * 64, "answer", "stories: wrong_shape (row 20)", "{}")
        await results.add_errors(tx, [sighting], clock.now())
    view = await figures.monitor(viewer)
    assert view.pause is not None
    assert view.pause.since == clock.now() - timedelta(minutes=3)
    assert view.pause.next_probe_at == clock.now() + timedelta(seconds=40)
    assert view.pause.headline == "The platform refuses everybody (answer not understood); everything is paused."
    assert view.pause.explained == (
        "9 exchanges over 3 proxies ended alike: the answer is none that is known. "
        "Proxies and sessions are not to blame and keep their health."
    )
    assert view.pause.sample == "f" * 64
    assert view.tiles.before_pause == 1.0
    assert (view.tiles.ready, view.tiles.routes, view.tiles.frozen, view.tiles.busy) == (4, 8, 1, 1)


# -- error patterns -------------------------------------------------------------------


@pytest.mark.usefixtures("routes")
async def test_the_heat_map_shows_the_worst_proxies_by_the_hour(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    now = clock.now()
    await failed(database, now, 2, "timeout", "proxy", 7)
    await failed(database, now - 23 * HOUR, 2, "timeout", "proxy", 2)
    await failed(database, now - 24 * HOUR, 2, "timeout", "proxy", 100)
    await failed(database, now - HOUR, 1, "rate_limited", "route", 4)
    await failed(database, now - HOUR, 3, "rate_limited", "route", 1)
    await failed(database, now - HOUR, 3, "not_found", "profile", 50)
    heat = await figures.heat(viewer, top=2)
    assert len(heat.hours) == 24
    assert [(row.label, row.total, row.cells[0], row.cells[-1]) for row in heat.rows] == [
        ("127.0.0.1:4000", 4, 0, 0),
        ("nl-03", 9, 2, 7),
    ]
    assert (heat.failing, heat.proxies, heat.most, heat.total) == (3, 5, 7, 14)
    assert [(each.reason, each.count) for each in heat.reasons] == [("timeout", 9), ("rate_limited", 5)]
    only = await figures.heat(viewer, reason="rate_limited")
    assert ([row.proxy for row in only.rows], only.total) == ([1, 3], 5)


async def test_a_reason_that_is_none_is_refused(figures: Figures, viewer: Actor) -> None:
    with pytest.raises(InvalidInput, match='"rain" is none; timeout is one'):
        await figures.heat(viewer, reason="rain")


@pytest.mark.usefixtures("routes")
async def test_a_pattern_names_whom_it_hit_and_what_was_done(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    now = clock.now()
    await failed(database, now - timedelta(minutes=6), 2, "timeout", "proxy", 5)
    await failed(database, now - timedelta(minutes=9), 4, "timeout", "proxy", 2)
    for proxy in range(1, 6):
        await failed(database, now - timedelta(minutes=3), proxy, "rate_limited", "route", 1)
    until = now + timedelta(minutes=2)
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE proxy SET state = 'quarantined', last_error = 'timeout', cooldown_until = ? WHERE id = 2",
            sql_time(until),
        )
    timeout, limited = (await figures.patterns(viewer)).patterns
    assert (timeout.words, timeout.whom, timeout.times) == ("timed out", "nl-03, 127.0.0.1:4003", 7)
    assert (timeout.done, timeout.until, timeout.until_what) == ("1 proxy is in quarantine.", until, "next probe")
    assert timeout.last_seen == now - timedelta(minutes=6)
    assert (limited.whom, limited.still) == ("every route", False)
    assert limited.done == "The routes rested, and are in use again."


@pytest.mark.usefixtures("routes")
async def test_a_session_that_waits_for_a_person_is_a_pattern(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor, ledger: Ledger
) -> None:
    now = clock.now()
    label = (await ledger.rows("session"))[0]["label"]
    async with database.transaction() as tx:
        change = Transition(now - HOUR, Kind.SESSION, 1, "valid", "expired", "login_required")
        await resource_events.add(tx, [change])
        await tx.execute("UPDATE session SET state = 'expired', last_error = 'login_required' WHERE id = 1")
    (pattern,) = (await figures.patterns(viewer)).patterns
    assert (pattern.whom, pattern.times, pattern.still) == (label, 1, True)
    assert (pattern.done, pattern.until) == ("1 session waits for a person.", None)


async def test_the_open_breaker_is_what_was_done_about_its_reason(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    await paused(database, clock, "wrong_shape")
    await failed(database, clock.now(), 1, "wrong_shape", "platform", 3)
    (pattern,) = (await figures.patterns(viewer)).patterns
    assert pattern.done == "The breaker is open: everybody waits but one probe."
    assert (pattern.until, pattern.until_what) == (clock.now() + timedelta(seconds=40), "next probe")


async def test_what_was_done_about_an_error_is_noted_and_audited(
    figures: Figures, database: Database, clock: QuickClock, operator: Actor, viewer: Actor, ledger: Ledger
) -> None:
    async with database.transaction() as tx:
        await results.add_errors(tx, [ErrorSighting("a" * 64, "internal", "KeyError at x.py:1", "Trace")], clock.now())
    (trace,) = (await figures.patterns(viewer)).traces
    assert (trace.count, trace.sample, trace.noted) == (1, "Trace", False)
    assert trace.action == "The check was tried once more, and would end unknown if it struck again."
    noted = await figures.note_action(operator, "a" * 64, " fixed in\n0.2 ")
    assert (noted.action, noted.noted) == ("fixed in 0.2", True)
    assert await ledger.audited() == [(operator.name, "errors.note", "KeyError at x.py:1", "fixed in 0.2")]
    with pytest.raises(NotAllowed):
        await figures.note_action(viewer, "a" * 64, "")
    with pytest.raises(NotFound):
        await figures.sample(viewer, "b" * 64)


# -- proxies and hours ------------------------------------------------------------------


@pytest.mark.usefixtures("routes")
async def test_each_proxy_is_told_how_it_did(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    now = clock.now()
    async with database.transaction() as tx:
        hour = now.replace(minute=0, second=0)
        await hourly_stats.add(tx, [HourlyCount(hour, 2, "ok", "nobody", 90, (0, 0, 90, *NO_TIMES[3:]))])
    await failed(database, now, 2, "timeout", "proxy", 8)
    await failed(database, now, 2, "rate_limited", "route", 2)
    await failed(database, now, 9, "timeout", "proxy", 1)
    first, second, *idle = await figures.proxy_performance(viewer)
    assert (first.label, first.exchanges, first.failures, first.failed_by_proxy) == ("nl-03", 100, 10, 8)
    assert (first.rate_limited, first.success_share, first.worst, first.sessions) == (2, 0.9, "timed out", 1)
    assert (second.label, second.state) == ("proxy 9", "removed")
    assert [each.proxy for each in idle] == [1, 3, 4, 5]
    assert idle[0].success_share is None
    assert len(await figures.proxy_performance(viewer, top=3)) == 3


async def test_a_niche_is_shown_at_which_hours_its_profiles_post(
    figures: Figures, niches: Niches, database: Database, clock: QuickClock, operator: Actor
) -> None:
    await niches.create(operator, "food")
    # A Monday in summer: 20:00 in Berlin; the clock stands in another week.
    monday = clock.now() - timedelta(days=clock.now().weekday() + 7)
    began = monday.replace(hour=18, minute=0, second=0, microsecond=0)
    async with database.transaction() as tx:
        for count, hour in ((3, began), (1, began + 2 * HOUR), (50, began - timedelta(weeks=9))):
            await tx.execute("INSERT INTO story_hour (niche_id, hour, count) VALUES (1, ?, ?)", sql_time(hour), count)
    view = await figures.calendar(operator, "Food")
    local = began.astimezone(ZoneInfo("Europe/Berlin"))
    assert view.cells[local.weekday()][local.hour] == 3
    assert (view.stories, view.most, view.busiest) == (4, 3, (local.weekday(), local.hour))
    assert (len(view.cells), {len(hours) for hours in view.cells}) == (7, {24})
    with pytest.raises(NotFound, match="There is no niche"):
        await figures.calendar(operator, "drink")


# -- bounds -----------------------------------------------------------------------------


async def test_a_month_of_a_large_pool_fills_no_more_than_the_page(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    async with database.transaction() as tx:
        counts = [
            HourlyCount(now - hour * HOUR, proxy, reason, "proxy", 1, NO_TIMES, now - hour * HOUR)
            for hour in range(24)
            for proxy in range(1, 301)
            for reason in ("timeout", "net_error")
        ]
        await hourly_stats.add(tx, counts)
    for span in Span:
        view = await figures.monitor(viewer, span)
        assert len(view.points) <= 144
    heat = await figures.heat(viewer)
    assert (len(heat.rows), heat.failing, heat.total) == (8, 300, 14_400)
    patterns = (await figures.patterns(viewer)).patterns
    assert [pattern.whom for pattern in patterns] == ["every route", "every route"]
    assert len(await figures.proxy_performance(viewer, top=50)) == 50


# -- for machines -------------------------------------------------------------------------


async def test_totals_are_those_of_all_time(
    figures: Figures, database: Database, clock: QuickClock, viewer: Actor
) -> None:
    await finished(database, datetime(2020, 1, 1, tzinfo=UTC), "unknown", 5, "timeout")
    await finished(database, clock.now(), "live", 2)
    async with database.transaction() as tx:
        await minute_stats.forget(tx, clock.now(), 100)
        await minute_stats.forget_unknown(tx, clock.now(), 100)
    await spent(database, MinuteCount(clock.now(), exchanges=4, times=(1, 2, 0, 0, 0, 0, 0, 1), answer_ms=12_400))
    view = await figures.totals(viewer)
    assert (view.totals.checks["unknown"], view.totals.checks["live"]) == (5, 2)
    assert view.totals.unknown == {"timeout": 5}
    assert view.totals.answer_buckets[:2] == ((100, 1), (250, 3))
    assert view.totals.answer_buckets[-1] == (float("inf"), 4)
    assert view.totals.answer_seconds == 12.4
    assert (view.alive, view.breaker, view.routes) == (False, "closed", {})


async def test_nothing_can_be_probed_while_the_platform_refuses_nobody(figures: Figures, admin: Actor) -> None:
    with pytest.raises(Conflict, match="The platform refuses nobody now"):
        await figures.probe_now(admin)


async def test_a_viewer_cannot_let_the_platform_be_probed(figures: Figures, viewer: Actor) -> None:
    with pytest.raises(NotAllowed):
        await figures.probe_now(viewer)
