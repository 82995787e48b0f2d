"""Cancels a task at one exact await, the first to the last, so that no moment is left to chance."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any, Literal

Moment = Literal["before", "after"]


class CancelledAt:
    """Runs *work* and cancels its task at the await number *at*, counted from 1.

    Args:
        moment: ``before``: while nothing has come of what is awaited; ``after``: when it has happened, but the
            task does not know yet.
    """

    def __init__(self, work: Coroutine[Any, Any, None], at: int, moment: Moment) -> None:
        self._work = work
        self._at = at
        self._moment = moment

    def __await__(self) -> Generator[Any, Any, None]:
        steps = self._work.__await__()
        task = asyncio.current_task()
        assert task is not None
        count = 0
        result: Any = None
        while True:
            try:
                awaited = steps.throw(result) if isinstance(result, BaseException) else steps.send(result)
            except StopIteration:
                return
            count += 1
            if count == self._at:
                self._cancel(task, awaited)
            try:
                result = yield awaited
            except BaseException as error:  # noqa: BLE001  # handed on to the work, cancellation too
                result = error

    def _cancel(self, task: asyncio.Task[Any], awaited: asyncio.Future[Any] | None) -> None:
        if self._moment == "before" or awaited is None:
            task.cancel()
        else:
            # Registered before the task's own wake-up, so it comes first.
            awaited.add_done_callback(lambda _: task.cancel())


async def ended_early(work: Coroutine[Any, Any, None], at: int, moment: Moment) -> bool:
    """Whether *work* was cancelled; False when it had fewer than *at* awaits."""

    async def whole() -> None:
        await CancelledAt(work, at, moment)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(whole())
    return task.cancelled()
