"""The view of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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


class Activity(StrEnum):
    """What goes on as a whole."""

    CHECKING = "checking"
    WAITING = "waiting"
    PAUSED = "paused"
    IDLE = "idle"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Overview:
    """What goes on as a whole, as of the engine's last heartbeat.

    Args:
        activity: ``checking``; ``waiting`` when every batch that runs waits for a route; ``paused`` by the breaker;
            ``idle`` when there is nothing to check; ``away`` when there is, and nobody holds the engine.
        reason: Why it is paused or waits; None otherwise.
        until: When the next probe or route is due; None where nobody can tell.
        running: Batches in progress.
        in_line: Batches that will run by themselves.
        ready: Sessions that could be used now, those that are being used included.
        routes: Sessions that are bound and switched on; *ready*, resting and frozen ones together.
        resting: Those that come back by themselves.
        frozen: Those that wait for a person.
    """

    activity: Activity
    reason: str | None
    until: datetime | None
    running: int
    in_line: int
    ready: int
    routes: int
    resting: int
    frozen: int


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
