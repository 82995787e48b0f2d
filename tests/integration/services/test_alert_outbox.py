"""Alerts on their way: one digest in place of a storm, nothing lost and nothing twice over a restart, quiet hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.domain.actor import Actor
from core.domain.alarms import AlertKind, NewAlert
from core.events import Events
from core.secrets import Secret, Vault
from core.services.alerts import Alerts
from core.services.batches import Batches
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import OutgoingAlert
from core.storage import alerts as rows
from core.storage.database import Database
from tests.integration.services.batch_rows import promote, settle
from tests.integration.services.conftest import QuickClock

CHANNEL = Secret("112233445566778899")
OTHER = Secret("112233445566778800")
FAILING = AlertKind.PROXY_FAILING


@pytest.fixture
async def desk(alerts: Alerts, admin: Actor) -> int:
    return (await alerts.add_target(admin, "desk", "discord", CHANNEL)).id


async def happen(database: Database, *texts: str, kind: AlertKind = FAILING) -> None:
    async with database.transaction() as tx:
        await rows.add(tx, [NewAlert(kind, text, f"{text}.") for text in texts], database.clock.now())


async def states(alerts: Alerts, actor: Actor) -> list[tuple[str, list[str]]]:
    return [(view.subject, [each.state for each in view.deliveries]) for view in await alerts.list(actor)]


def lines(found: Sequence[OutgoingAlert]) -> list[str]:
    return [line for each in found for line in each.message.lines]


# -- together ---------------------------------------------------------------------------


async def test_what_happens_within_twenty_seconds_is_one_message(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "one")
    assert await alerts.claim_discord(operator) == ()
    clock.pass_by(15)
    await happen(database, "two")
    clock.pass_by(5)
    (message,) = await alerts.claim_discord(operator)
    assert (message.message.title, lines([message])) == ("2 alerts", ["one.", "two."])
    assert (message.target, message.channel_id) == (desk, 112233445566778899)
    await alerts.delivered(operator, message.deliveries)
    assert await states(alerts, operator) == [("one", ["delivered"]), ("two", ["delivered"])]
    assert all(view.delivered_at == clock.now() for view in await alerts.list(operator))


async def test_a_storm_is_one_message_a_minute_that_says_how_many_more_there_are(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    sent: list[OutgoingAlert] = []
    for second in range(120):
        await happen(database, f"alert {second}")
        clock.pass_by(1)
        for message in await alerts.claim_discord(operator):
            await alerts.delivered(operator, message.deliveries)
            sent.append(message)
    clock.pass_by(120)
    sent += await alerts.claim_discord(operator)
    assert [len(message.deliveries) for message in sent] == [20, 60, 40]
    assert [(message.message.title, message.message.more) for message in sent] == [
        ("20 alerts", 5),
        ("60 alerts", 45),
        ("40 alerts", 25),
    ]


async def test_stories_of_many_watched_profiles_are_told_together_behind_what_matters_more(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, *(f"name{n}" for n in range(12)), kind=AlertKind.STORY)
    clock.pass_by(20)
    (message,) = await alerts.claim_discord(operator)
    said = message.message
    assert (said.kind, said.title, said.lines) == ("story", "12 watched profiles have a new story", ())
    assert (said.names[0], len(said.names), said.more_names, said.more) == ("name0", 10, 2, 0)
    await alerts.delivered(operator, message.deliveries)
    await happen(database, *(f"name{n}" for n in range(12)), kind=AlertKind.STORY)
    await happen(database, *(f"proxy {n}" for n in range(20)))
    await happen(database, "frozen", kind=AlertKind.SESSION_FROZEN)
    clock.pass_by(60)
    (message,) = await alerts.claim_discord(operator)
    said = message.message
    assert (said.kind, said.title, said.lines[:2]) == ("digest", "33 alerts", ("frozen.", "proxy 0."))
    assert said.lines[-2:] == ("and 6 more", "12 watched profiles have a new story:")
    assert (said.names[0], said.more_names, said.more) == ("name0", 2, 0)


async def test_one_finished_batch_among_others_comes_with_its_results(
    alerts: Alerts, batches: Batches, operator: Actor, database: Database, clock: QuickClock, food: None, desk: int
) -> None:
    await happen(database, "one")
    batch = await run_of(database, batches, operator, {"ann": "live"})
    clock.pass_by(20)
    (message,) = await alerts.claim_discord(operator)
    assert message.message.lines == ("Food: 1 story; 1 of 1 are live.", "one.")
    assert message.message.batch == batch
    assert message.message.file is not None


async def test_each_target_gets_its_kinds_and_nothing_from_before_it_was_added(
    alerts: Alerts, admin: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "early")
    clock.pass_by(1)
    await alerts.add_target(admin, "ops", "discord", OTHER, {"kinds": "breaker"})
    await happen(database, "late")
    await happen(database, "closed", kind=AlertKind.BREAKER)
    clock.pass_by(20)
    found = {message.label: lines([message]) for message in await alerts.claim_discord(admin)}
    assert found == {"desk": ["closed.", "early.", "late."], "ops": ["closed."]}


async def test_a_kind_that_is_switched_off_is_listed_and_goes_nowhere(
    alerts: Alerts, admin: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await alerts.set_rules(admin, {"kinds": "breaker"})
    await happen(database, "one")
    clock.pass_by(60)
    assert await alerts.claim_discord(admin) == ()
    assert await states(alerts, admin) == [("one", [])]


async def test_what_a_role_may_not_do_is_refused(alerts: Alerts, viewer: Actor) -> None:
    for asked in (alerts.claim_discord(viewer), alerts.delivered(viewer, [1]), alerts.failed(viewer, [1], "no")):
        with pytest.raises(Exception, match="send alerts takes the role operator"):
            await asked


# -- restarts and failures ----------------------------------------------------------------


async def test_what_was_claimed_by_a_process_that_ended_is_the_same_message_with_the_same_nonce(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int, events: Events, vault: Vault
) -> None:
    await happen(database, "one")
    clock.pass_by(20)
    (first,) = await alerts.claim_discord(operator)
    await happen(database, "two")
    clock.pass_by(20)
    assert await alerts.claim_discord(operator) == ()
    # The process was killed between sending and saying so; the next one begins.
    after = Alerts(database, clock, events, vault)
    (again,) = await after.claim_discord(operator)
    assert (again.nonce, again.deliveries, lines([again])) == (first.nonce, first.deliveries, ["one."])
    await after.delivered(operator, again.deliveries)
    clock.pass_by(60)
    (rest,) = await after.claim_discord(operator)
    assert (lines([rest]), rest.nonce != first.nonce) == (["two."], True)


async def test_a_claim_that_nobody_reports_on_is_over_after_two_minutes(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "one")
    clock.pass_by(20)
    (first,) = await alerts.claim_discord(operator)
    clock.pass_by(119)
    assert await alerts.claim_discord(operator) == ()
    clock.pass_by(1)
    (again,) = await alerts.claim_discord(operator)
    assert again.nonce == first.nonce


async def test_what_was_delivered_stays_so_whatever_is_said_of_it_later(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "one")
    clock.pass_by(20)
    (message,) = await alerts.claim_discord(operator)
    await alerts.delivered(operator, message.deliveries)
    await alerts.failed(operator, message.deliveries, "too late")
    await alerts.delivered(operator, message.deliveries)
    clock.pass_by(86_400)
    assert await alerts.claim_discord(operator) == ()
    assert (await alerts.target(operator, desk)).last_error is None


async def test_a_failure_is_seen_with_its_reason_and_tried_again_ever_more_seldom(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "one")
    clock.pass_by(20)
    rests, nonces = [], set()
    for _ in range(11):
        (message,) = await alerts.claim_discord(operator)
        nonces.add(message.nonce)
        await alerts.failed(operator, message.deliveries, "Discord is away")
        (view,) = (await alerts.list(operator))[0].deliveries
        assert (view.state, view.error) == ("failing", "Discord is away")
        rests.append((view.due_at - clock.now()).total_seconds())
        clock.pass_by(rests[-1])
    assert rests == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]
    assert len(nonces) == 1
    target = await alerts.target(operator, desk)
    assert (target.last_error, target.waiting) == ("Discord is away", 1)
    (message,) = await alerts.claim_discord(operator)
    await alerts.delivered(operator, message.deliveries)
    assert (await alerts.target(operator, desk)).last_error is None


async def test_after_a_day_of_tries_it_is_given_up_and_what_came_since_goes_out(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "one")
    began = clock.now()
    clock.pass_by(20)
    await alerts.claim_discord(operator)
    await happen(database, "two")
    while (await states(alerts, operator))[0][1] != ["given_up"]:
        clock.pass_by(3_600)
        for message in await alerts.claim_discord(operator):
            assert lines([message]) == ["one."]
            await alerts.failed(operator, message.deliveries, "Discord is away")
    assert timedelta(hours=24) < clock.now() - began < timedelta(hours=36)
    (message,) = await alerts.claim_discord(operator)
    assert lines([message]) == ["two."]


async def test_a_channel_that_is_gone_is_given_up_at_once_and_says_so(
    alerts: Alerts, operator: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "one")
    clock.pass_by(20)
    (message,) = await alerts.claim_discord(operator)
    await alerts.failed(operator, message.deliveries, "the channel was deleted", gone=True)
    assert await states(alerts, operator) == [("one", ["given_up"])]
    assert (await alerts.target(operator, desk)).last_error == "the channel was deleted"
    assert (await alerts.list(operator, target="desk"))[0].deliveries[0].error == "the channel was deleted"


# -- quiet hours and mutes --------------------------------------------------------------------


async def test_quiet_hours_hold_what_can_wait_and_it_comes_as_one_message_afterwards(
    database: Database, events: Events, vault: Vault, admin: Actor, clock: QuickClock
) -> None:
    alerts = Alerts(database, clock, events, vault, ZoneInfo("Europe/Berlin"))
    await alerts.add_target(admin, "desk", "discord", CHANNEL, {"quiet": "22:00-07:00"})
    assert clock.now() == datetime(2026, 1, 1, tzinfo=UTC)  # one in the morning in Berlin
    await happen(database, "one", "two")
    clock.pass_by(20)
    assert await alerts.claim_discord(admin) == ()
    assert await states(alerts, admin) == [("one", ["held"]), ("two", ["held"])]
    await happen(database, "paused", kind=AlertKind.BREAKER)
    await happen(database, "frozen", kind=AlertKind.SESSION_FROZEN)
    clock.pass_by(20)
    (urgent,) = await alerts.claim_discord(admin)
    assert lines([urgent]) == ["paused.", "frozen."]
    await alerts.delivered(admin, urgent.deliveries)
    clock.pass_by(6 * 3_600 - 41)
    assert await alerts.claim_discord(admin) == ()
    clock.pass_by(1)
    (held,) = await alerts.claim_discord(admin)
    assert lines([held]) == ["one.", "two."]


async def test_a_mute_of_all_holds_everything_and_its_end_lets_it_go(
    alerts: Alerts, admin: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await alerts.mute(admin, clock.now() + timedelta(hours=1))
    await happen(database, "one")
    await happen(database, "frozen", kind=AlertKind.SESSION_FROZEN)
    clock.pass_by(3_599)
    assert await alerts.claim_discord(admin) == ()
    clock.pass_by(1)
    (message,) = await alerts.claim_discord(admin)
    assert lines([message]) == ["frozen.", "one."]


async def test_a_target_that_is_switched_off_gets_nothing_not_even_afterwards(
    alerts: Alerts, admin: Actor, database: Database, clock: QuickClock, desk: int
) -> None:
    await happen(database, "one")
    clock.pass_by(5)
    assert await alerts.claim_discord(admin) == ()
    await alerts.change_target(admin, desk, {"enabled": "off"})
    await happen(database, "two")
    clock.pass_by(60)
    assert await alerts.claim_discord(admin) == ()
    await alerts.change_target(admin, desk, {"enabled": "on"})
    clock.pass_by(60)
    assert await alerts.claim_discord(admin) == ()
    assert await states(alerts, admin) == [("one", ["given_up"]), ("two", [])]


# -- batches ------------------------------------------------------------------------------------


async def run_of(
    database: Database, batches: Batches, actor: Actor, verdicts: dict[str, str], *, reason: str = "ok"
) -> str:
    batch = await batches.create(actor, names=list(verdicts), name="Food", recheck=True)
    async with database.transaction() as tx:
        await tx.execute("UPDATE batch SET schedule_id = 7 WHERE id = ?", batch.id)
    await batches.start(actor, [batch.id])
    await promote(database)
    await settle(database, batch, verdicts, reason)
    return batch.id


@pytest.fixture
async def food(niches: Niches, profiles: Profiles, operator: Actor) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann", "bob", "cem", "dan", "eve"], "food")


async def test_a_finished_batch_is_told_beside_the_run_before_it_with_its_results(
    alerts: Alerts, batches: Batches, operator: Actor, database: Database, clock: QuickClock, food: None, desk: int
) -> None:
    await run_of(database, batches, operator, {"ann": "live", "bob": "live", "cem": "none", "dan": "none"})
    clock.pass_by(60)
    (first,) = await alerts.claim_discord(operator)
    await alerts.delivered(operator, first.deliveries)
    assert first.message.title == "Food: 2 stories"
    assert first.message.lines[0] == "2 of 4 are live; there is no earlier run to compare it with."
    clock.pass_by(4 * 3_600)
    batch = await run_of(database, batches, operator, {"ann": "none", "bob": "none", "cem": "live", "dan": "gone"})
    clock.pass_by(60)
    (message,) = await alerts.claim_discord(operator)
    said = message.message
    assert (said.title, said.names, said.more_names, said.batch) == ("Food: 1 new story", ("cem",), 0, batch)
    assert said.lines == (
        "1 of 4 are live, 1 fewer than at 00:00 on 1 Jan.",
        "2 stories have ended since. 1 profile is gone since.",
    )
    assert said.fields[0] == ("Live", "1")
    assert ("Gone", "1 (1 new)") in said.fields
    assert ("Success rate", "100.0%") in said.fields
    assert said.file is not None
    assert said.file.name == "food-2026-01-01.csv"
    assert said.file.content.decode().splitlines()[0].startswith("username,outcome,reason")
    assert {line.split(",")[0] for line in said.file.content.decode().splitlines()[1:]} == {"ann", "bob", "cem", "dan"}


async def test_unknown_checks_are_told_by_reason_and_not_as_no_story(
    alerts: Alerts, batches: Batches, operator: Actor, database: Database, clock: QuickClock, food: None, desk: int
) -> None:
    await run_of(database, batches, operator, {"ann": "unknown", "bob": "unknown"}, reason="rate_limited")
    clock.pass_by(20)
    (message,) = await alerts.claim_discord(operator)
    assert message.message.lines[-1] == "Unknown: 2 rate limited. They are not counted as “no story”."
    assert ("Success rate", "0.0%") in message.message.fields


async def scheduled(database: Database, *, only_changes: bool = False, channel: str | None = None) -> None:
    columns = (
        "id, name, name_key, niche_ids, every_seconds, timezone, only, only_changes, channel_id, mention, enabled,"
        " starts_at, created_by, created_at"
    )
    async with database.transaction() as tx:
        await tx.execute(
            f"INSERT INTO schedule ({columns})"
            " VALUES (7, 'Lunch', 'lunch', '[]', 60, 'UTC', 'all', ?, ?, ?, 1, ?, ?, ?)",
            int(only_changes),
            channel,
            OTHER.reveal() if channel else None,
            "2026-01-01 00:00:00+00:00",
            "ann",
            "2026-01-01 00:00:00+00:00",
        )


async def test_a_schedule_that_tells_changes_alone_tells_nothing_when_nothing_changed(
    alerts: Alerts, batches: Batches, operator: Actor, database: Database, clock: QuickClock, food: None, desk: int
) -> None:
    await scheduled(database, only_changes=True)
    await run_of(database, batches, operator, {"ann": "none", "bob": "private"})
    clock.pass_by(60)
    assert [message.message.title for message in await alerts.claim_discord(operator)] == ["Lunch: 0 stories"]
    await run_of(database, batches, operator, {"ann": "none", "bob": "unknown"})
    clock.pass_by(60)
    assert len(await alerts.claim_discord(operator)) == 0
    assert len(await alerts.list(operator)) == 1


async def test_the_channel_of_a_schedule_is_told_of_its_batches_and_of_nothing_else(
    alerts: Alerts, batches: Batches, admin: Actor, database: Database, clock: QuickClock, food: None
) -> None:
    await scheduled(database, channel=CHANNEL.reveal())
    await happen(database, "one")
    await run_of(database, batches, admin, {"ann": "live"})
    clock.pass_by(20)
    (message,) = await alerts.claim_discord(admin)
    assert (message.channel_id, message.mention) == (int(CHANNEL.reveal()), int(OTHER.reveal()))
    assert message.message.title == "Lunch: 1 story"
    (view,) = await alerts.targets(admin)
    assert (view.label, view.schedule, view.via) == ("Channel of Lunch", "Lunch", "discord")
    with pytest.raises(Exception, match="change the schedule"):
        await alerts.change_target(admin, view.id, {"mention": "none"})
    # Where the channel is a target anyway, it is told once.
    await alerts.delivered(admin, message.deliveries)
    await alerts.add_target(admin, "desk", "discord", CHANNEL)
    await run_of(database, batches, admin, {"ann": "live"})
    clock.pass_by(90)
    (message,) = await alerts.claim_discord(admin)
    assert message.label == "desk"


async def test_a_batch_that_was_deleted_before_it_was_told_is_told_in_a_sentence(
    alerts: Alerts, batches: Batches, operator: Actor, database: Database, clock: QuickClock, food: None, desk: int
) -> None:
    batch = await run_of(database, batches, operator, {"ann": "live"})
    await batches.delete(operator, [batch])
    clock.pass_by(20)
    (message,) = await alerts.claim_discord(operator)
    assert (message.message.lines, message.message.file) == (('The batch "Food" is finished: 1 of 1 are live.',), None)
