"""The line of batches: started, promoted, moved, stopped."""

from __future__ import annotations

import pytest

from core.domain.actor import Actor
from core.domain.line_order import Toward
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import BatchProgress, Mailbox, WorkArrived
from core.services.batches import Batches
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.storage import batches as rows
from core.storage.batches import ActiveBatch
from core.storage.database import Database
from tests.integration.services.batch_rows import (
    pending,
    places,
    promote,
    settle,
    three_batches,
)
from tests.integration.services.conftest import Ledger, QuickClock


@pytest.fixture(autouse=True)
async def two_niches(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    await niches.create(operator, "art")


async def test_started_batches_wait_in_line_in_the_order_given(
    batches: Batches, profiles: Profiles, operator: Actor, clock: QuickClock, ledger: Ledger, news: Mailbox
) -> None:
    one, two, three = await three_batches(batches, profiles, operator)
    while news.take() is not None:
        pass
    before = await ledger.revision()
    started = await batches.start(operator, [three.id, one.id])
    assert [(b.name, b.place_in_line, b.shown_status) for b in started] == [
        ("b3", 1, "In line (1st)"),
        ("b1", 2, "In line (2nd)"),
    ]
    assert {b.requested_at for b in started} == {clock.now()}
    assert await ledger.revision() == before + 1
    told = [news.take() for _ in range(3)]
    assert [type(event) for event in told] == [BatchProgress, BatchProgress, WorkArrived]
    clock.pass_by(60)
    again = await batches.start(operator, [one.id, two.id])
    assert [(b.name, b.place_in_line, b.requested_at) for b in again] == [
        ("b1", 2, started[1].requested_at),
        ("b2", 3, clock.now()),
    ]
    assert await ledger.revision() == before + 2
    assert await batches.start(operator, [one.id]) == again[:1]
    assert await ledger.revision() == before + 2


async def test_batches_are_promoted_in_their_order_and_no_more_than_allowed(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    one, two, three = await three_batches(batches, profiles, operator)
    await batches.start(operator, [two.id, three.id, one.id])
    assert await promote(database, at_most=2) == [(two.id, "in_progress"), (three.id, "in_progress")]
    assert await promote(database, at_most=2) == []
    assert await promote(database, at_most=1) == []
    assert await rows.active(database) == [ActiveBatch(two.id, "b2"), ActiveBatch(three.id, "b3")]
    running = await batches.show(operator, two.id)
    assert (running.started_at, running.shown_status, running.place_in_line) == (clock.now(), "Running", None)
    assert await places(batches, operator) == {"b1": 1, "b2": None, "b3": None}
    await settle(database, three, {"ann": "none", "bob": "live"})
    assert await promote(database, at_most=2) == [(one.id, "in_progress")]
    assert await rows.active(database) == [ActiveBatch(two.id, "b2"), ActiveBatch(one.id, "b1")]


async def test_only_started_batches_are_promoted(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database
) -> None:
    await three_batches(batches, profiles, operator)
    assert await promote(database) == []
    assert await rows.active(database) == []


async def test_a_started_batch_with_nothing_pending_is_done_and_takes_nobody_s_turn(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["cem"], "art")
    emptied = await batches.create(operator, niche="art")
    one, *_ = await three_batches(batches, profiles, operator)
    await profiles.remove(operator, ["cem"])
    await batches.start(operator, [emptied.id, one.id])
    assert await promote(database, at_most=1) == [(emptied.id, "done"), (one.id, "in_progress")]
    assert (await batches.show(operator, emptied.id)).finished_at == clock.now()


async def test_a_batch_in_line_is_moved_to_another_place(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, ledger: Ledger
) -> None:
    one, two, three = await three_batches(batches, profiles, operator)
    four = await batches.create(operator, niche="food", name="b4")
    await batches.start(operator, [four.id])
    await promote(database)
    await batches.start(operator, [one.id, two.id, three.id])
    assert (await batches.move(operator, three.id, 1)).place_in_line == 1
    assert await places(batches, operator) == {"b3": 1, "b1": 2, "b2": 3, "b4": None}
    assert (await batches.move(operator, three.id, 3)).place_in_line == 3
    assert await places(batches, operator) == {"b1": 1, "b2": 2, "b3": 3, "b4": None}
    before = await ledger.revision()
    assert (await batches.move(operator, two.id, 2)).place_in_line == 2
    assert await ledger.revision() == before
    with pytest.raises(InvalidInput, match="place: give a number from 1 to 3, not 4"):
        await batches.move(operator, two.id, 4)
    with pytest.raises(Conflict, match='The batch "b4" is not in line'):
        await batches.move(operator, four.id, 1)
    assert await promote(database) == [(one.id, "in_progress")]


async def test_a_stopped_batch_keeps_what_is_done_and_starts_again_at_the_end_of_the_line(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock, ledger: Ledger
) -> None:
    one, two, _ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id, two.id])
    await promote(database, at_most=1)
    begun = clock.now()
    async with database.transaction() as tx:
        await rows.set_waiting(tx, one.id, "every route rests", clock.now())
    waiting = await batches.show(operator, one.id)
    assert (waiting.waiting_reason, waiting.waiting_until) == ("every route rests", clock.now())
    await settle(database, one, {"ann": "live"})
    before = await ledger.revision()
    (stopped,) = await batches.stop(operator, [one.id])
    assert (stopped.status, stopped.shown_status, stopped.finished) == ("queued", "Stopped at 50 %", 1)
    assert (stopped.requested_at, stopped.position, stopped.waiting_reason, stopped.waiting_until) == (None,) * 4
    assert await ledger.revision() == before + 1
    assert await batches.stop(operator, [one.id]) == (stopped,)
    assert await ledger.revision() == before + 1
    clock.pass_by(60)
    (again,) = await batches.start(operator, [one.id])
    assert again.place_in_line == 2
    await promote(database)
    resumed = await batches.show(operator, one.id)
    assert (resumed.status, resumed.started_at, resumed.finished) == ("in_progress", begun, 1)
    assert await pending(database, one) == ["bob"]


async def test_a_verdict_that_arrives_after_the_stop_still_counts_and_may_end_the_batch(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database
) -> None:
    one, *_ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id])
    await promote(database)
    await batches.stop(operator, [one.id])
    await settle(database, one, {"ann": "none", "bob": "none"})
    assert (await batches.show(operator, one.id)).status == "done"
    await settle(database, one, {"ann": "live"})
    assert (await batches.show(operator, one.id)).live == 0


async def test_a_done_batch_cannot_be_started_and_stopping_it_changes_nothing(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database
) -> None:
    one, two, _ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id])
    await promote(database)
    await settle(database, one, {"ann": "none", "bob": "none"})
    with pytest.raises(Conflict, match='The batch "b1" is done; create a new one, or retry what stayed unknown'):
        await batches.start(operator, [two.id, one.id])
    assert (await batches.show(operator, two.id)).requested_at is None
    done = await batches.show(operator, one.id)
    assert (done.shown_status, done.position) == ("Done", None)
    assert await batches.stop(operator, [one.id]) == (done,)


async def test_waiting_is_said_of_a_batch_in_progress_alone(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    one, two, _ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id])
    await promote(database)
    async with database.transaction() as tx:
        for batch in (one, two):
            await rows.set_waiting(tx, batch.id, "no session", clock.now())
    assert [(await batches.show(operator, b.id)).waiting_reason for b in (one, two)] == ["no session", None]
    async with database.transaction() as tx:
        await rows.set_waiting(tx, one.id, None, None)
    assert (await batches.show(operator, one.id)).waiting_reason is None


async def test_several_batches_move_together_and_keep_their_order(
    batches: Batches, profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    one, two, three = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id, two.id, three.id])
    before = await ledger.revision()
    shifted = await batches.shift(operator, [three.id, two.id], Toward.UP)
    assert [(batch.name, batch.place_in_line) for batch in shifted] == [("b3", 2), ("b2", 1)]
    assert await places(batches, operator) == {"b1": 3, "b2": 1, "b3": 2}
    assert await ledger.revision() == before + 1
    assert (await ledger.audited())[-1] == ("panel:olga", "batch.move", "b3, b2", "up")
    await batches.shift(operator, [one.id], Toward.FRONT)
    assert await places(batches, operator) == {"b1": 1, "b2": 2, "b3": 3}
    await batches.shift(operator, [one.id], Toward.FRONT)
    assert await ledger.revision() == before + 2


async def test_only_batches_in_line_are_shifted(
    batches: Batches, profiles: Profiles, operator: Actor, viewer: Actor, database: Database
) -> None:
    one, two, three = await three_batches(batches, profiles, operator)
    with pytest.raises(Conflict, match="None of these batches is in line"):
        await batches.shift(operator, [one.id], Toward.BACK)
    await batches.start(operator, [one.id, two.id])
    await batches.delete(operator, [three.id])
    await batches.shift(operator, [three.id, one.id], Toward.BACK)
    assert await places(batches, operator) == {"b1": 2, "b2": 1}
    with pytest.raises(NotAllowed, match="operator"):
        await batches.shift(viewer, [one.id], Toward.FRONT)
    with pytest.raises(NotFound, match="There is no batch"):
        await batches.shift(operator, [three.id], Toward.FRONT)


async def test_batches_that_somebody_else_deleted_hold_up_none_of_the_others(
    batches: Batches, profiles: Profiles, operator: Actor
) -> None:
    one, two, three = await three_batches(batches, profiles, operator)
    await batches.delete(operator, [one.id])
    with pytest.raises(NotFound, match="There is no batch"):
        await batches.start(operator, [one.id, two.id])
    assert [batch.name for batch in await batches.start(operator, [one.id, two.id], leave_missing=True)] == ["b2"]
    assert [batch.name for batch in await batches.stop(operator, [one.id, two.id], leave_missing=True)] == ["b2"]
    assert [batch.name for batch in await batches.delete(operator, [one.id, two.id], leave_missing=True)] == ["b2"]
    with pytest.raises(NotFound, match="There is no batch"):
        await batches.delete(operator, [one.id, two.id], leave_missing=True)
    assert await places(batches, operator) == {"b3": None}
    assert three.place_in_line is None


async def test_what_runs_or_waits_in_line_is_current_however_old_it_is(
    batches: Batches, profiles: Profiles, operator: Actor, viewer: Actor, clock: QuickClock, database: Database
) -> None:
    await profiles.add(operator, ["ann"], "food")
    made = []
    for number in range(6):
        clock.pass_by(1)
        made.append(await batches.create(operator, niche="food", name=f"b{number}"))
    await batches.start(operator, [made[1].id, made[2].id])
    await promote(database, at_most=1)
    assert [batch.name for batch in await batches.current(viewer, newest=2)] == ["b5", "b4", "b2", "b1"]
    assert [batch.shown_status for batch in await batches.current(viewer, newest=1)] == [
        "Ready",
        "In line (1st)",
        "Running",
    ]
    with pytest.raises(InvalidInput, match="1 to 1,000"):
        await batches.current(viewer, newest=0)
