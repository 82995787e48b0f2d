"""Ctrl-C and SIGTERM: the first one ends a command cleanly, the second one at once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Which signal asked this process to end; None as long as none did."""

    def __init__(self) -> None:
        self.by: signal.Signals | None = None

    @contextmanager
    def cancels(self, task: asyncio.Task[Any]) -> Iterator[None]:
        """Cancel *task* at the first signal that arrives inside the block.

        Whoever holds something gives it back on its way out.  The second signal finds the
        system's own handler, for the case that this takes longer than the person wants to wait.
        """
        loop = asyncio.get_running_loop()

        def end(number: signal.Signals) -> None:
            self.by = number
            leave()
            task.cancel()

        def leave() -> None:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)

        for number in _SIGNALS:
            loop.add_signal_handler(number, end, number)
        try:
            yield
        finally:
            leave()
