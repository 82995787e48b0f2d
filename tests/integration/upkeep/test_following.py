"""The engine keeps in step: a person's change wins, and what the engine knows of the rest stays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import FakeClock
from core.domain.health import Report
from core.domain.limits import Limits
from core.domain.verdict import Act, Blame, Consequence, Reason
from core.engine.engine import Engine
from core.network.pool import Changes, NoRouteAvailable
from core.secrets import Secret
from core.sources.base import Login
from core.sources.instagram import Instagram
from core.storage import engine_state, limits
from core.storage.database import Database
from core.upkeep.following import Following
from tests.integration.engine.conftest import ADMIN
from tests.integration.engine.recording import Office, office

REFUSED = Report(ok=False, reason=Reason.PROXY_ERROR, blame=Blame.PROXY, consequence=Consequence(Act.PROXY_FAILED))
GOOD = Report(ok=True)
FIRST = "sessionid=1%3Aabc%3A7%3Asig; ds_user_id=1; rur=old"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def desk(database: Database, clock: FakeClock) -> Office:
    """A recorder and a pool over a database with one proxy and one session; nothing runs."""
    made = office(database, clock)
    await made.proxies.import_lines(ADMIN, "127.0.0.1:4000")
    await made.sessions.import_lines(ADMIN, FIRST, bind_in_order=True)
    return made


@pytest.fixture
async def following(desk: Office) -> Following:
    """It has looked once."""
    source = Instagram("http://127.0.0.1:9")
    engine = Engine(source=source, pool=desk.pool, recorder=desk.recorder, canaries=desk.canaries, clock=desk.clock)
    made = Following(
        desk.database,
        clock=desk.clock,
        vault=desk.vault,
        source=source,
        base=Limits.sandbox(),
        pool=desk.pool,
        canaries=desk.canaries,
        recorder=desk.recorder,
        engine=engine,
    )
    await made.follow()
    return made


async def _exchange(desk: Office, report: Report = GOOD, **renewed: str) -> Login:
    """The route carries one exchange; the login that it went out with."""
    await desk.clock.advance(60.0)
    async with desk.pool.lease() as lease:
        login = lease.login
        lease.report(report)
        if renewed:
            cookies = {name: Secret(value) for name, value in renewed.items()}
            lease.renew(replace(login, cookies={**login.cookies, **cookies}))
    return login


def _health(desk: Office) -> Changes:
    """What the pool knows of the proxy and the session, used or not since the last look."""
    everything = desk.pool.changed()
    desk.pool.not_stored(everything)
    return everything


async def test_limits_of_a_proxys_own_are_in_force_in_the_pool(desk: Office, following: Following) -> None:
    await desk.proxies.set_limits(ADMIN, ["1"], {"per_hour": "2"})
    assert await following.is_behind()
    await following.follow()
    for _ in range(2):
        await _exchange(desk)
    assert (await _next_route_in(desk)) > 3000.0
    await desk.proxies.set_limits(ADMIN, ["1"], {"per_hour": "default"})
    await following.follow()
    await _exchange(desk)


async def _next_route_in(desk: Office) -> float:
    """Seconds until the route could ask again."""
    with pytest.raises(NoRouteAvailable) as waiting:
        async with desk.pool.lease():
            pass
    assert waiting.value.retry_at is not None
    return (waiting.value.retry_at - desk.clock.now()).total_seconds()


async def test_what_the_engine_stored_is_not_taken_for_a_persons_change(desk: Office, following: Following) -> None:
    await _exchange(desk)
    await desk.recorder.commit(with_health=True)
    await _exchange(desk)
    await following.follow()
    (proxy,) = _health(desk).proxies
    assert proxy.health.requests == 2


async def test_a_quarantine_that_a_person_ends_is_over_in_the_pool(desk: Office, following: Following) -> None:
    for _ in range(3):
        await _exchange(desk, REFUSED)
    await desk.recorder.commit(with_health=True)
    assert "1 quarantined" in repr(desk.pool)
    await desk.proxies.enable(ADMIN, "1")
    await following.follow()
    assert "1 ready" in repr(desk.pool)


async def test_a_persons_change_is_not_written_over_before_it_is_seen(desk: Office, following: Following) -> None:
    for _ in range(3):
        await _exchange(desk, REFUSED)
    await desk.recorder.commit(with_health=True)
    await desk.proxies.enable(ADMIN, "1")
    await _exchange(desk, REFUSED)
    await desk.recorder.commit(with_health=True)
    assert (await desk.proxies.list(ADMIN))[0].state == "ready"
    await following.follow()
    assert "1 ready" in repr(desk.pool)


async def test_cookies_that_were_renewed_and_are_not_stored_yet_stay(desk: Office, following: Following) -> None:
    await _exchange(desk, rur="fresh")
    await desk.proxies.disable(ADMIN, "1")
    await desk.sessions.disable(ADMIN, "1")
    await following.follow()
    await desk.proxies.enable(ADMIN, "1")
    await desk.sessions.enable(ADMIN, "1")
    await following.follow()
    assert (await _exchange(desk)).cookies["rur"].reveal() == "fresh"
    await desk.recorder.commit(with_health=True)
    assert (await desk.cookies())["rur"] == "fresh"


async def test_cookies_that_were_renewed_and_stored_stay(desk: Office, following: Following) -> None:
    await _exchange(desk, rur="fresh")
    await desk.recorder.commit(with_health=True)
    await desk.sessions.disable(ADMIN, "1")
    await following.follow()
    await desk.sessions.enable(ADMIN, "1")
    await following.follow()
    assert (await _exchange(desk)).cookies["rur"].reveal() == "fresh"


async def test_cookies_that_a_person_brings_win_over_renewed_ones(desk: Office, following: Following) -> None:
    await _exchange(desk, rur="fresh")
    brought = "sessionid=1%3Adef%3A7%3Anew; ds_user_id=1"
    await desk.sessions.import_lines(ADMIN, brought)
    await following.follow()
    await desk.recorder.commit(with_health=True)
    carried = (await _exchange(desk)).cookies
    assert (carried["sessionid"].reveal(), "rur" in carried) == ("1%3Adef%3A7%3Anew", False)
    assert (await desk.cookies())["sessionid"] == "1%3Adef%3A7%3Anew"


async def test_an_end_that_the_platform_moved_is_stored_and_kept(desk: Office, following: Following) -> None:
    ends_at = desk.clock.now() + timedelta(days=365)
    async with desk.pool.lease() as lease:
        lease.report(GOOD)
        lease.renew(replace(lease.login, ends_at=ends_at))
    await desk.recorder.commit(with_health=True)
    assert (await desk.sessions.list(ADMIN))[0].expires_at == ends_at
    await desk.sessions.disable(ADMIN, "1")
    await following.follow()
    await desk.sessions.enable(ADMIN, "1")
    await following.follow()
    await _exchange(desk, rur="fresh")
    await desk.recorder.commit(with_health=True)
    assert (await desk.sessions.list(ADMIN))[0].expires_at == ends_at


async def test_an_end_that_a_person_brings_with_the_same_cookies_is_not_written_over(
    desk: Office, following: Following
) -> None:
    ends_at = desk.clock.now() + timedelta(days=30)
    pairs = (pair.partition("=") for pair in FIRST.split("; "))
    exported = [{"name": name, "value": value, "expires": ends_at.timestamp()} for name, _, value in pairs]
    await desk.sessions.renew(ADMIN, "1", json.dumps(exported))
    await following.follow()
    await _exchange(desk, rur="fresh")
    await desk.recorder.commit(with_health=True)
    assert (await desk.sessions.list(ADMIN))[0].expires_at == ends_at


async def test_the_first_cookies_brought_again_win_too(desk: Office, following: Following) -> None:
    await _exchange(desk, rur="fresh")
    await desk.recorder.commit(with_health=True)
    await desk.sessions.import_lines(ADMIN, FIRST)
    await following.follow()
    assert (await _exchange(desk)).cookies["rur"].reveal() == "old"


async def test_an_exchange_that_went_out_before_does_not_overwrite_what_a_person_brings(
    desk: Office, following: Following
) -> None:
    async with desk.pool.lease() as lease:
        await desk.sessions.import_lines(ADMIN, "sessionid=1%3Adef%3A7%3Anew; ds_user_id=1")
        await following.follow()
        lease.report(GOOD)
        lease.renew(replace(lease.login, cookies={**lease.login.cookies, "rur": Secret("fresh")}))
    await desk.recorder.commit(with_health=True)
    assert await desk.cookies() == {"sessionid": "1%3Adef%3A7%3Anew", "ds_user_id": "1"}
    assert "rur" not in (await _exchange(desk)).cookies


async def test_limits_that_a_person_sets_are_in_force_and_workers_follow(desk: Office, following: Following) -> None:
    assert not await following.is_behind()
    async with desk.database.transaction() as tx:
        await limits.store(tx, {"workers": 7})
        await engine_state.raise_revision(tx)
    assert await following.is_behind()
    await following.follow()
    assert desk.pool.limits.workers == 7
