"""Signing in by password, link and Discord; how long it lasts; what ends it; what is counted and noted."""

from __future__ import annotations

import asyncio

import pytest

from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.domain.sign_in_guard import NAME_TRIES
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, SignedOut, TooManyTries
from core.events import Events, SignInsEnded
from core.secrets import Secret
from core.services.account import Account
from core.services.audit import Audit
from core.services.people import People
from core.services.sign_ins import SignIns
from core.storage import one_time_codes
from core.storage import sign_ins as rows
from core.storage.database import Database
from tests.integration.people.conftest import HERE, PASSWORD, code_of, quick_passwords, somebody

HOUR, DAY = 3_600.0, 86_400.0
WRONG = Secret("four words of mine")
DISCORD = "123456789012345678"


async def sign_in(sign_ins: SignIns, name: str, password: Secret = PASSWORD, *, address: str = HERE) -> Secret:
    return (await sign_ins.by_password(name, password, address=address)).token


async def refused(sign_ins: SignIns, name: str, password: Secret = WRONG, *, address: str = HERE) -> str:
    """The sentence with which a sign-in is refused."""
    with pytest.raises(NotAllowed) as told:
        await sign_ins.by_password(name, password, address=address)
    return str(told.value)


# -- the first person -----------------------------------------------------------------


async def test_the_first_link_makes_an_admin_who_is_signed_in(
    sign_ins: SignIns, people: People, admin: Actor, audit: Audit
) -> None:
    link = await sign_ins.first_link()
    assert link is not None
    assert (await sign_ins.look_at_link(code_of(link))).name is None
    admitted = await sign_ins.by_link(code_of(link), name=" Mara ", password=PASSWORD, address=HERE)
    assert admitted.signed_in.actor == Actor("panel:Mara", Role.ADMIN)
    assert await sign_ins.look(admitted.token) == admitted.signed_in
    assert [(view.name, view.role) for view in await people.list(admin)] == [("Mara", "admin")]
    assert await sign_in(sign_ins, "mara")
    assert [line.verb for line in (await audit.list(admin)).entries] == ["sign_in.begin", "sign_in.begin", "person.add"]


async def test_the_first_link_works_once(sign_ins: SignIns) -> None:
    link = await sign_ins.first_link()
    assert link is not None
    made = await asyncio.gather(
        *(sign_ins.by_link(code_of(link), name=n, password=PASSWORD, address=HERE) for n in ("a", "b", "c")),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in made) == ["Admitted", "NotFound", "NotFound"]
    assert await sign_ins.first_link() is None


async def test_only_the_last_of_the_first_links_works(sign_ins: SignIns) -> None:
    old, new = await sign_ins.first_link(), await sign_ins.first_link()
    assert old is not None
    assert new is not None
    with pytest.raises(NotFound, match="does not work any more"):
        await sign_ins.look_at_link(code_of(old))
    assert await sign_ins.look_at_link(code_of(new))


async def test_the_first_link_ends_as_soon_as_somebody_is_added_otherwise(
    sign_ins: SignIns, people: People, admin: Actor
) -> None:
    link = await sign_ins.first_link()
    assert link is not None
    await people.add(admin, "ann", Role.VIEWER)
    with pytest.raises(NotFound):
        await sign_ins.look_at_link(code_of(link))
    with pytest.raises(NotFound):
        await sign_ins.by_link(code_of(link), name="eve", password=PASSWORD, address=HERE)


async def test_a_password_that_is_no_good_does_not_use_the_link_up(
    sign_ins: SignIns, people: People, admin: Actor
) -> None:
    link = await sign_ins.first_link()
    assert link is not None
    with pytest.raises(InvalidInput, match="at least 10 characters"):
        await sign_ins.by_link(code_of(link), name="ann", password=Secret("short"), address=HERE)
    with pytest.raises(InvalidInput, match="a person needs a name"):
        await sign_ins.by_link(code_of(link), name="", password=PASSWORD, address=HERE)
    assert await people.list(admin) == ()
    await sign_ins.by_link(code_of(link), name="ann", password=PASSWORD, address=HERE)


# -- one-time links --------------------------------------------------------------------


async def test_a_reset_link_works_once_and_signs_other_browsers_out(
    sign_ins: SignIns, people: People, admin: Actor
) -> None:
    before = await somebody(people, sign_ins, "ann", Role.VIEWER)
    link = await people.reset(admin, "ann")
    assert (await sign_ins.look_at_link(code_of(link))).name == "ann"
    assert await sign_ins.look(before.token) is not None
    after = await sign_ins.by_link(code_of(link), name="eve", password=WRONG, address=HERE)
    assert after.signed_in.name == "ann"
    assert await sign_ins.look(before.token) is None
    assert await sign_in(sign_ins, "ann", WRONG)
    assert "wrong" in await refused(sign_ins, "ann", PASSWORD)
    with pytest.raises(NotFound):
        await sign_ins.by_link(code_of(link), name="", password=PASSWORD, address=HERE)


async def test_a_link_ends_after_a_day_and_when_a_newer_one_is_made(
    sign_ins: SignIns, people: People, admin: Actor, clock: FakeClock
) -> None:
    old = await people.add(admin, "ann", Role.VIEWER)
    new = await people.reset(admin, "ann")
    with pytest.raises(NotFound):
        await sign_ins.look_at_link(code_of(old))
    await clock.advance(DAY - 1)
    assert await sign_ins.look_at_link(code_of(new))
    await clock.advance(1)
    assert new.expires_at == clock.now()
    with pytest.raises(NotFound):
        await sign_ins.by_link(code_of(new), name="", password=PASSWORD, address=HERE)


async def test_a_code_that_was_made_up_opens_nothing(sign_ins: SignIns) -> None:
    await sign_ins.first_link()
    for code in ("", "x", "é", "x" * 5_000):
        with pytest.raises(NotFound, match=r"^This link does not work any more; ask an admin"):
            await sign_ins.look_at_link(Secret(code))


# -- passwords -------------------------------------------------------------------------


async def test_a_sign_in_is_known_by_its_token_of_which_only_a_hash_is_stored(
    sign_ins: SignIns, people: People, database: Database
) -> None:
    await somebody(people, sign_ins, "ann", Role.OPERATOR)
    token = await sign_in(sign_ins, " ANN ")
    found = await sign_ins.look(token)
    assert found is not None
    assert (found.name, found.role) == ("ann", Role.OPERATOR)
    assert all(token.reveal() not in map(str, row) for row in await database.fetch("SELECT * FROM sign_in"))
    hashes = [row["password_hash"] for row in await database.fetch("SELECT password_hash FROM person")]
    assert all(text.startswith("$argon2id$") and PASSWORD.reveal() not in text for text in hashes)


async def test_every_sign_in_has_a_token_of_its_own_and_ends_the_one_that_the_browser_came_with(
    sign_ins: SignIns, people: People
) -> None:
    first = await somebody(people, sign_ins, "ann", Role.VIEWER)
    again = await sign_ins.by_password("ann", PASSWORD, address=HERE, before=first.token)
    assert again.token != first.token
    assert await sign_ins.look(first.token) is None
    made_up = Secret("a token that somebody put into the browser")
    third = await sign_ins.by_password("ann", PASSWORD, address=HERE, before=made_up)
    assert third.token != made_up
    assert await sign_ins.look(made_up) is None
    assert await sign_ins.look(again.token) is not None


async def test_unknown_name_wrong_password_no_password_and_switched_off_are_told_alike(
    sign_ins: SignIns, people: People, admin: Actor
) -> None:
    for name in ("ann", "cleo"):
        await somebody(people, sign_ins, name, Role.VIEWER)
    await people.add(admin, "bea", Role.VIEWER)
    await people.disable(admin, "cleo")
    told = {
        await refused(sign_ins, "nobody", PASSWORD),
        await refused(sign_ins, "ann"),
        await refused(sign_ins, "bea", PASSWORD),
        await refused(sign_ins, "cleo", PASSWORD),
        await refused(sign_ins, "ann", Secret(""), address="203.0.113.8"),
        await refused(sign_ins, "ann", Secret("x" * 100_000), address="203.0.113.9"),
    }
    assert told == {"Name or password is wrong. 4 tries left before a 15 min pause."}


async def test_the_fifth_wrong_password_begins_a_pause_that_the_right_one_waits_for_too(
    sign_ins: SignIns, people: People, clock: FakeClock
) -> None:
    await somebody(people, sign_ins, "ann", Role.VIEWER)
    told = [await refused(sign_ins, "ann") for _ in range(5)]
    assert told[3:] == [
        "Name or password is wrong. 1 try left before a 15 min pause.",
        "Name or password is wrong. The next try is in 15 min.",
    ]
    with pytest.raises(TooManyTries, match=r"^Too many sign-ins failed; try again in 15 min\.$"):
        await sign_in(sign_ins, "ann")
    await clock.advance(900)
    assert await sign_in(sign_ins, "ann")


async def test_many_guesses_at_the_same_moment_are_no_more_than_five(sign_ins: SignIns, people: People) -> None:
    await somebody(people, sign_ins, "ann", Role.VIEWER)
    guesses = [sign_ins.by_password("ann", Secret(f"guess number {n}"), address="198.51.100.1") for n in range(25)]
    ended = await asyncio.gather(*guesses, return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["NotAllowed"] * 5 + ["TooManyTries"] * 20


async def test_a_name_guessed_from_many_addresses_is_slowed_but_not_where_its_owner_signs_in(
    sign_ins: SignIns, people: People
) -> None:
    await somebody(people, sign_ins, "ann", Role.ADMIN)
    for n in range(NAME_TRIES):
        await refused(sign_ins, "ann", address=f"198.51.100.{n}")
    with pytest.raises(TooManyTries, match=r"try again in 1 s\.$"):
        await sign_in(sign_ins, "ann", address="198.51.100.99")
    assert await sign_in(sign_ins, "ann", address=HERE)


async def test_where_a_person_signed_in_within_a_week_is_home_even_when_nobody_is_signed_in(
    sign_ins: SignIns, people: People, clock: FakeClock
) -> None:
    await somebody(people, sign_ins, "ann", Role.ADMIN)
    await clock.advance(6 * DAY)
    for n in range(NAME_TRIES):
        await refused(sign_ins, "ann", address=f"198.51.100.{n}")
    assert await sign_in(sign_ins, "ann", address=HERE)


async def test_more_than_thirty_who_wait_for_their_turn_are_sent_away_for_a_moment() -> None:
    passwords = quick_passwords()
    hashed = await passwords.hashed(PASSWORD)
    ended = await asyncio.gather(*(passwords.fits(PASSWORD, hashed) for _ in range(40)), return_exceptions=True)
    assert ended.count(True) == 30
    assert [str(each) for each in ended if isinstance(each, TooManyTries)] == [
        "Too many people sign in at this moment; try again in 5 s."
    ] * 10


async def test_a_password_is_the_same_however_its_letters_are_composed(
    sign_ins: SignIns, people: People, admin: Actor
) -> None:
    link = await people.add(admin, "ann", Role.VIEWER)
    await sign_ins.by_link(code_of(link), name="", password=Secret("Zoe\u0308 und ihr Hund"), address=HERE)
    assert await sign_in(sign_ins, "ann", Secret("Zoë und ihr Hund"))


async def test_failures_are_noted_without_what_was_typed(
    sign_ins: SignIns, people: People, admin: Actor, audit: Audit
) -> None:
    await somebody(people, sign_ins, "ann", Role.VIEWER)
    await refused(sign_ins, "my password by mistake", address="198.51.100.1")
    await refused(sign_ins, "another one by mistake", address="198.51.100.1")
    await refused(sign_ins, "ann", address="198.51.100.1")
    page = await audit.list(admin, verb="sign_in.refused")
    assert [(line.actor, line.subject, line.detail) for line in page.entries] == [
        ("panel", "ann", "from 198.51.100.1: wrong password"),
        ("panel", "", "from 198.51.100.1: no such name"),
    ]


async def test_begin_and_end_of_a_sign_in_are_noted_with_address_and_way(
    sign_ins: SignIns, people: People, admin: Actor, audit: Audit
) -> None:
    await somebody(people, sign_ins, "ann", Role.VIEWER)
    admitted = await sign_ins.by_password("ann", PASSWORD, address=HERE)
    await sign_ins.end(admitted.signed_in.id)
    await sign_ins.end(admitted.signed_in.id)
    page = await audit.list(admin, verb="sign_in")
    assert [(line.actor, line.verb, line.detail) for line in page.entries] == [
        ("panel:ann", "sign_in.end", ""),
        ("panel:ann", "sign_in.begin", f"from {HERE}, by password"),
        ("panel:ann", "sign_in.begin", f"from {HERE}, by a one-time link"),
    ]


# -- how long it lasts -----------------------------------------------------------------


async def test_a_sign_in_that_nobody_uses_ends_after_eight_hours(
    sign_ins: SignIns, people: People, clock: FakeClock
) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.VIEWER)
    await clock.advance(7.9 * HOUR)
    assert await sign_ins.look(ann.token) is not None
    await clock.advance(7.9 * HOUR)
    assert await sign_ins.look(ann.token) is not None
    await clock.advance(8 * HOUR)
    assert await sign_ins.look(ann.token) is None
    assert await sign_ins.again(ann.signed_in.id) is None


async def test_a_sign_in_in_constant_use_ends_after_seven_days(
    sign_ins: SignIns, people: People, clock: FakeClock
) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.VIEWER)
    for _ in range(7 * 24 - 1):
        await clock.advance(HOUR)
        assert await sign_ins.look(ann.token) is not None
    await clock.advance(HOUR)
    assert await sign_ins.look(ann.token) is None


async def test_that_a_browser_is_in_use_is_written_once_a_minute_at_most(
    sign_ins: SignIns, people: People, clock: FakeClock, admin: Actor
) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.VIEWER)
    began = clock.now()
    await clock.advance(59)
    await sign_ins.look(ann.token)
    assert (await people.show(admin, "ann")).last_seen_at == began
    await clock.advance(1)
    await sign_ins.look(ann.token)
    assert (await people.show(admin, "ann")).last_seen_at == clock.now()


async def test_whether_sign_ins_are_live_is_asked_without_prolonging_them(
    sign_ins: SignIns, people: People, clock: FakeClock
) -> None:
    ann, bea = [await somebody(people, sign_ins, name, Role.VIEWER) for name in ("ann", "bea")]
    await clock.advance(7 * HOUR)
    await sign_ins.look(bea.token)
    ids = {ann.signed_in.id, bea.signed_in.id}
    assert await sign_ins.live_among([*ids, "made up"]) == ids
    await clock.advance(HOUR)
    assert await sign_ins.live_among(ids) == {bea.signed_in.id}


async def test_the_end_of_a_sign_in_is_news(sign_ins: SignIns, people: People, events: Events) -> None:
    ann, bea = [await somebody(people, sign_ins, name, Role.VIEWER) for name in ("ann", "bea")]
    with events.subscribe() as news:
        await sign_ins.end(ann.signed_in.id)
        assert news.take() == SignInsEnded()
    assert await sign_ins.look(ann.token) is None
    assert await sign_ins.look(bea.token) is not None


async def test_old_sign_ins_and_codes_are_forgotten(
    sign_ins: SignIns, people: People, database: Database, clock: FakeClock, admin: Actor
) -> None:
    for name in ("ann", "bea", "cleo"):
        await somebody(people, sign_ins, name, Role.VIEWER)
    await people.reset(admin, "ann")
    await clock.advance(6 * DAY)
    await people.reset(admin, "bea")
    await sign_in(sign_ins, "ann")
    await clock.advance(DAY - 1)
    async with database.transaction() as tx:
        assert await rows.forget(tx, clock.now(), 2) == 0
        assert await one_time_codes.forget(tx, clock.now(), 2) == 1
    await clock.advance(1)
    async with database.transaction() as tx:
        assert [await rows.forget(tx, clock.now(), 2) for _ in range(3)] == [2, 1, 0]
        assert [await one_time_codes.forget(tx, clock.now(), 2) for _ in range(2)] == [1, 0]
    assert await database.fetch_value("SELECT count(*) FROM sign_in") == 1


# -- Discord ---------------------------------------------------------------------------


async def test_a_linked_discord_user_is_signed_in_as_the_person(
    sign_ins: SignIns, people: People, admin: Actor
) -> None:
    await people.add(admin, "ann", Role.OPERATOR, discord_id=DISCORD)
    admitted = await sign_ins.by_discord(DISCORD, address=HERE)
    assert admitted.signed_in.actor == Actor("panel:ann", Role.OPERATOR)


async def test_another_discord_user_and_one_switched_off_are_refused_and_noted(
    sign_ins: SignIns, people: People, admin: Actor, audit: Audit
) -> None:
    await people.add(admin, "ann", Role.OPERATOR, discord_id=DISCORD)
    await people.disable(admin, "ann")
    for number in (DISCORD, "999999999999999999"):
        with pytest.raises(NotAllowed, match=r"^This Discord account may not sign in here"):
            await sign_ins.by_discord(number, address=HERE)
    page = await audit.list(admin, verb="sign_in.refused")
    assert [line.subject for line in page.entries] == ["", "ann"]


# -- what people do about themselves ---------------------------------------------------


async def test_a_person_changes_the_password_and_only_other_browsers_are_signed_out(
    sign_ins: SignIns, people: People, account: Account
) -> None:
    here = await somebody(people, sign_ins, "ann", Role.VIEWER)
    elsewhere = await sign_in(sign_ins, "ann")
    await account.change_password(here.signed_in.id, PASSWORD, WRONG)
    assert await sign_ins.look(here.token) is not None
    assert await sign_ins.look(elsewhere) is None
    assert await sign_in(sign_ins, "ann", WRONG)


async def test_who_does_not_know_the_password_cannot_change_it_and_cannot_guess_on(
    sign_ins: SignIns, people: People, account: Account
) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.VIEWER)
    for _ in range(5):
        with pytest.raises(InvalidInput, match=r"^current password: it is wrong$"):
            await account.change_password(ann.signed_in.id, WRONG, Secret("another of hers"))
    with pytest.raises(TooManyTries):
        await account.change_password(ann.signed_in.id, PASSWORD, Secret("another of hers"))
    assert await sign_in(sign_ins, "ann")


async def test_who_came_through_discord_chooses_a_first_password(
    sign_ins: SignIns, people: People, account: Account, admin: Actor
) -> None:
    await people.add(admin, "ann", Role.VIEWER, discord_id=DISCORD)
    ann = await sign_ins.by_discord(DISCORD, address=HERE)
    await account.change_password(ann.signed_in.id, Secret(""), PASSWORD)
    assert await sign_in(sign_ins, "ann")


async def test_how_the_panel_looks_is_kept_with_the_person(sign_ins: SignIns, people: People, account: Account) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.VIEWER)
    await account.set_appearance(ann.signed_in.id, {"theme": "dark", "page_size": 50})
    assert await account.set_appearance(ann.signed_in.id, {"page_size": None}) == {"theme": "dark"}
    found = await sign_ins.look(ann.token)
    assert found is not None
    assert found.appearance == {"theme": "dark"}


async def test_no_other_theme_and_no_more_than_four_kilobytes_are_kept(
    sign_ins: SignIns, people: People, account: Account
) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.VIEWER)
    with pytest.raises(InvalidInput, match=r"^theme: choose system, light or dark$"):
        await account.set_appearance(ann.signed_in.id, {"theme": "<script>"})
    with pytest.raises(InvalidInput, match="room for 4 KB"):
        await account.set_appearance(ann.signed_in.id, {"columns": "x" * 4_096})


async def test_a_sign_in_that_has_ended_changes_nothing(sign_ins: SignIns, people: People, account: Account) -> None:
    ann = await somebody(people, sign_ins, "ann", Role.VIEWER)
    await sign_ins.end(ann.signed_in.id)
    with pytest.raises(SignedOut, match=r"^You are signed out; sign in again\.$"):
        await account.set_appearance(ann.signed_in.id, {"theme": "dark"})
    with pytest.raises(SignedOut):
        await account.change_password(ann.signed_in.id, PASSWORD, WRONG)


async def test_who_is_switched_off_while_the_password_is_compared_is_not_let_in(
    sign_ins: SignIns, people: People, admin: Actor
) -> None:
    await somebody(people, sign_ins, "root", Role.ADMIN)
    await somebody(people, sign_ins, "ann", Role.VIEWER)
    comparing = asyncio.ensure_future(sign_ins.by_password("ann", PASSWORD, address=HERE))  # noqa: TID251  # held here
    await people.disable(admin, "ann")
    with pytest.raises((Conflict, NotAllowed)):
        await comparing
    assert (await people.show(admin, "ann")).sign_ins == 0
