"""The verbs that make a user of Discord a person here: an admin asks for a code, and whoever enters it is that person.

Whoever enters a code is nobody yet, so no role is checked then; the code works once, for an hour.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import Conflict, NotFound
from core.events import Events, SignInsEnded
from core.secrets import Secret
from core.services.person_finding import discord_user, existing_person, must_be_nobodys, shown
from core.services.tokens import fingerprint
from core.services.views import PairingCode, PersonView
from core.storage import audit, one_time_codes, sign_ins
from core.storage import people as rows
from core.storage.database import Database, Transaction
from core.storage.people import StoredPerson

LIFE = timedelta(hours=1)

# Signs that nobody takes for another one; sixteen of them are 78 bits.
_SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUPS, _GROUP = 4, 4
_OVER = "This code does not work, or not any more; an admin gets a new one with: storywatch person pair NAME"
# Codes are typed by people whom nobody knows yet.
_LONGEST = 100


class Pairing:
    """Codes that pair people with users of Discord."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    async def offer(self, actor: Actor, name: str) -> PairingCode:
        """A code with which a user of Discord becomes this person, once, within an hour; the one before works no more.

        Raises:
            NotFound: Nobody has this name.
            Conflict: The person is switched off.
        """
        actor.must_be(Role.ADMIN, "pair people with Discord")
        code, now = _new_code(), self._clock.now()
        async with self._database.transaction() as tx:
            person = await existing_person(tx, name)
            if not person.enabled:
                raise Conflict(f'"{person.name}" is switched off; switch the person on first.')
            expires_at = await one_time_codes.replace(
                tx,
                code_hash=_hash(code.reveal()),
                person_id=person.id,
                purpose=one_time_codes.PAIRING,
                at=now,
                life=LIFE,
            )
            await audit.note(tx, actor, "person.pair", person.name, "a code for Discord", now)
            return PairingCode(await shown(tx, person.id, now), code, expires_at)

    async def pair(self, code: Secret, *, discord_id: str, known_as: str) -> PersonView:
        """Make a user of Discord the person whose code this is; it works no more then.

        Where the person was another user, their browsers are signed out.

        Args:
            known_as: What the audit log calls the user.

        Raises:
            NotFound: The code does not work.
            Conflict: The user is another person already.
        """
        wanted, now = discord_user(discord_id), self._clock.now()
        async with self._database.transaction() as tx:
            person = await self._person_of(tx, code)
            await must_be_nobodys(tx, wanted, but=person.id)
            await rows.set_discord_id(tx, person.id, wanted)
            if person.discord_id not in (None, wanted):
                await sign_ins.end_all_of(tx, person.id)
            # What they may do is what the person may.
            await audit.note(tx, Actor(known_as, Role.VIEWER), "person.discord", person.name, "by a code", now)
            view = await shown(tx, person.id, now)
        self._events.publish(SignInsEnded())
        return view

    async def _person_of(self, tx: Transaction, code: Secret) -> StoredPerson:
        typed = code.reveal()[:_LONGEST]
        person_id = await one_time_codes.use(tx, _hash(typed), one_time_codes.PAIRING, self._clock.now())
        person = None if person_id is None else await rows.by_id(tx, person_id)
        if person is None or not person.enabled:
            raise NotFound(_OVER)
        return person


def _new_code() -> Secret:
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return Secret("-".join(groups))


def _hash(typed: str) -> str:
    """What is stored of a code; upper and lower case, dashes and blanks make no difference."""
    return fingerprint(Secret("".join(sign for sign in typed.upper() if sign.isalnum())))
