"""Named queries over the messages in Discord channels that live with batches, and over what is left of them."""

from __future__ import annotations

from datetime import datetime

from core.storage.database import Database, Row, Transaction, sql_time

_ADD = """
INSERT INTO batch_message (batch_id, guild_id, channel_id, nonce, shown, created_at)
VALUES (?, ?, ?, ?, '', ?) RETURNING id
"""
_OPEN = """
SELECT * FROM (SELECT m.* FROM batch_message m WHERE m.ended_at IS NULL ORDER BY m.id DESC LIMIT ?) ORDER BY id
"""
_ONE = "SELECT m.* FROM batch_message m WHERE m.id = ?"
_OF_BATCH = "SELECT m.* FROM batch_message m WHERE m.batch_id = ? ORDER BY m.id"
_POSTED = """
UPDATE batch_message SET replaced_id = message_id, message_id = ?, posted_at = ?, shown = ?, nonce = ?
WHERE id = ? AND ended_at IS NULL
"""
_END = "UPDATE batch_message SET ended_at = ?, ended_because = ? WHERE id = ? AND ended_at IS NULL"
_END_ALL = """
UPDATE batch_message SET ended_at = ?, ended_because = 'the batch was deleted' WHERE batch_id = ? AND ended_at IS NULL
"""
# What is edited no more may say something that is not so, but nobody expects it to be right.
_PART = """
INSERT INTO batch_farewell (guild_id, channel_id, message_id, batch_name, deleted_by, created_at)
SELECT m.guild_id, m.channel_id, m.sent, b.name, ?2, ?3
FROM (
    SELECT batch_id, guild_id, channel_id, message_id AS sent, id FROM batch_message
    WHERE batch_id = ?1 AND ended_at IS NULL AND message_id IS NOT NULL
    UNION ALL
    SELECT batch_id, guild_id, channel_id, replaced_id, id FROM batch_message
    WHERE batch_id = ?1 AND ended_at IS NULL AND replaced_id IS NOT NULL
) m JOIN batch b ON b.id = m.batch_id ORDER BY m.id
"""


async def add(tx: Transaction, batch_id: str, *, guild_id: str, channel_id: str, nonce: str, at: datetime) -> int:
    """A message that is still to be posted; its id."""
    rows = await tx.fetch(_ADD, batch_id, guild_id, channel_id, nonce, sql_time(at))
    return int(rows[0]["id"])


async def still_edited(db: Database | Transaction, count: int) -> list[Row]:
    """The newest *count* messages that live, the oldest of them first."""
    return await db.fetch(_OPEN, count)


async def one(db: Database | Transaction, message: int) -> Row | None:
    """The message of this id, ended or not."""
    return await db.fetch_one(_ONE, message)


async def of_batch(db: Database | Transaction, batch_id: str) -> list[Row]:
    """Every message of a batch, the oldest first."""
    return await db.fetch(_OF_BATCH, batch_id)


async def lives_in(tx: Transaction, batch_id: str, channel_id: str) -> bool:
    """Whether a message of the batch is edited in this channel."""
    found = await tx.fetch(
        "SELECT 1 FROM batch_message WHERE batch_id = ? AND channel_id = ? AND ended_at IS NULL", batch_id, channel_id
    )
    return bool(found)


async def posted(tx: Transaction, message: int, *, message_id: str, shown: str, next_nonce: str, at: datetime) -> bool:
    """It was sent, says what the digest *shown* stands for, and takes the place of the one before.

    Args:
        next_nonce: What the next message in its place would be sent with.

    Returns:
        Whether it lives: it may have ended while it was being sent.
    """
    changed = await tx.execute(_POSTED, message_id, sql_time(at), shown, next_nonce, message)
    return changed > 0


async def edited(tx: Transaction, message: int, *, shown: str) -> None:
    """It says what the digest *shown* stands for."""
    await tx.execute("UPDATE batch_message SET shown = ? WHERE id = ?", shown, message)


async def took_away(tx: Transaction, message: int) -> None:
    """The one before it is there no more."""
    await tx.execute("UPDATE batch_message SET replaced_id = NULL WHERE id = ?", message)


async def end(tx: Transaction, message: int, because: str, at: datetime) -> None:
    """It is edited no more."""
    await tx.execute(_END, sql_time(at), because[:200], message)


# -- what is left when a batch is deleted -------------------------------------------


async def part(tx: Transaction, batch_id: str, *, by: str, at: datetime) -> None:
    """End a batch's messages and keep their places, because their rows go with the batch."""
    await tx.execute(_PART, batch_id, by[:80], sql_time(at))
    await tx.execute(_END_ALL, sql_time(at), batch_id)


async def farewells(db: Database, count: int) -> list[Row]:
    """The oldest *count* messages whose batch was deleted and that do not say so yet."""
    return await db.fetch("SELECT * FROM batch_farewell ORDER BY id LIMIT ?", count)


async def bade_farewell(tx: Transaction, farewell: int) -> None:
    """It says so, or cannot."""
    await tx.execute("DELETE FROM batch_farewell WHERE id = ?", farewell)
