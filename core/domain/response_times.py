"""Response times in fixed buckets, and what can be said from them.  Plain arithmetic in milliseconds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

# A bucket counts what took at most so many milliseconds and more than the one before; one more takes the rest.
BOUNDS = (100, 250, 500, 1_000, 2_500, 5_000, 10_000)
BUCKETS = len(BOUNDS) + 1


def bucket(milliseconds: float) -> int:
    """Which bucket *milliseconds* goes into, counted from 0."""
    return bisect_left(BOUNDS, milliseconds)


def percentile(counts: Sequence[int], share: float) -> float | None:
    """The time that *share* of the answers kept to, spread evenly within a bucket; None without answers.

    Answers beyond the last bound are only known to be slower than it, so it stands for them.

    Args:
        counts: Answers by bucket.
        share: From 0 to 1.
    """
    total = sum(counts)
    if not total:
        return None
    wanted, below = share * total, 0.0
    for number, upper in enumerate(BOUNDS):
        here = counts[number]
        if here and below + here >= wanted:
            lower = BOUNDS[number - 1] if number else 0
            return lower + (upper - lower) * (wanted - below) / here
        below += here
    return float(BOUNDS[-1])
