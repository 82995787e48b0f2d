"""The verbs of schedules: what they take, what they refuse, and what they leave behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import Events, Mailbox, SchedulesChanged
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.schedules import Schedules
from core.services.views import ScheduleDraft
from core.storage.database import Database
from tests.integration.services.conftest import Ledger, QuickClock

BERLIN = ZoneInfo("Europe/Berlin")
DRAFT = ScheduleDraft(("food",), every="4h")


@pytest.fixture
async def schedules(database: Database, clock: QuickClock, events: Events, niches: Niches, admin: Actor) -> Schedules:
    await niches.create(admin, "food")
    await niches.create(admin, "art")
    return Schedules(database, clock, events, BERLIN, frozenset({77}))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_an_added_schedule_runs_one_interval_from_now(
    schedules: Schedules, operator: Actor, ledger: Ledger, clock: QuickClock
) -> None:
    view = await schedules.add(operator, DRAFT)
    assert (view.name, view.rule, view.niches, view.enabled) == ("food every 4 h", "every 4 h", ("food",), True)
    assert view.timezone == "Europe/Berlin"
    assert view.next_due_at == clock.now() + timedelta(hours=4)
    assert view.next_at is not None
    assert timedelta(0) <= view.next_at - view.next_due_at <= timedelta(minutes=10)
    assert (await ledger.audited())[-1] == (
        "panel:olga",
        "schedule.add",
        "food every 4 h",
        "every 4 h, Europe/Berlin, food",
    )


async def test_a_viewer_sees_schedules_and_changes_none(schedules: Schedules, viewer: Actor, operator: Actor) -> None:
    view = await schedules.add(operator, DRAFT)
    assert await schedules.list(viewer) == (view,)
    assert await schedules.get(viewer, view.id) == view
    assert await schedules.names(viewer) == (view.name,)
    for verb in (
        schedules.add(viewer, DRAFT),
        schedules.change(viewer, view.id, DRAFT),
        schedules.pause(viewer, [view.id]),
        schedules.resume(viewer, [view.id]),
        schedules.run_now(viewer, [view.id]),
        schedules.remove(viewer, [view.id]),
    ):
        with pytest.raises(NotAllowed, match="takes the role operator"):
            await verb


async def test_a_schedule_says_everything_that_was_written(schedules: Schedules, operator: Actor) -> None:
    draft = ScheduleDraft(
        niches=("Food", "art", "food"),
        cron="30 9 * * mon-fri",
        name=" mornings  here ",
        timezone="america/new_york",
        jitter="10m",
        active="08:00-22:00",
        fresh="90m",
        only="with-story",
        stop_at_target=True,
        only_changes=True,
        channel_id=12,
        mention=13,
    )
    view = await schedules.add(operator, draft)
    assert (view.name, view.niches, view.timezone) == ("mornings here", ("food", "art"), "America/New_York")
    assert (view.jitter_seconds, view.active, view.fresh_minutes) == (600, "08:00-22:00", 90)
    assert (view.only, view.stop_at_target, view.only_changes) == ("with_story", True, True)
    assert (view.guild_id, view.channel_id, view.mention) == (77, 12, 13)
    again = await schedules.change(operator, "MORNINGS here", view.draft)
    assert replace(again, starts_at=view.starts_at, draft=view.draft) == view


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"every": ""}, "every", "either an interval such as 4h, or a cron rule"),
        ({"cron": "* * * * *"}, "every", "either an interval such as 4h, or a cron rule"),
        ({"every": "soon"}, "every", "write a length of time such as 90m, 4h or 1d"),
        ({"every": "10s"}, "every", "from 1 min to 366 d, not 10 s"),
        ({"every": "", "cron": "30 2 31 2 *"}, "cron", "never comes: Feb has no day 31"),
        ({"timezone": "Berlin"}, "time zone", "did you mean Europe/Berlin"),
        ({"jitter": "3h"}, "jitter", "at most half of the interval, 2 h"),
        ({"active": "8 to 10"}, "active hours", "write them as 08:00-22:00"),
        ({"fresh": "soon"}, "fresh", "write a length of time such as 60m, or 0"),
        ({"only": "some"}, "only", "is none of all, with_story, without_story"),
        ({"niches": ()}, "niche", "name at least one niche"),
        ({"name": "12"}, "name", "looks like an id; add a letter"),
        ({"name": "x" * 81}, "name", "at most 80 characters"),
        ({"name": "a\x00b"}, "name", "letters, digits, signs"),
        ({"channel_id": -4}, "channel", "developer mode"),
        ({"mention": 2**70}, "mention", "developer mode"),
        ({"starts_at": datetime(2026, 1, 1)}, "start", "with its time zone"),  # noqa: DTZ001  # that is what is wrong
    ],
)
async def test_each_field_that_cannot_be_used_is_told_in_a_sentence(
    schedules: Schedules, operator: Actor, ledger: Ledger, changed: dict[str, object], field: str, why: str
) -> None:
    with pytest.raises(InvalidInput, match=why) as refused:
        await schedules.add(operator, replace(DRAFT, **changed))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert await ledger.count("schedule") == 0


async def test_a_niche_that_does_not_exist_is_told(schedules: Schedules, operator: Actor) -> None:
    with pytest.raises(NotFound, match='no niche "fod"; did you mean "food"'):
        await schedules.add(operator, replace(DRAFT, niches=("fod",)))


async def test_a_channel_needs_its_server_where_the_bot_is_in_several(
    database: Database, clock: QuickClock, events: Events, schedules: Schedules, operator: Actor
) -> None:
    several = Schedules(database, clock, events, BERLIN, frozenset({1, 2}))
    with pytest.raises(InvalidInput, match="say which Discord server the channel is in; the bot answers in several"):
        await several.add(operator, replace(DRAFT, channel_id=5))
    view = await several.add(operator, replace(DRAFT, channel_id=5, guild_id=2))
    assert (view.guild_id, view.channel_id) == (2, 5)


async def test_a_name_is_taken_once_and_made_up_ones_are_numbered(schedules: Schedules, operator: Actor) -> None:
    first, second = await schedules.add(operator, DRAFT), await schedules.add(operator, DRAFT)
    assert (first.name, second.name) == ("food every 4 h", "food every 4 h 2")
    with pytest.raises(InvalidInput, match='already a schedule "food every 4 h"'):
        await schedules.add(operator, replace(DRAFT, name="FOOD every 4 h"))
    with pytest.raises(InvalidInput, match="already a schedule"):
        await schedules.change(operator, second.id, replace(second.draft, name=first.name))


async def test_an_unknown_schedule_is_told_with_the_closest_one(schedules: Schedules, operator: Actor) -> None:
    with pytest.raises(NotFound, match="there are none yet"):
        await schedules.get(operator, "mornings")
    await schedules.add(operator, replace(DRAFT, name="mornings"))
    with pytest.raises(NotFound, match='no schedule "morning"; did you mean "mornings"'):
        await schedules.get(operator, "morning")
    with pytest.raises(NotFound, match='no schedule "99"'):
        await schedules.remove(operator, ["mornings", 99])
    assert len(await schedules.list(operator)) == 1
    assert len(await schedules.remove(operator, ["mornings", 99], leave_missing=True)) == 1


async def test_a_paused_schedule_has_no_run_to_come_and_goes_on_from_now(
    schedules: Schedules, operator: Actor, clock: QuickClock, ledger: Ledger
) -> None:
    view = await schedules.add(operator, DRAFT)
    (paused,) = await schedules.pause(operator, [view.id])
    assert (paused.enabled, paused.next_at) == (False, None)
    assert await schedules.coming(operator, view.id) == ()
    clock.pass_by(10 * 3_600)
    (resumed,) = await schedules.resume(operator, [view.id])
    assert resumed.next_due_at == view.next_due_at + timedelta(hours=8) if view.next_due_at else False
    assert [verb for _, verb, _, _ in await ledger.audited()][-2:] == ["schedule.pause", "schedule.resume"]
    await schedules.resume(operator, [view.id])
    assert (await schedules.get(operator, view.id)) == resumed


async def test_a_paused_schedule_that_is_changed_stays_paused(schedules: Schedules, operator: Actor) -> None:
    view = await schedules.add(operator, DRAFT)
    await schedules.pause(operator, [view.id])
    changed = await schedules.change(operator, view.id, replace(view.draft, every="2h"))
    assert (changed.rule, changed.enabled, changed.next_at) == ("every 2 h", False, None)


async def test_coming_runs_begin_with_the_stored_one_and_rise(
    schedules: Schedules, viewer: Actor, operator: Actor
) -> None:
    view = await schedules.add(operator, replace(DRAFT, jitter="30m", active="08:00-22:00"))
    coming = await schedules.coming(viewer, view.name, 8)
    assert len(coming) == 8
    assert coming[0].at == view.next_at
    assert [run.at for run in coming] == sorted({run.at for run in coming})
    assert all(8 <= run.local.hour < 22 for run in coming)


async def test_a_preview_stores_nothing_and_begins_where_it_is_told(
    schedules: Schedules, viewer: Actor, ledger: Ledger
) -> None:
    start = utc("2026-03-28T00:00")
    found = await schedules.preview(viewer, cron="30 2 * * *", start=start, count=3)
    assert [run.at for run in found] == [utc("2026-03-28T01:30"), utc("2026-03-29T01:30"), utc("2026-03-30T00:30")]
    assert [f"{run.local:%H:%M}" for run in found] == ["02:30", "03:30", "02:30"]
    every = await schedules.preview(viewer, every="1h", start=start, count=2)
    assert [run.at for run in every] == [start, utc("2026-03-28T01:00")]
    assert await ledger.count("schedule") == 0
    with pytest.raises(InvalidInput, match="from 1 to 1,000"):
        await schedules.preview(viewer, every="1h", count=0)


async def test_the_load_counts_whom_a_run_would_check_and_how_often(
    schedules: Schedules, profiles: Profiles, viewer: Actor, admin: Actor
) -> None:
    await profiles.add(admin, ["ann", "bob", "cat"], niche="food")
    await profiles.add(admin, ["dan"], niche="art")
    load = await schedules.load(viewer, replace(DRAFT, niches=("food", "art")))
    assert (load.profiles, load.runs_a_week, load.shortest_seconds) == (4, 42, 4 * 3_600)
    assert load.runs_a_day == 6
    busy = await schedules.load(viewer, replace(DRAFT, every="1m"))
    assert busy.runs_a_week == 7 * 24 * 60
    assert (await schedules.load(viewer, replace(DRAFT, only="with_story"))).profiles == 0
    assert (await schedules.load(viewer, replace(DRAFT, only="without_story"))).profiles == 3


async def test_a_run_by_hand_is_begun_once(schedules: Schedules, operator: Actor, ledger: Ledger) -> None:
    view = await schedules.add(operator, DRAFT)
    (run,) = await schedules.run_now(operator, [view.id])
    assert (run.why, run.outcome, run.schedule) == ("by hand", "open", view.name)
    assert await schedules.run(operator, run.id) == run
    assert await schedules.runs(operator, view.id) == (run,)
    with pytest.raises(Conflict, match="runs already"):
        await schedules.run_now(operator, [view.id])
    assert (await ledger.audited())[-1][1] == "schedule.run"
    with pytest.raises(NotFound, match="no run 99"):
        await schedules.run(operator, 99)


async def test_a_removed_schedule_takes_its_runs_along(schedules: Schedules, operator: Actor, ledger: Ledger) -> None:
    view = await schedules.add(operator, DRAFT)
    await schedules.run_now(operator, [view.id])
    assert (await schedules.remove(operator, [view.id]))[0].name == view.name
    assert (await ledger.count("schedule"), await ledger.count("schedule_run")) == (0, 0)


async def test_a_renamed_niche_stays_and_a_deleted_one_is_counted(
    schedules: Schedules, niches: Niches, operator: Actor
) -> None:
    view = await schedules.add(operator, replace(DRAFT, niches=("food", "art")))
    await niches.rename(operator, "food", "drinks")
    await niches.delete(operator, "art")
    now = await schedules.get(operator, view.id)
    assert (now.niches, now.niches_removed, now.draft.niches) == (("drinks",), 1, ("drinks",))


async def test_who_watches_hears_of_a_change(schedules: Schedules, operator: Actor, news: Mailbox) -> None:
    await schedules.add(operator, DRAFT)
    assert isinstance(news.take(), SchedulesChanged)
