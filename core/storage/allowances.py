"""Named queries that make limits survive a crash: what sessions sent by minute, and what they may send besides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import orjson

from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

# Longer than the longest window, and the minute by which a moment may be rounded.
KEPT = timedelta(hours=25)

_ADD = """
ON CONFLICT (minute, session_id, proxy_id) DO UPDATE SET
    sent = sends.sent + excluded.sent, look_ups = sends.look_ups + excluded.look_ups
"""

_SENT = f"""
INSERT INTO sends (session_id, proxy_id, minute, sent, look_ups)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
    json_extract(value, '$[3]'), json_extract(value, '$[4]')
FROM json_each(?) WHERE true {_ADD}
"""  # noqa: S608  # put together from constants

# A session that was removed meanwhile has no allowance.
_UNSPENT = """
INSERT INTO allowance (session_id, unspent, granted_at)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), ? FROM json_each(?)
WHERE json_extract(value, '$[0]') IN (SELECT id FROM session)
ON CONFLICT (session_id) DO UPDATE SET unspent = excluded.unspent, granted_at = excluded.granted_at
"""

_GIVEN_BACK = "DELETE FROM allowance WHERE session_id IN (SELECT value FROM json_each(?))"

# An unbound session goes with proxy 0, which there is none of.
_COUNT = f"""
INSERT INTO sends (session_id, proxy_id, minute, sent, look_ups)
SELECT a.session_id, COALESCE(s.proxy_id, 0), ?, a.unspent, a.unspent
FROM allowance a JOIN session s ON s.id = a.session_id WHERE a.unspent > 0 {_ADD}
"""  # noqa: S608  # put together from constants

_COUNTED = "UPDATE allowance SET unspent = 0, granted_at = ? WHERE unspent > 0"

_LEAVES = f"""
INSERT INTO sends (session_id, proxy_id, minute, sent, look_ups)
SELECT a.session_id, s.proxy_id, ?, a.unspent, a.unspent
FROM allowance a JOIN session s ON s.id = a.session_id
WHERE a.session_id = ? AND a.unspent > 0 AND s.proxy_id IS NOT NULL {_ADD}
"""  # noqa: S608  # put together from constants

_SLICE = """
SELECT minute, session_id, proxy_id, sent, look_ups FROM sends
WHERE (minute, session_id, proxy_id) > (?, ?, ?) ORDER BY minute, session_id, proxy_id LIMIT ?
"""

_SENT_SINCE = """
SELECT session_id, proxy_id, sum(sent) AS sent FROM sends WHERE minute >= ? GROUP BY session_id, proxy_id
"""

_FORGET = "DELETE FROM sends WHERE id IN (SELECT id FROM sends WHERE minute < ? ORDER BY minute LIMIT ?)"


async def store(
    tx: Transaction,
    at: datetime,
    *,
    sent: Sequence[tuple[int, int, int, int, int]] = (),
    unspent: Sequence[tuple[int, int]] = (),
    given_back: Sequence[int] = (),
) -> None:
    """Add what was sent, and say what may be sent until the next commit.

    Args:
        sent: Session, proxy, minute since 1970, exchanges, and the look-ups among them.
        unspent: Session, and how many exchanges it may make.
        given_back: Sessions that make none.
    """
    if sent:
        rows = [(session, proxy, _minute(minute), count, look_ups) for session, proxy, minute, count, look_ups in sent]
        await tx.execute(_SENT, orjson.dumps(rows).decode())
    if unspent:
        await tx.execute(_UNSPENT, sql_time(at), orjson.dumps(unspent).decode())
    if given_back:
        await tx.execute(_GIVEN_BACK, orjson.dumps(given_back).decode())


async def count_unspent(tx: Transaction, at: datetime) -> None:
    """Whatever was unspent counts as sent *at* that moment, as look-ups too: who was granted it has died."""
    await tx.execute(_COUNT, _minute_of(at))
    await tx.execute(_COUNTED, sql_time(at))


async def leave_proxy(tx: Transaction, session_id: int, at: datetime) -> None:
    """The session is about to leave its proxy, over which it may have sent what is unspent."""
    await tx.execute(_LEAVES, _minute_of(at), session_id)


async def last_uses(db: Database | Transaction) -> dict[int, datetime]:
    """The latest moment at which each session that did not give its allowance back can have been used."""
    rows = await db.fetch("SELECT session_id, granted_at FROM allowance")
    return {row["session_id"]: from_sql_time(row["granted_at"]) for row in rows}


async def sent_after(db: Database | Transaction, place: tuple[str, int, int], count: int) -> list[Row]:
    """The next *count* rows after *place*, which is a minute, a session and a proxy, in their order."""
    return await db.fetch(_SLICE, *place, count)


async def sent_since(db: Database | Transaction, since: datetime) -> list[Row]:
    """Exchanges by session and proxy in the minute of *since* and later, as far as limits made them worth counting."""
    return await db.fetch(_SENT_SINCE, _minute_of(since))


def place_of(moment: datetime) -> tuple[str, int, int]:
    """The place before everything that was sent in the minute of *moment* and later."""
    return _minute_of(moment), -1, -1


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* rows that no window reaches any more; how many."""
    return await tx.execute(_FORGET, _minute_of(now - KEPT), count)


def _minute_of(moment: datetime) -> str:
    return _minute(int(moment.timestamp() // 60))


def _minute(number: int) -> str:
    return sql_time(datetime.fromtimestamp(number * 60, UTC))
