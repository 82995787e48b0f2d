"""The verbs of people: who may sign in to the panel and speak to the bot, and with which role."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from core.clock import Clock
from core.domain import person_name
from core.domain.actor import Actor, Role, role_named
from core.errors import Conflict
from core.events import Events, SignInsEnded
from core.services.person_finding import (
    discord_user,
    existing_person,
    must_be_free,
    must_be_nobodys,
    must_not_be_the_last,
    shown,
    view,
)
from core.services.sign_ins import link
from core.services.tokens import fingerprint, new_token
from core.services.views import OneTimeLink, PersonView
from core.storage import audit, one_time_codes, sign_ins
from core.storage import people as rows
from core.storage.database import Database, Transaction
from core.storage.people import StoredPerson

_Change = Callable[[Transaction, StoredPerson], Awaitable[None]]


class People:
    """Those who may use panel and bot.  Names are the same in upper and lower case.

    Args:
        url: Where people reach the panel, without a slash at the end.
    """

    def __init__(self, database: Database, clock: Clock, events: Events, url: str) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._url = url

    async def list(self, actor: Actor) -> tuple[PersonView, ...]:
        """All people in the order of their names."""
        actor.must_be(Role.ADMIN, "see people")
        live = await sign_ins.count_live(self._database, self._clock.now())
        return tuple(view(person, live.get(person.id, 0)) for person in await rows.every(self._database))

    async def show(self, actor: Actor, name: str) -> PersonView:
        """One person.

        Raises:
            NotFound: Nobody has this name.
        """
        actor.must_be(Role.ADMIN, "see people")
        return await shown(self._database, (await existing_person(self._database, name)).id, self._clock.now())

    async def actor_of_discord(self, discord_id: str) -> Actor | None:
        """Who asks when this user of Discord does; None where no person is this user, or they are switched off."""
        person = await rows.by_discord_id(self._database, discord_id)
        if person is None or not person.enabled:
            return None
        return Actor(f"discord:{person.name}", role_named(person.role))

    async def add(self, actor: Actor, name: str, role: Role, *, discord_id: str | None = None) -> OneTimeLink:
        """Add a person; the link lets them choose a password.

        Raises:
            Conflict: The name is taken, or another person is this user of Discord.
            InvalidInput: The name or the Discord id cannot be used.
        """
        actor.must_be(Role.ADMIN, "add people")
        cleaned, now = person_name.clean(name), self._clock.now()
        discord_id = None if discord_id is None else discord_user(discord_id)
        async with self._database.transaction() as tx:
            await must_be_free(tx, cleaned)
            await must_be_nobodys(tx, discord_id)
            key = person_name.key(cleaned)
            said = role.name.lower()
            person_id = await rows.create(tx, name=cleaned, key=key, role=said, discord_id=discord_id, at=now)
            await audit.note(tx, actor, "person.add", cleaned, said, now)
            return await self._new_link(tx, person_id, now)

    async def reset(self, actor: Actor, name: str) -> OneTimeLink:
        """A link that lets a person choose a password anew, once, within 24 h; the one before works no more.

        Until it is used, the old password works and open pages stay open.

        Raises:
            NotFound: Nobody has this name.
            Conflict: The person is switched off.
        """
        actor.must_be(Role.ADMIN, "reset passwords")
        now = self._clock.now()
        async with self._database.transaction() as tx:
            person = await existing_person(tx, name)
            if not person.enabled:
                raise Conflict(f'"{person.name}" is switched off and cannot sign in; switch the person on first.')
            await audit.note(tx, actor, "person.reset", person.name, "", now)
            return await self._new_link(tx, person.id, now)

    async def set_role(self, actor: Actor, name: str, role: Role) -> PersonView:
        """Give a person another role; they sign in anew.

        Raises:
            NotFound: Nobody has this name.
            Conflict: Nobody else who is switched on would be an admin.
        """
        actor.must_be(Role.ADMIN, "change roles")
        said = role.name.lower()

        async def change(tx: Transaction, person: StoredPerson) -> None:
            if person.role == said:
                return
            if role is not Role.ADMIN:
                await must_not_be_the_last(tx, person)
            await rows.set_role(tx, person.id, said)
            await sign_ins.end_all_of(tx, person.id)
            await self._note(tx, actor, "person.role", person, f"{person.role} to {said}")

        return await self._change(name, change)

    async def rename(self, actor: Actor, name: str, new_name: str) -> PersonView:
        """Give a person another name.

        Raises:
            NotFound: Nobody has the old one.
            Conflict: Somebody else has the new one.
            InvalidInput: It cannot be used.
        """
        actor.must_be(Role.ADMIN, "rename people")
        cleaned = person_name.clean(new_name)

        async def change(tx: Transaction, person: StoredPerson) -> None:
            await must_be_free(tx, cleaned, but=person.id)
            await rows.rename(tx, person.id, name=cleaned, key=person_name.key(cleaned))
            await self._note(tx, actor, "person.rename", person, f"to {cleaned}")

        return await self._change(name, change)

    async def set_discord(self, actor: Actor, name: str, discord_id: str | None) -> PersonView:
        """Say which user of Discord a person is, by the number that Discord gives; None says nobody.

        Where it was another one, the person signs in anew.

        Raises:
            NotFound: Nobody has this name.
            Conflict: Another person is this user.
            InvalidInput: It is no number of a user.
        """
        actor.must_be(Role.ADMIN, "link people with Discord")
        wanted = None if discord_id is None else discord_user(discord_id)

        async def change(tx: Transaction, person: StoredPerson) -> None:
            await must_be_nobodys(tx, wanted, but=person.id)
            await rows.set_discord_id(tx, person.id, wanted)
            if person.discord_id not in (None, wanted):
                await sign_ins.end_all_of(tx, person.id)
            await self._note(tx, actor, "person.discord", person, wanted or "none")

        return await self._change(name, change)

    async def enable(self, actor: Actor, name: str) -> PersonView:
        """Let a person sign in again.

        Raises:
            NotFound: Nobody has this name.
        """
        actor.must_be(Role.ADMIN, "switch people on")

        async def change(tx: Transaction, person: StoredPerson) -> None:
            if not person.enabled:
                await rows.set_enabled(tx, person.id, enabled=True)
                await self._note(tx, actor, "person.enable", person)

        return await self._change(name, change)

    async def disable(self, actor: Actor, name: str) -> PersonView:
        """Sign a person out everywhere, and let them in no more until they are switched on.

        Raises:
            NotFound: Nobody has this name.
            Conflict: Nobody else who is switched on is an admin.
        """
        actor.must_be(Role.ADMIN, "switch people off")

        async def change(tx: Transaction, person: StoredPerson) -> None:
            if not person.enabled:
                return
            await must_not_be_the_last(tx, person)
            await rows.set_enabled(tx, person.id, enabled=False)
            await sign_ins.end_all_of(tx, person.id)
            for purpose in (one_time_codes.LINK, one_time_codes.PAIRING):
                await one_time_codes.withdraw(tx, person.id, purpose)
            await self._note(tx, actor, "person.disable", person)

        return await self._change(name, change)

    async def remove(self, actor: Actor, name: str) -> PersonView:
        """Remove a person and sign them out; what they did stays in the audit log.  The person as they were.

        Raises:
            NotFound: Nobody has this name.
            Conflict: Nobody else who is switched on is an admin.
        """
        actor.must_be(Role.ADMIN, "remove people")
        async with self._database.transaction() as tx:
            person = await existing_person(tx, name)
            await must_not_be_the_last(tx, person)
            view = await shown(tx, person.id, self._clock.now())
            await rows.remove(tx, person.id)
            await self._note(tx, actor, "person.remove", person)
        self._events.publish(SignInsEnded())
        return view

    # -- parts --------------------------------------------------------------------------

    async def _change(self, name: str, change: _Change) -> PersonView:
        async with self._database.transaction() as tx:
            person = await existing_person(tx, name)
            await change(tx, person)
            view = await shown(tx, person.id, self._clock.now())
        self._events.publish(SignInsEnded())
        return view

    async def _new_link(self, tx: Transaction, person_id: int, now: datetime) -> OneTimeLink:
        code = new_token()
        expires_at = await one_time_codes.replace(
            tx, code_hash=fingerprint(code), person_id=person_id, purpose=one_time_codes.LINK, at=now
        )
        return OneTimeLink(await shown(tx, person_id, now), link(self._url, code), expires_at)

    async def _note(self, tx: Transaction, actor: Actor, verb: str, person: StoredPerson, detail: str = "") -> None:
        await audit.note(tx, actor, verb, person.name, detail, self._clock.now())
