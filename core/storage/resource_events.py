"""Named queries over what happened to proxies, sessions, canaries and the breaker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import orjson

from core.domain.proxy_address import ProxyAddress
from core.domain.transition import LONGEST_SUBJECT, LONGEST_WHY, Kind, Transition
from core.secrets import MASK, Secret
from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

KEPT = timedelta(days=30)

_ADD = """
INSERT INTO resource_event (at, kind, subject_id, subject, before, after, reason, until)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
    json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]'),
    json_extract(value, '$[6]'), json_extract(value, '$[7]')
FROM json_each(?)
"""

_COLUMNS = "SELECT id, at, kind, subject_id, subject, before, after, reason, until FROM resource_event"
_LATEST = f"{_COLUMNS} WHERE kind = ? ORDER BY id DESC LIMIT ?"
_NEWEST = f"{_COLUMNS} ORDER BY id DESC LIMIT ?"
_LATEST_OF_ONE = f"{_COLUMNS} WHERE kind = ? AND subject_id = ? ORDER BY id DESC LIMIT ?"
_LATEST_OF_NAME = f"{_COLUMNS} WHERE kind = ? AND subject = ? ORDER BY id DESC LIMIT ?"

_LAST_INTO = """
SELECT subject, reason, max(id) AS last FROM resource_event WHERE kind = ? AND after = ? GROUP BY subject
"""
# One look into the index for each session; grouping would read every line that there is.
_LAST_OF_TROUBLED = f"""
{_COLUMNS} AS e WHERE e.id IN (
    SELECT (SELECT max(id) FROM resource_event WHERE kind = 'session' AND subject_id = s.id) FROM session AS s
    WHERE s.state <> 'valid' OR s.enabled = 0 OR s.proxy_id IS NULL
)
"""  # noqa: S608  # put together from constants
_FORGET = "DELETE FROM resource_event WHERE id IN (SELECT id FROM resource_event WHERE at < ? LIMIT ?)"
_LABELS = "SELECT id, label FROM session WHERE id IN (SELECT value FROM json_each(?))"
_ADDRESSES = (
    "SELECT id, scheme, host, port, user, password IS NOT NULL AS signed_in FROM proxy"
    " WHERE id IN (SELECT value FROM json_each(?))"
)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One line of the log."""

    id: int
    change: Transition


async def add(tx: Transaction, changes: Sequence[Transition]) -> list[Transition]:
    """Write *changes* in their order; the same with the names of their subjects."""
    named = await _named(tx, changes)
    await tx.execute(_ADD, orjson.dumps([_row(change) for change in named]).decode())
    return named


async def latest(
    db: Database | Transaction, kind: Kind, count: int, *, subject_id: int | None = None, subject: str | None = None
) -> list[StoredEvent]:
    """The last *count* lines about one kind, about one of its members where one is given; the newest first."""
    if subject_id is not None:
        rows = await db.fetch(_LATEST_OF_ONE, kind.value, subject_id, count)
    elif subject is not None:
        rows = await db.fetch(_LATEST_OF_NAME, kind.value, subject, count)
    else:
        rows = await db.fetch(_LATEST, kind.value, count)
    return [_event(row) for row in rows]


async def newest(db: Database | Transaction, count: int) -> list[StoredEvent]:
    """The last *count* lines about whatever they are, the newest first."""
    return [_event(row) for row in await db.fetch(_NEWEST, count)]


async def last_reasons(db: Database | Transaction, kind: Kind, after: str) -> dict[str, str]:
    """Why each member of *kind* last came into the state *after*, by its name."""
    return {row["subject"]: row["reason"] for row in await db.fetch(_LAST_INTO, kind.value, after)}


async def last_of_each_troubled_session(db: Database | Transaction) -> list[StoredEvent]:
    """The last line of each session that is not valid, or switched off."""
    return [_event(row) for row in await db.fetch(_LAST_OF_TROUBLED)]


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* lines that are older than 30 days; how many."""
    return await tx.execute(_FORGET, sql_time(now - KEPT), count)


async def addresses(db: Database | Transaction, proxy_ids: Iterable[int]) -> dict[int, str]:
    """What people call proxies, by id: the address, masked."""
    rows = await db.fetch(_ADDRESSES, orjson.dumps(list(proxy_ids)).decode())
    return {row["id"]: _masked(row) for row in rows}


async def _named(tx: Transaction, changes: Sequence[Transition]) -> list[Transition]:
    nameless = [change for change in changes if not change.subject and change.subject_id is not None]
    if not nameless:
        return list(changes)
    sessions = {change.subject_id for change in nameless if change.kind is Kind.SESSION}
    rows = await tx.fetch(_LABELS, orjson.dumps(sorted(sessions, key=str)).decode())
    proxies = [change.subject_id for change in nameless if change.kind is Kind.PROXY and change.subject_id is not None]
    names = {Kind.SESSION: {row["id"]: row["label"] for row in rows}, Kind.PROXY: await addresses(tx, proxies)}
    return [
        change
        if change.subject or change.subject_id is None
        # It may have been removed meanwhile; what happened to it is still true.
        else replace(change, subject=names[change.kind].get(change.subject_id, f"{change.kind} {change.subject_id}"))
        for change in changes
    ]


def _row(change: Transition) -> list[str | int | None]:
    return [
        sql_time(change.at),
        change.kind.value,
        change.subject_id,
        change.subject[:LONGEST_SUBJECT],
        change.before,
        change.after,
        change.reason[:LONGEST_WHY],
        None if change.until is None else sql_time(change.until),
    ]


def _event(row: Row) -> StoredEvent:
    return StoredEvent(
        row["id"],
        Transition(
            at=from_sql_time(row["at"]),
            kind=Kind(row["kind"]),
            subject_id=row["subject_id"],
            before=row["before"],
            after=row["after"],
            reason=row["reason"],
            until=_time(row["until"]),
            subject=row["subject"],
        ),
    )


def _masked(row: Row) -> str:
    password = Secret(MASK) if row["signed_in"] else None
    return ProxyAddress(row["scheme"], row["host"], row["port"], row["user"], password).shown


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
