"""Views of backups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Contained:
    """How much is in a database."""

    niches: int
    profiles: int
    batches: int
    checks: int
    proxies: int
    sessions: int


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A copy of the database.

    Args:
        size: Its bytes.
        key_file: What opens the cookies and passwords in it, and is not in it; None where the environment has the key.
    """

    file: Path
    size: int
    contained: Contained
    key_file: Path | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that is the database now.

    Args:
        kept: What was the database before; None where there was none.
        upgraded: The versions that it lacked.
        limits_known: What sessions have sent since it was made is in it, so that limits hold.
    """

    file: Path
    database: Path
    kept: Path | None
    upgraded: tuple[str, ...]
    contained: Contained
    limits_known: bool
