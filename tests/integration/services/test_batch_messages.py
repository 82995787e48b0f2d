"""Messages in Discord channels that live with batches, and which Discord roles may do what."""

from __future__ import annotations

import pytest

from core.domain.actor import Actor, Role
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.services.batch_messages import BatchMessages
from core.services.batches import Batches
from core.services.discord_roles import DiscordRoles
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.storage.database import Database
from tests.integration.services.conftest import Ledger, QuickClock

ANN = Actor("discord:ann", Role.OPERATOR)
ROOT = Actor("panel:root", Role.ADMIN)
GUILD, CHANNEL = 100, 200


@pytest.fixture
def messages(database: Database, clock: QuickClock) -> BatchMessages:
    return BatchMessages(database, clock)


@pytest.fixture
async def batch(niches: Niches, profiles: Profiles, batches: Batches) -> str:
    await niches.create(ANN, "food")
    await profiles.add(ANN, ["ann.cooks", "bo_bakes"], "food")
    return (await batches.create(ANN, niche="food")).id


async def test_a_message_is_asked_for_posted_edited_and_ended(messages: BatchMessages, batch: str) -> None:
    asked = await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL)
    assert (asked.message_id, asked.posted_at, asked.shown, asked.ended_because) == (None, None, "", None)
    assert await messages.alive(ANN) == (asked,)

    await messages.posted(ANN, asked.id, message_id=7, shown="a")
    (posted,) = await messages.alive(ANN)
    assert (posted.message_id, posted.shown) == (7, "a")
    assert posted.posted_at is not None
    assert posted.nonce != asked.nonce

    await messages.edited(ANN, asked.id, shown="b")
    (edited,) = await messages.alive(ANN)
    assert (edited.message_id, edited.shown, edited.posted_at) == (7, "b", posted.posted_at)

    await messages.ended(ANN, asked.id, "the message was deleted")
    await messages.ended(ANN, asked.id, "something later")
    assert await messages.alive(ANN) == ()
    (ended,) = await messages.of_batch(ANN, batch)
    assert ended.ended_because == "the message was deleted"


async def test_a_channel_has_one_message_of_a_batch_and_may_have_another_when_that_one_ended(
    messages: BatchMessages, batch: str
) -> None:
    first = await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL)
    with pytest.raises(Conflict, match="is shown in that channel already"):
        await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL)
    await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL + 1)
    await messages.ended(ANN, first.id, "the message was deleted")
    again = await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL)
    assert again.id != first.id


async def test_a_batch_that_is_deleted_takes_its_messages_along(
    messages: BatchMessages, batches: Batches, batch: str
) -> None:
    await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL)
    await batches.delete(ANN, [batch])
    assert await messages.alive(ANN) == ()


async def test_a_fresh_message_takes_the_place_of_the_one_before_which_is_taken_away(
    messages: BatchMessages, batch: str
) -> None:
    asked = await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL)
    assert await messages.posted(ANN, asked.id, message_id=7, shown="a")
    assert await messages.posted(ANN, asked.id, message_id=8, shown="b")
    fresh = await messages.show(ANN, asked.id)
    assert fresh is not None
    assert (fresh.message_id, fresh.replaced_id, fresh.shown) == (8, 7, "b")
    await messages.took_away(ANN, asked.id)
    (left,) = await messages.alive(ANN)
    assert (left.message_id, left.replaced_id) == (8, None)


async def test_the_batches_of_living_messages_are_known(messages: BatchMessages, batches: Batches, batch: str) -> None:
    await batches.create(ANN, niche="food")
    assert await messages.living_batches(ANN) == {}
    asked = await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL)
    assert await messages.living_batches(ANN) == {batch: await batches.show(ANN, batch)}
    await messages.ended(ANN, asked.id, "the message was deleted")
    assert await messages.living_batches(ANN) == {}


async def test_where_a_deleted_batch_was_shown_is_kept_until_it_is_said_there(
    messages: BatchMessages, batches: Batches, batch: str
) -> None:
    posted, unposted, ended = [
        await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=CHANNEL + number) for number in range(3)
    ]
    await messages.posted(ANN, posted.id, message_id=7, shown="a")
    await messages.posted(ANN, posted.id, message_id=8, shown="b")
    await messages.posted(ANN, ended.id, message_id=9, shown="a")
    await messages.ended(ANN, ended.id, "the message was deleted")
    name = (await batches.show(ANN, batch)).name

    await batches.delete(ANN, [batch])
    assert not await messages.posted(ANN, unposted.id, message_id=10, shown="a")
    assert await messages.show(ANN, posted.id) is None
    found = await messages.farewells(ANN)
    assert [(each.channel_id, each.message_id) for each in found] == [(CHANNEL, 8), (CHANNEL, 7)]
    assert {(each.guild_id, each.batch_name, each.deleted_by) for each in found} == {(GUILD, name, "discord:ann")}
    await messages.bade_farewell(ANN, found[0].id)
    assert await messages.farewells(ANN) == found[1:]


async def test_a_viewer_asks_for_no_message_and_nonsense_is_refused(messages: BatchMessages, batch: str) -> None:
    with pytest.raises(NotAllowed):
        await messages.ask_for(Actor("discord:bo", Role.VIEWER), batch, guild_id=GUILD, channel_id=CHANNEL)
    with pytest.raises(InvalidInput, match="channel"):
        await messages.ask_for(ANN, batch, guild_id=GUILD, channel_id=0)
    with pytest.raises(NotFound):
        await messages.ask_for(ANN, "0123abcd", guild_id=GUILD, channel_id=CHANNEL)


async def test_the_highest_of_the_mapped_roles_counts_and_an_unmapped_one_is_nothing(
    database: Database, clock: QuickClock, ledger: Ledger
) -> None:
    roles = DiscordRoles(database, clock)
    await roles.set(ROOT, 11, Role.VIEWER, guild_id=GUILD, label="readers")
    await roles.set(ROOT, 12, Role.OPERATOR, guild_id=GUILD, label="desk")
    assert await roles.highest_of(GUILD, [11, 12, 13]) is Role.OPERATOR
    assert await roles.highest_of(GUILD, [13]) is None
    assert await roles.highest_of(GUILD + 1, [12]) is None
    await roles.set(ROOT, 12, Role.VIEWER, guild_id=GUILD, label="desk")
    assert await roles.highest_of(GUILD, [12]) is Role.VIEWER
    left = await roles.clear(ROOT, 11)
    assert [(view.role_id, view.role, view.label) for view in left] == [(12, Role.VIEWER, "desk")]
    with pytest.raises(NotFound, match="may do nothing here"):
        await roles.clear(ROOT, 11)
    assert ("panel:root", "discord.role", "desk", "operator") in await ledger.audited()


async def test_only_an_admin_says_what_discord_roles_may_do(database: Database, clock: QuickClock) -> None:
    roles = DiscordRoles(database, clock)
    with pytest.raises(NotAllowed):
        await roles.set(ANN, 11, Role.ADMIN, guild_id=GUILD)
    with pytest.raises(NotAllowed):
        await roles.list(ANN)
