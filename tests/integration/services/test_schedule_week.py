"""A simulated week over a change of clocks, with kills, outages and a clock that is put back: each due run once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.domain import cron
from core.domain.actor import Actor
from core.domain.schedule import Timing
from core.events import Events
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.schedule_times import runs_from
from core.services.schedules import Schedules
from core.services.views import ScheduleDraft
from core.storage import batches, checks, engine_state, schedule_runs
from core.storage.database import Database
from tests.integration.services.batch_rows import assert_counters_hold
from tests.integration.services.conftest import QuickClock
from tests.integration.services.scheduling import Fired

START = datetime(2026, 3, 26, tzinfo=UTC)
WEEK = timedelta(days=7)
STEP = timedelta(minutes=5)
RULES = {"hours": "0 * * * *", "nights": "30 2 * * *", "mornings": "15 9 * * mon-fri", "often": "*/20 8-18 * * *"}
BERLIN = ZoneInfo("Europe/Berlin")
PLACES: list[tuple[Any, str]] = [
    (schedule_runs, "take"),
    (schedule_runs, "open_run"),
    (schedule_runs, "settle"),
    (schedule_runs, "mark_batch"),
    (checks, "create"),
    (batches, "appear"),
    (batches, "enqueue"),
    (engine_state, "raise_revision"),
]


class Killed(BaseException):
    """The process ends here, as by kill -9."""


@contextmanager
def perhaps_killed(chance: Random) -> Iterator[None]:
    """Now and then the process ends in the middle of the block."""

    async def killed(*_: Any, **__: Any) -> None:
        raise Killed

    if chance.random() >= 0.1:
        yield
        return
    owner, name = chance.choice(PLACES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, killed)
        try:
            yield
        except Killed:
            return


@pytest.mark.parametrize("seed", [1, 2])
async def test_in_a_week_of_troubles_each_due_run_happens_once(
    database: Database, clock: QuickClock, events: Events, niches: Niches, profiles: Profiles, admin: Actor, seed: int
) -> None:
    chance = Random(seed)
    await niches.create(admin, "food")
    await profiles.add(admin, ["ann", "bob"], niche="food")
    fired = Fired(database, clock, events)
    fired.pass_until(START)
    schedules = Schedules(database, clock, events, BERLIN)
    for name, rule in RULES.items():
        await schedules.add(admin, ScheduleDraft(("food",), cron=rule, name=name))
    away = _outages(chance)
    for number in range(int(WEEK / STEP)):
        now = START + STEP * number
        if any(begin <= now < end for begin, end in away):
            continue
        # Once in a while the machine's clock is found to be ahead, and is put back.
        fired.pass_until(now - timedelta(minutes=chance.choice([0] * 20 + [7, 40])))
        with perhaps_killed(chance):
            await fired.look()
        if chance.random() < 0.1:
            fired.restarted()
        fired.pass_until(now)
        await fired.done()
    await fired.look()

    happened = Counter((run.schedule, run.due_at) for run in await schedules.runs(admin, count=1_000))
    assert set(happened.values()) == {1}
    for name, rule in RULES.items():
        due = _due(rule)
        ran = {due_at for schedule, due_at in happened if schedule == name}
        assert ran <= due
        missed = due - ran
        assert all(any(begin - STEP <= at <= end for begin, end in away) for at in missed)
        # One run makes up for an outage: of the first moment that nobody came to, which may be just before it.
        for begin, end in away:
            meanwhile = {at for at in due if begin - STEP <= at < end - STEP}
            assert min(1, len(meanwhile)) <= len(meanwhile & ran) <= 2
            assert len({at for at in meanwhile if at >= begin} & ran) <= 1
    runs = await schedules.runs(admin, count=1_000)
    assert {run.outcome for run in runs} == {"started"}
    made = await database.fetch("SELECT id FROM batch WHERE status != 'hidden'")
    assert {row["id"] for row in made} == {run.batch for run in runs}
    assert fired.bugs == []
    await assert_counters_hold(database)


def _outages(chance: Random) -> list[tuple[datetime, datetime]]:
    """Three of them, one over the change of clocks, that do not meet."""
    changed = START + timedelta(days=2, hours=20)
    return [
        (START + timedelta(hours=chance.randrange(10, 20)), START + timedelta(hours=chance.randrange(25, 40))),
        (changed, changed + timedelta(hours=chance.randrange(1, 12))),
        (START + timedelta(days=5), START + timedelta(days=5, hours=chance.randrange(1, 30))),
    ]


def _due(rule: str) -> set[datetime]:
    timing = Timing(None, None, cron.read(rule), BERLIN, START)
    end = START + WEEK - STEP
    return {run.due_at for run in takewhile(lambda run: run.due_at <= end, runs_from(timing, START))}
