"""Named queries over the messages in Discord channels that live with batches."""

from __future__ import annotations

from datetime import datetime

from core.storage.database import Database, Row, Transaction, sql_time

_ADD = """
INSERT INTO batch_message (batch_id, guild_id, channel_id, nonce, shown, created_at)
VALUES (?, ?, ?, ?, '', ?) RETURNING id
"""
_OPEN = "SELECT m.* FROM batch_message m WHERE m.ended_at IS NULL ORDER BY m.id LIMIT ?"
_OF_BATCH = "SELECT m.* FROM batch_message m WHERE m.batch_id = ? ORDER BY m.id"
_POSTED = "UPDATE batch_message SET message_id = ?, posted_at = ?, shown = ?, nonce = ? WHERE id = ?"
_END = "UPDATE batch_message SET ended_at = ?, ended_because = ? WHERE id = ? AND ended_at IS NULL"


async def add(tx: Transaction, batch_id: str, *, guild_id: str, channel_id: str, nonce: str, at: datetime) -> int:
    """A message that is still to be posted; its id."""
    rows = await tx.fetch(_ADD, batch_id, guild_id, channel_id, nonce, sql_time(at))
    return int(rows[0]["id"])


async def still_edited(db: Database | Transaction, count: int) -> list[Row]:
    """Up to *count* messages that live, the oldest first."""
    return await db.fetch(_OPEN, count)


async def of_batch(db: Database | Transaction, batch_id: str) -> list[Row]:
    """Every message of a batch, the oldest first."""
    return await db.fetch(_OF_BATCH, batch_id)


async def lives_in(tx: Transaction, batch_id: str, channel_id: str) -> bool:
    """Whether a message of the batch is edited in this channel."""
    found = await tx.fetch(
        "SELECT 1 FROM batch_message WHERE batch_id = ? AND channel_id = ? AND ended_at IS NULL", batch_id, channel_id
    )
    return bool(found)


async def posted(
    tx: Transaction, message: int, *, message_id: str, shown: str, next_nonce: str, at: datetime | None
) -> None:
    """It says what the digest *shown* stands for; *at* is when it was posted, None leaves that as it was.

    Args:
        next_nonce: What the next message in its place would be sent with.
    """
    if at is None:
        await tx.execute("UPDATE batch_message SET shown = ? WHERE id = ?", shown, message)
    else:
        await tx.execute(_POSTED, message_id, sql_time(at), shown, next_nonce, message)


async def end(tx: Transaction, message: int, because: str, at: datetime) -> None:
    """It is edited no more."""
    await tx.execute(_END, sql_time(at), because[:200], message)
