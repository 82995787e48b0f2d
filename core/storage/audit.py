"""Who did what: one line for every changing verb, written in the verb's own transaction."""

from __future__ import annotations

from datetime import datetime

from core.domain.actor import Actor
from core.storage.database import Transaction, sql_time

_SUBJECT_LENGTH = 200
_DETAIL_LENGTH = 400

_NOTE = "INSERT INTO audit_entry (at, actor, verb, subject, detail) VALUES (?, ?, ?, ?, ?)"


async def note(tx: Transaction, actor: Actor, verb: str, subject: str, detail: str, at: datetime) -> None:
    """Add a line that stands if, and only if, the transaction does.

    Args:
        verb: Noun and verb, as in ``niche.rename``.
        subject: What it was done to; cut to 200 characters.
        detail: What changed, never a secret; cut to 400 characters.
    """
    await tx.execute(_NOTE, sql_time(at), actor.name[:80], verb, subject[:_SUBJECT_LENGTH], detail[:_DETAIL_LENGTH])
