"""Alerts through Apprise: to a real web server, once, tried again, and without a secret in any log."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.domain.alarms import AlertKind, NewAlert
from core.domain.day import UTC_ZONE
from core.events import AlertsDue, Events
from core.network import notices
from core.network.notices import Notice, NoticeFailed
from core.secrets import Secret, Vault, new_key
from core.services.alerts import Alerts
from core.services.views import AlertDeliveryView
from core.storage import alerts as rows
from core.storage.database import Database
from core.tasks import spawn
from core.upkeep.deliveries import Deliveries
from tests.integration.engine.test_engine import until
from tests.integration.upkeep.receiver import Receiver, receiving

ADMIN = Actor("cli:ann", Role.ADMIN)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def vault() -> Vault:
    return Vault([new_key()])


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def alerts(database: Database, clock: FakeClock, events: Events, vault: Vault) -> Alerts:
    return Alerts(database, clock, events, vault)


class Log(logging.Handler):
    """What reaches the handlers of the program, down to the last detail."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += f"{record.name} {record.getMessage()} {record.__dict__.get('reason', '')}\n"


@pytest.fixture
def log() -> Iterator[Log]:
    root, log = logging.getLogger(), Log()
    before = root.level
    root.addHandler(log)
    root.setLevel(logging.DEBUG)
    yield log
    root.setLevel(before)
    root.removeHandler(log)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
def deliveries(database: Database, clock: FakeClock, events: Events, vault: Vault) -> Deliveries:
    return Deliveries(database, clock, events, vault, UTC_ZONE, patiently)


async def patiently(act: Callable[[], Awaitable[None]]) -> None:
    await act()


@asynccontextmanager
async def running(deliveries: Deliveries) -> AsyncIterator[None]:
    task = spawn(deliveries.run(), name="deliveries")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def happen(database: Database, *texts: str, kind: AlertKind = AlertKind.PROXY_FAILING) -> None:
    async with database.transaction() as tx:
        await rows.add(tx, [NewAlert(kind, text, f"{text}.") for text in texts], database.clock.now())


async def one_delivery(alerts: Alerts) -> AlertDeliveryView:
    (alert,) = await alerts.list(ADMIN)
    (delivery,) = alert.deliveries
    return delivery


def is_in(state: str, alerts: Alerts) -> Callable[[], Awaitable[bool]]:
    async def holds() -> bool:
        return any(each.state == state for view in await alerts.list(ADMIN) for each in view.deliveries)

    return holds


async def test_a_storm_reaches_the_receiver_as_one_message(
    alerts: Alerts, database: Database, clock: FakeClock, deliveries: Deliveries, receiver: Receiver
) -> None:
    await alerts.add_target(ADMIN, "hook", "apprise", Secret(receiver.url))
    await happen(database, *(f"alert {n}" for n in range(29)))
    await deliveries.look()
    await clock.advance(20)
    await deliveries.look()
    await until(is_in("delivered", alerts))
    ((title, text),) = receiver.bodies
    assert title == "29 alerts"
    assert text.startswith("alert 0.\n\nalert 1.")
    assert text.endswith("alert 14.\n\nand 14 more")
    assert {each.state for view in await alerts.list(ADMIN) for each in view.deliveries} == {"delivered"}
    await clock.advance(3_600)
    await deliveries.look()
    assert len(receiver.received) == 1


async def test_a_refusal_is_seen_with_its_reason_and_the_message_arrives_later_once(
    alerts: Alerts,
    database: Database,
    clock: FakeClock,
    deliveries: Deliveries,
    receiver: Receiver,
    log: Log,
) -> None:
    await alerts.add_target(ADMIN, "hook", "apprise", Secret(receiver.url))
    receiver.status = 503
    await happen(database, "one")
    await clock.advance(20)
    await deliveries.look()
    await until(is_in("failing", alerts))
    failed = await one_delivery(alerts)
    assert failed.error is not None
    assert "503" in failed.error
    assert (await alerts.target(ADMIN, "hook")).last_error == failed.error
    receiver.status = 200
    await deliveries.look()
    await clock.advance(10)
    await deliveries.look()
    await until(is_in("delivered", alerts))
    assert receiver.bodies == [("A proxy fails", "one.")]
    assert (await alerts.target(ADMIN, "hook")).last_error is None
    assert "an alert was not delivered" in log.text
    assert not any(secret in log.text for secret in ("s3cr3t-word", "t0ken-in-path", "rita"))


async def test_a_receiver_that_is_away_is_a_reason_without_the_address(receiver: Receiver) -> None:
    url = Secret("json://rita:s3cr3t-word@127.0.0.1:9/t0ken-in-path")
    with pytest.raises(NoticeFailed) as caught:
        await notices.send(url, Notice("a", "b"))
    assert str(caught.value) == "A Connection error occurred sending JSON notification to ••••."


async def test_a_file_goes_along_where_the_service_takes_files(receiver: Receiver) -> None:
    await notices.send(Secret(receiver.url), Notice("a", "b", ("food.csv", b"username\r\nann\r\n")))
    (attached,) = receiver.received[0]["attachments"]
    assert attached["filename"] == "food.csv"
    assert base64.b64decode(attached["base64"]) == b"username\r\nann\r\n"


async def test_an_end_in_the_middle_waits_for_what_is_being_sent_and_it_is_not_sent_again(
    alerts: Alerts,
    database: Database,
    clock: FakeClock,
    events: Events,
    vault: Vault,
    deliveries: Deliveries,
    receiver: Receiver,
) -> None:
    await alerts.add_target(ADMIN, "hook", "apprise", Secret(receiver.url))
    receiver.gate.clear()
    await happen(database, "one")
    await clock.advance(20)
    async with running(deliveries):
        await receiver.arrived.wait()
        asyncio.get_running_loop().call_later(0.05, receiver.gate.set)
    assert (await one_delivery(alerts)).state == "delivered"
    after = Deliveries(database, clock, events, vault, UTC_ZONE, patiently)
    await clock.advance(3_600)
    await after.look()
    assert len(receiver.received) == 1


async def test_what_is_being_sent_for_longer_than_its_claim_is_not_sent_beside_itself(
    alerts: Alerts, database: Database, clock: FakeClock, deliveries: Deliveries, receiver: Receiver
) -> None:
    await alerts.add_target(ADMIN, "hook", "apprise", Secret(receiver.url))
    receiver.gate.clear()
    await happen(database, "one")
    await clock.advance(20)
    await deliveries.look()
    await receiver.arrived.wait()
    # As it passes for a machine that was asleep.
    await clock.advance(900)
    await deliveries.look()
    receiver.gate.set()
    await until(is_in("delivered", alerts))
    await deliveries.look()
    assert len(receiver.received) == 1
    assert (await one_delivery(alerts)).attempts == 1


async def test_what_a_killed_process_had_not_sent_is_sent_by_the_next_one(
    alerts: Alerts, database: Database, clock: FakeClock, events: Events, vault: Vault, receiver: Receiver
) -> None:
    await alerts.add_target(ADMIN, "hook", "apprise", Secret(receiver.url))
    await happen(database, "one", "two")
    await clock.advance(20)
    began = asyncio.Event()

    async def never(url: Secret, notice: Notice) -> None:
        began.set()
        await asyncio.Event().wait()

    killed = Deliveries(database, clock, events, vault, UTC_ZONE, patiently, never)
    await killed.look()
    await began.wait()
    for task in killed._under_way.values():
        task.cancel()
    after = Deliveries(database, clock, events, vault, UTC_ZONE, patiently)
    await after.look()
    await until(is_in("delivered", alerts))
    assert receiver.bodies == [("2 alerts", "one.\n\ntwo.")]


async def test_the_bot_hears_that_something_is_due(
    alerts: Alerts, database: Database, clock: FakeClock, events: Events, deliveries: Deliveries
) -> None:
    await alerts.add_target(ADMIN, "desk", "discord", Secret("112233445566778899"))
    await happen(database, "one")
    with events.subscribe() as news:
        await deliveries.look()
        assert news.take() is None
        await clock.advance(20)
        await deliveries.look()
        assert news.take() == AlertsDue()
