"""What a batch found, and what it took over from before."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest

from core.domain.actor import Actor
from core.domain.verdict import Outcome, Reason
from core.errors import Conflict, InvalidInput
from core.services import batch_plans
from core.services.batches import Batches
from core.services.exports import Form
from core.services.limits import OperatingLimits
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import CheckView
from core.storage import results
from core.storage.database import Database, sql_time
from core.storage.results import LoggedEvent
from tests.integration.services.batch_rows import (
    know,
    members,
    pending,
    settle,
    three_batches,
)
from tests.integration.services.conftest import QuickClock


@pytest.fixture(autouse=True)
async def two_niches(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    await niches.create(operator, "art")


async def test_a_recent_verdict_is_taken_over_and_counts_in_the_batch_alone(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann", "bob", "cem", "dan"], "food")
    first = await batches.create(operator, niche="food")
    await settle(database, first, {"ann": "live", "bob": "none", "cem": "private", "dan": "unknown"})
    clock.pass_by(59 * 60)
    second = await batches.create(operator, names=["ann", "bob", "cem", "dan"])
    assert (second.total, second.finished, second.live, second.none, second.private, second.unknown) == (
        (4, 3, 1, 1, 1, 0)
    )
    assert second.status == "queued"
    assert await pending(database, second) == ["dan"]
    found = {check.username: check async for check in await batches.results(operator, second.id)}
    assert {check.reason for check in found.values()} == {Reason.FRESH}
    assert {check.attempts for check in found.values()} == {0}
    assert {(check.proxy, check.session) for check in found.values()} == {(None, None)}
    assert found["ann"].story_until == clock.now() - timedelta(minutes=59) + timedelta(hours=3)
    assert found["bob"].checked_at == clock.now() - timedelta(minutes=59)
    assert [(await profiles.show(operator, name)).checks_total for name in ("ann", "bob", "cem")] == [1, 1, 1]


async def test_a_verdict_older_than_the_limit_is_not_fresh_but_a_known_story_is(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    await settle(database, await batches.create(operator, niche="food"), {"ann": "live", "bob": "none"})
    clock.pass_by(61 * 60)
    assert await pending(database, await batches.create(operator, niche="food")) == ["bob"]


async def test_a_story_that_has_ended_and_an_unknown_after_a_verdict_are_asked_about_again(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann", "bob", "cem"], "food")
    recently = clock.now() - timedelta(minutes=10)
    await know(
        database,
        "ann",
        last_outcome="live",
        last_conclusive_at=recently,
        story_until=clock.now() - timedelta(minutes=1),
    )
    await know(database, "bob", last_outcome="unknown", last_conclusive_at=recently)
    await know(database, "cem", last_outcome="live", last_conclusive_at=recently)
    batch = await batches.create(operator, niche="food")
    assert await pending(database, batch) == ["ann", "bob"]
    assert await members(batches, operator, batch) == {"cem": (Outcome.LIVE, Reason.FRESH)}


async def test_recheck_and_a_limit_of_nothing_take_over_no_verdict(
    batches: Batches,
    profiles: Profiles,
    limits: OperatingLimits,
    operator: Actor,
    admin: Actor,
    database: Database,
) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    await settle(database, await batches.create(operator, niche="food"), {"ann": "live", "bob": "none"})
    assert (await batches.create(operator, niche="food")).finished == 2
    assert (await batches.create(operator, niche="food", recheck=True)).finished == 0
    await limits.set(admin, {"fresh_minutes": "0"})
    assert (await batches.create(operator, niche="food")).finished == 0


async def test_a_batch_with_nobody_left_to_ask_is_done_at_once(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann"], "food")
    await settle(database, await batches.create(operator, niche="food"), {"ann": "none"})
    batch = await batches.create(operator, niche="food")
    assert (batch.status, batch.finished_at, batch.started_at) == ("done", clock.now(), None)


async def test_results_come_in_the_order_in_which_they_were_stored(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    one, *_ = await three_batches(batches, profiles, operator)
    await settle(database, one, {"bob": "live"})
    await settle(database, one, {"ann": "unknown"}, reason="timeout")
    found = [check async for check in await batches.results(operator, one.id)]
    until = clock.now() + timedelta(hours=3)
    assert found == [
        CheckView("bob", Outcome.LIVE, Reason.OK, 2, clock.now(), until, clock.now(), 3, 4, "s1: seen"),
        CheckView("ann", Outcome.UNKNOWN, Reason.TIMEOUT, 2, None, None, clock.now(), 3, 4, "s1: seen"),
    ]
    unknown = [check async for check in await batches.results(operator, one.id, outcomes={Outcome.UNKNOWN})]
    assert unknown == found[1:]


async def test_each_finished_check_is_told_exactly_once_whatever_happens_between(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.services.seen_batches._SETTLED_PAGE", 2)
    names = [f"p{number}" for number in range(9)]
    await profiles.add(operator, names, "food")
    await settle(database, await batches.create(operator, names=["p8"]), {"p8": "none"})
    batch = await batches.create(operator, niche="food")
    told: list[str] = []
    mark: str | None = None

    async def poll() -> str | None:
        after = mark
        while True:
            found, after = await batches.settled_since(operator, batch.id, after)
            told.extend(check.username for check in found)
            if not found:
                return after

    mark = await poll()
    assert told == ["p8"]
    await settle(database, batch, {"p7": "none", "p2": "live", "p5": "none"})
    mark = await poll()
    await settle(database, batch, {"p6": "none"})
    mark = await poll()
    # Erasing the newest finished check must not let a later one take its number.
    await profiles.remove(operator, ["p6"])
    await settle(database, batch, {"p1": "none", "p3": "none", "p4": "none"})
    mark = await poll()
    assert await poll() == mark
    assert (told[0], set(told[1:4]), told[4], set(told[5:])) == ("p8", {"p2", "p5", "p7"}, "p6", {"p1", "p3", "p4"})
    assert len(told) == 8
    rest = [check.username async for check in await batches.results(operator, batch.id, finished_after=mark)]
    assert rest == []
    with pytest.raises(InvalidInput, match="mark: give the mark that came with the checks before"):
        await batches.settled_since(operator, batch.id, "12")


async def test_an_export_has_the_contract_s_columns(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    one, *_ = await three_batches(batches, profiles, operator)
    await settle(database, one, {"ann": "live", "bob": "unknown"}, reason="ok")
    text = "".join([line async for line in await batches.export(operator, one.id, Form.CSV)])
    header, *lines = csv.reader(io.StringIO(text))
    assert header == ["username", "outcome", "reason", "attempts", "story_until", "checked_at", "proxy", "session"]
    until = (clock.now() + timedelta(hours=3)).isoformat()
    assert lines == [
        ["ann", "live", "ok", "2", until, clock.now().isoformat(), "3", "4"],
        ["bob", "unknown", "ok", "2", "", clock.now().isoformat(), "3", "4"],
    ]
    records = [json.loads(line) async for line in await batches.export(operator, one.id, Form.JSONL)]
    assert [list(record) for record in records] == [header, header]
    assert (records[1]["outcome"], records[1]["story_until"], records[1]["proxy"]) == ("unknown", None, 3)


async def test_unknown_checks_are_counted_by_reason_and_retried_in_a_batch_of_their_own(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_plans, "SLICE", 2)
    await profiles.add(operator, ["ann", "bob", "cem", "dan", "eve"], "food")
    batch = await batches.create(operator, niche="food", name="lunch")
    with pytest.raises(Conflict, match='The batch "lunch" has no unknown check, so there is nothing to retry'):
        await batches.retry_unknown(operator, batch.id)
    await settle(database, batch, {"dan": "unknown", "ann": "unknown"}, reason="timeout")
    await settle(database, batch, {"bob": "unknown"}, reason="no_canary")
    await settle(database, batch, {"eve": "none"})
    reasons = await batches.unknown_reasons(operator, batch.id)
    assert list(reasons.items()) == [(Reason.TIMEOUT, 2), (Reason.NO_CANARY, 1)]
    await profiles.pause(operator, ["dan"])
    retry = await batches.retry_unknown(operator, batch.id)
    assert (retry.name, retry.niche, retry.status, retry.total) == ("Retry of lunch", "food", "queued", 3)
    assert await pending(database, retry) == ["ann", "bob", "dan"]


async def test_a_batch_keeps_a_log_of_what_happened_to_it(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    await profiles.pause(operator, ["bob"])
    batch = await batches.create(operator, niche="food")
    await batches.start(operator, [batch.id])
    await batches.stop(operator, [batch.id])
    async with database.transaction() as tx:
        await results.add_events(tx, [LoggedEvent(batch.id, sql_time(clock.now()), "renamed", "now anna", "ann")])
    log = await batches.log(operator, batch.id, 10)
    assert [(line.what, line.text, line.username) for line in log] == [
        ("renamed", "now anna", "ann"),
        ("stop", "by panel:olga", None),
        ("start", "by panel:olga", None),
        ("created", "checks: 1, fresh among them: 0, left out as paused or gone: 1", None),
    ]
    assert await batches.log(operator, batch.id, 1) == log[:1]
