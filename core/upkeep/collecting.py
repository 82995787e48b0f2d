"""What the garbage collector is spared: with thousands of proxies it would stop everything, again and again.

Going through all that a pool of ten thousand holds takes it a quarter of a second.  None of that is garbage, and what
is let go is freed without the collector.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Rows from which on it matters.
MANY = 1_000


@contextmanager
def spared(rows: int) -> Iterator[None]:
    """The collector waits while the block reads so many *rows* again; then what is there counts as staying."""
    if rows < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def they_stay(rows: int) -> None:
    """So many *rows* came in a moment ago."""
    if rows >= MANY:
        gc.freeze()
