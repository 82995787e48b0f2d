"""The log of what happened: sentences that a stranger understands, and what people did among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import orjson
import pytest

from core.domain.actor import Actor
from core.domain.hourly_count import HourlyCount
from core.domain.response_times import BOUNDS
from core.domain.transition import Kind, Transition
from core.errors import InvalidInput, NotAllowed, NotFound
from core.events import Events
from core.secrets import Vault
from core.services.alerts import Alerts
from core.services.canaries import Canaries
from core.services.limits import OperatingLimits
from core.services.monitoring import Monitoring
from core.services.proxies import Proxies
from core.services.resource_log import ResourceLog
from core.services.sessions import Sessions
from core.services.views import ResourceEventView
from core.storage import allowances, hourly_stats, resource_events
from core.storage.database import Database
from tests.integration.services.conftest import QuickClock, cookies

TWO_PROXIES = "203.0.113.7:8080\nrita:s3cr3t-word@203.0.113.8:8080"


@pytest.fixture
def log(database: Database) -> ResourceLog:
    return ResourceLog(database)


@pytest.fixture
async def pair(proxies: Proxies, sessions: Sessions, admin: Actor) -> None:
    """Two proxies, and a session that is bound to the first."""
    await proxies.import_lines(admin, TWO_PROXIES)
    await sessions.add(admin, "ann", cookies(11), proxy="1")


async def write(database: Database, *changes: Transition) -> None:
    async with database.transaction() as tx:
        await resource_events.add(tx, changes)


def said(lines: Sequence[ResourceEventView]) -> list[str]:
    return [line.happened for line in lines]


# -- what happened ------------------------------------------------------------------


async def test_a_proxys_story_is_told_in_order_with_reasons_and_ends(
    pair: None, database: Database, log: ResourceLog, clock: QuickClock, admin: Actor
) -> None:
    start = clock.now()
    until, far = start + timedelta(minutes=5), start + timedelta(days=1, minutes=5)
    await write(
        database,
        Transition(start, Kind.PROXY, 2, "ready", "quarantined", "proxy_error", until),
        Transition(until, Kind.PROXY, 2, "quarantined", "quarantined", "timeout", far),
        Transition(far, Kind.PROXY, 2, "quarantined", "ready", "recovered"),
    )
    lines = await log.proxies(admin, "203.0.113.8:8080")
    assert said(lines) == [
        "is quarantined until 00:05:00 UTC: the proxy does not do its work (proxy_error)",
        "is still quarantined until 2026-01-02 00:05 UTC: no answer came in time (timeout)",
        "is ready again: a probe went well",
    ]
    assert {line.subject for line in lines} == {"http://r•••@203.0.113.8:8080"}


async def test_what_was_noticed_late_stands_where_it_belongs(
    pair: None, database: Database, log: ResourceLog, clock: QuickClock, admin: Actor
) -> None:
    start = clock.now()
    await write(
        database,
        Transition(start + timedelta(seconds=9), Kind.SESSION, 1, "valid", "resting", "timeout"),
        Transition(start + timedelta(seconds=5), Kind.SESSION, 1, "resting", "valid", "rested"),
    )
    assert [line.after for line in await log.sessions(admin)] == ["valid", "resting"]


async def test_the_log_of_all_proxies_tells_of_the_breaker_too(
    pair: None, database: Database, log: ResourceLog, clock: QuickClock, admin: Actor
) -> None:
    now = clock.now()
    await write(
        database,
        Transition(now, Kind.PROXY, 1, "ready", "cooling", "ip_block"),
        Transition(now, Kind.BREAKER, None, "closed", "open", "server_error", None, "platform"),
        Transition(now, Kind.BREAKER, None, "open", "closed", "recovered", None, "platform"),
    )
    assert said(await log.proxies(admin)) == [
        "rests: the platform refuses the address (ip_block)",
        "everything pauses: the platform has troubles of its own (server_error)",
        "everything goes on: a probe went well",
    ]
    assert len(await log.proxies(admin, "1")) == 1


async def test_the_last_lines_are_told_when_there_are_more(
    pair: None, database: Database, log: ResourceLog, clock: QuickClock, admin: Actor
) -> None:
    for number in range(5):
        at = clock.now() + timedelta(minutes=number)
        await write(database, Transition(at, Kind.SESSION, 1, "valid", "resting", "timeout"))
    lines = await log.sessions(admin, "ann", count=2)
    assert [line.at.minute for line in lines] == [3, 4]


async def test_a_canarys_log_is_found_by_its_name(
    database: Database, log: ResourceLog, clock: QuickClock, admin: Actor
) -> None:
    why = "not_seen: 20 proven answers in a row over 3 sessions did not show it"
    await write(
        database,
        Transition(clock.now(), Kind.CANARY, None, "untested", "proven", "seen", None, "nasa"),
        Transition(clock.now(), Kind.CANARY, None, "missing", "retired", why, None, "nba"),
    )
    assert said(await log.canaries(admin, "@NBA")) == [
        "is used no more: 20 proven answers in a row over 3 sessions did not show it"
    ]
    assert said(await log.canaries(admin))[0] == "is proven: an answer showed it"
    with pytest.raises(InvalidInput):
        await log.canaries(admin, "not a name!")


# -- what people did ----------------------------------------------------------------


async def test_what_a_person_does_to_a_proxy_is_in_its_log_and_in_that_of_its_sessions(
    pair: None, proxies: Proxies, log: ResourceLog, admin: Actor
) -> None:
    await proxies.disable(admin, "1")
    await proxies.disable(admin, "1")
    await proxies.enable(admin, "1")
    await proxies.remove(admin, "1")
    lines = await log.proxies(admin, "1")
    assert said(lines) == ["was switched off by cli:ann", "was switched on by cli:ann", "was removed by cli:ann"]
    assert [(line.before, line.after) for line in lines] == [("ready", "off"), ("off", "ready"), ("ready", "removed")]
    assert said(await log.sessions(admin, "ann"))[-1] == (
        "was bound by cli:ann, from proxy 1 to none: the proxy was removed"
    )


async def test_a_quarantine_that_a_person_ends_is_told(
    pair: None, proxies: Proxies, database: Database, log: ResourceLog, admin: Actor
) -> None:
    async with database.transaction() as tx:
        await tx.execute("UPDATE proxy SET state = 'quarantined' WHERE id = 1")
    await proxies.enable(admin, "1")
    (line,) = await log.proxies(admin, "1")
    assert (line.before, line.after) == ("quarantined", "ready")


async def test_a_move_is_told_with_its_reason(pair: None, sessions: Sessions, log: ResourceLog, admin: Actor) -> None:
    await sessions.bind(admin, "ann", "2", reason="proxy 1 was given up")
    (line,) = await log.sessions(admin, "ann")
    assert line.happened == "was bound by cli:ann, from proxy 1 to proxy 2: proxy 1 was given up"
    assert (line.before, line.after) == ("valid", "valid")


async def test_new_cookies_and_switches_of_a_session_are_told(
    pair: None, sessions: Sessions, database: Database, log: ResourceLog, admin: Actor
) -> None:
    async with database.transaction() as tx:
        await tx.execute("UPDATE session SET state = 'expired' WHERE id = 1")
    await sessions.import_lines(admin, cookies(11, "fresh"))
    await sessions.import_lines(admin, cookies(11, "fresh"))
    await sessions.disable(admin, "ann")
    await sessions.enable(admin, "ann")
    await sessions.remove(admin, "ann")
    lines = await log.sessions(admin, "1")
    assert [(line.before, line.after, line.reason) for line in lines] == [
        ("expired", "valid", "renewed: by cli:ann"),
        ("valid", "disabled", "disabled: by cli:ann"),
        ("disabled", "valid", "enabled: by cli:ann"),
        ("valid", "removed", "removed: by cli:ann"),
    ]
    assert said(await log.sessions(admin, "ann"))[0] == "was given new cookies by cli:ann"


async def test_an_act_that_is_refused_leaves_no_line(
    pair: None, sessions: Sessions, log: ResourceLog, admin: Actor
) -> None:
    with pytest.raises(InvalidInput):
        await sessions.bind(admin, "ann", "2")
    assert await log.sessions(admin) == []


async def test_an_unknown_name_is_told_and_a_viewer_may_look(
    log: ResourceLog, database: Database, viewer: Actor, clock: QuickClock, events: Events, vault: Vault
) -> None:
    for look in (log.proxies, log.sessions):
        with pytest.raises(NotFound):
            await look(viewer, "7")
    assert await log.proxies(viewer) == []
    assert await Alerts(database, clock, events, vault).list(viewer) == ()


async def test_no_line_holds_a_password(
    pair: None, proxies: Proxies, database: Database, log: ResourceLog, admin: Actor
) -> None:
    await write(database, Transition(database.clock.now(), Kind.PROXY, 2, "ready", "quarantined", "proxy_error"))
    await proxies.remove(admin, "2")
    assert "s3cr3t-word" not in str(await log.proxies(admin))


# -- how it goes ----------------------------------------------------------------------


async def judged(database: Database, table: str, outcomes: str) -> None:
    bits = int("".join("1" if each == "g" else "0" for each in outcomes), 2)
    health = orjson.dumps({"outcomes": bits, "judged": len(outcomes)}).decode()
    async with database.transaction() as tx:
        await tx.execute(f"UPDATE {table} SET health = ? WHERE id = 1", health)


@pytest.mark.parametrize(
    ("outcomes", "score", "level"),
    [
        ("gggg", None, "unjudged"),
        ("ggggb", 80, "healthy"),
        ("gggbb", 60, "degraded"),
        ("ggbbb", 40, "failing"),
    ],
)
async def test_scores_and_levels_follow_the_limits(
    pair: None,
    proxies: Proxies,
    sessions: Sessions,
    database: Database,
    admin: Actor,
    outcomes: str,
    score: float | None,
    level: str,
) -> None:
    await judged(database, "proxy", outcomes)
    await judged(database, "session", outcomes)
    proxy, _ = await proxies.list(admin)
    (session,) = await sessions.list(admin)
    assert (proxy.score, proxy.level) == (session.score, session.level) == (score, level)


async def test_a_changed_limit_changes_the_level(
    pair: None, proxies: Proxies, limits: OperatingLimits, database: Database, admin: Actor
) -> None:
    await judged(database, "proxy", "gggbb")
    await limits.set(admin, {"degraded_below": "90", "failing_below": "70"})
    assert (await proxies.list(admin))[0].level == "failing"


async def test_the_slowest_answers_of_a_day_are_shown_and_older_ones_not(
    pair: None, proxies: Proxies, database: Database, clock: QuickClock, admin: Actor
) -> None:
    times = (0, 0, 0, 0, 10, 0, 0, 0)
    async with database.transaction() as tx:
        await hourly_stats.add(
            tx,
            [
                HourlyCount(clock.now(), 1, "ok", "nobody", 10, times),
                HourlyCount(clock.now() - timedelta(hours=30), 2, "ok", "nobody", 10, times),
            ],
        )
    first, second = await proxies.list(admin)
    assert (first.p95_ms, second.p95_ms) == (2425.0, None)


async def test_figures_are_told_by_the_hour(database: Database, clock: QuickClock, viewer: Actor) -> None:
    monitoring = Monitoring(database, clock)
    hour, none = timedelta(hours=1), (0,) * 8
    async with database.transaction() as tx:
        for back in (0, 1, 23, 24):
            await hourly_stats.add(tx, [HourlyCount(clock.now() - back * hour, 1, "timeout", "route", 2, none)])
        await hourly_stats.add(tx, [HourlyCount(clock.now(), 2, "ok", "nobody", 1, (1, *none[1:]))])
    figures = await monitoring.hourly(viewer, proxy=1)
    assert [(each.hour, each.count, each.p95_ms) for each in figures] == [
        (clock.now() - 23 * hour, 2, None),
        (clock.now() - hour, 2, None),
        (clock.now(), 2, None),
    ]
    latest = await monitoring.hourly(viewer, hours=1)
    assert [(each.proxy, each.reason, each.blame) for each in latest] == [(1, "timeout", "route"), (2, "ok", "nobody")]


# -- how often would a story be missed? ----------------------------------------------------


async def test_the_share_of_stories_that_one_asking_would_miss_is_counted_over_30_days(
    canaries: Canaries, database: Database, clock: QuickClock, admin: Actor
) -> None:
    assert (await canaries.misses(admin)).share is None
    async with database.transaction() as tx:
        for number, (days, live, late) in enumerate([(0, 30, 1), (29, 20, 1), (31, 50, 50)]):
            at = (clock.now() - timedelta(days=days)).isoformat(" ")
            await tx.execute(
                "INSERT INTO batch (id, name, status, live, second_finds, created_by, created_at, total, finished,"
                ' "none", private, gone, unknown, skipped, requests, active_seconds)'
                " VALUES (?, 'x', 'done', ?, ?, 'ann', ?, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
                f"0000000{number}-0000-4000-8000-000000000000",
                live,
                late,
                at,
            )
    found = await canaries.misses(admin)
    assert (found.stories, found.found_late, found.share) == (50, 2, 0.04)
    await canaries.add(admin, ["nasa", "nba"])
    assert [each.missed_share for each in await canaries.list(admin)] == [0.04, 0.04]


async def test_a_viewer_may_not_bring_a_canary_back(canaries: Canaries, viewer: Actor) -> None:
    with pytest.raises(NotAllowed):
        await canaries.add(viewer, ["nasa"])


async def test_of_sessions_in_trouble_the_last_line_is_told(
    pair: None,
    proxies: Proxies,
    sessions: Sessions,
    database: Database,
    log: ResourceLog,
    clock: QuickClock,
    admin: Actor,
) -> None:
    await sessions.add(admin, "bea", cookies(12), proxy="2")
    await sessions.add(admin, "cleo", cookies(13), proxy="2")
    at = clock.now()
    challenged = Transition(at, Kind.SESSION, 1, "valid", "checkpoint", "checkpoint")
    await write(database, challenged, Transition(at, Kind.SESSION, 2, "valid", "resting", "rate_limited"))
    async with database.transaction() as tx:
        await tx.execute("UPDATE session SET state = 'checkpoint' WHERE id = 1")
    await sessions.disable(admin, "cleo")
    told = await log.last_of_troubled_sessions(admin)
    assert {number: line.happened for number, line in told.items()} == {
        1: "is challenged and waits for a person: the platform challenges it (checkpoint)",
        3: "was switched off by cli:ann",
    }, "the second one is valid again by now"


async def test_the_exchanges_of_the_last_day_are_told_by_proxy_and_by_session(
    database: Database, clock: QuickClock, viewer: Actor
) -> None:
    monitoring, now = Monitoring(database, clock), clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    minute = int(now.timestamp() // 60)
    times = (0,) * (len(BOUNDS) + 1)
    async with database.transaction() as tx:
        await hourly_stats.add(
            tx,
            [
                HourlyCount(hour, 1, "ok", "nobody", 40, times),
                HourlyCount(hour - timedelta(hours=30), 1, "ok", "nobody", 9, times),
                HourlyCount(hour, 2, "timeout", "proxy", 7, times),
            ],
        )
        sent = [(11, 1, minute, 30, 2), (12, 1, minute - 60, 12, 0), (11, 1, minute - 25 * 60, 5, 0)]
        await allowances.store(tx, now, sent=sent, unspent=(), given_back=())
    day = await monitoring.last_day(viewer)
    assert (dict(day.by_proxy), dict(day.by_session)) == ({1: 42, 2: 7}, {11: 30, 12: 12})
