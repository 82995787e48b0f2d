"""A small bot on an unmodified discord.py client, with which the tests of the stand-in try every part of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import discord
from discord import app_commands, ui

from core.tasks import spawn
from tests.discord_server import DiscordServer
from tests.discord_server.hub import PATIENCE_SECONDS

Handler = Callable[[discord.Interaction[Any]], Awaitable[None]]


class RehearsalBot(discord.Client):
    """Answers as a test tells it to.

    Args:
        on_try: What ``/try`` does; the command exists for handlers of one test.
        on_press: What the button *Press* does.
        errors: What handlers raised, oldest first.
    """

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", discord.Intents(guilds=True, guild_messages=True, message_content=True))
        super().__init__(intents=intents, guild_ready_timeout=0.01, **options)
        self.tree = app_commands.CommandTree(self)
        self.tree.on_error = self._note_error  # type: ignore[method-assign]
        self.on_try: Handler = _acknowledge
        self.on_press: Handler = _acknowledge
        self.errors: list[BaseException] = []
        self._failures: asyncio.Queue[BaseException] = asyncio.Queue()
        self.seen: list[str] = []
        self.downloads: list[bytes] = []
        self.picked: list[str] = []
        self._add_commands()

    # -- its life --------------------------------------------------------------------

    async def setup_hook(self) -> None:
        self.add_view(PressView(self))
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once; the library would sleep five seconds to spare the real gateway."""

    async def on_ready(self) -> None:
        self.seen.append("ready")

    async def on_resumed(self) -> None:
        self.seen.append("resumed")

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(f"message {message.content}")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.seen.append(f"left {guild.name}")

    async def _note_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        self.failed(getattr(error, "original", error))

    def failed(self, error: BaseException) -> None:
        """Note what a handler raised."""
        self.errors.append(error)
        self._failures.put_nowait(error)

    async def hears(self, event: str, check: Callable[..., bool] | None = None) -> Any:
        """What comes with the next *event* of the client."""
        return await self.wait_for(event, check=check, timeout=PATIENCE_SECONDS)

    async def next_failure(self) -> BaseException:
        """What a handler raises, or raised since the last time that somebody asked."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._failures.get()

    # -- its commands ----------------------------------------------------------------

    def _add_commands(self) -> None:
        @self.tree.command(name="try", description="Do what the test says")
        async def attempt(interaction: discord.Interaction[Any]) -> None:
            await self.on_try(interaction)

        @self.tree.context_menu(name="Check this list")
        async def check(interaction: discord.Interaction[Any], message: discord.Message) -> None:
            await interaction.response.send_message(f"checking {message.content}", ephemeral=True)

        @self.tree.context_menu(name="Who is this")
        async def who(interaction: discord.Interaction[Any], member: discord.Member) -> None:
            await interaction.response.send_message(f"{member.name} has {[role.name for role in member.roles]}")

        self.tree.add_command(NicheCommands(self))


class NicheCommands(app_commands.Group):
    """Commands with options of every kind that the product uses."""

    def __init__(self, bot: RehearsalBot) -> None:
        super().__init__(name="niche", description="Lists of profiles", guild_only=True)
        self._bot = bot

    @app_commands.command(name="import", description="Read a list")
    async def load(self, interaction: discord.Interaction[Any], niche: str, file: discord.Attachment) -> None:
        """Defers, reads the file, answers with a card and a button."""
        await interaction.response.defer(ephemeral=True)
        data = await file.read()
        self._bot.downloads.append(data)
        card = discord.Embed(title=f"Import into {niche}").add_field(name="lines", value=str(len(data.splitlines())))
        await interaction.followup.send(embed=card, view=PressView(self._bot))

    @app_commands.command(name="show", description="Show one")
    async def show(
        self, interaction: discord.Interaction[Any], niche: str, count: app_commands.Range[int, 1, 9] = 3
    ) -> None:
        """Answers at once."""
        await interaction.response.send_message(f"{niche} × {count}")

    @show.autocomplete("niche")
    async def suggest(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Names that begin with what was typed."""
        names = ("food", "football", "travel")
        return [app_commands.Choice(name=name, value=name) for name in names if name.startswith(typed)]

    @app_commands.command(name="alert", description="Where alerts go")
    async def alert(
        self,
        interaction: discord.Interaction[Any],
        channel: discord.TextChannel,
        role: discord.Role,
        person: discord.Member,
        quiet: bool = False,
    ) -> None:
        """Names what was picked."""
        await interaction.response.send_message(f"{channel.name} {role.name} {person.name} {quiet}", ephemeral=True)


class PressView(ui.View):
    """A button and a menu that stay for ever."""

    def __init__(self, bot: RehearsalBot) -> None:
        super().__init__(timeout=None)
        self._bot = bot

    @ui.button(label="Press", custom_id="press", style=discord.ButtonStyle.primary)
    async def press(self, interaction: discord.Interaction[Any], button: ui.Button[Any]) -> None:
        """Do what the test says."""
        await self._bot.on_press(interaction)

    @ui.select(
        placeholder="Sort by",
        custom_id="sort",
        options=[discord.SelectOption(label="Name", value="name"), discord.SelectOption(label="Age", value="age")],
    )
    async def sort(self, interaction: discord.Interaction[Any], select: ui.Select[Any]) -> None:
        """Say what was chosen, in the same message."""
        await interaction.response.edit_message(content=f"sorted by {select.values[0]}")

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, item: ui.Item[Any]) -> None:
        self._bot.failed(error)


class UploadModal(ui.Modal, title="Import a list"):
    """A text and up to two files."""

    niche: ui.Label[Any] = ui.Label(text="Niche", component=ui.TextInput(custom_id="niche", max_length=20))
    files: ui.Label[Any] = ui.Label(
        text="Files", description="One name a line", component=ui.FileUpload(custom_id="files", max_values=2)
    )

    def __init__(self, bot: RehearsalBot) -> None:
        super().__init__(custom_id="upload")
        self._bot = bot

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Read the files and say how long they are."""
        await interaction.response.defer(thinking=True)
        assert isinstance(self.files.component, ui.FileUpload)
        assert isinstance(self.niche.component, ui.TextInput)
        sizes = [len(await file.read()) for file in self.files.component.values]
        await interaction.followup.send(f"{self.niche.component.value}: {sizes}")

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override]
        self._bot.failed(error)


async def _acknowledge(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message("done")


@asynccontextmanager
async def running(server: DiscordServer, bot: RehearsalBot | None = None) -> AsyncIterator[RehearsalBot]:
    """The bot, logged in and ready, until the block ends."""
    bot = bot or RehearsalBot()
    started = spawn(bot.start(server.token), name="rehearsal bot")
    try:
        ready = spawn(bot.wait_until_ready(), name="rehearsal bot ready")
        await asyncio.wait({started, ready}, timeout=PATIENCE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if started.done():
            await started
        assert bot.is_ready(), f"the bot was not ready within {PATIENCE_SECONDS:g} seconds"
        yield bot
    finally:
        await bot.close()
        with suppress(asyncio.CancelledError):
            await started
