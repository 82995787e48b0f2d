"""Verbs over a real database, with a clock that does not keep anybody waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.domain.limits import Limits
from core.events import Events, Mailbox
from core.secrets import Vault, new_key
from core.services.alerts import Alerts
from core.services.batches import Batches
from core.services.canaries import Canaries
from core.services.imports import Imports
from core.services.limits import OperatingLimits
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.sources.base import Source
from core.sources.instagram import Instagram
from core.storage.database import Database, Row
from tests.integration.services.batch_rows import assert_counters_hold


class QuickClock(FakeClock):
    """Time that a sleeper takes along; other tasks still get their turn."""

    async def sleep(self, seconds: float) -> None:
        self._elapsed += max(0.0, seconds)
        await asyncio.sleep(0)

    def pass_by(self, seconds: float) -> None:
        """Let *seconds* pass."""
        self._elapsed += seconds


class Ledger:
    """What a verb leaves behind besides its own rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rows(self, table: str) -> list[Row]:
        return await self._database.fetch(f"SELECT * FROM {table} ORDER BY 1")

    async def count(self, table: str) -> int:
        return int((await self._database.fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"])

    async def audited(self) -> list[tuple[str, str, str, str]]:
        """Actor, verb, subject and detail of every line, the oldest first."""
        lines = await self._database.fetch("SELECT actor, verb, subject, detail FROM audit_entry ORDER BY id")
        return [(line["actor"], line["verb"], line["subject"], line["detail"]) for line in lines]

    async def revision(self) -> int:
        state = await self._database.fetch("SELECT revision FROM engine_state")
        return int(state[0]["revision"]) if state else 0


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def news(events: Events) -> Iterator[Mailbox]:
    """What is published from now on."""
    with events.subscribe() as mailbox:
        yield mailbox


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


@pytest.fixture
def vault() -> Vault:
    return Vault([new_key()])


@pytest.fixture
def viewer() -> Actor:
    return Actor("panel:vera", Role.VIEWER)


@pytest.fixture
def operator() -> Actor:
    return Actor("panel:olga", Role.OPERATOR)


@pytest.fixture
def admin() -> Actor:
    return Actor("cli:ann", Role.ADMIN)


@pytest.fixture
def niches(database: Database, clock: QuickClock, events: Events) -> Niches:
    return Niches(database, clock, events)


@pytest.fixture
def profiles(database: Database, clock: QuickClock, events: Events) -> Profiles:
    return Profiles(database, clock, events)


@pytest.fixture
async def batches(database: Database, clock: QuickClock, events: Events) -> AsyncIterator[Batches]:
    """After every test the counters of all batches equal a recount of their checks."""
    yield Batches(database, clock, events, Limits())
    await assert_counters_hold(database)


@pytest.fixture
def canaries(database: Database, clock: QuickClock, events: Events) -> Canaries:
    return Canaries(database, clock, events)


@pytest.fixture
def limits(database: Database, clock: QuickClock, events: Events) -> OperatingLimits:
    return OperatingLimits(database, clock, events, Limits())


@pytest.fixture
def imports(database: Database, clock: QuickClock, events: Events) -> Imports:
    return Imports(database, clock, events)


@pytest.fixture
def proxies(database: Database, clock: QuickClock, events: Events, vault: Vault) -> Proxies:
    return Proxies(database, clock, events, vault)


@pytest.fixture
def alerts(database: Database, clock: QuickClock, events: Events, vault: Vault) -> Alerts:
    return Alerts(database, clock, events, vault)


@pytest.fixture
def source() -> Source:
    return Instagram()


@pytest.fixture
def sessions(database: Database, clock: QuickClock, events: Events, vault: Vault, source: Source) -> Sessions:
    return Sessions(database, clock, events, vault, source)


def cookies(account: int, token: str = "abc") -> str:
    """A cookie header of *account*, as a browser shows it."""
    return f"sessionid={account}%3A{token}%3A7%3Asig; ds_user_id={account}; csrftoken=csrf{account}"
