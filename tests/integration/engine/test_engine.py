"""The engine over a real database and a platform in memory: verdicts, counters, stopping, waiting, fairness."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from core.app import App, open_app
from core.clock import SystemClock
from core.domain.verdict import Reason
from core.engine import recorder
from core.engine.recorder import Recorder
from core.settings import Settings
from core.sources.base import Response
from core.storage.database import open_database
from tests.integration.engine.conftest import ADMIN, ROUTES, batch_of, finished, verdicts
from tests.integration.engine.recount import recount
from tests.integration.engine.world import Asked, World, answer, lost


async def until(true: Callable[[], Awaitable[bool]], within: float = 10.0) -> None:
    """Wait for something that shows only in the database."""
    async with asyncio.timeout(within):
        while not await true():  # noqa: ASYNC110  # no event tells of what another connection commits
            await asyncio.sleep(0.01)


async def test_every_verdict_is_the_truth_and_is_counted_once(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        done = await finished(app, batch.id)
    truth = {name: what for name, what in world.people.items() if not name.startswith("beacon")}
    assert await verdicts(app, batch.id) == truth
    assert (done.total, done.finished) == (60, 60)
    assert (done.live, done.none, done.private, done.gone, done.unknown) == (24, 30, 3, 3, 0)
    assert done.requests == len(world.asked)
    await recount(app.settings.database_file)


async def test_the_last_verdicts_do_not_wait_for_others_to_be_stored_with(
    app: App, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, by_the_clock = Recorder.commit, []

    async def noted(self: Recorder, **how: bool) -> None:
        if self.backlog:
            by_the_clock.append(how.get("with_health", False))
        await commit(self, **how)

    monkeypatch.setattr(recorder, "LONGEST_WAIT", 3_600.0)
    monkeypatch.setattr(Recorder, "commit", noted)
    async with app.engine.attend("test"):
        done = await finished(app, (await batch_of(app, world)).id)
    assert done.finished == 60
    assert not by_the_clock[-1]


async def test_what_a_check_found_is_added_to_its_profile(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        await finished(app, batch.id)
    live = await app.profiles.show(ADMIN, "live0")
    gone = await app.profiles.show(ADMIN, "lost0")
    assert live.live_now
    assert (live.checks_total, live.conclusive_total, live.stories_total) == (1, 1, 1)
    assert live.platform_id == world.id_of("live0")
    assert (gone.status, gone.last_outcome, gone.stories_total) == ("gone", "gone", 0)


async def test_a_second_batch_needs_no_look_up_for_profiles_that_are_known(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
        world.asked.clear()
        again = await app.batches.create(ADMIN, niche="demo", recheck=True)
        await app.batches.start(ADMIN, [again.id])
        done = await finished(app, again.id)
    looked_up = {name for asked in world.asked if "reels_media" not in asked.path for name in asked.names}
    assert done.unknown == 0
    assert not {name for name in looked_up if name.startswith(("live", "none"))}


async def test_a_stop_drops_what_is_under_way_and_gives_unfinished_checks_back(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        world.gate.clear()
        batch = await batch_of(app, world)
        await until(lambda: _is(world.in_flight == ROUTES))
        (stopped,) = await app.batches.stop(ADMIN, [batch.id])
        await until(lambda: _is(world.in_flight == 0))
        world.gate.set()
        assert stopped.shown_status == "Stopped at 0 %"
        await until(lambda: _nothing_claimed(app))
        assert all(proxy.failures == 0 for proxy in await app.proxies.list(ADMIN))
        await app.batches.start(ADMIN, [batch.id])
        done = await finished(app, batch.id)
    assert done.unknown == 0
    await recount(app.settings.database_file)


async def test_a_stop_is_seen_when_another_process_asks_for_it(app: App, world: World, settings: Settings) -> None:
    async with app.engine.attend("test"), open_app(settings, SystemClock()) as other:
        world.gate.clear()
        batch = await batch_of(app, world)
        await until(lambda: _is(world.in_flight > 0))
        await other.batches.stop(ADMIN, [batch.id])
        await until(lambda: _is(world.in_flight == 0), within=1.0)


async def test_two_batches_advance_side_by_side_and_the_third_waits_in_line(app: App, world: World) -> None:
    niches = ("first", "second", "third")
    for niche in niches:
        world.people |= {f"{niche}{n}": "live" for n in range(40)}
    ids = []
    for niche in niches:
        text = "\n".join(f"{niche}{n}" for n in range(40)).encode()
        await app.imports.import_file(ADMIN, [text], niche=niche, file_name="names", create_niche=True)
        ids.append((await app.batches.create(ADMIN, niche=niche)).id)
    await app.batches.start(ADMIN, ids)
    world.gate.clear()
    async with app.engine.attend("test"):
        await until(lambda: _all_claimed(app, 80))
        states = [(await app.batches.show(ADMIN, each)).shown_status for each in ids]
        assert states == ["Running", "Running", "In line (1st)"]
        world.gate.set()
        for each in ids:
            await finished(app, each)
    # The first batch was claimed first, so the workers that were free then all asked about it.
    turns = [asked.names[0][:5] for asked in world.asked[ROUTES : ROUTES + 40]]
    assert abs(turns.count("first") - turns.count("secon")) <= 4
    assert "third" not in turns


async def test_a_failed_exchange_is_tried_over_another_route(app: App, world: World) -> None:
    failing = {"127.0.0.1:4000", "127.0.0.1:4001"}
    world.answer_first = lambda asked: lost() if asked.proxy in failing else None
    async with app.engine.attend("test"):
        done = await finished(app, (await batch_of(app, world)).id)
    assert done.unknown == 0
    proxies = await app.proxies.list(ADMIN)
    assert {proxy.failures > 0 for proxy in proxies[:2]} == {True}
    assert {proxy.failures for proxy in proxies[2:]} == {0}


async def test_without_any_route_the_batch_waits_and_says_why_until_one_is_there(app: App, world: World) -> None:
    for proxy in await app.proxies.list(ADMIN):
        await app.proxies.disable(ADMIN, str(proxy.id))
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        await until(lambda: _waits(app, batch.id))
        waiting = await app.batches.show(ADMIN, batch.id)
        assert (waiting.waiting_reason, waiting.waiting_until) == ("no session is in service", None)
        await until(lambda: _nothing_claimed(app))
        assert world.asked == []
        # Answered while there is only one session, a profile that is gone would stay unknown.
        world.gate.clear()
        for proxy in await app.proxies.list(ADMIN):
            await app.proxies.enable(ADMIN, str(proxy.id))
        await until(lambda: _is(world.in_flight == ROUTES))
        world.gate.set()
        done = await finished(app, batch.id)
    assert (done.unknown, done.waiting_reason) == (0, None)


async def test_a_used_up_pool_is_no_verdict_and_says_when_it_goes_on(app: App, world: World) -> None:
    await app.limits.set(ADMIN, {"per_route_hour": "1"})
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        await until(lambda: _waits(app, batch.id))
        waiting = await app.batches.show(ADMIN, batch.id)
        assert waiting.waiting_reason is not None
        assert waiting.waiting_until is not None
        assert waiting.unknown == 0
        await until(lambda: _nothing_claimed(app))
        await app.limits.set(ADMIN, {"per_route_hour": "none"})
        done = await finished(app, batch.id)
    assert done.unknown == 0


async def test_when_look_ups_are_used_up_whoever_is_known_is_checked_all_the_same(app: App, world: World) -> None:
    known = [name for name in world.people if name.startswith(("live", "none"))]
    text = "\n".join(["username,id", *(f"{name},{world.id_of(name)}" for name in known)]).encode()
    await app.imports.import_file(ADMIN, [text], niche="demo", file_name="known.csv", create_niche=True)
    world.people |= {f"new{n}": "live" for n in range(20)}
    await app.profiles.add(ADMIN, [f"new{n}" for n in range(20)], "demo")
    await app.limits.set(ADMIN, {"lookups_hour": "1"})
    batch = await app.batches.create(ADMIN, niche="demo")
    await app.batches.start(ADMIN, [batch.id])
    async with app.engine.attend("test"):
        await until(lambda: _waits(app, batch.id))
        await until(lambda: _has_finished(app, batch.id, len(known)))
        waiting = await app.batches.show(ADMIN, batch.id)
        assert waiting.waiting_until is not None
        assert waiting.unknown == 0
        await app.limits.set(ADMIN, {"lookups_hour": "none"})
        done = await finished(app, batch.id)
    assert (done.unknown, done.live) == (0, 44)


async def test_a_bug_costs_its_checks_and_not_the_batch(app: App, world: World) -> None:
    def answer_first(asked: Asked) -> Response | Exception | None:
        return ZeroDivisionError("planted") if "live3" in asked.names else None

    world.answer_first = answer_first
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        done = await finished(app, batch.id)
    assert await app.batches.unknown_reasons(ADMIN, batch.id) == {Reason.INTERNAL: 1}
    assert (done.live, done.unknown) == (23, 1)
    (group,) = await _rows(app, "SELECT kind, title, count, sample FROM error_group")
    assert group["title"].startswith("ZeroDivisionError")


async def test_an_answer_that_nobody_understands_is_unknown_and_its_sample_is_kept(app: App, world: World) -> None:
    strange = answer({"strange": "news", "token": "AbCdEf0123456789AbCdEf0123"})
    world.answer_first = lambda asked: strange if "reels_media" in asked.path and "live3" in asked.names else None
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        await finished(app, batch.id)
    assert (await verdicts(app, batch.id))["live3"] == "unknown"
    samples = [row["sample"] for row in await _rows(app, "SELECT sample FROM error_group")]
    assert any("strange" in sample for sample in samples)
    assert not any("AbCdEf0123456789" in sample for sample in samples)


async def test_limits_apply_at_once_while_a_batch_runs(app: App, world: World) -> None:
    await app.limits.set(ADMIN, {"workers": "2"})
    async with app.engine.attend("test"):
        world.gate.clear()
        batch = await batch_of(app, world)
        await until(lambda: _is(world.in_flight == 2))
        await app.limits.set(ADMIN, {"workers": "5"})
        await until(lambda: _is(world.in_flight == 5))
        world.gate.set()
        await finished(app, batch.id)


async def test_a_quarantine_that_a_person_ends_is_not_written_over(app: App, world: World) -> None:
    world.answer_first = lambda asked: lost() if asked.proxy.endswith(":4000") else None
    await app.limits.set(ADMIN, {"rest_scale": "100"})
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
        await until(lambda: _state_is(app, 1, "quarantined"))
        world.answer_first = lambda _: None
        await app.proxies.enable(ADMIN, "1")
        again = await app.batches.create(ADMIN, niche="demo", recheck=True)
        await app.batches.start(ADMIN, [again.id])
        await finished(app, again.id)
        await until(lambda: _successes(app, 1))
    assert await _state_is(app, 1, "ready")


async def test_cookies_that_the_platform_renews_are_kept(app: App, world: World) -> None:
    def renewing(asked: Asked) -> Response | None:
        answered = world._answer(asked)
        answered.headers["set-cookie"] = ("rur=fresh; Path=/",)  # type: ignore[index]
        return answered

    world.answer_first = renewing
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
    first = (await _rows(app, "SELECT cookies FROM session ORDER BY id"))[0]["cookies"]
    assert "fresh" not in first
    assert (await app.sessions.list(ADMIN))[0].successes > 0


async def _is(value: bool) -> bool:
    return value


async def _waits(app: App, batch_id: str) -> bool:
    return (await app.batches.show(ADMIN, batch_id)).waiting_reason is not None


async def _has_finished(app: App, batch_id: str, count: int) -> bool:
    return (await app.batches.show(ADMIN, batch_id)).finished >= count


async def _state_is(app: App, proxy_id: int, state: str) -> bool:
    return next(proxy for proxy in await app.proxies.list(ADMIN) if proxy.id == proxy_id).state == state


async def _successes(app: App, proxy_id: int) -> bool:
    return next(proxy for proxy in await app.proxies.list(ADMIN) if proxy.id == proxy_id).successes > 0


async def _nothing_claimed(app: App) -> bool:
    return not await _rows(app, "SELECT 1 FROM checks WHERE claimed_until IS NOT NULL LIMIT 1")


async def _all_claimed(app: App, count: int) -> bool:
    return len(await _rows(app, "SELECT 1 FROM checks WHERE claimed_until IS NOT NULL")) == count


async def _rows(app: App, sql: str) -> list[dict[str, str]]:
    file: Path = app.settings.database_file
    async with open_database(file, clock=SystemClock()) as database:
        return [{name: row[name] for name in row.keys()} for row in await database.fetch(sql)]  # noqa: SIM118
