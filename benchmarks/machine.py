"""What processes use of this machine: cores and memory."""

from __future__ import annotations

import psutil


class Usage:
    """What one process uses; 0 once it has ended."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)

    def cpu(self) -> float:
        """Seconds of a core until now."""
        try:
            times = self._process.cpu_times()
        except psutil.NoSuchProcess:
            return 0.0
        return float(times.user + times.system)

    def memory(self) -> int:
        """Resident bytes."""
        try:
            return int(self._process.memory_info().rss)
        except psutil.NoSuchProcess:
            return 0
