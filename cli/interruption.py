"""Ctrl-C and SIGTERM: the first one ends a command cleanly, a later one at once."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# One wish to end may arrive twice: `timeout` and some supervisors signal the process and then its group.
_SAME_WISH = 1.0


class Interruption:
    """Which signal asked this process to end; None as long as none did."""

    def __init__(self) -> None:
        self.by: signal.Signals | None = None

    @contextmanager
    def cancels(self, task: asyncio.Task[Any]) -> Iterator[None]:
        """Cancel *task* at the first signal that arrives inside the block.

        Whoever holds something gives it back on its way out.  Where that takes longer than the person
        wants to wait, one more signal, a second later or after that, ends the process as it would any other.
        """
        loop = asyncio.get_running_loop()
        first_at = 0.0

        def end(number: signal.Signals) -> None:
            nonlocal first_at
            if self.by is None:
                self.by, first_at = number, loop.time()
                task.cancel()
            elif loop.time() >= first_at + _SAME_WISH:
                signal.signal(number, signal.SIG_DFL)
                os.kill(os.getpid(), number)

        for number in _SIGNALS:
            loop.add_signal_handler(number, end, number)
        try:
            yield
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)
