"""``/profile``: one profile, or a few of them by name."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.access import at_least, known
from bot.answering import begin, say
from bot.commands import options
from bot.context import context_of
from bot.import_cards import counts_line
from bot.profile_cards import changed, profile_card
from bot.text import code, plain, within
from core.domain.actor import Role

_SOME = "Up to 50, apart by blanks"
Name = Range[str, 1, 100]
Names = Range[str, 1, 2_000]


class ProfileCommands(app_commands.Group):
    """Profiles."""

    def __init__(self) -> None:
        super().__init__(
            name="profile", description="Profiles: see one, add, move, pause, resume and watch some", guild_only=True
        )

    @app_commands.command(name="show", description="What is known about a profile, and its last checks")
    @app_commands.describe(username="Its name on the platform")
    @app_commands.autocomplete(username=options.username)
    async def show(self, interaction: discord.Interaction, username: Name) -> None:
        """Show one profile."""
        await begin(interaction)
        app = context_of(interaction).app
        history = await app.profiles.history(known(interaction), username, count=10)
        await say(interaction, embed=profile_card(history, app.clock.now(), app.public_pages.of))

    @app_commands.command(name="add", description="Add profiles to a niche")
    @app_commands.describe(niche="Where they go", usernames=_SOME)
    @app_commands.autocomplete(niche=options.niches)
    async def add(self, interaction: discord.Interaction, niche: Name, usernames: Names) -> None:
        """Add profiles; those known in another niche stay there."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "add profiles")
        report = await context_of(interaction).app.profiles.add(actor, options.names_in(usernames), niche)
        lines = [f"{plain(report.niche)}: {counts_line(report)}."]
        lines += [f"{code(line.text)}: {plain(line.why)}" for line in report.rejected]
        await say(interaction, within(lines, 1_900))

    @app_commands.command(name="move", description="Move profiles to another niche")
    @app_commands.describe(usernames=_SOME, niche="Where they go")
    @app_commands.autocomplete(niche=options.niches, usernames=options.usernames)
    async def move(self, interaction: discord.Interaction, usernames: Names, niche: Name) -> None:
        """Move profiles."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "move profiles")
        done = await context_of(interaction).app.profiles.move(actor, options.names_in(usernames), niche)
        await say(interaction, changed(done, f"moved to {plain(niche)}", "there"))

    @app_commands.command(name="pause", description="Leave profiles out of their niche's batches")
    @app_commands.describe(usernames=_SOME)
    @app_commands.autocomplete(usernames=options.usernames)
    async def pause(self, interaction: discord.Interaction, usernames: Names) -> None:
        """Pause profiles."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "pause profiles")
        done = await context_of(interaction).app.profiles.pause(actor, options.names_in(usernames))
        await say(interaction, changed(done, "paused", "paused or gone"))

    @app_commands.command(name="resume", description="Take paused or gone profiles back into batches")
    @app_commands.describe(usernames=_SOME)
    @app_commands.autocomplete(usernames=options.usernames)
    async def resume(self, interaction: discord.Interaction, usernames: Names) -> None:
        """Resume profiles."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "resume profiles")
        done = await context_of(interaction).app.profiles.resume(actor, options.names_in(usernames))
        await say(interaction, changed(done, "resumed", "active"))

    @app_commands.command(name="watch", description="Have new stories of profiles told as alerts")
    @app_commands.describe(usernames=_SOME)
    @app_commands.autocomplete(usernames=options.usernames)
    async def watch(self, interaction: discord.Interaction, usernames: Names) -> None:
        """Watch profiles."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "watch profiles")
        done = await context_of(interaction).app.profiles.watch(actor, options.names_in(usernames))
        await say(interaction, changed(done, "watched", "watched"))

    @app_commands.command(name="unwatch", description="Have new stories of profiles told no more")
    @app_commands.describe(usernames=_SOME)
    @app_commands.autocomplete(usernames=options.usernames)
    async def unwatch(self, interaction: discord.Interaction, usernames: Names) -> None:
        """Watch profiles no more."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "watch profiles")
        done = await context_of(interaction).app.profiles.unwatch(actor, options.names_in(usernames))
        await say(interaction, changed(done, "watched no more", "unwatched"))
