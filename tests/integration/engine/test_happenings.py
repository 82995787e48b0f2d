"""What happened is stored with the verdicts: once, with names, and with the alerts that it is worth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.app import App
from core.clock import FakeClock
from core.domain.health import Report
from core.domain.limits import Limits
from core.domain.transition import Kind
from core.domain.verdict import Act, Blame, Consequence, Reason
from core.engine.proof import CanaryRecord
from core.errors import Unavailable
from core.network.pool import Needs
from core.services.canaries import Canaries
from core.sources.base import Subject
from core.storage import alerts, engine_state, happenings, hourly_stats, resource_events
from core.storage.database import Database, Transaction, open_database
from core.storage.happenings import Happened
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.recording import Office, office
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import Asked, World, answer, lost

GOOD = Report(ok=True)
CHALLENGE = Report(
    ok=False, reason=Reason.CHALLENGE, blame=Blame.SESSION, consequence=Consequence(Act.FREEZE_CHECKPOINT)
)
DOWN = Report(ok=False, reason=Reason.PROXY_ERROR, blame=Blame.PROXY, consequence=Consequence(Act.PROXY_FAILED))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def desk(database: Database, clock: FakeClock) -> Office:
    """A recorder over one route, followed."""
    desk = office(database, clock)
    await desk.route()
    desk.recorder.followed = await engine_state.revision(database)
    return desk


async def exchange(desk: Office, report: Report) -> None:
    async with desk.pool.lease(Needs()) as lease:
        lease.report(report)
        lease.elapsed_ms = 120.0


async def store(desk: Office) -> None:
    await desk.recorder.commit(with_health=True)


async def log(desk: Office, kind: Kind) -> list[tuple[str, str, str, str]]:
    """Subject, from, to and why of the stored lines, the oldest first."""
    stored = [event.change for event in await resource_events.latest(desk.database, kind, 100)]
    return [(each.subject, each.before, each.after, each.reason) for each in reversed(stored)]


async def told(desk: Office) -> list[tuple[str, str]]:
    return [(alert.kind, alert.subject) for alert in reversed(await alerts.latest(desk.database, 100))]


class _Failing:
    """The first time, storing what happened fails after everything was written."""

    def __init__(self, error: Exception) -> None:
        self._error: Exception | None = error
        self._real = happenings.tell

    async def __call__(self, tx: Transaction, happened: Happened, *rest: object) -> None:
        await self._real(tx, happened, *rest)  # type: ignore[arg-type]
        if self._error is not None:
            error, self._error = self._error, None
            raise error


async def test_a_session_that_freezes_is_a_line_with_its_label_and_one_alert(desk: Office) -> None:
    await exchange(desk, CHALLENGE)
    await store(desk)
    await store(desk)
    assert await log(desk, Kind.SESSION) == [("session-1", "valid", "checkpoint", "challenge")]
    assert await told(desk) == [("session_frozen", "session-1")]


async def test_a_commit_that_fails_stores_what_happened_with_the_next_one_and_once(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(happenings, "tell", _Failing(Unavailable("the disk is full")))
    desk.canaries.replace([CanaryRecord("nasa", "1", kept=True)])
    desk.canaries.heard([Subject("nasa", "1")], {"1"}, 1, desk.clock.now())
    await exchange(desk, CHALLENGE)
    with pytest.raises(Unavailable):
        await store(desk)
    assert await log(desk, Kind.SESSION) == []
    await store(desk)
    assert len(await log(desk, Kind.SESSION)) == len(await told(desk)) == 1
    assert await log(desk, Kind.CANARY) == [("nasa", "untested", "proven", "seen")]
    (hour,) = await hourly_stats.hourly(desk.database, desk.clock.now() - timedelta(hours=1))
    assert hour.count == 1


async def test_what_happened_is_stored_once_though_health_has_to_wait_for_a_persons_change(desk: Office) -> None:
    await exchange(desk, CHALLENGE)
    async with desk.database.transaction() as tx:
        await engine_state.raise_revision(tx)
    await store(desk)
    assert [session.state for session in await desk.sessions.list(ADMIN)] == ["valid"]
    desk.recorder.followed = await engine_state.revision(desk.database)
    await store(desk)
    assert [session.state for session in await desk.sessions.list(ADMIN)] == ["checkpoint"]
    assert len(await log(desk, Kind.SESSION)) == len(await told(desk)) == 1


async def test_what_a_cancelled_commit_stored_is_not_stored_again(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await exchange(desk, CHALLENGE)
    real: Callable[..., object] = desk.database.at_once

    class Cancelled:
        """Committed, and cancelled before it could say what it did."""

        committed = True

        def __init__(self, work: Callable[[Transaction], object]) -> None:
            self._storing = real(work)

        def __await__(self):  # type: ignore[no-untyped-def]
            yield from self._storing.__await__()  # type: ignore[attr-defined]
            raise asyncio.CancelledError

    with monkeypatch.context() as patched:
        patched.setattr(desk.database, "at_once", Cancelled)
        with pytest.raises(asyncio.CancelledError):
            await store(desk)
    await store(desk)
    assert len(await log(desk, Kind.SESSION)) == len(await told(desk)) == 1


async def test_a_proxy_that_fails_in_a_row_is_told_once_and_again_after_it_did_well(desk: Office) -> None:
    patient = replace(Limits.sandbox(), proxy_failures=100)
    desk.pool.set_limits(patient)
    for _ in range(5):
        await exchange(desk, DOWN)
        await store(desk)
    assert await told(desk) == [("proxy_failing", "proxy 1")]
    for _ in range(50):
        await exchange(desk, GOOD)
    await store(desk)
    for _ in range(3):
        await exchange(desk, DOWN)
    await store(desk)
    assert await told(desk) == [("proxy_failing", "proxy 1")] * 2
    (latest, _) = await alerts.latest(desk.database, 5)
    assert latest.text.startswith("The proxy 1 (http://127.0.0.1:4000) failed 3 times in a row")
    assert latest.delivered_at is None


async def test_a_failing_proxy_that_could_not_be_told_is_told_with_the_next_commit(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(happenings, "tell", _Failing(Unavailable("the disk is full")))
    for _ in range(3):
        await exchange(desk, DOWN)
    with pytest.raises(Unavailable):
        await store(desk)
    await store(desk)
    assert await told(desk) == [("proxy_failing", "proxy 1")]


async def test_exchanges_of_one_hour_are_added_up_over_commits(desk: Office) -> None:
    for report in (GOOD, GOOD, DOWN):
        await exchange(desk, report)
        await store(desk)
    stored = await hourly_stats.hourly(desk.database, desk.clock.now() - timedelta(hours=1), proxy_id=1)
    assert [(each.reason, each.blame, each.count, each.times[1]) for each in stored] == [
        ("ok", "nobody", 2, 2),
        ("proxy_error", "proxy", 1, 1),
    ]
    assert await hourly_stats.p95_by_proxy(desk.database, desk.clock.now() - timedelta(hours=1)) == pytest.approx(
        {1: 242.5}
    )
    assert await hourly_stats.hourly(desk.database, desk.clock.now(), proxy_id=2) == []


async def test_figures_are_stored_no_oftener_than_health(desk: Office) -> None:
    batch = await desk.batch(2)
    desk.recorder.followed = await engine_state.revision(desk.database)
    first, second = await desk.targets(batch)
    await exchange(desk, GOOD)
    desk.settle(batch, first)
    await desk.recorder.commit()
    assert await hourly_stats.hourly(desk.database, desk.clock.now() - timedelta(hours=1)) == []
    await desk.clock.advance(1.0)
    desk.settle(batch, second)
    await desk.recorder.commit()
    assert len(await hourly_stats.hourly(desk.database, desk.clock.now() - timedelta(hours=1))) == 1


async def test_a_proxy_that_was_removed_meanwhile_keeps_its_line(desk: Office) -> None:
    await exchange(desk, DOWN)
    await exchange(desk, DOWN)
    await exchange(desk, DOWN)
    await desk.proxies.remove(ADMIN, "1")
    await store(desk)
    lines = await log(desk, Kind.PROXY)
    assert ("proxy 1", "ready", "quarantined", "proxy_error") in lines


async def test_sessions_and_canaries_are_measured_in_the_database(desk: Office) -> None:
    canaries = Canaries(desk.database, desk.clock, desk.events)
    await canaries.add(ADMIN, ["nasa"])
    desk.canaries.replace([CanaryRecord("nasa", "1", kept=True)])
    for live in ({"1"}, {"2"}, set[str]()):
        desk.canaries.heard([Subject("nasa", "1")], live, 1, desk.clock.now())
        await store(desk)
    (session,) = await desk.sessions.list(ADMIN)
    assert session.canary_share == 1 / 3
    (canary,) = await canaries.list(ADMIN)
    assert (canary.state, canary.asked, canary.seen, canary.live_share) == ("proven", 2, 1, 0.5)


async def test_a_canary_that_retires_is_stored_told_and_brought_back_by_a_person(desk: Office) -> None:
    canaries = Canaries(desk.database, desk.clock, desk.events)
    await canaries.add(ADMIN, ["nasa"])
    desk.canaries.replace([CanaryRecord("nasa", "1", kept=True)])
    for number in range(20):
        desk.canaries.heard([Subject("nasa", "1")], {"2"}, number % 3, desk.clock.now())
    await store(desk)
    (canary,) = await canaries.list(ADMIN)
    assert (canary.state, canary.why) == ("retired", "20 proven answers in a row over 3 sessions did not show it")
    assert await told(desk) == [("canary_retired", "nasa")]
    added = await canaries.add(ADMIN, ["nasa", "nba"])
    assert (added.created, added.known, added.brought_back) == (1, 1, ("nasa",))
    assert [(each.username, each.state, each.why) for each in await canaries.list(ADMIN)] == [
        ("nasa", "missing", None),
        ("nba", "untested", None),
    ]
    assert (await log(desk, Kind.CANARY))[-1] == ("nasa", "retired", "missing", "enabled: by cli:ann")


# -- with an engine --------------------------------------------------------------------


async def test_a_session_that_is_challenged_in_a_batch_tells_its_story_and_is_told_once(app: App, world: World) -> None:
    def challenge(asked: Asked) -> object:
        if asked.session != "1":
            return None
        return answer({"message": "challenge_required", "status": "fail", "challenge": {"url": "/c/"}}, 400)

    world.answer_first = challenge  # type: ignore[assignment]
    async with app.engine.attend("test"):
        done = await finished(app, (await batch_of(app, world)).id)
    assert done.unknown == 0
    (line,) = [line for line in await app.resource_log.sessions(ADMIN, "session-1") if line.after == "checkpoint"]
    assert line.happened == ("is challenged and waits for a person: the platform challenges it (challenge)")
    assert [(alert.kind, alert.subject) for alert in await app.alerts.list(ADMIN)] == [("session_frozen", "session-1")]
    await app.sessions.enable(ADMIN, "session-1")
    assert (await app.resource_log.sessions(ADMIN, "session-1"))[-1].happened == "was switched on by cli:ann"


async def test_a_retired_canary_is_not_asked_for_until_it_is_added_again(app: App, world: World) -> None:
    async with open_database(app.settings.database_file, clock=app.clock) as database, database.transaction() as tx:
        await tx.execute("UPDATE canary SET retired_at = created_at WHERE username = 'beacon1'")
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
        asked = world.times_asked()
        assert (asked["beacon1"], asked["beacon2"] > 0) == (0, True)
        await app.canaries.add(ADMIN, ["beacon1"])
        again = await app.batches.create(ADMIN, niche="demo", recheck=True)
        await app.batches.start(ADMIN, [again.id])
        await finished(app, again.id)
    assert world.times_asked()["beacon1"] > 0


async def test_an_engine_that_starts_again_does_not_tell_a_spell_a_second_time(app: App, world: World) -> None:
    world.answer_first = lambda asked: lost() if asked.proxy.endswith(":4000") else None
    first = await batch_of(app, world)
    async with app.engine.attend("test"):
        await finished(app, first.id)
        await until(lambda: _told(app, 1))
    again = await app.batches.create(ADMIN, niche="demo", recheck=True)
    await app.batches.start(ADMIN, [again.id])
    async with app.engine.attend("test"):
        await finished(app, again.id)
    (alert,) = await app.alerts.list(ADMIN)
    assert (alert.kind, alert.subject) == ("proxy_failing", "proxy 1")
    kinds = {line.after for line in await app.resource_log.proxies(ADMIN, "1")}
    assert "quarantined" in kinds


async def _told(app: App, count: int) -> bool:
    return len(await app.alerts.list(ADMIN)) >= count
