"""Puts another file in the place of a database that nobody has open, so that at any moment one of both is there whole.

Blocks.  Whether it is the right file is decided before.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from core.storage.backups import backups_of, on_disk
from core.storage.database import sql_time
from core.storage.sqlite_client import primary_code

_LOG_FILES = ("-wal", "-shm")

_NOBODY_AT_WORK = "UPDATE engine_state SET holder = NULL, pid = NULL, heartbeat = NULL"
# Sessions and proxies by what they are: ids may have been given to others since.
_SENT_SINCE = """
INSERT INTO sends (session_id, proxy_id, minute, sent, look_ups)
SELECT s.id, COALESCE(p.id, 0), o.minute, sum(o.sent), sum(o.look_ups)
FROM present.sends o JOIN present.session os ON os.id = o.session_id JOIN session s ON s.account_id = os.account_id
    LEFT JOIN present.proxy op ON op.id = o.proxy_id
    LEFT JOIN proxy p ON p.scheme = op.scheme AND p.host = op.host AND p.port = op.port AND p.user = op.user
WHERE true GROUP BY 1, 2, 3
ON CONFLICT (minute, session_id, proxy_id) DO UPDATE SET
    sent = max(sends.sent, excluded.sent), look_ups = max(sends.look_ups, excluded.look_ups)
"""
_GRANTED_SINCE = """
INSERT INTO allowance (session_id, unspent, granted_at)
SELECT s.id, o.unspent, o.granted_at
FROM present.allowance o JOIN present.session os ON os.id = o.session_id
    JOIN session s ON s.account_id = os.account_id
WHERE true
ON CONFLICT (session_id) DO UPDATE SET
    unspent = max(allowance.unspent, excluded.unspent), granted_at = max(allowance.granted_at, excluded.granted_at)
"""
_AUDIT = "INSERT INTO audit_entry (at, actor, verb, subject, detail) VALUES (?, ?, 'backup.restore', ?, ?)"


class InUse(Exception):
    """Somebody has the database open."""


def take_over(draft: Path, present: Path) -> bool:
    """Make *draft* know what sessions have sent since it was made, as *present* tells; whether that can be read.

    Otherwise the limits of a day would be spent twice.  Nobody is said to be at work in it.
    """
    with closing(sqlite3.connect(draft.absolute().as_uri(), uri=True, isolation_level=None)) as connection:
        connection.execute(_NOBODY_AT_WORK)
        if not present.exists():
            return True
        try:
            connection.execute("ATTACH ? AS present", (f"{present.absolute().as_uri()}?mode=ro",))
            connection.execute("BEGIN")
            connection.execute(_SENT_SINCE)
            connection.execute(_GRANTED_SINCE)
            connection.execute("COMMIT")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            return False
    return True


def note(draft: Path, *, actor: str, at: datetime, restored: str, kept: str) -> None:
    """Write into *draft*'s audit log who restored it."""
    with closing(sqlite3.connect(draft)) as connection, connection:
        connection.execute(_AUDIT, (sql_time(at), actor[:80], restored[:200], kept[:400]))


def finish_log(present: Path) -> None:
    """Bring everything of *present* into the one file.

    Raises:
        InUse: Another process has it open.
    """
    if not present.exists():
        return
    try:
        with closing(sqlite3.connect(present, timeout=1.0)) as connection:
            # Only the last one that has it open may do that.
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if primary_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise InUse from error
    except sqlite3.DatabaseError:
        pass  # it is damaged, which may be why another one is put in its place; its log is kept with it


def kept_name(present: Path, at: datetime) -> Path:
    """What *present* is called once another file has its place; nothing is called so yet."""
    names = (f"{present.stem}-replaced-{at:%Y%m%d-%H%M%S}{more}{present.suffix}" for more in chain([""], _numbers()))
    return next(name for name in map(backups_of(present).joinpath, names) if not name.exists())


def put_in_place(draft: Path, present: Path, kept: Path) -> None:
    """Let *draft* be the database, and keep what was there as *kept*.

    Raises:
        OSError: That cannot be written; the database is as it was.
    """
    if present.exists():
        kept.parent.mkdir(exist_ok=True)
        for end in ("", *_LOG_FILES):
            if (log := present.with_name(present.name + end)).exists():
                _second_name(log, kept.with_name(kept.name + end))
        on_disk(kept.parent)
    _let_the_same_use(draft, present)
    # The log of another file would be taken for its own.
    for end in _LOG_FILES:
        present.with_name(present.name + end).unlink(missing_ok=True)
    draft.replace(present)
    on_disk(present.parent)


def _let_the_same_use(draft: Path, present: Path) -> None:
    """Give *draft* the owner and the mode of *present*: whoever restores may be somebody else than who serves."""
    like = present if present.exists() else present.parent
    with suppress(OSError):
        os.chown(draft, like.stat().st_uid, like.stat().st_gid)
    if like is present:
        shutil.copymode(present, draft)


def _numbers() -> Iterator[str]:
    return (f"-{number}" for number in count(2))


def _second_name(file: Path, name: Path) -> None:
    """Let *file* be found as *name*, too; where a disk knows one name only, a copy of it."""
    with suppress(OSError):
        os.link(file, name)
        return
    shutil.copy2(file, name)
