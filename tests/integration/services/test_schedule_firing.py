"""Due runs happen once: over crashes, outages, restarts and clocks that jump."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.domain.actor import Actor
from core.events import Events
from core.services import schedule_firing
from core.services.batches import Batches
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.schedule_plans import plan_scheduled
from core.services.schedules import Schedules
from core.services.views import ScheduleDraft, ScheduleRunView, ScheduleView
from core.storage import batches as batch_rows
from core.storage import checks, engine_state, schedule_runs
from core.storage.database import Database, sql_time
from tests.integration.services.batch_rows import assert_counters_hold
from tests.integration.services.conftest import Ledger, QuickClock
from tests.integration.services.scheduling import Fired

DAILY = ScheduleDraft(("food",), cron="0 9 * * *", name="mornings")
HOURLY = ScheduleDraft(("food",), cron="0 * * * *", name="hours")


@pytest.fixture
async def schedules(
    database: Database, clock: QuickClock, events: Events, niches: Niches, profiles: Profiles, admin: Actor
) -> Schedules:
    for niche in ("food", "art"):
        await niches.create(admin, niche)
    await profiles.add(admin, ["ann", "bob", "cat"], niche="food")
    await profiles.add(admin, ["dan"], niche="art")
    return Schedules(database, clock, events)


@pytest.fixture
async def fired(database: Database, clock: QuickClock, events: Events) -> AsyncIterator[Fired]:
    """After every test the counters of all batches equal a recount of their checks, and no bug struck."""
    fired = Fired(database, clock, events)
    yield fired
    await assert_counters_hold(database)
    assert fired.bugs == []


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def last_run(schedules: Schedules, actor: Actor) -> ScheduleRunView:
    return (await schedules.runs(actor))[0]


async def test_a_due_run_becomes_a_batch_in_line(
    schedules: Schedules, fired: Fired, batches: Batches, admin: Actor, ledger: Ledger
) -> None:
    view = await schedules.add(admin, DAILY)
    fired.pass_until(utc("2026-01-01T08:59:59"))
    await fired.look()
    assert await fired.batches() == []
    fired.pass_until(utc("2026-01-01T09:00"))
    before = await ledger.revision()
    await fired.look()
    (batch,) = await batches.list(admin)
    assert (batch.name, batch.created_by, batch.niche) == ("mornings 1 Jan 09:00", "schedule mornings", "food")
    assert (batch.total, batch.shown_status) == (3, "In line (1st)")
    assert (await fired.batches())[0]["schedule_id"] == view.id
    run = await last_run(schedules, admin)
    assert (run.why, run.outcome, run.word, run.batch) == ("due", "started", "", batch.id)
    now = await schedules.get(admin, view.id)
    assert (now.batch, now.last_word, now.next_at) == (batch.id, "started", utc("2026-01-02T09:00"))
    assert await ledger.revision() > before
    await fired.look()
    assert len(await fired.batches()) == 1


async def test_a_batch_of_a_schedule_with_a_channel_has_its_message(
    database: Database, clock: QuickClock, events: Events, schedules: Schedules, fired: Fired, admin: Actor
) -> None:
    in_discord = Schedules(database, clock, events, servers=frozenset({7}))
    await in_discord.add(admin, replace(DAILY, channel_id=8))
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    (message,) = await database.fetch("SELECT * FROM batch_message")
    assert (message["guild_id"], message["channel_id"]) == ("7", "8")
    assert message["batch_id"] == (await fired.batches())[0]["id"]


async def test_a_batch_of_several_niches_holds_all_of_them(schedules: Schedules, fired: Fired, admin: Actor) -> None:
    await schedules.add(admin, replace(DAILY, niches=("food", "art")))
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    (batch,) = await fired.batches()
    assert (batch["total"], batch["niche_id"]) == (4, None)


class Killed(BaseException):
    """The process ends here, as by kill -9."""


def dying(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> Callable[[], None]:
    """Let the process end at this function once it is called; gives what brings it back to life."""

    async def killed(*_: Any, **__: Any) -> None:
        raise Killed

    with_it = getattr(owner, name)
    monkeypatch.setattr(owner, name, killed)
    return lambda: monkeypatch.setattr(owner, name, with_it)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (schedule_firing, "lateness"),
        (schedule_firing, "load_limits"),
        (checks, "create"),
        (batch_rows, "add_slice"),
        (batch_rows, "appear"),
        (schedule_runs, "settle"),
        (schedule_runs, "mark_batch"),
        (batch_rows, "enqueue"),
        (engine_state, "raise_revision"),
        (batch_rows, "one"),
    ],
)
async def test_a_run_cut_off_anywhere_makes_exactly_one_batch_after_the_restart(
    monkeypatch: pytest.MonkeyPatch,
    schedules: Schedules,
    fired: Fired,
    admin: Actor,
    ledger: Ledger,
    owner: Any,
    name: str,
) -> None:
    await schedules.add(admin, DAILY)
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.scheduler.tick()
    alive_again = dying(monkeypatch, owner, name)
    with pytest.raises(Killed):
        await fired.scheduler.make()
    assert (await last_run(schedules, admin)).outcome == "open"
    alive_again()
    fired.restarted()
    await fired.look()
    await fired.look()
    (batch,) = [row for row in await fired.batches() if row["status"] != "hidden"]
    assert batch["position"] == 1
    (run,) = await schedules.runs(admin)
    assert (run.outcome, run.batch) == ("started", batch["id"])
    assert await ledger.count("checks") == 3


@pytest.mark.parametrize("name", ["take", "happened", "open_run"])
async def test_a_claim_cut_off_is_made_again(
    monkeypatch: pytest.MonkeyPatch, schedules: Schedules, fired: Fired, admin: Actor, name: str
) -> None:
    await schedules.add(admin, DAILY)
    fired.pass_until(utc("2026-01-01T09:00"))
    alive_again = dying(monkeypatch, schedule_runs, name)
    with pytest.raises(Killed):
        await fired.scheduler.tick()
    alive_again()
    fired.restarted()
    await fired.look()
    assert len(await fired.batches()) == 1
    assert len(await schedules.runs(admin)) == 1


async def test_two_processes_that_take_up_the_same_run_make_one_batch(
    schedules: Schedules, fired: Fired, admin: Actor, ledger: Ledger
) -> None:
    await schedules.add(admin, DAILY)
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.scheduler.tick()
    run = await fired.firing.first_open()
    assert run is not None
    await fired.firing.fire(run)
    await fired.done()
    await fired.firing.fire(run)
    assert len(await fired.batches()) == 1
    assert await ledger.count("checks") == 3


async def test_after_an_outage_each_schedule_runs_once_and_says_what_was_missed(
    schedules: Schedules, fired: Fired, admin: Actor, database: Database
) -> None:
    view = await schedules.add(admin, HOURLY)
    fired.pass_until(utc("2026-01-01T01:00"))
    await fired.look()
    await fired.done()
    fired.pass_until(utc("2026-01-03T05:20"))
    fired.restarted()
    await fired.look()
    await fired.look()
    assert len(await fired.batches()) == 2
    run = await last_run(schedules, admin)
    assert (run.why, run.outcome) == ("catch-up", "started")
    assert run.word == "2 d 3 h 20 min late, with 51 other runs missed"
    assert (await schedules.get(admin, view.id)).next_at == utc("2026-01-03T06:00")
    (alert,) = await database.fetch("SELECT * FROM alert")
    assert (alert["kind"], alert["subject"]) == ("schedule_missed", "hours")
    assert alert["text"] == (
        'The schedule "hours" was to run at 1 Jan 02:00 (UTC) and came 2 d 3 h 20 min late, with 51 other runs missed.'
    )


async def test_a_little_late_is_no_alert(schedules: Schedules, fired: Fired, admin: Actor, ledger: Ledger) -> None:
    await schedules.add(admin, DAILY)
    fired.pass_until(utc("2026-01-01T09:10"))
    await fired.look()
    run = await last_run(schedules, admin)
    assert (run.why, run.word) == ("catch-up", "10 min late")
    assert await ledger.count("alert") == 0


async def test_a_schedule_does_not_overlap_itself(schedules: Schedules, fired: Fired, admin: Actor) -> None:
    await schedules.add(admin, HOURLY)
    fired.pass_until(utc("2026-01-01T01:00"))
    await fired.look()
    fired.pass_until(utc("2026-01-01T02:00"))
    await fired.look()
    run = await last_run(schedules, admin)
    assert (run.outcome, run.word) == ("skipped", 'its last batch, "hours 1 Jan 01:00", was not done')
    assert len(await fired.batches()) == 1
    await fired.done()
    fired.pass_until(utc("2026-01-01T03:00"))
    await fired.look()
    assert len(await fired.batches()) == 2


async def test_a_batch_that_somebody_stopped_is_in_nobodys_way(
    schedules: Schedules, fired: Fired, batches: Batches, admin: Actor
) -> None:
    await schedules.add(admin, HOURLY)
    fired.pass_until(utc("2026-01-01T01:00"))
    await fired.look()
    await batches.stop(admin, [(await fired.batches())[0]["id"]])
    fired.pass_until(utc("2026-01-01T02:00"))
    await fired.look()
    assert len(await fired.batches()) == 2


async def test_where_everybody_is_fresh_there_is_no_batch(
    schedules: Schedules, fired: Fired, admin: Actor, database: Database, ledger: Ledger
) -> None:
    await schedules.add(admin, DAILY)
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE profile SET last_outcome = 'none', last_conclusive_at = ?", sql_time(utc("2026-01-01T08:30"))
        )
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    run = await last_run(schedules, admin)
    assert (run.outcome, run.word) == ("skipped", "everybody was checked shortly before")
    assert (await ledger.count("batch"), await ledger.count("checks")) == (0, 0)


@pytest.mark.parametrize(("fresh", "finished"), [("10m", 0), ("0", 0), ("2h", 1)])
async def test_a_schedule_says_itself_how_fresh_is_fresh(
    schedules: Schedules, fired: Fired, admin: Actor, database: Database, fresh: str, finished: int
) -> None:
    await schedules.add(admin, replace(DAILY, fresh=fresh))
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE profile SET last_outcome = 'none', last_conclusive_at = ? WHERE username = 'ann'",
            sql_time(utc("2026-01-01T08:30")),
        )
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    assert [row["finished"] for row in await fired.batches()] == [finished]


@pytest.mark.parametrize(
    ("only", "checked"), [("all", "ann bob cat"), ("with_story", "ann"), ("without_story", "bob cat")]
)
async def test_a_schedule_may_check_only_those_with_or_without_a_story(
    schedules: Schedules, fired: Fired, admin: Actor, database: Database, only: str, checked: str
) -> None:
    await schedules.add(admin, replace(DAILY, only=only, fresh="0"))
    async with database.transaction() as tx:
        await tx.execute("UPDATE profile SET story_until = ? WHERE username = 'ann'", sql_time(utc("2026-01-01T20:00")))
        await tx.execute("UPDATE profile SET story_until = ? WHERE username = 'bob'", sql_time(utc("2026-01-01T08:00")))
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    rows = await database.fetch("SELECT profile_id FROM checks ORDER BY profile_id")
    assert " ".join(row["profile_id"] for row in rows) == checked


async def test_nobody_to_check_is_a_word_and_no_batch(
    schedules: Schedules, fired: Fired, profiles: Profiles, admin: Actor, ledger: Ledger
) -> None:
    await schedules.add(admin, replace(DAILY, niches=("art",)))
    await profiles.pause(admin, ["dan"])
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    run = await last_run(schedules, admin)
    assert (run.outcome, run.word) == (
        "skipped",
        'nobody in "art" was to be checked: import profiles, or resume some',
    )
    assert await ledger.count("batch") == 0


async def test_a_schedule_goes_on_without_a_niche_that_was_deleted(
    schedules: Schedules, fired: Fired, niches: Niches, admin: Actor
) -> None:
    view = await schedules.add(admin, replace(DAILY, niches=("food", "art")))
    await niches.delete(admin, "food", with_profiles=True)
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    assert [row["total"] for row in await fired.batches()] == [1]
    await fired.done()
    await niches.delete(admin, "art", with_profiles=True)
    fired.pass_until(utc("2026-01-02T09:00"))
    await fired.look()
    run = await last_run(schedules, admin)
    assert (run.outcome, run.word) == ("skipped", "its niche was removed")
    now = await schedules.get(admin, view.id)
    assert (now.enabled, now.next_at, now.last_word) == (False, None, "its niche was removed")


async def seen_live(database: Database, *usernames: str, at: datetime) -> None:
    async with database.transaction() as tx:
        for username in usernames:
            await tx.execute("UPDATE profile SET last_story_at = ? WHERE username = ?", sql_time(at), username)


async def test_a_niche_that_met_its_daily_target_is_left_out(
    schedules: Schedules, fired: Fired, niches: Niches, admin: Actor, database: Database
) -> None:
    await niches.set_target(admin, "food", 2)
    await schedules.add(admin, replace(DAILY, niches=("food", "art"), stop_at_target=True))
    await schedules.add(admin, replace(DAILY, name="food alone", stop_at_target=True))
    await seen_live(database, "ann", "bob", at=utc("2026-01-01T00:10"))
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    assert [row["total"] for row in await fired.batches()] == [1]
    (run,) = await schedules.runs(admin, "food alone")
    assert (run.outcome, run.word) == ("skipped", "the daily story target was met")
    await fired.done()
    fired.pass_until(utc("2026-01-02T09:00"))
    await fired.look()
    assert sorted(row["total"] for row in await fired.batches()) == [1, 3, 4]


async def test_a_batch_stops_when_its_niche_has_met_the_target(
    schedules: Schedules, fired: Fired, batches: Batches, niches: Niches, admin: Actor, database: Database
) -> None:
    await niches.set_target(admin, "food", 2)
    await schedules.add(admin, replace(DAILY, stop_at_target=True))
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    await seen_live(database, "ann", at=utc("2026-01-01T09:01"))
    await fired.firing.stop_at_targets()
    (batch,) = await batches.list(admin)
    assert batch.shown_status == "In line (1st)"
    await seen_live(database, "bob", at=utc("2026-01-01T09:02"))
    await fired.firing.stop_at_targets()
    (batch,) = await batches.list(admin)
    assert (batch.shown_status, batch.requested_at) == ("Ready", None)
    assert (await batches.log(admin, batch.id, 1))[0].text == "the daily story target is met"


async def test_a_run_that_is_late_waits_for_the_active_hours(schedules: Schedules, fired: Fired, admin: Actor) -> None:
    view = await schedules.add(admin, replace(HOURLY, active="08:00-22:00"))
    fired.pass_until(utc("2026-01-01T23:30"))
    await fired.look()
    assert await fired.batches() == []
    assert (await schedules.get(admin, view.id)).next_at == utc("2026-01-02T08:00")
    fired.pass_until(utc("2026-01-02T08:00"))
    await fired.look()
    assert len(await fired.batches()) == 1


async def test_a_clock_that_is_put_back_makes_nothing_happen_twice(
    schedules: Schedules, fired: Fired, admin: Actor
) -> None:
    await schedules.add(admin, HOURLY)
    for hour in (1, 2, 3):
        fired.pass_until(utc(f"2026-01-01T0{hour}:00"))
        await fired.look()
        await fired.done()
    fired.pass_until(utc("2026-01-01T01:30"))
    await fired.look()
    for hour in (2, 3, 4, 5):
        fired.pass_until(utc(f"2026-01-01T0{hour}:00"))
        await fired.look()
        await fired.done()
    assert sorted(run.due_at.hour for run in await schedules.runs(admin)) == [1, 2, 3, 4, 5]
    assert len(await fired.batches()) == 5


async def test_a_clock_that_was_far_ahead_does_not_silence_a_schedule(
    schedules: Schedules, fired: Fired, admin: Actor
) -> None:
    await schedules.add(admin, HOURLY)
    fired.pass_until(utc("2031-01-01T00:30"))
    await fired.look()
    await fired.done()
    fired.pass_until(utc("2026-01-01T01:30"))
    await fired.look()
    fired.pass_until(utc("2026-01-01T02:00"))
    await fired.look()
    assert len(await fired.batches()) == 2
    assert (await last_run(schedules, admin)).due_at == utc("2026-01-01T02:00")


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", "2026-10-25"), ("Europe/Berlin", "2026-03-29")])
async def test_a_daily_run_happens_once_on_the_days_on_which_clocks_change(
    schedules: Schedules, fired: Fired, admin: Actor, zone: str, day: str
) -> None:
    fired.pass_until(utc(f"{day}T00:00") - timedelta(hours=6))
    await schedules.add(admin, replace(DAILY, cron="30 2 * * *", timezone=zone))
    for quarter in range(4 * 24):
        fired.pass_until(utc(f"{day}T00:00") - timedelta(hours=6) + timedelta(minutes=15 * quarter))
        await fired.look()
        await fired.done()
    assert len(await schedules.runs(admin)) == 1


async def test_a_run_by_hand_is_made_by_whoever_has_the_engine(
    schedules: Schedules, fired: Fired, admin: Actor
) -> None:
    view = await schedules.add(admin, DAILY)
    await schedules.pause(admin, [view.id])
    await schedules.run_now(admin, [view.id])
    await fired.look()
    run = await last_run(schedules, admin)
    assert (run.why, run.outcome) == ("by hand", "started")
    assert len(await fired.batches()) == 1
    now = await schedules.get(admin, view.id)
    assert (now.last_at, now.last_word, now.next_at) == (run.at, "started", None)


async def test_a_mistake_of_ours_fails_one_run_and_no_other(
    monkeypatch: pytest.MonkeyPatch, schedules: Schedules, fired: Fired, admin: Actor
) -> None:
    await schedules.add(admin, DAILY)
    await schedules.add(admin, replace(DAILY, name="others", niches=("art",)))
    real, calls = plan_scheduled, []

    def wrong(*given: Any, **named: Any) -> Any:
        calls.append(given)
        if len(calls) == 1:
            raise ZeroDivisionError
        return real(*given, **named)

    monkeypatch.setattr(schedule_firing, "plan_scheduled", wrong)
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    assert sorted(run.outcome for run in await schedules.runs(admin)) == ["failed", "started"]
    assert [type(bug) for bug in fired.bugs] == [ZeroDivisionError]
    fired.bugs.clear()


async def many(schedules: Schedules, admin: Actor, count: int) -> list[ScheduleView]:
    return [await schedules.add(admin, replace(DAILY, name=f"number {number}")) for number in range(count)]


async def test_schedules_that_are_due_together_all_run_in_order(
    schedules: Schedules, fired: Fired, admin: Actor
) -> None:
    await many(schedules, admin, 120)
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    assert [row["position"] for row in await fired.database.fetch("SELECT position FROM batch ORDER BY rowid")] == list(
        range(1, 121)
    )


async def test_a_tick_looks_at_no_schedule_that_is_not_due(
    schedules: Schedules, fired: Fired, admin: Actor, database: Database
) -> None:
    await many(schedules, admin, 30)
    plan = await database.fetch(f"EXPLAIN QUERY PLAN {schedule_runs._DUE}", sql_time(utc("2026-01-01T09:00")), 50)
    (step,) = plan
    assert step["detail"].startswith("SEARCH schedule USING INDEX idx_schedule_enabled_")
    assert step["detail"].endswith(" (enabled=? AND next_at<?)")
    assert await schedule_runs.due(database, utc("2026-01-01T08:00"), 50) == []


async def test_a_schedule_whose_time_zone_is_gone_pauses_with_a_sentence(
    schedules: Schedules, fired: Fired, admin: Actor, database: Database
) -> None:
    view = await schedules.add(admin, DAILY)
    async with database.transaction() as tx:
        await tx.execute("UPDATE schedule SET timezone = 'Europe/Atlantis'")
    fired.pass_until(utc("2026-01-01T09:00"))
    await fired.look()
    now = await schedules.get(admin, view.id)
    assert (now.enabled, await fired.batches()) == (False, [])
    assert now.last_word is not None
    assert now.last_word.startswith('paused: time zone: "Europe/Atlantis" is no time zone')
