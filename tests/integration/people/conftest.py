"""People over a real database, with hashes that are real and quick."""

from __future__ import annotations

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.events import Events
from core.secrets import Secret
from core.services.account import Account
from core.services.audit import Audit
from core.services.passwords import Passwords
from core.services.people import People
from core.services.sign_ins import SignIns
from core.services.views import Admitted, OneTimeLink
from core.storage.database import Database

URL = "https://stories.example.org"
HERE = "203.0.113.7"
PASSWORD = Secret("four words of hers")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def admin() -> Actor:
    return Actor("cli:root", Role.ADMIN)


@pytest.fixture
def passwords() -> Passwords:
    return quick_passwords()


@pytest.fixture
def people(database: Database, clock: FakeClock, events: Events) -> People:
    return People(database, clock, events, URL)


@pytest.fixture
def sign_ins(database: Database, clock: FakeClock, events: Events, passwords: Passwords) -> SignIns:
    return SignIns(database, clock, events, passwords, URL)


@pytest.fixture
def account(database: Database, clock: FakeClock, events: Events, passwords: Passwords) -> Account:
    return Account(database, clock, events, passwords)


@pytest.fixture
def audit(database: Database) -> Audit:
    return Audit(database)


def quick_passwords() -> Passwords:
    """The same algorithm with the least work that it accepts."""
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


def code_of(link: OneTimeLink | Secret) -> Secret:
    """The code in a one-time link."""
    url = link.url if isinstance(link, OneTimeLink) else link
    assert url.reveal().startswith(f"{URL}/welcome/")
    return Secret(url.reveal().rpartition("/")[2])


async def somebody(people: People, sign_ins: SignIns, name: str, role: Role) -> Admitted:
    """A person who has chosen :data:`PASSWORD` and is signed in."""
    link = await people.add(Actor("cli:root", Role.ADMIN), name, role)
    return await sign_ins.by_link(code_of(link), name="", password=PASSWORD, address=HERE)
