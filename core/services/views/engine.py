"""The view of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EngineView:
    """The engine as of its last heartbeat.

    Args:
        holder: What holds it: ``run``, ``check`` …; None when nobody does.
        alive: The heartbeat is younger than 10 s.
        pool: The pool in one line, as the log shows it; empty before the first heartbeat.
        workers: The workers in one line.
        sandbox_url: Where the pretend platform is, or was when it last ran.
    """

    holder: str | None
    pid: int | None
    heartbeat_at: datetime | None
    alive: bool
    pool: str
    workers: str
    sandbox_url: str | None


@dataclass(frozen=True, slots=True)
class KeyRotated:
    """What became of a change of the key.

    Args:
        resealed: Cookies and passwords that were sealed with an older key until now.
        resumed: It was begun before, and has now come to its end.
        old_key_kept_for: Databases beside this one that still need the older key, which is therefore kept.
        from_environment: The keys are the environment's, where the old one may be left out from now on.
    """

    resealed: int
    resumed: bool
    old_key_kept_for: tuple[str, ...]
    from_environment: bool
