"""What is there already of what a check takes."""

from __future__ import annotations

import pytest

from core.domain.actor import Actor
from core.services.canaries import Canaries
from core.services.monitoring import Monitoring
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.storage.database import Database
from tests.integration.services.conftest import QuickClock, cookies


@pytest.fixture
def monitoring(database: Database, clock: QuickClock) -> Monitoring:
    return Monitoring(database, clock)


async def test_an_empty_database_has_no_step_done(monitoring: Monitoring, viewer: Actor) -> None:
    seen = await monitoring.first_steps(viewer)
    assert seen.done == (False, False, False, False, False)
    assert (seen.proxies, seen.sessions, seen.canaries, seen.proven) == (0, 0, 0, ())


async def test_proxies_are_counted_by_use(
    monitoring: Monitoring, proxies: Proxies, database: Database, admin: Actor
) -> None:
    await proxies.import_lines(admin, "10.0.0.1:80\n10.0.0.2:80\n10.0.0.3:80")
    await proxies.disable(admin, "1")
    async with database.transaction() as tx:
        await tx.execute("UPDATE proxy SET state = 'quarantined' WHERE id = 2")
    seen = await monitoring.first_steps(admin)
    assert (seen.proxies, seen.proxies_on, seen.proxies_quarantined) == (3, 2, 1)
    assert seen.done[0]


async def test_proxies_that_are_all_switched_off_are_no_step_done(
    monitoring: Monitoring, proxies: Proxies, admin: Actor
) -> None:
    await proxies.add(admin, "10.0.0.1:80")
    await proxies.disable(admin, "1")
    assert not (await monitoring.first_steps(admin)).done[0]


async def test_a_session_without_a_proxy_is_no_step_done(
    monitoring: Monitoring, proxies: Proxies, sessions: Sessions, admin: Actor
) -> None:
    await proxies.add(admin, "10.0.0.1:80")
    await sessions.import_lines(admin, cookies(1))
    seen = await monitoring.first_steps(admin)
    assert (seen.sessions, seen.bound, seen.usable, seen.done[1]) == (1, 0, 0, False)
    await sessions.bind_in_order(admin)
    seen = await monitoring.first_steps(admin)
    assert (seen.sessions, seen.bound, seen.usable, seen.done[1]) == (1, 1, 1, True)


async def test_proven_canaries_are_named_and_retired_ones_do_not_count(
    monitoring: Monitoring, canaries: Canaries, database: Database, admin: Actor
) -> None:
    await canaries.add(admin, ["nasa", "natgeo", "nba"])
    async with database.transaction() as tx:
        await tx.execute("UPDATE canary SET asked = 3, seen = 3 WHERE username != 'natgeo'")
        await tx.execute("UPDATE canary SET retired_at = '2026-01-01 00:00:00+00:00' WHERE username = 'nba'")
    seen = await monitoring.first_steps(admin)
    assert (seen.canaries, seen.proven, seen.done[2]) == (2, ("nasa",), True)


async def test_the_first_profile_and_the_first_finished_check_are_seen(
    monitoring: Monitoring, niches: Niches, profiles: Profiles, database: Database, operator: Actor
) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann"], "food")
    assert (await monitoring.first_steps(operator)).done[3:] == (True, False)
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO batch (id, name, status, total, finished, live, none, private, gone, unknown, skipped,"
            " requests, second_finds, active_seconds, created_by, created_at)"
            " VALUES ('b', 'b', 'done', 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 'x', '2026-01-01 00:00:00+00:00')"
        )
    assert (await monitoring.first_steps(operator)).done[4]
