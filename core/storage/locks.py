"""The lock files beside a database: who serves it, and who has its engine.

A lock is given back by the system when its process dies, however it does.
"""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock


def run_lock(file: Path) -> FileLock:
    """Held by the one ``storywatch run`` of the database."""
    return _lock(file, "run")


def engine_lock(file: Path) -> FileLock:
    """Held by the one process that has the engine of the database."""
    return _lock(file, "engine")


def _lock(file: Path, what: str) -> FileLock:
    # Not thread_local: whoever cleans up may do so from another task.
    return FileLock(f"{file}.{what}.lock", thread_local=False)
