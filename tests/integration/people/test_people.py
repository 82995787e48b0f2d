"""People: who is added, changed and removed, by whom, and what ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from core.clock import FakeClock
from core.domain.actor import Actor, Role, role_named
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.services.audit import Audit
from core.services.people import People
from core.services.sign_ins import SignIns
from core.storage.database import Database
from tests.integration.people.conftest import HERE, PASSWORD, code_of, somebody

LAST = r"is the last admin who can sign in; give another person the role admin first\.$"


async def test_a_new_person_has_a_role_and_no_password_yet(people: People, admin: Actor, clock: FakeClock) -> None:
    link = await people.add(admin, " Mara  K. ", Role.OPERATOR)
    (mara,) = await people.list(admin)
    assert mara == link.person
    assert (mara.name, mara.role, mara.enabled, mara.has_password) == ("Mara K.", "operator", True, False)
    assert (mara.sign_ins, mara.created_at, mara.last_seen_at) == (0, clock.now(), None)


async def test_a_link_is_masked_until_it_is_asked_for(people: People, admin: Actor) -> None:
    link = await people.add(admin, "ann", Role.VIEWER)
    assert link.url.reveal() not in f"{link} {link!r}"
    assert code_of(link).reveal() not in repr(await people.list(admin))


async def test_of_a_code_only_a_hash_is_stored(people: People, admin: Actor, database: Database) -> None:
    code = code_of(await people.add(admin, "ann", Role.VIEWER)).reveal()
    for table in ("person", "one_time_code", "audit_entry"):
        assert all(code not in map(str, row) for row in await database.fetch(f"SELECT * FROM {table}"))


async def test_a_name_is_taken_in_every_spelling(people: People, admin: Actor) -> None:
    await people.add(admin, "Ann", Role.VIEWER)
    await people.add(admin, "bea", Role.VIEWER)
    with pytest.raises(Conflict, match=r'^There is already a person "Ann"; choose another name\.$'):
        await people.add(admin, "ＡＮＮ", Role.VIEWER)
    with pytest.raises(Conflict, match=r'^There is already a person "Ann"'):
        await people.rename(admin, "bea", "aNN")
    assert (await people.rename(admin, "ann", "ANN")).name == "ANN"


async def test_an_unknown_person_is_told_with_the_closest_name(people: People, admin: Actor) -> None:
    await people.add(admin, "mara", Role.VIEWER)
    for verb in (people.show, people.reset, people.enable, people.disable, people.remove):
        with pytest.raises(NotFound, match=r'^There is no person "mora"; did you mean "mara"\?$'):
            await verb(admin, "mora")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
async def test_only_an_admin_sees_and_changes_people(people: People, admin: Actor, audit: Audit, role: Role) -> None:
    await people.add(admin, "ann", Role.VIEWER)
    other = Actor("panel:olga", role)
    refused: list[Awaitable[object]] = [
        people.list(other),
        people.show(other, "ann"),
        people.add(other, "bea", Role.ADMIN),
        people.set_role(other, "ann", Role.ADMIN),
        people.rename(other, "ann", "bea"),
        people.set_discord(other, "ann", None),
        people.enable(other, "ann"),
        people.disable(other, "ann"),
        people.reset(other, "ann"),
        people.remove(other, "ann"),
        audit.list(other),
    ]
    for verb in refused:
        with pytest.raises(NotAllowed, match="takes the role admin"):
            await verb
    (ann,) = await people.list(admin)
    assert (ann.name, ann.role) == ("ann", "viewer")


@pytest.mark.parametrize(
    "act",
    [
        lambda people, admin: people.remove(admin, "ann"),
        lambda people, admin: people.disable(admin, "ann"),
        lambda people, admin: people.set_role(admin, "ann", Role.OPERATOR),
    ],
)
async def test_the_last_admin_stays_one_and_stays_in(
    people: People, admin: Actor, act: Callable[[People, Actor], Awaitable[object]]
) -> None:
    await people.add(admin, "ann", Role.ADMIN)
    await people.add(admin, "bea", Role.OPERATOR)
    await people.add(admin, "cleo", Role.ADMIN)
    await people.disable(admin, "cleo")
    with pytest.raises(Conflict, match=f'^"ann" {LAST}'):
        await act(people, admin)
    ann = await people.show(admin, "ann")
    assert (ann.role, ann.enabled) == ("admin", True)
    await people.enable(admin, "cleo")
    await act(people, admin)


async def test_two_admins_who_demote_each_other_at_once_leave_one(people: People, admin: Actor) -> None:
    await people.add(admin, "ann", Role.ADMIN)
    await people.add(admin, "bea", Role.ADMIN)
    ended = await asyncio.gather(
        people.set_role(admin, "ann", Role.VIEWER), people.set_role(admin, "bea", Role.VIEWER), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in ended) == ["Conflict", "PersonView"]
    assert sorted(view.role for view in await people.list(admin)) == ["admin", "viewer"]


@pytest.mark.parametrize(
    "act",
    [
        lambda people, admin: people.remove(admin, "ann"),
        lambda people, admin: people.disable(admin, "ann"),
        lambda people, admin: people.set_role(admin, "ann", Role.VIEWER),
    ],
)
async def test_who_is_removed_switched_off_or_gets_another_role_is_signed_out(
    people: People, sign_ins: SignIns, admin: Actor, act: Callable[[People, Actor], Awaitable[object]]
) -> None:
    await somebody(people, sign_ins, "root", Role.ADMIN)
    ann, bea = [await somebody(people, sign_ins, name, Role.OPERATOR) for name in ("ann", "bea")]
    await act(people, admin)
    assert await sign_ins.look(ann.token) is None
    assert await sign_ins.look(bea.token) is not None


async def test_the_same_role_again_signs_nobody_out(people: People, sign_ins: SignIns, admin: Actor) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.ADMIN)
    assert (await people.set_role(admin, "ann", Role.ADMIN)).sign_ins == 1
    assert await sign_ins.look(ann.token) is not None


async def test_who_is_switched_off_cannot_use_a_link_and_gets_none(
    people: People, sign_ins: SignIns, admin: Actor
) -> None:
    link = await people.add(admin, "ann", Role.VIEWER)
    await people.disable(admin, "ann")
    with pytest.raises(NotFound, match="does not work any more"):
        await sign_ins.by_link(code_of(link), name="", password=PASSWORD, address=HERE)
    with pytest.raises(Conflict, match=r'^"ann" is switched off'):
        await people.reset(admin, "ann")


async def test_a_discord_user_is_one_person_at_most(people: People, admin: Actor) -> None:
    number = "123456789012345678"
    await people.add(admin, "ann", Role.OPERATOR, discord_id=f" {number} ")
    await people.add(admin, "bea", Role.VIEWER)
    with pytest.raises(Conflict, match=r'^"ann" is this Discord user already; take it away there first\.$'):
        await people.set_discord(admin, "bea", number)
    assert await people.actor_of_discord(number) == Actor("discord:ann", Role.OPERATOR)
    await people.set_discord(admin, "ann", None)
    assert await people.actor_of_discord(number) is None
    assert (await people.set_discord(admin, "bea", number)).discord_id == number


async def test_who_is_switched_off_is_nobody_on_discord_too(people: People, admin: Actor) -> None:
    await people.add(admin, "ann", Role.OPERATOR, discord_id="123456789012345678")
    await people.disable(admin, "ann")
    assert await people.actor_of_discord("123456789012345678") is None


@pytest.mark.parametrize("number", ["", "ann#1234", "12", "1234567890123456789012345", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧"])
async def test_what_is_no_number_of_a_discord_user_is_refused(people: People, admin: Actor, number: str) -> None:
    with pytest.raises(InvalidInput, match=r"^Discord id: a user's id is a number of 17 to 20 digits"):
        await people.add(admin, "ann", Role.VIEWER, discord_id=number)
    assert await people.list(admin) == ()


async def test_another_discord_user_signs_the_person_out(people: People, sign_ins: SignIns, admin: Actor) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.ADMIN)
    await people.set_discord(admin, "ann", "123456789012345678")
    assert await sign_ins.look(ann.token) is not None
    await people.set_discord(admin, "ann", "123456789012345679")
    assert await sign_ins.look(ann.token) is None


async def test_every_change_is_in_the_audit_log(people: People, admin: Actor, audit: Audit) -> None:
    await people.add(admin, "root", Role.ADMIN)
    await people.add(admin, "ann", Role.VIEWER)
    await people.set_role(admin, "ann", Role.OPERATOR)
    await people.rename(admin, "ann", "Anna")
    await people.set_discord(admin, "anna", "123456789012345678")
    await people.disable(admin, "anna")
    await people.enable(admin, "anna")
    await people.reset(admin, "anna")
    await people.remove(admin, "anna")
    page = await audit.list(admin, verb="person")
    assert [(line.verb, line.subject, line.detail) for line in reversed(page.entries)][1:] == [
        ("person.add", "ann", "viewer"),
        ("person.role", "ann", "viewer to operator"),
        ("person.rename", "ann", "to Anna"),
        ("person.discord", "Anna", "123456789012345678"),
        ("person.disable", "Anna", ""),
        ("person.enable", "Anna", ""),
        ("person.reset", "Anna", ""),
        ("person.remove", "Anna", ""),
    ]
    assert {line.actor for line in page.entries} == {"cli:root"}


async def test_the_audit_log_is_read_page_by_page_and_by_actor_and_verb(
    people: People, admin: Actor, audit: Audit
) -> None:
    ann = Actor("panel:Ann", Role.ADMIN)
    for n in range(5):
        await people.add(admin if n % 2 else ann, f"name{n}", Role.VIEWER)
    first = await audit.list(admin, count=3)
    assert [line.subject for line in first.entries] == ["name4", "name3", "name2"]
    second = await audit.list(admin, count=3, after=first.after)
    assert ([line.subject for line in second.entries], second.after) == (["name1", "name0"], None)
    assert [line.subject for line in (await audit.list(admin, who="aNN")).entries] == ["name4", "name2", "name0"]
    assert (await audit.list(admin, who="%")).entries == (await audit.list(admin, verb="niche")).entries == ()


def test_a_role_is_named_in_any_case_and_an_unknown_one_is_told() -> None:
    assert role_named(" Operator ") is Role.OPERATOR
    with pytest.raises(
        InvalidInput, match=r'^role: there is none called "boss"; the roles are viewer, operator, admin$'
    ):
        role_named("boss")
