"""Who did what: one line for every changing verb, written in the verb's own transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.actor import Actor
from core.storage.database import Database, Transaction, from_sql_time, sql_time

_SUBJECT_LENGTH = 200
_DETAIL_LENGTH = 400

_NOTE = "INSERT INTO audit_entry (at, actor, verb, subject, detail) VALUES (?, ?, ?, ?, ?)"
_PAGE = """
SELECT id, at, actor, verb, subject, detail FROM audit_entry
WHERE id < ? AND (? = '' OR instr(lower(actor), lower(?)) > 0) AND (? = '' OR instr(verb, ?) = 1)
ORDER BY id DESC LIMIT ?
"""
_NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One line."""

    id: int
    at: datetime
    actor: str
    verb: str
    subject: str
    detail: str


async def note(tx: Transaction, actor: Actor, verb: str, subject: str, detail: str, at: datetime) -> None:
    """Add a line that stands if, and only if, the transaction does.

    Args:
        verb: Noun and verb, as in ``niche.rename``.
        subject: What it was done to; cut to 200 characters.
        detail: What changed, never a secret; cut to 400 characters.
    """
    await tx.execute(_NOTE, sql_time(at), actor.name[:80], verb, subject[:_SUBJECT_LENGTH], detail[:_DETAIL_LENGTH])


async def page(db: Database, *, after: int | None, count: int, who: str, verb: str) -> list[StoredEntry]:
    """*count* lines, the newest first.

    Args:
        after: The id of the last line of the page before.
        who: A part of the actor's name; empty takes everybody.
        verb: How the verb begins; empty takes every one.
    """
    rows = await db.fetch(_PAGE, _NEWEST if after is None else after, who, who, verb, verb, count)
    return [
        StoredEntry(row["id"], from_sql_time(row["at"]), row["actor"], row["verb"], row["subject"], row["detail"])
        for row in rows
    ]
