"""Tasks that somebody holds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextvars import Context
from typing import Any, TypeVar

T = TypeVar("T")

_held: set[asyncio.Task[Any]] = set()
_log = logging.getLogger(__name__)


def spawn(coroutine: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
    """Start *coroutine* as a task that stays referenced until it ends.

    It starts with an empty context: a task made inside a database transaction would otherwise
    inherit its connection and silently join it.  A failure that nobody awaits is logged once.
    """
    task = asyncio.get_running_loop().create_task(coroutine, name=name, context=Context())
    _held.add(task)
    task.add_done_callback(_ended)
    return task


def _ended(task: asyncio.Task[Any]) -> None:
    _held.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.debug("task ended with an error", extra={"task": task.get_name()}, exc_info=error)
