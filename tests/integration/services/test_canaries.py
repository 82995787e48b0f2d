"""Canaries: who may name them, and what is measured of them."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from core.domain.actor import Actor
from core.errors import InvalidInput, NotAllowed, NotFound
from core.events import Mailbox, WorkArrived
from core.services.canaries import Canaries
from core.services.views import CanaryView
from core.storage.database import Database, sql_time
from core.storage.pool_rows import load_canaries
from tests.integration.services.conftest import Ledger, QuickClock


async def test_new_canaries_are_untested(canaries: Canaries, admin: Actor) -> None:
    added = await canaries.add(admin, ["@NatGeo", "nasa", "natgeo"])
    assert (added.created, added.known, added.rejected) == (2, 0, ())
    assert await canaries.list(admin) == (
        CanaryView("nasa", "untested", None, None),
        CanaryView("natgeo", "untested", None, None),
    )


@pytest.mark.parametrize(
    ("asked", "seen", "missed", "state", "share"),
    [
        (4, 3, 0, "proven", 0.75),
        (4, 3, 1, "proven", 0.75),
        (9, 6, 3, "missing", 6 / 9),
        (2, 0, 2, "missing", 0.0),
    ],
)
async def test_the_state_of_a_canary_follows_what_was_seen(
    canaries: Canaries,
    admin: Actor,
    database: Database,
    clock: QuickClock,
    asked: int,
    seen: int,
    missed: int,
    state: str,
    share: float,
) -> None:
    await canaries.add(admin, ["nasa"])
    async with database.transaction() as tx:
        await tx.execute(
            "UPDATE canary SET asked = ?, seen = ?, missed_in_a_row = ?, last_seen_at = ?",
            asked,
            seen,
            missed,
            sql_time(clock.now()),
        )
    assert await canaries.list(admin) == (CanaryView("nasa", state, share, clock.now(), asked, seen),)


async def test_a_known_canary_keeps_what_was_measured(canaries: Canaries, admin: Actor, database: Database) -> None:
    await canaries.add(admin, ["nasa"])
    async with database.transaction() as tx:
        await tx.execute("UPDATE canary SET asked = 5, seen = 5")
    again = await canaries.add(admin, ["nasa", "natgeo"])
    assert (again.created, again.known) == (1, 1)
    assert [(row.username, row.seen) for row in await load_canaries(database)] == [("nasa", 5), ("natgeo", 0)]


async def test_names_that_are_none_are_told_and_stop_no_others(canaries: Canaries, admin: Actor) -> None:
    added = await canaries.add(admin, ["no way", "nasa"])
    assert added.created == 1
    assert [(line.line, line.text) for line in added.rejected] == [(1, "no way")]


@pytest.mark.parametrize("names", [[], ["no way"]])
async def test_without_one_username_nothing_is_written(
    canaries: Canaries, admin: Actor, ledger: Ledger, names: list[str]
) -> None:
    with pytest.raises(InvalidInput, match=r"^canary: "):
        await canaries.add(admin, names)
    assert await ledger.count("canary") == await ledger.count("audit_entry") == await ledger.revision() == 0


async def test_canaries_are_removed_by_name(canaries: Canaries, admin: Actor) -> None:
    await canaries.add(admin, ["nasa", "natgeo"])
    assert await canaries.remove(admin, ["@NASA"]) == ("nasa",)
    assert [canary.username for canary in await canaries.list(admin)] == ["natgeo"]


async def test_removing_an_unknown_canary_removes_none_and_names_the_closest(canaries: Canaries, admin: Actor) -> None:
    await canaries.add(admin, ["nasa", "natgeo"])
    with pytest.raises(NotFound, match=r'^There is no canary "natgoe"; did you mean "natgeo"\?$'):
        await canaries.remove(admin, ["nasa", "natgoe"])
    assert len(await canaries.list(admin)) == 2


async def test_the_engine_hears_of_new_and_removed_canaries(
    canaries: Canaries, admin: Actor, ledger: Ledger, news: Mailbox
) -> None:
    await canaries.add(admin, ["nasa"])
    assert (await ledger.revision(), news.take()) == (1, WorkArrived())
    await canaries.remove(admin, ["nasa"])
    assert (await ledger.revision(), news.take()) == (2, WorkArrived())
    assert [line[1] for line in await ledger.audited()] == ["canary.add", "canary.remove"]


async def test_only_an_admin_changes_canaries(
    canaries: Canaries, viewer: Actor, operator: Actor, ledger: Ledger
) -> None:
    assert await canaries.list(viewer) == ()
    for verb in (canaries.add(operator, ["nasa"]), canaries.remove(operator, ["nasa"])):
        with pytest.raises(NotAllowed, match="takes the role admin"):
            await verb
    assert await ledger.count("canary") == 0


async def test_misses_are_told_for_each_day_of_a_time_zone(
    canaries: Canaries, viewer: Actor, database: Database, clock: QuickClock
) -> None:
    clock.pass_by(10 * 86400)
    east, now = timezone(timedelta(hours=3)), clock.now().replace(hour=23, minute=30)
    made = [(now, 8, 1), (now - timedelta(hours=1), 2, 1), (now - timedelta(hours=24), 5, 0), (now, 0, 0)]
    async with database.transaction() as tx:
        for number, (at, live, late) in enumerate(made):
            await tx.execute(
                "INSERT INTO batch (id, name, status, live, second_finds, created_by, created_at, total, finished,"
                " none, private, gone, unknown, skipped, requests, active_seconds)"
                " VALUES (?, '', 'done', ?, ?, 'ann', ?, ?, ?, 0, 0, 0, 0, 0, 0, 0)",
                str(number),
                live,
                late,
                sql_time(at),
                live,
                live,
            )
    clock.pass_by((now + timedelta(hours=2) - clock.now()).total_seconds())
    days = await canaries.misses_by_day(viewer, days=3, zone=east)
    today = clock.now().astimezone(east).date()
    # Half past eleven at night is the next morning three hours further east.
    assert [(each.day, each.stories, each.found_late) for each in days] == [
        (today - timedelta(days=2), 0, 0),
        (today - timedelta(days=1), 5, 0),
        (today, 10, 2),
    ]
    assert [each.share for each in days] == [None, 0.0, 0.2]
