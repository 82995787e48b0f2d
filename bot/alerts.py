"""Posts alerts in their channels: claimed from the database, sent once, and told what became of it.

Whether something is due, and when it is tried again, is decided elsewhere; here Discord's answers get their words.  A
message keeps its nonce from one try to the next, so that one whose answer was lost is not posted a second time.
"""

from __future__ import annotations

import asyncio
import io
import logging
from datetime import timedelta
from functools import partial
from typing import Any

import discord

from bot.alert_cards import alert_buttons, alert_card, alert_mark
from bot.answering import NOT_SENT
from bot.context import BotContext
from bot.errors import TOO_LARGE
from bot.looking import keep_looking
from bot.outgoing import MOST_BYTES, files_of
from bot.refusals import UNKNOWN_CHANNEL, why_lost
from core.errors import NotFound, UserError
from core.events import AlertsDue
from core.services.views import BatchView
from core.services.views.alerts import AlertFile, OutgoingAlert
from core.settings import Platform
from core.tasks import spawn

_log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
_AT_ONCE = 10
# So long Discord knows a nonce again for certain, and makes no second message of the same one.
_NONCE_LIVES = timedelta(minutes=1)
# How far Discord's clock and ours may be apart.
_SKEW = timedelta(minutes=1)
_LOOKED_THROUGH = 100
_FIRST_OF_THE_SERVER = 500
_AWAY = "Discord did not answer"
_NOT_SERVED = "the channel's server is not in STORYWATCH_DISCORD_GUILDS"
_NO_CHANNEL = "the channel is none of a server's"
_MISTAKE = "that is a mistake in Storywatch; the log has it"


class _Refused(Exception):
    """Nothing is posted there, whatever Discord would say."""


class AlertPosts:
    """Posts what is due while one client is connected.

    Args:
        ready: Set when the client knows its servers.
    """

    def __init__(self, client: discord.Client, context: BotContext, ready: asyncio.Event) -> None:
        self._client = client
        self._app = context.app
        self._actor = context.itself
        self._guilds = context.guilds
        self._ready = ready
        self._is_sandbox = context.app.settings.platform is Platform.SANDBOX
        self._sending: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Post what is due, as soon as somebody says that something is, and every five seconds in any case."""
        await self._ready.wait()
        try:
            await keep_looking(self._look, self._app, every=LOOK_EVERY, news=AlertsDue, waits="alerts wait")
        finally:
            for task in (tasks := set(self._sending.values())):
                task.cancel()
            if tasks:
                await asyncio.wait(tasks)

    async def _look(self) -> None:
        """Send what is due, each channel's for itself: one that is slow holds up no other."""
        for alert in await self._app.alerts.claim_discord(self._actor, _AT_ONCE):
            # What takes longer than its claim is not sent a second time beside itself.
            if alert.target not in self._sending:
                task = spawn(self._send(alert), name=f"post an alert in channel {alert.channel_id}")
                self._sending[alert.target] = task
                task.add_done_callback(partial(self._sent, alert.target))

    def _sent(self, target: int, _: asyncio.Task[None]) -> None:
        self._sending.pop(target, None)

    # -- one message --------------------------------------------------------------------

    async def _send(self, alert: OutgoingAlert) -> None:
        """Send a message, and say what became of it."""
        try:
            await self._post(alert)
        except _Refused as error:
            await self._failed(alert, str(error), gone=True)
        except NOT_SENT as error:
            await self._failed(alert, _sentence(error), gone=_is_gone(error))
        except UserError as error:
            # Claimed, and claimed again later: the database is away.
            _log.warning("an alert waits", extra={"target": alert.label, "reason": str(error)})
        except Exception:  # noqa: BLE001  # the boundary: the others go on
            _log.exception("an alert was not posted", extra={"target": alert.label})
            await self._failed(alert, _MISTAKE)
        else:
            await self._app.alerts.delivered(self._actor, alert.deliveries)

    async def _failed(self, alert: OutgoingAlert, why: str, *, gone: bool = False) -> None:
        _log.warning("an alert was not posted", extra={"target": alert.label, "reason": why})
        await self._app.alerts.failed(self._actor, alert.deliveries, why, gone=gone)

    async def _post(self, alert: OutgoingAlert) -> None:
        """Post it, unless an earlier try did whose answer nobody got.

        Raises:
            discord.HTTPException: Discord did not take it.
        """
        guild = await self._guild(alert.channel_id)
        channel = self._client.get_partial_messageable(alert.channel_id, guild_id=guild.id)
        if await self._is_posted(channel, alert):
            return
        batch = await self._batch(alert)
        files = await _files(alert.message.file, min(MOST_BYTES, guild.filesize_limit))
        try:
            await self._say(channel, alert, batch, files)
        except discord.HTTPException as error:
            if error.code != TOO_LARGE or not files:
                raise
            await self._say(channel, alert, batch, None)

    async def _say(
        self,
        channel: discord.PartialMessageable,
        alert: OutgoingAlert,
        batch: BatchView | None,
        files: list[discord.File] | None,
    ) -> None:
        more: dict[str, Any] = {}
        if alert.mention is not None:
            more["content"] = f"<@&{alert.mention}>"
            role = discord.Object(alert.mention)
            more["allowed_mentions"] = discord.AllowedMentions(everyone=False, users=False, roles=[role])
        if (view := alert_buttons(alert.message, batch)) is not None:
            more["view"] = view
        if files:
            more["files"] = files
        page_of, mark = self._app.public_pages.of, alert_mark(alert.nonce)
        card = alert_card(alert.message, mark, page_of, is_sandbox=self._is_sandbox, lacks_file=files is None)
        # The library has Discord enforce it: the second of two with the same is answered with the first.
        await channel.send(embed=card, nonce=alert.nonce, **more)

    async def _guild(self, channel_id: int) -> discord.Guild:
        """The server of the channel, one in which the bot answers.

        Raises:
            _Refused: It is another one, or a conversation of two.
        """
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            raise _Refused(_NO_CHANNEL)
        if channel.guild.id not in self._guilds:
            raise _Refused(_NOT_SERVED)
        return channel.guild

    async def _batch(self, alert: OutgoingAlert) -> BatchView | None:
        if alert.message.batch is None:
            return None
        try:
            return await self._app.batches.show(self._actor, alert.message.batch)
        except NotFound:
            # Deleted meanwhile; what it found is still news.
            return None

    async def _is_posted(self, channel: discord.PartialMessageable, alert: OutgoingAlert) -> bool:
        """Whether a message of ours with this one's mark is there; asked where Discord may have forgotten the nonce."""
        if self._app.clock.now() - alert.message.created_at < _NONCE_LIVES:
            return False
        mark = alert_mark(alert.nonce)
        try:
            async for found in channel.history(
                limit=_LOOKED_THROUGH, after=alert.message.created_at - _SKEW, oldest_first=False
            ):
                is_ours = self._client.user is not None and found.author.id == self._client.user.id
                if is_ours and any((embed.footer.text or "").endswith(mark) for embed in found.embeds):
                    return True
        except discord.Forbidden:
            _log.info("what was posted cannot be looked at", extra={"channel": alert.channel_id})
        return False


async def _files(file: AlertFile | None, most: int) -> list[discord.File] | None:
    """The file as it is or packed; None where it is too large for one message."""
    if file is None:
        return []
    if len(file.content) <= most:
        return [discord.File(io.BytesIO(file.content), file.name)]

    async def lines() -> Any:
        for line in file.content.decode("utf-8").splitlines(keepends=True):
            yield line

    packed = await files_of(lines(), file.name.rpartition(".")[0] or file.name, most)
    return packed if packed is not None and len(packed) == 1 else None


def _sentence(error: BaseException) -> str:
    """What Discord's refusal means to those who read it in the panel."""
    if (lost := why_lost(error)) is not None:
        return lost
    if isinstance(error, discord.HTTPException) and error.status < _FIRST_OF_THE_SERVER:
        return f"Discord refuses it: {error.text[:200]} ({error.code})"
    return _AWAY


def _is_gone(error: BaseException) -> bool:
    """Whether no patience helps: a permission comes back, a channel does not."""
    return isinstance(error, discord.HTTPException) and error.code == UNKNOWN_CHANNEL
