"""What people do about themselves, whatever their role: how the panel looks, and their password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from core.clock import Clock
from core.domain import password as rules
from core.domain.actor import Actor, role_named
from core.domain.sign_in_guard import SignInGuard
from core.errors import InvalidInput, SignedOut
from core.events import Events, SignInsEnded
from core.secrets import Secret
from core.services.passwords import Passwords
from core.storage import audit, one_time_codes, people, sign_ins
from core.storage.database import Database, Transaction
from core.storage.people import StoredPerson

THEMES = ("system", "light", "dark")
_LONGEST_APPEARANCE = 4_096


class Account:
    """The person behind a sign-in, who proves by it who they are."""

    def __init__(self, database: Database, clock: Clock, events: Events, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._passwords = passwords
        self._guard = SignInGuard()

    async def set_appearance(self, sign_in_id: str, changes: Mapping[str, Any]) -> Mapping[str, Any]:
        """Change how the panel looks to this person; names that are not given stay, None forgets one.  All of it then.

        Raises:
            SignedOut: The sign-in has ended.
            InvalidInput: The theme is none of ``system``, ``light``, ``dark``, or it is more than 4 KB.
        """
        if changes.get("theme") not in (None, *THEMES):
            raise InvalidInput("theme", f"choose {', '.join(THEMES[:-1])} or {THEMES[-1]}")
        async with self._database.transaction() as tx:
            person = await self._person(tx, sign_in_id)
            looks = {name: value for name, value in (person.appearance | dict(changes)).items() if value is not None}
            if len(orjson.dumps(looks)) > _LONGEST_APPEARANCE:
                raise InvalidInput("appearance", "it has room for 4 KB; forget some of it first")
            await people.set_appearance(tx, person.id, looks)
        return looks

    async def change_password(self, sign_in_id: str, current: Secret, new: Secret) -> None:
        """Take another password; the person's other sign-ins end, this one stays.

        Args:
            current: Not looked at where the person has none yet.

        Raises:
            SignedOut: The sign-in has ended.
            InvalidInput: The current one is wrong, or the new one cannot be used.
            TooManyTries: The current one was wrong too often.
        """
        person = await self._person(self._database, sign_in_id)
        if person.password_hash is not None:
            # Who finds an open browser must not get to guess.
            attempt = self._guard.begin("", str(person.id), self._clock.monotonic(), at_home=True)
            if not await self._passwords.fits(current, person.password_hash):
                raise InvalidInput("current password", "it is wrong")
            self._guard.succeeded(attempt, at_home=True)
        hashed = await self._passwords.hashed(rules.check(new, name=person.name, field="new password"))
        async with self._database.transaction() as tx:
            person = await self._person(tx, sign_in_id)
            await people.set_password(tx, person.id, hashed)
            await sign_ins.end_all_of(tx, person.id, but=sign_in_id)
            await one_time_codes.withdraw(tx, person.id, one_time_codes.LINK)
            actor = Actor(f"panel:{person.name}", role_named(person.role))
            await audit.note(tx, actor, "person.password", person.name, "", self._clock.now())
        self._events.publish(SignInsEnded())

    async def _person(self, db: Database | Transaction, sign_in_id: str) -> StoredPerson:
        found = await sign_ins.look(db, sign_in_id, self._clock.now())
        person = None if found is None else await people.by_id(db, found.person_id)
        if person is None:
            raise SignedOut("You are signed out; sign in again.")
        return person
