"""After set-up nobody presses a button: a week of schedules and alerts, with everything that a week brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from core.app import App
from core.secrets import Secret
from core.services.views import AlertView, ScheduleDraft
from sandbox.faults import Faults, RowFault
from sandbox.scenario import Scenario
from tests.acceptance.week import ADMIN, Receiver, Week, utc

MONDAY, NEXT_MONDAY = utc("2026-10-19 00:00"), utc("2026-10-26 00:00")
NICHES = ("walks", "bakers", "runners")
ROUND, EARLY, WEEKDAYS = "round", "early", "weekdays"

# What the rules name, in UTC.  Berlin is two hours ahead until Sunday the 25th at 01:00, and half past two comes twice
# on that day.
DUE = {
    ROUND: [MONDAY + timedelta(hours=hours) for hours in range(4, 7 * 24, 4)],
    EARLY: [utc(f"2026-10-{day} 00:30") for day in range(19, 26)],
    WEEKDAYS: [utc(f"2026-10-{day} 07:30") for day in range(19, 24)],
}
DOWN, UP_AGAIN = utc("2026-10-20 09:00"), utc("2026-10-20 15:00")
LOGGED_OUT = utc("2026-10-21 02:00")
DEAF, HEARS_AGAIN = utc("2026-10-21 06:00"), utc("2026-10-21 14:00")
PLATFORM_AWAY, PLATFORM_BACK = utc("2026-10-22 07:59"), utc("2026-10-22 12:30")
CUT_OFF = utc("2026-10-24 12:00")

# What was due while nothing ran came late, and what was due while its last batch still waited was left out.
ODD = {utc("2026-10-20 12:00"): ("catch-up", "started"), utc("2026-10-22 12:00"): ("due", "skipped")}

UNLIMITED = dict.fromkeys(("per_route_hour", "per_route_day", "lookups_hour", "lookups_day"), "none")


async def test_each_due_run_happens_once_and_each_alert_arrives_once(tmp_path: Path) -> None:
    week = Week(tmp_path, MONDAY, Scenario(profiles=60, proxies=6, private_share=0.05, gone_share=0.0))
    async with Receiver().open() as receiver:
        await _live_through(week, receiver)
        async with week.life() as app:
            await _judge(app, week, receiver)


async def _live_through(week: Week, receiver: Receiver) -> None:
    logged_out = week.world.platform.logins[0].account
    async with week.running() as app:
        await _set_up(app, week, receiver)
        await week.until(DOWN)
    week.away(UP_AGAIN)
    async with week.running():
        await week.until(LOGGED_OUT)
        session_gone = RowFault(row=9, session=logged_out)
        week.world.set_faults(Faults(rows=(session_gone,)))
        await week.until(DEAF)
        receiver.down = True
        await week.until(HEARS_AGAIN)
        receiver.down = False
        await week.until(PLATFORM_AWAY)
        week.world.set_faults(Faults(rows=(RowFault(row=27),)))
        await week.until(PLATFORM_BACK)
        week.world.set_faults(Faults(rows=(session_gone,)))
        await week.until(CUT_OFF)
        # Its next batch is begun, and ends in another process.
        await week.until(CUT_OFF + timedelta(seconds=3))
    async with week.running():
        await week.until(NEXT_MONDAY)


async def _set_up(app: App, week: Week, receiver: Receiver) -> None:
    people = week.world.platform.people
    for place, niche in enumerate(NICHES):
        names = [person.username for person in people.people[place :: len(NICHES)]]
        await app.niches.create(ADMIN, niche, daily_story_target=3)
        await app.imports.import_file(ADMIN, ["\n".join(names).encode()], niche=niche, file_name=f"{niche}.txt")
    await app.profiles.watch(ADMIN, _watched(week))
    await app.canaries.add(ADMIN, [person.username for person in people.canaries])
    await app.proxies.import_lines(ADMIN, "\n".join(f"10.0.0.{number}:8000" for number in range(1, 7)))
    cookies = "\n".join(login.cookie_line for login in week.world.platform.logins)
    await app.sessions.import_lines(ADMIN, cookies, bind_in_order=True)
    await app.limits.set(ADMIN, UNLIMITED | {"new_session_days": "0", "route_gap_seconds": "1"})
    await app.alerts.add_target(ADMIN, "hook", "apprise", Secret(f"json://127.0.0.1:{receiver.port}/"), {})
    for draft in (
        ScheduleDraft(name=ROUND, niches=("walks",), every="4h"),
        ScheduleDraft(name=EARLY, niches=("bakers",), cron="30 2 * * *", timezone="Europe/Berlin"),
        ScheduleDraft(name=WEEKDAYS, niches=("runners",), cron="30 9 * * mon-fri", timezone="Europe/Berlin"),
    ):
        await app.schedules.add(ADMIN, draft)


def _watched(week: Week) -> list[str]:
    """Some who are not live now and will be within the week."""
    now = MONDAY.timestamp()
    found = [p.username for p in week.world.platform.people.people[::3] if p.newest_at_start and not p.is_live(now)]
    return found[:4]


async def _judge(app: App, week: Week, receiver: Receiver) -> None:
    await _judge_runs(app, week)
    alerts = await app.alerts.list(ADMIN, count=1_000)
    _judge_alerts(alerts, week)
    states = {delivery.state for alert in alerts for delivery in alert.deliveries}
    assert states == {"delivered"}
    assert {len(alert.deliveries) for alert in alerts} == {1}
    assert receiver.refused > 0
    ((sent,),) = week.rows("SELECT count(DISTINCT nonce) FROM alert_delivery")
    assert len(receiver.messages) == sent
    texts = Counter(alert.text for alert in alerts if alert.kind not in {"batch_finished"})
    assert {text: sum(message.count(text) for message in receiver.messages) for text in texts} == dict(texts)


async def _judge_runs(app: App, week: Week) -> None:
    began: list[str] = []
    for name, due in DUE.items():
        runs = (await app.schedules.runs(ADMIN, name, count=100))[::-1]
        assert [run.due_at for run in runs] == due
        began += [run.batch for run in runs if run.outcome == "started" and run.batch is not None]
        odd = {run.due_at: (run.why, run.outcome) for run in runs if (run.why, run.outcome) != ("due", "started")}
        assert odd == (ODD if name == ROUND else {})
    batches = week.rows("SELECT id, status, total - finished, unknown FROM batch")
    assert sorted(began) == sorted(batch[0] for batch in batches)
    assert {batch[1:] for batch in batches} == {("done", 0, 0)}


def _judge_alerts(alerts: Sequence[AlertView], week: Week) -> None:
    told: dict[str, list[str]] = {}
    for alert in alerts:
        told.setdefault(alert.kind, []).append(alert.subject)
    assert sorted(told.pop("batch_finished")) == sorted(name for (name,) in week.rows("SELECT name FROM batch"))
    begun = week.rows("SELECT DISTINCT profile_id, story_since FROM checks WHERE outcome = 'live'")
    watched = week.rows("SELECT username FROM profile WHERE watched")
    assert sorted(told.pop("story")) == sorted(name for name, _ in begun if (name,) in watched)
    days = Counter((alert.subject, alert.created_at.date()) for alert in alerts if alert.kind == "target_met")
    assert set(days.values()) == {1}
    assert set(told.pop("target_met")) == set(NICHES)
    assert told == {"schedule_missed": [ROUND], "session_frozen": ["session-1"], "breaker": ["platform"] * 2}
