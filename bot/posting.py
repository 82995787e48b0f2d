"""What one living message says: posted, edited, replaced before Discord limits its edits, ended, taken leave of.

Everything is read anew before something is sent, and written down right after it: whoever is interrupted in between
goes on, and nobody posts a second message.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta

import discord
import orjson

from bot.buttons import batch_buttons
from bot.cards import BatchStand, batch_card, batch_mark, farewell_card
from bot.context import BotContext
from bot.paces import Paces
from bot.refusals import LOST, UNKNOWN_MESSAGE, why_lost
from core.errors import NotFound
from core.services.batch_messages import DONE
from core.services.views import BatchView
from core.services.views.channels import BatchMessageView, FarewellView
from core.settings import Platform

_log = logging.getLogger(__name__)

# Discord limits edits of what is older than an hour.
FRESH_AFTER = timedelta(minutes=55)
# So long Discord knows a nonce again for certain, and makes no second message of the same one.
_NONCE_LIVES = timedelta(minutes=1)
# How far Discord's clock and ours may be apart.
_SKEW = timedelta(minutes=1)
_LOOKED_THROUGH = 100

_DELETED = "the message was deleted"
_ELSEWHERE = "the channel is not in that server"


class Poster:
    """Sends and edits messages by the connection of one client.

    Args:
        paces: How fast batches go.
    """

    def __init__(self, client: discord.Client, context: BotContext, paces: Paces) -> None:
        self._client = client
        self._app = context.app
        self._messages = context.app.batch_messages
        self._actor = context.itself
        self._paces = paces
        self._is_sandbox = context.app.settings.platform is Platform.SANDBOX

    async def bring(self, message_id: int) -> bool:
        """Post or edit a message so that it says how its batch stands; whether anything was sent.

        Raises:
            discord.HTTPException: Discord did not take it, and may later.
        """
        message = await self._messages.show(self._actor, message_id)
        if message is None or message.ended_because is not None:
            return False
        try:
            stand = await self._stand(message.batch)
        except NotFound:
            # Deleted a moment ago; what the message says then is another matter.
            return False
        try:
            sent = await self._bring(message, stand)
        except discord.HTTPException as error:
            if not await self._ended_by(error, message):
                raise
            return True
        return sent

    async def take_leave(self, farewell: FarewellView) -> None:
        """Say that a message's batch was deleted.

        Raises:
            discord.HTTPException: Discord did not take it, and may later.
        """
        channel = self._client.get_partial_messageable(farewell.channel_id, guild_id=farewell.guild_id)
        try:
            await channel.get_partial_message(farewell.message_id).edit(embed=farewell_card(farewell), view=None)
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE and error.code not in LOST:
                raise
        await self._messages.bade_farewell(self._actor, farewell.id)

    async def give_up(self, message_id: int, why: str) -> None:
        """Edit a message no more."""
        await self._messages.ended(self._actor, message_id, why)
        _log.warning("a living message ended", extra={"channel_message": message_id, "reason": why})

    # -- parts --------------------------------------------------------------------------

    async def _stand(self, batch_id: str) -> BatchStand:
        batch = await self._app.batches.show(self._actor, batch_id)
        return BatchStand(
            batch=batch,
            reasons=await self._app.batches.unknown_reasons(self._actor, batch_id) if batch.unknown else {},
            rate=self._paces.rate(batch),
            done_at=self._paces.done_at(batch),
            overview=await self._app.monitoring.overview(self._actor),
            is_sandbox=self._is_sandbox,
        )

    async def _bring(self, message: BatchMessageView, stand: BatchStand) -> bool:
        channel = self._client.get_partial_messageable(message.channel_id, guild_id=message.guild_id)
        if message.replaced_id is not None:
            await self._take_away(channel, message, message.replaced_id)
        shown = digest(stand.batch, moves=stand.rate is not None)
        sent, says_it = message.message_id is None or shown != message.shown, True
        if message.message_id is None:
            if not await self._is_in_its_server(message):
                return True
            says_it = await self._post(channel, message, stand, shown)
        elif sent and self._is_old(message):
            says_it = await self._post(channel, message, stand, shown)
        elif sent:
            card, view = batch_card(stand, self._app.clock.now()), batch_buttons(stand.batch)
            await channel.get_partial_message(message.message_id).edit(embed=card, view=view)
            await self._messages.edited(self._actor, message.id, shown=shown)
        if stand.batch.status == "done" and says_it:
            await self._messages.ended(self._actor, message.id, DONE)
        return sent

    async def _post(
        self, channel: discord.PartialMessageable, message: BatchMessageView, stand: BatchStand, shown: str
    ) -> bool:
        """Send a message; whether it says how *stand* is, and not what an earlier try sent."""
        sent = await self._sent_already(channel, message)
        card, view = batch_card(stand, self._app.clock.now()), batch_buttons(stand.batch)
        says_it = True
        if sent is None:
            answer = await channel.send(embed=card, view=view, nonce=message.nonce)
            # Discord answers a nonce that it knows with the message that it was sent with first.
            sent, says_it = answer.id, [_text_of(each) for each in answer.embeds] == [_text_of(card)]
        else:
            await channel.get_partial_message(sent).edit(embed=card, view=view)
        now_shown = shown if says_it else ""
        lives = await self._messages.posted(self._actor, message.id, message_id=sent, shown=now_shown)
        if not lives:
            # Its batch was deleted while it was on its way.
            await self._delete(channel, sent)
        elif message.message_id is not None:
            await self._take_away(channel, message, message.message_id)
        return says_it

    async def _sent_already(self, channel: discord.PartialMessageable, message: BatchMessageView) -> int | None:
        """What an earlier try has sent that was interrupted before it could write that down."""
        now = self._app.clock.now()
        if message.message_id is None:
            if now - message.asked_at < _NONCE_LIVES:
                return None
            after: discord.abc.SnowflakeTime = message.asked_at - _SKEW
        else:
            after = discord.Object(message.message_id)
        mark = batch_mark(message.batch)
        try:
            async for found in channel.history(limit=_LOOKED_THROUGH, after=after, oldest_first=True):
                is_ours = self._client.user is not None and found.author.id == self._client.user.id
                if is_ours and found.interaction_metadata is None and _is_marked(found, mark):
                    return found.id
        except discord.Forbidden:
            _log.info("what was posted cannot be looked at", extra={"channel": message.channel_id})
        return None

    async def _is_in_its_server(self, message: BatchMessageView) -> bool:
        """Whether the channel is one of the server that was named; ends the message where it is not."""
        guild = self._client.get_guild(message.guild_id)
        if guild is not None and guild.get_channel_or_thread(message.channel_id) is not None:
            return True
        channel = await self._client.fetch_channel(message.channel_id)
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread) and channel.guild.id == message.guild_id:
            return True
        await self.give_up(message.id, _ELSEWHERE)
        return False

    def _is_old(self, message: BatchMessageView) -> bool:
        return message.posted_at is not None and self._app.clock.now() - message.posted_at >= FRESH_AFTER

    async def _take_away(self, channel: discord.PartialMessageable, message: BatchMessageView, message_id: int) -> None:
        """Take away the message that a fresh one stands for now."""
        await self._delete(channel, message_id)
        await self._messages.took_away(self._actor, message.id)

    async def _delete(self, channel: discord.PartialMessageable, message_id: int) -> None:
        try:
            await channel.get_partial_message(message_id).delete()
        except discord.HTTPException as error:
            if error.code != UNKNOWN_MESSAGE:
                raise

    async def _ended_by(self, error: discord.HTTPException, message: BatchMessageView) -> bool:
        """Whether *error* ends the message; it is written down then, and the panel shows it."""
        why = _DELETED if error.code == UNKNOWN_MESSAGE else why_lost(error)
        if why is None:
            return False
        await self._messages.ended(self._actor, message.id, why)
        _log.info("a living message ended", extra={"batch": message.batch, "reason": why})
        return True


def digest(batch: BatchView, *, moves: bool) -> str:
    """What stands for what a message says, in two parts: the batch's state, and all the rest.

    The time that passes is no news, and neither is the pool: it changes all the time.

    Args:
        moves: Whether a rate is known.
    """
    state = batch.status, batch.requested_at is not None
    counts = (batch.total, batch.finished, batch.live, batch.none, batch.private, batch.gone, batch.unknown)
    waits = (batch.waiting_reason, str(batch.waiting_until)) if batch.status == "in_progress" else None
    # Which reasons left checks unknown changes with their number alone.
    return f"{_hash(state)}-{_hash((batch.name, batch.shown_status, counts, waits, moves))}"


def tells_another_state(shown: str, now: str) -> bool:
    """Whether what is *shown* is not only behind, but tells a state that is over."""
    return shown.partition("-")[0] != now.partition("-")[0]


def _hash(said: object) -> str:
    return hashlib.sha256(orjson.dumps(said)).hexdigest()[:24]


def _text_of(card: discord.Embed) -> tuple[object, ...]:
    return card.title, card.description, [(field.name, field.value) for field in card.fields]


def _is_marked(message: discord.Message, mark: str) -> bool:
    return any((embed.footer.text or "").endswith(mark) for embed in message.embeds)
