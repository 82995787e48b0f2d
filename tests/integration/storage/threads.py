"""The driver's threads: one for each open connection, and each keeps the process from ending."""

from __future__ import annotations

import threading

_SECONDS_TO_END = 20.0


def no_connection_is_left() -> bool:
    """Whether every connection's thread has ended, or does so at once."""
    threads = [thread for thread in threading.enumerate() if "connection_worker" in thread.name]
    for thread in threads:
        thread.join(_SECONDS_TO_END)
    return not any(thread.is_alive() for thread in threads)
