"""The verbs of the messages in Discord channels that live with batches.

People ask for one; the bot posts it, keeps it right and says when it ended.  What it says is the bot's.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import Conflict, InvalidInput
from core.services.batch_results import batch_view
from core.services.named_batches import existing_batch
from core.services.views import BatchView
from core.services.views.channels import BatchMessageView, FarewellView
from core.storage import audit, batches
from core.storage import batch_messages as rows
from core.storage.database import Database, Row, from_sql_time

# More live at once only where somebody wants that very much; the oldest stand still then.
MOST_AT_ONCE = 2_000
# What Discord takes.
_NONCE_BYTES = 12

DONE = "the batch is done"


class BatchMessages:
    """Messages in channels that live with batches."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def ask_for(self, actor: Actor, batch: str, *, guild_id: int, channel_id: int) -> BatchMessageView:
        """Have a batch's message in a channel; the bot posts it as soon as it can.

        Raises:
            NotFound: There is no such batch.
            Conflict: One lives there already.
            InvalidInput: These are no ids of a server and a channel.
        """
        actor.must_be(Role.OPERATOR, "show batches in channels")
        if guild_id <= 0 or channel_id <= 0:
            raise InvalidInput("channel", "give the number that Discord shows for it with developer mode on")
        row = await existing_batch(self._database, batch)
        async with self._database.transaction() as tx:
            if await rows.lives_in(tx, row["id"], str(channel_id)):
                raise Conflict(f'The batch "{row["name"]}" is shown in that channel already.')
            await rows.add(
                tx,
                row["id"],
                guild_id=str(guild_id),
                channel_id=str(channel_id),
                nonce=new_nonce(),
                at=self._clock.now(),
            )
            await audit.note(tx, actor, "batch.show_in_channel", row["name"], str(channel_id), self._clock.now())
            found = await rows.of_batch(tx, row["id"])
        return _view(found[-1])

    async def alive(self, actor: Actor) -> tuple[BatchMessageView, ...]:
        """The newest messages that are still edited, at most 2,000, the oldest of them first."""
        actor.must_be(Role.VIEWER, "see messages in channels")
        return tuple(_view(row) for row in await rows.still_edited(self._database, MOST_AT_ONCE))

    async def living_batches(self, actor: Actor) -> dict[str, BatchView]:
        """The batches that have such a message, by id."""
        actor.must_be(Role.VIEWER, "see messages in channels")
        return {row["id"]: batch_view(row) for row in await batches.living_in_channels(self._database)}

    async def show(self, actor: Actor, message: int) -> BatchMessageView | None:
        """A message as it is now, ended or not; None where it went with its batch."""
        actor.must_be(Role.VIEWER, "see messages in channels")
        row = await rows.one(self._database, message)
        return None if row is None else _view(row)

    async def of_batch(self, actor: Actor, batch: str) -> tuple[BatchMessageView, ...]:
        """Every message of a batch, the ended ones with why, the oldest first.

        Raises:
            NotFound: There is no such batch.
        """
        actor.must_be(Role.VIEWER, "see messages in channels")
        row = await existing_batch(self._database, batch)
        return tuple(_view(each) for each in await rows.of_batch(self._database, row["id"]))

    # -- what the bot tells -------------------------------------------------------------

    async def posted(self, actor: Actor, message: int, *, message_id: int, shown: str) -> bool:
        """It was sent, perhaps in place of an older one, and says what the digest *shown* stands for.

        Returns:
            Whether it lives: its batch may have been deleted while it was being sent.
        """
        actor.must_be(Role.OPERATOR, "keep messages in channels")
        at = self._clock.now()
        async with self._database.transaction() as tx:
            return await rows.posted(
                tx, message, message_id=str(message_id), shown=shown, next_nonce=new_nonce(), at=at
            )

    async def edited(self, actor: Actor, message: int, *, shown: str) -> None:
        """It was edited and says what the digest *shown* stands for."""
        actor.must_be(Role.OPERATOR, "keep messages in channels")
        async with self._database.transaction() as tx:
            await rows.edited(tx, message, shown=shown)

    async def took_away(self, actor: Actor, message: int) -> None:
        """The one that it took the place of is there no more."""
        actor.must_be(Role.OPERATOR, "keep messages in channels")
        async with self._database.transaction() as tx:
            await rows.took_away(tx, message)

    async def ended(self, actor: Actor, message: int, because: str) -> None:
        """It is edited no more; nothing happens where that is known already."""
        actor.must_be(Role.OPERATOR, "keep messages in channels")
        async with self._database.transaction() as tx:
            await rows.end(tx, message, because, self._clock.now())

    # -- what is left of messages whose batch was deleted ---------------------------------

    async def farewells(self, actor: Actor) -> tuple[FarewellView, ...]:
        """Messages whose batch was deleted and that do not say so yet, the oldest first."""
        actor.must_be(Role.VIEWER, "see messages in channels")
        return tuple(
            FarewellView(
                id=row["id"],
                guild_id=int(row["guild_id"]),
                channel_id=int(row["channel_id"]),
                message_id=int(row["message_id"]),
                batch_name=row["batch_name"],
                deleted_by=row["deleted_by"],
            )
            for row in await rows.farewells(self._database, MOST_AT_ONCE)
        )

    async def bade_farewell(self, actor: Actor, farewell: int) -> None:
        """It says so, or cannot any more."""
        actor.must_be(Role.OPERATOR, "keep messages in channels")
        async with self._database.transaction() as tx:
            await rows.bade_farewell(tx, farewell)


def new_nonce() -> str:
    """What a message that is still to be posted is sent with, so that Discord takes it once."""
    return secrets.token_hex(_NONCE_BYTES)


def _view(row: Row) -> BatchMessageView:
    return BatchMessageView(
        id=row["id"],
        batch=row["batch_id"],
        guild_id=int(row["guild_id"]),
        channel_id=int(row["channel_id"]),
        message_id=_number(row["message_id"]),
        replaced_id=_number(row["replaced_id"]),
        nonce=row["nonce"],
        shown=row["shown"],
        asked_at=from_sql_time(row["created_at"]),
        posted_at=_time(row["posted_at"]),
        ended_because=row["ended_because"],
    )


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
