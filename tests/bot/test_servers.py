"""What the bot sees of its servers, for choosing a channel or a role."""

from __future__ import annotations

from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import DiscordServer


async def test_the_channels_in_which_the_bot_may_post_can_be_chosen(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    closed = server.guild.add_channel("closed")
    closed.deny("send_messages")
    hidden = server.guild.add_channel("hidden")
    hidden.deny("view_channel")
    server.guild.role("secret")
    role = server.guild.role("food-desk")
    role.mentionable = True
    assert storywatch.app.discord_servers.list(ROOT) == ()
    async with storywatch.bot():
        (seen,) = storywatch.app.discord_servers.list(ROOT)
        assert (seen.id, seen.name) == (server.guild.id, server.guild.name)
        assert [(each.id, each.name) for each in seen.channels] == [(server.channel.id, server.channel.name)]
        assert [(each.id, each.name) for each in seen.roles] == [(role.id, "food-desk")]
        added = server.guild.add_channel("alerts")
        await storywatch.until(lambda: len(storywatch.app.discord_servers.list(ROOT)[0].channels) == 2, "the new one")
        assert added.id in {each.id for each in storywatch.app.discord_servers.list(ROOT)[0].channels}
    assert storywatch.app.discord_servers.list(ROOT) == ()


async def test_a_server_that_is_not_served_is_not_shown(storywatch: Storywatch, server: DiscordServer) -> None:
    other = server.add_guild("Other")
    async with storywatch.bot():
        assert other.id not in {each.id for each in storywatch.app.discord_servers.list(ROOT)}
