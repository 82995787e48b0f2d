"""People as others name them, and what must hold before one is changed."""

from __future__ import annotations

import re
from datetime import datetime

from core.domain import person_name
from core.domain.actor import Role
from core.domain.closest import hint, sentence
from core.errors import Conflict, InvalidInput, NotFound
from core.services.views import PersonView
from core.storage import people as rows
from core.storage import sign_ins
from core.storage.database import Database, Transaction
from core.storage.people import StoredPerson

_DISCORD_ID = re.compile(r"[0-9]{15,22}", re.ASCII)
_ADMIN = Role.ADMIN.name.lower()


async def existing_person(db: Database | Transaction, name: str) -> StoredPerson:
    """The person of this name.

    Raises:
        NotFound: There is none; the sentence names the closest one.
    """
    person = await rows.find(db, person_name.key(name))
    if person is None:
        names = [known.name for known in await rows.every(db)]
        raise NotFound(f'There is no person "{" ".join(name.split())}"; {sentence(hint(name, names))}')
    return person


async def shown(db: Database | Transaction, person_id: int, now: datetime) -> PersonView:
    """The person of this id, who exists."""
    person = await rows.by_id(db, person_id)
    assert person is not None, "it was there just now"
    return view(person, (await sign_ins.count_live(db, now)).get(person_id, 0))


def view(person: StoredPerson, live: int) -> PersonView:
    """What people are shown of a person.

    Args:
        live: How many browsers are signed in.
    """
    return PersonView(
        id=person.id,
        name=person.name,
        role=person.role,
        enabled=person.enabled,
        has_password=person.password_hash is not None,
        discord_id=person.discord_id,
        sign_ins=live,
        created_at=person.created_at,
        last_seen_at=person.last_seen_at,
    )


def discord_user(text: str) -> str:
    """The number of a Discord user that *text* spells.

    Raises:
        InvalidInput: It is none.
    """
    cleaned = text.strip()
    if not _DISCORD_ID.fullmatch(cleaned):
        raise InvalidInput(
            "Discord id",
            f'a user\'s id is a number of 17 to 20 digits, not "{cleaned[:40]}"; '
            "with Discord's developer mode on, the user's menu copies it",
        )
    return cleaned


async def must_be_free(tx: Transaction, name: str, but: int | None = None) -> None:
    """Raise if somebody other than *but* has this name.

    Raises:
        Conflict: Somebody has.
    """
    taken = await rows.find(tx, person_name.key(name))
    if taken is not None and taken.id != but:
        raise Conflict(f'There is already a person "{taken.name}"; choose another name.')


async def must_be_nobodys(tx: Transaction, discord_id: str | None, but: int | None = None) -> None:
    """Raise if somebody other than *but* is this user of Discord.

    Raises:
        Conflict: Somebody is.
    """
    taken = None if discord_id is None else await rows.by_discord_id(tx, discord_id)
    if taken is not None and taken.id != but:
        raise Conflict(f'"{taken.name}" is this Discord user already; take it away there first.')


async def must_not_be_the_last(tx: Transaction, person: StoredPerson) -> None:
    """Raise if nobody but *person* is an admin who can sign in.

    Raises:
        Conflict: Nobody is.
    """
    if person.role == _ADMIN and person.enabled and not await rows.others_enabled(tx, _ADMIN, person.id):
        raise Conflict(f'"{person.name}" is the last admin who can sign in; give another person the role admin first.')
