"""The verbs of signing in and out: by a password, by a one-time link, through Discord.

Whoever asks is nobody yet, so no role is checked here; what fails is counted, slowed down and noted.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from datetime import timedelta
from functools import partial

from core.clock import Clock
from core.domain import password as rules
from core.domain import person_name
from core.domain.actor import Actor, Role, role_named
from core.domain.sign_in_guard import SignInGuard, Try, network_of
from core.errors import Conflict, NotAllowed, NotFound
from core.events import Events, SignInsEnded
from core.secrets import Secret
from core.services.passwords import Passwords
from core.services.tokens import fingerprint, new_token
from core.services.views import Admitted, SignedIn, Welcome
from core.storage import audit, one_time_codes
from core.storage import people as people_rows
from core.storage import sign_ins as rows
from core.storage.database import Database, Transaction
from core.storage.people import StoredPerson

FIRST_NAME = "admin"

# That a browser is in use is written so often at most.
_SEEN_EVERY = timedelta(minutes=1)
# Who fails to sign in has no name of their own.
_SOMEBODY = Actor("panel", Role.VIEWER)
_OVER = "This link does not work any more; ask an admin for a new one, or run: storywatch person reset NAME"


class SignIns:
    """Browsers that are signed in to the panel.

    Args:
        url: Where people reach the panel, without a slash at the end.
    """

    def __init__(self, database: Database, clock: Clock, events: Events, passwords: Passwords, url: str) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._passwords = passwords
        self._url = url
        self._guard = SignInGuard()
        self._first_code: str | None = None

    # -- in ---------------------------------------------------------------------------

    async def first_link(self) -> Secret | None:
        """A link that makes the first admin, once; None where somebody exists already.

        It works while this process runs; asking again withdraws the one before.
        """
        if await people_rows.somebody_exists(self._database):
            return None
        code = new_token()
        self._first_code = fingerprint(code)
        return link(self._url, code)

    async def look_at_link(self, code: Secret) -> Welcome:
        """What the one-time link with this code is for; looking does not use it up.

        Raises:
            NotFound: It does not work, or does not any more.
        """
        if await self._is_first(code):
            return Welcome(name=None)
        person_id = await one_time_codes.look(self._database, fingerprint(code), one_time_codes.LINK, self._clock.now())
        person = None if person_id is None else await people_rows.by_id(self._database, person_id)
        if person is None or not person.enabled:
            raise NotFound(_OVER)
        return Welcome(person.name)

    async def by_link(
        self, code: Secret, *, name: str, password: Secret, address: str, before: Secret | None = None
    ) -> Admitted:
        """Choose a password by a one-time link, which is used up by it, and sign in.  Other sign-ins end.

        Args:
            name: Of the first admin; whoever exists has a name already, and this one is not looked at.
            before: The token that the browser came with; its sign-in ends.

        Raises:
            NotFound: The link does not work any more.
            InvalidInput: Name or password cannot be used; the link still works.
        """
        welcome = await self.look_at_link(code)
        chosen = person_name.clean(name if welcome.name is None else welcome.name)
        hashed = await self._passwords.hashed(rules.check(password, name=chosen))
        async with self._database.transaction() as tx:
            if welcome.name is None:
                person = await self._first_person(tx, chosen)
            else:
                person = await self._person_of_link(tx, code)
            await people_rows.set_password(tx, person.id, hashed)
            await rows.end_all_of(tx, person.id)
            admitted = await self._admit(tx, person, address, "by a one-time link", before)
        self._first_code = None
        self._events.publish(SignInsEnded())
        return admitted

    async def by_password(self, name: str, password: Secret, *, address: str, before: Secret | None = None) -> Admitted:
        """Sign in with name and password.

        Raises:
            NotAllowed: They do not fit, or the person is switched off; both are the same sentence.
            TooManyTries: Too many failed before.
        """
        key = person_name.key(name)
        person = await people_rows.find(self._database, key)
        homes = set() if person is None else await rows.addresses_of(self._database, person.id)
        at_home = network_of(address) in {network_of(home) for home in homes}
        attempt = self._guard.begin(address, key, self._clock.monotonic(), at_home=at_home)
        fits = await self._passwords.fits(password, None if person is None else person.password_hash)
        if person is None or not fits or not person.enabled:
            await self._note_failure(person, attempt, address)
            raise NotAllowed(f"Name or password is wrong. {_left(attempt)}")
        self._guard.succeeded(attempt, at_home=at_home)
        return await self._let_in(person.id, address, "by password", before)

    async def by_discord(self, discord_id: str, *, address: str, before: Secret | None = None) -> Admitted:
        """Sign in as the person who is this user of Discord.

        Raises:
            NotAllowed: No person is, or they are switched off.
        """
        person = await people_rows.by_discord_id(self._database, discord_id)
        if person is None or not person.enabled:
            detail = f"from {address}: Discord user {discord_id} may not sign in"
            await self._note_refused("" if person is None else person.name, detail)
            raise NotAllowed("This Discord account may not sign in here; an admin can link it to a person.")
        return await self._let_in(person.id, address, "through Discord", before)

    # -- while it lasts -----------------------------------------------------------------

    async def look(self, token: Secret) -> SignedIn | None:
        """Whose the token of a browser is; None where the sign-in has ended.  It counts as used."""
        return await self.again(fingerprint(token))

    async def again(self, sign_in_id: str) -> SignedIn | None:
        """The sign-in as it is now; None where it has ended.  It counts as used."""
        now = self._clock.now()
        found = await rows.look(self._database, sign_in_id, now)
        if found is None:
            return None
        if now - found.seen_at >= _SEEN_EVERY:
            person_id = found.person_id
            await self._database.at_once(partial(rows.seen, token_hash=sign_in_id, person_id=person_id, at=now))
        return SignedIn(found.token_hash, found.person_id, found.name, role_named(found.role), found.appearance)

    async def live_among(self, sign_in_ids: Collection[str]) -> set[str]:
        """Those of the sign-ins that have not ended.  Looking does not count as use."""
        return await rows.live_among(self._database, sign_in_ids, self._clock.now())

    # -- out ----------------------------------------------------------------------------

    async def end(self, sign_in_id: str) -> None:
        """Sign a browser out; harmless where it is out already."""
        async with self._database.transaction() as tx:
            found = await rows.look(tx, sign_in_id, self._clock.now())
            await rows.end(tx, sign_in_id)
            if found is not None:
                actor = Actor(f"panel:{found.name}", role_named(found.role))
                await audit.note(tx, actor, "sign_in.end", found.name, "", self._clock.now())
        self._events.publish(SignInsEnded())

    # -- parts --------------------------------------------------------------------------

    async def _is_first(self, code: Secret) -> bool:
        if self._first_code is None or not hmac.compare_digest(self._first_code, fingerprint(code)):
            return False
        return not await people_rows.somebody_exists(self._database)

    async def _first_person(self, tx: Transaction, name: str) -> StoredPerson:
        if self._first_code is None or await people_rows.somebody_exists(tx):
            raise NotFound(_OVER)
        now, role = self._clock.now(), Role.ADMIN
        key = person_name.key(name)
        person_id = await people_rows.create(tx, name=name, key=key, role=role.name.lower(), discord_id=None, at=now)
        await audit.note(tx, Actor(f"panel:{name}", role), "person.add", name, "the first admin", now)
        return await self._existing(tx, person_id)

    async def _person_of_link(self, tx: Transaction, code: Secret) -> StoredPerson:
        person_id = await one_time_codes.use(tx, fingerprint(code), one_time_codes.LINK, self._clock.now())
        if person_id is None:
            raise NotFound(_OVER)
        return await self._existing(tx, person_id)

    async def _let_in(self, person_id: int, address: str, how: str, before: Secret | None) -> Admitted:
        async with self._database.transaction() as tx:
            # Much may have happened while the password was being compared.
            person = await self._existing(tx, person_id)
            admitted = await self._admit(tx, person, address, how, before)
        if before is not None:
            self._events.publish(SignInsEnded())
        return admitted

    async def _existing(self, tx: Transaction, person_id: int) -> StoredPerson:
        person = await people_rows.by_id(tx, person_id)
        if person is None or not person.enabled:
            raise Conflict("This person was switched off or removed a moment ago.")
        return person

    async def _admit(
        self, tx: Transaction, person: StoredPerson, address: str, how: str, before: Secret | None
    ) -> Admitted:
        now, token = self._clock.now(), new_token()
        if before is not None:
            await rows.end(tx, fingerprint(before))
        await rows.create(tx, token_hash=fingerprint(token), person_id=person.id, address=address, at=now)
        await rows.seen(tx, fingerprint(token), person.id, now)
        signed_in = SignedIn(fingerprint(token), person.id, person.name, role_named(person.role), person.appearance)
        await audit.note(tx, signed_in.actor, "sign_in.begin", person.name, f"from {address}, {how}", now)
        return Admitted(token, signed_in)

    async def _note_failure(self, person: StoredPerson | None, attempt: Try, address: str) -> None:
        if person is None and not attempt.first_from_there:
            # Anybody can make up names; one line for each address says enough.
            return
        # What was typed for a name may be a password, so an unknown one is not kept.
        name, why = ("", "no such name") if person is None else (person.name, "wrong password")
        if person is not None and not person.enabled:
            why = "switched off"
        await self._note_refused(name, f"from {address}: {why}")

    async def _note_refused(self, name: str, detail: str) -> None:
        async with self._database.transaction() as tx:
            await audit.note(tx, _SOMEBODY, "sign_in.refused", name, detail, self._clock.now())


def link(url: str, code: Secret) -> Secret:
    """The one-time link with this code."""
    return Secret(f"{url}/welcome/{code.reveal()}")


def _left(attempt: Try) -> str:
    if attempt.left == 0:
        return "The next try is in 15 min."
    return f"{attempt.left} {'try' if attempt.left == 1 else 'tries'} left before a 15 min pause."
