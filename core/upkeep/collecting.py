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
# New objects after which the collector looks at the youngest; 700 of its own accord.
YOUNGEST = 10_000


@contextmanager
def seldom() -> Iterator[None]:
    """The collector looks more seldom while the block runs.

    The answers under way are many objects that live for a moment and are freed without it; looking at them every few
    checks takes one twentieth of all time.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(YOUNGEST, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
