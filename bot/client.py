"""The bot's connection to Discord: which commands it has, who is let in, what becomes of an error.

One client lives from one log-in to one close; what has to outlive it is in the database.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import discord
from discord import app_commands, ui

from bot import buttons, commands, errors
from bot.alerts import AlertPosts
from bot.answering import data_of
from bot.context import BotContext
from bot.door import let_in
from bot.living import LivingMessages
from bot.names import Names
from bot.probing import ProbeButton
from bot.sync import KnownCommands
from core.tasks import spawn

_log = logging.getLogger(__name__)

_COMMANDS_FILE = "discord-commands.json"
_OLD_BUTTON = "This message is too old for its buttons; /batch show and /help lead on."
_OLD_FORM = "Storywatch was restarted since this form was opened; open it again."
_OURS = "sw:"
# Whoever has something in hand answers at once.
_ANSWERED_WITHIN = 1.5

# Nobody speaks here.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False


class Tree(app_commands.CommandTree[discord.Client]):
    """Lets in those who may come in, and has every error told."""

    def __init__(self, client: discord.Client, context: BotContext) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._context = context

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Whether the command goes on; whoever is not let in is told why."""
        return await let_in(self._context, interaction)

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        await errors.tell(interaction, error)


class Client(discord.Client):
    """One connection.

    Args:
        context: What commands are given.
        ready: Set when the servers are known.
    """

    def __init__(self, context: BotContext, **options: Any) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            **options,
        )
        self.context = context
        self.ready = asyncio.Event()
        self.names = Names(context)
        self.tree = Tree(self, context)
        self.living = LivingMessages(self, context, self.ready)
        self.alerts = AlertPosts(self, context, self.ready)
        self._commands = KnownCommands(context.app.settings.data_dir / _COMMANDS_FILE)
        self._buttons: tuple[type[ui.DynamicItem[Any]], ...] = (
            *buttons.BUTTONS,
            *commands.BUTTONS,
            ProbeButton,
        )
        self._is_away = False
        self._later: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Leave Discord, and answer nobody any more."""
        for task in list(self._later):
            task.cancel()
        await super().close()

    def dispatch(self, event: str, /, *arguments: Any, **named: Any) -> None:
        """Tell of an event, unless the bot has left: a task that is made for it then would outlive its loop."""
        if not self.is_closed():
            super().dispatch(event, *arguments, **named)

    async def setup_hook(self) -> None:
        """Everything that comes once a connection, and not at each *ready*, which may come often."""
        commands.install(self.tree, self.context, self.names)
        self.add_dynamic_items(*self._buttons)
        for guild in sorted(self.context.guilds):
            await self._tell_commands(guild)

    # -- what the library calls -----------------------------------------------------------

    async def on_ready(self) -> None:
        self._is_back()
        self.ready.set()

    async def on_resumed(self) -> None:
        self._is_back()

    async def on_disconnect(self) -> None:
        # It comes again with every try that fails, and when the bot ends by itself.
        if not self._is_away and self.ready.is_set() and not self.is_closed():
            self._is_away = True
            _log.info("the connection to Discord is interrupted")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Make the commands known to a server that lets the bot in while it runs."""
        if guild.id in self.context.guilds:
            await self._tell_commands(guild.id, anew=True)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Make them known where that failed, because the server was away."""
        if guild.id in self.context.guilds:
            await self._tell_commands(guild.id)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer the buttons and forms that nobody else answers: those of an older version, or from before a start."""
        if interaction.type is discord.InteractionType.component:
            custom_id = str(data_of(interaction).get("custom_id", ""))
            if any(button.__discord_ui_compiled_template__.fullmatch(custom_id) for button in self._buttons):
                return
            if custom_id.startswith(_OURS):
                await errors.answer_old(interaction, _OLD_BUTTON)
            else:
                self._answer_later(interaction, _OLD_BUTTON)
        elif interaction.type is discord.InteractionType.modal_submit:
            self._answer_later(interaction, _OLD_FORM)

    async def on_error(self, event: str, /, *arguments: Any, **named: Any) -> None:
        _log.exception("an event of Discord's was not handled", extra={"event": event})

    # -- parts --------------------------------------------------------------------------

    def _is_back(self) -> None:
        if self._is_away:
            self._is_away = False
            _log.info("the connection to Discord is back")

    async def _tell_commands(self, guild: int, *, anew: bool = False) -> None:
        assert self.application_id is not None, "it is known after the log-in"
        try:
            await self._commands.bring(self.tree, guild, self.application_id, anew=anew)
        except discord.HTTPException as error:
            reason = errors.forbidden(error) if isinstance(error, discord.Forbidden) else str(error)
            _log.warning("commands were not made known", extra={"guild": guild, "reason": reason})

    def _answer_later(self, interaction: discord.Interaction, text: str) -> None:
        """Answer unless somebody else does: what is kept in memory is answered by whoever keeps it."""
        task = spawn(self._answer_unless_answered(interaction, text), name="answer what nobody knows")
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _answer_unless_answered(self, interaction: discord.Interaction, text: str) -> None:
        await self.context.app.clock.sleep(_ANSWERED_WITHIN)
        if not interaction.response.is_done():
            await errors.answer_old(interaction, text)
