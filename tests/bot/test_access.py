"""Who may speak to the bot, and as whom: by their roles in the server, or paired with a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.actor import Role
from tests.bot.storywatch import ROOT, Storywatch, opened
from tests.discord_server import DiscordServer, Person

NO_ROLE = "You have no role in Storywatch. An admin can give one to a role of yours, or give you a code for /pair."


async def code_for(storywatch: Storywatch, name: str, role: Role) -> str:
    """A code that makes somebody this new person."""
    await storywatch.app.people.add(ROOT, name, role)
    return (await storywatch.app.pairing.offer(ROOT, name)).code.reveal()


async def test_whoever_has_no_role_here_is_told_how_to_get_one(storywatch: Storywatch) -> None:
    bob = await storywatch.person("bob", None)
    async with storywatch.bot():
        reply = await bob.slash("status")
        assert (reply.text, reply.ephemeral) == (NO_ROLE, True)


async def test_a_role_that_is_not_mapped_or_mapped_in_another_server_gives_nothing(storywatch: Storywatch) -> None:
    bob = storywatch.server.member("bob", roles=["moderators"])
    number = storywatch.server.guild.role("moderators").id
    await storywatch.app.discord_roles.set(ROOT, number, Role.ADMIN, guild_id=storywatch.server.guild.id + 1)
    async with storywatch.bot():
        assert (await bob.slash("status")).text == NO_ROLE


async def test_a_role_that_is_taken_away_counts_no_more_at_once(storywatch: Storywatch) -> None:
    ann = await storywatch.person("ann", "viewers")
    async with storywatch.bot():
        assert (await ann.slash("status")).text != NO_ROLE
        await storywatch.app.discord_roles.clear(ROOT, storywatch.server.guild.role("viewers").id)
        assert (await ann.slash("status")).text == NO_ROLE


async def test_the_first_admin_pairs_with_a_code_and_may_do_what_the_person_may(storywatch: Storywatch) -> None:
    bob = await storywatch.person("bob", None)
    code = await code_for(storywatch, "Bob B.", Role.ADMIN)
    async with storywatch.bot():
        reply = await bob.slash("pair", code=code.lower())
        assert (reply.text, reply.ephemeral) == ("You are Bob B. here now, with the role admin.", True)
        assert (await bob.slash("status")).text != NO_ROLE
        again = await bob.slash("pair", code=code)
        assert again.text.startswith("This code does not work, or not any more;")
        await bob.slash("niche", "create", name="food")
    (line,) = (await storywatch.app.audit.list(ROOT, verb="niche.create")).entries
    assert line.actor == f"discord:Bob B. ({bob.id})"
    (paired,) = (await storywatch.app.audit.list(ROOT, verb="person.discord")).entries
    assert (paired.actor, paired.subject) == (f"discord:bob ({bob.id})", "Bob B.")


async def test_the_higher_of_the_persons_role_and_the_mapped_one_counts(storywatch: Storywatch) -> None:
    ann = await storywatch.person("ann", "operators")
    code = await code_for(storywatch, "ann", Role.VIEWER)
    async with storywatch.bot():
        await ann.slash("pair", code=code)
        assert "may not" not in (reply := await ann.slash("niche", "create", name="food")).text
        assert "takes the role" not in reply.text


async def test_a_person_who_is_switched_off_has_no_role_any_more(storywatch: Storywatch) -> None:
    bob = await storywatch.person("bob", None)
    code = await code_for(storywatch, "bob", Role.OPERATOR)
    async with storywatch.bot():
        await bob.slash("pair", code=code)
        await storywatch.app.people.disable(ROOT, "bob")
        assert (await bob.slash("status")).text == NO_ROLE


@pytest.mark.parametrize("command", [("status",), ("pair",)])
async def test_a_server_that_is_not_named_gets_no_answer_but_why(
    server: DiscordServer, tmp_path: Path, command: tuple[str, ...]
) -> None:
    other = server.add_guild("Other")
    async with opened(tmp_path, server, server.clock) as storywatch, storywatch.bot() as life:
        assert life.client is not None
        # As if an earlier version had made them known there.
        await life.client.http.bulk_upsert_guild_commands(
            life.client.application_id or 0,
            other.id,
            [each.to_dict(life.client.tree) for each in life.client.tree.get_commands()],
        )
        stranger: Person = server.member("stranger", guild=other)
        code = await code_for(storywatch, "bob", Role.ADMIN)
        reply = await stranger.slash(*command, **({"code": code} if command == ("pair",) else {}))
        assert "does not answer in this server" in reply.text
        assert (await storywatch.app.people.show(ROOT, "bob")).discord_id is None


async def test_completions_tell_nothing_to_whoever_has_no_role(storywatch: Storywatch) -> None:
    ann, bob = await storywatch.person("ann", "viewers"), await storywatch.person("bob", None)
    await storywatch.batch("ann", niche="secret plans")
    async with storywatch.bot() as life:
        assert life.client is not None
        await life.client.names.look()
        assert [choice.name for choice in await ann.autocomplete("niche", "show", niche="sec")] == ["secret plans"]
        assert await bob.autocomplete("niche", "show", niche="sec") == []


async def test_nobody_speaks_to_it_in_private(storywatch: Storywatch) -> None:
    async with storywatch.bot():
        (sync,) = storywatch.server.syncs
        assert {tuple(command["contexts"]) for command in sync.commands if "contexts" in command} <= {(0,)}
        assert all(command.get("integration_types", [0]) == [0] for command in sync.commands)
