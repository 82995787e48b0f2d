"""What this process takes of the machine, by its own account."""

from __future__ import annotations

import time

import psutil

_MEGABYTE = 1_048_576


class OwnUse:
    """The processor time since somebody last asked, and the memory."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._cpu = time.process_time()

    def cpu_ms(self) -> int:
        """Processor time of all threads since the last call."""
        before, self._cpu = self._cpu, time.process_time()
        return round((self._cpu - before) * 1_000)

    def memory_mb(self) -> int:
        """Resident memory."""
        return int(self._process.memory_info().rss) // _MEGABYTE
