"""Codes with which users of Discord become people here."""

from __future__ import annotations

import pytest

from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import Events
from core.secrets import Secret
from core.services.audit import Audit
from core.services.pairing import LIFE, Pairing
from core.services.people import People
from core.services.sign_ins import SignIns
from core.storage.database import Database
from tests.integration.people.conftest import somebody

ANN, BEA = "123456789012345678", "223456789012345678"
KNOWN_AS = f"discord:ann ({ANN})"


@pytest.fixture
def pairing(database: Database, clock: FakeClock, events: Events) -> Pairing:
    return Pairing(database, clock, events)


@pytest.fixture
async def ann(people: People, admin: Actor) -> str:
    return (await people.add(admin, "ann", Role.ADMIN)).person.name


async def test_whoever_enters_the_code_is_that_person_from_then_on(
    pairing: Pairing, people: People, admin: Actor, audit: Audit, ann: str
) -> None:
    offered = await pairing.offer(admin, "ANN")
    assert await people.actor_of_discord(ANN) is None
    paired = await pairing.pair(offered.code, discord_id=ANN, known_as=KNOWN_AS)
    assert (paired.name, paired.discord_id) == ("ann", ANN)
    assert await people.actor_of_discord(ANN) == Actor("discord:ann", Role.ADMIN)
    newest, before, *_ = (await audit.list(admin)).entries
    assert (newest.actor, newest.verb, newest.subject) == (KNOWN_AS, "person.discord", "ann")
    assert (before.actor, before.verb) == ("cli:root", "person.pair")


async def test_a_code_is_typed_in_any_case_with_or_without_dashes(pairing: Pairing, admin: Actor, ann: str) -> None:
    code = (await pairing.offer(admin, ann)).code.reveal()
    typed = Secret(f" {code.lower().replace('-', ' ')} ")
    assert (await pairing.pair(typed, discord_id=ANN, known_as=KNOWN_AS)).discord_id == ANN


async def test_a_code_works_once_and_only_the_newest_one(pairing: Pairing, admin: Actor, ann: str) -> None:
    first, second = (await pairing.offer(admin, ann)).code, (await pairing.offer(admin, ann)).code
    with pytest.raises(NotFound, match=r"^This code does not work, or not any more; an admin gets a new one"):
        await pairing.pair(first, discord_id=ANN, known_as=KNOWN_AS)
    await pairing.pair(second, discord_id=ANN, known_as=KNOWN_AS)
    with pytest.raises(NotFound):
        await pairing.pair(second, discord_id=BEA, known_as=KNOWN_AS)


async def test_a_code_ends_after_an_hour(pairing: Pairing, admin: Actor, ann: str, clock: FakeClock) -> None:
    offered = await pairing.offer(admin, ann)
    assert offered.expires_at == clock.now() + LIFE
    await clock.advance(LIFE.total_seconds())
    with pytest.raises(NotFound):
        await pairing.pair(offered.code, discord_id=ANN, known_as=KNOWN_AS)


async def test_a_link_to_the_panel_is_no_code_for_discord(pairing: Pairing, people: People, admin: Actor) -> None:
    link = await people.add(admin, "bea", Role.ADMIN)
    with pytest.raises(NotFound):
        await pairing.pair(Secret(link.url.reveal().rpartition("/")[2]), discord_id=ANN, known_as=KNOWN_AS)


async def test_somebody_who_is_a_person_already_becomes_no_second_one_and_the_code_still_works(
    pairing: Pairing, people: People, admin: Actor, ann: str
) -> None:
    await people.add(admin, "bea", Role.VIEWER, discord_id=BEA)
    offered = await pairing.offer(admin, ann)
    with pytest.raises(Conflict, match=r'^"bea" is this Discord user already'):
        await pairing.pair(offered.code, discord_id=BEA, known_as=KNOWN_AS)
    await pairing.pair(offered.code, discord_id=ANN, known_as=KNOWN_AS)


async def test_another_user_signs_the_person_out_and_the_same_one_does_not(
    pairing: Pairing, people: People, sign_ins: SignIns, admin: Actor
) -> None:
    await somebody(people, sign_ins, "cleo", Role.OPERATOR)
    await pairing.pair((await pairing.offer(admin, "cleo")).code, discord_id=ANN, known_as=KNOWN_AS)
    again = await pairing.pair((await pairing.offer(admin, "cleo")).code, discord_id=ANN, known_as=KNOWN_AS)
    assert again.sign_ins == 1
    other = await pairing.pair((await pairing.offer(admin, "cleo")).code, discord_id=BEA, known_as=KNOWN_AS)
    assert (other.sign_ins, other.discord_id) == (0, BEA)
    assert await people.actor_of_discord(ANN) is None


async def test_who_is_switched_off_gets_no_code_and_loses_the_one_they_had(
    pairing: Pairing, people: People, admin: Actor, ann: str
) -> None:
    await people.add(admin, "bea", Role.VIEWER)
    offered = await pairing.offer(admin, "bea")
    await people.disable(admin, "bea")
    with pytest.raises(Conflict, match="switched off"):
        await pairing.offer(admin, "bea")
    await people.enable(admin, "bea")
    with pytest.raises(NotFound):
        await pairing.pair(offered.code, discord_id=ANN, known_as=KNOWN_AS)


async def test_only_an_admin_gets_codes_and_nonsense_is_refused(pairing: Pairing, admin: Actor, ann: str) -> None:
    with pytest.raises(NotAllowed):
        await pairing.offer(Actor("panel:olga", Role.OPERATOR), ann)
    with pytest.raises(NotFound, match="There is no person"):
        await pairing.offer(admin, "mora")
    offered = await pairing.offer(admin, ann)
    with pytest.raises(InvalidInput, match="Discord id"):
        await pairing.pair(offered.code, discord_id="ann", known_as=KNOWN_AS)
    with pytest.raises(NotFound):
        await pairing.pair(Secret("x" * 100_000), discord_id=ANN, known_as=KNOWN_AS)


async def test_of_a_code_only_a_hash_is_stored_and_it_is_masked_until_it_is_asked_for(
    pairing: Pairing, admin: Actor, database: Database, ann: str
) -> None:
    offered = await pairing.offer(admin, ann)
    code = offered.code.reveal()
    assert code not in f"{offered} {offered!r}"
    for table in ("person", "one_time_code", "audit_entry"):
        assert all(code not in map(str, row) for row in await database.fetch(f"SELECT * FROM {table}"))
