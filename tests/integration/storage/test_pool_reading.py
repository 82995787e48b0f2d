"""What the pool is loaded from is read again and again, and only what changed is opened and built anew."""

from __future__ import annotations

import pytest

from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.events import Events
from core.secrets import Secret, Vault, new_key
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.sources.instagram import Instagram
from core.storage.database import Database
from core.storage.pool_reading import PoolReading

ADMIN = Actor("cli:ann", Role.ADMIN)


class CountingVault(Vault):
    """Counts what it opens."""

    opened = 0

    def open(self, token: str) -> Secret:
        self.opened += 1
        return super().open(token)


@pytest.fixture
def vault() -> CountingVault:
    return CountingVault([new_key()])


@pytest.fixture
async def proxies(database: Database, vault: CountingVault) -> Proxies:
    proxies = Proxies(database, FakeClock(), Events(), vault)
    await proxies.import_lines(ADMIN, "10.0.0.1:80:ann:one\n10.0.0.2:80:ann:two\n10.0.0.3:80")
    return proxies


async def test_what_did_not_change_is_the_same_object_and_is_not_opened_again(
    database: Database, vault: CountingVault, proxies: Proxies
) -> None:
    reading = PoolReading(vault)
    first = await reading.proxies(database)
    assert [row.address.password for row in first] == [Secret("one"), Secret("two"), None]
    vault.opened = 0
    await proxies.disable(ADMIN, "2")
    second = await reading.proxies(database)
    assert [before is after for before, after in zip(first, second, strict=True)] == [True, False, True]
    assert (second[1].enabled, second[1].address.password) == (False, Secret("two"))
    assert vault.opened == 0


async def test_another_password_is_opened(database: Database, vault: CountingVault, proxies: Proxies) -> None:
    reading = PoolReading(vault)
    await reading.proxies(database)
    await proxies.import_lines(ADMIN, "10.0.0.1:80:ann:new")
    vault.opened = 0
    assert (await reading.proxies(database))[0].address.password == Secret("new")
    assert vault.opened == 1


async def test_who_is_removed_is_forgotten_and_who_comes_is_read(
    database: Database, vault: CountingVault, proxies: Proxies
) -> None:
    reading = PoolReading(vault)
    await reading.proxies(database)
    await proxies.remove(ADMIN, "1")
    await proxies.import_lines(ADMIN, "10.0.0.4:80")
    assert [row.address.host for row in await reading.proxies(database)] == ["10.0.0.2", "10.0.0.3", "10.0.0.4"]


async def test_cookies_are_opened_once(database: Database, vault: CountingVault) -> None:
    sessions = Sessions(database, FakeClock(), Events(), vault, Instagram())
    await sessions.add(ADMIN, "ann", "sessionid=1%3Aabc%3A7%3Asig")
    reading = PoolReading(vault)
    (first,) = await reading.sessions(database)
    vault.opened = 0
    assert (await reading.sessions(database))[0] is first
    await sessions.disable(ADMIN, "ann")
    (second,) = await reading.sessions(database)
    assert (second.enabled, second.cookies) == (False, first.cookies)
    assert vault.opened == 0
    await sessions.import_lines(ADMIN, "sessionid=1%3Aother%3A7%3Asig")
    assert (await reading.sessions(database))[0].cookies["sessionid"] == Secret("1%3Aother%3A7%3Asig")
