"""What runs low is told once a spell, and a daily target once a day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.clock import FakeClock
from core.domain.alert_rules import AlertRules, with_rules
from core.storage import alert_rules, alerts
from core.storage.database import Database, sql_time
from core.upkeep.lookout import Lookout

GB = 1_000_000_000


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class Disk:
    """How much room is left."""

    def __init__(self) -> None:
        self.free = 50 * GB

    def __call__(self, folder: Path) -> int:
        return self.free


@pytest.fixture
def disk() -> Disk:
    return Disk()


async def patiently(act: Callable[[], Awaitable[None]]) -> None:
    await act()


def lookout(database: Database, clock: FakeClock, disk: Disk) -> Lookout:
    return Lookout(database, clock, ZoneInfo("Europe/Berlin"), patiently, disk)


async def told(database: Database) -> list[tuple[str, str]]:
    return [(alert.kind, alert.text) for alert in reversed(await alerts.latest(database, 50))]


async def proxies(database: Database, *states: str) -> None:
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM proxy")
        for port, state in enumerate(states, 4_000):
            await tx.execute(
                "INSERT INTO proxy (scheme, host, port, user, label, enabled, state, health, requests, successes,"
                " failures, consecutive_failures, created_at)"
                " VALUES ('http', 'h', ?, '', '', 1, ?, '{}', 0, 0, 0, 0, ?)",
                port,
                state,
                sql_time(database.clock.now()),
            )


async def test_few_ready_proxies_are_told_at_the_second_look_and_once_until_they_are_well_again(
    database: Database, clock: FakeClock, disk: Disk
) -> None:
    watch = lookout(database, clock, disk)
    await proxies(database, "ready", "quarantined", "cooling")
    await watch.look()
    assert await told(database) == []
    await watch.look()
    assert await told(database) == [("proxies_low", "Only 1 of 3 proxies are ready, fewer than 50 %.")]
    # Just above the threshold is still the same spell, also for the process that comes after.
    await proxies(database, "ready", "quarantined")
    await watch.look()
    watch = lookout(database, clock, disk)
    await proxies(database, "quarantined", "quarantined")
    for _ in range(3):
        await watch.look()
    assert len(await told(database)) == 1
    await proxies(database, "ready", "ready")
    await watch.look()
    await proxies(database, "quarantined", "quarantined")
    await watch.look()
    await watch.look()
    assert len(await told(database)) == 2


async def test_without_proxies_and_with_a_threshold_of_none_nothing_is_low(
    database: Database, clock: FakeClock, disk: Disk
) -> None:
    watch = lookout(database, clock, disk)
    for _ in range(3):
        await watch.look()
    async with database.transaction() as tx:
        await alert_rules.store(tx, with_rules(AlertRules(), {"proxies_low": "0", "disk_low_mb": "0"}))
    await proxies(database, "quarantined")
    disk.free = 0
    for _ in range(3):
        await watch.look()
    assert await told(database) == []


async def test_a_proxy_whose_rest_is_over_is_ready(database: Database, clock: FakeClock, disk: Disk) -> None:
    watch = lookout(database, clock, disk)
    await proxies(database, "cooling")
    async with database.transaction() as tx:
        await tx.execute("UPDATE proxy SET cooldown_until = ?", sql_time(clock.now() - timedelta(seconds=1)))
    for _ in range(3):
        await watch.look()
    assert await told(database) == []


async def test_a_disk_that_fills_up_is_told_before_it_is_full(database: Database, clock: FakeClock, disk: Disk) -> None:
    watch = lookout(database, clock, disk)
    disk.free = GB // 5
    await watch.look()
    await watch.look()
    text = "The disk of the data directory has 200 MB left, less than 500; make room before nothing can be stored."
    assert await told(database) == [("disk_low", text)]


async def test_a_daily_target_is_told_once_a_day_in_the_zone_of_the_deployment(
    database: Database, clock: FakeClock, disk: Disk
) -> None:
    watch = lookout(database, clock, disk)
    async with database.transaction() as tx:
        at = sql_time(clock.now())
        await tx.execute(
            "INSERT INTO niche (id, name, name_key, position, daily_story_target, created_at)"
            " VALUES (1, 'Food', 'food', 1, 2, ?)",
            at,
        )
        for name in ("ann", "bob"):
            await tx.execute(
                "INSERT INTO profile (username, niche_id, status, checks_total, conclusive_total, stories_total,"
                " detection_ppm, unknown_streak, watched, created_at) VALUES (?, 1, 'active', 0, 0, 0, 0, 0, 0, ?)",
                name,
                at,
            )

    async def seen(name: str) -> None:
        async with database.transaction() as tx:
            await tx.execute("UPDATE profile SET last_story_at = ? WHERE username = ?", sql_time(clock.now()), name)

    await seen("ann")
    await watch.look()
    assert await told(database) == []
    await seen("bob")
    await watch.look()
    await watch.look()
    text = 'The niche "Food" met its daily target: 2 profiles were seen live today, 2 are wanted.'
    assert await told(database) == [("target_met", text)]
    # In Berlin, the next day begins an hour before it does in London.
    await clock.advance(23 * 3_600)
    await watch.look()
    assert len(await told(database)) == 1
    await seen("ann")
    await seen("bob")
    await watch.look()
    assert len(await told(database)) == 2
